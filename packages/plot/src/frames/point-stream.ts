// Points as they come in: two rings of numbers that are filled together, the newest points and no more.
import { type Allocator, type Ring, ring } from "@millpond/core";

import { checkOptions, unlike } from "../check.ts";
import { PlotError } from "../errors.ts";

// What a ring of doubles can hold at most.
const MOST_POINTS = 2 ** 28;

/** Options of `pointStream()`. */
export interface PointStreamOptions {
  /** How many points are kept; the oldest ones go first. */
  readonly capacity: number;
}

/**
 * The newest points of a stream. A figure over `xs` and `ys` shows what is in them when it is drawn.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool } from "@millpond/core";
 * import { plot, pointStream } from "@millpond/plot";
 *
 * const pool = new Pool();
 * const points = pointStream(pool, { capacity: 100 });
 * const figure = plot({ pool }).line(points.xs, points.ys);
 * points.append(1, 10).append(2, 12).extend([3, 4], [9, 11]);
 * assert.equal(points.length, 4);
 * assert(figure.png().length > 0);
 * points.release();
 * ```
 */
export class PointStream {
  /** x of the points that are kept, oldest first. */
  readonly xs: Ring<Float64Array>;
  /** y of them. */
  readonly ys: Ring<Float64Array>;

  /** @internal */
  constructor(pool: Allocator, options: PointStreamOptions) {
    checkOptions("options", options);
    if (typeof pool?.acquire !== "function") throw unlike("a pool", pool);
    const { capacity } = options;
    if (!(Number.isInteger(capacity) && capacity >= 1 && capacity <= MOST_POINTS))
      throw unlike(`capacity to be an integer from 1 to ${MOST_POINTS}`, capacity);
    this.xs = ring(pool, Float64Array, { capacity });
    try {
      this.ys = ring(pool, Float64Array, { capacity });
    } catch (error) {
      this.xs.release();
      throw error;
    }
  }

  /** How many points there are. */
  get length(): number {
    return this.xs.length;
  }

  /** Adds a point. */
  append(x: number, y: number): this {
    this.xs.push(x);
    this.ys.push(y);
    return this;
  }

  /** Adds many points. */
  extend(xs: ArrayLike<number>, ys: ArrayLike<number>): this {
    if (xs.length !== ys.length) {
      const got = `${xs.length} of x and ${ys.length} of y`;
      throw new PlotError("LENGTH_MISMATCH", `expected as many numbers in each series, got ${got}`);
    }
    this.xs.extend(xs);
    this.ys.extend(ys);
    return this;
  }

  /** Gives the memory back. */
  release(): void {
    this.xs.release();
    this.ys.release();
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (!this.xs.released) this.release();
  }
}

/**
 * Rings for the newest points of a stream. See {@link PointStream}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool } from "@millpond/core";
 * import { pointStream } from "@millpond/plot";
 *
 * const pool = new Pool();
 * const points = pointStream(pool, { capacity: 2 });
 * points.extend([1, 2, 3], [4, 5, 6]);
 * assert.deepEqual([...points.xs], [2, 3]);
 * points.release();
 * ```
 */
export function pointStream(pool: Allocator, options: PointStreamOptions): PointStream {
  return new PointStream(pool, options);
}
