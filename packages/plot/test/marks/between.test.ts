// Areas between two lines of many points: as all of their points would be filled, with gaps and inverted axes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import { plot } from "../../src/figure/plot.ts";

const [WIDTH, HEIGHT] = [160, 120];
const pool = new Pool({ name: "between" });

function draw(count: number, change: (lows: Float64Array) => void, inverted = false): Uint8Array {
  const xs = Float64Array.from({ length: count }, (_, index) => index / (count - 1));
  const lows = xs.map((x) => Math.sin(9 * x));
  change(lows);
  const highs = xs.map((x) => Math.sin(9 * x) + 1 + x);
  const figure = plot({ width: WIDTH, height: HEIGHT, dpi: 50, pool })
    .fillBetween(xs, lows, highs)
    .xaxis({ inverted });
  const pixels = figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
  assert.equal(pool.stats().bytesInUse, 0);
  return pixels;
}

function apart(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - b[index]), 0) / a.length;
}

test("an area between two lines of many points is that of few, on an inverted axis too", () => {
  for (const inverted of [false, true]) {
    const few = draw(401, () => undefined, inverted);
    assert(
      apart(
        draw(40_001, () => undefined, inverted),
        few,
      ) < 0.5,
    );
    assert(
      apart(
        draw(401, () => undefined, !inverted),
        few,
      ) > 2,
      "the two axes differ",
    );
  }
});

test("an extreme of one point among many is drawn", () => {
  const spike = (lows: Float64Array): void => {
    lows[25_000] = -4;
  };
  const [lower, higher] = [draw(40_001, spike), draw(40_001, () => undefined)];
  assert(apart(lower, higher) > 1);
});

test("a gap among many points divides the area", () => {
  const gap = (from: number, to: number) => (lows: Float64Array) => {
    lows.fill(NaN, from, to);
  };
  const few = draw(401, gap(200, 281));
  assert(apart(draw(40_001, gap(20_000, 28_001)), few) < 0.5);
});
