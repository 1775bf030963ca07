// Painted arrays around the structure under test: whoever writes past his block is seen.
import assert from "node:assert/strict";
import type { Pool, TypedArray } from "@millpond/core";
import { allEqual, bytesOf } from "../pool/bytes.ts";

/** Arrays of one pool, each full of one byte. */
export class Neighbours {
  readonly #pool: Pool;
  readonly #painted: { array: TypedArray; paint: number }[] = [];
  #count = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** One more, of so many bytes. */
  add(bytes: number): void {
    const paint = 1 + (this.#count++ % 255);
    const array = this.#pool.acquireUnsafe(Uint8Array, bytes);
    bytesOf(array).fill(paint);
    this.#painted.push({ array, paint });
  }

  /** Gives one back, so that its block is free for the structure. */
  drop(which: number): void {
    if (this.#painted.length === 0) return;
    const [gone] = this.#painted.splice(which % this.#painted.length, 1);
    this.#pool.release(gone.array);
  }

  /** Every byte is as it was painted. */
  verify(): void {
    for (const { array, paint } of this.#painted)
      assert.ok(allEqual(array, paint), "a neighbour was written to");
  }

  /** Gives all back. */
  release(): void {
    this.verify();
    for (const { array } of this.#painted.splice(0)) this.#pool.release(array);
  }
}
