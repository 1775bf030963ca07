// The first and the last lines of a text. Lines end with LF or CR LF; behind the last line end there is no line.
import { checkText, unlike } from "../check.ts";
import { ownedPart } from "../owned.ts";

/** What `headAndTail()` gives. */
export interface HeadAndTail {
  /** The lines that are left, with LF between them. */
  readonly text: string;
  /** How many lines were left out. */
  readonly omitted: number;
}

/**
 * The first lines of a text, with LF between them and none behind. A text that has no more lines than that is
 * returned as it is.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { head } from "@millpond/text";
 *
 * assert.equal(head("a\nb\r\nc\n", 2), "a\nb");
 * assert.equal(head("a\nb\n", 2), "a\nb\n");
 * ```
 */
export function head(text: string, count: number): string {
  return headAndTail(text, count, 0).text;
}

/**
 * The last lines of a text, with LF between them and none behind. A text that has no more lines than that is
 * returned as it is.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { tail } from "@millpond/text";
 *
 * assert.equal(tail("a\nb\r\nc\n", 2), "b\nc");
 * ```
 */
export function tail(text: string, count: number): string {
  return headAndTail(text, 0, count).text;
}

/**
 * The first and the last lines of a text, and how many there are between them.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { headAndTail } from "@millpond/text";
 *
 * assert.deepEqual(headAndTail("a\nb\nc\nd", 1, 2), { text: "a\nc\nd", omitted: 1 });
 * assert.deepEqual(headAndTail("a\nb\n", 1, Infinity), { text: "a\nb\n", omitted: 0 });
 * ```
 */
export function headAndTail(text: string, headCount: number, tailCount: number): HeadAndTail {
  checkText(text);
  checkCount(headCount);
  checkCount(tailCount);
  const total = countLines(text);
  if (total <= headCount + tailCount) return { text, omitted: 0 };
  // The tail starts behind as many lines as are not in it, and ends before the last line end.
  const headEnd = startOfLine(text, headCount);
  const tailStart = tailCount === 0 ? text.length : startOfLine(text, total - tailCount, headEnd, headCount);
  const first = ownedPart(text, 0, headEnd);
  const last = ownedPart(text, tailStart, text.length);
  return { text: withLf(first + last), omitted: total - headCount - tailCount };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return text === "" || text.endsWith("\n") ? count : count + 1;
}

// Where a line starts, counted from the line `known`, which starts at `from`.
function startOfLine(text: string, line: number, from = 0, known = 0): number {
  let at = from;
  for (let i = known; i < line; i++) at = text.indexOf("\n", at) + 1;
  return at;
}

function withLf(lines: string): string {
  return lines.replaceAll("\r\n", "\n").replace(/\n$/, "");
}

function checkCount(count: number): void {
  if (count === Infinity || (Number.isInteger(count) && count >= 0)) return;
  throw unlike("a number of lines, 0 or more", count);
}
