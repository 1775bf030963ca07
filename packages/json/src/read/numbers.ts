// From the source text of a number to its value.

import type { Tape } from "../tape/tape.ts";
import { sourceText } from "./text.ts";

// Powers of ten that a double holds exactly.
const POWERS: Float64Array = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
// With so many digits, every integer is exact in a double.
const EXACT_DIGITS = 15;

/** The double nearest to the number from `start` to `end`, as `JSON.parse` gives it. */
export function toDouble(tape: Tape, start: number, end: number): number {
  const { bytes } = tape;
  const negative = bytes[start] === 0x2d;
  let at = negative ? start + 1 : start;
  if (end - at > EXACT_DIGITS + 1) return slowDouble(tape, start, end);
  let value = 0;
  let digits = 0;
  let places = -1;
  for (; at < end; at++) {
    const byte = bytes[at];
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + (byte - 0x30);
      digits++;
      if (places >= 0) places++;
    } else if (byte === 0x2e && places < 0) places = 0;
    else return slowDouble(tape, start, end);
  }
  if (digits > EXACT_DIGITS || digits === 0) return slowDouble(tape, start, end);
  // Both are exact, so the one division rounds correctly.
  if (places > 0) value /= POWERS[places];
  return negative ? -value : value;
}

// The engine's own conversion, which rounds correctly. JSON5 has signs in front of what Number() knows unsigned only.
function slowDouble(tape: Tape, start: number, end: number): number {
  const text = sourceText(tape, start, end);
  const sign = text[0] === "-" ? -1 : 1;
  const unsigned = text[0] === "-" || text[0] === "+" ? text.slice(1) : text;
  return sign * Number(unsigned);
}
