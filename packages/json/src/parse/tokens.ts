// Ends of single tokens of strict JSON. The text is followed by zeros, which end every loop here: a zero is no digit and
// no part of a string.

import { DIGIT, ENDS_RUN, ESCAPE, HEX } from "./characters.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;

/** The offset behind the string that starts at `start`, or 0 when it is none. */
export function stringEnd(text: Uint8Array, start: number): number {
  let at = start + 1;
  for (;;) {
    while (ENDS_RUN[text[at]] === 0) at++;
    const byte = text[at];
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return 0;
    at = escapeEnd(text, at);
    if (at === 0) return 0;
  }
}

// The offset behind the escape whose backslash stands at `at`, or 0 when it is none.
function escapeEnd(text: Uint8Array, at: number): number {
  const length = ESCAPE[text[at + 1]];
  if (length === 1) return at + 2;
  if (length === 0) return 0;
  for (let digit = at + 2; digit < at + 6; digit++) if (HEX[text[digit]] === 0) return 0;
  return at + 6;
}

/** The offset behind the number that starts at `start`, or 0 when it is none. */
export function numberEnd(text: Uint8Array, start: number): number {
  let at = text[start] === MINUS ? start + 1 : start;
  if (DIGIT[text[at]] === 0) return 0;
  if (text[at] === ZERO) at++;
  else at = digitsEnd(text, at);
  if (text[at] === DOT) {
    if (DIGIT[text[at + 1]] === 0) return 0;
    at = digitsEnd(text, at + 1);
  }
  return (text[at] | 0x20) === 0x65 ? exponentEnd(text, at) : at;
}

function exponentEnd(text: Uint8Array, letter: number): number {
  const sign = text[letter + 1];
  const at = sign === MINUS || sign === PLUS ? letter + 2 : letter + 1;
  return DIGIT[text[at]] === 0 ? 0 : digitsEnd(text, at);
}

function digitsEnd(text: Uint8Array, start: number): number {
  let at = start;
  while (DIGIT[text[at]] !== 0) at++;
  return at;
}

/** The offset behind `true`, `false` or `null` at `start`, or 0 when none of them stands there. */
export function wordEnd(text: Uint8Array, start: number): number {
  const first = text[start];
  if (first === 0x74) return follows(text, start, 0x72, 0x75, 0x65) ? start + 4 : 0;
  if (first === 0x6e) return follows(text, start, 0x75, 0x6c, 0x6c) ? start + 4 : 0;
  return follows(text, start, 0x61, 0x6c, 0x73) && text[start + 4] === 0x65 ? start + 5 : 0;
}

function follows(text: Uint8Array, at: number, first: number, second: number, third: number): boolean {
  return text[at + 1] === first && text[at + 2] === second && text[at + 3] === third;
}
