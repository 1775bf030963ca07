// `rows()`: from a source and options to a table.

import { decodedReaderOf } from "../source/decoding.ts";
import type { AsyncSource, SyncSource, TableSource } from "../source/source.ts";
import { AsyncTable } from "./async-table.ts";
import { type ColumnChoice, type RowsOptions, type SchemaOf, settle } from "./options.ts";
import { Table } from "./table.ts";

/**
 * Reads delimited text: CSV and everything like it. Strings, bytes and readers that do not wait give a `Table`; streams,
 * files and async iterables of chunks give an `AsyncTable` with the same methods, to be awaited.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows } from "@millpond/text";
 *
 * const text = "date;amount\n2024-02-29;1.234,5\n2024-03-01;-7,25\n".replace("1.234", "1234");
 * const table = rows(text, {
 *   delimiter: ";",
 *   decimalMark: ",",
 *   header: true,
 *   columns: { amount: "float", date: "date" },
 * });
 * const [first, second] = [...table.objects()];
 * assert.equal(first.amount, 1234.5);
 * assert.equal(second.date?.getTime(), Date.UTC(2024, 2, 1));
 * ```
 *
 * What is wrong with a text is a `TextError` with line, column and byte, thrown when reading gets there; the rows before
 * it have been shown by then.
 */
export function rows<const C extends ColumnChoice>(
  source: SyncSource,
  options?: RowsOptions<C>,
): Table<SchemaOf<C>>;
export function rows<const C extends ColumnChoice>(
  source: AsyncSource,
  options?: RowsOptions<C>,
): AsyncTable<SchemaOf<C>>;
export function rows<const C extends ColumnChoice>(
  source: TableSource,
  options?: RowsOptions<C>,
): Table<SchemaOf<C>> | AsyncTable<SchemaOf<C>>;
export function rows<const C extends ColumnChoice>(
  source: TableSource,
  options: RowsOptions<C> = {},
): Table<SchemaOf<C>> | AsyncTable<SchemaOf<C>> {
  const settings = settle(options);
  const { encoding, badUtf8, pool } = settings;
  const reader = decodedReaderOf(source, { encoding, replace: badUtf8 === "replace", pool });
  return reader.sync ? new Table(reader, settings) : new AsyncTable(reader, settings, source);
}
