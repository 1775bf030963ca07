// Rows of floating-point numbers, such as embeddings, aligned so that SIMD kernels read them where they lie.
//
// Rows live in segments, blocks of a power of two of rows each. Growth adds a segment and copies nothing, so a row
// never moves and its address stays. Which index is in use, and whether a handle still means its row, is the business
// of slots.ts, whose words lie in an array of their own that may move.
import type { Allocator } from "../memory/allocator.ts";
import { FIRST_BIGINT_KIND, isTypedArray, kindOfArray } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import type { Region } from "../memory/region.ts";
import { closedError, fullError, handleError, indexError, lateWriteError } from "./handle-error.ts";
import { HandleWalk, IndexWalk } from "./live-walk.ts";
import { integerIn } from "./record-options.ts";
import { Slots } from "./slots.ts";
import { settleVectors, type VectorOptions, type VectorSettings, type VectorType } from "./vector-options.ts";
import { VectorSegment } from "./vector-segment.ts";

/** The figures of vectors, as they are at the moment. */
export interface VectorStats {
  /** The name from the options. */
  readonly name: string;
  /** Vectors in use. */
  readonly size: number;
  /** Vectors there is room for. */
  readonly capacity: number;
  /** The most vectors that were in use at a time. */
  readonly peak: number;
  /** How often a vector was added. */
  readonly acquired: number;
  /** How often one was released, `clear()` included. */
  readonly released: number;
  /** Rows that are not used any more because their generations are used up. */
  readonly retired: number;
  /** Blocks of rows. */
  readonly segments: number;
  /** Bytes of a vector without padding. */
  readonly vectorBytes: number;
  /** Bytes of memory that rows and bookkeeping have. */
  readonly bytesReserved: number;
}

/**
 * Vectors of one length in aligned rows that never move. Made by {@link vectors}.
 *
 * A kernel runs over whole segments. Rows without a vector are zero; `live` and `handleAt` tell which those are:
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels, Pool, vectors } from "@millpond/core";
 *
 * const pool = new Pool();
 * const index = vectors(pool, { dimensions: 3 });
 * index.add([1, 0, 0]);
 * const up = index.add([0, 0, 2]);
 *
 * const query = pool.acquire(Float32Array, 3);
 * query.set([0, 0, 1]);
 * let best = { handle: 0, score: -Infinity };
 * for (const segment of index.segments()) {
 *   const scores = pool.acquire(Float32Array, segment.end);
 *   kernels.distances(query, segment.array, { metric: "dot", stride: segment.stride }, scores);
 *   for (let row = segment.next(0); row >= 0; row = segment.next(row + 1)) {
 *     if (scores[row] > best.score) best = { handle: index.handleAt(segment.first + row), score: scores[row] };
 *   }
 *   pool.release(scores);
 * }
 * assert.deepEqual(best, { handle: up, score: 2 });
 * ```
 */
export class Vectors<A extends Float32Array | Float64Array = Float32Array> implements Iterable<number> {
  /** The name from the options. */
  readonly name: string;
  /** Elements of a vector. */
  readonly dimensions: number;
  /** Bytes from the start of a row to the start of the next: the bytes of a vector, rounded up to `align`. */
  readonly stride: number;
  readonly #allocator: Allocator;
  readonly #settings: VectorSettings;
  readonly #slots: Slots;
  readonly #segments: VectorSegment<A>[] = [];
  readonly #careful: boolean;
  // The segment of an index is `index >>> shift`, its row there `index & rowMask`.
  readonly #shift: number;
  readonly #rowMask: number;
  // The words of the slots; undefined before the first segment and after close().
  #words: Float64Array | undefined;
  #closed = false;

