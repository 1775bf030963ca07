// Array pools of the built package, on whatever Node the machine has.

import assert from "node:assert/strict";
import { test } from "node:test";

import { arrays, Pool } from "@millpond/core";

for (const strategy of ["direct", "tracked", "tagged"]) {
  test(`${strategy}: arrays come and go, and wrong releases are refused`, () => {
    const memory = new Pool();
    const pool = arrays(memory, Float64Array, { strategy });
    const old = pool.acquire(16).fill(1);
    pool.release(old);
    assert.throws(() => pool.release(old), { code: "DOUBLE_RELEASE" });
    const owner = pool.acquire(16);
    assert.ok(owner.every((x) => x === 0));
    assert.throws(() => pool.release(old), { code: "STALE_RELEASE" });
    assert.throws(() => pool.release(owner.subarray(1)), { code: "SUBVIEW_RELEASE" });
    assert.throws(() => pool.release(new Float64Array(16)), { code: "FOREIGN_RELEASE" });
    pool.acquire(1000);
    assert.equal(pool.releaseAll(), 2);
    pool.close();
    assert.equal(memory.stats().inUse, 0);
  });
}
