// Addresses above 2 GiB, up to the last byte of 4 GiB. Arrays are touched at their ends only: the rest of the memory
// is reserved, but never resident.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GiB, KiB, MiB, Pool, type TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { PAGE_BYTES } from "../../src/memory/region.ts";
import { bytesOf } from "./bytes.ts";
import { refused } from "./modes.ts";

const MOST = 4 * GiB - PAGE_BYTES - 64;

function largePool(memory: "wasm" | "arraybuffer" = "wasm"): Pool {
  return new Pool({
    regionBytes: 4 * GiB,
    limitBytes: 8 * GiB,
    memory,
    check: "fast",
    trimAfterMs: Infinity,
  });
}

// Takes the addresses below `bytes` of the first region. A request for most of a region would get one of its own.
function fillTo(pool: Pool, bytes: number): Uint8Array[] {
  const arrays: Uint8Array[] = [];
  for (let left = bytes; left > 0; left -= GiB)
    arrays.push(pool.acquireUnsafe(Uint8Array, Math.min(left, GiB) - (left === bytes ? PAGE_BYTES : 0)));
  assert.equal(pool.stats().regions, 1);
  return arrays;
}

function mark(array: TypedArray, value: number): void {
  const bytes = bytesOf(array);
  bytes[0] = value;
  bytes[bytes.length - 1] = value;
}

function marked(array: TypedArray, value: number): boolean {
  const bytes = bytesOf(array);
  return bytes[0] === value && bytes[bytes.length - 1] === value;
}

for (const memory of ["wasm", "arraybuffer"] as const) {
  test(`arrays of all kinds lie, keep their bytes and are found above 2 GiB (${memory})`, () => {
    const pool = largePool(memory);
    const low = fillTo(pool, 2.25 * GiB);
    const high = ARRAY_TYPES.flatMap((type) => [pool.acquire(type, 1000), pool.acquire(type, 30_000)]);
    high.push(pool.acquireUnsafe(Float64Array, GiB / 8));
    for (const [place, array] of high.entries()) {
      assert.ok(array.byteOffset > 2 * GiB && array.byteOffset % 64 === 0, `at ${array.byteOffset}`);
      mark(array, place + 1);
    }
    assert.equal(pool.stats().regions, 1);
    assert.ok(high.every((array, place) => marked(array, place + 1)));
    for (const array of high) refused(() => pool.release(array.subarray(1)), "SUBVIEW_RELEASE");
    for (const array of high) pool.release(array);
    for (const array of high) refused(() => pool.release(array), "DOUBLE_RELEASE");
    for (const array of low) pool.release(array);
    assert.equal(pool.stats().inUse, 0);
    pool.trim();
    assert.equal(pool.stats().regions, 0);
  });
}

test("a repeated request above 2 GiB gets its array again, zeroed", () => {
  const pool = largePool();
  fillTo(pool, 3.25 * GiB);
  const array = pool.acquire(Uint32Array, 20_000).fill(7);
  assert.ok(array.byteOffset > 3 * GiB);
  pool.release(array);
  const again = pool.acquire(Uint32Array, 20_000);
  assert.equal(again, array);
  assert.ok(again.every((value) => value === 0));
  assert.equal(pool.stats().hits, 1);
});

test("one array may take 3 GiB, and one of the most bytes there are", () => {
  const pool = largePool();
  const three = pool.acquireUnsafe(Uint8Array, 3 * GiB);
  assert.equal(three.length, 3 * GiB);
  mark(three, 9);
  assert.ok(marked(three, 9));
  assert.equal(pool.stats().bytesRequested, 3 * GiB);
  pool.release(three);
  for (const type of ARRAY_TYPES) {
    const length = Math.floor(MOST / type.BYTES_PER_ELEMENT);
    const array = pool.acquireUnsafe(type, length);
    assert.equal(array.length, length);
    mark(array, 5);
    assert.ok(marked(array, 5));
    assert.equal(pool.capacityFor(type, length), length);
    pool.release(array);
    refused(() => pool.release(array), "DOUBLE_RELEASE");
  }
  refused(() => pool.acquire(Uint8Array, MOST + 1), "BAD_ARGUMENT");
});

test("a second region is made when the first is full, and both are told apart at equal addresses", () => {
  const pool = largePool();
  const first = pool.acquireUnsafe(Uint8Array, 3.75 * GiB);
  const second = pool.acquireUnsafe(Uint8Array, 3.75 * GiB);
  assert.equal(first.byteOffset, second.byteOffset);
  assert.notEqual(first.buffer, second.buffer);
  mark(first, 1);
  mark(second, 2);
  assert.ok(marked(first, 1) && marked(second, 2));
  refused(() => pool.acquireUnsafe(Uint8Array, GiB), "POOL_EXHAUSTED", /8 GiB/);
  pool.release(first);
  refused(() => pool.release(first), "DOUBLE_RELEASE");
  assert.ok(marked(second, 2));
  pool.release(second);
  assert.equal(pool.stats().bytesInUse, 0);
});

test("figures add up beyond 4 GiB", () => {
  const pool = largePool();
  const child = pool.child({ limitBytes: 7 * GiB });
  const arrays = Array.from({ length: 6 }, () => child.acquireUnsafe(Uint8Array, GiB));
  const { bytesInUse, bytesRequested, bytesPeak, bytesReserved } = pool.stats();
  assert.equal(bytesRequested, 6 * GiB);
  assert.equal(bytesInUse, 6 * GiB);
  assert.equal(bytesPeak, 6 * GiB);
  assert.equal(bytesReserved, 8 * GiB);
  refused(() => child.acquireUnsafe(Uint8Array, GiB + MiB), "POOL_EXHAUSTED", /7 GiB/);
  for (const array of arrays) child.release(array);
  assert.equal(child.stats().bytesInUse, 0);
});

test("small blocks in the last pages of 4 GiB are told apart", () => {
  const pool = largePool();
  const big = fillTo(pool, 4 * GiB - 40 * PAGE_BYTES);
  const arrays = Array.from({ length: 2000 }, (_, place) => pool.acquire(Uint8Array, 64 + (place % 1000)));
  const last = Math.max(...arrays.map((array) => array.byteOffset));
  assert.ok(last > 4 * GiB - 20 * PAGE_BYTES - 64 * KiB, `${last}`);
  for (const [place, array] of arrays.entries()) array.fill(place % 251);
  assert.ok(arrays.every((array, place) => array.every((value) => value === place % 251)));
  for (const array of arrays.toReversed()) pool.release(array);
  assert.equal(pool.stats().inUse, big.length);
});
