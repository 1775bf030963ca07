// A lease that can be sent to another thread.
import type { TypedArray } from "../memory/elements.ts";
import { Lease, type LeaseOwner } from "../pool/lease.ts";
import type { Token } from "./token.ts";

/** What a shared lease needs of its pool. */
export interface SharedLeaseOwner extends LeaseOwner {
  /** Throws where arrays may not leave the thread. @internal */
  _refuseAlone(): void;
  /** @internal */
  _send(array: TypedArray, ticket: number): Token;
}

/**
 * A lease of a `SharedPool`. `detach()` turns it into a token that any attached thread may adopt, once.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { SharedPool } from "@millpond/core";
 *
 * const pool = SharedPool.create();
 * const lease = pool.lease(Float64Array, 1000);
 * lease.array[0] = 42;
 * const token = lease.detach(); // post this to a worker, which calls pool.adopt(token)
 * const adopted = pool.adopt(token);
 * assert.equal(adopted.array[0], 42);
 * adopted.release();
 * assert.throws(() => pool.adopt(token), { code: "STALE_HANDLE" });
 * pool.close();
 * ```
 */
export class SharedLease<A extends TypedArray = TypedArray> extends Lease<A> {
  readonly #pool: SharedLeaseOwner;
  readonly #ticket: number;

  /** @internal */
  constructor(pool: SharedLeaseOwner, array: A, ticket: number) {
    super(pool, array, ticket);
    this.#pool = pool;
    this.#ticket = ticket;
  }

  /** Ends the lease here and gives a token for the same array elsewhere. Until it is adopted, nobody has the array. */
  detach(): Token {
    this.#pool._refuseAlone();
    return this.#pool._send(this.keep(), this.#ticket);
  }
}
