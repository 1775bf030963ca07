// Invariant 5: memory is bounded. Over a budget a pool throws and names the option, or goes on outside, as told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MiB, Pool } from "@millpond/core";
import { PAGE_BYTES } from "../../src/memory/region.ts";
import { BLOCK_MODES, MODES, refused, refusedUnchanged, smallPool } from "./modes.ts";

test("every budget is finite unless one asks for more", () => {
  assert.equal(new Pool().limitBytes, 512 * MiB);
  assert.equal(new Pool({ limitBytes: Infinity }).limitBytes, Infinity);
  assert.equal(new Pool().child().limitBytes, 512 * MiB);
  assert.equal(new Pool({ limitBytes: MiB }).child().child().limitBytes, MiB);
});

for (const check of MODES) {
  test(`a root, a child and a grandchild over budget each name themselves and the option (${check})`, () => {
    const root = smallPool({ check, name: "the root", limitBytes: 40 * PAGE_BYTES });
    const child = root.child({ name: "the child", limitBytes: 20 * PAGE_BYTES });
    const low = child.child({ name: "the grandchild", limitBytes: 10 * PAGE_BYTES });
    // A page less than a budget leaves room for guards.
    const arrays = [low.acquire(Uint8Array, 9 * PAGE_BYTES)];
    refusedUnchanged(
      root,
      () => low.acquire(Uint8Array, 2 * PAGE_BYTES),
      "POOL_EXHAUSTED",
      /"the grandchild"/,
      /limitBytes/,
    );
    arrays.push(child.acquire(Uint8Array, 8 * PAGE_BYTES));
    refusedUnchanged(
      root,
      () => child.acquire(Uint8Array, 5 * PAGE_BYTES),
      "POOL_EXHAUSTED",
      /"the child"/,
      /limitBytes/,
    );
    arrays.push(root.acquire(Uint8Array, 18 * PAGE_BYTES));
    refusedUnchanged(
      root,
      () => root.acquire(Uint8Array, 10 * PAGE_BYTES),
      "POOL_EXHAUSTED",
      /"the root"/,
      /limitBytes/,
    );
    child.release(arrays[1]);
    low.release(arrays[0]);
    root.release(arrays[2]);
    assert.equal(root.stats().inUse, 0);
    root.release(root.acquire(Uint8Array, 30 * PAGE_BYTES));
  });

  test(`a child without room of its own still meets its parent's budget (${check})`, () => {
    const root = smallPool({ check, limitBytes: 40 * PAGE_BYTES });
    const child = root.child({ name: "narrow", limitBytes: 3 * PAGE_BYTES });
    const wide = child.child({ name: "wide", limitBytes: 30 * PAGE_BYTES });
    const array = wide.acquire(Uint8Array, 2 * PAGE_BYTES - 100);
    const error = refused(() => wide.acquire(Uint8Array, 2 * PAGE_BYTES), "POOL_EXHAUSTED", /"narrow"/);
    assert.equal(error.details["limitBytes"], 3 * PAGE_BYTES);
    wide.release(array);
  });
}

test("a budget refuses a repeated request as it refuses the first", () => {
  for (const check of MODES) {
    const root = smallPool({ check });
    const child = root.child({ limitBytes: 2048 });
    const warmed = [
      root.acquire(Uint8Array, 900),
      root.acquire(Uint8Array, 900),
      root.acquire(Uint8Array, 900),
    ];
    for (const array of warmed) root.release(array);
    for (let round = 0; round < 5; round++) {
      const arrays = [child.acquire(Uint8Array, 900), child.acquire(Uint8Array, 900)];
      refusedUnchanged(root, () => child.acquire(Uint8Array, 900), "POOL_EXHAUSTED");
      for (const array of arrays) child.release(array);
    }
  }
});

test("a grandchild does not take again what its parent has given to a sibling since", () => {
  for (const check of MODES) {
    const root = smallPool({ check });
    root.warm(Uint8Array, 900, 8);
    const child = root.child({ limitBytes: 2048 });
    const [first, second] = [child.child(), child.child()];
    const arrays = [first.acquire(Uint8Array, 900), first.acquire(Uint8Array, 900)];
    for (const array of arrays) first.release(array);
    const taken = [second.acquire(Uint8Array, 900), second.acquire(Uint8Array, 900)];
    refusedUnchanged(root, () => first.acquire(Uint8Array, 900), "POOL_EXHAUSTED");
    refusedUnchanged(root, () => child.acquire(Uint8Array, 900), "POOL_EXHAUSTED");
    for (const array of taken) second.release(array);
    first.release(first.acquire(Uint8Array, 900));
  }
});

