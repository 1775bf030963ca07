// Where in a text a byte is, for error messages: counted when something went wrong, and never before.
import type { TextPlace } from "./errors.ts";

const LF = 0x0a;

/** The place of the byte at `offset`, where the text starts at `origin`; lines end with LF. */
export function placeOf(bytes: Uint8Array, origin: number, offset: number): TextPlace {
  let line = 1;
  let lineStart = origin;
  for (let at = bytes.indexOf(LF, origin); at >= 0 && at < offset; at = bytes.indexOf(LF, at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1, offset: offset - origin };
}
