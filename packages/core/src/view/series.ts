// One way to read numbers, wherever they are. Engines take data as `SeriesLike`, make a `Series` of it, and read that.
//
// `Series` is one class for all sources, so that a place in an engine that calls `at` sees one shape: a class for each
// kind of source took 10 to 13 ns an element there, Float64Arrays included, once a program had used five of them. What
// differs lies behind a `Reader`.
import { noSuchIndex } from "../memory/bounds.ts";
import { FIRST_BIGINT_KIND, type NumberArray, type TypedArray } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import { type ArrayHolder, ArrayReader, HolderReader, kindOf } from "./array-reader.ts";
import { MappedReader, readAt, windowOf } from "./derived-readers.ts";
import {
  isNumeric,
  ItemReader,
  type ItemSource,
  type Numeric,
  PlainReader,
  toNumber,
} from "./item-reader.ts";
import type { Reader } from "./reader.ts";

/**
 * Everything that `series()` takes: typed arrays, plain arrays of numbers, bigints, dates and nulls, and objects
 *
 * - with an `array`, such as vectors and columns, which are asked for it each time they are read;
 * - with a `length` and `at(index)`, such as rings;
 * - with a `length` and `get(index)`, such as the vectors of Apache Arrow.
 */
export type SeriesLike =
  | Series
  | TypedArray
  | readonly Numeric[]
  | ArrayHolder
  | { readonly length: number; at(index: number): Numeric }
  | { readonly length: number; get(index: number): Numeric };

/** Options of `series()`: which elements to take. */
export interface SeriesOptions {
  /** The first element, counted from the end when negative. Default 0. */
  readonly start?: number;
  /** One behind the last, counted from the end when negative. Default: the length. */
  readonly end?: number;
  /** Every how many-th of them, from `start` on; when negative, from `end` backwards. Default 1. */
  readonly step?: number;
}

// Series that read this way have no element in it: the test for one costs nothing extra.
const NO_ELEMENTS = new Float64Array(0);

/**
 * A read-only window over numbers, whatever they lie in. Nothing is copied.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, series, vec } from "@millpond/core";
 *
 * const points = Float64Array.of(0, 10, 1, 11, 2, 12); // x and y in turn
 * const ys = series(points, { start: 1, step: 2 });
 * assert.deepEqual([...ys], [10, 11, 12]);
 * assert.deepEqual([...series([1, null, 3])], [1, NaN, 3]);
 * assert.deepEqual([...series(points, { step: -2 })], [12, 11, 10]);
 *
 * const pool = new Pool();
 * using xs = vec(pool, Float32Array).extend([1, 2]);
 * const live = series(xs);
 * xs.push(3);
 * assert.equal(live.at(-1), 3); // follows the vector
 * ```
 *
 * A series of something that grows follows it. A series of some of its elements (made with options, or by
 * `subarray`) has the length it was made with, and throws when elements of it are gone.
 */
export function series(source: SeriesLike, options?: SeriesOptions): Series {
  const whole = source instanceof Series ? source : new Series(readerOf(source));
  return options === undefined ? whole : whole._window(options);
}

/**
 * What `series()` makes: `length` and `at(index)` for everything, `array` where the numbers lie in one typed array
 * anyway, and `copyTo` to get them into one otherwise.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { series, type SeriesLike } from "@millpond/core";
 *
 * // How an engine reads: the array itself if it is there, else piece by piece through one that it keeps.
 * const piece = new Float64Array(1024);
 * function sum(data: SeriesLike): number {
 *   const numbers = series(data);
 *   if (numbers.array instanceof Float64Array) return sumOf(numbers.array, numbers.length);
 *   let total = 0;
 *   for (let start = 0; start < numbers.length; start += piece.length) {
 *     total += sumOf(piece, numbers.copyTo(piece, start));
 *   }
 *   return total;
 * }
 * function sumOf(array: Float64Array, count: number): number {
 *   let total = 0;
 *   for (let i = 0; i < count; i++) total += array[i];
 *   return total;
 * }
 * assert.equal(sum(Float64Array.of(1, 2, 3)), 6);
 * assert.equal(sum(new Set([1, 2, 3]).size === 3 ? [1, 2n, 3] : []), 6);
 * ```
 */
export class Series {
  // All elements, where they are a Float64Array that stays; else an empty one.
  readonly #fast: Float64Array;
  readonly #reader: Reader;

  /** @internal */
  constructor(reader: Reader) {
    this.#reader = reader;
    const array = reader instanceof ArrayReader ? reader.array : undefined;
    this.#fast = array instanceof Float64Array ? array : NO_ELEMENTS;
  }

  /** How many numbers there are. */
  get length(): number {
    return this.#reader.length;
  }

