// Filling and copying. The engine's own `fill` and `set` are as fast for most sizes; what these add is one refusal
// instead of a silent partial copy, and the kernel's speed where the engine's `fill` is slow (Node 20).

import { refusePair, checkSameLength, refuseType, worthKernel } from "./check.ts";
import type { FloatArray } from "./number-twins.ts";
import { numbersKernel } from "./numbers.wasm.ts";

/**
 * Writes `value` into every element and returns the array.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * assert.deepEqual([...kernels.fill(new Float32Array(3), 1.5)], [1.5, 1.5, 1.5]);
 * ```
 */
export function fill<A extends FloatArray>(array: A, value: number): A {
  const wide = array instanceof Float64Array;
  if (!wide && !(array instanceof Float32Array)) return refuseType(array);
  const kernel = worthKernel(array) ? numbersKernel.over(array.buffer) : undefined;
  if (kernel === undefined) array.fill(value);
  else if (wide) kernel.fillF64(array.byteOffset, array.length, value);
  else kernel.fillF32(array.byteOffset, array.length, value);
  return array;
}

/**
 * Copies all elements of `source` over those of `target` and returns `target`. The two have one class and one length, and
 * may overlap.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels } from "@millpond/core";
 *
 * const target = new Float64Array(2);
 * assert.deepEqual([...kernels.copy(target, Float64Array.of(3, 4))], [3, 4]);
 * assert.throws(() => kernels.copy(target, new Float64Array(1)), { code: "LENGTH_MISMATCH" });
 * ```
 */
export function copy<A extends FloatArray>(target: A, source: A): A {
  const same =
    (target instanceof Float64Array && source instanceof Float64Array) ||
    (target instanceof Float32Array && source instanceof Float32Array);
  if (!same) return refusePair(target, source);
  checkSameLength(target, source);
  const kernel =
    worthKernel(target) && target.buffer === source.buffer ? numbersKernel.over(target.buffer) : undefined;
  if (kernel === undefined) target.set(source);
  else kernel.copyBytes(target.byteOffset, source.byteOffset, source.byteLength);
  return target;
}
