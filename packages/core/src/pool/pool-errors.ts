// What a pool says when it refuses: every message names the pool, what was got, and what to do. Kept apart so that
// the pool itself reads as what it does when nothing is wrong.
import type { TypedArray } from "../memory/elements.ts";
import { PoolError, type PoolErrorCode, show } from "../memory/errors.ts";
import { publish } from "../memory/events.ts";
import { formatBytes } from "../memory/units.ts";
import { type Acquisition, described } from "./checks.ts";

/** A release that must not be: told to whoever listens to events, too. */
function misuse(
  pool: string,
  code: PoolErrorCode,
  message: string,
  details: Record<string, unknown> = {},
): PoolError {
  const error = new PoolError(code, message, { pool, ...details });
  publish("misuse", () => ({ pool, code, error }));
  return error;
}

/** The array was given back before. */
export function doubleRelease(pool: string, array: TypedArray): PoolError {
  return misuse(pool, "DOUBLE_RELEASE", `this ${show(array)} was released before; release each array once`);
}

/** The array was given back before, and its block belongs to somebody else. */
export function staleRelease(pool: string, array: TypedArray): PoolError {
  return misuse(
    pool,
    "STALE_RELEASE",
    `this ${show(array)} was released before, and its memory belongs to somebody else now; release each array once`,
  );
}

/** The array of a lease was given back without it. */
export function staleLease(): PoolError {
  return new PoolError(
    "STALE_RELEASE",
    "the array of this lease was released past the lease and belongs to somebody else now; " +
      "release a leased array only through its lease, or call keep() first",
  );
}

/** Another view of the memory of an array in use. */
export function subviewRelease(pool: string, array: TypedArray): PoolError {
  return misuse(
    pool,
    "SUBVIEW_RELEASE",
    `this ${show(array)} is not the array that was acquired but another view of its memory; ` +
      "release the array that acquire() returned",
    { byteOffset: array.byteOffset, byteLength: array.byteLength },
  );
}

/** An array of `owner`, or of nobody. */
export function foreignRelease(pool: string, array: TypedArray, owner: string | undefined): PoolError {
  const advice =
    owner === undefined ? "release only what this pool gave out" : `release it through pool "${owner}"`;
  return misuse(pool, "FOREIGN_RELEASE", `this ${show(array)} does not come from pool "${pool}"; ${advice}`, {
    owner,
  });
}

/** Somebody wrote behind the end of an array of `bytes`. */
export function guardDamaged(
  pool: string,
  byte: number,
  bytes: number,
  holder: Acquisition | undefined,
): PoolError {
  return misuse(
    pool,
    "GUARD_DAMAGED",
    `byte ${byte} behind an array of ${bytes} bytes${described(holder)} was overwritten; look for a write past its end`,
    { byte, bytes, tag: holder?.tag, stack: holder?.stack },
  );
}

/** Growth is forbidden, and no idle block serves. */
export function sealedPool(pool: string, bytes: number): PoolError {
  return new PoolError(
    "POOL_SEALED",
    `pool "${pool}" is sealed and has no idle block for ${formatBytes(bytes)}; ` +
      "warm() it with enough of such arrays before seal()",
    { pool, bytes },
  );
}

/** The budget has no room. */
export function exhaustedPool(pool: string, bytes: number, inUse: number, limitBytes: number): PoolError {
  return new PoolError(
    "POOL_EXHAUSTED",
    `pool "${pool}" cannot give ${formatBytes(bytes)}: ${formatBytes(inUse)} of limitBytes = ` +
      `${formatBytes(limitBytes)} are taken; raise limitBytes, release earlier, or set onExhausted: "unpooled"`,
    { pool, bytes, inUse, limitBytes },
  );
}

/** A pool with arrays in use was to be closed. */
export function poolInUse(pool: string, arrays: number, bytes: number): PoolError {
  return new PoolError(
    "POOL_IN_USE",
    `pool "${pool}" cannot be closed: ${arrays} arrays (${formatBytes(bytes)}) are in use; ` +
      'release them, list them with outstanding(), or close({ force: true }); check: "checked" tells where they come from',
    { pool, arrays, bytes },
  );
}

/** The pool is gone. */
export function closedPool(pool: string): PoolError {
  return new PoolError("POOL_CLOSED", `pool "${pool}" was closed; make a new one`, { pool });
}
