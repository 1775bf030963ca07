// Is this UTF-8? Exactly what the Unicode standard's table 3-7 allows: no overlong forms, no surrogates, nothing above
// U+10FFFF.

import type { TapeExports } from "../kernel/tape.wasm.ts";
import type { Tape } from "../tape/tape.ts";

/** The offset of the first byte of the tape's text that is not part of valid UTF-8, or -1. */
export function firstInvalidUtf8(tape: Tape, kernel: TapeExports | undefined): number {
  const { bytes, textBytes } = tape;
  if (kernel === undefined) return invalidUtf8At(bytes, 0, textBytes);
  // SAFETY: the text is followed by 64 zeros at least.
  const block = kernel.checkUtf8(bytes.byteOffset, textBytes) >>> 0;
  if (block === 0xffffffff) return -1;
  // The fault is in this block, or in a sequence that reaches into it.
  let start = Math.max(0, block - 3);
  while (start > 0 && (bytes[start] & 0xc0) === 0x80) start--;
  return invalidUtf8At(bytes, start, textBytes);
}

/** The offset of the first byte that is not part of valid UTF-8, or -1. `end` may not exceed the array. */
export function invalidUtf8At(text: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = text[at];
    if (byte < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(text, at, end);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

// How many bytes the sequence of two or more bytes at `at` has; 0 when it is invalid or cut off.
function sequenceLength(text: Uint8Array, at: number, end: number): number {
  const lead = text[at];
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > end) return 0;
  const second = text[at + 1];
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let place = 2; place < length; place++) if ((text[at + place] & 0xc0) !== 0x80) return 0;
  return length;
}
