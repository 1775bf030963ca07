// Numbers compared as the decimals that were written, not as the doubles next to them.

import { decimalOf, type JsonDecimal } from "../read/decimal.ts";

// Two numbers of so few characters that have the same double are the same number.
const CERTAIN_LENGTH = 16;

/**
 * Less than, equal to or greater than zero, as `left` is to `right`; NaN where one of them is no number. The doubles have
 * to be those of the source texts: they decide, unless they are equal and a source text is long.
 */
export function compareNumbers(left: number, leftText: string, right: number, rightText: string): number {
  if (left !== right) return left < right ? -1 : left > right ? 1 : Number.NaN;
  if (leftText.length < CERTAIN_LENGTH && rightText.length < CERTAIN_LENGTH && Number.isFinite(left)) {
    // A short text can still be too small for a double.
    if (left !== 0) return 0;
  }
  const leftDecimal = decimalOf(leftText);
  const rightDecimal = decimalOf(rightText);
  if (leftDecimal === undefined || rightDecimal === undefined) return 0;
  return compareDecimals(leftDecimal, rightDecimal);
}

function compareDecimals(left: JsonDecimal, right: JsonDecimal): number {
  const leftSign = signOf(left);
  const rightSign = signOf(right);
  if (leftSign !== rightSign) return leftSign - rightSign;
  return leftSign === 0 ? 0 : leftSign * compareSizes(left, right);
}

function signOf({ digits, negative }: JsonDecimal): number {
  if (digits === "0") return 0;
  return negative ? -1 : 1;
}

// Neither is zero.
function compareSizes(left: JsonDecimal, right: JsonDecimal): number {
  const power = left.digits.length + left.exponent - (right.digits.length + right.exponent);
  if (power !== 0) return Math.sign(power);
  // The same power of ten leads both, so digits compare as text.
  if (left.digits === right.digits) return 0;
  return left.digits < right.digits ? -1 : 1;
}
