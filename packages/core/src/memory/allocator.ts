// What arenas, vectors, records and rings need of a pool, and nothing more.
import type { ArrayType, TypedArray } from "./elements.ts";
import type { Region } from "./region.ts";

/**
 * A source of typed arrays. `Pool` is one, `SharedPool` is another; structures that live in pooled memory
 * take one as their first argument.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { type Allocator, Pool } from "@millpond/core";
 *
 * function ones(memory: Allocator, length: number): Float64Array {
 *   return memory.acquireUnsafe(Float64Array, length).fill(1);
 * }
 * const pool = new Pool();
 * const xs = ones(pool, 3);
 * assert.deepEqual([...xs], [1, 1, 1]);
 * pool.release(xs);
 * ```
 */
export interface Allocator {
  /** A typed array of exactly `length` elements, all zero. */
  acquire<A extends TypedArray>(type: ArrayType<A>, length: number): A;
  /** The same with whatever bytes the last user left, for callers that overwrite them all. */
  acquireUnsafe<A extends TypedArray>(type: ArrayType<A>, length: number): A;
  /** Gives an array back; exactly the object that was acquired. */
  release(array: TypedArray): void;
  /** The longest array that the block of such a request could hold: growing to it costs no more memory. */
  capacityFor(type: ArrayType, length: number): number;
  /** The region an array lies in, or undefined when it lies in memory of its own. */
  regionOf(array: TypedArray): Region | undefined;
  /**
   * How much is checked, as in the pool's option `check`. Structures that hand out parts of a block paint and
   * check these parts themselves in the modes "checked" and "strict": the allocator sees only the block.
   */
  readonly check?: "off" | "fast" | "checked" | "strict";
}
