// Options of formatting, their defaults, and the refusal of values that cannot be meant.

import type { Pool } from "@millpond/core";

import { boundedOf, countOf, flagOf, oneOf, optionsOf, poolOf } from "../check.ts";

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
  /** True to keep one blank line where there are any, except behind an opening bracket. Default false. */
  readonly keepBlankLines?: boolean;
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
  /** Where the output is built; undefined for the pool of the document. */
  readonly pool: Pool | undefined;
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
  readonly keepBlankLines: boolean;
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
  const { pool, sortKeys } = optionsOf(options);
  const style = styleOf({ indent: 0, compactArrays: 0, compactObjects: 0, finalNewline: false });
  return { ...style, pool: poolOf(pool), spaced: false, sortKeys: flagOf("sortKeys", sortKeys, false) };
}

/** Fills in the defaults and refuses what cannot be meant, naming the option. */
export function styleOf(options: FormatOptions): Style {
  const { indent, quotes = "keep" } = optionsOf(options);
  const tab = indent === "tab";
  const spaces = tab ? 1 : boundedOf('indent, unless it is "tab",', indent, 2, INDENT_MAX);
  return {
    pool: poolOf(options.pool),
    spaced: true,
    indentByte: tab ? 0x09 : 0x20,
    indentCount: spaces,
    indentColumns: tab ? TAB_COLUMNS : spaces,
    lineWidth: countOf("lineWidth", options.lineWidth, 80, COUNT_MAX),
    compactArrays: countOf("compactArrays", options.compactArrays, 5, COUNT_MAX),
    compactObjects: countOf("compactObjects", options.compactObjects, 3, COUNT_MAX),
    sortKeys: flagOf("sortKeys", options.sortKeys, false),
    keepBlankLines: flagOf("keepBlankLines", options.keepBlankLines, false),
    trailingCommas: flagOf("trailingCommas", options.trailingCommas, false),
    quote: QUOTES[oneOf("quotes", quotes, ["keep", "double", "single"])],
    finalNewline: flagOf("finalNewline", options.finalNewline, true),
  };
}
