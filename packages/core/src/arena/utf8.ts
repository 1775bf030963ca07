// Text to UTF-8 bytes and back, into and out of memory that exists already, by whichever way is faster for a length.
//
// Below some thirty bytes, a loop in JavaScript beats `TextEncoder` and `TextDecoder`, which cost 70 to 110 ns a
// call whatever the length, most of it for the view that they want. A text of eight characters is encoded in 28 ns
// instead of 72, and decoded in 31 instead of 99 (Node 24). The platform's coders also refuse shared memory in
// browsers: there, encoding goes by the loop at any length, and decoding over a copy.
//
// A lone surrogate, half of a character that UTF-16 writes as two units, has no bytes in UTF-8. It becomes
// U+FFFD, the replacement character, as `TextEncoder` has it; so do bytes that are not UTF-8 when decoded.

const encoder = new TextEncoder();
// A byte order mark is three bytes like others here: what was added comes back.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The most bytes that a UTF-16 unit becomes; pairs of units become four. */
export const MOST_BYTES_PER_UNIT = 3;

const LOOP_UNITS = 32;
const SHORT_BYTES = 24;
const REPLACEMENT = 0xfffd;

// By length: lists to pass to `fromCharCode`, used again and again.
const CODES: readonly number[][] = Array.from({ length: SHORT_BYTES + 1 }, (_, length) =>
  Array.from({ length }, () => 0),
);

/**
 * Writes a text as UTF-8 into bytes that exist already, from `at` on, and returns where it ends. There must be room:
 * three bytes a unit always do, {@link utf8Length} says how many it takes. A lone surrogate becomes U+FFFD.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodeUtf8, Pool } from "@millpond/core";
 *
 * const pool = new Pool();
 * const bytes = pool.acquireUnsafe(Uint8Array, 16);
 * assert.equal(encodeUtf8("Mühle", bytes, 4), 10);
 * pool.release(bytes);
 * ```
 */
export function encode(text: string, target: Uint8Array, at: number): number {
  if (text.length <= LOOP_UNITS || isShared(target)) return encodeByLoop(text, target, at);
  return at + encoder.encodeInto(text, target.subarray(at)).written;
}

/**
 * Writes as much of a long text as fits into `bytes` bytes from `at` on, and returns how many units that was.
 * None at all where the platform's encoder may not write.
 */
export function encodePart(text: string, target: Uint8Array, at: number, bytes: number): number {
  if (isShared(target)) return 0;
  return encoder.encodeInto(text, target.subarray(at, at + bytes)).read;
}

/** The bytes of a text in a new array. */
export function encoded(text: string): Uint8Array {
  return encoder.encode(text);
}

function encodeByLoop(text: string, target: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return encodeRest(text, i, target, at);
    target[at++] = unit;
  }
  return at;
}

// From the first character on that is not ASCII.
function encodeRest(text: string, from: number, target: Uint8Array, at: number): number {
  for (let i = from; i < text.length; i++) {
    const code = codePointAt(text, i);
    if (code < 0x80) {
      target[at++] = code;
    } else if (code < 0x800) {
      target[at++] = 0xc0 | (code >> 6);
      target[at++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      target[at++] = 0xe0 | (code >> 12);
      target[at++] = 0x80 | ((code >> 6) & 0x3f);
      target[at++] = 0x80 | (code & 0x3f);
    } else {
      target[at++] = 0xf0 | (code >> 18);
      target[at++] = 0x80 | ((code >> 12) & 0x3f);
      target[at++] = 0x80 | ((code >> 6) & 0x3f);
      target[at++] = 0x80 | (code & 0x3f);
      i++;
    }
  }
  return at;
}

// Half a pair is replaced.
function codePointAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  const code = text.codePointAt(i) as number;
  return code > 0xffff ? code : REPLACEMENT;
}

/**
 * How many bytes `text` has in UTF-8, from unit `from` on.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { utf8Length } from "@millpond/core";
 *
 * assert.equal(utf8Length("Mühle"), 6);
 * ```
 */
export function utf8Length(text: string, from = 0): number {
  let bytes = text.length - from;
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) bytes += unit > 0x7ff ? 2 : 1;
    // A pair has four bytes: three were counted for its first unit, and one for the second.
    if (unit >= 0xd800 && unit < 0xe000 && codePointAt(text, i) > 0xffff) i++;
  }
  return bytes;
}

/**
 * The text of the bytes from `start` up to `end`: a new string that keeps nothing else alive. Short ones are decoded
 * without a view and without the platform's decoder. What is not UTF-8 becomes U+FFFD.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeUtf8 } from "@millpond/core";
 *
 * const line = new TextEncoder().encode("4711,Mühle,12.5");
 * assert.equal(decodeUtf8(line, 5, 11), "Mühle");
 * ```
 */
export function decode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT_BYTES) {
    const text = decodeAscii(bytes, start, end);
    if (text !== undefined) return text;
  }
  return decoder.decode(isShared(bytes) ? bytes.slice(start, end) : bytes.subarray(start, end));
}

function decodeAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  const codes = CODES[end - start];
  let all = 0;
  for (let i = 0; i < codes.length; i++) {
    const byte = bytes[start + i];
    codes[i] = byte;
    all |= byte;
  }
  return all > 0x7f ? undefined : String.fromCharCode.apply(undefined, codes);
}

function isShared(bytes: Uint8Array): boolean {
  return !(bytes.buffer instanceof ArrayBuffer);
}
