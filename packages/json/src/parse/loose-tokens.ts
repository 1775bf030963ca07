// Ends of tokens as they are found in texts that may be wrong, and in JSON5. None of these says whether a token is right:
// that is judged afterwards, in loose-grammar.ts. All stop at the zeros behind the text.

import { ENDS_RUN } from "./characters.ts";

const SPACE_BYTES: Uint8Array = flags(" \t\n\r");
// What ends a word or a number, besides spaces and the end.
const DELIMITERS: Uint8Array = flags("{}[],:\"'/");

function flags(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let place = 0; place < characters.length; place++) table[characters.charCodeAt(place)] = 1;
  return table;
}

/** The offset behind the whitespace at `start`. JSON5 has more of it than JSON. */
export function spaceEnd(text: Uint8Array, start: number, json5: boolean): number {
  let at = start;
  for (;;) {
    if (SPACE_BYTES[text[at]] === 1) at++;
    else if (!json5) return at;
    else {
      const length = wideSpace(text, at);
      if (length === 0) return at;
      at += length;
    }
  }
}

// The bytes of a space that only JSON5 knows: vertical tab, form feed, no-break space, byte order mark, line and
// paragraph separators, and whatever else Unicode calls a space separator.
function wideSpace(text: Uint8Array, at: number): number {
  const byte = text[at];
  if (byte === 0x0b || byte === 0x0c) return 1;
  if (byte === 0xc2) return text[at + 1] === 0xa0 ? 2 : 0;
  if (byte < 0xe1 || byte > 0xef) return 0;
  const code = ((byte & 0x0f) << 12) | ((text[at + 1] & 0x3f) << 6) | (text[at + 2] & 0x3f);
  const known = code === 0xfeff || code === 0x1680 || (code >= 0x2000 && code <= 0x200a);
  return known || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000
    ? 3
    : 0;
}

/** The offset behind the comment at `start`; 0 when none starts there. An open block comment ends at `textBytes`. */
export function commentEnd(text: Uint8Array, start: number, textBytes: number): number {
  if (text[start] !== 0x2f) return 0;
  let at = start + 2;
  if (text[start + 1] === 0x2f) {
    while (at < textBytes && text[at] !== 0x0a && text[at] !== 0x0d && !isSeparator(text, at)) at++;
    return at;
  }
  if (text[start + 1] !== 0x2a) return 0;
  while (at < textBytes && !(text[at] === 0x2a && text[at + 1] === 0x2f)) at++;
  return Math.min(at + 2, textBytes);
}

/** Whether a block comment from `start` to `end` has its closing mark. */
export function commentCloses(text: Uint8Array, start: number, end: number): boolean {
  return text[start + 1] === 0x2f || (end - start >= 4 && text[end - 2] === 0x2a && text[end - 1] === 0x2f);
}

/** Whether U+2028 or U+2029 stands at `at`. */
export function isSeparator(text: Uint8Array, at: number): boolean {
  return text[at] === 0xe2 && text[at + 1] === 0x80 && (text[at + 2] | 1) === 0xa9;
}

/** The offset behind the run of bytes that are neither spaces nor delimiters. */
export function looseWordEnd(text: Uint8Array, start: number, json5: boolean): number {
  let at = start;
  while (DELIMITERS[text[at]] === 0 && text[at] > 0x20) {
    if (json5 && text[at] >= 0x80 && wideSpace(text, at) > 0) break;
    at++;
  }
  return at;
}

/**
 * The offset behind the string at `start`, its quote included. Without a closing quote, the string ends with its line,
 * where the text looks as if it went on as usual.
 */
export function looseStringEnd(text: Uint8Array, start: number, textBytes: number): number {
  const quote = text[start];
  let at = start + 1;
  while (at < textBytes) {
    const byte = text[at];
    if (byte === quote) return at + 1;
    if (byte === 0x5c) {
      at += text[at + 1] === 0x0d && text[at + 2] === 0x0a ? 3 : 2;
      continue;
    }
    if (ENDS_RUN[byte] === 1 && (byte === 0x0a || byte === 0x0d)) return at;
    at++;
  }
  return textBytes;
}

/** Whether the string from `start` to `end` has its closing quote. */
export function stringCloses(text: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2 || text[end - 1] !== text[start]) return false;
  // A quote that is escaped closes nothing: count the backslashes in front of it.
  let backslashes = 0;
  while (text[end - 2 - backslashes] === 0x5c && end - 2 - backslashes > start) backslashes++;
  return backslashes % 2 === 0;
}
