// What the tests of pools share: the modes, small pools, and the check that something is refused as it should be.
import assert from "node:assert/strict";
import { type CheckMode, Pool, PoolError, type PoolErrorCode, type PoolOptions } from "@millpond/core";
import { PAGE_BYTES } from "../../src/memory/region.ts";

/** All check modes. */
export const MODES: readonly CheckMode[] = ["off", "fast", "checked", "strict"];

/** The modes whose arrays lie in blocks. */
export const BLOCK_MODES: readonly CheckMode[] = ["fast", "checked"];

/** A pool with small regions and without a timer. */
export function smallPool(options: PoolOptions = {}): Pool {
  return new Pool({ regionBytes: 8 * PAGE_BYTES, trimAfterMs: Infinity, check: "fast", ...options });
}

/** Runs `act`, which must throw a `PoolError` with `code` and a message that has all of `parts`; returns it. */
export function refused(act: () => unknown, code: PoolErrorCode, ...parts: readonly RegExp[]): PoolError {
  let caught: unknown;
  try {
    act();
  } catch (error) {
    caught = error;
  }
  assert.ok(caught instanceof PoolError, `expected a PoolError ${code}, got ${String(caught)}`);
  assert.equal(caught.code, code, caught.message);
  for (const part of parts) assert.match(caught.message, part);
  return caught;
}

/** `refused`, and afterwards all figures of the pool must be what they were. */
export function refusedUnchanged(
  pool: Pool,
  act: () => unknown,
  code: PoolErrorCode,
  ...parts: readonly RegExp[]
): void {
  const before = pool.stats();
  refused(act, code, ...parts);
  assert.deepEqual(pool.stats(), before);
}
