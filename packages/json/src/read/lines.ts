// From an offset to line and column.

import type { JsonPlace } from "../errors.ts";

/** The place of the byte at `offset`. Lines end with line feed, carriage return, or both. Counts from the start. */
export function placeOf(text: Uint8Array, offset: number): JsonPlace {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < offset; at++) {
    const byte = text[at];
    if (byte !== 0x0a && (byte !== 0x0d || text[at + 1] === 0x0a)) continue;
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1, offset };
}
