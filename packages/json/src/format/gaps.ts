// Comments between two tokens: which belong to what stands in front of them, and which to what follows.
//
//     [ // of the bracket            a line break behind it
//       1, // of 1                   on the line of 1, a line break behind it
//       /* of 2 */ 2 /* of 2 */,     in front of the comma
//       // of nothing, before the end
//     ]

import { endsLine } from "../read/lines.ts";
import { firstAtLeast } from "../tape/search.ts";
import type { Tape } from "../tape/tape.ts";
import { isSeparator } from "../parse/loose-tokens.ts";

/** The gap is behind an opening bracket. */
export const AFTER_OPENER = 0;
/** The gap is between two children and holds their comma. */
export const BETWEEN = 1;
/** The gap is in front of a closing bracket, or behind the root. */
export const BEFORE_CLOSER = 2;

const COMMA = 0x2c;

/** The number of the first comment that starts at `offset` or behind it. */
export function commentAt({ commentStarts, commentCount }: Tape, offset: number): number {
  return firstAtLeast(commentStarts, 0, commentCount, offset);
}

/** Whether a comment starts in a part of the text. */
export function hasComments(tape: Tape, from: number, to: number): boolean {
  const first = commentAt(tape, from);
  return first < tape.commentCount && tape.commentStarts[first] < to;
}

/** Whether there is a line break in a part of the text. */
export function hasBreak(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (bytes[at] === 0x0a || bytes[at] === 0x0d || isSeparator(bytes, at)) return true;
  }
  return false;
}

/** Whether there is a blank line in a part of the text: two line breaks or more. */
export function hasBlankLine(bytes: Uint8Array, from: number, to: number): boolean {
  let breaks = 0;
  for (let at = from; at < to; at++) {
    if (endsLine(bytes, at) || isSeparator(bytes, at)) breaks++;
  }
  return breaks > 1;
}

/** The number behind the last comment in the gap from `from` to `to` that belongs to what stands in front of the gap. */
export function trailingEnd(tape: Tape, from: number, to: number, gap: number): number {
  const { bytes, commentStarts, commentEnds } = tape;
  const first = commentAt(tape, from);
  const behind = commentAt(tape, to);
  let number = first;
  let at = from;
  for (; number < behind && !hasBreak(bytes, at, commentStarts[number]); number++) at = commentEnds[number];
  if (number < behind || gap === BEFORE_CLOSER || hasBreak(bytes, at, to)) return number;
  // All on one line: the comma decides.
  return gap === AFTER_OPENER ? first : firstBehindComma(tape, first, behind, from);
}

function firstBehindComma(tape: Tape, first: number, behind: number, from: number): number {
  const { bytes, commentStarts, commentEnds } = tape;
  let at = from;
  for (let number = first; number < behind; number++) {
    if (findComma(bytes, at, commentStarts[number]) >= 0) return number;
    at = commentEnds[number];
  }
  return behind;
}

/** The offset of the comma in a gap, outside of comments, or -1. */
export function commaIn(tape: Tape, from: number, to: number): number {
  const { bytes, commentStarts, commentEnds, commentCount } = tape;
  let at = from;
  for (let number = commentAt(tape, from); number < commentCount && commentStarts[number] < to; number++) {
    const comma = findComma(bytes, at, commentStarts[number]);
    if (comma >= 0) return comma;
    at = commentEnds[number];
  }
  return findComma(bytes, at, to);
}

function findComma(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (bytes[at] === COMMA) return at;
  return -1;
}
