// Guesses what a table looks like from its first rows: tries the usual dialects, and takes the one in which rows have
// the same number of fields most often. A guess is a guess: what is known is better told.

import { unlike } from "../check.ts";
import { TextError } from "../errors.ts";
import { distinctNames } from "./header.ts";
import type { ColumnType } from "./options.ts";
import { rows } from "./rows.ts";

/** What {@link sniff} found; pass it on as options of `rows`. */
export interface Sniffed {
  /** What separates fields. */
  readonly delimiter: string;
  /** What goes around fields. */
  readonly quote: string;
  /** The character between whole and fraction. */
  readonly decimalMark: string;
  /** Whether the first row has names. */
  readonly header: boolean;
  /** The types of the columns, by name or, without a header, by number. */
  readonly columns: Readonly<Record<string, ColumnType & string>>;
}

const DELIMITERS = [",", "\t", ";", "|", ":"];
const QUOTES = ['"', "'"];
const SAMPLE_ROWS = 200;
const SAMPLE_UNITS = 64 * 1024;
const LEADING_ZEROS = /^[+-]?0\d/;
const INTEGER = /^[+-]?\d+$/;
const DATE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const TRUTH = /^(true|false|yes|no)$/i;

/**
 * Guesses the dialect, the header and the types of a table from the beginning of its text: 64 thousand characters or 200
 * rows of it. Numbers with leading zeros are strings, integers beyond 53 bits are bigints.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows, sniff } from "@millpond/text";
 *
 * const text = "zip;city;opened\n01067;Dresden;2019-05-04\n80331;München;2021-11-30\n";
 * const found = sniff(text);
 * assert.equal(found.delimiter, ";");
 * assert.deepEqual(found.columns, { zip: "string", city: "string", opened: "date" });
 * const [first] = rows(text, found).objects();
 * assert.equal(first.zip, "01067");
 * ```
 */
export function sniff(text: string | Uint8Array): Sniffed {
  const sample = sampleOf(text);
  let best: Guess | undefined;
  for (const delimiter of DELIMITERS) {
    for (const quote of QUOTES) {
      const guess = guessWith(sample, delimiter, quote);
      if (best === undefined || guess.score > best.score) best = guess;
    }
  }
  const { delimiter, quote, table } = best!;
  return { delimiter, quote, ...describe(table, delimiter) };
}

interface Guess {
  readonly delimiter: string;
  readonly quote: string;
  readonly table: readonly (readonly string[])[];
  readonly score: number;
}

// Whole lines of the text, unless it has a single one.
function sampleOf(text: string | Uint8Array): string {
  if (typeof text !== "string" && !(text instanceof Uint8Array))
    throw unlike("a string or a Uint8Array", text);
  const start = typeof text === "string" ? text.slice(0, SAMPLE_UNITS) : decodeStart(text);
  const cut = Math.max(start.lastIndexOf("\n"), start.lastIndexOf("\r"));
  return start.length < SAMPLE_UNITS || cut < 0 ? start : start.slice(0, cut + 1);
}

// A character may be cut at the end, which the cut at the last line takes away again.
function decodeStart(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const label =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(label).decode(bytes.slice(0, SAMPLE_UNITS));
}

function guessWith(sample: string, delimiter: string, quote: string): Guess {
  const table: string[][] = [];
  let score = 0;
  try {
    for (const row of rows(sample, { delimiter, quote, ragged: "keep", emptyLines: "skip" }).arrays()) {
      table.push(row);
      if (table.length === SAMPLE_ROWS) break;
    }
    score = evenness(table);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    // Rows that make no sense in this dialect speak against it, and those before them are better than nothing.
    score = evenness(table) / 4;
  }
  return { delimiter, quote, table, score };
}

// How many rows have as many fields as most of them, from 0 to 1; more columns are a little better than fewer.
function evenness(table: readonly (readonly string[])[]): number {
  if (table.length === 0) return 0;
  const counts = new Map<number, number>();
  for (const { length } of table) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width, most] = [...counts].toSorted((a, b) => b[1] - a[1])[0];
  const columns = width === 1 ? 0 : 1 + Math.min(width, 100) / 1000;
  const quotesLeft = table.flat().filter((field) => /^['"].*['"]$/s.test(field)).length;
  return (most / table.length) * columns - quotesLeft / (10 * table.length * width);
}

function describe(
  table: readonly (readonly string[])[],
  delimiter: string,
): Pick<Sniffed, "header" | "columns" | "decimalMark"> {
  const [first = [], ...rest] = table;
  const decimalMark =
    delimiter !== "," && table.flat().some((field) => /^[+-]?\d+,\d+$/.test(field)) ? "," : ".";
  const typesBelow = first.map((_, column) => typeOf(rest, column, decimalMark));
  const header = looksLikeHeader(first, rest, typesBelow, decimalMark);
  const names = header ? first : first.map((_, column) => String(column));
  const types = header ? typesBelow : first.map((_, column) => typeOf(table, column, decimalMark));
  return {
    header,
    decimalMark,
    columns: Object.fromEntries(names.map((name, column) => [name, types[column]])),
  };
}

// Names are there, differ, and in one column at least are something else than what is below them.
function looksLikeHeader(
  first: readonly string[],
  rest: readonly (readonly string[])[],
  typesBelow: readonly string[],
  decimalMark: string,
): boolean {
  if (
    rest.length === 0 ||
    first.includes("") ||
    distinctNames(first, true, undefined).join() !== first.join()
  )
    return false;
  const own = first.map((_, column) => typeOf([first], column, decimalMark));
  return (
    own.every((type) => type === "string") &&
    typesBelow.some((type, column) => type !== "string" || zip(rest, column))
  );
}

// A column of digits that are no number, such as postal codes, is unlike a name too.
function zip(rest: readonly (readonly string[])[], column: number): boolean {
  return rest.every((row) => INTEGER.test(row[column] ?? ""));
}

function typeOf(
  table: readonly (readonly string[])[],
  column: number,
  decimalMark: string,
): ColumnType & string {
  const fields = table.map((row) => (row[column] ?? "").trim()).filter((field) => field !== "");
  const all = (test: (field: string) => boolean): boolean => fields.every(test);
  if (fields.length === 0 || fields.some((field) => LEADING_ZEROS.test(field))) return "string";
  if (all((field) => INTEGER.test(field)))
    return all((field) => Number.isSafeInteger(Number(field))) ? "int" : "bigint";
  if (all((field) => isNumber(field, decimalMark))) return "float";
  if (all((field) => DATE.test(field) && !Number.isNaN(Date.parse(field.slice(0, 10))))) return "date";
  return all((field) => TRUTH.test(field)) ? "bool" : "string";
}

function isNumber(field: string, decimalMark: string): boolean {
  const other = decimalMark === "," ? "." : ",";
  return !field.includes(other) && /^[+-]?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d+)?$/.test(field);
}
