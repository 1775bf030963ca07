// Invariant 2: no view ever detaches or moves, whatever the pool does afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool, type TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { PAGE_BYTES } from "../../src/memory/region.ts";
import { allEqual, bytesOf } from "./bytes.ts";
import { BLOCK_MODES, smallPool } from "./modes.ts";

for (const memory of ["wasm", "arraybuffer"] as const) {
  for (const check of BLOCK_MODES) {
    test(`views stay as they are over growth, trimming and closing (${memory}, ${check})`, () => {
      const pool = smallPool({ check, memory, regionBytes: 4 * PAGE_BYTES });
      const held = ARRAY_TYPES.map((type, place) => {
        const array = pool.acquire(type, 1000);
        bytesOf(array).fill(place + 1);
        const { buffer, byteOffset, byteLength } = array;
        return { array, part: array.subarray(10), buffer, byteOffset, byteLength, value: place + 1 };
      });
      const released = pool.acquire(Uint8Array, 50_000);
      pool.release(released);
      const same = (): void => {
        for (const { array, part, buffer, byteOffset, byteLength, value } of held) {
          assert.equal(array.buffer, buffer);
          assert.equal(array.byteOffset, byteOffset);
          assert.equal(array.byteLength, byteLength);
          assert.equal(part.length, 990);
          assert.ok(allEqual(array, value));
        }
        assert.equal(released.length, 50_000);
      };
      const more: TypedArray[] = [];
      for (let round = 0; round < 200; round++) {
        more.push(pool.acquireUnsafe(Uint8Array, 1000 * round));
        if (round % 7 === 6) same();
      }
      assert.ok(pool.stats().regions > 5);
      for (const array of more) pool.release(array);
      pool.trim();
      same();
      pool.close({ force: true });
      same();
    });
  }
}

test("views of a region that was dropped keep their length and can be read", () => {
  const pool = smallPool({ zero: "acquire" });
  const array = pool.acquire(Uint8Array, 100_000).fill(3);
  pool.release(array);
  assert.equal(pool.trim().regions, 1);
  assert.equal(array.length, 100_000);
  assert.ok(allEqual(array, 3));
});

test("memory of a pool cannot be transferred away from under its arrays", () => {
  for (const memory of ["wasm", "arraybuffer"] as const) {
    const pool = new Pool({ memory, check: "fast", trimAfterMs: Infinity });
    const array = pool.acquire(Uint8Array, 100);
    const buffer = array.buffer as ArrayBuffer;
    assert.throws(() => structuredClone(array, { transfer: [buffer] }), { name: "DataCloneError" });
    assert.throws(() => buffer.transfer(), TypeError);
    assert.equal(array.length, 100);
    pool.release(array);
  }
});
