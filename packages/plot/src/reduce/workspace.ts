// The memory of one figure while it is drawn: everything that was taken from the pool goes back together, whether the
// figure came out or not.
import type { Pool } from "@millpond/core";

/** Arrays that are given back by `release`. */
export class Workspace {
  readonly pool: Pool;
  readonly #held: (Float64Array | Uint32Array | Uint8Array)[] = [];

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** Numbers, not zeroed. */
  numbers(length: number): Float64Array {
    const array = this.pool.acquireUnsafe(Float64Array, length);
    this.#held.push(array);
    return array;
  }

  /** Words, zeroed. */
  words(length: number): Uint32Array {
    const array = this.pool.acquire(Uint32Array, length);
    this.#held.push(array);
    return array;
  }

  /** Bytes, zeroed. */
  bytes(length: number): Uint8Array {
    const array = this.pool.acquire(Uint8Array, length);
    this.#held.push(array);
    return array;
  }

  /** A longer array with the same numbers in front; the shorter one goes back at once. */
  longer(array: Float64Array, length: number): Float64Array {
    const more = this.pool.acquireUnsafe(Float64Array, length);
    more.set(array);
    this.#held[this.#held.lastIndexOf(array)] = more;
    this.pool.release(array);
    return more;
  }

  /** Gives everything back. */
  release(): void {
    for (let held = this.#held.pop(); held !== undefined; held = this.#held.pop()) this.pool.release(held);
  }
}
