// A lease of an object: an owner that gives it back once, and does not show it afterwards.
import { PoolError } from "../memory/errors.ts";
import type { Entry } from "./bucket.ts";

/** What a lease needs of the pool it came from. */
export interface ObjectLeaseOwner<T extends object> {
  /** @internal */
  _releaseEntry(entry: Entry<T>, turn: number): void;
}

/**
 * An object of an `ObjectPool` that knows its pool: released by hand or by `using`, once.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { objects } from "@millpond/core";
 *
 * const maps = objects({ create: () => new Map<string, number>(), reset: (map) => map.clear() });
 * {
 *   using lease = maps.lease();
 *   lease.object.set("a", 1);
 *   assert.equal(maps.stats().inUse, 1);
 * }
 * assert.equal(maps.stats().inUse, 0);
 * ```
 */
export class ObjectLease<T extends object> {
  #owner: ObjectLeaseOwner<T> | undefined;
  readonly #entry: Entry<T>;
  readonly #turn: number;

  /** @internal */
  constructor(owner: ObjectLeaseOwner<T>, entry: Entry<T>) {
    this.#owner = owner;
    this.#entry = entry;
    this.#turn = entry.turn;
  }

  /** The object, as long as the lease lasts. */
  get object(): T {
    if (this.#owner !== undefined) return this.#entry.object;
    throw new PoolError("USE_AFTER_RELEASE", "the object of an ended lease was asked for; take a new lease");
  }

  /** False once released. */
  get live(): boolean {
    return this.#owner !== undefined;
  }

  /** Gives the object back. A second call throws `DOUBLE_RELEASE`. */
  release(): void {
    const owner = this.#owner;
    if (owner === undefined) {
      throw new PoolError("DOUBLE_RELEASE", "this lease was released before; release each lease once");
    }
    this.#owner = undefined;
    owner._releaseEntry(this.#entry, this.#turn);
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (this.#owner !== undefined) this.release();
  }
}
