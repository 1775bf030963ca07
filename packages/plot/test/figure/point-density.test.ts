// Points as counts: right below and right above the number from which on they are counts, a figure shows the same cloud.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool, randomFrom } from "@millpond/core";

import { plot } from "../../src/figure/plot.ts";
import type { ScatterOptions } from "../../src/marks/scatter.ts";

const pool = new Pool({ name: "density" });
const WIDTH = 120;
const HEIGHT = 90;

function draw(xs: Float64Array, ys: Float64Array, options: ScatterOptions, more: object = {}): Uint8Array {
  const figure = plot({ width: WIDTH, height: HEIGHT, dpi: 50, pool, theme: "minimal" }).scatter(
    xs,
    ys,
    options,
  );
  const shown = figure.xaxis({ limits: [0, 1], ...more }).yaxis({ limits: [0, 1] });
  const pixels = shown.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
  assert.equal(pool.stats().bytesInUse, 0);
  return pixels;
}

// A triangle at the lower left, which no mirroring leaves as it is.
function cloud(count: number): [Float64Array, Float64Array] {
  const random = randomFrom(7);
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    xs[index] = random();
    ys[index] = random() * (1 - xs[index]) * 0.7;
  }
  return [xs, ys];
}

// How many pixels are red, and the middle of them.
function redness(pixels: Uint8Array): { count: number; x: number; y: number } {
  let [count, x, y] = [0, 0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] < pixels[at + 1] + 30) continue;
    count++;
    x += (at / 4) % WIDTH;
    y += Math.floor(at / 4 / WIDTH);
  }
  return { count, x: x / count, y: y / count };
}

const style = { color: "red", marker: "square", size: 1.44 } as const; // one pixel

// The number of points from which on "auto" draws counts.
function thresholdOf(): number {
  let [low, high] = [1, WIDTH * HEIGHT];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const [xs, ys] = cloud(middle);
    const auto = draw(xs, ys, { ...style, density: "auto" });
    const markers = draw(xs, ys, style);
    if (Buffer.compare(auto, markers) === 0) low = middle;
    else high = middle;
  }
  return high;
}

test("below as many points as pixels, auto draws markers, and above it counts with the same ink the same way up", () => {
  const threshold = thresholdOf();
  assert(threshold > 0.5 * WIDTH * HEIGHT && threshold < WIDTH * HEIGHT, `${threshold}`);
  const [xs, ys] = cloud(threshold);
  const below = redness(draw(xs.subarray(1), ys.subarray(1), { ...style, density: "auto" }));
  const above = redness(draw(xs, ys, { ...style, density: "auto" }));
  assert(Math.abs(above.count / below.count - 1) < 0.15, `${above.count} and ${below.count} red pixels`);
  assert(Math.abs(above.x - below.x) < 1.5 && Math.abs(above.y - below.y) < 1.5);
  assert(above.x < WIDTH / 2 && above.y > HEIGHT / 2, "at the lower left");
});

test("counts follow inverted axes, and points outside of the panel or without a place are not counted", () => {
  const [xs, ys] = cloud(20_000);
  const options = { ...style, density: true } as const;
  assert(redness(draw(xs, ys, options, { inverted: true })).x > WIDTH / 2);
  const odd = Float64Array.from(xs, (x, index) => [x, NaN, -5, Infinity][index % 4]);
  const kept = xs.filter((_, index) => index % 4 === 0);
  const keptYs = ys.filter((_, index) => index % 4 === 0);
  assert.deepEqual(draw(odd, ys, options), draw(kept, keptYs, options));
});

test("where more points lie, the colour is stronger, and no points leave the panel as it is", () => {
  const xs = Float64Array.of(0.25, ...new Float64Array(100).fill(0.75));
  const pixels = draw(xs, new Float64Array(101).fill(0.5), { color: "red", density: true });
  const reds = [...Array(WIDTH * HEIGHT).keys()].filter((at) => pixels[4 * at] > pixels[4 * at + 1] + 30);
  assert.equal(reds.length, 2);
  assert(pixels[4 * reds[0] + 1] > pixels[4 * reds[1] + 1] + 100, "one is paler than a hundred");
  const none = new Float64Array(0);
  assert.deepEqual(draw(none, none, { density: true }), draw(none, none, {}));
});
