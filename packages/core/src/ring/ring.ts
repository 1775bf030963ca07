// A ring of numbers for one thread: the last so many elements of a stream, or a bounded queue. Rings between threads
// are `SharedRing`.
//
// The elements always lie side by side, so that they are one typed array for kernels and plots. The block has room for
// twice the capacity: the window of the elements slides through it, and moves back to the start once it comes to the
// end. A move copies no more elements than were pushed since the last one.
import type { Allocator } from "../memory/allocator.ts";
import { noSuchIndex } from "../memory/bounds.ts";
import { loadElement, storeElement } from "../memory/element-access.ts";
import {
  ARRAY_TYPES,
  type ArrayType,
  checkLength,
  checkType,
  FIRST_BIGINT_KIND,
  isTypedArray,
  KIND_BYTES,
  kindOfArray,
  type TypedArray,
} from "../memory/elements.ts";
import { PoolError, unlike } from "../memory/errors.ts";
import { MAX_REGION_BYTES } from "../memory/region.ts";

/** Options of `ring()`. */
export interface RingOptions {
  /** How many elements there is room for. */
  readonly capacity: number;
  /**
   * What `push` and `extend` do when there is no room: drop the oldest elements ("overwrite", the default), or throw
   * `POOL_EXHAUSTED` ("throw").
   */
  readonly onFull?: "overwrite" | "throw";
}

// Stand in for the block of rings that were released; by kind.
const EMPTY: readonly TypedArray[] = ARRAY_TYPES.map((type) => new type(0));

/**
 * A ring on pooled memory: it keeps the newest `capacity` elements, or refuses more than that. All memory is taken at
 * the start, and pushing allocates nothing.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, ring } from "@millpond/core";
 *
 * const pool = new Pool();
 * const load = ring(pool, Float64Array, { capacity: 3 });
 * for (const value of [1, 2, 3, 4]) load.push(value);
 * assert.deepEqual(load.array, Float64Array.of(2, 3, 4)); // side by side: nothing was copied
 * assert.equal(load.at(-1), 4);
 * load.release();
 * ```
 *
 * As a bounded queue:
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, ring } from "@millpond/core";
 *
 * const pool = new Pool();
 * using jobs = ring(pool, Uint32Array, { capacity: 2, onFull: "throw" });
 * jobs.push(7);
 * jobs.push(8);
 * assert.equal(jobs.tryPush(9), false);
 * assert.throws(() => jobs.push(9), { code: "POOL_EXHAUSTED" });
 * assert.equal(jobs.shift(), 7);
 * ```
 */
export function ring<A extends TypedArray>(
  pool: Allocator,
  type: ArrayType<A>,
  options: RingOptions,
): Ring<A> {
  return new Ring(pool, type, options);
}

/**
 * What `ring()` makes. Elements are converted as a typed array of that class does it: 300 becomes 44 in a
 * `Uint8Array`. It can be given to whatever takes a series, and follows the stream there.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels, Pool, ring } from "@millpond/core";
 *
 * const pool = new Pool();
 * using recent = ring(pool, Float64Array, { capacity: 1000 });
 * recent.extend([5, 1, 3]);
 * assert.equal(kernels.sum(recent.array), 9);
 * assert.equal(recent.pushed, 3);
 * ```
 */
export class Ring<A extends TypedArray = TypedArray> {
  /** The class of the elements. */
  readonly type: ArrayType<A>;
  /** How many elements there is room for. */
  readonly capacity: number;
  readonly #pool: Allocator;
  readonly #kind: number;
  readonly #overwrites: boolean;
  #block: A;
  // The elements are those of the block from `start` up to but not including `end`.
  #start = 0;
  #end = 0;
  // The elements as they were asked for last, and where that began.
  #view: A;
  #viewStart = 0;
  #pushed = 0;
  #released = false;

