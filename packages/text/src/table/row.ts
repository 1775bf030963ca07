// A view of one row: it is moved from row to row, and nothing is made for a row or for a field until it is asked for.

import { lengthOf, show } from "../check.ts";
import { scan, scanNumber } from "../number/digits.ts";
import { bigintFrom, scanInteger } from "../number/numbers.ts";
import { booleanFrom, timeFrom } from "../number/times.ts";
import type { FieldReader } from "./field-reader.ts";
import type { FieldStrings } from "./field-strings.ts";
import type { Scanner } from "./scanner.ts";

const encoder = new TextEncoder();

/** What rows are views of: the window, and what is known of the columns. @internal */
export interface RowSource {
  readonly scanner: Scanner;
  /** Finds the values of fields. */
  readonly field: FieldReader;
  /** Makes their strings. */
  readonly strings: FieldStrings;
  readonly delimiterBytes: number;
  readonly decimalMark: number;
  /** Rows before the batch. */
  readonly rowsBefore: number;
  /** Ends of lines before the part of a table that is read. */
  readonly linesBefore: number;
  /** The number of a named column. Throws where there is none. */
  columnOf(name: string): number;
  /** Refuses the number of a column that no row has. */
  checkColumn(index: number): void;
  /** How many fields a row has that has so many in the text. */
  lengthOf(fields: number): number;
  /** The values of a row. */
  arrayOf(row: Row, place: number): unknown[];
  /** The values of a row by name. */
  objectOf(row: Row): Record<string, unknown>;
  /** The error for a field that is not what the type of its column says. */
  badValue(column: number, expected: string, got: string, start: number): Error;
  /** The error for what is used after its end. */
  gone(): Error;
}

/**
 * The row that reading has come to. There is one `Row` for a table; it shows the next row after the next turn of the
 * loop, so take values out of it and do not keep it. Fields are named by number from 0, or by name where there is a
 * header.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows } from "@millpond/text";
 *
 * const text = 'name,price\n"Mill, old",12.50\nPond,7\n';
 * let sum = 0;
 * const names: string[] = [];
 * for (const row of rows(text, { header: true })) {
 *   sum += row.number("price"); // read from the bytes: no string is made
 *   names.push(row.string(0));
 * }
 * assert.equal(sum, 19.5);
 * assert.deepEqual(names, ["Mill, old", "Pond"]);
 * ```
 */
export class Row {
  readonly #reader: RowSource;
  #first = 0;
  #count = 0;
  #row = 0;

  /** @internal */
  constructor(reader: RowSource) {
    this.#reader = reader;
  }

  /** Shows a row of the batch. @internal */
  _move(row: number): void {
    const { rows } = this.#reader.scanner;
    this.#row = row;
    this.#first = rows[2 * row];
    this.#count = rows[2 * row + 2] - this.#first;
  }

  /** Shows nothing any more. @internal */
  _leave(): void {
    this.#count = -1;
  }

  /** How many fields the row has. */
  get length(): number {
    return this.#reader.lengthOf(this.#count);
  }

  /** The number of the row, from 0; the header does not count. */
  get index(): number {
    return this.#reader.rowsBefore + this.#row;
  }

