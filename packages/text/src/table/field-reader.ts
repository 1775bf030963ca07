// From the bytes between two separators to the bytes of the value: without blanks, quotes and escapes. Most fields have
// none of these and stay where they are; what has to be rewritten goes into a buffer beside the text.

import type { Allocator } from "@millpond/core";

import { NO_BYTE } from "../kernel/index-layout.ts";
import type { DialectBytes } from "./dialect.ts";

const BLANK = 0x20;
const TAB = 0x09;
const NOTHING = new Uint8Array(0);

/** The value of the field looked at last: `bytes` from `from` to `to`. @internal */
export class FieldReader {
  readonly #pool: Allocator;
  readonly #quote: number;
  readonly #escape: number;
  readonly #trim: boolean;
  // In tables without quotes, escapes count everywhere.
  readonly #escapesAnywhere: boolean;
  #rewritten: Uint8Array = NOTHING;
  /** Where the value lies: the text, or the buffer of rewritten ones. */
  bytes: Uint8Array = NOTHING;
  /** Its first byte. */
  from = 0;
  /** The byte behind it. */
  to = 0;

  constructor(pool: Allocator, { quote, escape, trim }: DialectBytes) {
    this.#pool = pool;
    this.#quote = quote;
    this.#escape = escape;
    this.#trim = trim;
    this.#escapesAnywhere = quote === NO_BYTE && escape !== NO_BYTE;
  }

  /** Looks at the field from `start` to `end`. */
  locate(text: Uint8Array, start: number, end: number): void {
    this.bytes = text;
    this.from = start;
    this.to = end;
    if (this.#trim) this.stripBlanks();
    if (this.from === this.to) return;
    if (text[this.from] === this.#quote) this.#unquote(text);
    else if (this.#escapesAnywhere) this.#unescape(text);
  }

  /** An empty value, for a field that a row does not have. */
  locateNothing(): void {
    this.bytes = NOTHING;
    this.from = 0;
    this.to = 0;
  }

  /** Leaves out the blanks around the value that was looked at last. */
  stripBlanks(): void {
    const { bytes } = this;
    while (this.from < this.to && isBlank(bytes[this.from])) this.from++;
    while (this.to > this.from && isBlank(bytes[this.to - 1])) this.to--;
  }

  // A value between quotes stays in place unless there are quotes or escapes within it.
  #unquote(text: Uint8Array): void {
    const last = this.to - 1;
    const at = firstOf(text, this.from + 1, this.to, this.#quote, this.#escape);
    if (at === last && text[last] === this.#quote) {
      this.from++;
      this.to = last;
      return;
    }
    const room = this.#room(this.to - this.from);
    this.#rewrote(room, rewriteQuoted(text, this.from + 1, this.to, room, this.#quote, this.#escape));
  }

  #unescape(text: Uint8Array): void {
    if (firstOf(text, this.from, this.to, this.#escape, this.#escape) === this.to) return;
    const room = this.#room(this.to - this.from);
    this.#rewrote(room, rewriteEscaped(text, this.from, this.to, room, this.#escape));
  }

  #rewrote(room: Uint8Array, length: number): void {
    this.bytes = room;
    this.from = 0;
    this.to = length;
  }

  #room(length: number): Uint8Array {
    if (this.#rewritten.length < length) {
      this.#releaseBuffer();
      const capacity = this.#pool.capacityFor(Uint8Array, Math.max(length, 256));
      this.#rewritten = this.#pool.acquireUnsafe(Uint8Array, capacity);
    }
    return this.#rewritten;
  }

  /** Gives the buffer back. */
  release(): void {
    this.locateNothing();
    this.#releaseBuffer();
  }

  #releaseBuffer(): void {
    const buffer = this.#rewritten;
    this.#rewritten = NOTHING;
    if (buffer !== NOTHING) this.#pool.release(buffer);
  }
}

function isBlank(byte: number): boolean {
  return byte === BLANK || byte === TAB;
}

function firstOf(text: Uint8Array, from: number, to: number, byte: number, other: number): number {
  let at = from;
  while (at < to && text[at] !== byte && text[at] !== other) at++;
  return at;
}

// Copies what stands behind an opening quote, up to the closing one, and as it is what stands behind that. Returns the
// length of the copy.
function rewriteQuoted(
  text: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  quote: number,
  escape: number,
): number {
  const doubled = escape === NO_BYTE;
  let length = 0;
  let at = from;
  for (; at < to; at++) {
    const byte = text[at];
    if (byte === escape || (byte === quote && doubled && at + 1 < to && text[at + 1] === quote)) at++;
    else if (byte === quote) break;
    if (at < to) target[length++] = text[at];
  }
  for (at++; at < to; at++) target[length++] = text[at];
  return length;
}

// Copies a field without its escapes.
function rewriteEscaped(
  text: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  escape: number,
): number {
  let length = 0;
  for (let at = from; at < to; at++) {
    if (text[at] === escape && at + 1 < to) at++;
    target[length++] = text[at];
  }
  return length;
}
