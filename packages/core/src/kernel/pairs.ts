// Functions of two vectors, on a kernel where both lie in one region, and on its twin elsewhere. distance-twins.ts says
// what exactly they compute; both ways give the same bits.

import { checkSameLength, refusePair, worthKernel } from "./check.ts";
import { cosineOf, dotF32, dotF64, l2SquaredF32, l2SquaredF64 } from "./distance-twins.ts";
import { distancesF32Kernel, type DistancesF32Exports } from "./distances-f32.wasm.ts";
import { distancesF64Kernel, type DistancesF64Exports } from "./distances-f64.wasm.ts";

/**
 * The dot product; 0 for empty vectors.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.equal(kernels.dot(Float32Array.of(1, 2), Float32Array.of(3, 4)), 11);
 * ```
 */
export function dot<A extends Float32Array | Float64Array>(a: A, b: A): number {
  if (a instanceof Float32Array && b instanceof Float32Array) {
    const kernel = kernelF32(a, b);
    return kernel === undefined
      ? dotF32(a, 0, b, 0, a.length)
      : kernel.dot(a.byteOffset, b.byteOffset, a.length);
  }
  if (!(a instanceof Float64Array && b instanceof Float64Array)) return refusePair(a, b);
  const kernel = kernelF64(a, b);
  return kernel === undefined
    ? dotF64(a, 0, b, 0, a.length)
    : kernel.dot(a.byteOffset, b.byteOffset, a.length);
}

/**
 * The square of the Euclidean distance: the sum of squared differences. It orders vectors as {@link l2} does and is
 * cheaper by a root.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.equal(kernels.l2Squared(Float64Array.of(1, 2), Float64Array.of(4, 6)), 25);
 * ```
 */
export function l2Squared<A extends Float32Array | Float64Array>(a: A, b: A): number {
  if (a instanceof Float32Array && b instanceof Float32Array) {
    const kernel = kernelF32(a, b);
    return kernel === undefined
      ? l2SquaredF32(a, 0, b, 0, a.length)
      : kernel.l2Squared(a.byteOffset, b.byteOffset, a.length);
  }
  if (!(a instanceof Float64Array && b instanceof Float64Array)) return refusePair(a, b);
  const kernel = kernelF64(a, b);
  return kernel === undefined
    ? l2SquaredF64(a, 0, b, 0, a.length)
    : kernel.l2Squared(a.byteOffset, b.byteOffset, a.length);
}

/**
 * The Euclidean distance.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.equal(kernels.l2(Float64Array.of(1, 2), Float64Array.of(4, 6)), 5);
 * ```
 */
export function l2<A extends Float32Array | Float64Array>(a: A, b: A): number {
  return Math.sqrt(l2Squared(a, b));
}

/**
 * The cosine of the angle between two vectors: 1 for the same direction, 0 for a right angle, -1 for opposite
 * directions. 0 when one of the vectors is zero. The "cosine distance" of other libraries is one less this.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.equal(kernels.cosine(Float32Array.of(1, 0), Float32Array.of(0, 3)), 0);
 * assert.equal(kernels.cosine(Float32Array.of(1, 0), Float32Array.of(7, 0)), 1);
 * ```
 */
export function cosine<A extends Float32Array | Float64Array>(a: A, b: A): number {
  if (a instanceof Float32Array && b instanceof Float32Array) {
    const kernel = kernelF32(a, b);
    if (kernel !== undefined) return kernel.cosine(a.byteOffset, b.byteOffset, a.length);
    const count = a.length;
    return cosineOf(dotF32(a, 0, b, 0, count), dotF32(a, 0, a, 0, count), dotF32(b, 0, b, 0, count));
  }
  if (!(a instanceof Float64Array && b instanceof Float64Array)) return refusePair(a, b);
  const kernel = kernelF64(a, b);
  if (kernel !== undefined) return kernel.cosine(a.byteOffset, b.byteOffset, a.length);
  const count = a.length;
  return cosineOf(dotF64(a, 0, b, 0, count), dotF64(a, 0, a, 0, count), dotF64(b, 0, b, 0, count));
}

function kernelF32(a: Float32Array, b: Float32Array): DistancesF32Exports | undefined {
  checkSameLength(a, b);
  return worthKernel(a) && a.buffer === b.buffer ? distancesF32Kernel.over(a.buffer) : undefined;
}

function kernelF64(a: Float64Array, b: Float64Array): DistancesF64Exports | undefined {
  checkSameLength(a, b);
  return worthKernel(a) && a.buffer === b.buffer ? distancesF64Kernel.over(a.buffer) : undefined;
}
