// Joint plots and pair plots: the same value is at the same place in all panels of a column or a row, every option changes
// the picture, and wrong arguments are refused by name.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pool } from "@millpond/core";

import { type JointOptions, jointPlot } from "../../src/figure/joint-plot.ts";
import { type PairOptions, pairPlot } from "../../src/figure/pair-plot.ts";
import { type Subplots, subplots } from "../../src/figure/subplots.ts";

import { odds, refusesOrWorks } from "../odds.ts";

const pool = new Pool({ name: "composites" });
const WIDTH = 300;
const HEIGHT = 260;
const size = { width: WIDTH, height: HEIGHT, dpi: 50, pool };
const xs = Float64Array.from({ length: 80 }, (_, index) => ((index * 37) % 80) / 8);
const ys = xs.map((x, index) => x * 3 + ((index * 11) % 17));
const columns = { one: xs, two: ys, three: xs.map((x) => -x * x) };

afterEach(() => assert.equal(pool.stats().bytesInUse, 0));

function draw(figure: Subplots): Uint8Array {
  return figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
}

// The columns and rows of pixels that have exactly this colour.
function placesOf(pixels: Uint8Array, [red, green, blue]: readonly number[]): { xs: number[]; ys: number[] } {
  const found = { xs: new Set<number>(), ys: new Set<number>() };
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] !== red || pixels[at + 1] !== green || pixels[at + 2] !== blue) continue;
    found.xs.add((at / 4) % WIDTH);
    found.ys.add(Math.floor(at / 4 / WIDTH));
  }
  return { xs: [...found.xs], ys: [...found.ys].sort((a, b) => a - b) };
}

const RED = [255, 0, 0];
const LIME = [0, 255, 0];
const wide = { width: 6 } as const;

test("in a joint plot, what stands above a value of x and beside a value of y is of that value", () => {
  for (const kind of ["scatter", "hexbin", "kde", "regression", "residuals"] as const) {
    const figure = jointPlot(xs, ys, { ...size, kind, xlabel: "across", ylabel: "up" });
    figure.at(1, 0).vline(5, { ...wide, color: "red" });
    figure.at(0, 0).vline(5, { ...wide, color: "lime" });
    const across = draw(figure);
    assert(placesOf(across, RED).xs.length > 1);
    assert.deepEqual(placesOf(across, RED).xs, placesOf(across, LIME).xs, kind);
    const height = kind === "residuals" ? 2 : 20;
    const other = jointPlot(xs, ys, { ...size, kind, xlabel: "across", ylabel: "up" });
    other.at(1, 0).hline(height, { ...wide, color: "red" });
    other.at(1, 4).hline(height, { ...wide, color: "lime" });
    const up = draw(other);
    assert(placesOf(up, RED).ys.length > 1);
    assert.deepEqual(placesOf(up, RED).ys, placesOf(up, LIME).ys, kind);
  }
});

test("in a pair plot, columns share x and rows share y, those of the diagonal too", () => {
  const figure = pairPlot(columns, size);
  figure.at(1, 1).vline(20, { ...wide, color: "red" });
  figure.at(2, 1).vline(20, { ...wide, color: "lime" });
  const across = draw(figure);
  assert(placesOf(across, RED).xs.length > 1);
  assert.deepEqual(placesOf(across, RED).xs, placesOf(across, LIME).xs);
  const other = pairPlot(columns, size);
  other.at(1, 1).hline(20, { ...wide, color: "red" });
  other.at(1, 0).hline(20, { ...wide, color: "lime" });
  const up = draw(other);
  assert(placesOf(up, RED).ys.length > 1);
  assert.deepEqual(placesOf(up, RED).ys, placesOf(up, LIME).ys);
});

test("rows of panels share y, and others keep their own", () => {
  const figure = subplots(2, 2, { ...size, shareY: "rows" });
  figure
    .at(0, 0)
    .line([0, 10])
    .hline(5, { ...wide, color: "red" });
  figure
    .at(0, 1)
    .line([0, 1])
    .hline(5, { ...wide, color: "lime" });
  figure.at(1, 0).line([0, 1000]);
  figure.at(1, 1).line([0, 1]);
  const pixels = draw(figure);
  const { ys: places } = placesOf(pixels, RED);
  assert.deepEqual(places, placesOf(pixels, LIME).ys);
  assert(places[0] > 0.15 * HEIGHT && places[0] < 0.3 * HEIGHT, `${places[0]}`);
});

test("counts on the diagonal of a pair plot do not move the limits of their row", () => {
  const far = { one: xs.map((x) => x + 100), two: ys.map((y) => y + 100) };
  const figure = pairPlot(far, size);
  figure.at(0, 0).hline(105, { ...wide, color: "red" });
  const { ys: places } = placesOf(draw(figure), RED);
  // The middle of the numbers of the upper row, which go from 100 to 110.
  assert(places[0] > 0.15 * HEIGHT && places[0] < 0.3 * HEIGHT, `${places[0]}`);
});

