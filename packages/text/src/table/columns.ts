// Whole columns: numbers on pooled memory that grows, strings and the rest in arrays.

import { type TypedArray, type Vec, vec } from "@millpond/core";

import { TextError } from "../errors.ts";
import type { Batch } from "./batch.ts";
import { type ChosenColumn, noColumn } from "./header.ts";
import type { AllStrings, ColumnType, Schema } from "./options.ts";
import { Row } from "./row.ts";
import type { TableReader } from "./table-reader.ts";
import { valueOf } from "./values.ts";

/** A whole column by its type: numbers, moments and truth values as typed arrays, the rest as a list. */
export type ColumnOf<T extends ColumnType> = T extends "float" | "int" | "date"
  ? Float64Array
  : T extends "bool"
    ? Uint8Array
    : T extends "string"
      ? string[]
      : T extends "bigint"
        ? (bigint | null)[]
        : T extends (row: Row, column: number) => infer R
          ? R[]
          : never;

/** What stands for an empty field in a column of truth values. */
const NEITHER = 2;

/**
 * Whole columns of a table, as `columns()` reads them. Numbers are `Float64Array`s on pooled memory with NaN for empty
 * fields, moments the same in milliseconds since 1970, truth values a `Uint8Array` of 0, 1, and 2 for empty fields.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rows } from "@millpond/text";
 *
 * const table = rows("city,people\nUlm,126000\nBonn,\n", {
 *   header: true,
 *   columns: { city: "string", people: "int" },
 * });
 * const columns = table.columns();
 * assert.deepEqual(columns.get("city"), ["Ulm", "Bonn"]);
 * assert.deepEqual([...columns.get("people")], [126000, NaN]); // a Float64Array
 * columns.release();
 * ```
 */
export class Columns<S extends Schema = AllStrings> {
  readonly #columns: readonly CollectedColumn[];
  #released = false;
  /** How many rows were read. */
  readonly rowCount: number;

  /** @internal */
  constructor(columns: readonly CollectedColumn[], rowCount: number) {
    this.#columns = columns;
    this.rowCount = rowCount;
  }

  /** The names of the columns. */
  get names(): readonly (keyof S & string)[] {
    return this.#columns.map(({ name }) => name);
  }

  /** A column by its name. Typed arrays are good until `release()`. */
  get<K extends keyof S & string>(name: K): ColumnOf<S[K]> {
    if (this.#released) {
      throw new TextError("USE_AFTER_RELEASE", "these columns were released; copy what you keep before that");
    }
    const found = this.#columns.find((column) => column.name === name);
    if (found === undefined) throw noColumn(name, this.names, this.names.length);
    return found.values as ColumnOf<S[K]>;
  }

  /** Gives the memory of the typed arrays back. */
  release(): void {
    if (this.#released) throw new TextError("DOUBLE_RELEASE", "these columns were released before");
    this.#released = true;
    for (const column of this.#columns) column.release();
  }

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    if (!this.#released) this.release();
  }
}

/** A column that grows batch by batch. @internal */
export interface CollectedColumn {
  readonly name: string;
  /** The whole column. */
  readonly values: TypedArray | unknown[];
  /** Takes the fields of a batch. */
  take(batch: Batch): void;
  /** Gives the memory back. */
  release(): void;
}

/** Collects the columns of a table. @internal */
export class ColumnsCollector {
  readonly #columns: CollectedColumn[];
  #rowCount = 0;

  constructor(reader: TableReader) {
    this.#columns = reader.chosenOrAll().map((column) => collect(reader, column));
  }

  /** Takes the rows of a batch. */
  take(batch: Batch): void {
    for (const column of this.#columns) column.take(batch);
    this.#rowCount += batch.rowCount;
  }

  /** Gives everything back, after an error. */
  release(): void {
    for (const column of this.#columns) column.release();
  }

  /** What was collected. */
  finish<S extends Schema>(): Columns<S> {
    return new Columns<S>(this.#columns, this.#rowCount);
  }
}

function collect(reader: TableReader, column: ChosenColumn): CollectedColumn {
  switch (column.type) {
    case "float":
    case "int":
      return new NumberCollector(reader, column);
    case "date":
      return new WordCollector(reader, column, vec(reader.settings.pool, Float64Array), timeOf);
    case "bool":
      return new WordCollector(reader, column, vec(reader.settings.pool, Uint8Array), truthOf);
    default:
      return new ListCollector(reader, column);
  }
}

class NumberCollector implements CollectedColumn {
  readonly name: string;
  readonly #column: ChosenColumn;
  readonly #strict: boolean;
  readonly #vector: Vec<Float64Array>;

  constructor(reader: TableReader, column: ChosenColumn) {
    this.name = column.name;
    this.#column = column;
    this.#strict = reader.settings.badValues === "error";
    this.#vector = vec(reader.settings.pool, Float64Array);
  }

  get values(): Float64Array {
    return this.#vector.array;
  }

  take(batch: Batch): void {
    this.#vector.extend(batch._numbers(this.#column.index, this.#column.type === "int", this.#strict));
  }

  release(): void {
    this.#vector.release();
  }
}

class WordCollector implements CollectedColumn {
  readonly name: string;
  readonly #row: Row;
  readonly #column: ChosenColumn;
  readonly #strict: boolean;
  readonly #vector: Vec<Float64Array> | Vec<Uint8Array>;
  readonly #numberOf: (value: unknown) => number;

  constructor(
    reader: TableReader,
    column: ChosenColumn,
    vector: Vec<Float64Array> | Vec<Uint8Array>,
    numberOf: (value: unknown) => number,
  ) {
    this.name = column.name;
    this.#row = new Row(reader);
    this.#column = column;
    this.#strict = reader.settings.badValues === "error";
    this.#vector = vector;
    this.#numberOf = numberOf;
  }

  get values(): TypedArray {
    return this.#vector.array;
  }

  take({ rowCount }: Batch): void {
    for (let place = 0; place < rowCount; place++) {
      this.#row._move(place);
      this.#vector.push(this.#numberOf(valueOf(this.#row, this.#column, this.#strict)));
    }
    this.#row._leave();
  }

  release(): void {
    this.#vector.release();
  }
}

class ListCollector implements CollectedColumn {
  readonly name: string;
  readonly #row: Row;
  readonly #column: ChosenColumn;
  readonly #strict: boolean;
  readonly values: unknown[] = [];

  constructor(reader: TableReader, column: ChosenColumn) {
    this.name = column.name;
    this.#row = new Row(reader);
    this.#column = column;
    this.#strict = reader.settings.badValues === "error";
  }

  take({ rowCount }: Batch): void {
    for (let place = 0; place < rowCount; place++) {
      this.#row._move(place);
      this.values.push(valueOf(this.#row, this.#column, this.#strict));
    }
    this.#row._leave();
  }

  release(): void {
    // A list is the collector's to free, and the user may have kept it.
  }
}

function timeOf(value: unknown): number {
  return value instanceof Date ? value.getTime() : NaN;
}

function truthOf(value: unknown): number {
  return typeof value === "boolean" ? Number(value) : NEITHER;
}
