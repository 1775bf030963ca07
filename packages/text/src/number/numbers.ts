// Numbers from bytes: the functions that users call.

import { checkOptions, checkRange, lengthOf, type NamesOf, unlike } from "../check.ts";
import { scan, scanNumber } from "./digits.ts";

/** What {@link numberPrefix} found. */
export interface NumberPrefix {
  /** The number, NaN where the bytes do not start with one. */
  readonly value: number;
  /** The byte behind it; `start` where there is none. */
  readonly end: number;
}

/** Options of {@link numberFrom} and {@link numberPrefix}. */
export interface NumberOptions {
  /**
   * The character between whole and fraction, one of ASCII.
   *
   * @defaultValue "."
   */
  readonly decimalMark?: string;
}

const OPTIONS: NamesOf<NumberOptions> = { decimalMark: true };
const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;

/**
 * The number that the bytes from `start` to `end` spell, correctly rounded; NaN where they spell none. Nothing is
 * skipped, so blanks make it NaN.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { numberFrom } from "@millpond/text";
 *
 * const bytes = new TextEncoder().encode("12.5,-3e2,7,1");
 * assert.equal(numberFrom(bytes, 0, 4), 12.5);
 * assert.equal(numberFrom(bytes, 5, 9), -300);
 * assert.equal(numberFrom(bytes, 10, 13, { decimalMark: "," }), 7.1);
 * assert.equal(numberFrom(bytes), NaN);
 * ```
 */
export function numberFrom(
  bytes: Uint8Array,
  start = 0,
  end: number = lengthOf(bytes),
  options?: NumberOptions,
): number {
  checkRange(bytes, start, end);
  scanNumber(bytes, start, end, decimalMarkOf(options));
  return scan.end === end ? scan.value : NaN;
}

/**
 * The longest number at the beginning of the bytes from `start` to `end`, and where it ends.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { numberPrefix } from "@millpond/text";
 *
 * const bytes = new TextEncoder().encode("4.5kg");
 * assert.deepEqual(numberPrefix(bytes), { value: 4.5, end: 3 });
 * assert.deepEqual(numberPrefix(bytes, 3), { value: NaN, end: 3 });
 * ```
 */
export function numberPrefix(
  bytes: Uint8Array,
  start = 0,
  end: number = lengthOf(bytes),
  options?: NumberOptions,
): NumberPrefix {
  checkRange(bytes, start, end);
  scanNumber(bytes, start, end, decimalMarkOf(options));
  return { value: scan.value, end: scan.end };
}

/**
 * The integer that the bytes from `start` to `end` spell; NaN where they spell none, or one beyond
 * `Number.MAX_SAFE_INTEGER` on either side, which a number cannot hold exactly.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { integerFrom } from "@millpond/text";
 *
 * const bytes = new TextEncoder().encode("-42 9007199254740993");
 * assert.equal(integerFrom(bytes, 0, 3), -42);
 * assert.equal(integerFrom(bytes, 4, 20), NaN); // 2 ** 53 + 1: see bigintFrom
 * ```
 */
export function integerFrom(bytes: Uint8Array, start = 0, end: number = lengthOf(bytes)): number {
  checkRange(bytes, start, end);
  return scanInteger(bytes, start, end);
}

/** {@link integerFrom} for callers that have checked the range. @internal */
export function scanInteger(bytes: Uint8Array, start: number, end: number): number {
  const sign = start < end ? bytes[start] : 0;
  let at = sign === MINUS || sign === PLUS ? start + 1 : start;
  if (at === end) return NaN;
  let value = 0;
  for (; at < end; at++) {
    const digit = bytes[at] - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  // Rounding never makes a number smaller than one that it was larger than, so too large ones are found here.
  if (value > Number.MAX_SAFE_INTEGER) return NaN;
  return sign === MINUS && value !== 0 ? -value : value;
}

/**
 * The integer that the bytes from `start` to `end` spell, of any size; undefined where they spell none.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { bigintFrom } from "@millpond/text";
 *
 * assert.equal(bigintFrom(new TextEncoder().encode("-9007199254740993")), -9007199254740993n);
 * assert.equal(bigintFrom(new TextEncoder().encode("1.0")), undefined);
 * ```
 */
export function bigintFrom(bytes: Uint8Array, start = 0, end: number = lengthOf(bytes)): bigint | undefined {
  checkRange(bytes, start, end);
  const sign = start < end ? bytes[start] : 0;
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  if (first === end) return undefined;
  let digits = "";
  for (let at = first; at < end; at++) {
    if (!(bytes[at] >= ZERO && bytes[at] <= ZERO + 9)) return undefined;
    digits += String.fromCharCode(bytes[at]);
  }
  const value = BigInt(digits);
  return sign === MINUS ? -value : value;
}

function decimalMarkOf(options: NumberOptions | undefined): number {
  if (options === undefined) return POINT;
  checkOptions(options, OPTIONS);
  return options.decimalMark === undefined ? POINT : checkDecimalMark(options.decimalMark);
}

/** The byte of a decimal mark. Throws for what could not be told from the rest of a number. @internal */
export function checkDecimalMark(mark: string): number {
  const code = typeof mark === "string" && mark.length === 1 ? mark.charCodeAt(0) : 0x80;
  if (code < 0x80 && !/[0-9a-z+-]/i.test(mark)) return code;
  throw unlike("decimalMark to be one ASCII character that is no digit, letter or sign", mark);
}
