// How much larger the next block of a vector is.
import type { Allocator } from "../memory/allocator.ts";
import type { ArrayType, TypedArray } from "../memory/elements.ts";
import { PoolError, type PoolErrorCode } from "../memory/errors.ts";

// Each block is half as large again as the last: n pushes copy about 2n elements in all, and while a vector moves, it
// holds 2.5 times its elements and not 3 times, which matters where there is a budget.
const GROWTH = 1.5;

// The first block, so that short vectors do not move four times on their first elements.
const LEAST_BYTES = 256;

// Refusals that a smaller request can escape.
const TOO_MUCH = new Set<PoolErrorCode>(["POOL_EXHAUSTED", "POOL_SEALED", "BAD_ARGUMENT"]);

/**
 * A block for at least `needed` elements, with room to grow if the budget allows it. `capacity` is that of the
 * block it replaces.
 */
export function acquireRoomier<A extends TypedArray>(
  pool: Allocator,
  type: ArrayType<A>,
  capacity: number,
  needed: number,
): A {
  const wanted = Math.max(needed, Math.ceil(capacity * GROWTH), LEAST_BYTES / type.BYTES_PER_ELEMENT);
  if (wanted === needed) return acquireAll(pool, type, needed);
  try {
    return acquireAll(pool, type, wanted);
  } catch (error) {
    if (!(error instanceof PoolError && TOO_MUCH.has(error.code))) throw error;
    // What is needed may still fit where room to spare does not. If it does not either, that is the error to tell.
    return acquireAll(pool, type, needed);
  }
}

// Lengths are all that a block holds, which makes them few: the pool then has views of them at hand.
function acquireAll<A extends TypedArray>(pool: Allocator, type: ArrayType<A>, length: number): A {
  return pool.acquireUnsafe(type, pool.capacityFor(type, length));
}

/** True when the two arrays have bytes in common. */
export function overlap(a: TypedArray, b: TypedArray): boolean {
  if (a.buffer !== b.buffer) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
