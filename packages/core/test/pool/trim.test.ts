// Invariant 6: what is idle is given back, what is in use stays where it is; and a sealed pool never grows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool, type TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { PAGE_BYTES } from "../../src/memory/region.ts";
import { randomFrom } from "../../src/memory/random.ts";
import { allEqual, bytesOf } from "./bytes.ts";
import { BLOCK_MODES, refused, smallPool } from "./modes.ts";

for (const check of BLOCK_MODES) {
  test(`trimming keeps every byte in use and gives back the rest (${check})`, () => {
    const pool = smallPool({ check, limitBytes: 600 * PAGE_BYTES });
    const random = randomFrom(5);
    const kept: TypedArray[] = [];
    for (let round = 0; round < 400; round++) {
      const type = ARRAY_TYPES[round % ARRAY_TYPES.length];
      const array = pool.acquire(type, Math.floor(random() ** 4 * 20_000));
      bytesOf(array).fill(1 + (kept.length % 255));
      if (random() < 0.2) kept.push(array);
      else pool.release(array);
      if (round % 50 === 49) {
        pool.trim();
        for (const [place, one] of kept.entries()) assert.ok(allEqual(one, 1 + (place % 255)));
        const { bytesInUse, bytesRetained, fragmentation } = pool.stats();
        assert.ok(Math.abs(bytesInUse + fragmentation * bytesRetained - bytesRetained) < 1);
      }
    }
    for (const array of kept) pool.release(array);
    pool.trim();
    const { bytesRetained, bytesReserved, regions } = pool.stats();
    assert.deepEqual(
      { bytesRetained, bytesReserved, regions },
      { bytesRetained: 0, bytesReserved: 0, regions: 0 },
    );
  });
}

test("trim says what it gave back, and counts it", () => {
  const pool = smallPool();
  pool.release(pool.acquire(Uint8Array, 100));
  pool.release(pool.acquire(Uint8Array, 10 * PAGE_BYTES));
  const { bytesRetained, regions } = pool.stats();
  assert.deepEqual(pool.trim(), { bytes: bytesRetained, regions });
  assert.deepEqual(pool.trim(), { bytes: 0, regions: 0 });
  assert.deepEqual(pool.stats().trims, { call: 1, decay: 0, pressure: 0, budget: 0 });
  assert.equal(pool.stats().bytesTrimmed, bytesRetained);
});

test("idle memory decays by half at each tick, and what is needed all the time stays", () => {
  const pool = smallPool({ pressure: () => 0, limitBytes: 600 * PAGE_BYTES });
  const warm = Array.from({ length: 64 }, () => pool.acquireUnsafe(Uint8Array, 60_000));
  for (const array of warm) pool.release(array);
  const held = pool.acquire(Uint8Array, 60_000);
  pool._decay();
  const sizes: number[] = [];
  for (let tick = 0; tick < 12; tick++) {
    for (let use = 0; use < 3; use++) pool.release(pool.acquire(Uint8Array, 60_000));
    pool._decay();
    sizes.push(pool.stats().bytesRetained);
  }
  for (let tick = 1; tick < sizes.length; tick++) assert.ok(sizes[tick] <= sizes[tick - 1]);
  assert.ok(sizes[0] > 25 * PAGE_BYTES, `${sizes[0]} after the first tick`);
  const { regionsReserved } = pool.stats();
  pool.release(pool.acquire(Uint8Array, 60_000));
  assert.equal(pool.stats().regionsReserved, regionsReserved);
  assert.ok((sizes.at(-1) as number) <= 16 * PAGE_BYTES, sizes.join(" "));
  pool.release(held);
});

test("with time everything idle is given back, of every class, however it grew", () => {
  const pool = smallPool({ pressure: () => 0 });
  for (const bytes of [64, 1000, 5000, 60_000, 1_000_000, 3_000_000]) {
    const arrays = Array.from({ length: 40_000_000 / (bytes + 40_000) }, () =>
      pool.acquireUnsafe(Uint8Array, bytes),
    );
    for (const array of arrays) pool.release(array);
  }
  const held = pool.acquire(Uint8Array, 64);
  for (let tick = 0; tick < 20; tick++) pool._decay();
  assert.equal(pool.stats().classes.filter(({ blocks }) => blocks > 0).length, 1);
  assert.equal(pool.stats().regions, 1);
  pool.release(held);
  for (let tick = 0; tick < 2; tick++) pool._decay();
  assert.equal(pool.stats().bytesRetained, 0);
  assert.equal(pool.stats().regions, 0);
});

