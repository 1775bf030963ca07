// The figures of a pool: what each one counts, in cases small enough to check by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE_BYTES } from "../../src/memory/region.ts";
import { smallPool } from "./modes.ts";

test("a new pool's figures are zero and its rates are one", () => {
  const { children, classes, trims, ...figures } = smallPool({ name: "new" }).stats();
  assert.deepEqual([children, classes], [[], []]);
  assert.deepEqual(trims, { call: 0, decay: 0, pressure: 0, budget: 0 });
  for (const [name, value] of Object.entries(figures)) {
    const expected = { name: "new", check: "fast", sealed: false, limitBytes: 512 * 1024 * 1024 }[name];
    const rate = /^(?:hitRate|efficiency|utilisation)$/.test(name);
    assert.equal(value, expected ?? (rate ? 1 : 0), name);
  }
});

test("a request is a hit when neither block nor view had to be made", () => {
  const pool = smallPool();
  const first = pool.acquire(Uint8Array, 100);
  pool.release(first);
  pool.release(pool.acquire(Uint8Array, 100));
  pool.release(pool.acquire(Uint8Array, 101));
  pool.release(pool.acquire(Uint8Array, 100));
  pool.release(pool.acquire(Uint8Array, 101));
  const { acquired, hits, misses, hitRate } = pool.stats();
  assert.deepEqual({ acquired, hits, misses, hitRate }, { acquired: 5, hits: 3, misses: 2, hitRate: 0.6 });
});

test("bytes in use are those of blocks; what rounding up costs is wasted", () => {
  const pool = smallPool();
  const array = pool.acquire(Float64Array, 20);
  const { bytesInUse, bytesRequested, bytesWasted, bytesPeak, utilisation, bytesRetained } = pool.stats();
  assert.deepEqual([bytesInUse, bytesRequested, bytesWasted, bytesPeak], [192, 160, 32, 192]);
  assert.equal(bytesRetained, PAGE_BYTES);
  assert.equal(utilisation, 192 / PAGE_BYTES);
  pool.release(array);
  assert.equal(pool.stats().bytesInUse, 0);
  assert.equal(pool.stats().bytesPeak, 192);
  assert.equal(pool.stats().efficiency, 1);
});

test("classes count for their own pool, blocks and peaks for the whole family", () => {
  const pool = smallPool();
  const child = pool.child({ name: "child" });
  const own = [pool.acquire(Uint8Array, 100), pool.acquire(Uint8Array, 100)];
  const childs = child.acquire(Uint8Array, 120);
  const [{ blockBytes, acquired, inUse, peak, blocks }] = pool.stats().classes;
  assert.deepEqual(
    { blockBytes, acquired, inUse, peak, blocks },
    { blockBytes: 128, acquired: 2, inUse: 2, peak: 3, blocks: 512 },
  );
  const [childClass] = child.stats().classes;
  assert.deepEqual([childClass.acquired, childClass.inUse, childClass.peak], [1, 1, 3]);
  for (const array of own) pool.release(array);
  child.release(childs);
  pool._decay();
  const later = pool.acquire(Uint8Array, 100);
  assert.equal(pool.stats().classes[0].peak, 3);
  pool.release(later);
  assert.equal(pool.stats().children[0].name, "child");
  assert.equal(pool.stats().acquired, 4);
});

test("fragmentation is the share of idle bytes that cannot go", () => {
  const pool = smallPool({ limitBytes: 100 * PAGE_BYTES });
  const arrays = Array.from({ length: 16 }, () => pool.acquire(Uint8Array, 30_000));
  for (const array of arrays.slice(1)) pool.release(array);
  pool.trim();
  const { fragmentation, bytesRetained, bytesInUse } = pool.stats();
  assert.equal(fragmentation, (bytesRetained - bytesInUse) / bytesRetained);
  pool.release(arrays[0]);
  assert.equal(pool.stats().fragmentation, 0);
});
