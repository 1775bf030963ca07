// From fields to strings, one by one or a row of them, each made in the cheapest way that there is: given again where the
// column said the same lately, sliced from a page of text, or decoded.

import { type Allocator, decodeUtf8 } from "@millpond/core";

import { LONGEST_COPY, Strings } from "../bytes/strings.ts";
import { NO_BYTE } from "../kernel/index-layout.ts";
import type { DialectBytes } from "./dialect.ts";
import type { FieldReader } from "./field-reader.ts";
import { type Maker, RecentColumns, type RecentValues } from "./recent-values.ts";
import type { Scanner } from "./scanner.ts";

// Columns are watched in tables that so many strings were wanted of: in shorter ones it would cost more than it saves.
const STRINGS_BEFORE_WATCHING = 5000;
const NONE: readonly undefined[] = [];

/** Makes the strings of the rows that lie in the window. @internal */
export class FieldStrings implements Maker {
  readonly #pool: Allocator;
  readonly #scanner: Scanner;
  readonly #field: FieldReader;
  readonly #strings: Strings;
  readonly #quote: number;
  readonly #delimiterBytes: number;
  // True where a field that does not start with a quote is its own value.
  readonly #bare: boolean;
  #recent: RecentColumns | undefined;
  #columns: readonly (RecentValues | undefined)[] = NONE;
  #wanted = 0;
  // The row that is read one field after the other.
  #first = 0;
  #start = 0;
  #count = 0;
  #column = 0;

  constructor(pool: Allocator, scanner: Scanner, field: FieldReader, dialect: DialectBytes) {
    const { quote, escape, trim, delimiter } = dialect;
    this.#pool = pool;
    this.#scanner = scanner;
    this.#field = field;
    this.#strings = new Strings(scanner.text);
    this.#quote = quote;
    this.#delimiterBytes = delimiter.length;
    this.#bare = !trim && (quote !== NO_BYTE || escape === NO_BYTE);
  }

  /** Says that there are other rows in the window, of so many columns. */
  renew(width: number): void {
    const { text, filled, seenHigh } = this.#scanner;
    this.#strings.renew(text, filled, !seenHigh);
    if (this.#recent !== undefined) {
      this.#recent.judge();
    } else if (this.#wanted > STRINGS_BEFORE_WATCHING) {
      this.#recent = new RecentColumns(this.#pool, width);
      this.#columns = this.#recent.columns;
    }
  }

  /** The string of a field. */
  of(column: number, start: number, end: number): string {
    this.#wanted++;
    const recent = column < this.#columns.length ? this.#columns[column] : undefined;
    return recent === undefined
      ? this.make(start, end)
      : recent.get(this.#scanner.view, start, end - start, this);
  }

  /** Goes to a row by its first field and its first byte; `count` of its fields are wanted. */
  begin(first: number, start: number, count: number): void {
    this.#first = first;
    this.#start = start;
    this.#count = count;
    this.#column = 0;
    this.#wanted += count;
  }

  /** The string of the next field of that row; an empty one behind those that are wanted. */
  next(): string {
    const column = this.#column;
    if (column >= this.#count) return "";
    const { text, view, ends } = this.#scanner;
    const start = this.#start;
    const end = ends[this.#first + column];
    this.#column = column + 1;
    this.#start = end + this.#delimiterBytes;
    const recent = column < this.#columns.length ? this.#columns[column] : undefined;
    if (recent !== undefined) return recent.get(view, start, end - start, this);
    // What is sliced from the page without a call: short fields of ASCII that are their own value.
    const { page, pageStart, pageEnd, ascii } = this.#strings;
    const isShort = ascii && end - start <= LONGEST_COPY && start >= pageStart && end <= pageEnd;
    if (isShort && this.#bare && text[start] !== this.#quote)
      return page.slice(start - pageStart, end - pageStart);
    return this.make(start, end);
  }

  /** The string of a field, made anew. */
  make(start: number, end: number): string {
    const { text } = this.#scanner;
    if (this.#bare && text[start] !== this.#quote) return this.#strings.decode(start, end);
    const field = this.#field;
    field.locate(text, start, end);
    if (field.bytes !== text) return decodeUtf8(field.bytes, field.from, field.to);
    return this.#strings.decode(field.from, field.to);
  }

  /** Gives the memory back. */
  release(): void {
    this.#recent?.release();
    this.#columns = NONE;
  }
}
