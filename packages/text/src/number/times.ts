// Truth values and moments from bytes.

import { checkRange, lengthOf } from "../check.ts";

const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;
const BLANK = 0x20;
const UPPER_T = 0x54;
const UPPER_Z = 0x5a;
const LOWER_BIT = 0x20;
const MINUTE_MS = 60_000;

const TRUE = ["true", "t", "yes", "y", "1"];
const FALSE = ["false", "f", "no", "n", "0"];
// Every spelling in lower case, longest first does not matter: lengths are compared.
const SPELLINGS: readonly (readonly [Uint8Array, boolean])[] = [...TRUE, ...FALSE].map((word) => [
  Uint8Array.from(word, (letter) => letter.charCodeAt(0)),
  TRUE.includes(word),
]);

/**
 * The truth value that the bytes from `start` to `end` spell: `true`, `t`, `yes`, `y`, `1` and their opposites, in any
 * case; undefined for anything else.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { booleanFrom } from "@millpond/text";
 *
 * const bytes = new TextEncoder().encode("Yes,0,maybe");
 * assert.equal(booleanFrom(bytes, 0, 3), true);
 * assert.equal(booleanFrom(bytes, 4, 5), false);
 * assert.equal(booleanFrom(bytes, 6), undefined);
 * ```
 */
export function booleanFrom(
  bytes: Uint8Array,
  start = 0,
  end: number = lengthOf(bytes),
): boolean | undefined {
  checkRange(bytes, start, end);
  for (const [word, value] of SPELLINGS) {
    if (word.length === end - start && sameLetters(bytes, start, word)) return value;
  }
  return undefined;
}

function sameLetters(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index++) {
    if ((bytes[start + index] | LOWER_BIT) !== word[index]) return false;
  }
  return true;
}

/**
 * The moment that the bytes from `start` to `end` spell, in milliseconds since 1970, as `Date.getTime()` counts; NaN for
 * anything that is not ISO 8601: `2024-02-29`, then perhaps `T` or a blank and `23:59`, `:30`, `.5`, and `Z` or
 * `+01:00`. What names no zone is read as UTC, so that the same file means the same everywhere.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeFrom } from "@millpond/text";
 *
 * const bytes = new TextEncoder().encode("2024-02-29 12:30:00.250+01:00");
 * assert.equal(timeFrom(bytes), Date.UTC(2024, 1, 29, 11, 30, 0, 250));
 * assert.equal(timeFrom(bytes, 0, 10), Date.UTC(2024, 1, 29));
 * assert.equal(timeFrom(bytes, 0, 9), NaN);
 * ```
 */
export function timeFrom(bytes: Uint8Array, start = 0, end: number = lengthOf(bytes)): number {
  checkRange(bytes, start, end);
  if (end - start < 10 || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return NaN;
  const year = 100 * pair(bytes, start) + pair(bytes, start + 2);
  const day = dayOf(year, pair(bytes, start + 5), pair(bytes, start + 8));
  if (end - start === 10) return day;
  const mark = bytes[start + 10];
  if (mark !== BLANK && (mark & ~LOWER_BIT) !== UPPER_T) return NaN;
  return day + clockOf(bytes, start + 11, end);
}

// Midnight of a day of the calendar; NaN for days that are not in it, such as 30 February.
function dayOf(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return NaN;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; 400 years are a whole number of weeks and leap cycles.
  const cycleMs = 146_097 * 86_400_000;
  return year >= 100 ? Date.UTC(year, month - 1, day) : Date.UTC(year + 400, month - 1, day) - cycleMs;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

// Milliseconds since midnight UTC of "hh:mm", "hh:mm:ss" or "hh:mm:ss.fff" with a zone behind it or none.
function clockOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 5 || bytes[start + 2] !== COLON) return NaN;
  const hours = pair(bytes, start);
  const minutes = pair(bytes, start + 3);
  let at = start + 5;
  let seconds = 0;
  let fraction = 0;
  if (at < end && bytes[at] === COLON) {
    if (end - at < 3) return NaN;
    seconds = pair(bytes, at + 1);
    at += 3;
    const fractionEnd = at < end && bytes[at] === POINT ? digitsEnd(bytes, at + 1, end) : at;
    fraction = millisecondsOf(bytes, at + 1, fractionEnd);
    at = fractionEnd;
  }
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return NaN;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction - zoneOf(bytes, at, end);
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] >= ZERO && bytes[at] <= ZERO + 9) at++;
  return at;
}

// The first three digits of a fraction of a second; a Date knows no more. NaN for a point without a digit.
function millisecondsOf(bytes: Uint8Array, start: number, end: number): number {
  if (end < start) return 0;
  if (end === start) return NaN;
  let value = 0;
  for (let place = 0; place < 3; place++) {
    value = value * 10 + (start + place < end ? bytes[start + place] - ZERO : 0);
  }
  return value;
}

// How far the zone at the end of a time is ahead of UTC, in milliseconds: "", "Z", "+01:00", "+0100", "+01".
function zoneOf(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  const sign = bytes[start];
  if (sign !== PLUS && sign !== MINUS) {
    return end - start === 1 && (sign & ~LOWER_BIT) === UPPER_Z ? 0 : NaN;
  }
  const length = end - start;
  const colon = length === 6 && bytes[start + 3] === COLON;
  if (!colon && length !== 5 && length !== 3) return NaN;
  const hours = pair(bytes, start + 1);
  const minutes = length === 3 ? 0 : pair(bytes, colon ? start + 4 : start + 3);
  if (!(hours < 24 && minutes < 60)) return NaN;
  return (sign === PLUS ? 1 : -1) * (hours * 60 + minutes) * MINUTE_MS;
}

// The number of two digits; NaN where there are not two.
function pair(bytes: Uint8Array, at: number): number {
  const high = bytes[at] - ZERO;
  const low = bytes[at + 1] - ZERO;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : NaN;
}
