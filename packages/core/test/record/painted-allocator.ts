// An allocator for tests: every array it gives lies between two painted margins, and giving it back checks that
// nobody wrote there. It can also be told to refuse, and it knows what is out.

import assert from "node:assert/strict";
import {
  type Allocator,
  type ArrayType,
  Pool,
  PoolError,
  type Region,
  type TypedArray,
} from "@millpond/core";

const MARGIN = 64;
const PAINT = 0xa5;

interface Loan {
  readonly whole: Uint8Array;
  readonly bytes: number;
}

export class PaintedAllocator implements Allocator {
  readonly pool: Pool;
  /** How many more requests are served; all others are refused as an exhausted pool would. */
  allowed = Infinity;
  readonly #loans = new Map<TypedArray, Loan>();

  constructor(pool: Pool = new Pool({ name: "painted" })) {
    this.pool = pool;
  }

  get inUse(): number {
    return this.#loans.size;
  }

  acquire<A extends TypedArray>(type: ArrayType<A>, length: number): A {
    const array = this.acquireUnsafe(type, length);
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).fill(0);
    return array;
  }

  acquireUnsafe<A extends TypedArray>(type: ArrayType<A>, length: number): A {
    if (this.allowed-- <= 0) throw new PoolError("POOL_EXHAUSTED", "refused for the test");
    const bytes = length * type.BYTES_PER_ELEMENT;
    const whole = this.pool.acquireUnsafe(Uint8Array, bytes + 2 * MARGIN).fill(PAINT);
    const array = new type(whole.buffer, whole.byteOffset + MARGIN, length);
    this.#loans.set(array, { whole, bytes });
    return array;
  }

  release(array: TypedArray): void {
    const loan = this.#loans.get(array);
    assert.ok(loan !== undefined, "released something else than what was acquired");
    this.#checkMargins(loan);
    this.#loans.delete(array);
    this.pool.release(loan.whole);
  }

  capacityFor(type: ArrayType, length: number): number {
    return length + (length >>> 3) * (type === Uint8Array ? 1 : 0);
  }

  regionOf(array: TypedArray): Region | undefined {
    return this.pool.regionOf(array);
  }

  /** Fails when anybody wrote outside his array. */
  checkMargins(): void {
    for (const loan of this.#loans.values()) this.#checkMargins(loan);
  }

  #checkMargins({ whole, bytes }: Loan): void {
    const clean = (byte: number): boolean => byte === PAINT;
    assert.ok(whole.subarray(0, MARGIN).every(clean), "wrote in front of the array");
    assert.ok(whole.subarray(MARGIN + bytes).every(clean), "wrote behind the array");
  }
}
