// The built package with addresses above 2 GiB, on every Node that `engines` names. Arrays are touched at their ends
// only: the rest of the memory is reserved, but never resident.

import assert from "node:assert/strict";
import { test } from "node:test";

import { GiB, Pool } from "@millpond/core";

const KINDS = [
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
];

function largePool() {
  return new Pool({ regionBytes: 4 * GiB, limitBytes: 8 * GiB, check: "fast", trimAfterMs: Infinity });
}

test("the built pool works above 2 GiB", () => {
  const pool = largePool();
  const low = [1, 1, 0.5].map((size) => pool.acquireUnsafe(Uint8Array, size * GiB));
  const high = KINDS.map((type) => pool.acquire(type, 5000));
  for (const [place, array] of high.entries()) {
    assert.ok(array.byteOffset > 2.5 * GiB);
    array.fill(place + 1);
  }
  assert.ok(high.every((array, place) => array.every((value) => value === place + 1)));
  for (const array of high) pool.release(array);
  for (const array of high) assert.throws(() => pool.release(array), { code: "DOUBLE_RELEASE" });
  for (const array of low) pool.release(array);
  assert.equal(pool.stats().inUse, 0);
});

test("the built pool gives arrays of 3 GiB and of the most bytes there are", () => {
  const pool = largePool();
  for (const length of [3 * GiB, 4 * GiB - 65_536 - 64]) {
    const array = pool.acquireUnsafe(Uint8Array, length);
    assert.equal(array.length, length);
    array[length - 1] = 7;
    assert.equal(array[length - 1], 7);
    pool.release(array);
  }
  assert.throws(() => pool.acquireUnsafe(Uint8Array, 4 * GiB), { code: "BAD_ARGUMENT" });
});

test("the built pool detaches what is released in strict mode", () => {
  const pool = new Pool({ check: "strict" });
  const array = pool.acquire(Float64Array, 100);
  pool.release(array);
  assert.equal(array.length, 0);
  assert.throws(() => array.fill(1), TypeError);
  assert.throws(() => pool.release(array), { code: "DOUBLE_RELEASE" });
});

test("the built pool refuses misuse in every mode", () => {
  for (const check of ["off", "fast", "checked", "strict"]) {
    const pool = new Pool({ check });
    const array = pool.acquire(Uint16Array, 100);
    assert.throws(() => pool.release(array.subarray(1)), { code: "SUBVIEW_RELEASE" });
    assert.throws(() => pool.release(new Uint16Array(100)), { code: "FOREIGN_RELEASE" });
    assert.throws(() => pool.release(undefined), { code: "BAD_ARGUMENT" });
    pool.release(array);
    assert.throws(() => pool.release(array), { code: "DOUBLE_RELEASE" });
    pool.close();
    assert.throws(() => pool.acquire(Uint8Array, 1), { code: "POOL_CLOSED" });
  }
});