test("columns of panels share x, and others keep their own", () => {
  const figure = subplots(2, 2, { ...size, shareX: "columns" });
  figure
    .at(0, 0)
    .line([0, 10], [0, 1])
    .vline(5, { ...wide, color: "red" });
  figure
    .at(1, 0)
    .line([0, 1], [0, 1])
    .vline(5, { ...wide, color: "lime" });
  figure.at(0, 1).line([0, 1000], [0, 1]);
  figure.at(1, 1).line([0, 1], [0, 1]);
  const pixels = draw(figure);
  const { xs: places } = placesOf(pixels, RED);
  assert.deepEqual(places, placesOf(pixels, LIME).xs);
  // The middle of the left half: the values of the right column do not count.
  assert(places[0] > 0.2 * WIDTH && places[0] < 0.3 * WIDTH, `${places[0]}`);
});

type Changes<O> = {
  readonly [
    Key in keyof Omit<O, "width" | "height" | "inches" | "dpi" | "theme" | "pool" | "fonts">
  ]-?: Exclude<O[Key & keyof O], undefined>;
};

test("every option of a joint plot and of a pair plot changes the picture", () => {
  const joint: Changes<JointOptions> = {
    kind: "hexbin",
    marginal: "kde",
    bins: 5,
    ratio: 0.4,
    color: "red",
    size: 8,
    xlabel: "across",
    ylabel: "up",
    title: "both",
  };
  const base = draw(jointPlot(xs, ys, size));
  for (const [option, value] of Object.entries(joint))
    assert.notDeepEqual(draw(jointPlot(xs, ys, { ...size, [option]: value })), base, option);
  const pair: Changes<PairOptions> = {
    kind: "kde",
    diagonal: "kde",
    bins: 5,
    color: "red",
    size: 8,
    title: "all",
  };
  const plain = draw(pairPlot(columns, size));
  for (const [option, value] of Object.entries(pair))
    assert.notDeepEqual(draw(pairPlot(columns, { ...size, [option]: value })), plain, option);
});

test("wrong arguments are refused by name, and odd numbers give a figure", () => {
  const bad = { code: "BAD_ARGUMENT" };
  assert.throws(() => jointPlot([1, 2], [1]), {
    code: "LENGTH_MISMATCH",
    message: "joint plot: expected as many numbers in each series, got 2 of x and 1 of y",
  });
  assert.throws(() => pairPlot({ a: [1, 2], b: [1] }), {
    code: "LENGTH_MISMATCH",
    message: /^pair plot: .*1 of b/,
  });
  assert.throws(() => pairPlot({ a: "text" as never }), { code: "BAD_DATA", message: /pair plot.*"a"/ });
  assert.throws(() => pairPlot({}), bad);
  assert.throws(() => jointPlot([1], [1], { kind: "cloud" as never }), bad);
  assert.throws(() => pairPlot({ a: [1] }, { diagonal: "pie" as never }), bad);
  assert.throws(() => jointPlot([1], [1], { ratio: 2 }), bad);
  assert.throws(() => jointPlot([1], [1], null as never), bad);
  assert.throws(() => subplots(1, 1, { shareX: "rows" as never }), bad);
  assert.throws(() => subplots(1, 1, { shareY: 1 as never }), bad);
  for (const [nonsense, odd] of Object.entries(odds) as [string, never][]) {
    refusesOrWorks(nonsense, () => draw(jointPlot(odd, odd, size)));
    refusesOrWorks(nonsense, () => jointPlot([1], [1], odd));
    refusesOrWorks(nonsense, () => draw(pairPlot(odd, size)));
    refusesOrWorks(nonsense, () => pairPlot({ a: [1] }, odd));
    for (const option of [
      "kind",
      "marginal",
      "diagonal",
      "bins",
      "ratio",
      "color",
      "size",
      "xlabel",
      "title",
    ]) {
      refusesOrWorks(`${option} as ${nonsense}`, () => draw(jointPlot(xs, ys, { ...size, [option]: odd })));
      refusesOrWorks(`${option} as ${nonsense}`, () => draw(pairPlot(columns, { ...size, [option]: odd })));
    }
  }
  for (const values of [[], [1], [NaN, NaN], [2, 2, 2], [1e308, -1e308]]) {
    for (const kind of ["scatter", "hexbin", "kde", "regression"] as const) {
      draw(jointPlot(values, values, { ...size, kind }));
      draw(pairPlot({ a: values, b: values }, { ...size, kind, diagonal: "kde" }));
    }
  }
});
