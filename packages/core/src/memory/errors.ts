// The one error class of the package: a stable code, what was got, what was expected, what to do.

/**
 * What went wrong, as a word that does not change between versions.
 *
 * | code | means |
 * |---|---|
 * | `BAD_ARGUMENT` | a length, type or option that cannot be served |
 * | `LENGTH_MISMATCH` | two arrays that must be equally long are not |
 * | `OUT_OF_BOUNDS` | an index, handle or span outside the structure |
 * | `DOUBLE_RELEASE` | the array was released already |
 * | `STALE_RELEASE` | the array was released, and its block was given to somebody else since |
 * | `FOREIGN_RELEASE` | the array does not come from this pool |
 * | `SUBVIEW_RELEASE` | a part of an acquired array, or another view of it, was given back instead of the array itself |
 * | `STALE_HANDLE` | a handle, mark or id of a generation that is gone |
 * | `USE_AFTER_RELEASE` | a released lease, vector, arena or scope was used |
 * | `WRITE_AFTER_RELEASE` | painted memory changed while nobody owned it |
 * | `GUARD_DAMAGED` | bytes behind an array were overwritten |
 * | `CORRUPTED_HEADER` | the header in front of a tagged array was overwritten |
 * | `POOL_EXHAUSTED` | the byte budget or the fixed capacity is used up |
 * | `POOL_SEALED` | growth was needed after `seal()` |
 * | `POOL_CLOSED` | the pool was closed |
 * | `POOL_IN_USE` | a pool was closed while arrays of it were still in use |
 * | `LEAK` | `expectNoLeaks` found something that was not given back |
 * | `BAD_SCOPE` | marks or scopes were left in the wrong order |
 * | `BAD_MESSAGE` | a handle or token from another thread has the wrong shape |
 * | `WRONG_THREAD` | a thread used an end of a ring that belongs to another thread |
 */
export type PoolErrorCode =
  | "BAD_ARGUMENT"
  | "LENGTH_MISMATCH"
  | "OUT_OF_BOUNDS"
  | "DOUBLE_RELEASE"
  | "STALE_RELEASE"
  | "FOREIGN_RELEASE"
  | "SUBVIEW_RELEASE"
  | "STALE_HANDLE"
  | "USE_AFTER_RELEASE"
  | "WRITE_AFTER_RELEASE"
  | "GUARD_DAMAGED"
  | "CORRUPTED_HEADER"
  | "POOL_EXHAUSTED"
  | "POOL_SEALED"
  | "POOL_CLOSED"
  | "POOL_IN_USE"
  | "LEAK"
  | "BAD_SCOPE"
  | "BAD_MESSAGE"
  | "WRONG_THREAD";

// Two copies of the package may be loaded; the brand lets `instanceof` see across them.
const BRAND: unique symbol = Symbol.for("millpond.PoolError") as never;

/**
 * Thrown by everything in this package. `code` is stable, `message` is for people, `details` holds
 * what was got and what was expected as plain values.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, PoolError } from "@millpond/core";
 *
 * const pool = new Pool();
 * const xs = pool.acquire(Float64Array, 100);
 * pool.release(xs);
 * try {
 *   pool.release(xs);
 * } catch (error) {
 *   assert(error instanceof PoolError);
 *   assert.equal(error.code, "DOUBLE_RELEASE");
 * }
 * ```
 */
export class PoolError extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "PoolError", configurable: true });
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  /** A word that does not change between versions; see {@link PoolErrorCode}. */
  readonly code: PoolErrorCode;
  /** What was got and what was expected, as plain values. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: PoolErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/** The error for an argument of a wrong kind. */
export function unlike(expected: string, got: unknown): PoolError {
  return new PoolError("BAD_ARGUMENT", `expected ${expected}, got ${show(got)}`, { got: show(got) });
}

/** How an offending value is shown in a message: short and typed, without `toString` and the like. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function") return nameOf(value);
  if (typeof value === "bigint") return `${value}n`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (typeof value === "object" && value !== null)
    return `an object (${Object.prototype.toString.call(value)})`;
  return String(value);
}

function nameOf(value: { readonly name?: unknown }): string {
  const { name } = value;
  return typeof name === "string" && name !== "" ? name : "a function";
}
