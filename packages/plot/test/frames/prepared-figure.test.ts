// Frames: whatever changes in the data, the pixels are those of the whole figure drawn at once.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { type Panel, plot, pointStream, RasterPainter, subplots } from "../../src/index.ts";

const pool = new Pool({ name: "frames", check: "checked" });
const WIDTH = 160;
const HEIGHT = 120;
const size = { width: WIDTH, height: HEIGHT, dpi: 50, pool };

// Without the difference: finding it takes minutes for so many bytes.
function assertSame(got: Uint8Array | Uint8ClampedArray, expected: Uint8Array | Uint8ClampedArray): void {
  assert.equal(Buffer.compare(Buffer.from(got), Buffer.from(expected)), 0, "other pixels");
}

afterEach(() => assert.equal(pool.stats().bytesInUse, 0));

const some = fc.double({ min: -20, max: 120, noNaN: true });
const odd = fc.oneof({ weight: 9, arbitrary: some }, fc.constantFrom(NaN, Infinity, 1e9, 0));

type Fill = (panel: Panel, xs: Float64Array, ys: Float64Array) => unknown;

const limits = { limits: [-10, 110] } as const;
const fills: Readonly<Record<string, Fill>> = {
  line: (p, xs, ys) => p.line(xs, ys, { label: "a" }).legend("upper left"),
  "line over a number": (p, _, ys) => p.line(ys, { marker: "star" }),
  dashes: (p, xs, ys) => p.line(xs, ys, { style: "dashed", width: 3 }),
  step: (p, xs, ys) => p.step(xs, ys, { alpha: 0.5, label: "a" }).legend(),
  area: (p, xs, ys) => p.area(xs, ys, { alpha: 0.5, hatch: "diagonal" }),
  between: (p, xs, ys) => p.fillBetween(xs, ys, xs),
  scatter: (p, xs, ys) => p.scatter(xs, ys, { values: ys, size: xs.map((x) => Math.abs(x) / 4) }),
  bar: (p, xs, ys) => p.bar(xs, ys, { edgeColor: "black" }),
  histogram: (p, _, ys) => p.histogram(ys, { bins: 12 }),
  errors: (p, xs, ys) => p.errorBars(xs, ys, { y: 5 }),
  heatmap: (p, _, ys) => p.heatmap(ys, { columns: 8, cellText: true }),
  hexbin: (p, xs, ys) => p.hexbin(xs, ys),
  swarm: (p, xs, ys) => p.swarm({ xs, ys }),
};

const change = fc.record({ at: fc.nat(39), count: fc.nat(3), value: odd, fixed: fc.boolean() });

for (const [name, fill] of Object.entries(fills)) {
  test(`${name}: after any changes of the data, frames are the whole figure`, () => {
    const points = fc.array(odd, { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(
        points,
        points,
        fc.array(change, { maxLength: 5 }),
        fc.boolean(),
        (x, y, changes, fixed) => {
          const xs = Float64Array.from(x).sort();
          const ys = Float64Array.from(y);
          const figure = plot(size);
          fill(figure, xs, ys);
          if (fixed) figure.xaxis(limits).yaxis(limits);
          const live = figure.prepare();
          const into = new Uint8Array(4 * WIDTH * HEIGHT).fill(77);
          for (const { at, count, value } of [{ at: 0, count: 0, value: y[0] }, ...changes]) {
            ys.fill(value, at, at + count);
            live.frame({ into });
            assertSame(into, figure.pixels({ into: new Uint8Array(into.length) }));
          }
          live.release();
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });
}

test("after any appends, frames are the whole figure, and fewer columns are drawn", () => {
  const batch = fc.array(fc.tuple(fc.double({ min: 0, max: 3, noNaN: true }), odd), { maxLength: 30 });
  let drawn = 0;
  let whole = 0;
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 12 }), (batches) => {
      const points = pointStream(pool, { capacity: 200 });
      const figure = subplots(2, 1, size);
      figure
        .at(0, 0)
        .line(points.xs, points.ys)
        .xaxis({ limits: [0, 300] })
        .yaxis(limits);
      figure
        .at(1, 0)
        .area(points.xs, points.ys, { color: "C1" })
        .xaxis({ limits: [0, 300] })
        .yaxis(limits);
      const live = figure.prepare();
      const into = new Uint8Array(4 * WIDTH * HEIGHT);
      let time = 0;
      for (const each of batches) {
        for (const [step, value] of each) points.append((time += step), value);
        const { left, right } = live.frame({ into });
        drawn += right - left;
        whole += WIDTH;
        assertSame(into, figure.pixels({ into: new Uint8Array(into.length) }));
      }
      live.release();
      points.release();
    }),
    { numRuns: 60, endOnFailure: true },
  );
  assert(drawn < whole / 2, `${drawn} of ${whole} columns were drawn`);
});

test("only columns that are said to change do", () => {
  const points = pointStream(pool, { capacity: 500 });
  const live = plot(size)
    .line(points.xs, points.ys)
    .xaxis({ limits: [0, 100] })
    .yaxis({ limits: [0, 10] })
    .prepare();
  const into = new Uint8Array(4 * WIDTH * HEIGHT);
  for (let time = 0; time < 60; time++) points.append(time, time % 7);
  live.frame({ into });
  const before = into.slice();
  points.append(61, 9);
  const { left, right } = live.frame({ into });
  assert(right - left > 0 && right - left < 20);
  for (let at = 0; at < into.length; at++) {
    const x = Math.floor(at / 4) % WIDTH;
    if (x < left || x >= right) assert.equal(into[at], before[at]);
  }
  assert.notDeepEqual(into, before);
  assert.deepEqual(live.frame({ into }), { left: 0, right: 0 });
  live.release();
  points.release();
});

