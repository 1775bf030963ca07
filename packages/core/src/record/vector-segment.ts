// A segment: rows in one block of memory, which stays where it is. What a kernel is given to run over.
import type { Region } from "../memory/region.ts";
import type { Allocator } from "../memory/allocator.ts";
import { clearBit, nextBit, setBit, wordsFor } from "./live-bits.ts";
import type { Slots } from "./slots.ts";
import type { VectorSettings } from "./vector-options.ts";

/**
 * A run of rows in one block of memory, of {@link Vectors}. Row i of the segment is the vector of index `first + i`;
 * it is zero where there is none, and so is the padding between rows. Nothing here moves as long as the segment is
 * there.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Pool, vectors } from "@millpond/core";
 *
 * const index = vectors(new Pool(), { dimensions: 3, align: 16 });
 * const a = index.add([1, 2, 3]);
 * const [segment] = index.segments();
 * assert.deepEqual([...segment.array.subarray(0, 4)], [1, 2, 3, 0]); // the fourth element is padding
 * assert.equal(segment.address, index.address(a));
 * assert.equal(segment.live[0], 0b1);
 * ```
 */
export class VectorSegment<A extends Float32Array | Float64Array = Float32Array | Float64Array> {
  /** All rows with their padding: row i starts at element `i * stride / BYTES_PER_ELEMENT`. */
  readonly array: A;
  /** The region that the rows lie in; undefined when they lie in memory of their own, where no kernel can run. */
  readonly region: Region | undefined;
  /** The byte offset of row 0 in its region. */
  readonly address: number;
  /** The index of row 0. */
  readonly first: number;
  /** Rows there is room for. */
  readonly rows: number;
  /** Bytes from the start of a row to the start of the next. */
  readonly stride: number;
  /** A bit a row, set where there is a vector: row i is bit `i & 31` of word `i >>> 5`. It lies behind the rows. */
  readonly live: Uint32Array;
  readonly #block: Uint8Array;
  readonly #slots: Slots;

  /** @internal */
  constructor(allocator: Allocator, settings: VectorSettings, slots: Slots, first: number) {
    const { type, stride, segmentRows } = settings;
    const bytes = segmentRows * stride;
    const block = allocator.acquire(Uint8Array, bytes + wordsFor(segmentRows) * 4);
    const { buffer, byteOffset } = block;
    this.array = new type(buffer, byteOffset, bytes / type.BYTES_PER_ELEMENT) as A;
    this.live = new Uint32Array(buffer, byteOffset + bytes, wordsFor(segmentRows));
    this.region = allocator.regionOf(block);
    this.address = byteOffset;
    this.first = first;
    this.rows = segmentRows;
    this.stride = stride;
    this.#block = block;
    this.#slots = slots;
  }

  /** Rows from here on were not in use since the last `clear()`: where a kernel can stop. */
  get end(): number {
    return Math.min(this.rows, Math.max(0, this.#slots.end - this.first));
  }

  /** The first row with a vector from row `from` on, or -1. */
  next(from: number): number {
    return nextBit(this.live, from, this.end);
  }

  /** @internal */
  _offset(row: number): number {
    return (row * this.stride) / this.array.BYTES_PER_ELEMENT;
  }

  /** @internal */
  _occupy(row: number): void {
    setBit(this.live, row);
  }

  /** @internal */
  _vacate(row: number): void {
    this.array.fill(0, this._offset(row), this._offset(row + 1));
    clearBit(this.live, row);
  }

  /** @internal */
  _isBlank(row: number): boolean {
    return this.array.subarray(this._offset(row), this._offset(row + 1)).every((value) => value === 0);
  }

  /** @internal */
  _clear(): void {
    this.array.fill(0, 0, this._offset(this.end));
    this.live.fill(0);
  }

  /** @internal */
  _release(allocator: Allocator): number {
    allocator.release(this.#block);
    return this.#block.length;
  }
}
