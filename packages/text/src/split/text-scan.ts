// The shortest way for the commonest case: a short string, split at one byte of ASCII. Nothing is encoded: `indexOf` looks
// for one unit many at a time, which takes some 10 ns for a piece, and spans count units at first. They become bytes when
// somebody asks where a piece is, which for ASCII is the same.
//
// Longer strings are encoded, which the platform does many bytes at a time, and split as bytes.
import { utf8Length } from "@millpond/core";

/** Strings of more units are encoded. */
export const MOST_DIRECT_UNITS = 512;

/** The table is too small. */
export const NO_ROOM = -1;

/** Writes spans from `words[base]` on, up to `limit`; returns the word behind the last, or `NO_ROOM`. */
export function scanText(
  text: string,
  delimiter: string,
  keepEmpty: boolean,
  words: Uint32Array,
  base: number,
  limit: number,
): number {
  let top = base;
  let start = 0;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, start)) {
    if (at > start || keepEmpty) {
      if (top + 2 > limit) return NO_ROOM;
      words[top] = start;
      words[top + 1] = at;
      top += 2;
    }
    start = at + 1;
  }
  if (text.length > start || keepEmpty) {
    if (top + 2 > limit) return NO_ROOM;
    words[top] = start;
    words[top + 1] = text.length;
    top += 2;
  }
  return top;
}

/** Turns spans of units into spans of bytes; spans are in the order of the text and do not overlap. */
export function unitsToBytes(text: string, words: Uint32Array, base: number, limit: number): void {
  let unit = 0;
  let byte = 0;
  for (let at = base; at < limit; at++) {
    byte += utf8Length(text.slice(unit, words[at]));
    unit = words[at];
    words[at] = byte;
  }
}