for (const check of BLOCK_MODES) {
  test(`with onExhausted: "unpooled" arrays come from outside while the budget is used up, and only then (${check})`, () => {
    const pool = smallPool({ check, limitBytes: 4 * PAGE_BYTES, onExhausted: "unpooled" });
    const child = pool.child();
    const inside = pool.acquire(Uint8Array, 3 * PAGE_BYTES + 100);
    const outside = pool.acquire(Float64Array, 3 * PAGE_BYTES);
    assert.equal(pool.regionOf(outside), undefined);
    assert.equal(outside.length, 3 * PAGE_BYTES);
    const { inUse, unpooled, bytesUnpooled, bytesInUse, bytesRequested, bytesWasted } = pool.stats();
    assert.deepEqual(
      { inUse, unpooled, bytesUnpooled, bytesRequested },
      { inUse: 2, unpooled: 1, bytesUnpooled: 24 * PAGE_BYTES, bytesRequested: 3 * PAGE_BYTES + 100 },
    );
    assert.equal(bytesWasted, bytesInUse - bytesRequested);
    pool.release(inside);
    const again = pool.acquire(Uint8Array, 3 * PAGE_BYTES + 100);
    assert.notEqual(pool.regionOf(again), undefined, "back in the pool although the outside array is in use");
    refusedUnchanged(pool, () => pool.release(outside.subarray(1)), "SUBVIEW_RELEASE");
    refusedUnchanged(pool, () => child.release(outside), "FOREIGN_RELEASE", /through pool "pool"/);
    pool.release(outside);
    refusedUnchanged(pool, () => pool.release(outside), "DOUBLE_RELEASE");
    pool.release(again);
    assert.deepEqual([pool.stats().inUse, pool.stats().bytesUnpooled], [0, 0]);
  });

  test(`arrays from outside are listed as leaks and keep a pool from closing (${check})`, () => {
    const pool = smallPool({ check, limitBytes: PAGE_BYTES, onExhausted: "unpooled" });
    const array = pool.acquire(Float32Array, 2 * PAGE_BYTES);
    assert.deepEqual(
      pool.outstanding().map(({ type, length }) => [type, length]),
      [["Float32Array", 2 * PAGE_BYTES]],
    );
    refused(() => pool.close(), "POOL_IN_USE");
    pool.release(array);
    pool.close();
  });

  test(`a child that went outside stays within its budget afterwards (${check})`, () => {
    const root = smallPool({ check, limitBytes: 64 * PAGE_BYTES });
    const warm = [1, 2, 3, 4].map(() => root.acquire(Uint8Array, 8000));
    for (const array of warm) root.release(array);
    const child = root.child({ limitBytes: 2 * PAGE_BYTES, onExhausted: "unpooled" });
    const big = [1, 2, 3].map(() => child.acquire(Uint8Array, 10 * PAGE_BYTES));
    for (const array of big) child.release(array);
    const arrays = Array.from({ length: 40 }, () => child.acquire(Uint8Array, 8000));
    assert.ok(child.stats().bytesInUse <= 2 * PAGE_BYTES);
    assert.ok(arrays.filter((array) => child.regionOf(array) !== undefined).length >= 10);
    for (const array of arrays) child.release(array);
  });

  test(`a big request that an idle neighbour could serve does not lift a child over its budget (${check})`, () => {
    const root = smallPool({ check, limitBytes: 100 * PAGE_BYTES });
    root.release(root.acquire(Uint8Array, 20 * PAGE_BYTES - 100));
    const child = root.child({ limitBytes: 19 * PAGE_BYTES });
    const array = child.acquire(Uint8Array, 19 * PAGE_BYTES - 100);
    assert.equal(child.stats().bytesInUse, 19 * PAGE_BYTES);
    child.release(array);
  });

  test(`a limit that is used up by idle blocks is none: they go to make room (${check})`, () => {
    const pool = smallPool({ check, limitBytes: 16 * PAGE_BYTES });
    for (const bytes of [100, 3000, 20_000, 60_000, 200_000, 900_000, 40, 600_000]) {
      const array = pool.acquire(Uint8Array, bytes);
      pool.release(array);
      assert.ok(pool.stats().bytesRetained <= 16 * PAGE_BYTES);
    }
    assert.ok(pool.stats().trims.budget > 0);
  });
}

test("a child that is closed by force gives its whole budget back, outside arrays included", () => {
  for (const check of MODES) {
    const root = smallPool({ check, limitBytes: 20 * PAGE_BYTES });
    for (let round = 0; round < 10; round++) {
      const child = root.child({ limitBytes: 15 * PAGE_BYTES, onExhausted: "unpooled" });
      for (let i = 0; i < 3; i++) child.acquire(Uint8Array, 8 * PAGE_BYTES);
      child.close({ force: true });
      const { bytesInUse, inUse } = root.stats();
      assert.deepEqual({ bytesInUse, inUse }, { bytesInUse: 0, inUse: 0 }, check);
    }
    root.release(root.acquire(Uint8Array, 18 * PAGE_BYTES));
  }
});

test("sums of a pool do not fall when a child is closed", () => {
  for (const check of MODES) {
    const root = smallPool({ check });
    const child = root.child();
    const low = child.child();
    for (const pool of [child, low, low]) pool.release(pool.acquire(Uint8Array, 10));
    child.acquire(Uint8Array, 10);
    const { acquired, hits, misses, unpooled } = root.stats();
    child.close({ force: true });
    const after = root.stats();
    assert.deepEqual([after.acquired, after.hits, after.misses], [acquired, hits, misses], check);
    assert.deepEqual([after.released, after.inUse, after.unpooled], [acquired, 0, unpooled], check);
    assert.equal(child.stats().acquired, 4);
  }
});

test("chaos that holds blocks back is never the reason for exhaustion", () => {
  const pool = smallPool({ limitBytes: 8 * PAGE_BYTES, chaos: { seed: 7, drop: 1 } });
  for (let round = 0; round < 200; round++) pool.release(pool.acquire(Uint8Array, 2 * PAGE_BYTES));
  const sealed = smallPool({ chaos: { seed: 7, drop: 0.5, delay: 0.5 } });
  sealed.warm(Uint8Array, 5000, 4);
  sealed.seal();
  for (let round = 0; round < 200; round++) {
    const arrays = [1, 2, 3, 4].map(() => sealed.acquire(Uint8Array, 5000));
    for (const array of arrays) sealed.release(array);
  }
});
