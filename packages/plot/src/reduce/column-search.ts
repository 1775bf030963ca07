// Finds where columns of pixels begin in ascending x. Neighbouring columns mostly hold about as many points, so the search
// starts where the next one should begin: among millions of points every place that is looked at is a miss of the cache.
import type { Series } from "@millpond/core";

import type { Mapping } from "../scale/mapping.ts";

/** Searches ascending x; without any, x is 0, 1, 2 … */
export class ColumnSearch {
  readonly #xs: Series | undefined;
  readonly #x: Mapping;
  readonly #edge: number;
  readonly #sign: number;
  // Points in the column before.
  #size = 1;

  /** Distances are counted from the `edge`, to the right for a `sign` of 1 and to the left for -1. */
  constructor(xs: Series | undefined, x: Mapping, edge: number, sign: number) {
    this.#xs = xs;
    this.#x = x;
    this.#edge = edge;
    this.#sign = sign;
  }

  /** The first index, from `from` to `to`, whose x lies at `distance` or further; all before `from` lie nearer. */
  find(distance: number, from: number, to: number): number {
    const guess = Math.min(from + this.#size, to);
    const found =
      guess < to && this.#isNearer(guess, distance)
        ? this.#findAbove(distance, guess + 1, to)
        : this.#findBelow(distance, from, guess);
    this.#size = Math.max(1, found - from);
    return found;
  }

  // Steps grow while they lead the same way.
  #findAbove(distance: number, from: number, to: number): number {
    let low = from;
    for (let step = 1; low < to; step *= 2) {
      const place = Math.min(low + step, to) - 1;
      if (!this.#isNearer(place, distance)) return this.#findWithin(distance, low, place);
      low = place + 1;
    }
    return to;
  }

  #findBelow(distance: number, from: number, to: number): number {
    let high = to;
    for (let step = 1; high > from; step *= 2) {
      const place = Math.max(high - step, from);
      if (this.#isNearer(place, distance)) return this.#findWithin(distance, place + 1, high);
      high = place;
    }
    return from;
  }

  #findWithin(distance: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#isNearer(middle, distance)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isNearer(index: number, distance: number): boolean {
    const x = this.#xs === undefined ? index : this.#xs.at(index);
    return (this.#x.place(x) - this.#edge) * this.#sign < distance;
  }
}
