// Options of formatting, their defaults, and the refusal of values that cannot be meant.

import type { Pool } from "@millpond/core";

import { JsonError } from "../errors.ts";

/** Which quotes strings and keys get; `"keep"` leaves them as they are. */
export type QuoteStyle = "keep" | "double" | "single";

/** Options of `format()` and `formatToBytes()`. */
export interface FormatOptions {
  /** Where the output is built. Default: the pool of the document. */
  readonly pool?: Pool;
  /** Spaces for each level, 0 to 16, or `"tab"`. Default 2. */
  readonly indent?: number | "tab";
  /** The most columns of a line that holds a whole container; a tab counts as 4. Default 80. */
  readonly lineWidth?: number;
  /** Arrays of so many elements at most are written on one line where they fit. Default 5; 0 for none. */
  readonly compactArrays?: number;
  /** Objects of so many members at most are written on one line where they fit. Default 3; 0 for none. */
  readonly compactObjects?: number;
  /** True to write members by the code points of their decoded keys; equal keys keep their order. Default false. */
  readonly sortKeys?: boolean;
  /** True for a comma behind the last element of containers of several lines, as JSONC and JSON5 allow. Default false. */
  readonly trailingCommas?: boolean;
  /**
   * The quotes of strings and keys, bare keys included. Default `"keep"`. Only quotes and their escapes change; other
   * escapes stay as they are. Single quotes are for JSON5.
   */
  readonly quotes?: QuoteStyle;
  /** Whether the output ends with a line feed. Default true. */
  readonly finalNewline?: boolean;
}

/** Options of `minify()` and `minifyToBytes()`. */
export interface MinifyOptions {
  /** Where the output is built. Default: the pool of the document. */
  readonly pool?: Pool;
  /** True to write members by the code points of their decoded keys; equal keys keep their order. Default false. */
  readonly sortKeys?: boolean;
}

/** The options with every default filled in. */
export interface Style {
  /** False to write everything on one line, without spaces and comments. */
  readonly spaced: boolean;
  /** The byte of indentation, a space or a tab, and how many of it a level has. */
  readonly indentByte: number;
  readonly indentCount: number;
  /** How many columns a level takes. */
  readonly indentColumns: number;
  readonly lineWidth: number;
  readonly compactArrays: number;
  readonly compactObjects: number;
  readonly sortKeys: boolean;
  readonly trailingCommas: boolean;
  /** The byte of the quote, or 0 to keep quotes. */
  readonly quote: number;
  readonly finalNewline: boolean;
}

const TAB_COLUMNS = 4;
const INDENT_MAX = 16;
const COUNT_MAX = 2 ** 30;

const QUOTES: Readonly<Record<QuoteStyle, number>> = { keep: 0, double: 0x22, single: 0x27 };

/** How minified text is written. */
export function minifiedStyle(options: MinifyOptions): Style {
  const none = { indent: 0, compactArrays: 0, compactObjects: 0, finalNewline: false };
  return { ...styleOf({ ...none, sortKeys: flag("sortKeys", options.sortKeys, false) }), spaced: false };
}

/** Fills in the defaults and refuses what cannot be meant, naming the option. */
export function styleOf(options: FormatOptions): Style {
  const { indent = 2, quotes = "keep" } = options;
  if (!Object.hasOwn(QUOTES, quotes)) {
    throw refusal("quotes", '"keep", "double" or "single"', quotes);
  }
  const tab = indent === "tab";
  const spaces = tab ? 1 : count("indent", indent, 0, INDENT_MAX);
  return {
    spaced: true,
    indentByte: tab ? 0x09 : 0x20,
    indentCount: spaces,
    indentColumns: tab ? TAB_COLUMNS : spaces,
    lineWidth: count("lineWidth", options.lineWidth, 80, COUNT_MAX),
    compactArrays: count("compactArrays", options.compactArrays, 5, COUNT_MAX),
    compactObjects: count("compactObjects", options.compactObjects, 3, COUNT_MAX),
    sortKeys: flag("sortKeys", options.sortKeys, false),
    trailingCommas: flag("trailingCommas", options.trailingCommas, false),
    quote: QUOTES[quotes],
    finalNewline: flag("finalNewline", options.finalNewline, true),
  };
}

function count(name: string, value: number | undefined, usual: number, most: number): number {
  if (value === undefined) return usual;
  if (value === Infinity && most === COUNT_MAX) return most;
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw refusal(name, `a whole number from 0 to ${most}`, value);
}

function flag(name: string, value: boolean | undefined, usual: boolean): boolean {
  if (value === undefined || typeof value === "boolean") return value ?? usual;
  throw refusal(name, "true or false", value);
}

function refusal(name: string, expected: string, got: unknown): JsonError {
  return new JsonError("BAD_ARGUMENT", `expected ${name} to be ${expected}, got ${String(got)}`);
}
