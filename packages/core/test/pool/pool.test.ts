// What a user of the pool sees first: arrays that come, go back, and come again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ArrayType, MiB, Pool, PoolError } from "@millpond/core";

test("an acquired array is a real typed array of exactly the length asked for, zeroed and on a cache line", () => {
  const pool = new Pool();
  const xs = pool.acquire(Float64Array, 1000);
  assert.ok(xs instanceof Float64Array);
  assert.equal(xs.length, 1000);
  assert.equal(xs.byteOffset % 64, 0);
  assert.ok(xs.every((x) => x === 0));
});

test("a repeated request gets the same object back, zeroed by acquire and as it was by acquireUnsafe", () => {
  const pool = new Pool();
  const xs = pool.acquire(Float64Array, 1000).fill(7);
  pool.release(xs);
  const raw = pool.acquireUnsafe(Float64Array, 1000);
  assert.equal(raw, xs);
  assert.equal(raw[999], 7);
  pool.release(raw);
  assert.equal(pool.acquire(Float64Array, 1000)[999], 0);
});

test("requests that alternate get the same objects back, whether their blocks differ or not", () => {
  const pool = new Pool({ check: "fast", trimAfterMs: Infinity });
  const requests: readonly [ArrayType, number][] = [
    [Float64Array, 1000],
    [Float32Array, 2000],
    [Uint8Array, 100],
    [Uint8Array, 60_000],
  ];
  const take = (): unknown[] =>
    requests.map(([type, length]) => {
      const array = pool.acquire(type, length);
      pool.release(array);
      return array;
    });
  const first = take();
  for (let round = 0; round < 10; round++)
    assert.deepEqual(
      take().map((array, i) => array === first[i]),
      [true, true, true, true],
    );
  assert.equal(pool.stats().misses, requests.length);
});

test("a big block takes a class of its own size, not the next power of two", () => {
  const pool = new Pool();
  pool.acquire(Uint8Array, 1000 * 600 * 4);
  const { bytesInUse, bytesRequested } = pool.stats();
  assert.equal(bytesRequested, 2_400_000);
  assert.ok(bytesInUse < 2_400_000 * 1.02, `${bytesInUse} bytes for 2,400,000`);
});

test("a child has a budget of its own and its arrays go back through it", () => {
  const pool = new Pool();
  const child = pool.child({ name: "tiles", limitBytes: 1 * MiB });
  const tile = child.acquire(Uint8Array, 900_000);
  assert.throws(() => child.acquire(Uint8Array, 900_000), { code: "POOL_EXHAUSTED" });
  assert.throws(() => pool.release(tile), { code: "FOREIGN_RELEASE" });
  child.release(tile);
  assert.equal(pool.stats().inUse, 0);
});

test("errors are PoolErrors with a code and a message that says what to do", () => {
  const pool = new Pool({ limitBytes: 1 * MiB });
  assert.throws(
    () => pool.acquire(Uint8Array, 2 * MiB),
    (error) =>
      error instanceof PoolError && error.code === "POOL_EXHAUSTED" && /raise limitBytes/.test(error.message),
  );
});