test("other pixels, also of another stride, are drawn as a whole", () => {
  const figure = plot(size).line([1, 3, 2]);
  const live = figure.prepare();
  const first = live.frame({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
  const stride = 4 * WIDTH + 12;
  const into = new Uint8Array(stride * HEIGHT).fill(5);
  assert.deepEqual(live.frame({ into, stride }), first);
  assertSame(into, figure.pixels({ into: new Uint8Array(into.length).fill(5), stride }));
  live.release();
});

test("frames of a view that moves are the whole view", () => {
  const view = plot(size).line([1, 4, 2, 3], { label: "a" }).scatter([2, 3, 1]).legend("upper left").view();
  const live = view.prepare();
  const into = new Uint8Array(4 * WIDTH * HEIGHT);
  const check = (): void => {
    live.frame({ into });
    assertSame(into, view.pixels({ into: new Uint8Array(into.length) }));
  };
  check();
  view.zoom(80, 60, 2);
  check();
  view.toggle(view.legend()[0]);
  check();
  live.release();
  view.release();
});

test("a frame that fails leaves the figure usable and nothing behind", () => {
  const ys = Float64Array.of(1, 2, 3);
  const figure = plot(size).line(ys, { missing: "error" });
  const live = figure.prepare();
  const into = new Uint8Array(4 * WIDTH * HEIGHT);
  live.frame({ into });
  ys[1] = NaN;
  assert.throws(() => live.frame({ into }), { code: "BAD_DATA" });
  ys[1] = 0;
  live.frame({ into });
  assertSame(into, figure.pixels({ into: new Uint8Array(into.length) }));
  assert.throws(() => live.frame({ into: new Uint8Array(5) }), { code: "BAD_ARGUMENT" });
  assert.throws(() => live.frame(undefined as never), { code: "BAD_ARGUMENT" });
  live.release();
  assert.throws(() => live.frame({ into }), { code: "BAD_ARGUMENT" });
});

test("after the first frames, more of them take no memory from the pool", () => {
  const points = pointStream(pool, { capacity: 2000 });
  const live = plot(size)
    .line(points.xs, points.ys)
    .xaxis({ limits: [0, 900] })
    .yaxis(limits)
    .prepare();
  const into = new Uint8Array(4 * WIDTH * HEIGHT);
  const run = (from: number, to: number): number => {
    for (let time = from; time < to; time++) {
      points.append(time, time % 90);
      live.frame({ into });
    }
    return pool.stats().bytesReserved;
  };
  const before = run(0, 450);
  assert.equal(run(450, 900), before);
  live.release();
  points.release();
});

test("points that do not come in pairs are refused", () => {
  const points = pointStream(pool, { capacity: 4 });
  assert.throws(() => points.extend([1, 2], [1]), { code: "LENGTH_MISMATCH" });
  assert.equal(points.length, 0);
  points.release();
  assert.throws(() => pointStream(pool, { capacity: 0 }), { code: "BAD_ARGUMENT" });
});

const place = fc.oneof(
  fc.double({ min: -20, max: 90, noNaN: true }),
  fc.double({ min: -3000, max: 3000, noNaN: true }),
  fc.constantFrom(NaN, 10, 20.5, 30),
);
const styles = fc.record({
  color: fc.constantFrom(0xff0000ff, 0x00ff0080),
  width: fc.double({ min: 0.2, max: 90, noNaN: true }),
  join: fc.constantFrom("round", "miter", "bevel"),
  cap: fc.constantFrom("butt", "round", "square"),
  dash: fc.constantFrom(undefined, [4, 3], [7]),
} as const);

test("what is drawn into some columns has the bytes there that it has in the whole picture", () => {
  const columns = fc.tuple(fc.nat(64), fc.nat(64)).map((pair) => pair.sort((a, b) => a - b));
  const points = fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 12 });
  const draw = (painter: RasterPainter, part: number, at: [number, number][], style: never): void => {
    const xs = Float64Array.from(at, ([x]) => x);
    const ys = Float64Array.from(at, ([, y]) => y);
    const { color, width, cap, dash } = style as {
      color: number;
      width: number;
      cap: string;
      dash?: number[];
    };
    const hatch = dash === undefined ? undefined : ({ kind: "diagonal", color: 0x0000ffff } as const);
    const kind = cap === "butt" ? "star" : "open-circle";
    painter.fillRect(0, 0, 64, 48, { color: 0xffffffff });
    if (part === 0) painter.strokeLine(xs, ys, xs.length, style);
    else if (part === 1) painter.strokeRings(xs, ys, [xs.length], style);
    else if (part === 2) painter.fillPath(xs, ys, [xs.length], { color, hatch });
    else if (part === 3) painter.fillRect(xs[0], ys[0], width, 7.3, { color });
    else if (part === 4)
      painter.markers(xs, ys, xs.length, { kind, size: width, color, edgeColor: 0x000000ff });
    else painter.text("Wave 123", xs[0], ys[0], { size: 8 + width, color, rotation: 30 });
  };
  fc.assert(
    fc.property(points, styles, columns, fc.nat(5), (at, style, [left, right], part) => {
      const whole = new RasterPainter({ width: 64, height: 48, pool });
      const some = new RasterPainter({ width: 64, height: 48, pool });
      some._renew(left, right);
      for (const painter of [whole, some]) draw(painter, part, at, style as never);
      for (let row = 0; row < 48; row++) {
        const [from, to] = [4 * (64 * row + left), 4 * (64 * row + right)];
        assertSame(some.pixels.subarray(from, to), whole.pixels.subarray(from, to));
      }
      whole.release();
      some.release();
    }),
    { numRuns: 1500, endOnFailure: true },
  );
});
