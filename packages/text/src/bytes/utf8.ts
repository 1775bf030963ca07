// Finds bytes that are not UTF-8, by a kernel where the bytes lie in a region, and by its twin elsewhere.

import { lengthOf } from "../check.ts";
import { utf8Kernel } from "../kernel/utf8.wasm.ts";

// V8 keeps small arrays on its own heap, and moves them out for good when somebody asks for their buffer.
const HEAP_ARRAY_BYTES = 64;

/**
 * Where the first sequence of bytes starts that is not UTF-8: an overlong form, half of a surrogate pair, something
 * beyond U+10FFFF, or a character that is cut off. -1 where there is none.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { findInvalidUtf8 } from "@millpond/text";
 *
 * assert.equal(findInvalidUtf8(new TextEncoder().encode("naïve")), -1);
 * assert.equal(findInvalidUtf8(Uint8Array.of(0x61, 0xff, 0x62)), 1);
 * ```
 */
export function findInvalidUtf8(bytes: Uint8Array): number {
  const length = lengthOf(bytes);
  const kernel = length > HEAP_ARRAY_BYTES ? utf8Kernel.over(bytes.buffer) : undefined;
  // SAFETY: the kernel reads `length` bytes from where the array starts.
  const at =
    kernel === undefined ? findInvalid(bytes, length) : kernel.findInvalid(bytes.byteOffset, length) >>> 0;
  return at === length ? -1 : at;
}

/** The twin: `length` where all bytes are UTF-8. */
export function findInvalid(bytes: Uint8Array, length: number): number {
  let at = 0;
  while (at < length) {
    if (bytes[at] < 0x80) {
      at++;
      continue;
    }
    const width = characterWidth(bytes, at, length - at);
    if (width === 0) return at;
    at += width;
  }
  return length;
}

// Bytes of the character beyond ASCII that starts here; 0 where none does.
function characterWidth(bytes: Uint8Array, at: number, left: number): number {
  const lead = bytes[at];
  if (lead < 0xc2 || lead > 0xf4 || left < 2) return 0;
  const second = bytes[at + 1];
  if ((second & 0xc0) !== 0x80) return 0;
  if (lead < 0xe0) return 2;
  if (left < 3 || (bytes[at + 2] & 0xc0) !== 0x80) return 0;
  if (lead < 0xf0) return (lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f) ? 0 : 3;
  if (left < 4 || (bytes[at + 3] & 0xc0) !== 0x80) return 0;
  return (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f) ? 0 : 4;
}
