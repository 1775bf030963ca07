// Where records went when a table was compacted: old handles and new ones, in two arrays instead of a Map.

/**
 * What `compact()` returns: the new handle of each record that moved. It is a copy, in memory of its own; keep it
 * for as long as there are old handles to translate.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, records } from "@millpond/core";
 *
 * const points = records(new Pool(), { x: "f64" });
 * const gone = points.add({ x: 1 });
 * const kept = points.add({ x: 2 });
 * points.release(gone);
 * const moves = points.compact();
 * assert.equal(points.has(kept), false);
 * assert.equal(points.get(moves.get(kept), "x"), 2);
 * assert.deepEqual([...moves], [[kept, moves.get(kept)]]);
 * ```
 */
export class Forwarding {
  /** How many records moved. */
  readonly size: number;
  // Ascending by index, and so are the new ones: records keep their order.
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  readonly #mask: number;

  /** @internal */
  constructor(from: Float64Array, to: Float64Array, mask: number) {
    this.size = from.length;
    this.#from = from;
    this.#to = to;
    this.#mask = mask;
  }

  /** The handle that took the place of `handle`: a new one where the record moved, the same where it did not. */
  get(handle: number): number {
    const at = this.#find(handle & this.#mask);
    return this.#from[at] === handle ? this.#to[at] : handle;
  }

  /** All moves as pairs of old and new handle, in memory order. */
  *[Symbol.iterator](): Generator<[from: number, to: number]> {
    for (let at = 0; at < this.size; at++) yield [this.#from[at], this.#to[at]];
  }

  // The first move of an index that is not below `index`.
  #find(index: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#from[middle] & this.#mask) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
