// Pieces that are parsed while they are found: one bad piece does not end the others.
import { unlike } from "../check.ts";
import type { DelimiterInput } from "../split/delimiters.ts";
import type { SplitOptions } from "../split/options.ts";
import type { Segment } from "../split/segments.ts";
import { splitter, type TextSource } from "../split/splitter.ts";

/** A piece that was parsed, or what was wrong with it; and where it is. */
export type ParsedToken<T> =
  | {
      /** Whether it could be parsed. */
      readonly ok: true;
      /** What it was parsed to. */
      readonly value: T;
      /** The piece. */
      readonly text: string;
      /** Where it starts, in bytes of UTF-8. */
      readonly start: number;
      /** Where it ends. */
      readonly end: number;
    }
  | {
      /** Whether it could be parsed. */
      readonly ok: false;
      /** What the parser threw. */
      readonly error: unknown;
      /** The piece. */
      readonly text: string;
      /** Where it starts, in bytes of UTF-8. */
      readonly start: number;
      /** Where it ends. */
      readonly end: number;
    };

/**
 * Splits a text and parses each piece. What the parser throws belongs to its piece, and the next one is parsed all
 * the same. Pieces are found while they are asked for.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseTokens } from "@millpond/text";
 *
 * function integer(text: string): number {
 *   if (!/^-?\d+$/.test(text)) throw new RangeError(`${text} is no integer`);
 *   return Number(text);
 * }
 * const good: number[] = [];
 * for (const token of parseTokens("1,2,,x,4", ",", integer)) {
 *   if (token.ok) good.push(token.value);
 *   else assert.equal(token.start, 5);
 * }
 * assert.deepEqual(good, [1, 2, 4]);
 * ```
 */
export function parseTokens<T>(
  source: TextSource,
  delimiters: DelimiterInput,
  parse: (text: string) => T,
  options: SplitOptions = {},
): IterableIterator<ParsedToken<T>> {
  if (typeof parse !== "function") throw unlike("a function that parses a piece", parse);
  return parsedPieces(splitter(delimiters, options).segments(source), parse);
}

function* parsedPieces<T>(
  segments: Iterable<Segment>,
  parse: (text: string) => T,
): IterableIterator<ParsedToken<T>> {
  for (const { text, start, end, kind } of segments) {
    if (kind === "delimited") yield parsed(parse, text, start, end);
  }
}

function parsed<T>(parse: (text: string) => T, text: string, start: number, end: number): ParsedToken<T> {
  try {
    return { ok: true, value: parse(text), text, start, end };
  } catch (error) {
    return { ok: false, error, text, start, end };
  }
}
