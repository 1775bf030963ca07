// What odd data have shown to go wrong once: points in one place, curves beyond their numbers, bars over dates, bars too thin
// for an edge, arrows at the edge.

import assert from "node:assert/strict";
import { test } from "node:test";

import { type Plot, plot } from "../../src/figure/plot.ts";

const WIDTH = 240;
const HEIGHT = 180;

// How many pixels have this colour.
function count(figure: Plot, [red, green, blue]: readonly number[]): number {
  const pixels = figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
  let found = 0;
  for (let at = 0; at < pixels.length; at += 4)
    if (pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue) found++;
  return found;
}

const empty = (): Plot =>
  plot({ width: WIDTH, height: HEIGHT, dpi: 72, theme: { panel: "#010203", grid: false } });
const PANEL = [1, 2, 3];

test("points that all have one place are one hexagon", () => {
  const yellow = [253, 231, 37];
  const figure = empty().hexbin([2, 2, 2], [7, 7, 7], { colorbar: false, grid: 10 });
  assert(count(figure, yellow) > 40, String(count(figure, yellow)));
});

test("filled contours leave no hole, also where curves go beyond the numbers of the table", () => {
  const hills = Float64Array.from({ length: 100 }, (_, at) => ((at % 10) % 4) * (Math.floor(at / 10) % 3));
  for (const smoothing of [undefined, "linear", "cubic", "nearest"] as const) {
    assert.equal(
      count(empty().contour(hills, { columns: 10, filled: true, smoothing }), PANEL),
      0,
      smoothing,
    );
  }
});

test("bars over dates are as wide as there is room for, and those over equal places one unit", () => {
  const blue = [31, 119, 180];
  const day = 86_400_000;
  const bare = { edgeColor: "none" } as const;
  const dates = count(
    empty()
      .bar([0, day, 2 * day], [1, 1, 1], bare)
      .xaxis({ scale: "time" }),
    blue,
  );
  const numbers = count(empty().bar([0, 1, 2], [1, 1, 1], bare), blue);
  assert(Math.abs(dates - numbers) < 0.1 * numbers, `${dates} and ${numbers}`);
  assert(
    count(
      empty()
        .bar([5, 5], [1, 2], bare)
        .xaxis({ limits: [4, 6] }),
      blue,
    ) > 1000,
  );
});

test("bars too thin for an edge have none, upright and lying", () => {
  const many = Array.from({ length: 60 }, (_, index) => index);
  const red = [255, 0, 0];
  for (const orientation of ["vertical", "horizontal"] as const) {
    const figure = (values: readonly number[]): Plot =>
      empty().bar(
        values,
        values.map(() => 1),
        { orientation, edgeColor: "red", edgeWidth: 1 },
      );
    assert.equal(count(figure(many), red), 0, orientation);
    assert(count(figure(many.slice(0, 4)), red) > 50, orientation);
  }
});

test("a hundred thousand bars cover the panel, and sixty of them leave gaps that are all alike", () => {
  const blue = [31, 119, 180];
  const many = new Float64Array(100_000).fill(1);
  assert(
    count(
      empty().bar(
        many.map((_, index) => index),
        many,
      ),
      blue,
    ) >
      0.4 * WIDTH * HEIGHT,
  );
  const pixels = empty()
    .bar(
      Float64Array.from({ length: 60 }, (_, index) => index),
      many.subarray(0, 60),
    )
    .pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
  const row = Array.from({ length: WIDTH }, (_, x) => pixels[4 * ((HEIGHT / 2) * WIDTH + x)]);
  const inside = row.slice(60, 200);
  // Two neighbouring bars never join: of any five pixels, some are lighter than the bars.
  for (let start = 0; start + 5 <= inside.length; start++)
    assert(
      inside.slice(start, start + 5).some((red) => red !== 31),
      `${start}`,
    );
});

test("arrows at the edge of their field are drawn as long as those in its middle", () => {
  const green = [0, 255, 0];
  const style = { color: "lime", scale: 20, width: 3 } as const;
  const one = count(empty().quiver([0, 1, 2], [0, 1, 2], [0, 1, 0], [0, 0, 0], style), green);
  const right = count(empty().quiver([0, 1, 2], [0, 1, 2], [0, 0, 1], [0, 0, 0], style), green);
  const above = count(empty().quiver([0, 1, 2], [0, 1, 2], [0, 0, 0], [0, 0, 1], style), green);
  assert(one > 20 && right > 0.6 * one && above > 0.6 * one, `${one}, ${right} and ${above}`);
});

test("a hollow candle is empty only where it is large enough to be seen", () => {
  const green = [0, 255, 0];
  const prices = { open: [1, 1], high: [4, 1.01], low: [0, 0.99], close: [3, 1.005] };
  const filled = count(empty().candlestick([0, 1], prices, { up: "lime" }), green);
  const hollow = count(empty().candlestick([0, 1], prices, { up: "lime", hollow: true }), green);
  const small = count(
    empty().candlestick(
      [0, 1],
      { open: [1, 1], high: [1, 4], low: [1, 0], close: [1, 1.005] },
      { up: "lime", hollow: true },
    ),
    green,
  );
  assert(hollow > 20 && hollow < 0.5 * filled, `${hollow} of ${filled}`);
  assert(small > 20, String(small));
});
