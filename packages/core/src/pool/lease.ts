// A lease: an array with an owner, given back once and never used afterwards.
import type { TypedArray } from "../memory/elements.ts";
import { PoolError } from "../memory/errors.ts";

/** What a lease needs of the pool it came from. */
export interface LeaseOwner {
  /** @internal */
  _releaseLease(array: TypedArray, ticket: number): void;
}

/**
 * An array that knows its pool. It can be released by hand or by `using`; `keep()` ends the lease
 * and leaves an ordinary pooled array. After its release `array` throws, and a second release throws.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool } from "@millpond/core";
 *
 * const pool = new Pool();
 * {
 *   using lease = pool.lease(Float64Array, 1000);
 *   lease.array[0] = 1;
 *   assert.equal(pool.stats().inUse, 1);
 * }
 * assert.equal(pool.stats().inUse, 0);
 * ```
 */
export class Lease<A extends TypedArray = TypedArray> {
  #owner: LeaseOwner | undefined;
  readonly #array: A;
  readonly #ticket: number;

  /** @internal */
  constructor(owner: LeaseOwner, array: A, ticket: number) {
    this.#owner = owner;
    this.#array = array;
    this.#ticket = ticket;
  }

  /** The array, as long as the lease lasts. */
  get array(): A {
    if (this.#owner === undefined) throw gone("its array was asked for");
    return this.#array;
  }

  /** False once the lease has ended. */
  get live(): boolean {
    return this.#owner !== undefined;
  }

  /** Gives the array back. A second call throws `DOUBLE_RELEASE`. */
  release(): void {
    const owner = this.#owner;
    if (owner === undefined) {
      throw new PoolError("DOUBLE_RELEASE", "this lease has ended before; release each lease once");
    }
    this.#owner = undefined;
    owner._releaseLease(this.#array, this.#ticket);
  }

  /** Ends the lease without giving the array back: from now on the caller owes `pool.release(array)`. */
  keep(): A {
    if (this.#owner === undefined) throw gone("its array was to be kept");
    this.#owner = undefined;
    return this.#array;
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (this.#owner !== undefined) this.release();
  }
}

function gone(what: string): PoolError {
  return new PoolError("USE_AFTER_RELEASE", `${what} after the lease had ended; take a new lease`);
}
