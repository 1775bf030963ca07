// Guesses what a table looks like from its first rows: tries the usual dialects, as far as there is reason to, and takes the
// one in which rows have the same number of fields most often. A guess is a guess: what is known is better told.

import { WINDOWS_1252 } from "../bytes/transcoder.ts";
import { findInvalidUtf8 } from "../bytes/utf8.ts";
import { unlike } from "../check.ts";
import { TextError } from "../errors.ts";
import type { ColumnType } from "./options.ts";
import { rows } from "./rows.ts";
import { decimalMarkOf, describeColumns } from "./sniff-columns.ts";

/** What {@link sniff} found; pass it on as options of `rows`. What is optional is there where it was found only. */
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
  readonly columns: Readonly<Record<string, Extract<ColumnType, string>>>;
  /** What lines that are no rows start with. */
  readonly comment?: string;
  /** Whether there are blanks around fields. */
  readonly trim?: boolean;
  /** Lines before the table that are no part of it: titles, empty ones, and `sep=;`. */
  readonly skipLines?: number;
  /** Set where two columns have the same name. */
  readonly duplicates?: "rename";
  /** Set where the bytes are not UTF-8. */
  readonly encoding?: "windows-1252";
}

const DELIMITERS = [",", "\t", ";", "|", ":"];
// It is in times and addresses, too.
const COLON_WEIGHT = 0.8;
const COMMENTS = ["##", "#", "%", "//"];
// The first line of some exports, which spreadsheets read.
const SEPARATOR_LINE = /^sep=(.)(?:\r\n|\r|\n)/i;
const SAMPLE_ROWS = 200;
const SAMPLE_UNITS = 64 * 1024;
const MOST_BYTES_PER_CHARACTER = 4;

/**
 * Guesses the dialect, the header and the types of a table from the beginning of its text: 64 thousand characters or 200
 * rows of it. Numbers with leading zeros are strings, integers beyond 53 bits are bigints.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows, sniff } from "@millpond/text";
 *
 * const text = "# of March\nzip;city;opened\n01067;Dresden;2019-05-04\n80331;München;2021-11-30\n";
 * const found = sniff(text);
 * assert.equal(found.delimiter, ";");
 * assert.equal(found.comment, "#");
 * assert.deepEqual(found.columns, { zip: "string", city: "string", opened: "date" });
 * const [first] = rows(text, found).objects();
 * assert.equal(first.zip, "01067");
 * ```
 *
 * A header is a first row that is unlike the rows below it: words above numbers, dates or codes, years in equal steps, or
 * names written small above others. A table of nothing but words may have one that cannot be told.
 */
