// From offsets to lines and columns, in one pass over the text.

import type { JsonPlace } from "../errors.ts";

/** The places of ascending offsets. Lines end with line feed, carriage return, or both. */
export function placesOf(text: Uint8Array, offsets: readonly number[]): JsonPlace[] {
  let line = 1;
  let lineStart = 0;
  let at = 0;
  return offsets.map((offset) => {
    for (; at < offset; at++) {
      if (!endsLine(text, at)) continue;
      line++;
      lineStart = at + 1;
    }
    return { line, column: offset - lineStart + 1, offset };
  });
}

/** The place in a whole text of a place in a part of it that begins at `origin`. */
export function placeBehind(origin: JsonPlace, { line, column, offset }: JsonPlace): JsonPlace {
  return {
    line: origin.line + line - 1,
    column: line === 1 ? origin.column + column - 1 : column,
    offset: origin.offset + offset,
  };
}

/** Whether the byte at `at` is the last one of its line. */
export function endsLine(text: Uint8Array, at: number): boolean {
  const byte = text[at];
  return byte === 0x0a || (byte === 0x0d && text[at + 1] !== 0x0a);
}
