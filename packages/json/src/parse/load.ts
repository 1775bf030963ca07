// Brings a text onto the tape: bytes are copied, strings are encoded.

import { JsonError } from "../errors.ts";
import type { Tape } from "../tape/tape.ts";
import { expectedNodes } from "./density.ts";

/** What can be parsed: UTF-8 bytes or a string. */
export type JsonInput = string | Uint8Array;

const encoder = /* @__PURE__ */ new TextEncoder();

/** Puts the text onto the tape, with room for as many nodes as such a text usually has. */
export function loadText(tape: Tape, input: JsonInput, maxBytes: number): void {
  if (typeof input === "string") loadString(tape, input, maxBytes);
  else if (input instanceof Uint8Array) loadBytes(tape, input, maxBytes);
  else throw new JsonError("BAD_ARGUMENT", `expected a string or a Uint8Array to parse, got ${typeof input}`);
}

function loadBytes(tape: Tape, bytes: Uint8Array, maxBytes: number): void {
  checkSize(bytes.length, maxBytes);
  tape.reserve(bytes.length, expectedNodes(bytes, bytes.length)).set(bytes);
  tape.finishText(bytes.length);
}

// Strings are encoded in place. Most are ASCII, so there is room for that and a little more at first.
function loadString(tape: Tape, text: string, maxBytes: number): void {
  checkSize(text.length, maxBytes);
  const guess = text.length + Math.floor(text.length / 8);
  const room = tape.reserve(guess, expectedNodes(text, text.length));
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

function checkSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new JsonError(
    "LIMIT_EXCEEDED",
    `the text has ${bytes} bytes and maxBytes is ${maxBytes}; raise it, or read a stream`,
  );
}
