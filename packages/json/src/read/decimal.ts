// Numbers without loss: the decimal that a source text says, exactly, whatever doubles can hold.

import { JsonError } from "../errors.ts";

/** An exact decimal: `digits` times ten to the power of `exponent`, with a sign. */
export interface JsonDecimal {
  /** True for a minus sign, also in front of zero. */
  readonly negative: boolean;
  /** The significant digits, without zeros at either end; `"0"` for zero. */
  readonly digits: string;
  /** The power of ten of the last digit; 0 for zero. */
  readonly exponent: number;
}

// Beyond this many digits a bigint is an attack rather than a number: 1e999999999 would fill the memory.
const MOST_BIGINT_DIGITS = 100_000;

const PARTS = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
const HEXADECIMAL = /^([+-]?)(0[xX][0-9a-fA-F]+)$/;

/** The decimal of a number's source text; undefined for what is none, such as `NaN` and `Infinity`. */
export function decimalOf(source: string): JsonDecimal | undefined {
  const hexadecimal = HEXADECIMAL.exec(source);
  const text = hexadecimal === null ? source : hexadecimal[1] + BigInt(hexadecimal[2]).toString();
  const parts = PARTS.exec(text);
  if (parts === null) return undefined;
  const [, sign, whole, fraction, power = "0"] = parts;
  if (whole === "" && fraction === "") return undefined;
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  const negative = sign === "-";
  if (digits === "") return { negative, digits: "0", exponent: 0 };
  return { negative, digits, exponent: Number(power) - fraction.length + (all.length - digits.length) };
}

/** The integer of a number's source text, exactly; undefined where it has a fraction or is none. */
export function bigintOf(source: string): bigint | undefined {
  const decimal = decimalOf(source);
  if (decimal === undefined || decimal.exponent < 0) return undefined;
  const { digits, exponent, negative } = decimal;
  if (digits.length + exponent > MOST_BIGINT_DIGITS) {
    const message = `a bigint of ${digits.length + exponent} digits is refused; the most is ${MOST_BIGINT_DIGITS}, so read the decimal`;
    throw new JsonError("LIMIT_EXCEEDED", message);
  }
  const value = BigInt(digits) * 10n ** BigInt(exponent);
  return negative ? -value : value;
}

/** Whether the double nearest to a number's source text, written out again, says the same number. */
export function survivesDouble(source: string): boolean {
  const decimal = decimalOf(source);
  const value = Number(source.replace(/^\+/, ""));
  if (decimal === undefined || !Number.isFinite(value)) return false;
  const back = decimalOf(String(Math.abs(value)));
  return back !== undefined && back.digits === decimal.digits && back.exponent === decimal.exponent;
}
