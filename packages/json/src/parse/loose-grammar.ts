// What is wrong inside a token whose ends are known: strings, numbers, words and keys, of RFC 8259 and of JSON5.

import { hexValue } from "../read/text.ts";
import { ESCAPE } from "./characters.ts";
import type { FaultCode } from "./faults.ts";
import { isSeparator } from "./loose-tokens.ts";
import { numberEnd } from "./tokens.ts";

/** Told about each fault. */
export type Report = (code: FaultCode, start: number, end: number) => void;

/** Reports what is wrong with the content from `from` to `to`, quotes not included. Returns whether anything was. */
export function checkString(
  text: Uint8Array,
  from: number,
  to: number,
  json5: boolean,
  report: Report,
): boolean {
  let wrong = false;
  let at = from;
  while (at < to) {
    const byte = text[at];
    let length = 1;
    if (byte === 0x5c) {
      length = json5 ? escapeLength5(text, at, to) : escapeLength(text, at, to);
      if (length === 0) {
        length = Math.min(2, to - at);
        report("BAD_ESCAPE", at, at + length);
        wrong = true;
        // What follows a backslash that escapes nothing is looked at for itself, unless it is ASCII.
        if (text[at + 1] >= 0x80 || text[at + 1] < 0x20) length = 1;
      }
    } else if (byte < 0x20 && (!json5 || byte === 0x0a || byte === 0x0d)) {
      report("CONTROL_CHARACTER", at, at + 1);
      wrong = true;
    }
    at += length;
  }
  return wrong;
}

function escapeLength(text: Uint8Array, at: number, to: number): number {
  if (at + 1 >= to) return 0;
  const type = ESCAPE[text[at + 1]];
  if (type !== 2) return type === 1 ? 2 : 0;
  return hexValue(text, at + 2, 4, to) < 0 ? 0 : 6;
}

// JSON5: any character may be escaped, digits excepted; a line end that is escaped disappears.
function escapeLength5(text: Uint8Array, at: number, to: number): number {
  if (at + 1 >= to) return 0;
  const letter = text[at + 1];
  if (letter === 0x75) return hexValue(text, at + 2, 4, to) < 0 ? 0 : 6;
  if (letter === 0x78) return hexValue(text, at + 2, 2, to) < 0 ? 0 : 4;
  if (letter === 0x0d && text[at + 2] === 0x0a) return 3;
  if (isSeparator(text, at + 1)) return 4;
  if (letter === 0x30) return isDigit(text[at + 2]) && at + 2 < to ? 0 : 2;
  return isDigit(letter) ? 0 : 2;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** What is wrong with the number from `start` to `end`, or undefined. */
export function numberFault(
  text: Uint8Array,
  start: number,
  end: number,
  json5: boolean,
): FaultCode | undefined {
  if (numberEnd(text, start) === end) return undefined;
  if (json5 && JSON5_NUMBER.test(asciiOf(text, start, end))) return undefined;
  const digits = text[start] === 0x2d || text[start] === 0x2b ? start + 1 : start;
  return text[digits] === 0x30 && isDigit(text[digits + 1]) ? "LEADING_ZERO" : "BAD_NUMBER";
}

const JSON5_NUMBER =
  /^[+-]?(?:Infinity|NaN|0[xX][0-9a-fA-F]+|(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)$/;

// Only for tokens that are short when they are right; a longer one is cut and then wrong anyway.
function asciiOf(text: Uint8Array, start: number, end: number): string {
  let word = "";
  for (let at = start; at < end; at++) word += String.fromCharCode(text[at] < 0x80 ? text[at] : 0x7f);
  return word;
}

/** Whether a token that starts with this byte is to be read as a number. */
export function startsNumber(text: Uint8Array, at: number): boolean {
  const byte = text[at];
  return isDigit(byte) || byte === 0x2d || byte === 0x2b || (byte === 0x2e && isDigit(text[at + 1]));
}

/** Whether the bytes from `start` to `end` are `word`. */
export function isWord(text: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let place = 0; place < word.length; place++)
    if (text[start + place] !== word.charCodeAt(place)) return false;
  return true;
}

const NAME =
  /^(?:[$_\p{ID_Start}]|\\u[0-9a-fA-F]{4})(?:[$_\u200c\u200d\p{ID_Continue}]|\\u[0-9a-fA-F]{4})*$/u;
const ESCAPED = /\\u([0-9a-fA-F]{4})/g;

/** Whether `word` may be a key without quotes in JSON5. */
export function isBareKey(word: string): boolean {
  if (!NAME.test(word)) return false;
  if (!word.includes("\\")) return true;
  const plain = word.replace(ESCAPED, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  return !plain.includes("\\") && NAME.test(plain);
}
