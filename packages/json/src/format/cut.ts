// Where a text that comes in pieces can be cut for formatting: behind a child or an opening bracket, so that what lies
// between two tokens is never torn apart, and outside of every container that may fit on a line.
//
// This knows little grammar: it follows strings and comments and counts brackets. What is cut off is parsed afterwards,
// and that is where faults are found.

import type { Vec } from "@millpond/core";

import { commentEnd, spaceEnd } from "../parse/loose-tokens.ts";

/** A place to cut at, and what the brackets in front of it do to the containers around. */
export interface Cut {
  /** The offset; 0 where there is no such place. */
  at: number;
  /** How many containers that were open at the start of the text are closed. */
  closed: number;
  /** How many containers of the text are open: so many of the list of opening brackets. */
  opened: number;
  /** How many more containers than at the start are inside each other at most. */
  depth: number;
}

const COMMA = 0x2c;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const SPACE = 0x20;

// Objects and arrays differ in one bit: `[` is 5B and `{` is 7B, `]` is 5D and `}` is 7D.
const OPENER = 0x7b;
const CLOSER = 0x7d;
const CASE = 0x20;

/**
 * Finds the last place to cut at in `text`. `opens` becomes the offsets of brackets that are open at the end. A container
 * that is open there does not fit on a line if it starts in front of `sure`; others must not be cut.
 */
export function findCut(
  text: Uint8Array,
  sure: number,
  json5: boolean,
  opens: Vec<Uint32Array>,
  cut: Cut,
): void {
  opens.clear();
  cut.at = cut.closed = cut.opened = cut.depth = 0;
  let innermost = -1;
  let tokenEnd = 0;
  for (let at = 0; at < text.length;) {
    const byte = text[at];
    if (byte === DOUBLE || (byte === SINGLE && json5)) {
      at = tokenEnd = stringEnd(text, at);
      continue;
    }
    if (byte <= SPACE || (json5 && byte >= 0x80 && spaceEnd(text, at, true) > at)) {
      at = byte <= SPACE ? at + 1 : spaceEnd(text, at, true);
      continue;
    }
    if (byte === SLASH && at + 1 < text.length) {
      const end = commentEnd(text, at, text.length);
      at = end === 0 ? at + 1 : end;
      if (end === 0) tokenEnd = at;
      continue;
    }
    at++;
    if (byte !== COMMA) tokenEnd = at;
    if ((byte | CASE) === OPENER) {
      opens.push((innermost = at - 1));
      cut.depth = Math.max(cut.depth, opens.length - cut.closed);
    } else if ((byte | CASE) === CLOSER) {
      if (opens.pop() === undefined) cut.closed++;
      innermost = opens.length === 0 ? -1 : opens.get(opens.length - 1);
    } else if (byte !== COMMA) continue;
    if (innermost >= sure || tokenEnd === 0) continue;
    cut.at = tokenEnd;
    cut.opened = opens.length;
  }
}

// The offset behind the string at `start`, or the end of the text when it goes on there.
function stringEnd(text: Uint8Array, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === BACKSLASH) at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}
