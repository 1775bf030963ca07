// Argument checks of the kernel functions: a kernel trusts its addresses, so what reaches it has been looked at here.

import { PoolError, show } from "../memory/errors.ts";
import type { FloatArray } from "./number-twins.ts";

// V8 keeps arrays of up to this many bytes on the JavaScript heap, and moves them out for good when somebody reads their
// `buffer`. The twin needs fewer than 20 ns for so few elements, so the buffer of such an array is left alone.
const HEAP_ARRAY_BYTES = 64;

/** False for arrays so small that asking for their buffer costs more than a kernel saves. */
export function worthKernel(array: FloatArray): boolean {
  return array.byteLength > HEAP_ARRAY_BYTES;
}

/** Refuses what is neither a Float32Array nor a Float64Array. */
export function refuseType(array: unknown): never {
  const got = show(array);
  throw new PoolError("BAD_ARGUMENT", `expected a Float32Array or a Float64Array, got ${got}`, { got });
}

/** Refuses two arrays of different classes. */
export function refusePair(a: unknown, b: unknown): never {
  const got = `${show(a)} and ${show(b)}`;
  const expected = "expected two Float32Arrays or two Float64Arrays";
  throw new PoolError("BAD_ARGUMENT", `${expected}, got ${got}`, { got });
}

/** Refuses two arrays of different lengths. */
export function checkSameLength(a: FloatArray, b: FloatArray): void {
  if (a.length === b.length) return;
  const lengths = `${a.length} and ${b.length}`;
  throw new PoolError("LENGTH_MISMATCH", `expected two arrays of one length, got lengths ${lengths}`, {
    got: [a.length, b.length],
  });
}