  /** The line that the row starts in, from 1. Counted when asked for, so not for every row. */
  get line(): number {
    this.#refuseGone();
    const { scanner, linesBefore } = this.#reader;
    return scanner.placeOf(scanner.rows[2 * this.#row + 1]).line - linesBefore;
  }

  // Finds the bytes of a field.
  #locate(column: number | string): void {
    const reader = this.#reader;
    const index = typeof column === "number" ? column : reader.columnOf(column);
    if (!(index >>> 0 === index && index < this.#count)) {
      this.#locateElse(index);
      return;
    }
    const { text, ends } = reader.scanner;
    reader.field.locate(text, this.#startOf(index), ends[this.#first + index]);
  }

  // Behind the separator before a field, or the start of the row.
  #startOf(index: number): number {
    const { scanner, delimiterBytes } = this.#reader;
    if (index === 0) return scanner.rows[2 * this.#row + 1];
    return scanner.ends[this.#first + index - 1] + delimiterBytes;
  }

  #locateElse(index: number): void {
    this.#refuseGone();
    this.#reader.checkColumn(index);
    this.#reader.field.locateNothing();
  }

  #refuseGone(): void {
    if (this.#count < 0) throw this.#reader.gone();
  }

  /** The bytes of a field, without quotes: a view that is good until the next call or the next row. */
  bytes(column: number | string): Uint8Array {
    this.#locate(column);
    const { bytes, from, to } = this.#reader.field;
    return bytes.subarray(from, to);
  }

  /** The text of a field, which keeps nothing else in memory. */
  string(column: number | string): string {
    const { scanner, strings } = this.#reader;
    const index = typeof column === "number" ? column : this.#reader.columnOf(column);
    if (index >>> 0 === index && index < this.#count) {
      return strings.of(index, this.#startOf(index), scanner.ends[this.#first + index]);
    }
    this.#locateElse(index);
    return "";
  }

  /** The number in a field, blanks around it aside; NaN where there is none. */
  number(column: number | string): number {
    this.#locate(column);
    this.#reader.field.stripBlanks();
    const { bytes, from, to } = this.#reader.field;
    scanNumber(bytes, from, to, this.#reader.decimalMark);
    return scan.end === to ? scan.value : NaN;
  }

  /** The integer in a field, blanks around it aside; NaN where there is none that a number holds exactly. */
  integer(column: number | string): number {
    this.#locate(column);
    this.#reader.field.stripBlanks();
    const { bytes, from, to } = this.#reader.field;
    return scanInteger(bytes, from, to);
  }

  /** The integer in a field, of any size; undefined where there is none. */
  bigint(column: number | string): bigint | undefined {
    this.#locate(column);
    this.#reader.field.stripBlanks();
    const { bytes, from, to } = this.#reader.field;
    return bigintFrom(bytes, from, to);
  }

  /** The truth value in a field, see `booleanFrom`; undefined where there is none. */
  boolean(column: number | string): boolean | undefined {
    this.#locate(column);
    this.#reader.field.stripBlanks();
    const { bytes, from, to } = this.#reader.field;
    return booleanFrom(bytes, from, to);
  }

  /** The moment in a field, see `timeFrom`, in milliseconds since 1970; NaN where there is none. */
  time(column: number | string): number {
    this.#locate(column);
    this.#reader.field.stripBlanks();
    const { bytes, from, to } = this.#reader.field;
    return timeFrom(bytes, from, to);
  }

  /** True when a field has no bytes but quotes. */
  isEmpty(column: number | string): boolean {
    this.#locate(column);
    return this.#reader.field.from === this.#reader.field.to;
  }

  /** True when a field is this text. Bytes are compared; for many rows, pass bytes that were encoded once. */
  equals(column: number | string, text: string | Uint8Array): boolean {
    const other = typeof text === "string" ? encoder.encode(text) : text;
    const length = lengthOf(other);
    this.#locate(column);
    const { bytes, from, to } = this.#reader.field;
    if (to - from !== length) return false;
    for (let index = 0; index < length; index++) {
      if (bytes[from + index] !== other[index]) return false;
    }
    return true;
  }

  /** The values of the row: of the chosen columns by their types, or all fields as strings. */
  toArray(): unknown[] {
    this.#refuseGone();
    return this.#reader.arrayOf(this, this.#row);
  }

  /** The values of the row by the names of their columns. */
  toObject(): Record<string, unknown> {
    this.#refuseGone();
    return this.#reader.objectOf(this);
  }

  /** The error for a field that is not what it should be. @internal */
  _badValue(column: number, expected: string): Error {
    const got = show(this.string(column));
    return this.#reader.badValue(column, expected, got, this.#startOf(column));
  }
}
