// From the bytes of a string or key in the source to a JavaScript string, on demand. Nothing is decoded while parsing.
//
// One decoder serves all dialects: escapes that only JSON5 has cannot be in a text that was parsed as strict JSON.

import type { Tape } from "../tape/tape.ts";

const BACKSLASH = 0x5c;
const REPLACEMENT = 0xfffd; // also: no surrogate here
// Up to so many bytes a loop in JavaScript is faster than a call of TextDecoder.
const SHORT = 24;

const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/** The decoded content of the string, key or bare word from `start` to `end`. */
export function decodeString(tape: Tape, start: number, end: number): string {
  const { bytes } = tape;
  const quoted = isQuote(bytes[start]);
  const from = quoted ? start + 1 : start;
  const to = quoted && end > from && bytes[end - 1] === bytes[start] ? end - 1 : end;
  const plain = plainEnd(bytes, from, to);
  if (plain === to) return tape.strings?.take(bytes, from, to, asciiText) ?? asciiText(bytes, from, to);
  return decodeRest(tape, from, plain, to);
}

/** The source text from `start` to `end`, as it is. */
export function sourceText(tape: Tape, start: number, end: number): string {
  return textOf(tape.bytes, start, end, tape.keepsSurrogates);
}

/** UTF-8 as a string; surrogates that stand alone are kept if `keepsSurrogates`, and are U+FFFD otherwise. */
export function textOf(bytes: Uint8Array, start: number, end: number, keepsSurrogates: boolean): string {
  if (plainAscii(bytes, start, end)) return asciiText(bytes, start, end);
  return decodeUtf8(bytes, start, end, keepsSurrogates);
}

/** Whether the decoded string from `start` to `end` is `text`. Creates nothing. */
export function equalsText(tape: Tape, start: number, end: number, text: string): boolean {
  const { bytes } = tape;
  const quoted = isQuote(bytes[start]);
  const from = quoted ? start + 1 : start;
  const to = quoted ? end - 1 : end;
  const length = text.length;
  // A UTF-16 unit takes one byte at least.
  if (to - from < length) return false;
  for (let place = 0; place < to - from; place++) {
    const byte = bytes[from + place];
    if (byte >= 0x80 || byte === BACKSLASH) return decodeString(tape, start, end) === text;
    if (byte !== text.charCodeAt(place)) return false;
  }
  return true;
}

function isQuote(byte: number): boolean {
  return byte === 0x22 || byte === 0x27;
}

// Where plain ASCII without backslash ends.
function plainEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] < 0x80 && bytes[at] !== BACKSLASH) at++;
  return at;
}

function plainAscii(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && bytes[at] < 0x80) at++;
  return at === to;
}

function asciiText(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > SHORT) return decoder.decode(bytes.subarray(from, to));
  let text = "";
  let at = from;
  for (; at + 4 <= to; at += 4) {
    text += String.fromCharCode(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
  }
  for (; at < to; at++) text += String.fromCharCode(bytes[at]);
  return text;
}

function decodeUtf8(bytes: Uint8Array, from: number, to: number, keepsSurrogates: boolean): string {
  const text = decoder.decode(bytes.subarray(from, to));
  return keepsSurrogates && text.includes("\uFFFD") ? decodeWtf8(bytes, from, to) : text;
}

// The part with escapes and other characters, run by run.
function decodeRest(tape: Tape, from: number, plain: number, to: number): string {
  const { bytes } = tape;
  let text = "";
  let run = from;
  let at = plain;
  while (at < to) {
    if (bytes[at] !== BACKSLASH) {
      at++;
      continue;
    }
    if (at > run) text += decodeUtf8(bytes, run, at, tape.keepsSurrogates);
    text += unescape(bytes, at, to);
    at = run = unescapedEnd(bytes, at, to);
  }
  if (to > run) text += decodeUtf8(bytes, run, to, tape.keepsSurrogates);
  return tape.replacesSurrogates ? withoutLoneSurrogates(text) : text;
}

function withoutLoneSurrogates(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu, "\uFFFD");
}

const LETTERS: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  0: "\0",
};

// What the escape whose backslash stands at `at` means. An escape that is none means its own characters.
function unescape(bytes: Uint8Array, at: number, to: number): string {
  const letter = bytes[at + 1];
  if (at + 1 >= to) return "";
  const digits = hexDigits(letter);
  if (digits > 0) {
    const code = hexValue(bytes, at + 2, digits, to);
    return code < 0 ? String.fromCharCode(letter) : String.fromCharCode(code);
  }
  if (isLineEnd(bytes, at + 1)) return "";
  if (letter >= 0x80) return "";
  const character = String.fromCharCode(letter);
  return LETTERS[character] ?? character;
}

// Behind the escape at `at`; in front of a character above ASCII, which then stands for itself.
function unescapedEnd(bytes: Uint8Array, at: number, to: number): number {
  const letter = bytes[at + 1];
  if (at + 1 >= to) return to;
  const digits = hexDigits(letter);
  if (digits > 0 && hexValue(bytes, at + 2, digits, to) >= 0) return at + 2 + digits;
  if (letter === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
  if (letter >= 0x80) return isLineEnd(bytes, at + 1) ? at + 4 : at + 1;
  return at + 2;
}

function hexDigits(letter: number): number {
  return letter === 0x75 ? 4 : letter === 0x78 ? 2 : 0;
}

/** The number in `count` hexadecimal digits at `at`, or -1 when they are none. */
export function hexValue(bytes: Uint8Array, at: number, count: number, to: number): number {
  if (at + count > to) return -1;
  let value = 0;
  for (let place = at; place < at + count; place++) {
    const byte = bytes[place];
    const letter = byte | 0x20;
    if (byte >= 0x30 && byte <= 0x39) value = value * 16 + byte - 0x30;
    else if (letter >= 0x61 && letter <= 0x66) value = value * 16 + letter - 0x57;
    else return -1;
  }
  return value;
}

// Line feed, carriage return, or U+2028 or U+2029: what a backslash makes disappear in JSON5.
function isLineEnd(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  if (byte === 0x0a || byte === 0x0d) return true;
  return byte === 0xe2 && bytes[at + 1] === 0x80 && (bytes[at + 2] === 0xa8 || bytes[at + 2] === 0xa9);
}

// UTF-8 in which surrogates may stand alone, three bytes each; anything else that is invalid becomes U+FFFD.
function decodeWtf8(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  let run = from;
  for (let at = from; at < to; at++) {
    const surrogate = surrogateAt(bytes, at, to);
    if (surrogate === REPLACEMENT) continue;
    text += decoder.decode(bytes.subarray(run, at)) + String.fromCharCode(surrogate);
    run = at + 3;
    at += 2;
  }
  return text + decoder.decode(bytes.subarray(run, to));
}

function surrogateAt(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] !== 0xed || at + 3 > to) return REPLACEMENT;
  if ((bytes[at + 1] & 0xe0) !== 0xa0 || (bytes[at + 2] & 0xc0) !== 0x80) return REPLACEMENT;
  return 0xd000 + ((bytes[at + 1] & 0x3f) << 6) + (bytes[at + 2] & 0x3f);
}
