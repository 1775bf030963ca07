// Cuts a file into ranges of whole rows, for workers that read one each, without reading what lies between the cuts.
//
// Whether a byte in the middle of a table lies between quotes is decided by all quotes before it, which nobody has read.
// But a table whose quotes are where they belong says it soon: a run of an odd number of quotes with a separator only
// before it opens a field, and with a separator only behind it closes one; a run of an even number with no separator on
// one side lies within a field (compare C. Ge et al., "Speculative distributed CSV data parsing", 2019; there it is a
// guess, here such a table is the only one that is read at all). Where no quote comes for as long as a row may be, there
// are none open.
//
// That holds for dialects in which nothing else makes a quote plain. Others are read from the start, up to the last cut.

import { TextError } from "../errors.ts";
import { NO_BYTE } from "../kernel/index-layout.ts";
import type { DialectBytes } from "./dialect.ts";
import type { Settings } from "./options.ts";
import { type ReadAt, RowStarts } from "./row-starts.ts";

/** The first byte, and the one behind the last. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const STEP_BYTES = 64 * 1024;
const CR = 0x0d;
const LF = 0x0a;

/** Ranges of whole rows that cover the bytes, at most `parts` of them and about equally long. */
export function rowRanges(
  readAt: ReadAt,
  byteLength: number,
  parts: number,
  settings: Settings,
): ByteRange[] {
  refuseUtf16(readAt);
  if (canLookAround(settings)) {
    const { dialect, maxRowBytes } = settings;
    return rangesBetween(byteLength, parts, (from) =>
      cutAfter(new Bytes(readAt, byteLength), from, dialect, maxRowBytes),
    );
  }
  const starts = new RowStarts(readAt, settings);
  try {
    return rangesBetween(byteLength, parts, (from) => starts.next(from));
  } finally {
    starts.close();
  }
}

// Whether what lies around a byte says whether it is between quotes.
function canLookAround({ dialect, skipLines }: Settings): boolean {
  const { escape, comment, lenient, trim } = dialect;
  return skipLines === 0 && escape === NO_BYTE && comment.length === 0 && !lenient && !trim;
}

function rangesBetween(byteLength: number, parts: number, cut: (from: number) => number): ByteRange[] {
  const ranges: ByteRange[] = [];
  let start = 0;
  for (let part = 1; part < parts; part++) {
    const wanted = Math.floor((byteLength * part) / parts);
    if (wanted <= start) continue;
    const end = cut(wanted);
    if (end >= byteLength) break;
    ranges.push({ start, end });
    start = end;
  }
  if (start < byteLength) ranges.push({ start, end: byteLength });
  return ranges;
}

// Its line ends are of two bytes, and a byte that looks like one may be half of a letter.
function refuseUtf16(readAt: ReadAt): void {
  const mark = new Uint8Array(2);
  readAt(mark, 0);
  if (mark[0] + mark[1] !== 0xff + 0xfe || Math.abs(mark[0] - mark[1]) !== 1) return;
  throw new TextError(
    "BAD_ARGUMENT",
    "a table in UTF-16 cannot be cut into ranges; read it as a whole, or convert it to UTF-8",
  );
}

// The start of the first row behind a byte.
function cutAfter(bytes: Bytes, from: number, dialect: DialectBytes, maxRowBytes: number): number {
  const { quote, terminator, otherTerminator } = dialect;
  let quoted = insideQuotes(bytes, from, dialect, maxRowBytes);
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes.at(at);
    if (byte === quote) quoted = !quoted;
    if (quoted || (byte !== terminator && byte !== otherTerminator)) continue;
    const pair = byte === CR && terminator !== otherTerminator && bytes.at(at + 1) === LF;
    return at + (pair ? 2 : 1);
  }
  return bytes.length;
}

// Whether the byte at `from` lies between quotes, by the first run of quotes behind it that tells.
function insideQuotes(bytes: Bytes, from: number, dialect: DialectBytes, maxRowBytes: number): boolean {
  const { quote } = dialect;
  if (quote === NO_BYTE) return false;
  // The cut must not lie in a run of quotes, or the rest of the run would count.
  let at = from;
  while (at > 0 && bytes.at(at - 1) === quote) at--;
  let flipped = (from - at) % 2 === 1;
  const last = Math.min(bytes.length, from + maxRowBytes);
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
  bytes: Bytes,
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
  bytes: Bytes,
  at: number,
  { delimiter, terminator, otherTerminator }: DialectBytes,
): boolean {
  if (at >= bytes.length) return true;
  const byte = bytes.at(at);
  if (byte === terminator || byte === otherTerminator) return true;
  return delimiter.every((mark, index) => bytes.at(at + index) === mark);
}

// The bytes of a file by their places, read some at a time.
class Bytes {
  readonly length: number;
  readonly #readAt: ReadAt;
  readonly #step = new Uint8Array(STEP_BYTES);
  #start = 0;
  #end = 0;

  constructor(readAt: ReadAt, length: number) {
    this.#readAt = readAt;
    this.length = length;
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
    this.#start = Math.max(0, place - 256);
    this.#end = this.#start;
    while (this.#end <= place) {
      const bytes = this.#readAt(this.#step.subarray(this.#end - this.#start), this.#end);
      if (bytes === 0) return;
      this.#end += bytes;
    }
  }
}
