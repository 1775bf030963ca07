// Rows of values as bytes of delimited text, in pooled memory that is used again and again.
//
// Most fields are short ASCII without anything special, so they are copied character by character while they are looked
// at, and taken back in the rare case that they need quotes after all.

import { type Allocator, encodeUtf8 } from "@millpond/core";

import { show } from "../check.ts";
import { TextError } from "../errors.ts";
import { NO_BYTE } from "../kernel/index-layout.ts";
import type { DialectBytes } from "../table/dialect.ts";

/** A value that has a text: null and undefined are empty, a Date is written in ISO 8601. */
export type CellValue = string | number | bigint | boolean | Date | null | undefined;

// What a character means to a field that has it.
const PLAIN = 0;
const NEEDS_QUOTES = 1;
const CHUNK_BYTES = 64 * 1024;
// What is escaped is one of ASCII.
const MOST_BYTES_PER_UNIT = 3;
const BLANK = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = 0xfeff;
const ZERO = 0x30;
const MINUS = 0x2d;
// Integers below this are written digit by digit.
const MOST_DIRECT = 1e9;

/** Writes fields and rows one after the other. @internal */
export class RowEncoder {
  readonly #pool: Allocator;
  readonly #delimiter: Uint8Array;
  readonly #newline: Uint8Array;
  readonly #quote: number;
  readonly #escape: number;
  readonly #quoteAll: boolean;
  readonly #comment: number;
  readonly #trim: boolean;
  readonly #decimalMark: string;
  readonly #flags = new Uint8Array(128);
  #bytes: Uint8Array;
  #at = 0;
  #rowStart = 0;
  #fields = 0;
  #rows = 0;

  constructor(pool: Allocator, dialect: DialectBytes, newline: Uint8Array, quoteAll: boolean) {
    this.#pool = pool;
    this.#delimiter = dialect.delimiter;
    this.#newline = newline;
    this.#quote = dialect.quote;
    this.#escape = dialect.escape === NO_BYTE ? dialect.quote : dialect.escape;
    this.#quoteAll = quoteAll;
    this.#comment = dialect.comment.length === 0 ? NO_BYTE : dialect.comment[0];
    this.#trim = dialect.trim;
    this.#decimalMark = String.fromCharCode(dialect.decimalMark);
    for (const byte of [dialect.delimiter[0], dialect.quote, dialect.escape, LF, CR, newline[0]]) {
      if (byte < 128) this.#flags[byte] = NEEDS_QUOTES;
    }
    this.#bytes = pool.acquireUnsafe(Uint8Array, CHUNK_BYTES);
  }

  /** True when there is enough for a chunk. */
  get full(): boolean {
    return this.#at >= CHUNK_BYTES / 2;
  }

  /** Writes a field. */
  field(value: CellValue): void {
    if (this.#fields++ > 0) this.#put(this.#delimiter);
    if (typeof value === "string") this.#text(value);
    else if (typeof value === "number") this.#number(value);
    else this.#text(textOf(value) ?? this.#refuse(value));
  }

  /** Ends a row. */
  endRow(): void {
    // A row without a byte would be an empty line, which many readers leave out.
    if (this.#at === this.#rowStart && this.#quote !== NO_BYTE) {
      this.#reserve(2);
      this.#bytes[this.#at++] = this.#quote;
      this.#bytes[this.#at++] = this.#quote;
    }
    this.#put(this.#newline);
    this.#rowStart = this.#at;
    this.#fields = 0;
    this.#rows++;
  }

  /** What was written since the last time: good until the next field. */
  take(): Uint8Array {
    const chunk = this.#bytes.subarray(0, this.#at);
    this.#at = 0;
    this.#rowStart = 0;
    return chunk;
  }

  /** Gives the memory back. */
  release(): void {
    this.#pool.release(this.#bytes);
  }

  #text(text: string): void {
    this.#reserve(MOST_BYTES_PER_UNIT * text.length + 2);
    const start = this.#at;
    const flag = this.#quoteAll || this.#needsQuotesOutside(text) ? NEEDS_QUOTES : this.#copy(text);
    if (flag === PLAIN) return;
    this.#at = start;
    this.#quoted(text);
  }

