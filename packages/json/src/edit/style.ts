// How a text is laid out, so that what is put into it looks like the rest.

import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { kindOf, parentOf } from "../read/walk.ts";

/** The habits of a text. */
export interface TextStyle {
  /** What one level adds to the indentation; empty for texts in one line. */
  readonly unit: string;
  /** Line feed, or carriage return and line feed. */
  readonly newline: string;
  /** What stands behind commas and colons in a line: a space or nothing. */
  readonly gap: string;
}

// So many nodes are looked at, to find out.
const LOOKED_AT = 2000;

/** The style of the text on a tape. */
export function styleOf(tape: Tape): TextStyle {
  const { starts, ends, count } = tape;
  let unit: string | undefined;
  let gap: string | undefined;
  const most = Math.min(count, LOOKED_AT);
  for (let node = 1; node < most && (unit === undefined || gap === undefined); node++) {
    const parent = parentOf(tape, node);
    if (node === parent + 1 && unit === undefined && startsLine(tape, starts[node], starts[parent])) {
      const inner = lineIndent(tape, starts[node]);
      const outer = lineIndent(tape, starts[parent]);
      if (inner.length > outer.length && inner.startsWith(outer)) unit = inner.slice(outer.length);
    }
    if (gap === undefined && kindOf(tape, node) === Kind.KEY) {
      gap = isSpace(tape.bytes[starts[node + 1] - 1]) && starts[node + 1] > ends[node] ? " " : "";
    }
  }
  return { unit: unit ?? "", newline: newlineOf(tape), gap: gap ?? arrayGap(tape, unit) };
}

// Without any key, the first comma tells.
function arrayGap({ bytes, ends, nexts, count }: Tape, unit: string | undefined): string {
  if (count < 3 || nexts[1] >= count) return unit === undefined ? "" : " ";
  return bytes[ends[1]] === 0x2c && !isSpace(bytes[ends[1] + 1]) ? "" : " ";
}

function newlineOf({ bytes, textBytes }: Tape): string {
  const at = bytes.indexOf(0x0a);
  return at > 0 && at < textBytes && bytes[at - 1] === 0x0d ? "\r\n" : "\n";
}

/** Whether there is a line end between `from` and the token at `start`, with only spaces behind it. */
export function startsLine({ bytes }: Tape, start: number, from: number): boolean {
  let at = start;
  while (at > from && (bytes[at - 1] === 0x20 || bytes[at - 1] === 0x09)) at--;
  return at > from && (bytes[at - 1] === 0x0a || bytes[at - 1] === 0x0d);
}

// Further back the start of a line is not looked for: a text in one line would be gone through for each change.
const LONGEST_LINE = 2000;

/** The spaces and tabs at the start of the line that `offset` is in; none for lines of more than 2,000 bytes. */
export function lineIndent({ bytes }: Tape, offset: number): string {
  let start = offset;
  const least = Math.max(0, offset - LONGEST_LINE);
  while (start > least && bytes[start - 1] !== 0x0a && bytes[start - 1] !== 0x0d) start--;
  if (start === least && least > 0) return "";
  let indent = "";
  for (; start < offset && (bytes[start] === 0x20 || bytes[start] === 0x09); start++) {
    indent += String.fromCharCode(bytes[start]);
  }
  return indent;
}

/** Whether a byte is whitespace. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
