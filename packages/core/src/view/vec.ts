// A growing vector: `Array`'s manners, a typed array's memory, and a pool's steady state.
//
// The elements lie at the start of one block, whose capacity is all that the block holds, not only what was asked
// for: growing then seldom moves, and vectors that grow alike ask the pool for the same few lengths again and again.
// A vector holds no block until it has an element.
//
// It is not for sharing between threads, and it does not shrink by itself.
import type { Allocator } from "../memory/allocator.ts";
import { checkWithin, noSuchIndex } from "../memory/bounds.ts";
import { loadElement, storeElement } from "../memory/element-access.ts";
import {
  ARRAY_TYPES,
  type ArrayType,
  checkLength,
  checkType,
  FIRST_BIGINT_KIND,
  type TypedArray,
} from "../memory/elements.ts";
import { PoolError } from "../memory/errors.ts";
import { acquireRoomier, overlap } from "./growth.ts";
import { bulkOf, copyBulk, type Values } from "./values.ts";

/** Options of `vec()`. */
export interface VecOptions {
  /** Room for so many elements from the start. Default 0: the first element makes room. */
  readonly capacity?: number;
}

// Stand in for the block of vectors that have none; by kind.
const EMPTY: readonly TypedArray[] = ARRAY_TYPES.map((type) => new type(0));

/**
 * A vector on pooled memory that grows as you push, like an array, and is a typed array whenever you want one:
 * `v.array`.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, vec } from "@millpond/core";
 *
 * const pool = new Pool();
 * const xs = vec(pool, Float64Array);
 * for (let i = 0; i < 1000; i++) xs.push(i / 2);
 * assert.equal(xs.length, 1000);
 * assert.equal(xs.at(-1), 499.5);
 * assert.equal(Math.max(...xs.array), 499.5); // a real Float64Array, nothing was copied
 * xs.release();
 * ```
 *
 * The vector owns its memory until `release()`, or the end of a `using` block. Afterwards every use of it throws.
 */
export function vec<A extends TypedArray>(
  pool: Allocator,
  type: ArrayType<A>,
  options: VecOptions = {},
): Vec<A> {
  const vector = new Vec(pool, type);
  if (options.capacity !== undefined) vector.reserve(options.capacity);
  return vector;
}

/**
 * What `vec()` makes: the elements 0 to `length - 1` at the start of a pooled block.
 *
 * Elements are converted as a typed array of that class does it: 300 becomes 44 in a `Uint8Array`. Methods that
 * take an index throw `OUT_OF_BOUNDS` for one that is not there, except `at`, which gives undefined as arrays do.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, vec } from "@millpond/core";
 *
 * const pool = new Pool();
 * {
 *   using bytes = vec(pool, Uint8Array);
 *   bytes.extend([3, 1, 2]).extend(new Set([300]));
 *   bytes.insert(1, [9, 9]);
 *   bytes.remove(0);
 *   assert.deepEqual([...bytes], [9, 9, 1, 2, 44]);
 * }
 * assert.equal(pool.stats().inUse, 0);
 * ```
 */
export class Vec<A extends TypedArray = TypedArray> {
  /** The class of the elements. */
  readonly type: ArrayType<A>;
  readonly #pool: Allocator;
  readonly #kind: number;
  // The acquired array, all of its capacity; an empty one while there is none.
  #block: A;
  #length = 0;
  // Equals the block's length; 0 once released, so that the next push comes past the check for that.
  #capacity = 0;
  // The live part as it was asked for last. Always another object than the block, which users must not release.
  #view: A;
  #released = false;

  /** @internal */
  constructor(pool: Allocator, type: ArrayType<A>) {
    this.#kind = checkType(type);
    this.#pool = pool;
    this.type = type;
    this.#block = EMPTY[this.#kind] as A;
    this.#view = this.#block;
  }

  /** How many elements there are. */
  get length(): number {
    return this.#length;
  }

  /** How many elements there is room for without moving to another block. */
  get capacity(): number {
    return this.#capacity;
  }