  /** @internal */
  constructor(pool: Allocator, type: ArrayType<A>, options: RingOptions) {
    this.#kind = checkType(type);
    const { capacity, onFull = "overwrite" } = checked(options);
    checkLength(capacity, Math.floor(MAX_REGION_BYTES / KIND_BYTES[this.#kind] / 2), "capacity");
    if (capacity === 0) throw unlike("capacity to be 1 or more", capacity);
    if (onFull !== "overwrite" && onFull !== "throw")
      throw unlike('onFull to be "overwrite" or "throw"', onFull);
    this.type = type;
    this.capacity = capacity;
    this.#pool = pool;
    this.#overwrites = onFull === "overwrite";
    this.#block = pool.acquireUnsafe(type, 2 * capacity);
    this.#view = EMPTY[this.#kind] as A;
  }

  /** How many elements there are. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** How many elements were ever pushed, so that a reader can tell how many are new since it last looked. */
  get pushed(): number {
    return this.#pushed;
  }

  /** True when there is room for no more without dropping one. */
  get full(): boolean {
    return this.length === this.capacity;
  }

  /**
   * The elements, oldest first, as a typed array, without a copy: the same object until the next change. It is valid
   * until then: ask for it when you need it, do not keep it.
   */
  get array(): A {
    this.#refuseReleased();
    const fits = this.#viewStart === this.#start && this.#view.length === this.length;
    if (!fits) {
      this.#view = this.#block.subarray(this.#start, this.#end) as A;
      this.#viewStart = this.#start;
    }
    return this.#view;
  }

  /** Part of `array`, as `subarray` of a typed array, and valid for as long. */
  subarray(start?: number, end?: number): A {
    return this.array.subarray(start, end) as A;
  }

  /** Appends one element; when there is no room, drops the oldest or throws `POOL_EXHAUSTED`, as `onFull` says. */
  push(value: A[number]): void {
    const isFull = this.#end - this.#start === this.capacity;
    if (isFull && !this.#overwrites) throw this.#exhausted(1);
    this.#append(value);
    // Afterwards: a value that cannot be converted throws, and drops nothing.
    if (isFull) this.#start++;
  }

  /** Appends one element, unless there is no room: then it returns false, and nothing has changed. */
  tryPush(value: A[number]): boolean {
    if (this.#end - this.#start === this.capacity) return this.#refused();
    this.#append(value);
    return true;
  }

  /**
   * Appends many: all of a typed array, a vector or another ring, or whatever can be iterated. Of more than `capacity`, the last ones stay. With
   * `onFull: "throw"`, an array for which there is no room throws and changes nothing; other values are appended until
   * there is none.
   */
  extend(values: ArrayLike<A[number]> | Iterable<A[number]>): this {
    this.#refuseReleased();
    if (typeof values !== "object" || values === null)
      throw unlike("an array or anything that can be iterated", values);
    const inner = isTypedArray(values) ? values : (values as { array?: unknown }).array;
    if (isTypedArray(inner) && this.#alike(inner)) return this.#extendBy(inner as A);
    for (const value of Symbol.iterator in values ? values : Array.from(values)) this.push(value);
    return this;
  }

  /** Takes the oldest element off; undefined when there is none. */
  shift(): A[number] | undefined {
    const start = this.#start;
    if (start === this.#end) return this.#nothing();
    this.#start = start + 1;
    return loadElement(this.#block, this.#kind, start);
  }

  /** Takes the newest element off; undefined when there is none. */
  pop(): A[number] | undefined {
    if (this.#start === this.#end) return this.#nothing();
    this.#end--;
    return loadElement(this.#block, this.#kind, this.#end);
  }

  /** Drops the `count` oldest elements, or all when there are no more than that. */
  drop(count: number): this {
    this.#refuseReleased();
    checkLength(count, Infinity, "count");
    this.#start = Math.min(this.#start + count, this.#end);
    return this;
  }

  /** Drops all elements. */
  clear(): this {
    return this.drop(this.length);
  }

  /** The element at an index, 0 being the oldest; negative ones count from the newest; undefined where there is none. */
  at(index: number): A[number] | undefined {
    const place = index < 0 ? this.length + index : index;
    return place >= 0 && place < this.length
      ? loadElement(this.#block, this.#kind, this.#start + Math.trunc(place))
      : this.#nothing();
  }

  /** The element at an index from 0 (the oldest) to `length - 1`; anything else throws `OUT_OF_BOUNDS`. */
  get(index: number): A[number] {
    this.#refuseReleased();
    if (index >>> 0 !== index || index >= this.length) throw noSuchIndex(index, this.length);
    return loadElement(this.#block, this.#kind, this.#start + index);
  }

  /** The elements one by one, oldest first. */
  [Symbol.iterator](): IterableIterator<A[number]> {
    return this.array.values() as IterableIterator<A[number]>;
  }

  /** Gives the memory back. A second call throws `DOUBLE_RELEASE`. */
  release(): void {
    if (this.#released) {
      throw new PoolError("DOUBLE_RELEASE", "this ring was released before; release each ring once");
    }
    const block = this.#block;
    this.#released = true;
    this.#start = 0;
    this.#end = 0;
    this.#block = EMPTY[this.#kind] as A;
    this.#view = this.#block;
    this.#pool.release(block);
  }

  /** True once released. */
  get released(): boolean {
    return this.#released;
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (!this.#released) this.release();
  }

  #append(value: A[number]): void {
    if (this.#end === this.#block.length) this.#slideBack();
    storeElement(this.#block, this.#kind, this.#end, value);
    this.#end++;
    this.#pushed++;
  }

  #alike(values: TypedArray): boolean {
    return kindOfArray(values) < FIRST_BIGINT_KIND === this.#kind < FIRST_BIGINT_KIND;
  }

  // The values may be elements of this ring. They stay readable: what slides back ends before the first of them, since
  // there is no need to slide before as many elements as there is room for lie behind the start.
  #extendBy(values: A): this {
    const { capacity } = this;
    const surplus = this.length + values.length - capacity;
    if (surplus > 0 && !this.#overwrites) throw this.#exhausted(values.length);
    const kept = values.length <= capacity ? values : (values.subarray(values.length - capacity) as A);
    if (surplus > 0) this.#start = Math.min(this.#start + surplus, this.#end);
    if (this.#end + kept.length > this.#block.length) this.#slideBack();
    (this.#block as Float64Array).set(kept as Float64Array, this.#end);
    this.#end += kept.length;
    this.#pushed += values.length;
    return this;
  }

  #slideBack(): void {
    this.#refuseReleased();
    this.#block.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
  }

  #exhausted(count: number): PoolError {
    return new PoolError(
      "POOL_EXHAUSTED",
      `a ring of capacity ${this.capacity} that holds ${this.length} has no room for ${count} more; take elements off, ` +
        'use tryPush(), raise capacity, or set onFull: "overwrite"',
      { capacity: this.capacity, length: this.length, count },
    );
  }

  #refused(): false {
    this.#refuseReleased();
    return false;
  }

  #nothing(): undefined {
    this.#refuseReleased();
    return undefined;
  }

  #refuseReleased(): void {
    if (!this.#released) return;
    throw new PoolError("USE_AFTER_RELEASE", "this ring was released; make a new one with ring()");
  }
}

function checked(options: RingOptions): RingOptions {
  if (typeof options !== "object" || options === null)
    throw unlike("options such as { capacity: 1000 }", options);
  return options;
}
