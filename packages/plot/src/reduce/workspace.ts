// The memory of one figure while it is drawn: everything that was taken from the pool goes back together, whether the
// figure came out or not. What is found in the data can stay for the frames that follow.
import type { Pool } from "@millpond/core";

type Held = (Float64Array | Uint32Array | Uint8Array)[];

/** Arrays that are given back by `release`. */
export class Workspace {
  readonly pool: Pool;
  readonly #kept: Held = [];
  readonly #frame: Held = [];
  // Which of the two takes what comes next.
  #held = this.#frame;

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

  /** What is taken meanwhile outlives the frame. */
  keep<T>(take: () => T): T {
    this.#held = this.#kept;
    try {
      return take();
    } finally {
      this.#held = this.#frame;
    }
  }

  /** Gives back what was taken, but for what is kept. */
  endFrame(): void {
    giveBack(this.pool, this.#frame);
  }

  /** Gives everything back. */
  release(): void {
    giveBack(this.pool, this.#frame);
    giveBack(this.pool, this.#kept);
  }
}

function giveBack(pool: Pool, arrays: Held): void {
  for (let held = arrays.pop(); held !== undefined; held = arrays.pop()) pool.release(held);
}
