// Reads a table from a window that somebody else fills: header first, then batches of rows, each of them checked before
// it is shown. It knows nothing of where text comes from, so tables of both kinds, at once and in time, are made of it.

import { show } from "../check.ts";
import { findInvalidUtf8 } from "../bytes/utf8.ts";
import { TextError, type TextErrorCode } from "../errors.ts";
import { FieldReader } from "./field-reader.ts";
import { FieldStrings } from "./field-strings.ts";
import { chooseColumns, type ChosenColumn, distinctNames, noColumn } from "./header.ts";
import { listOf } from "./lists.ts";
import type { Settings } from "./options.ts";
import type { RowPlace, TablePart } from "./part.ts";
import { Row, type RowSource } from "./row.ts";
import { type Progress, Scanner } from "./scanner.ts";
import { valueOf } from "./values.ts";

const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

type Phase = "mark" | "lines" | "head" | "body";

/** What tables, batches and rows are made of. @internal */
export class TableReader implements RowSource {
  readonly scanner: Scanner;
  readonly field: FieldReader;
  readonly strings: FieldStrings;
  readonly row: Row;
  readonly delimiterBytes: number;
  readonly decimalMark: number;
  readonly settings: Settings;
  #phase: Phase = "mark";
  #linesToSkip: number;
  #numbers: ReadonlyMap<string, number> | undefined;
  #closed = false;
  /** Names of the columns, once the header was read and if there is one. */
  names: readonly string[] | undefined;
  /** How many columns there are: the fields of the first row. */
  width = 0;
  /** The columns that were chosen; undefined for all. */
  chosen: readonly ChosenColumn[] | undefined;
  /** Rows before the batch. */
  rowsBefore = 0;
  /** Ends of lines before a part of a table. Where it starts is not always known, so its rows are not told. */
  readonly linesBefore: number;
  #rowsShown = 0;
  #all: readonly ChosenColumn[] | undefined;
  /** Where the part ends that is read, once it was: the start of the next row, or the end of the text. */
  end: RowPlace | undefined;

  constructor(settings: Settings, windowBytes: number) {
    this.settings = settings;
    const { pool, dialect, maxRowBytes } = settings;
    this.scanner = new Scanner(pool, dialect, windowBytes, maxRowBytes);
    this.field = new FieldReader(pool, dialect);
    this.strings = new FieldStrings(pool, this.scanner, this.field, dialect);
    this.row = new Row(this);
    this.delimiterBytes = dialect.delimiter.length;
    this.decimalMark = dialect.decimalMark;
    this.#linesToSkip = settings.skipLines;
    this.linesBefore = settings.part?.start.lines ?? 0;
    if (settings.part !== undefined) this.#enter(settings.part);
  }

