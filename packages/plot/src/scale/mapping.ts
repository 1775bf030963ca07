// From a value to a place on the screen, and back. One class for all scales, so that the loops over points see one shape;
// what differs is a number, the kind.
//
// Every step is monotone in floating point: a larger value never gets a smaller place (on an axis that is not inverted).
// The reduction of dense lines rests on that.

/** How a mapping bends values before it stretches them. */
export const LINEAR = 0;
/** Decimal logarithm; only positive values have a place. */
export const LOG = 1;
/** Straight between minus and plus the threshold, logarithmic beyond. */
export const SYMLOG = 2;

/** One of the three. */
export type Bend = typeof LINEAR | typeof LOG | typeof SYMLOG;

// Limits further apart than this would overflow when subtracted, so values are made smaller first, which is exact.
const HUGE = 1e300;
const SHRINK = 2 ** -8;

/** Maps values between `low` and `high` to pixels between `start` and `end`. */
export class Mapping {
  readonly bend: Bend;
  /** Pixels of the limit `low`. */
  readonly start: number;
  /** Pixels of the limit `high`. */
  readonly end: number;
  /** The smallest value that has a place. */
  readonly least: number;
  readonly #threshold: number;
  readonly #unit: number;
  readonly #from: number;
  readonly #factor: number;

  constructor(bend: Bend, low: number, high: number, start: number, end: number, threshold = 1) {
    this.bend = bend;
    this.start = start;
    this.end = end;
    this.least = bend === LOG ? Number.MIN_VALUE : -Number.MAX_VALUE;
    this.#threshold = threshold;
    this.#unit = bend === LINEAR && (high > HUGE || low < -HUGE) ? SHRINK : 1;
    this.#from = this.#bent(low);
    this.#factor = (end - start) / (this.#bent(high) - this.#from);
  }

  /** Where a value lies, in pixels; not finite for values without a place. */
  place(value: number): number {
    return this.start + (this.#bent(value) - this.#from) * this.#factor;
  }

  /** The value at a place. */
  value(place: number): number {
    const bent = (place - this.start) / this.#factor + this.#from;
    if (this.bend === LINEAR) return bent / this.#unit;
    if (this.bend === LOG) return 10 ** bent;
    const size = Math.abs(bent);
    return Math.sign(bent) * this.#threshold * (size <= 1 ? size : 10 ** (size - 1));
  }

  /** The same pixels for other limits. */
  over(low: number, high: number): Mapping {
    return new Mapping(this.bend, low, high, this.start, this.end, this.#threshold);
  }

  /** True for values that can be drawn: finite ones, and on a logarithmic scale positive ones. */
  has(value: number): boolean {
    return value >= this.least && value <= Number.MAX_VALUE;
  }

  #bent(value: number): number {
    if (this.bend === LINEAR) return value * this.#unit;
    // Below everything, so that places of ascending values ascend also where they begin below zero.
    if (this.bend === LOG) return value <= 0 ? -Infinity : Math.log10(value);
    return bendSymlog(value, this.#threshold);
  }
}

/** The symmetric logarithm: the threshold comes to 1, ten times the threshold to 2. */
export function bendSymlog(value: number, threshold: number): number {
  const size = Math.abs(value) / threshold;
  return size <= 1 ? value / threshold : Math.sign(value) * (1 + Math.log10(size));
}
