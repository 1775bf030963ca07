// `arrays(pool, Type, options)`: the way to an array pool.
import type { Allocator } from "../memory/allocator.ts";
import { type ArrayType, checkType, type TypedArray } from "../memory/elements.ts";
import { ArrayPool } from "./array-pool.ts";
import { type ArrayPoolOptions, settle } from "./options.ts";

/**
 * A pool of short arrays of one type, in memory of `pool`. Where `pool.acquire` serves any type and length, this
 * serves one type in few size classes, by one of three strategies to know arrays again; docs/array-pools.md
 * helps to choose and has the figures.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { arrays, Pool } from "@millpond/core";
 *
 * const pool = new Pool();
 * const points = arrays(pool, Float64Array, { strategy: "tracked", classes: [16, 256] });
 * const mine = points.acquire(10);
 * points.release(mine);
 *
 * const yours = points.acquire(10); // the same memory, another object
 * assert.equal(yours.byteOffset, mine.byteOffset);
 * assert.throws(() => points.release(mine), { code: "STALE_RELEASE" });
 * assert.throws(() => points.release(yours.subarray(2, 5)), { code: "SUBVIEW_RELEASE" });
 * assert.equal(points.arrayOf(yours.subarray(2, 5)), yours);
 * points.release(yours);
 * points.close();
 * ```
 */
export function arrays<A extends TypedArray>(
  pool: Allocator,
  type: ArrayType<A>,
  options: ArrayPoolOptions = {},
): ArrayPool<A> {
  checkType(type);
  return new ArrayPool(pool, type, settle(type.name, options));
}
