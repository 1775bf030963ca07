// What the tests of array pools share.
import assert from "node:assert/strict";
import { type ArrayStrategy, PoolError, type PoolErrorCode } from "@millpond/core";

/** All of them: what holds for one holds for each, unless a test says otherwise. */
export const STRATEGIES: readonly ArrayStrategy[] = ["direct", "tracked", "tagged"];

/** Fails unless `action` throws a `PoolError` of exactly this code. */
export function rejects(action: () => unknown, code: PoolErrorCode): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof PoolError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  });
}
