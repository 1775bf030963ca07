// Strings with other quotes. Only quotes and the backslashes in front of them change.

import type { ByteWriter } from "../output/byte-writer.ts";

const BACKSLASH = 0x5c;
const DOUBLE = 0x22;
const SINGLE = 0x27;

/** Whether a string or key from `start` has to be written anew to have this quote. */
export function needsQuoting(bytes: Uint8Array, start: number, quote: number): boolean {
  return quote !== 0 && bytes[start] !== quote;
}

/** Writes the string or bare key from `start` to `end` between other quotes than it has. */
export function writeQuoted(
  out: ByteWriter,
  bytes: Uint8Array,
  start: number,
  end: number,
  quote: number,
): void {
  const old = bytes[start];
  const quoted = old === DOUBLE || old === SINGLE;
  const to = quoted ? end - 1 : end;
  out.byte(quote);
  for (let at = quoted ? start + 1 : start; at < to; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH && bytes[at + 1] === old && quoted) out.byte(bytes[++at]);
    else if (byte === BACKSLASH) {
      out.byte(byte);
      out.byte(bytes[++at]);
    } else {
      if (byte === quote) out.byte(BACKSLASH);
      out.byte(byte);
    }
  }
  out.byte(quote);
}

/** How many columns, one for each code point, the string or key from `start` to `end` takes with this quote. */
export function quotedWidth(bytes: Uint8Array, start: number, end: number, quote: number): number {
  const width = textWidth(bytes, start, end);
  if (!needsQuoting(bytes, start, quote)) return width;
  const old = bytes[start];
  const quoted = old === DOUBLE || old === SINGLE;
  let change = quoted ? 0 : 2;
  for (let at = quoted ? start + 1 : start; at < (quoted ? end - 1 : end); at++) {
    if (bytes[at] === BACKSLASH) {
      if (bytes[++at] === old && quoted) change--;
    } else if (bytes[at] === quote) change++;
  }
  return width + change;
}

/** How many code points a part of the text has. */
export function textWidth(bytes: Uint8Array, from: number, to: number): number {
  let width = 0;
  for (let at = from; at < to; at++) if ((bytes[at] & 0xc0) !== 0x80) width++;
  return width;
}
