// Writing delimited text: as one string, as chunks of bytes, or into a stream that may be slower than the writer.

import type { Allocator } from "@millpond/core";

import { checkOptions, isThenable, type NamesOf, oneOf, show, unlike } from "../check.ts";
import { poolOr } from "../default-pool.ts";
import { TextError } from "../errors.ts";
import { type Dialect, dialectBytes, type DialectBytes } from "../table/dialect.ts";
import { type CellValue, RowEncoder } from "./row-encoder.ts";
import { type SinkWriter, type TableSink, writerOf } from "./table-sink.ts";

/** A row to be written: a list of values, or an object with values by name. */
export type RowInput = readonly CellValue[] | Readonly<Record<string, CellValue>>;

/** What a type of rows has to be: one whose values can be written, an interface or a class of one's own included. */
export type RowOf<R> = readonly CellValue[] | (object & { readonly [K in keyof R]: CellValue });

/** Options of {@link formatRows}, {@link encodeRows} and {@link writeRows}. */
export interface WriteOptions extends Pick<
  Dialect,
  "delimiter" | "quote" | "escape" | "comment" | "trim" | "decimalMark"
> {
  /**
   * What ends a row.
   *
   * @defaultValue "\n"
   */
  readonly newline?: "\n" | "\r\n" | "\r" | (string & {});
  /**
   * The names of the columns. Objects are written by them; without them, by the keys of the first object.
   */
  readonly columns?: readonly string[];
  /**
   * Whether the names are written before the rows.
   *
   * @defaultValue true where rows are objects or columns are named
   */
  readonly header?: boolean;
  /**
   * Quotes around the fields that need them, or around all.
   *
   * @defaultValue "needed"
   */
  readonly quoting?: "needed" | "all";
  /**
   * Where memory comes from and goes back to.
   *
   * @defaultValue a pool of this package
   */
  readonly pool?: Allocator;
}

const WRITE_OPTIONS: NamesOf<WriteOptions> = {
  delimiter: true,
  quote: true,
  escape: true,
  comment: true,
  trim: true,
  decimalMark: true,
  newline: true,
  columns: true,
  header: true,
  quoting: true,
  pool: true,
};

/**
 * Rows as one string. What it makes, `rows()` reads again to the same values.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatRows } from "@millpond/text";
 *
 * assert.equal(
 *   formatRows([{ id: 1, name: "Mill, old" }, { id: 2, name: null }]),
 *   'id,name\n1,"Mill, old"\n2,\n',
 * );
 * assert.equal(formatRows([["a", 'say "hi"', 1.5]], { delimiter: ";" }), 'a;"say ""hi""";1.5\n');
 * ```
 */
export function formatRows<R extends RowOf<R>>(rows: Iterable<R>, options: WriteOptions = {}): string {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  for (const chunk of encodeRows(rows, options)) text += decoder.decode(chunk.slice(), { stream: true });
  return text + decoder.decode();
}

/**
 * Rows as chunks of UTF-8 of some ten thousand bytes each, made when they are asked for. A chunk is good until the next
 * one: the memory is used again.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodeRows } from "@millpond/text";
 *
 * let bytes = 0;
 * for (const chunk of encodeRows([["a", "b"], [1, 2]])) bytes += chunk.length;
 * assert.equal(bytes, 8);
 * ```
 */
export function encodeRows<R extends RowOf<R>>(
  rows: Iterable<R>,
  options: WriteOptions = {},
): Generator<Uint8Array, void, undefined> {
  if (!isIterable(rows)) throw unlike("rows to be an iterable of lists or objects", rows);
  return chunksOf(rows, settle(options));
}

function* chunksOf(
  rows: Iterable<RowInput>,
  settings: WriteSettings,
): Generator<Uint8Array, void, undefined> {
  const writing = new Writing(settings);
  try {
    for (const row of rows) {
      writing.row(row);
      if (writing.encoder.full) yield writing.encoder.take();
    }
    yield* writing.end();
  } finally {
    writing.encoder.release();
  }
}

/**
 * Writes rows into a stream and waits where the stream is slower; then a web stream is closed, and a Node stream or
 * function is left open for more. Returns how many bytes were written.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows, writeRows } from "@millpond/text";
 *
 * let text = "";
 * const decoder = new TextDecoder();
 * const source = rows("id,price\n1,2.5\n2,3\n", { header: true, columns: { price: "float", id: "int" } });
 * const bytes = await writeRows(source.objects(), (chunk) => void (text += decoder.decode(chunk)));
 * assert.equal(text, "price,id\n2.5,1\n3,2\n");
 * assert.equal(bytes, text.length);
 * ```
 */
export async function writeRows<R extends RowOf<R>>(
  rows: Iterable<R> | AsyncIterable<R>,
  sink: TableSink,
  options: WriteOptions = {},
): Promise<number> {
  if (!isIterable(rows) && !isAsyncIterable(rows)) {
    throw unlike("rows to be an iterable or async iterable of lists or objects", rows);
  }
  const writing = new Writing(settle(options));
  try {
    return await writeInto(writerOf(sink), writing, rows);
  } finally {
    writing.encoder.release();
  }
}