  /** @internal */
  constructor(allocator: Allocator, options: VectorOptions, maxGeneration?: number) {
    this.#settings = settleVectors(options);
    const { name, dimensions, stride, segmentRows, maxVectors, capacity } = this.#settings;
    this.name = name;
    this.dimensions = dimensions;
    this.stride = stride;
    this.#allocator = allocator;
    this.#careful = allocator.check === "checked" || allocator.check === "strict";
    this.#shift = Math.log2(segmentRows);
    this.#rowMask = segmentRows - 1;
    this.#slots = new Slots(maxVectors, maxGeneration);
    try {
      this.reserve(capacity);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Vectors in use. */
  get size(): number {
    return this.#slots.size;
  }

  /** Vectors there is room for without growth. */
  get capacity(): number {
    return this.#slots.capacity;
  }

  /**
   * Copies a vector into a free row, and returns its handle.
   *
   * Throws `LENGTH_MISMATCH` when it has not `dimensions` elements, and `POOL_EXHAUSTED` when there are `maxVectors`,
   * or when the pool has no memory for growth; all rows stay as they were.
   */
  add(values: ArrayLike<number>): number {
    this.#check(values);
    const handle = this.acquire();
    this.#put(handle & this.#slots.mask, values);
    return handle;
  }

  /** Takes a row, all zero, to be written through `row(handle)` or by a kernel. */
  acquire(): number {
    const slots = this.#slots;
    if (!slots.hasFree && !slots.freeUnused()) this.#extend();
    const handle = slots.take();
    const index = handle & slots.mask;
    if (this.#careful) this.#inspect(index);
    this.#segments[index >>> this.#shift]._occupy(index & this.#rowMask);
    return handle;
  }

  /**
   * Gives a row back, and zeroes it.
   *
   * Throws `DOUBLE_RELEASE`, `STALE_RELEASE` or `FOREIGN_RELEASE` for handles that are not live, and all stays as it
   * was.
   */
  release(handle: number): void {
    const index = this.#slots.indexOf(handle);
    if (index < 0) throw this.#refusal(handle, "release");
    this.#segments[index >>> this.#shift]._vacate(index & this.#rowMask);
    this.#slots.giveBack(handle, index);
  }

  /** Whether a handle means a vector that is in use. */
  has(handle: number): boolean {
    return this.#slots.indexOf(handle) >= 0;
  }

  /** Replaces a vector. */
  set(handle: number, values: ArrayLike<number>): void {
    const index = this.indexOf(handle);
    this.#check(values);
    this.#put(index, values);
  }

  /**
   * A window of the row, without its padding: the memory itself, not a copy. It is made anew each time (about as
   * costly as `subarray`), because kept windows would burden every garbage collection; loops over many rows go over
   * `segments()`. Not to be used after the vector's release.
   */
  row(handle: number): A {
    const index = this.indexOf(handle);
    const { array, stride, address } = this.#segments[index >>> this.#shift];
    const start = address + (index & this.#rowMask) * stride;
    return new this.#settings.type(array.buffer, start, this.dimensions) as A;
  }

  /** The index of a vector, which is its row number over all segments; it never changes. */
  indexOf(handle: number): number {
    const index = this.#slots.indexOf(handle);
    if (index < 0) throw this.#refusal(handle, "use");
    return index;
  }

  /** The handle of the vector at an index. */
  handleAt(index: number): number {
    const handle = this.#slots.words[index];
    if (handle > 0) return handle;
    throw this.#closed ? closedError(this.name) : indexError(index, this.#slots.end, this.name);
  }

  /** The byte offset of a row in its region; it never changes. */
  address(handle: number): number {
    const index = this.indexOf(handle);
    return this.#segments[index >>> this.#shift].address + (index & this.#rowMask) * this.stride;
  }

  /** The region that a row lies in; undefined where rows lie in memory of their own. */
  regionOf(handle: number): Region | undefined {
    return this.#segments[this.indexOf(handle) >>> this.#shift].region;
  }

  /** All rows, block by block. The list grows with the vectors. */
  segments(): readonly VectorSegment<A>[] {
    return this.#segments;
  }

  /** The index of the first vector in memory order, or -1. */
  first(): number {
    return this.next(-1);
  }

  /** The index of the next vector behind `index` in memory order, or -1. */
  next(index: number): number {
    let from = index + 1;
    for (let at = from >>> this.#shift; at < this.#segments.length; at++) {
      const segment = this.#segments[at];
      const row = segment.next(from - segment.first);
      if (row >= 0) return segment.first + row;
      from = segment.first + segment.rows;
    }
    return -1;
  }

  /** The indices of all vectors in memory order. Releasing the present one is fine. */
  indices(): IterableIterator<number> {
    return new IndexWalk(this);
  }

  /** The handles of all vectors in memory order. */
  handles(): IterableIterator<number> {
    return new HandleWalk(this);
  }

  /** The same as `handles()`. */
  [Symbol.iterator](): IterableIterator<number> {
    return new HandleWalk(this);
  }

  /** Makes room for `count` vectors in all, by adding segments. */
  reserve(count: number): void {
    this.#refuseClosed();
    const { maxVectors, name } = this.#settings;
    if (count > maxVectors) throw fullError(name, "maxVectors", maxVectors, this.#slots.retired);
    integerIn("count", count, 0, maxVectors);
    while (this.capacity < count) this.#grow();
  }

  /** Gives back the segments behind the last vector. Returns how many bytes that were. */
  trim(): number {
    this.#refuseClosed();
    const { segmentRows, maxVectors } = this.#settings;
    const kept = Math.ceil(this.#slots.leastCapacity() / segmentRows);
    if (kept === this.#segments.length) return 0;
    let bytes = 0;
    this.#slots.drop(Math.min(maxVectors, kept * segmentRows));
    for (const segment of this.#segments.splice(kept)) bytes += segment._release(this.#allocator);
    return bytes;
  }

  /** Releases all vectors. */
  clear(): void {
    this.#refuseClosed();
    for (const segment of this.#segments) segment._clear();
    this.#slots.clear();
  }

  /** The figures of the vectors. */
  stats(): VectorStats {
    const { size, capacity, peak, taken, returned, retired } = this.#slots;
    const { segmentRows, dimensions, type } = this.#settings;
    const rowBytes = segmentRows * this.stride + segmentRows / 8;
    return {
      name: this.name,
      size,
      capacity,
      peak,
      acquired: taken,
      released: returned,
      retired,
      segments: this.#segments.length,
      vectorBytes: dimensions * type.BYTES_PER_ELEMENT,
      bytesReserved: this.#segments.length * rowBytes + (this.#words?.byteLength ?? 0),
    };
  }

  /** Gives all memory back. Any use afterwards is refused; closing twice does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#slots.close();
    for (const segment of this.#segments.splice(0)) segment._release(this.#allocator);
    if (this.#words !== undefined) this.#allocator.release(this.#words);
    this.#words = undefined;
  }

  /** For `using`: closes the vectors. */
  [Symbol.dispose](): void {
    this.close();
  }

  // No row is free: more of them, or the reason why not.
  #extend(): void {
    this.#refuseClosed();
    const { maxVectors, name } = this.#settings;
    if (this.capacity >= maxVectors) throw fullError(name, "maxVectors", maxVectors, this.#slots.retired);
    this.#grow();
    this.#slots.freeUnused();
  }

  // All memory is acquired first: when that fails, nothing has changed.
  #grow(): void {
    const { segmentRows, maxVectors } = this.#settings;
    const first = this.#segments.length * segmentRows;
    const segment = new VectorSegment<A>(this.#allocator, this.#settings, this.#slots, first);
    try {
      this.#provideWords(first + segmentRows);
    } catch (error) {
      segment._release(this.#allocator);
      throw error;
    }
    this.#segments.push(segment);
    this.#slots.capacity = Math.min(maxVectors, first + segmentRows);
  }

  #provideWords(count: number): void {
    const old = this.#words;
    if (old !== undefined && old.length >= count) return;
    const least = Math.max(count, Math.ceil((old?.length ?? 0) * 1.5));
    const words = this.#allocator.acquire(Float64Array, this.#allocator.capacityFor(Float64Array, least));
    this.#words = words;
    this.#slots.moveTo(words, this.capacity);
    if (old !== undefined) this.#allocator.release(old);
  }

  #put(index: number, values: ArrayLike<number>): void {
    const segment = this.#segments[index >>> this.#shift];
    segment.array.set(values, segment._offset(index & this.#rowMask));
  }

  #check(values: ArrayLike<number>): void {
    const numbers = isTypedArray(values)
      ? kindOfArray(values) < FIRST_BIGINT_KIND
      : Array.isArray(values) && values.every((value) => typeof value === "number");
    if (!numbers) {
      const message = `expected an array of ${this.dimensions} numbers, got ${show(values)}`;
      throw new PoolError("BAD_ARGUMENT", message, { got: show(values) });
    }
    if (values.length === this.dimensions) return;
    throw new PoolError(
      "LENGTH_MISMATCH",
      `a vector of "${this.name}" has ${this.dimensions} elements, and this array has ${values.length}`,
      { got: values.length, expected: this.dimensions },
    );
  }

  // A free row is zero, padding included; what is not was written through a window that outlived its vector.
  #inspect(index: number): void {
    const segment = this.#segments[index >>> this.#shift];
    const row = index & this.#rowMask;
    if (segment._isBlank(row)) return;
    segment._vacate(row);
    this.#slots.giveBack(this.#slots.words[index], index);
    throw lateWriteError(index, this.name);
  }

  #refuseClosed(): void {
    if (this.#closed) throw closedError(this.name);
  }

  #refusal(handle: unknown, action: "use" | "release"): PoolError {
    return this.#closed ? closedError(this.name) : handleError(this.#slots, handle, this.name, action);
  }
}

/**
 * Makes room for vectors of one length, such as embeddings: each a row that starts at a multiple of `align` bytes and
 * never moves, so that kernels read rows in place and addresses can be kept.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels, Pool, vectors } from "@millpond/core";
 *
 * const embeddings = vectors(new Pool(), { dimensions: 100 });
 * const a = embeddings.add(new Float32Array(100).fill(0.5));
 * assert.equal(embeddings.stride, 416); // 400 bytes, rounded up to 32
 * assert.equal(embeddings.address(a) % 32, 0);
 * assert.equal(kernels.sum(embeddings.row(a)), 50);
 * embeddings.release(a);
 * assert.throws(() => embeddings.row(a), { code: "STALE_HANDLE" });
 * embeddings.close();
 * ```
 */
export function vectors<T extends VectorType = "f32">(
  allocator: Allocator,
  options: VectorOptions<T>,
): Vectors<T extends "f64" ? Float64Array : Float32Array> {
  return new Vectors(allocator, options);
}
