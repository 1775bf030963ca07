// Decimal numbers in bytes, read from left to right without making a string.
//
// Rounding is exact. Up to 15 significant digits and powers of ten up to 22 are both doubles without an error, so one
// multiplication or division rounds once (W. D. Clinger, "How to read floating point numbers accurately", 1990).
// Everything else, a few numbers in a million, is handed to the engine's own `Number`, which rounds correctly too.

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
  scan.value = NaN;
  scan.end = start;
  const sign = start < end ? bytes[start] : 0;
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  let at = first;
  let mantissa = 0;
  let significant = 0;
  let digits = 0;
  let power = 0;
  let digit = 0;
  for (; at < end && (digit = bytes[at] - ZERO) >= 0 && digit <= 9; at++) {
    mantissa = mantissa * 10 + digit;
    if (mantissa !== 0) significant++;
    digits++;
  }
  if (at < end && bytes[at] === decimalMark) {
    const whole = digits;
    for (at++; at < end && (digit = bytes[at] - ZERO) >= 0 && digit <= 9; at++) {
      mantissa = mantissa * 10 + digit;
      if (mantissa !== 0) significant++;
      digits++;
    }
    power = whole - digits;
  }
  if (digits === 0) {
    scanWord(bytes, first, end, sign === MINUS);
    return;
  }
  if (at < end && (bytes[at] | LOWER_BIT) === LOWER_E) {
    scanExponent(bytes, at + 1, end);
    if (scan.end > at) {
      power += scan.value;
      at = scan.end;
    }
  }
  scan.end = at;
  if (significant > MOST_EXACT_DIGITS || power > MOST_EXACT_POWER || power < -MOST_EXACT_POWER) {
    scan.value = mantissa === 0 ? mantissa : slowValue(bytes, first, at, decimalMark);
  } else scan.value = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
  if (sign === MINUS) scan.value = -scan.value;
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

function scanWord(bytes: Uint8Array, start: number, end: number, negative: boolean): void {
  const index = WORDS.findIndex((word) => startsWith(bytes, start, end, word));
  if (index < 0) return;
  scan.end = start + WORDS[index].length;
  if (index < INFINITE) scan.value = negative ? -Infinity : Infinity;
}

function startsWith(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start < word.length) return false;
  for (let index = 0; index < word.length; index++) {
    if ((bytes[start + index] | LOWER_BIT) !== word[index]) return false;
  }
  return true;
}

// The engine's own reading of an unsigned number whose form has been checked.
function slowValue(bytes: Uint8Array, start: number, end: number, decimalMark: number): number {
  let text = "";
  for (let at = start; at < end; at++) {
    text += bytes[at] === decimalMark ? "." : String.fromCharCode(bytes[at]);
  }
  return Number(text);
}