test("under pressure a tick gives back all that is idle", () => {
  let pressure = 0.5;
  const pool = smallPool({ pressure: () => pressure });
  pool.release(pool.acquire(Uint8Array, 100));
  pool.release(pool.acquire(Uint8Array, 200_000));
  pressure = 0.9;
  pool._decay();
  assert.equal(pool.stats().bytesRetained, 0);
  assert.equal(pool.stats().trims.pressure, 1);
});

test("the timer trims without being asked, for as long as the pool is open", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const pool = new Pool({ trimAfterMs: 1000, pressure: () => 0, check: "fast" });
  pool.release(pool.acquire(Uint8Array, 100));
  for (let tick = 0; tick < 6; tick++) t.mock.timers.tick(1000);
  assert.equal(pool.stats().bytesRetained, 0);
  assert.ok(pool.stats().trims.decay > 0);
  pool.release(pool.acquire(Uint8Array, 100));
  pool.close();
  for (let tick = 0; tick < 6; tick++) t.mock.timers.tick(1000);
});

test("a delay beyond what timers can do does not become the shortest one", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const pool = new Pool({ trimAfterMs: 1e12, pressure: () => 1, check: "fast" });
  pool.release(pool.acquire(Uint8Array, 100));
  t.mock.timers.tick(2 ** 31 - 2);
  assert.ok(pool.stats().bytesRetained > 0);
  t.mock.timers.tick(1);
  assert.equal(pool.stats().bytesRetained, 0);
  pool.close();
});

test("a sealed pool gives what was carved, and throws for more", () => {
  for (const check of BLOCK_MODES) {
    const pool = smallPool({ check });
    pool.warm(Float64Array, 1000, 16);
    pool.seal();
    assert.ok(pool.stats().sealed);
    const { growths } = pool.stats();
    for (let round = 0; round < 3; round++) {
      const arrays = Array.from({ length: 16 }, () => pool.acquire(Float64Array, 1000));
      for (const array of arrays) pool.release(array);
    }
    refused(() => pool.acquire(Uint8Array, 100_000), "POOL_SEALED", /warm\(\)/);
    refused(() => pool.child({ onExhausted: "unpooled" }).acquire(Uint8Array, 100_000), "POOL_SEALED");
    assert.equal(pool.stats().growths, growths);
  }
});

test("a pool that was sealed cold throws at the first request", () => {
  const pool = smallPool();
  pool.seal();
  refused(() => pool.acquire(Uint8Array, 1), "POOL_SEALED", /"pool" is sealed/);
  const parent = smallPool();
  parent.child().seal();
  refused(() => parent.acquire(Uint8Array, 1), "POOL_SEALED");
});

test("time and pressure take nothing from a sealed pool", () => {
  const pool = smallPool({ pressure: () => 1 });
  pool.warm(Uint8Array, 5000, 8);
  pool.seal();
  for (let tick = 0; tick < 20; tick++) pool._decay();
  const arrays = Array.from({ length: 8 }, () => pool.acquire(Uint8Array, 5000));
  assert.equal(arrays.length, 8);
});

test("warming carves blocks for all arrays at once, and leaves none in use", () => {
  const pool = smallPool();
  pool.warm(Uint8Array, 30_000, 20);
  const { growths, inUse, acquired, released } = pool.stats();
  assert.deepEqual({ inUse, acquired, released }, { inUse: 0, acquired: 20, released: 20 });
  const arrays = Array.from({ length: 20 }, () => pool.acquire(Uint8Array, 30_000));
  assert.equal(pool.stats().growths, growths);
  assert.equal(pool.stats().hits, 20);
  for (const array of arrays) pool.release(array);
  const narrow = smallPool({ limitBytes: 2 * PAGE_BYTES });
  refused(() => narrow.warm(Uint8Array, 60_000, 5), "POOL_EXHAUSTED");
  assert.equal(narrow.stats().inUse, 0);
});

test("spans that are dropped are not found any more, and their pages serve other classes", () => {
  const pool = smallPool({ regionBytes: 4 * PAGE_BYTES });
  for (let round = 0; round < 300; round++) {
    const bytes = [100, 1500, 9000, 60_000, 150_000][round % 5];
    const array = pool.acquire(Uint8Array, bytes).fill(9);
    pool.release(array);
    if (round % 3 === 0) pool.trim();
    refused(() => pool.release(array), round % 3 === 0 ? "FOREIGN_RELEASE" : "DOUBLE_RELEASE");
  }
});
