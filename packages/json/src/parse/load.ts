// Brings a text onto the tape: bytes are copied, strings are encoded.

import { unlike } from "../check.ts";
import { JsonError } from "../errors.ts";
import type { Tape } from "../tape/tape.ts";
import { expectedNodes, roomFor } from "./density.ts";
import type { Encoding, UnicodeMode } from "./options.ts";

/** What can be parsed: UTF-8 bytes or a string. */
export type JsonInput = string | Uint8Array;

const encoder = /* @__PURE__ */ new TextEncoder();

/** What loading has to know. */
export interface LoadSettings {
  readonly maxBytes: number;
  readonly maxNodes: number;
  readonly unicode: UnicodeMode;
  readonly encoding: Encoding;
}

/** Puts the text onto the tape, with room for as many nodes as such a text usually has. */
export function loadText(tape: Tape, input: JsonInput, settings: LoadSettings): void {
  const { unicode } = settings;
  if (typeof input === "string") {
    if (unicode === "sanitize" || isWellFormed(input)) loadString(tape, input, settings);
    else loadBytes(tape, encodeWtf8(input), settings);
  } else if (input instanceof Uint8Array) {
    const wide = wideEncoding(input, settings.encoding);
    if (wide === undefined) loadBytes(tape, input, settings);
    else loadText(tape, fromUtf16(input, wide), settings);
  } else throw unlike("a string or a Uint8Array to parse", input);
}

function loadBytes(tape: Tape, bytes: Uint8Array, { maxBytes, maxNodes }: LoadSettings): void {
  checkSize(bytes.length, maxBytes);
  tape.reserve(bytes.length, nodesFor(tape, bytes, bytes.length, maxNodes)).set(bytes);
  tape.finishText(bytes.length);
}

// Strings are encoded in place. Most are ASCII, so there is room for that and a little more at first.
function loadString(tape: Tape, text: string, { maxBytes, maxNodes }: LoadSettings): void {
  checkSize(text.length, maxBytes);
  const guess = text.length + Math.floor(text.length / 8);
  const room = tape.reserve(guess, nodesFor(tape, text, guess, maxNodes));
  let { read, written } = encoder.encodeInto(text, room.subarray(0, room.length - 64));
  if (read < text.length) {
    const grown = tape.growText(written + (text.length - read) * 3, written);
    const rest = encoder.encodeInto(text.slice(read), grown.subarray(written));
    read += rest.read;
    written += rest.written;
  }
  checkSize(written, maxBytes);
  tape.finishText(written);
}

/** Which UTF-16 the bytes are, if any. FF FE cannot start a text in UTF-8, nor can FE FF. */
export function wideEncoding(bytes: Uint8Array, encoding: Encoding): Encoding | undefined {
  if (encoding !== "auto") return encoding === "utf-8" ? undefined : encoding;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

// Units as they are: surrogates that stand alone are left for the mode of the parser to judge.
function fromUtf16(bytes: Uint8Array, encoding: Encoding): string {
  const [low, high] = encoding === "utf-16le" ? [0, 1] : [1, 0];
  const units = new Uint16Array(Math.ceil(bytes.length / 2));
  // Half a unit at the end is no Unicode, and neither is a surrogate that stands alone.
  if (bytes.length % 2 === 1) units[units.length - 1] = 0xd800;
  for (let unit = 0; unit < bytes.length >> 1; unit++)
    units[unit] = bytes[unit * 2 + low] | (bytes[unit * 2 + high] << 8);
  let text = "";
  for (let at = 0; at < units.length; at += 8192)
    text += String.fromCharCode(...units.subarray(at, at + 8192));
  return text;
}

// In Node 20, but in no ECMAScript library that the packages are compiled with.
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

// UTF-8 with surrogates that stand alone as three bytes each. Such strings are rare, so this need not be fast.
function encodeWtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code >= 0xd800 && code <= 0xdfff) bytes.push(0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else for (const byte of encoder.encode(character)) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

// A tape that had a text of this size before most likely has room for its nodes, too; if not, it grows.
// Beyond the limit there is nothing to make room for but the node that breaks it.
function nodesFor(tape: Tape, text: string | Uint8Array, bytes: number, maxNodes: number): number {
  return tape.holdsText(bytes) ? 0 : Math.min(expectedNodes(text, bytes), roomFor(maxNodes));
}

/** Refuses a text that is larger than the option allows. */
export function checkSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new JsonError(
    "LIMIT_EXCEEDED",
    `the text has ${bytes} bytes and maxBytes is ${maxBytes}; raise it, or read a stream`,
  );
}
