// How often a byte occurs: by a kernel where the bytes lie in a region, and by its twin elsewhere.

import { countByteKernel } from "../kernel/count-byte.wasm.ts";

/** Counts a byte among others. */
export function countByte(bytes: Uint8Array, byte: number): number {
  const kernel = countByteKernel.over(bytes.buffer);
  // SAFETY: the kernel reads `length` bytes from where the array starts.
  return kernel === undefined
    ? countByLoop(bytes, byte)
    : kernel.countByte(bytes.byteOffset, bytes.length, byte) >>> 0;
}

function countByLoop(bytes: Uint8Array, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}
