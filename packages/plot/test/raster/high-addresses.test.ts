// Kernels at addresses beyond 2 GiB, where signed arithmetic would go wrong: the bytes are those of low addresses.

import assert from "node:assert/strict";
import { test } from "node:test";

import { type ArrayType, GiB, type Pool, Region, type TypedArray } from "@millpond/core";

import { encodePng, RasterPainter } from "../../src/index.ts";
import { drawSampler, HEIGHT, WIDTH } from "./sampler.ts";

// As much of a pool as a painter needs: blocks one after the other from an address on.
function poolFrom(region: Region, start: number): Pool {
  let next = start;
  const acquire = (type: ArrayType<TypedArray>, length: number): TypedArray => {
    const array = new type(region.buffer, next, length);
    next += 64 * Math.ceil(array.byteLength / 64);
    return array;
  };
  return { acquire, acquireUnsafe: acquire, release: () => undefined } as unknown as Pool;
}

test("a picture and its PNG are the same across and beyond 2 GiB.", () => {
  const region = Region.reserve(3 * GiB);
  const [low, across, beyond] = [65_536, 2 * GiB - 1_000_000, 2.9 * GiB].map((start) => {
    const pool = poolFrom(region, 64 * Math.floor(start / 64));
    const painter = new RasterPainter({ width: WIDTH, height: HEIGHT, pool });
    drawSampler(painter);
    const pixels = Uint8Array.from(painter.pixels);
    return { pixels, png: encodePng({ width: WIDTH, height: HEIGHT, pixels: painter.pixels }, { pool }) };
  });
  assert.deepEqual(across, low);
  assert.deepEqual(beyond, low);
});
