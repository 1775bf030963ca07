// How a table is read: the dialect it is written in, its header, its columns, and what to do about what is wrong.

import type { AbortSignalLike, Allocator } from "@millpond/core";

import type { Encoding } from "../bytes/transcoder.ts";
import { checkOptions, checkSignal, type NamesOf, oneOf, show, unlike } from "../check.ts";
import { poolOr } from "../default-pool.ts";
import { ENCODINGS } from "../source/decoding.ts";
import { type Dialect, DIALECT_OPTIONS, dialectBytes, type DialectBytes } from "./dialect.ts";
import type { TablePart } from "./part.ts";
import type { Row } from "./row.ts";

/**
 * What the fields of a column are: text, a number, an integer of at most 53 bits or of any size, a truth value, a moment
 * (`Date`), or what a function of your own makes of it.
 */
export type ColumnType =
  | "string"
  | "float"
  | "int"
  | "bigint"
  | "bool"
  | "date"
  | ((row: Row, column: number) => unknown);

/** The columns that matter, by name or number, and what they are. */
export type Schema = Readonly<Record<string, ColumnType>>;

/** A schema, or a list of columns that are strings. */
export type ColumnChoice = Schema | readonly string[];

/** The schema of tables whose columns were not told: every column is a string. */
export type AllStrings = Readonly<Record<string, "string">>;

/** The schema that a choice of columns comes to. */
export type SchemaOf<C> = ColumnChoice extends C
  ? AllStrings
  : C extends readonly (infer N extends string)[]
    ? Readonly<Record<N, "string">>
    : C extends Schema
      ? C
      : never;

/** The value of a field of such a column; null for an empty field, unless it is a string. */
export type ValueOf<T extends ColumnType> = T extends "string"
  ? string
  : T extends "float" | "int"
    ? number | null
    : T extends "bigint"
      ? bigint | null
      : T extends "bool"
        ? boolean | null
        : T extends "date"
          ? Date | null
          : T extends (row: Row, column: number) => infer R
            ? R
            : never;

/** A row as an object, by the schema. */
export type ObjectOf<S extends Schema> = { -readonly [K in keyof S]: ValueOf<S[K]> };

/** Options of `rows`. */
export interface RowsOptions<C extends ColumnChoice = AllStrings | readonly string[]> extends Dialect {
  /**
   * Whether the first row has the names of the columns; or these names, when it has not.
   *
   * @defaultValue false
   */
  readonly header?: boolean | readonly string[];
  /**
   * Two columns of one name: an error, or the later ones become `name_2`, `name_3`, ….
   *
   * @defaultValue "error"
   */
  readonly duplicates?: "error" | "rename";
  /**
   * The columns that arrays, objects and `columns()` have, and their types. Other columns are skipped at no cost.
   * Without it, all of them, as strings.
   */
  readonly columns?: C;
  /**
   * Rows that have more or fewer fields than the first one: an error; `"pad"` reads missing fields as empty and leaves
   * surplus ones out; `"keep"` takes each row as it is.
   *
   * @defaultValue "error"
   */
  readonly ragged?: "error" | "pad" | "keep";
  /**
   * Fields that are not what the type of their column says: an error, or null. Empty fields are null in any case.
   *
   * @defaultValue "error"
   */
  readonly badValues?: "error" | "null";
  /**
   * How bytes are encoded. `"auto"` is UTF-8, or UTF-16 where a byte order mark says so. Places in errors are those of
   * the text in UTF-8.
   *
   * @defaultValue "auto"
   */
  readonly encoding?: "auto" | Encoding;
  /**
   * Bytes that are not UTF-8, or halves of characters of UTF-16: an error, or U+FFFD in strings.
   *
   * @defaultValue "error"
   */
  readonly badUtf8?: "error" | "replace";
  /**
   * Lines before the table, header included, that are not part of it.
   *
   * @defaultValue 0
   */
  readonly skipLines?: number;
  /**
   * The most bytes that a row may have, quotes and separators included; a quote that is never closed makes the rest of
   * the text one row.
   *
   * @defaultValue 16 MiB
   */
  readonly maxRowBytes?: number;
  /**
   * NUL bytes, which no text has and binary files and damaged disks do: characters like others, or an error.
   *
   * @defaultValue "keep"
   */
  readonly nul?: "keep" | "error";
  /** Ends reading between two reads, and a read that takes its time. */
  readonly signal?: AbortSignalLike;
  /**
   * Where memory comes from and goes back to.
   *
   * @defaultValue a pool of this package
   */
  readonly pool?: Allocator;
}

