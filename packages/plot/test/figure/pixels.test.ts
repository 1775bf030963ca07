// Pixels of the caller: the same wherever they lie, nothing beside them touched, and what was there shows through a
// background that is not opaque.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import { type Plot, plot } from "../../src/figure/plot.ts";

const [WIDTH, HEIGHT, STRIDE] = [61, 43, 4 * 61 + 12];
const PAINT = 0x5a;

function figureOf(pool: Pool, background: string): Plot {
  return plot({ width: WIDTH, height: HEIGHT, dpi: 40, pool, theme: { background, panel: "none" } })
    .line([1, 3, 2, 4, 1])
    .area([1, 2, 1, 2, 1], { hatch: "dots" });
}

// Rows with room between them, painted.
function painted(make: (length: number) => Uint8Array): Uint8Array {
  return make(STRIDE * HEIGHT).fill(PAINT);
}

for (const background of ["white", "#ff000040", "none"]) {
  test(`a figure on ${background} has the same pixels in memory of the pool, of another pool, and of nobody`, () => {
    const pool = new Pool();
    const other = new Pool();
    const plain = new Pool({ memory: "arraybuffer" });
    const results = [
      [pool, painted((length) => pool.acquire(Uint8Array, length))] as const,
      [pool, painted((length) => other.acquire(Uint8Array, length))] as const,
      [pool, painted((length) => new Uint8Array(length))] as const,
      [pool, painted((length) => new Uint8Array(length + 3).subarray(3))] as const,
      [plain, painted((length) => new Uint8Array(length))] as const,
    ].map(([from, into]) => {
      const before = from.stats().bytesInUse;
      figureOf(from, background).pixels({ into, stride: STRIDE });
      assert.equal(from.stats().bytesInUse, before);
      return into;
    });
    for (const result of results) assert.deepEqual(Uint8Array.from(result), Uint8Array.from(results[0]));
    for (let row = 0; row < HEIGHT; row++) {
      const beside = results[2].subarray(row * STRIDE + 4 * WIDTH, (row + 1) * STRIDE);
      assert(beside.every((byte) => byte === PAINT));
    }
    const corner = [...results[2].subarray(0, 4)];
    if (background === "none") assert.deepEqual(corner, [PAINT, PAINT, PAINT, PAINT]);
    else assert.notDeepEqual(corner, [PAINT, PAINT, PAINT, PAINT]);
  });
}

test("a frame into memory of nobody changes what it says, and no other pixel", () => {
  const pool = new Pool();
  const ys = new Float64Array(60).fill(2);
  const figure = plot({ width: WIDTH, height: HEIGHT, dpi: 40, pool })
    .line(ys)
    .yaxis({ limits: [0, 4] });
  using frames = figure.prepare();
  const into = painted((length) => new Uint8Array(length));
  frames.frame({ into, stride: STRIDE });
  ys[30] = 3;
  const { left, right } = frames.frame({ into, stride: STRIDE });
  assert(left > 0 && right < WIDTH && left < right);
  const whole = painted((length) => new Uint8Array(length));
  figure.pixels({ into: whole, stride: STRIDE });
  assert.deepEqual(into, whole);
});
