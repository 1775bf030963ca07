// Decimal numbers in bytes, read from left to right without making a string.
//
// Rounding is exact. Up to 15 significant digits and powers of ten up to 22 are both doubles without an error, so one
// multiplication or division rounds once (W. D. Clinger, "How to read floating point numbers accurately", 1990).
// Numbers with more digits or larger exponents, such as doubles printed in full, are multiplied in 128 bits, see
// rounding.ts. What is left, such as numbers next to 0, goes to the engine's own `Number`, which rounds correctly too.

import { roundedDecimal } from "./rounding.ts";

/** Where the last scan stopped and what it read; one instance, reused, so that a scan allocates nothing. */
export interface Scan {
  /** The number, NaN where there is none. */
  value: number;
  /** The byte behind it; the start of the scan where there is no number. */
  end: number;
}

/** The result of the last {@link scanNumber}. */
export const scan: Scan = { value: NaN, end: 0 };

const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const LOWER_E = 0x65;
/** Set in every lower-case ASCII letter, and in no upper-case one. */
const LOWER_BIT = 0x20;
const MOST_EXACT_DIGITS = 15;
const MOST_EXACT_POWER = 22;
// An exponent beyond this is zero or infinite whatever the digits are, for any field that fits into memory.
const MOST_EXPONENT = 1e10;

const POWERS = Float64Array.from({ length: MOST_EXACT_POWER + 1 }, (_, power) => Number(`1e${power}`));
const WORDS = ["infinity", "inf", "nan"].map((word) =>
  Uint8Array.from(word, (letter) => letter.charCodeAt(0)),
);
const INFINITE = 2;

/**
 * Reads the longest number that starts at `start` into {@link scan}: a sign, digits with a decimal mark among them, an
 * exponent; or `inf`, `infinity`, `nan` in any case.
 */
export function scanNumber(bytes: Uint8Array, start: number, end: number, decimalMark: number): void {
  const sign = start < end ? bytes[start] : 0;
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  let at = first;
  let mark = -1;
  let significant = 0;
  let head = 0;
  let tail = 0;
  let last = 0;
  for (; at < end; at++) {
    const digit = bytes[at] - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (significant < 9) head = head * 10 + digit;
      else if (significant < 18) tail = tail * 10 + digit;
      else if (significant === 18) last = digit;
      if (head !== 0) significant++;
    } else if (bytes[at] === decimalMark && mark < 0) mark = at;
    else break;
  }
  if (at - first === (mark < 0 ? 0 : 1)) {
    scanWord(bytes, start, first, end, sign === MINUS);
    return;
  }
  let power = mark < 0 ? 0 : mark + 1 - at;
  if (at < end && (bytes[at] | LOWER_BIT) === LOWER_E) {
    scanExponent(bytes, at + 1, end);
    if (scan.end > at) {
      power += scan.value;
      at = scan.end;
    }
  }
  scan.end = at;
  let value = head;
  if (significant > MOST_EXACT_DIGITS || power > MOST_EXACT_POWER || power < -MOST_EXACT_POWER) {
    if (head !== 0) value = roundedDecimal(head, tail, last, significant, power);
    if (Number.isNaN(value)) value = engineValue(bytes, first, at, decimalMark);
  } else {
    if (significant > 9) value = head * POWERS[significant - 9] + tail;
    value = power < 0 ? value / POWERS[-power] : value * POWERS[power];
  }
  scan.value = sign === MINUS ? -value : value;
}

// Reads the exponent behind an "e"; without digits, `scan.end` is no byte behind the "e".
function scanExponent(bytes: Uint8Array, start: number, end: number): void {
  const sign = start < end ? bytes[start] : 0;
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  let at = first;
  let value = 0;
  for (; at < end && bytes[at] >= ZERO && bytes[at] <= ZERO + 9; at++) {
    if (value < MOST_EXPONENT) value = value * 10 + bytes[at] - ZERO;
  }
  scan.value = sign === MINUS ? -value : value;
  scan.end = at === first ? 0 : at;
}

// Reads a word behind the sign, if there is one.
function scanWord(bytes: Uint8Array, start: number, first: number, end: number, negative: boolean): void {
  const index = WORDS.findIndex((word) => startsWith(bytes, first, end, word));
  scan.end = index < 0 ? start : first + WORDS[index].length;
  scan.value = index < 0 || index >= INFINITE ? NaN : negative ? -Infinity : Infinity;
}

function startsWith(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start < word.length) return false;
  for (let index = 0; index < word.length; index++) {
    if ((bytes[start + index] | LOWER_BIT) !== word[index]) return false;
  }
  return true;
}

// The engine's own reading of an unsigned number whose form has been checked.
function engineValue(bytes: Uint8Array, start: number, end: number, decimalMark: number): number {
  let text = "";
  for (let at = start; at < end; at++) {
    text += bytes[at] === decimalMark ? "." : String.fromCharCode(bytes[at]);
  }
  return Number(text);
}
