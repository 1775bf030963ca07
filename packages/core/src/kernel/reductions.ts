// Functions from one array to one number or two, on a kernel where the array lies in a region, and on its twin elsewhere.
// number-twins.ts says what exactly they compute; both ways give the same bits.

import { PoolError } from "../memory/errors.ts";
import { refuseType, worthKernel } from "./check.ts";
import * as twins from "./number-twins.ts";
import type { FloatArray } from "./number-twins.ts";
import { numbersKernel } from "./numbers.wasm.ts";

/** Options of {@link variance}. */
export interface VarianceOptions {
  /**
   * True for the variance of a population of which the array is a sample: divides by one less than the length.
   *
   * @defaultValue false
   */
  readonly sample?: boolean;
}

/**
 * The sum of all elements, added up in f64; 0 for an empty array.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.equal(kernels.sum(Float64Array.of(1, 2, 3)), 6);
 * ```
 */
export function sum(array: FloatArray): number {
  if (array instanceof Float64Array) {
    const kernel = worthKernel(array) ? numbersKernel.over(array.buffer) : undefined;
    return kernel === undefined
      ? twins.sum(array, 0, array.length)
      : kernel.sumF64(array.byteOffset, array.length);
  }
  if (!(array instanceof Float32Array)) return refuseType(array);
  const kernel = worthKernel(array) ? numbersKernel.over(array.buffer) : undefined;
  return kernel === undefined
    ? twins.sum(array, 0, array.length)
    : kernel.sumF32(array.byteOffset, array.length);
}

/**
 * The arithmetic mean; NaN for an empty array.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.equal(kernels.mean(Float32Array.of(1, 2, 6)), 3);
 * ```
 */
export function mean(array: FloatArray): number {
  return sum(array) / array.length;
}

/**
 * The variance: the mean of the squared deviations from the mean. NaN for an empty array.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * const xs = Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3);
 * assert.equal(kernels.variance(xs), 2 / 3);
 * assert.equal(kernels.variance(xs, { sample: true }), 1);
 * ```
 */
export function variance(array: FloatArray, options: VarianceOptions = {}): number {
  return squaredDeviations(array) / (array.length - (options.sample === true ? 1 : 0));
}

/**
 * The smallest element. NaN elements are skipped; NaN when nothing else is there.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.equal(kernels.min(Float64Array.of(3, NaN, 2)), 2);
 * ```
 */
export function min(array: FloatArray): number {
  return extremes(array)[0];
}

/**
 * The largest element. NaN elements are skipped; NaN when nothing else is there.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.equal(kernels.max(Float64Array.of(3, NaN, 2)), 3);
 * ```
 */
export function max(array: FloatArray): number {
  return extremes(array)[1];
}

/**
 * The smallest and the largest element in one pass, written to the first two places of `out`, which is returned. NaN
 * elements are skipped: a plot marks the gaps of a series with them. Both are NaN when nothing else is there.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.deepEqual(kernels.minMax(Float64Array.of(3, NaN, 2)), [2, 3]);
 * const out = new Float64Array(2);
 * kernels.minMax(Float64Array.of(5, -1), out);
 * assert.deepEqual([...out], [-1, 5]);
 * ```
 */
export function minMax(array: FloatArray): number[];
export function minMax<O extends Float64Array | number[]>(array: FloatArray, out: O): O;
export function minMax(array: FloatArray, out: Float64Array | number[] = []): Float64Array | number[] {
  if (out instanceof Float64Array && out.length < 2) {
    throw new PoolError("BAD_ARGUMENT", `expected room for 2 numbers in out, got length ${out.length}`, {
      length: out.length,
    });
  }
  const [low, high] = extremes(array);
  out[0] = low;
  out[1] = high;
  return out;
}

// Handed from a kernel or a twin to the functions above within one call, so that no array is made for it.
const pair: [low: number, high: number] = [NaN, NaN];

function extremes(array: FloatArray): readonly [low: number, high: number] {
  const wide = array instanceof Float64Array;
  if (!wide && !(array instanceof Float32Array)) return refuseType(array);
  const kernel = worthKernel(array) ? numbersKernel.over(array.buffer) : undefined;
  if (kernel === undefined) {
    twins.extremes(array, 0, array.length, pair);
  } else {
    const { byteOffset, length } = array;
    pair[0] = wide ? kernel.extremesF64(byteOffset, length) : kernel.extremesF32(byteOffset, length);
    pair[1] = kernel.largest();
  }
  return pair;
}

function squaredDeviations(array: FloatArray): number {
  const wide = array instanceof Float64Array;
  if (!wide && !(array instanceof Float32Array)) return refuseType(array);
  const kernel = worthKernel(array) ? numbersKernel.over(array.buffer) : undefined;
  if (kernel === undefined) return twins.deviations(array, 0, array.length);
  const { byteOffset, length } = array;
  return wide ? kernel.deviationsF64(byteOffset, length) : kernel.deviationsF32(byteOffset, length);
}
