// Arenas on pools that cannot give: every error leaves the arena as it was, and every chunk goes back in the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Allocator, arena, arenas, KiB, MiB, Pool, strings } from "@millpond/core";
import { refused, smallPool } from "../pool/modes.ts";

/** A pool whose acquisition number `failing`, counted from 1, fails. */
function failingAt(pool: Pool, failing: number): Allocator {
  let count = 0;
  const step = (): void => {
    if (++count === failing) throw new Error("on purpose");
  };
  return {
    acquire: (type, length) => (step(), pool.acquire(type, length)),
    acquireUnsafe: (type, length) => (step(), pool.acquireUnsafe(type, length)),
    release: (array) => pool.release(array),
    capacityFor: (type, length) => pool.capacityFor(type, length),
    regionOf: (array) => pool.regionOf(array),
  };
}

test("wherever a pipeline fails for want of memory, every chunk goes back", () => {
  for (let failing = 1; failing < 12; failing++) {
    const pool = smallPool();
    const allocator = failingAt(pool, failing);
    const manager = arenas(allocator, { sizes: { small: KiB } });
    assert.throws(
      () =>
        manager.use("small", (outer) => {
          outer.alloc(Uint8Array, 900);
          outer.alloc(Uint8Array, 5000);
          outer.scope(() => {
            for (let i = 0; i < 4; i++) outer.allocUnsafe(Float64Array, 100);
            manager.use("small", (inner) => {
              for (let i = 0; i < 4; i++) inner.alloc(Uint8Array, 1000 * i);
            });
            outer.copy(new Uint8Array(20_000));
            using own = arena(allocator);
            own.alloc(Uint8Array, 1);
            outer.alloc(Uint8Array, 100_000);
          });
        }),
      /on purpose/,
      `the pipeline has an acquisition number ${failing}`,
    );
    manager.release();
    assert.equal(pool.stats().inUse, 0);
    pool.close();
  }
});

test("a string arena goes on where an acquisition failed, and has every string once", () => {
  const texts = Array.from({ length: 1500 }, (_, i) => (i % 100 === 99 ? "long ü".repeat(i) : `text ${i}`));
  let failures = 0;
  for (let failing = 1; failing < 40; failing++) {
    const pool = smallPool();
    const arena = strings(failingAt(pool, failing), { chunkBytes: 4 * KiB });
    const insist = (act: () => number): number => {
      try {
        return act();
      } catch (error) {
        assert.match(String(error), /on purpose/);
        failures++;
        return act();
      }
    };
    const ids = texts.map((text, i) => insist(() => (i % 2 === 0 ? arena.add(text) : arena.intern(text))));
    for (const [i, id] of ids.entries()) assert.equal(arena.get(id), texts[i]);
    assert.equal(arena.size, texts.length);
    assert.equal(
      arena.usedBytes,
      texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    );
    arena.release();
    assert.equal(pool.stats().inUse, 0);
    pool.close();
  }
  assert.ok(failures > 30, `only ${failures} acquisitions could fail`);
});

test("a request that the pool refuses leaves the arena as it was", () => {
  const pool = smallPool({ limitBytes: 512 * KiB });
  const scratch = arena(pool, { chunkBytes: 64 * KiB });
  const block = scratch.alloc(Uint8Array, 60_000).fill(3);
  const figures = (): number[] => [scratch.usedBytes, scratch.wastedBytes, scratch.reservedBytes];
  const before = figures();
  refused(() => scratch.alloc(Uint8Array, 1 * MiB), "POOL_EXHAUSTED");
  refused(() => scratch.allocBytesUnsafe(4 * 1024 * MiB), "BAD_ARGUMENT");
  assert.deepEqual(figures(), before);
  assert.throws(
    () => {
      for (;;) scratch.allocBytes(60_000);
    },
    { code: "POOL_EXHAUSTED" },
  );
  scratch.reset();
  assert.equal(block[0], 3);
  scratch.allocBytes(60_000);
  scratch.release();
  assert.equal(pool.stats().inUse, 0);
});

test("on a sealed pool an arena goes on with the chunks it has", () => {
  const pool = smallPool();
  const scratch = arena(pool, { chunkBytes: 64 * KiB });
  for (let i = 0; i < 4; i++) scratch.allocBytes(50_000);
  scratch.reset();
  pool.seal();
  for (let i = 0; i < 4; i++) scratch.allocBytes(50_000);
  assert.throws(
    () => {
      for (;;) scratch.allocBytes(50_000);
    },
    { code: "POOL_SEALED" },
  );
});

test("an arena on a closed pool says so", () => {
  const pool = smallPool();
  pool.close();
  refused(() => arena(pool).allocBytes(1), "POOL_CLOSED");
});

test("a pool cannot be closed under an arena", () => {
  const pool = new Pool();
  const scratch = arena(pool);
  scratch.allocBytes(1);
  refused(() => pool.close(), "POOL_IN_USE");
  scratch.release();
  pool.close();
});