export function sniff(text: string | Uint8Array): Sniffed {
  const { sample, encoding } = sampleOf(text);
  const told = SEPARATOR_LINE.exec(sample);
  const body = told === null ? sample : sample.slice(told[0].length);
  const { dialect, table, skipLines } = withoutTitles(bestGuess(body, told?.[1]), body);
  const lines = skipLines + (told === null ? 0 : 1);
  const decimalMark = decimalMarkOf(table, dialect.delimiter);
  return {
    ...dialect,
    decimalMark,
    ...describeColumns(table, decimalMark),
    ...(lines === 0 ? {} : { skipLines: lines }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

// Whole lines of the text, unless it has a single one, without a byte order mark.
function sampleOf(text: string | Uint8Array): { sample: string; encoding: Sniffed["encoding"] } {
  if (typeof text !== "string" && !(text instanceof Uint8Array))
    throw unlike("a string or a Uint8Array", text);
  const encoding = typeof text === "string" ? undefined : encodingOf(text);
  const start = typeof text === "string" ? text.slice(0, SAMPLE_UNITS) : decodeStart(text, encoding);
  const cut = Math.max(start.lastIndexOf("\n"), start.lastIndexOf("\r"));
  const sample = start.length < SAMPLE_UNITS || cut < 0 ? start : start.slice(0, cut + 1);
  return { sample: sample.replace(/^\ufeff/, ""), encoding };
}

// The encoding of bytes that are neither UTF-8 nor have a mark. A character may be cut at the end of the sample.
function encodingOf(bytes: Uint8Array): Sniffed["encoding"] {
  const sample = bytes.slice(0, SAMPLE_UNITS);
  const wrong = wideEncoding(bytes) === undefined ? findInvalidUtf8(sample) : -1;
  const isCut = bytes.length > sample.length && wrong > sample.length - MOST_BYTES_PER_CHARACTER;
  return wrong < 0 || isCut ? undefined : "windows-1252";
}

function wideEncoding([first, second]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

function decodeStart(bytes: Uint8Array, encoding: Sniffed["encoding"]): string {
  const start = bytes.slice(0, SAMPLE_UNITS);
  if (encoding === undefined) return new TextDecoder(wideEncoding(bytes)).decode(start);
  return Array.from(start, (byte) => String.fromCharCode(WINDOWS_1252[byte])).join("");
}

interface Guess {
  readonly dialect: Pick<Sniffed, "delimiter" | "quote" | "comment" | "trim">;
  readonly table: readonly (readonly string[])[];
  /** The line that each row starts in, from 1. */
  readonly lines: readonly number[];
  readonly score: number;
}

function bestGuess(sample: string, told: string | undefined): Guess {
  const comments = commentsIn(sample);
  let best: Guess | undefined;
  for (const delimiter of told === undefined ? DELIMITERS : [told]) {
    const trim = isPadded(sample, delimiter) ? { trim: true } : {};
    for (const quote of quotesIn(sample, delimiter)) {
      for (const comment of comments) {
        const guess = guessWith(sample, { delimiter, quote, ...comment, ...trim });
        if (best === undefined || guess.score > best.score) best = guess;
      }
    }
  }
  return best as Guess;
}

// The marks that lines start with, and none: first of all what the first line starts with where a blank follows, while
// "#id" may be a name.
function commentsIn(sample: string): Pick<Sniffed, "comment">[] {
  const found = COMMENTS.filter((mark) => new RegExp(`^${mark}`, "m").test(sample));
  const first = found.filter((mark) => sample.startsWith(`${mark} `));
  const others = found.filter((mark) => !first.includes(mark));
  return [...first.map((comment) => ({ comment })), {}, ...others.map((comment) => ({ comment }))];
}

// Single quotes are apostrophes, unless a field starts with one.
function quotesIn(sample: string, delimiter: string): readonly string[] {
  const starts =
    sample.startsWith("'") || [delimiter, "\n", "\r"].some((mark) => sample.includes(`${mark}'`));
  return starts ? ['"', "'"] : ['"'];
}

// Whether nearly all delimiters have a blank before or behind them. Those of a table are in most lines.
function isPadded(sample: string, delimiter: string): boolean {
  const count = sample.split(delimiter).length - 1;
  const padded = [`${delimiter} `, ` ${delimiter}`].map((mark) => sample.split(mark).length - 1);
  return 2 * count > sample.split("\n").length && Math.max(...padded) > 0.9 * count;
}

function guessWith(sample: string, dialect: Guess["dialect"]): Guess {
  const table: string[][] = [];
  const lines: number[] = [];
  const weight = dialect.delimiter === ":" ? COLON_WEIGHT : 1;
  let score = 0;
  try {
    for (const row of rows(sample, { ...dialect, ragged: "keep", emptyLines: "skip" })) {
      table.push(row.toArray() as string[]);
      lines.push(row.line);
      if (table.length === SAMPLE_ROWS) break;
    }
    score = weight * evenness(table);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    // Rows that make no sense in this dialect speak against it, and those before them are better than nothing.
    score = (weight * evenness(table)) / 4;
  }
  return { dialect, table, lines, score };
}

// How many fields most rows have, and how many rows these are.
function usualWidth(table: readonly (readonly string[])[]): { width: number; count: number } {
  const counts = new Map<number, number>();
  for (const { length } of table) counts.set(length, (counts.get(length) ?? 0) + 1);
  let [width, count] = [0, 0];
  for (const [each, rowCount] of counts) if (rowCount > count) [width, count] = [each, rowCount];
  return { width, count };
}

// How many rows have as many fields as most of them, from 0 to 1; more columns are a little better than fewer.
function evenness(table: readonly (readonly string[])[]): number {
  if (table.length === 0) return 0;
  const { width, count } = usualWidth(table);
  const columns = width === 1 ? 0 : 1 + Math.min(width, 100) / 1000;
  const quotesLeft = table.flat().filter((field) => /^['"].*['"]$/s.test(field)).length;
  return (count / table.length) * columns - quotesLeft / (10 * table.length * width);
}

// Takes lines away that come before a table and have half as many fields at most, and empty ones before its first row,
// where rows() does not know yet how many columns there will be.
function withoutTitles(
  { dialect, table, lines }: Guess,
  sample: string,
): Omit<Guess, "lines" | "score"> & { skipLines: number } {
  const { width, count } = usualWidth(table);
  const usual = table.findIndex((row) => row.length === width);
  const areTitles = 2 * count > table.length && table.slice(0, usual).every((row) => 2 * row.length <= width);
  const first = areTitles ? Math.max(usual, 0) : 0;
  const before = (lines[first] ?? 1) - 1;
  const hasEmpty = width > 1 && sample.split(/\r\n|\r|\n/, before).includes("");
  return { dialect, table: table.slice(first), skipLines: first > 0 || hasEmpty ? before : 0 };
}