  /**
   * The elements as a typed array of exactly that length, without a copy: the same object for as long as the
   * length stays. Reading and writing it is reading and writing the vector. It is valid until the vector grows
   * beyond its capacity, shrinks to fit, is detached or released: ask for it when you need it, do not keep it.
   */
  get array(): A {
    if (this.#view.length === this.#length && !this.#released) return this.#view;
    this.#refuseReleased();
    this.#view = this.#block.subarray(0, this.#length) as A;
    return this.#view;
  }

  /** Part of `array`, as `subarray` of a typed array, and valid for as long. */
  subarray(start?: number, end?: number): A {
    return this.array.subarray(start, end) as A;
  }

  /** Appends one element; returns the new length. */
  push(value: A[number]): number {
    const length = this.#length;
    if (length === this.#capacity) this.#makeRoom(length + 1);
    storeElement(this.#block, this.#kind, length, value);
    this.#length = length + 1;
    return length + 1;
  }

  /** Takes the last element off; undefined when there is none. */
  pop(): A[number] | undefined {
    const length = this.#length;
    if (length === 0) return this.#nothing();
    this.#length = length - 1;
    return loadElement(this.#block, this.#kind, length - 1);
  }

  /** The element at an index; negative ones count from the end; undefined where there is none, as in arrays. */
  at(index: number): A[number] | undefined {
    const place = index < 0 ? this.#length + index : index;
    return place >= 0 && place < this.#length ? loadElement(this.#block, this.#kind, place) : this.#nothing();
  }

  /** The element at an index from 0 to `length - 1`; anything else throws `OUT_OF_BOUNDS`. */
  get(index: number): A[number] {
    if (index >>> 0 !== index || index >= this.#length) throw this.#misplaced(index);
    return loadElement(this.#block, this.#kind, index);
  }

  /** Overwrites the element at an index from 0 to `length - 1`; anything else throws `OUT_OF_BOUNDS`. */
  set(index: number, value: A[number]): void {
    if (index >>> 0 !== index || index >= this.#length) throw this.#misplaced(index);
    storeElement(this.#block, this.#kind, index, value);
  }

  /**
   * Appends many: all of a typed array, an array, another vector, a series, a set, or whatever can be iterated.
   * When reading them throws, the vector has the length it had before.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { Pool, vec } from "@millpond/core";
   *
   * const pool = new Pool();
   * using xs = vec(pool, Float32Array).extend([1, 2]);
   * xs.extend(xs); // also from itself
   * assert.deepEqual([...xs], [1, 2, 1, 2]);
   * ```
   */
  extend(values: Values<A>): this {
    this.#refuseReleased();
    const bulk = bulkOf(values, this.#kind);
    if (bulk === undefined) return this.#extendOneByOne(values as Iterable<A[number]>);
    const start = this.#length;
    const length = start + bulk.length;
    // The old block is kept until the copy is made: the values may lie in it.
    const old = length > this.#capacity ? this.#grow(length) : undefined;
    try {
      copyBulk(this.#block, start, bulk);
      this.#length = length;
    } finally {
      if (old !== undefined) this.#giveBack(old);
    }
    return this;
  }

  #extendOneByOne(values: Iterable<A[number]>): this {
    const start = this.#length;
    let complete = false;
    try {
      for (const value of values) this.push(value);
      complete = true;
    } finally {
      if (!complete) this.truncate(start);
    }
    return this;
  }

  /** Puts many in front of the element at `index`, which may be `length`. Sources as in `extend`. */
  insert(index: number, values: Values<A>): this {
    this.#refuseReleased();
    const bulk = bulkOf(values, this.#kind);
    const ready = ArrayBuffer.isView(bulk) && !overlap(bulk, this.#block);
    if (ready) return this.#insertArray(index, bulk as A);
    // Values that have yet to be converted, or that the gap would tear apart, are laid out elsewhere first.
    const copy = new Vec(this.#pool, this.type);
    try {
      return this.#insertArray(index, copy.extend(values).array);
    } finally {
      copy.release();
    }
  }

  #insertArray(index: number, values: A): this {
    const length = this.#length;
    const count = values.length;
    checkWithin(index, length, "index");
    this.#makeRoom(length + count);
    this.#block.copyWithin(index + count, index, length);
    (this.#block as Float64Array).set(values as Float64Array, index);
    this.#length = length + count;
    return this;
  }

  /** Removes `count` elements from `index` on; those behind them move up. */
  remove(index: number, count = 1): this {
    this.#refuseReleased();
    checkWithin(index, this.#length, "index");
    checkWithin(count, this.#length - index, "count");
    this.#block.copyWithin(index, index + count, this.#length);
    this.#length -= count;
    return this;
  }

  /** Drops all elements from `length` on; nothing happens when there are no more than that. */
  truncate(length: number): this {
    this.#refuseReleased();
    checkLength(length, Infinity);
    if (length < this.#length) this.#length = length;
    return this;
  }

  /** Drops elements from the end, or appends `value` (default 0), until there are exactly `length`. */
  resize(length: number, value?: A[number]): this {
    const start = this.#length;
    this.truncate(length);
    if (length <= start) return this;
    this.#makeRoom(length);
    const filler = value ?? (this.#kind < FIRST_BIGINT_KIND ? 0 : 0n);
    (this.#block as Float64Array).fill(filler as number, start, length);
    this.#length = length;
    return this;
  }

  /** Makes room for `capacity` elements in all, so that pushing up to there moves nothing. */
  reserve(capacity: number): this {
    this.#refuseReleased();
    checkLength(capacity, Infinity, "capacity");
    if (capacity > this.#capacity) {
      this.#giveBack(this.#moveTo(this.#acquire(this.#pool.capacityFor(this.type, capacity))));
    }
    return this;
  }

  /** Moves to the smallest block that holds the elements, if that is a smaller one. */
  shrinkToFit(): this {
    this.#refuseReleased();
    if (this.#length === 0) {
      this.#giveBack(this.#dropBlock());
    } else {
      const capacity = this.#pool.capacityFor(this.type, this.#length);
      if (capacity < this.#capacity) this.#giveBack(this.#moveTo(this.#acquire(capacity)));
    }
    return this;
  }

  /** Drops all elements and keeps the room. */
  clear(): this {
    return this.truncate(0);
  }

  /** Sorts in place: by size, or as `compare` says. */
  sort(compare?: (a: A[number], b: A[number]) => number): this {
    (this.array as Float64Array).sort(compare);
    return this;
  }

  /** Reverses in place. */
  reverse(): this {
    this.array.reverse();
    return this;
  }

  /** Overwrites the elements from `start` to `end` (default: all) with one value. */
  fill(value: A[number], start?: number, end?: number): this {
    (this.array as Float64Array).fill(value as number, start, end);
    return this;
  }

  /** The first index from `from` on where `value` is; -1 when it is nowhere. */
  indexOf(value: A[number], from?: number): number {
    return (this.array as Float64Array).indexOf(value as number, from);
  }

  /** A copy of the elements that does not lie in the pool. */
  toArray(): A {
    return this.array.slice() as A;
  }

  /** A vector of its own with the same elements. */
  clone(): Vec<A> {
    const { array } = this;
    const copy = new Vec(this.#pool, this.type).reserve(array.length);
    return copy.extend(array);
  }

  /**
   * Moves the elements out, as a pooled array of exactly `length` elements that now is yours: give it back with
   * `pool.release(array)`. The vector is empty then, and can be filled again.
   *
   * When the elements fill the block, the block itself is handed over. Otherwise they are copied to a block of
   * their size and the larger one goes back, so no slack is kept. When there is no memory for that, it throws and
   * the vector is as it was.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { Pool, vec } from "@millpond/core";
   *
   * const pool = new Pool();
   * using xs = vec(pool, Int32Array).extend([1, 2, 3]);
   * const array = xs.detach();
   * assert.deepEqual(array, Int32Array.of(1, 2, 3));
   * assert.equal(xs.length, 0);
   * pool.release(array);
   * ```
   */
  detach(): A {
    this.#refuseReleased();
    const length = this.#length;
    if (length === 0 || length < this.#capacity) this.#giveBack(this.#moveTo(this.#acquire(length)));
    return this.#dropBlock();
  }

  /** Gives the memory back. A second call throws `DOUBLE_RELEASE`. */
  release(): void {
    if (this.#released) {
      throw new PoolError("DOUBLE_RELEASE", "this vector was released before; release each vector once");
    }
    this.#released = true;
    this.#giveBack(this.#dropBlock());
  }

  /** True once released. */
  get released(): boolean {
    return this.#released;
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (!this.#released) this.release();
  }

  /** The elements one by one. As with arrays, those that are pushed meanwhile are visited too. */
  [Symbol.iterator](): IterableIterator<A[number]> {
    this.#refuseReleased();
    return new VecIterator(this);
  }

  // Moves the elements to a new block and returns the old one, which the caller has to give back.
  #moveTo(block: A): A {
    (block as Float64Array).set(this.array as Float64Array);
    return this.#replaceBlock(block);
  }

  #dropBlock(): A {
    this.#length = 0;
    return this.#replaceBlock(EMPTY[this.#kind] as A);
  }

  #replaceBlock(block: A): A {
    const old = this.#block;
    this.#block = block;
    this.#capacity = block.length;
    this.#view = EMPTY[this.#kind] as A;
    return old;
  }

  #giveBack(block: A): void {
    if (block !== EMPTY[this.#kind]) this.#pool.release(block);
  }

  // The new block is acquired before the old one goes back: when there is none to be had, nothing has changed.
  #makeRoom(length: number): void {
    if (length > this.#capacity) this.#giveBack(this.#grow(length));
  }

  #grow(length: number): A {
    this.#refuseReleased();
    return this.#moveTo(acquireRoomier(this.#pool, this.type, this.#capacity, length));
  }

  #acquire(capacity: number): A {
    return this.#pool.acquireUnsafe(this.type, capacity);
  }

  #nothing(): undefined {
    this.#refuseReleased();
    return undefined;
  }

  #misplaced(index: unknown): PoolError {
    this.#refuseReleased();
    return noSuchIndex(index, this.#length);
  }

  #refuseReleased(): void {
    if (!this.#released) return;
    throw new PoolError("USE_AFTER_RELEASE", "this vector was released; make a new one with vec()");
  }
}

// Asks the vector anew for each element, since it may move while it is visited.
class VecIterator<A extends TypedArray> implements IterableIterator<A[number]> {
  readonly #vector: Vec<A>;
  #index = 0;

  constructor(vector: Vec<A>) {
    this.#vector = vector;
  }

  next(): IteratorResult<A[number], undefined> {
    const value = this.#vector.at(this.#index);
    if (value === undefined) return { done: true, value };
    this.#index++;
    return { done: false, value };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