  /**
   * The number at an index from 0 to `length - 1`; negative ones count from the end. Anything else throws
   * `OUT_OF_BOUNDS`. Where the source has null or nothing, it is NaN.
   */
  at(index: number): number {
    const fast = this.#fast;
    return index >>> 0 === index && index < fast.length ? fast[index] : placeAt(this.#reader, index);
  }

  /**
   * All the numbers as one typed array, if they lie in one; else undefined. Of something that grows, it is valid
   * until that moves: ask for it when you need it, do not keep it.
   */
  get array(): NumberArray | undefined {
    return this.#reader.array;
  }

  /**
   * True if no number is smaller than the one before it, none is NaN, and that is known without reading them, as of
   * ranges that go up. False says nothing.
   */
  get ascending(): boolean {
    return this.#reader.ascending === true;
  }

  /**
   * Copies the numbers from `start` to `end` (counted as in `subarray`) to the front of `target`, as many as fit, and
   * returns how many. This is the way to get a series into a kernel: one call, not one for each number.
   */
  copyTo(target: NumberArray, start?: number, end?: number): number {
    const kind = kindOf(target);
    if (kind < 0 || kind >= FIRST_BIGINT_KIND) throw noTarget(target);
    const { length } = this.#reader;
    const first = placeOf(start, length, 0, "start");
    const count = Math.min(target.length, Math.max(0, placeOf(end, length, length, "end") - first));
    this.#reader.copyTo(target, first, count);
    return count;
  }

  /** Part of the series without a copy, `start` and `end` as in `subarray` of a typed array. */
  subarray(start?: number, end?: number): Series {
    return this._window({ ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) });
  }

  /** A series of `change(number, index)`, which is called each time a number is asked for. */
  map(change: (value: number, index: number) => number): Series {
    if (typeof change === "function") return new Series(new MappedReader(this.#reader, change));
    throw new PoolError("BAD_ARGUMENT", `expected a function of a number, got ${show(change)}`);
  }

  /** A copy, as a Float64Array that does not lie in a pool. */
  toArray(): Float64Array {
    const array = new Float64Array(this.length);
    this.copyTo(array);
    return array;
  }

  /** The numbers one by one. */
  [Symbol.iterator](): IterableIterator<number> {
    return new SeriesIterator(this);
  }

  /** @internal */
  _window(options: SeriesOptions): Series {
    const { length } = this.#reader;
    const { step = 1 } = options;
    if (!Number.isInteger(step) || step === 0) throw noStep(step);
    const start = placeOf(options.start, length, 0, "start");
    const end = Math.max(start, placeOf(options.end, length, length, "end"));
    const count = Math.ceil((end - start) / Math.abs(step));
    return new Series(windowOf(this.#reader, step > 0 ? start : end - 1, step, count));
  }
}

class SeriesIterator implements IterableIterator<number> {
  readonly #series: Series;
  #index = 0;

  constructor(numbers: Series) {
    this.#series = numbers;
  }

  next(): IteratorResult<number, undefined> {
    if (this.#index >= this.#series.length) return { done: true, value: undefined };
    return { done: false, value: this.#series.at(this.#index++) };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/**
 * True for what `series()` takes. Of a plain array, the first element that is there decides, so a list of names is
 * none.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { isSeriesLike } from "@millpond/core";
 *
 * assert.equal(isSeriesLike([null, 1.5]), true);
 * assert.equal(isSeriesLike(new BigInt64Array(3)), true);
 * assert.equal(isSeriesLike(["north", "south"]), false);
 * assert.equal(isSeriesLike("123"), false);
 * ```
 */
export function isSeriesLike(value: unknown): value is SeriesLike {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return isNumeric(value.find((item) => item !== null && item !== undefined));
  return value instanceof Series || kindOf(value) >= 0 || isHolder(value) || isItemSource(value);
}

function readerOf(source: unknown): Reader {
  const kind = kindOf(source);
  if (kind >= 0) return new ArrayReader(source as TypedArray, kind);
  if (Array.isArray(source)) return plainReader(source);
  if (typeof source === "object" && source !== null) {
    if (isHolder(source)) return new HolderReader(source);
    if (isItemSource(source)) return new ItemReader(source);
  }
  throw new PoolError(
    "BAD_ARGUMENT",
    "expected numbers in a typed array, an array, a vector, a ring, or an object with length and at(index) or " +
      `get(index), got ${show(source)}`,
    { got: show(source) },
  );
}

// A list of something else is refused when it is passed in, as far as its first element tells.
function plainReader(items: readonly unknown[]): Reader {
  if (items.length > 0) toNumber(items[0], 0);
  return new PlainReader(items);
}

function isHolder(value: object): value is ArrayHolder {
  return kindOf((value as { array?: unknown }).array) >= 0;
}

function isItemSource(value: object): value is ItemSource {
  const { length, at, get } = value as Partial<ItemSource>;
  return typeof length === "number" && (typeof at === "function" || typeof get === "function");
}

// Everything but the fast case; kept apart so that `at` is small enough to become part of its caller.
function placeAt(reader: Reader, index: number): number {
  if (index >= 0) return readAt(reader, index);
  const { length } = reader;
  if (index + length < 0) throw noSuchIndex(index, length);
  return readAt(reader, index + length);
}

// A bound as in `subarray`: negative ones count from the end, and those beyond an end mean that end.
function placeOf(bound: number | undefined, length: number, otherwise: number, what: string): number {
  if (bound === undefined) return otherwise;
  if (!Number.isInteger(bound)) {
    throw new PoolError("BAD_ARGUMENT", `expected ${what} to be an integer, got ${show(bound)}`, {
      [what]: bound,
    });
  }
  return bound < 0 ? Math.max(0, length + bound) : Math.min(bound, length);
}

function noTarget(target: unknown): PoolError {
  const got = show(target);
  return new PoolError("BAD_ARGUMENT", `expected a typed array of numbers to copy to, got ${got}`, { got });
}

function noStep(step: unknown): PoolError {
  return new PoolError("BAD_ARGUMENT", `expected step to be an integer other than 0, got ${show(step)}`, {
    step,
  });
}
