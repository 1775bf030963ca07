// Headers of the strategy "tagged": each field written over, while in use and while idle, and what becomes of the block.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ArrayPool, arrays, Pool, PoolError } from "@millpond/core";
import { rejects } from "./strategies.ts";

const HEADER_BYTES = 16;

// By field: the byte of the header to write over, and what the message calls it.
const FIELDS: readonly (readonly [field: string, byte: number])[] = [
  ["magic", 0],
  ["magic", 3],
  ["size", 4],
  ["size", 6],
  ["class", 7],
  ["state", 8],
  ["generation", 11],
  ["length", 12],
  ["length", 15],
];

// What a stray kernel can reach and a typed array of the pool cannot.
function headerOf(array: Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset - HEADER_BYTES, HEADER_BYTES);
}

function damages(action: () => unknown, field: string): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof PoolError, String(error));
    assert.equal(error.code, "CORRUPTED_HEADER");
    assert.equal(error.details["field"], field);
    return true;
  });
}

function assertRetired(pool: ArrayPool<Float64Array>, address: number, inUse: number): void {
  assert.equal(pool.size, inUse);
  const { idle, retired, inUse: used, slabs } = pool.stats().classes[0];
  assert.deepEqual([retired, used, slabs], [1, inUse, 1]);
  const others = Array.from({ length: idle }, () => pool.acquire(16));
  assert.equal(new Set([...others.map((array) => array.byteOffset), address]).size, idle + 1);
  assert.equal(pool.stats().classes[0].slabs, 1, "no block was lost but one");
  for (const array of others) pool.release(array);
}

describe("a header that was overwritten", () => {
  for (const [field, byte] of FIELDS) {
    test(`byte ${byte}, ${field}: is found when the array is released, and its block is retired`, () => {
      const pool = arrays(new Pool(), Float64Array, { strategy: "tagged" });
      const [before, array, behind] = [pool.acquire(16), pool.acquire(16), pool.acquire(16)];
      headerOf(array)[byte] ^= 1;
      damages(() => pool.release(array), field);
      rejects(() => pool.release(array), "DOUBLE_RELEASE");
      rejects(() => pool.release(array.subarray(3)), "DOUBLE_RELEASE");
      pool.release(before);
      pool.release(behind);
      assertRetired(pool, array.byteOffset, 0);
    });

    test(`byte ${byte}, ${field}: is found before an idle block is given out, and its block is retired`, () => {
      const pool = arrays(new Pool(), Float64Array, { strategy: "tagged" });
      const array = pool.acquire(16);
      pool.release(array);
      headerOf(array)[byte] ^= 1;
      damages(() => pool.acquire(16), field);
      assert.notEqual(pool.acquire(16).byteOffset, array.byteOffset);
      rejects(() => pool.release(array), "DOUBLE_RELEASE");
      assertRetired(pool, array.byteOffset, 1);
    });
  }
});

test("a write past the end of one array is found at the next one, which is the first thing it hits", () => {
  const pool = arrays(new Pool(), Float64Array, { strategy: "tagged", classes: [14] });
  const [array, behind] = [pool.acquire(14), pool.acquire(14)];
  // 14 doubles and the header fill two cache lines: nothing lies between an array and the next header.
  new Float64Array(array.buffer, array.byteOffset, 15)[14] = 1;
  damages(() => pool.release(behind), "magic");
  pool.release(array);
  assert.equal(pool.size, 0);
});

test("a header forged to say idle does not make the block free, nor one forged to say in use", () => {
  const pool = arrays(new Pool(), Float64Array, { strategy: "tagged" });
  const [idle, used] = [pool.acquire(16), pool.acquire(16)];
  pool.release(idle);
  const [idleHeader, usedHeader] = [headerOf(idle).slice(), headerOf(used).slice()];
  headerOf(used).set(idleHeader);
  rejects(() => pool.release(used), "CORRUPTED_HEADER");
  headerOf(idle).set(usedHeader);
  rejects(() => pool.release(idle), "DOUBLE_RELEASE");
  rejects(() => pool.acquire(16), "CORRUPTED_HEADER");
  assert.equal(pool.stats().classes[0].retired, 2);
});

test("a header tells size, class, state, generation and length", () => {
  const pool = arrays(new Pool(), Float64Array, { strategy: "tagged", classes: [16, 300] });
  pool.release(pool.acquire(200));
  const array = pool.acquire(201);
  const words = new Uint32Array(array.buffer, array.byteOffset - HEADER_BYTES, 4);
  const read = (): number[] => [words[1] % 2 ** 24, words[1] >>> 24, words[2] & 1, words[2] >>> 1, words[3]];
  assert.equal(String.fromCharCode(...headerOf(array).subarray(0, 4)), "mill");
  assert.deepEqual(read(), [300, 1, 0, 2, 201]);
  pool.release(array);
  assert.deepEqual(read(), [300, 1, 1, 2, 0]);
});

test("releaseAll and close release everything, also when headers were overwritten, and then say so", () => {
  for (const end of ["releaseAll", "close", "dispose"] as const) {
    const memory = new Pool();
    const pool = arrays(memory, Float64Array, { strategy: "tagged" });
    const held = Array.from({ length: 10 }, () => pool.acquire(16));
    for (const array of held.slice(3, 6)) headerOf(array).fill(0);
    const finish = {
      releaseAll: () => pool.releaseAll(),
      close: () => pool.close({ force: true }),
      dispose: () => pool[Symbol.dispose](),
    };
    rejects(finish[end], "CORRUPTED_HEADER");
    assert.equal(pool.size, 0);
    assert.equal(pool.closed, end !== "releaseAll");
    pool.close();
    assert.equal(memory.stats().inUse, 0);
  }
});

test("a slab with a retired block stays until the pool is closed", () => {
  for (const whenIdle of [false, true]) {
    const memory = new Pool();
    const pool = arrays(memory, Float64Array, { strategy: "tagged", maxIdle: 0 });
    const [array, other] = [pool.acquire(16), pool.acquire(16)];
    if (whenIdle) pool.release(array);
    headerOf(array).fill(0);
    rejects(() => (whenIdle ? pool.acquire(16) : pool.release(array)), "CORRUPTED_HEADER");
    pool.release(other);
    assert.equal(pool.trim(), 0);
    assert.equal(pool.stats().classes[0].retired, 1);
    assert.equal(memory.stats().inUse, 1);
    pool.close();
    assert.equal(memory.stats().inUse, 0);
  }
});