async function writeInto(
  target: SinkWriter,
  writing: Writing,
  rows: Iterable<RowInput> | AsyncIterable<RowInput>,
): Promise<number> {
  let bytes = 0;
  const write = async (chunk: Uint8Array): Promise<void> => {
    bytes += chunk.length;
    await target.write(chunk);
  };
  const take = (row: RowInput): void | Promise<void> => {
    writing.row(row);
    return writing.encoder.full ? write(writing.encoder.take()) : undefined;
  };
  try {
    // To wait for each row of rows that are there would take longer than to write it.
    if (isAsyncIterable(rows)) for await (const row of rows) await take(row);
    else {
      for (const row of rows) {
        const written = take(row);
        if (written !== undefined) await written;
      }
    }
    for (const chunk of writing.end()) await write(chunk);
    await target.close?.();
    return bytes;
  } catch (error) {
    await target.abort?.(error);
    throw error;
  }
}

function isIterable(rows: unknown): boolean {
  return typeof (rows as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] === "function";
}

function isAsyncIterable(rows: unknown): rows is AsyncIterable<RowInput> {
  const { [Symbol.asyncIterator]: iterate } = Object(rows) as Partial<AsyncIterable<unknown>>;
  return typeof iterate === "function";
}

// Options that have been checked.
interface WriteSettings {
  readonly dialect: DialectBytes;
  readonly newline: Uint8Array;
  readonly quoteAll: boolean;
  readonly names: readonly string[] | undefined;
  readonly header: boolean | undefined;
  readonly pool: Allocator;
}

const LINE_ENDS: readonly string[] = ["\n", "\r\n", "\r"];

function settle(options: WriteOptions): WriteSettings {
  checkOptions(options, WRITE_OPTIONS);
  const { newline = "\n", columns, header, quoting = "needed", pool } = options;
  const { delimiter = ",", quote = '"', escape, comment = "", trim = false, decimalMark = "." } = options;
  if (header !== undefined && typeof header !== "boolean") throw unlike("header to be true or false", header);
  const marks = { delimiter, quote, comment, trim, decimalMark, ...(escape === undefined ? {} : { escape }) };
  return {
    dialect: dialectBytes({ ...marks, newline: LINE_ENDS.includes(newline) ? "any" : newline }),
    newline: new TextEncoder().encode(newline),
    quoteAll: oneOf("quoting", quoting, ["needed", "all"]) === "all",
    names: checkNames(columns),
    header,
    pool: poolOr(pool),
  };
}

// Header and rows of one table.
class Writing {
  readonly encoder: RowEncoder;
  readonly #header: boolean | undefined;
  #names: readonly string[] | undefined;
  #begun = false;

  constructor({ dialect, newline, quoteAll, names, header, pool }: WriteSettings) {
    this.#names = names;
    this.#header = header;
    this.encoder = new RowEncoder(pool, dialect, newline, quoteAll);
  }

  row(row: RowInput): void {
    if (typeof row !== "object" || row === null || isThenable(row)) {
      throw unlike("rows to be lists or objects", row);
    }
    if (!this.#begun) this.#begin(row);
    if (isList(row)) for (const value of row) this.encoder.field(value);
    else for (const name of this.#names ?? keysFor(row)) this.encoder.field(valueIn(row, name));
    this.encoder.endRow();
  }

  // The rest, and the header of a table without rows.
  *end(): Generator<Uint8Array, void, undefined> {
    if (!this.#begun && this.#names !== undefined) this.#begin(this.#names);
    const chunk = this.encoder.take();
    if (chunk.length > 0) yield chunk;
  }

  #begin(row: RowInput): void {
    this.#begun = true;
    if (!isList(row)) this.#names ??= keysOf(row);
    const names = this.#names;
    if (!(this.#header ?? names !== undefined)) return;
    if (names === undefined) {
      throw new TextError("BAD_HEADER", "a header needs names; pass columns, or rows that are objects");
    }
    for (const name of names) this.encoder.field(name);
    this.encoder.endRow();
  }
}

function checkNames(names: unknown): readonly string[] | undefined {
  if (names === undefined) return undefined;
  if (Array.isArray(names) && names.every((name) => typeof name === "string")) return names;
  throw unlike("columns to be a list of names", names);
}

function isList(row: RowInput): row is readonly CellValue[] {
  return Array.isArray(row);
}

function keysOf(row: object): string[] {
  const keys = Object.keys(row);
  if (keys.length > 0) return keys;
  throw new TextError(
    "BAD_HEADER",
    `expected the first row to have values by name, got ${show(row)}; or pass columns`,
  );
}

// A first row that is a list says nothing about objects behind it.
function keysFor(row: object): never {
  throw new TextError(
    "BAD_HEADER",
    `expected all rows to be lists, as the first one was, got ${show(row)}; or pass columns`,
  );
}

function valueIn(row: Readonly<Record<string, CellValue>>, name: string): CellValue {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