/** How a table is written and what is to be an error in it: the options of `rows` that can be posted to another thread. */
export type TableFormat = Omit<RowsOptions, "columns" | "encoding" | "pool" | "signal">;

/** The names of these. */
export const FORMAT_OPTIONS: NamesOf<TableFormat> = {
  ...DIALECT_OPTIONS,
  header: true,
  duplicates: true,
  ragged: true,
  badValues: true,
  badUtf8: true,
  skipLines: true,
  maxRowBytes: true,
  nul: true,
};

/** Options that have been checked. */
export interface Settings {
  readonly dialect: DialectBytes;
  readonly header: boolean | readonly string[];
  readonly rename: boolean;
  /** Name or number and type of each chosen column; undefined for all of them. */
  readonly chosen: readonly (readonly [string, ColumnType])[] | undefined;
  /** Whether they come in the order of the table: an object puts names such as "2024" first, wherever they were written. */
  readonly inTableOrder: boolean;
  readonly ragged: "error" | "pad" | "keep";
  readonly badValues: "error" | "null";
  readonly badUtf8: "error" | "replace";
  readonly nul: "keep" | "error";
  readonly signal: AbortSignalLike | undefined;
  readonly encoding: "auto" | Encoding;
  readonly skipLines: number;
  readonly maxRowBytes: number;
  readonly pool: Allocator;
  /** The part of the table that is read; undefined for all of it. */
  readonly part?: TablePart;
}

/** The most bytes of a row, unless told otherwise. */
const DEFAULT_MAX_ROW_BYTES = 16 * 1024 * 1024;
const ROWS_OPTIONS: NamesOf<RowsOptions> = {
  ...FORMAT_OPTIONS,
  columns: true,
  encoding: true,
  signal: true,
  pool: true,
};
const TYPES: readonly unknown[] = ["string", "float", "int", "bigint", "bool", "date"];

/** Checks options. Throws for what cannot be. */
export function settle(options: RowsOptions<ColumnChoice>): Settings {
  checkOptions(options, ROWS_OPTIONS);
  checkSignal(options.signal);
  const { header = false, duplicates = "error", columns, ragged = "error", badValues = "error" } = options;
  const {
    badUtf8 = "error",
    nul = "keep",
    signal,
    encoding = "auto",
    skipLines = 0,
    maxRowBytes = DEFAULT_MAX_ROW_BYTES,
    pool,
  } = options;
  return {
    dialect: dialectBytes(options),
    header: headerOf(header),
    rename: oneOf("duplicates", duplicates, ["error", "rename"]) === "rename",
    chosen: columns === undefined ? undefined : chosenOf(columns),
    inTableOrder: !Array.isArray(columns) && Object.keys(columns ?? {}).some((name) => /^\d+$/.test(name)),
    ragged: oneOf("ragged", ragged, ["error", "pad", "keep"]),
    badValues: oneOf("badValues", badValues, ["error", "null"]),
    badUtf8: oneOf("badUtf8", badUtf8, ["error", "replace"]),
    nul: oneOf("nul", nul, ["keep", "error"]),
    signal,
    encoding: oneOf("encoding", encoding, ENCODINGS),
    skipLines: countOf("skipLines", skipLines),
    maxRowBytes: countOf("maxRowBytes", maxRowBytes),
    pool: poolOr(pool),
  };
}

function headerOf(header: boolean | readonly string[]): boolean | readonly string[] {
  if (typeof header === "boolean") return header;
  if (Array.isArray(header) && header.length > 0 && header.every((name) => typeof name === "string")) {
    return [...header];
  }
  throw unlike("header to be true, false or a list of names", header);
}

function chosenOf(columns: ColumnChoice): (readonly [string, ColumnType])[] {
  if (typeof columns !== "object" || columns === null)
    throw unlike("columns to be a list or an object", columns);
  const entries = Array.isArray(columns)
    ? (columns as readonly string[]).map((name): [string, ColumnType] => [name, "string"])
    : Object.entries(columns as Schema);
  for (const [name, type] of entries) {
    if (typeof name !== "string") throw unlike("columns to be named by strings", name);
    if (typeof type === "function" || TYPES.includes(type)) continue;
    throw unlike(`the type of column ${show(name)} to be one of ${TYPES.join(", ")} or a function`, type);
  }
  return entries;
}

function countOf(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw unlike(`${name} to be an integer from 0 on`, value);
}
