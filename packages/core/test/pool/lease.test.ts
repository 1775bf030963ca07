// Leases: an array with one owner, given back once and never used afterwards; and `use`, which cannot forget.
/* oxlint-disable unicorn/no-thenable -- thenables of every temper are what is tested here */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TypedArray } from "@millpond/core";
import { BLOCK_MODES, MODES, refused, refusedUnchanged, smallPool } from "./modes.ts";

for (const check of MODES) {
  test(`a lease gives its array until it is released, once (${check})`, () => {
    const pool = smallPool({ check });
    const lease = pool.lease(Float64Array, 100);
    assert.ok(lease.live);
    assert.equal(lease.array, lease.array);
    assert.deepEqual([...lease.array.subarray(0, 3)], [0, 0, 0]);
    lease.release();
    assert.equal(lease.live, false);
    refusedUnchanged(pool, () => lease.release(), "DOUBLE_RELEASE", /once/);
    refused(() => lease.array, "USE_AFTER_RELEASE");
    refused(() => lease.keep(), "USE_AFTER_RELEASE");
    lease[Symbol.dispose]();
    assert.equal(pool.stats().inUse, 0);
  });

  test(`a kept array outlives its lease and is owed to the pool (${check})`, () => {
    const pool = smallPool({ check });
    let kept: Uint8Array;
    {
      using lease = pool.lease(Uint8Array, 100);
      kept = lease.keep();
      assert.equal(lease.live, false);
      refused(() => lease.array, "USE_AFTER_RELEASE");
      refused(() => lease.release(), "DOUBLE_RELEASE");
    }
    assert.equal(pool.stats().inUse, 1);
    pool.release(kept);
    assert.equal(pool.stats().inUse, 0);
  });

  test(`using releases at the end of a block, also after an error or an early release (${check})`, () => {
    const pool = smallPool({ check });
    {
      using lease = pool.lease(Uint8Array, 100);
      lease.array[0] = 1;
    }
    assert.throws(() => {
      using lease = pool.lease(Uint8Array, 100);
      throw new Error(String(lease.array.length));
    }, /^Error: 100$/);
    {
      using lease = pool.lease(Uint8Array, 100);
      lease.release();
    }
    assert.equal(pool.stats().inUse, 0);
  });

  test(`a leased array that is released past the lease belongs to nobody's lease any more (${check})`, () => {
    const pool = smallPool({ check });
    const lease = pool.lease(Uint8Array, 100);
    pool.release(lease.array);
    const code = check === "off" || check === "strict" ? "DOUBLE_RELEASE" : "STALE_RELEASE";
    refusedUnchanged(pool, () => lease.release(), code);
    refusedUnchanged(pool, () => lease.release(), "DOUBLE_RELEASE");
  });

  test(`use gives the result and releases, with work that returns, throws or awaits (${check})`, async () => {
    const pool = smallPool({ check });
    const failure = new Error("on purpose");
    assert.equal(
      pool.use(Uint8Array, 10, (array) => array.length),
      10,
    );
    assert.throws(
      () =>
        pool.use(Uint8Array, 10, () => {
          throw failure;
        }),
      failure,
    );
    const pending = pool.use(Uint8Array, 10, async (array) => {
      await Promise.resolve();
      return array.length;
    });
    assert.equal(pool.stats().inUse, 1);
    assert.equal(await pending, 10);
    await assert.rejects(
      pool.use(Uint8Array, 10, async () => Promise.reject(failure)),
      failure,
    );
    assert.equal(pool.stats().inUse, 0);
  });

  test(`use releases for thenables of every temper (${check})`, async () => {
    const pool = smallPool({ check });
    const failure = new Error("on purpose");
    const throwing = {
      then: () => {
        throw failure;
      },
    };
    await assert.rejects(
      async () => pool.use(Uint8Array, 10, () => throwing as unknown as Promise<void>),
      failure,
    );
    assert.equal(pool.stats().inUse, 0, "then throws");
    const late = {
      then(fulfil: (value: number) => void): void {
        assert.equal(pool.stats().inUse, 1);
        fulfil(7);
        throw failure;
      },
    };
    assert.equal(await pool.use(Uint8Array, 10, () => late as unknown as Promise<number>), 7);
    assert.equal(pool.stats().inUse, 0, "then throws after it fulfilled");
    const getter = Object.defineProperty({}, "then", {
      get: () => {
        throw failure;
      },
    });
    assert.throws(() => pool.use(Uint8Array, 10, () => getter), failure);
    assert.equal(pool.stats().inUse, 0, "reading then throws");
    const callable = Object.assign(() => undefined, { then: (fulfil: (value: number) => void) => fulfil(8) });
    const pending = pool.use(Uint8Array, 10, () => callable as unknown as Promise<number>);
    assert.equal(await pending, 8);
    assert.equal(pool.stats().inUse, 0, "a function with then");
    const plain = { then: 5 };
    assert.equal(
      pool.use(Uint8Array, 10, () => plain),
      plain,
    );
    assert.equal(pool.stats().inUse, 0, "then is no function");
  });

  test(`use refuses what is no function before it acquires anything (${check})`, () => {
    const pool = smallPool({ check });
    refusedUnchanged(pool, () => pool.use(Uint8Array, 10, 5 as never), "BAD_ARGUMENT", /a function, got 5/);
  });
}

for (const check of BLOCK_MODES) {
  test(`a lease does not release the next holder of its block (${check})`, () => {
    const pool = smallPool({ check });
    const lease = pool.lease(Uint8Array, 100);
    pool.release(lease.array);
    const next = pool.lease(Uint8Array, 100);
    assert.equal(next.array.byteOffset, (lease.array as TypedArray).byteOffset);
    refusedUnchanged(pool, () => lease.release(), "STALE_RELEASE", /belongs to somebody else/);
    next.array.fill(1);
    next.release();
    assert.equal(pool.stats().inUse, 0);
  });

  test(`a lease of a block that was used before is not taken for the next one of it (${check})`, () => {
    const pool = smallPool({ check });
    pool.warm(Uint8Array, 100, 1);
    const lease = pool.lease(Uint8Array, 100);
    pool.release(lease.array);
    const next = pool.lease(Uint8Array, 100);
    refusedUnchanged(pool, () => lease.release(), "STALE_RELEASE");
    next.release();
  });

  test(`a lease tells its turn apart after thousands of others (${check})`, () => {
    const pool = smallPool({ check });
    const lease = pool.lease(Uint8Array, 100);
    pool.release(lease.array);
    for (let round = 0; round < 10_000; round++) pool.release(pool.acquireUnsafe(Uint8Array, 100));
    const next = pool.lease(Uint8Array, 100);
    refusedUnchanged(pool, () => lease.release(), "STALE_RELEASE");
    next.release();
  });
}

test("a lease of a child goes back through the child, and is stale once the child is closed", () => {
  for (const check of MODES) {
    const pool = smallPool({ check });
    const child = pool.child();
    child.lease(Uint8Array, 10).release();
    const lease = child.lease(Uint8Array, 10);
    assert.equal(child.stats().inUse, 1);
    child.close({ force: true });
    assert.throws(
      () => lease.release(),
      (error: { code?: string }) => /^(?:STALE_RELEASE|POOL_CLOSED)$/.test(error.code ?? ""),
    );
    assert.equal(pool.stats().inUse, 0);
  }
});

test("a result that is awaited over the end of its pool says so", async () => {
  const pool = smallPool();
  const pending = pool.use(Uint8Array, 10, async () => Promise.resolve(1));
  pool.close({ force: true });
  await assert.rejects(pending, { name: "PoolError" });
});
