// Streams under every kind of axis: each frame, however few columns of it are drawn, has the pixels of the whole figure.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pool, type SeriesLike } from "@millpond/core";
import * as fc from "fast-check";

import {
  type AxisOptions,
  type Panel,
  type Plot,
  plot,
  plot3d,
  type PointStream,
  pointStream,
  type Subplots,
  subplots,
} from "../../src/index.ts";

const pool = new Pool({ name: "live axes" });
const WIDTH = 180;
const HEIGHT = 130;

afterEach(() => assert.equal(pool.stats().bytesInUse, 0));

const scale = fc.constantFrom("linear", "log", "symlog");
const perhaps = fc.constantFrom(undefined, true, false);
const yAxis: fc.Arbitrary<AxisOptions> = fc.record({
  scale,
  nice: perhaps,
  inverted: perhaps,
  grid: perhaps,
  minorTicks: perhaps,
  label: fc.constantFrom(undefined, "volt"),
  limits: fc.constantFrom(undefined, [1, 50] as const, [undefined, 80] as const),
});
const xAxis: fc.Arbitrary<AxisOptions> = fc.oneof(
  fc.record({
    scale: fc.constantFrom("linear", "log", "symlog"),
    inverted: perhaps,
    nice: perhaps,
    limits: fc.constantFrom(undefined, [1, 400] as const),
  }),
  fc.record({
    scale: fc.constant("time"),
    zone: fc.constantFrom("UTC", "Europe/Berlin"),
    limits: fc.constantFrom(undefined, [0, 400] as const),
  }),
  fc.record({
    scale: fc.constant("category"),
    categories: fc.constant(["one", "two", "three", "four"]),
    limits: fc.constantFrom(undefined, [-1, 4] as const),
  }),
);
type Wanted = typeof settings extends fc.Arbitrary<infer T> ? T : never;
const settings = fc.record({
  shape: fc.constantFrom("panel", "shared", "inset"),
  x: xAxis,
  left: yAxis,
  right: yAxis,
  legend: fc.constantFrom("best", "upper left", "center", "outside right", "outside bottom"),
  theme: fc.constantFrom("light", "dark", "seaborn", "minimal"),
  kinds: fc.array(
    fc.record({
      kind: fc.constantFrom("line", "scatter", "step", "area", "stem", "bar"),
      axis: fc.constantFrom("left", "right"),
      alpha: fc.constantFrom(1, 0.5),
      label: fc.constantFrom(undefined, "a", "a longer one"),
    } as const),
    { minLength: 1, maxLength: 3 },
  ),
} as const);
const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -20, max: 120, noNaN: true }) },
  fc.constantFrom(NaN, Infinity, 0, 1e6, -1e6, 1e-6),
);
const batches = fc.array(
  fc.array(fc.tuple(fc.double({ min: 0, max: 4, noNaN: true }), value), { maxLength: 12 }),
  { maxLength: 8 },
);

const marks = {
  line: (panel: Panel, xs: SeriesLike, ys: SeriesLike, options: object) => panel.line(xs, ys, options),
  scatter: (panel: Panel, xs: SeriesLike, ys: SeriesLike, options: object) => panel.scatter(xs, ys, options),
  step: (panel: Panel, xs: SeriesLike, ys: SeriesLike, options: object) => panel.step(xs, ys, options),
  area: (panel: Panel, xs: SeriesLike, ys: SeriesLike, options: object) => panel.area(xs, ys, options),
  stem: (panel: Panel, xs: SeriesLike, ys: SeriesLike, options: object) => panel.stem(xs, ys, options),
  bar: (panel: Panel, xs: SeriesLike, ys: SeriesLike, options: object) => panel.bar(xs, ys, options),
} as const;

function fill(panel: Panel, { x, left, right, legend, kinds }: Wanted, { xs, ys }: PointStream): void {
  panel.xaxis(x).yaxis(left).y2axis(right).legend(legend);
  for (const { kind, ...options } of kinds) marks[kind](panel, xs, ys, options);
}

function figureOf(wanted: Wanted, points: PointStream): Plot | Subplots {
  const size = { width: WIDTH, height: HEIGHT, dpi: 50, theme: wanted.theme, pool };
  if (wanted.shape === "shared") {
    const figure = subplots(1, 2, { ...size, shareX: true, shareY: true });
    for (const column of [0, 1]) fill(figure.at(0, column), wanted, points);
    return figure;
  }
  const figure = plot(size);
  fill(figure, wanted, points);
  if (wanted.shape === "inset") figure.inset({ zoom: { x: [1, 30], y: [2, 60] } });
  return figure;
}

test("in space, too, each frame of a stream is the whole figure, and each frame of a view that turns the whole view", () => {
  const turn = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -20, max: 20 }));
  const frames = fc.array(fc.tuple(turn, fc.boolean(), value), { maxLength: 6 });
  fc.assert(
    fc.property(frames, fc.boolean(), (steps, perspective) => {
      const points = pointStream(pool, { capacity: 30 });
      const figure = plot3d({
        width: WIDTH,
        height: HEIGHT,
        dpi: 50,
        pool,
        projection: perspective ? "perspective" : "orthographic",
      });
      figure
        .line(points.xs, points.ys, points.xs, { label: "line" })
        .scatter(points.ys, points.xs, points.ys);
      const view = figure.legend().view();
      const [still, turning] = [figure.prepare(), view.prepare()];
      const [one, other] = [0, 1].map(() => new Uint8Array(4 * WIDTH * HEIGHT));
      for (const [index, [[right, down], hide, y]] of steps.entries()) {
        points.append(index, y);
        still.frame({ into: one });
        assert.equal(Buffer.compare(one, figure.pixels({ into: new Uint8Array(one.length) })), 0);
        if (index > 0) view.pan(right, down);
        if (index > 0 && hide) view.toggle({ panel: 0, mark: 0 });
        view.refresh();
        turning.frame({ into: other });
        assert.equal(Buffer.compare(other, view.pixels({ into: new Uint8Array(other.length) })), 0);
      }
      for (const each of [still, turning, view, points]) each.release();
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

test("twin axes, scales, categories, themes and legends: each frame of a stream is the whole figure", () => {
  let drawn = 0;
  let whole = 0;
  fc.assert(
    fc.property(settings, batches, fc.integer({ min: 1, max: 60 }), (wanted, stream, capacity) => {
      const points = pointStream(pool, { capacity });
      const figure = figureOf(wanted, points);
      const live = figure.prepare();
      const into = new Uint8Array(4 * WIDTH * HEIGHT).fill(99);
      let time = 0;
      for (const batch of [[], ...stream]) {
        for (const [step, y] of batch) points.append((time += step), y);
        const { left, right } = live.frame({ into });
        drawn += right - left;
        whole += WIDTH;
        const expected = figure.pixels({ into: new Uint8Array(into.length) });
        assert.equal(Buffer.compare(into, expected), 0, `columns from ${left} to ${right} of the frame`);
      }
      live.release();
      points.release();
    }),
    { numRuns: 150, endOnFailure: true },
  );
  assert(drawn < whole, "some of it was not drawn anew");
});