  // Copies a text that needs no quotes, or finds out that it does.
  #copy(text: string): number {
    const bytes = this.#bytes;
    const flags = this.#flags;
    let at = this.#at;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) return this.#copyWide(text);
      if (flags[unit] !== PLAIN) return NEEDS_QUOTES;
      bytes[at++] = unit;
    }
    this.#at = at;
    return PLAIN;
  }

  #copyWide(text: string): number {
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x80 ? this.#flags[unit] !== PLAIN : this.#delimiter[0] >= 0x80) return NEEDS_QUOTES;
    }
    this.#at = encodeUtf8(text, this.#bytes, this.#at);
    return PLAIN;
  }

  // Texts that a reader would change, although nothing in them is special.
  #needsQuotesOutside(text: string): boolean {
    const first = text.charCodeAt(0);
    if (this.#fields === 1 && first === this.#comment) return true;
    if (this.#rows === 0 && this.#fields === 1 && first === BYTE_ORDER_MARK) return true;
    return this.#trim && (isBlank(first) || isBlank(text.charCodeAt(text.length - 1)));
  }

  #quoted(text: string): void {
    if (this.#quote === NO_BYTE) {
      throw this.#badValue(
        `${show(text)} needs quotes, and this table has none; pass a quote, or leave out what separates fields and rows`,
      );
    }
    const bytes = this.#bytes;
    bytes[this.#at++] = this.#quote;
    const end = encodeUtf8(text, bytes, this.#at);
    this.#at = escapeInPlace(bytes, this.#at, end, this.#quote, this.#escape);
    bytes[this.#at++] = this.#quote;
  }

  #number(value: number): void {
    const isDirect = Number.isInteger(value) && Math.abs(value) < MOST_DIRECT && !this.#quoteAll;
    if (isDirect) this.#integer(value);
    else this.#text(String(value).replace(".", this.#decimalMark));
  }

  #integer(value: number): void {
    this.#reserve(16);
    const bytes = this.#bytes;
    // Not even -0 has a sign in integers.
    let rest = Math.abs(value);
    if (value < 0) bytes[this.#at++] = MINUS;
    const start = this.#at;
    do {
      const next = Math.floor(rest / 10);
      bytes[this.#at++] = ZERO + rest - 10 * next;
      rest = next;
    } while (rest > 0);
    for (let low = start, high = this.#at - 1; low < high; low++, high--) {
      const digit = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = digit;
    }
  }

  #refuse(value: unknown): never {
    throw this.#badValue(
      `expected a string, number, bigint, boolean, Date, null or undefined, got ${show(value)}`,
    );
  }

  #badValue(what: string): TextError {
    return new TextError("BAD_VALUE", `row ${this.#rows + 1}, field ${this.#fields}: ${what}`);
  }

  #put(mark: Uint8Array): void {
    this.#reserve(mark.length);
    for (const byte of mark) this.#bytes[this.#at++] = byte;
  }

  // Makes room for so many bytes.
  #reserve(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const larger = this.#pool.acquireUnsafe(Uint8Array, Math.max(2 * this.#bytes.length, this.#at + count));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#pool.release(this.#bytes);
    this.#bytes = larger;
  }
}

function isBlank(unit: number): boolean {
  return unit === BLANK || unit === TAB;
}

function textOf(value: Exclude<CellValue, string | number>): string | undefined {
  if (value === null || value === undefined) return "";
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  return undefined;
}

// Puts an escape before each quote and each escape between two places, and returns the new end. There is room.
function escapeInPlace(bytes: Uint8Array, start: number, end: number, quote: number, escape: number): number {
  let marks = 0;
  for (let at = start; at < end; at++) if (bytes[at] === quote || bytes[at] === escape) marks++;
  if (marks === 0) return end;
  let to = end + marks;
  for (let at = end - 1; at >= start; at--) {
    const byte = bytes[at];
    bytes[--to] = byte;
    if (byte === quote || byte === escape) bytes[--to] = escape;
  }
  return end + marks;
}
