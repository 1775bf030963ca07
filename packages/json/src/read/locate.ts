// locate(): where in a text the value is that a JSON Pointer leads to, without a tape.
//
// Values beside the way are passed over by their quotes and brackets alone, at some gigabytes a second, and what lies behind the
// last container of the way is not looked at. The text is copied to where the kernel can see it, a window at a time.

import type { Pool } from "@millpond/core";

import { JsonError } from "../errors.ts";
import { locateKernel } from "../kernel/locate.wasm.ts";
import { defaultPool } from "../parse/options.ts";
import { passValues, LEFT, STATE_WORDS } from "./pass-values.ts";
import { stepIndex, stepsOf } from "./path.ts";

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;

// The window grows from call to call of the kernel, so that short values are not paid for with long copies.
const FIRST_WINDOW_BYTES = 512;
const WINDOW_BYTES = 65_536;

const decoder = /* @__PURE__ */ new TextDecoder();
const encoder = /* @__PURE__ */ new TextEncoder();

/** A part of a text. */
export interface JsonSpan {
  /** The offset of the first byte. */
  readonly start: number;
  /** The offset behind the last byte. */
  readonly end: number;
}

/** Options of `locate`. */
export interface LocateOptions {
  /** Where 64 KiB of memory come from while it runs. Default: the pool of all documents. */
  readonly pool?: Pool;
}

/**
 * Where the value is that a JSON Pointer (RFC 6901) leads to, in a text in UTF-8; undefined where there is none. Takes a fraction
 * of the time of `parse`, since the text is not parsed: it has to be strict JSON, and what is wrong with it is not noticed. What
 * was found can be parsed, and is checked then. Of members with the same name the last one counts, as everywhere.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { locate, parse } from "@millpond/json";
 *
 * const bytes = new TextEncoder().encode('{"rows": [{"x": 1}, {"x": [2, 3]}]}');
 * const { start, end } = locate(bytes, "/rows/1/x")!;
 * const document = parse(bytes.subarray(start, end));
 * assert.deepEqual(document.toValue(), [2, 3]);
 * document.close();
 * assert.equal(locate(bytes, "/rows/2"), undefined);
 * ```
 */
export function locate(
  bytes: Uint8Array,
  pointer: string,
  options: LocateOptions = {},
): JsonSpan | undefined {
  if (!(bytes instanceof Uint8Array)) {
    throw new JsonError("BAD_ARGUMENT", `expected the text as a Uint8Array, got ${typeof bytes}`);
  }
  const steps = stepsOf(pointer);
  const pool = options.pool ?? defaultPool();
  const block = pool.acquireUnsafe(Uint8Array, 4 * STATE_WORDS + WINDOW_BYTES);
  try {
    return new Locator(bytes, block).find(steps);
  } finally {
    pool.release(block);
  }
}

class Locator {
  readonly #bytes: Uint8Array;
  readonly #state: Uint32Array;
  readonly #window: Uint8Array;
  readonly #kernel: ReturnType<typeof locateKernel.over>;

  constructor(bytes: Uint8Array, block: Uint8Array) {
    this.#bytes = bytes;
    this.#state = new Uint32Array(block.buffer, block.byteOffset, STATE_WORDS);
    this.#window = block.subarray(4 * STATE_WORDS);
    this.#kernel = locateKernel.over(block.buffer);
  }

  find(steps: readonly string[]): JsonSpan | undefined {
    const bytes = this.#bytes;
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    let start = spaceEnd(bytes, marked ? 3 : 0);
    for (const step of steps) {
      if (bytes[start] === OPEN_ARRAY) start = this.#element(start, stepIndex(step));
      else start = bytes[start] === OPEN_OBJECT ? this.#member(start, step) : -1;
      if (start < 0) return undefined;
    }
    const end = contentEnd(bytes, start, this.#pass(start, 1));
    return end > start ? { start, end } : undefined;
  }

  // Where the element at `index` begins, or -1.
  #element(array: number, index: number): number {
    const bytes = this.#bytes;
    // Every element takes a byte.
    if (index < 0 || index >= bytes.length) return -1;
    let start = spaceEnd(bytes, array + 1);
    if (index > 0) {
      const comma = this.#pass(start, index);
      if (isClose(bytes, comma)) return -1;
      start = spaceEnd(bytes, comma + 1);
    }
    return isClose(bytes, start) ? -1 : start;
  }

  // Where the value of the last member with this name begins, or -1.
  #member(object: number, name: string): number {
    const bytes = this.#bytes;
    const wanted = encoder.encode(name);
    let found = -1;
    for (let key = spaceEnd(bytes, object + 1); bytes[key] === QUOTE;) {
      const keyEnd = stringEnd(bytes, key);
      const colon = spaceEnd(bytes, keyEnd);
      if (bytes[colon] !== COLON) return -1;
      const value = spaceEnd(bytes, colon + 1);
      if (isName(bytes, key, keyEnd, name, wanted)) found = value;
      const end = this.#pass(value, 1);
      if (isClose(bytes, end)) break;
      key = spaceEnd(bytes, end + 1);
    }
    return found;
  }

  // The offset of the comma behind `count` values, the first of which is at `start`, or of the bracket behind the last; where there
  // is neither, the end of the text.
  #pass(start: number, count: number): number {
    const state = this.#state.fill(0);
    state[LEFT] = count;
    const bytes = this.#bytes;
    let at = start;
    for (let room = FIRST_WINDOW_BYTES; this.#kernel !== undefined && bytes.length - at >= 64;) {
      // Whole blocks only: the last bytes of the text are left to the twin.
      const size = Math.min(room, bytes.length - at) & ~63;
      this.#window.set(bytes.subarray(at, at + size));
      const passed = this.#kernel.passValues(state.byteOffset, this.#window.byteOffset, size) >>> 0;
      at += passed;
      if (passed < size) return at;
      room = Math.min(room * 2, WINDOW_BYTES);
    }
    return passValues(state, bytes, at, bytes.length);
  }
}

// Beyond the end of the text all of these see undefined, which is none of the bytes they look for.

function isClose(bytes: Uint8Array, at: number): boolean {
  return (bytes[at] | 0x20) === 0x7d || at >= bytes.length;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function spaceEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

// Where the last byte in front of `end` is that is no space.
function contentEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(bytes[at - 1])) at--;
  return at;
}

// Behind the closing quote.
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

function isName(bytes: Uint8Array, start: number, end: number, name: string, wanted: Uint8Array): boolean {
  const from = start + 1;
  for (let at = from; at < end - 1; at++) {
    if (bytes[at] === BACKSLASH) return unescaped(bytes.subarray(start, end)) === name;
    if (bytes[at] !== wanted[at - from]) return false;
  }
  return end - 1 - from === wanted.length;
}

// A string with escapes, or nothing where they are wrong: such a text is no JSON.
function unescaped(source: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(source));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
