// Bytes under arrays, painted and compared at the speed of memory.
import type { TypedArray } from "@millpond/core";

/** The bytes under an array. */
export function bytesOf(array: TypedArray): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

/** True when each byte of `array` is `value`: the first one is, and each equals the next. */
export function allEqual(array: TypedArray, value: number): boolean {
  const bytes = bytesOf(array);
  if (bytes.length === 0) return true;
  return bytes[0] === value && bytes.compare(bytes, 1, bytes.length, 0, bytes.length - 1) === 0;
}