  // What is before the part was read by somebody else, the header as well.
  #enter({ start, columns }: TablePart): void {
    this.scanner.startAt(start.offset, start.lines);
    if (columns === undefined) return;
    this.width = columns.width;
    if (columns.names !== undefined) this.#name(columns.names);
    this.#startBody();
  }

  /** True once the header was read, or the first row that tells how many columns there are. */
  get started(): boolean {
    return this.#phase === "body";
  }

  /** Goes on to the next batch of rows, or says that text is needed, or that there is no more. */
  advance(): Progress {
    if (this.#closed) throw this.gone();
    const { scanner } = this;
    if (this.end !== undefined && !scanner.failed) return "end";
    const progress = this.started ? scanner.scan() : this.#begin();
    if (progress === "rows") return this.#show();
    if (progress === "end" && this.settings.part !== undefined) this.end = this.#placeOf(scanner.rowStart);
    return progress;
  }

  get #until(): number {
    return this.settings.part?.until ?? Infinity;
  }

  #placeOf(at: number): RowPlace {
    const { offset, line } = this.scanner.placeOf(at);
    return { offset, lines: line - 1 };
  }

  /** Reads the header, if there is one, and the number of columns. */
  start(): Progress {
    if (this.#closed) throw this.gone();
    if (this.started) return "rows";
    return this.#head();
  }

  // The header has been read or there is none; with the first rows perhaps.
  #begin(): Progress {
    const progress = this.#head();
    return progress === "rows" ? this.scanner.scan() : progress;
  }

  #head(): Progress {
    if (this.#phase === "mark" && !this.#skipMark()) return "more";
    if (this.#phase === "lines" && !this.#skipLines()) return "more";
    const { scanner, settings } = this;
    scanner.limitRows(1);
    scanner.skipEmptyRows(settings.dialect.emptyLines === "skip");
    const progress = scanner.scan();
    if (progress === "more") return progress;
    if (progress === "end") this.#startEmpty();
    else this.#startWith();
    this.#startBody();
    scanner.limitRows(Infinity);
    return progress;
  }

  #startBody(): void {
    const { emptyLines } = this.settings.dialect;
    this.#phase = "body";
    this.chosen = chooseColumns(this.settings, this.names, this.width);
    this.scanner.skipEmptyRows(emptyLines === "skip" || (emptyLines === "auto" && this.width > 1));
  }

  #skipMark(): boolean {
    const { text, filled } = this.scanner;
    for (let index = 0; index < BYTE_ORDER_MARK.length; index++) {
      if (index === filled) {
        if (!this.scanner.final) return false;
        break;
      }
      if (text[index] !== BYTE_ORDER_MARK[index]) break;
      if (index === 2) this.scanner.skipBytes(3);
    }
    this.#phase = "lines";
    return true;
  }

  #skipLines(): boolean {
    for (; this.#linesToSkip > 0; this.#linesToSkip--) if (!this.scanner.skipLine()) return false;
    this.#phase = "head";
    return true;
  }

  #startEmpty(): void {
    const { header, rename } = this.settings;
    if (header === true) {
      const place = this.scanner.placeOf(this.scanner.rowStart);
      throw new TextError(
        "BAD_HEADER",
        "expected a header, and the text has no row; pass a list of names as header",
        place,
      );
    }
    if (header !== false) this.#name(distinctNames(header, rename, undefined));
  }

  #startWith(): void {
    const { header, rename } = this.settings;
    const fields = this.scanner.rows[2];
    this.width = fields;
    if (header === false) return;
    if (header === true) this.#name(this.#headerNames(fields));
    else this.#name(distinctNames(header, rename, undefined));
  }

  // Takes the first row for names, and out of the tables.
  #headerNames(fields: number): string[] {
    const { scanner } = this;
    this.#check();
    if (scanner.rowCount === 0) scanner.scan();
    this.strings.renew(this.width);
    this.row._move(0);
    const names = Array.from({ length: fields }, (_, column) => this.row.string(column));
    this.row._leave();
    const distinct = distinctNames(names, this.settings.rename, scanner.placeOf(scanner.rows[1]));
    scanner.take();
    return distinct;
  }

  #name(names: readonly string[]): void {
    this.names = names;
    this.width = names.length;
    this.#numbers = new Map(names.map((name, index) => [name, index]));
  }

  // Checks the rows that were indexed, and shows those before the first one that is wrong.
  #show(): Progress {
    this.rowsBefore += this.#rowsShown;
    this.#rowsShown = 0;
    if (this.scanner.bytes >= this.#until && !this.#cut()) return "end";
    this.#check();
    if (this.settings.ragged === "error") this.#checkLengths();
    this.strings.renew(this.width);
    this.scanner.take();
    // All of them are wrong: the next turn throws.
    if (this.scanner.rowCount === 0) return this.scanner.scan();
    this.#rowsShown = this.scanner.rowCount;
    return "rows";
  }

  // Leaves the rows out that start behind the part; false when no row is left. The part in which the table begins has its
  // first row in any case, since what an empty line is there, a row or nothing, is no matter of how many columns there are.
  #cut(): boolean {
    const { rows, rowCount, origin } = this.scanner;
    const isFirst = this.settings.part?.columns === undefined && this.rowsBefore === 0;
    let count = rowCount;
    while (count > (isFirst ? 1 : 0) && origin + rows[2 * count - 1] >= this.#until) count--;
    this.end = this.#placeOf(rows[2 * count + 1]);
    this.scanner.keepRows(count);
    return count > 0;
  }

  // Keeps rows that may not be shown out of sight, from the first one on.
  #check(): void {
    const { scanner, settings } = this;
    scanner.checkSizes();
    const from = scanner.rows[1];
    const bytes = scanner.text.subarray(from, scanner.rows[2 * scanner.rowCount + 1]);
    if (scanner.seenHigh && settings.badUtf8 === "error") {
      const advice = 'convert the text to UTF-8, or read such bytes as U+FFFD with badUtf8: "replace"';
      this.#refuse("BAD_UTF8", "bytes that are not UTF-8", from, findInvalidUtf8(bytes), advice);
    }
    if (settings.nul === "error") {
      const advice = 'this may be no text at all; take them for characters with nul: "keep"';
      this.#refuse("NUL_BYTE", "a NUL byte", from, bytes.indexOf(0), advice);
    }
  }

  // Refuses the row with a byte that was looked for from `from` on, if it was found.
  #refuse(code: TextErrorCode, what: string, from: number, found: number, advice: string): void {
    if (found < 0) return;
    const { scanner } = this;
    const error = scanner.error(code, what, from + found, advice);
    scanner.failAt(rowOf(scanner.rows, scanner.rowCount, from + found), error);
  }

  #checkLengths(): void {
    const { scanner, width } = this;
    const row = firstUnlike(scanner.rows, scanner.rowCount, width);
    if (row < 0) return;
    const fields = scanner.rows[2 * row + 2] - scanner.rows[2 * row];
    const what = `a row of ${count(fields, "field")} in a table of ${count(width, "column")}`;
    const advice = 'mend it, or pass ragged: "pad" or "keep"';
    scanner.failAt(row, scanner.error("RAGGED_ROW", what, scanner.rows[2 * row + 1], advice));
  }

  /** The number of a named column. Throws where there is none. */
  columnOf(name: string): number {
    const index = this.#numbers?.get(name);
    if (index === undefined) throw noColumn(name, this.names, this.width);
    return index;
  }

  /** Refuses the number of a column that no row has. */
  checkColumn(index: number): void {
    const possible = Number.isInteger(index) && index >= 0;
    if (possible && (index < this.width || this.settings.ragged === "keep")) return;
    throw noColumn(index, this.names, this.width);
  }

  /** How many fields a row has that has so many in the text. */
  lengthOf(fields: number): number {
    if (fields < 0) throw this.gone();
    return this.settings.ragged === "pad" ? this.width : fields;
  }

  /** The values of a row. */
  arrayOf(row: Row, place: number): unknown[] {
    if (this.chosen !== undefined) return this.chosen.map((column) => this.#valueOf(row, column));
    const { rows } = this.scanner;
    const fields = rows[2 * place + 2] - rows[2 * place];
    const length = this.lengthOf(fields);
    this.strings.begin(rows[2 * place], rows[2 * place + 1], Math.min(length, fields));
    return listOf(this.strings, length);
  }

  /** The values of a row by name. */
  objectOf(row: Row): Record<string, unknown> {
    const columns = this.chosen ?? this.#allColumns();
    const object: Record<string, unknown> = {};
    for (const column of columns) setOwn(object, column.name, this.#valueOf(row, column));
    return object;
  }

  #allColumns(): readonly ChosenColumn[] {
    if (this.names === undefined) {
      throw new TextError("BAD_HEADER", "objects need names; pass header: true, a list of names, or columns");
    }
    return (this.#all ??= this.names.map((name, index) => ({ name, index, type: "string" })));
  }

  /** The chosen columns, or all of them, by their numbers where they have no names. */
  chosenOrAll(): readonly ChosenColumn[] {
    if (this.chosen !== undefined || this.names !== undefined) return this.chosen ?? this.#allColumns();
    return Array.from({ length: this.width }, (_, index) => ({ name: String(index), index, type: "string" }));
  }

  #valueOf(row: Row, column: ChosenColumn): unknown {
    return valueOf(row, column, this.settings.badValues === "error");
  }

  /** The error for a field that is not what the type of its column says. */
  badValue(column: number, expected: string, got: string, start: number): TextError {
    const name = this.names === undefined ? String(column) : show(this.names[column]);
    const advice = 'mend it, choose another type, or pass badValues: "null"';
    return this.scanner.error(
      "BAD_VALUE",
      `expected ${expected} in column ${name}, got ${got}`,
      start,
      advice,
    );
  }

  /** The error for what is used after its end. */
  gone(): TextError {
    return gone();
  }

  /** Gives everything back. May be called again. */
  close(): void {
    this.#closed = true;
    this.row._leave();
    this.strings.release();
    this.field.release();
    this.scanner.release();
  }
}

/** The error for a table that was read to its end or closed. */
export function gone(): TextError {
  return new TextError(
    "USE_AFTER_RELEASE",
    "this row or table was read to its end or closed; take what you need while you read",
  );
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

// The first row with another number of fields, or -1.
function firstUnlike(rows: Uint32Array, rowCount: number, width: number): number {
  let first = rows[0];
  for (let row = 0; row < rowCount; row++) {
    const next = rows[2 * row + 2];
    if (next - first !== width) return row;
    first = next;
  }
  return -1;
}

// The row that a byte lies in.
function rowOf(rows: Uint32Array, rowCount: number, at: number): number {
  let row = rowCount - 1;
  while (row > 0 && rows[2 * row + 1] > at) row--;
  return row;
}

// A column may be called "__proto__".
function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  } else object[name] = value;
}
