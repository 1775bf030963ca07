// What the tests of array pools share.
import assert from "node:assert/strict";
import {
  type Allocator,
  type ArrayStrategy,
  type ArrayType,
  MiB,
  PoolError,
  type PoolErrorCode,
  type Region,
  type TypedArray,
} from "@millpond/core";

/** All of them: what holds for one holds for each, unless a test says otherwise. */
export const STRATEGIES: readonly ArrayStrategy[] = ["direct", "tracked", "tagged"];

/** Fails unless `action` throws a `PoolError` of exactly this code. */
export function rejects(action: () => unknown, code: PoolErrorCode): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof PoolError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  });
}

/** An allocator whose arrays stand side by side on cache lines, at no edge of any page. */
export class PackedMemory implements Allocator {
  readonly #buffer: ArrayBufferLike;
  readonly #used = new Set<TypedArray>();
  #top: number;

  constructor(buffer: ArrayBufferLike = new ArrayBuffer(16 * MiB), top = 64) {
    this.#buffer = buffer;
    this.#top = top;
  }

  /** Arrays that were not given back. */
  get inUse(): number {
    return this.#used.size;
  }

  acquire<A extends TypedArray>(type: ArrayType<A>, length: number): A {
    return this.acquireUnsafe(type, length);
  }

  acquireUnsafe<A extends TypedArray>(type: ArrayType<A>, length: number): A {
    const array = new type(this.#buffer, this.#top, length);
    this.#top += Math.ceil(array.byteLength / 64) * 64;
    this.#used.add(array);
    return array;
  }

  release(array: TypedArray): void {
    assert.ok(this.#used.delete(array), "released what was not acquired");
  }

  capacityFor(_type: ArrayType, length: number): number {
    return length;
  }

  regionOf(): Region | undefined {
    return undefined;
  }
}
