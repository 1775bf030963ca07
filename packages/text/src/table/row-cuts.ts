// Finds the start of a row in the middle of a table, without reading what is before it.
//
// Whether a byte in the middle of a table lies between quotes is decided by all quotes before it, which nobody has read.
// But a table whose quotes are where they belong says it soon: a run of an odd number of quotes with a separator only
// before it opens a field, and with a separator only behind it closes one; a run of an even number with no separator on
// one side lies within a field (compare C. Ge et al., "Speculative distributed CSV data parsing", 2019). Where no quote
// comes for as long as a row may be, there are none open.
//
// In dialects in which something else makes a quote plain, and where less is looked at than a row may have, that is a guess.

import { NO_BYTE } from "../kernel/index-layout.ts";
import type { DialectBytes } from "./dialect.ts";
import type { ReadAt } from "./row-starts.ts";

const CR = 0x0d;
const LF = 0x0a;
const BYTES_BEFORE = 256;

/**
 * The start of the first row behind `from`, or the end of the text, by what the `lookBytes` behind it say. Where they have
 * no end of a row, some place behind them.
 */
export function cutAfter(bytes: BytesAt, from: number, dialect: DialectBytes, lookBytes: number): number {
  const { quote, terminator, otherTerminator } = dialect;
  let quoted = insideQuotes(bytes, from, dialect, lookBytes);
  const last = Math.min(bytes.length, from + lookBytes + 1);
  for (let at = from; at < last; at++) {
    const byte = bytes.at(at);
    if (byte === quote) quoted = !quoted;
    if (quoted || (byte !== terminator && byte !== otherTerminator)) continue;
    const pair = byte === CR && terminator !== otherTerminator && bytes.at(at + 1) === LF;
    return at + (pair ? 2 : 1);
  }
  return last;
}

// Whether the byte at `from` lies between quotes, by the first run of quotes behind it that tells.
function insideQuotes(bytes: BytesAt, from: number, dialect: DialectBytes, lookBytes: number): boolean {
  const { quote } = dialect;
  if (quote === NO_BYTE) return false;
  // The cut must not lie in a run of quotes, or the rest of the run would count.
  let at = from;
  while (at > 0 && bytes.at(at - 1) === quote) at--;
  let flipped = (from - at) % 2 === 1;
  const last = Math.min(bytes.length, from + lookBytes);
  for (at = bytes.find(quote, at, last); at < last; at = bytes.find(quote, at, last)) {
    let end = at;
    while (end < bytes.length && bytes.at(end) === quote) end++;
    const odd = (end - at) % 2 === 1;
    const inside = evidence(separatedBefore(bytes, at, dialect), separatedBehind(bytes, end, dialect), odd);
    if (inside !== undefined) return inside !== flipped;
    if (odd) flipped = !flipped;
    at = end;
  }
  return flipped;
}

// Whether the byte before a run of quotes lies between quotes; undefined where it could be either.
function evidence(before: boolean, behind: boolean, odd: boolean): boolean | undefined {
  if (!before) return true;
  if (!behind) return !odd;
  return undefined;
}

function separatedBefore(
  bytes: BytesAt,
  at: number,
  { delimiter, terminator, otherTerminator }: DialectBytes,
): boolean {
  // A byte order mark is nothing; another letter of three bytes cannot stand before a quote.
  if (at === 0 || (at === 3 && bytes.at(0) === 0xef)) return true;
  const byte = bytes.at(at - 1);
  if (byte === terminator || byte === otherTerminator) return true;
  return delimiter.every((mark, index) => bytes.at(at - delimiter.length + index) === mark);
}

function separatedBehind(
  bytes: BytesAt,
  at: number,
  { delimiter, terminator, otherTerminator }: DialectBytes,
): boolean {
  if (at >= bytes.length) return true;
  const byte = bytes.at(at);
  if (byte === terminator || byte === otherTerminator) return true;
  return delimiter.every((mark, index) => bytes.at(at + index) === mark);
}

/** The bytes of a file by their places, read some at a time. */
export class BytesAt {
  readonly length: number;
  readonly #readAt: ReadAt;
  readonly #step: Uint8Array;
  #start = 0;
  #end = 0;

  constructor(readAt: ReadAt, length: number, stepBytes: number) {
    this.#readAt = readAt;
    this.length = length;
    this.#step = new Uint8Array(stepBytes);
  }

  /** A byte, or -1 where there is none. */
  at(place: number): number {
    if (place < this.#start || place >= this.#end) this.#load(place);
    return place >= this.#start && place < this.#end ? this.#step[place - this.#start] : -1;
  }

  /** The first place of a byte from `from` on; where there is none before `end`, any place from there on. */
  find(byte: number, from: number, end: number): number {
    for (let place = from; place < end; place = this.#end) {
      if (this.at(place) < 0) return end;
      const loaded = this.#step.subarray(0, this.#end - this.#start);
      const found = loaded.indexOf(byte, place - this.#start);
      if (found >= 0) return this.#start + found;
    }
    return end;
  }

  // A little of what lies before stays at hand, since runs of quotes are looked at from both sides.
  #load(place: number): void {
    if (place < 0 || place >= this.length) return;
    this.#start = Math.max(0, place - BYTES_BEFORE);
    this.#end = this.#start;
    while (this.#end <= place) {
      const bytes = this.#readAt(this.#step.subarray(this.#end - this.#start), this.#end);
      if (bytes === 0) return;
      this.#end += bytes;
    }
  }
}
