// formatStream() and minifyStream(): the same as format() and minify() for texts that are too large to be held.

import { boundedOf, unlike } from "../check.ts";
import { type Dialect, DIALECTS } from "../parse/dialects.ts";
import { type Encoding, settle, type UnicodeMode } from "../parse/options.ts";
import { JsonParser } from "../parser.ts";
import { chunksOf, type JsonSource } from "../stream/chunks.ts";
import { type FormatOptions, minifiedStyle, type MinifyOptions, type Style, styleOf } from "./options.ts";
import { PartFormatter } from "./part-formatter.ts";

/** How the source of `formatStream()` and `minifyStream()` is read; the words mean what they mean to `parse()`. */
export interface ReadingOptions {
  /** Default `"json"`. */
  readonly dialect?: Dialect;
  /** Default `"strict"`. */
  readonly unicode?: UnicodeMode;
  /** Default `"auto"`. */
  readonly encoding?: Encoding;
  /** The most bytes of one token, or of the whitespace and comments between two. Default: about 4 GiB. */
  readonly maxBytes?: number;
  /** The most containers inside each other; each takes a byte. Default: 252,000,000. */
  readonly maxDepth?: number;
}

/** Options of `formatStream()`: those of `format()` but `sortKeys`, and how the source is read. */
export interface FormatStreamOptions extends Omit<FormatOptions, "sortKeys">, ReadingOptions {}

/** Options of `minifyStream()`. */
export interface MinifyStreamOptions extends Omit<MinifyOptions, "sortKeys">, ReadingOptions {}

// Containers are followed so far, and further for long lines, before they count as too wide.
const LOOK_AHEAD_BYTES = 1 << 16;
const LINE_WIDTH_MAX = 1_000_000;
// A column takes up to four bytes, and there is whitespace in between.
const COLUMN_BYTES = 8;

/**
 * Formats one text that comes in chunks of any size, in constant memory: the chunks of the result are those of what
 * `format()` gives. Memory depends on `lineWidth`, 1,000,000 at most, on the longest token, and on the depth. Keys cannot be
 * sorted. A container that would fit on a line is spread over several where more than some 64 KB of whitespace are inside.
 *
 * The first fault ends the stream with a `JsonError` that says where in the stream it is; what was given out until then
 * is the beginning of the text.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatStream } from "@millpond/json";
 *
 * const decoder = new TextDecoder();
 * let text = "";
 * for await (const chunk of formatStream(['{"id": 1.50, // ex', 'act\n"tags": ["a","b"]}'], { dialect: "jsonc" })) {
 *   text += decoder.decode(chunk, { stream: true });
 * }
 * assert.equal(text, '{\n  "id": 1.50, // exact\n  "tags": ["a", "b"]\n}\n');
 * ```
 */
export function formatStream(
  source: JsonSource,
  options: FormatStreamOptions = {},
): AsyncIterableIterator<Uint8Array> {
  const style = unsorted(styleOf(options));
  const lineWidth = boundedOf("lineWidth of a stream", options.lineWidth, style.lineWidth, LINE_WIDTH_MAX);
  return streamed(source, options, style, LOOK_AHEAD_BYTES + lineWidth * COLUMN_BYTES);
}

/**
 * The same for `minify()`: one text without whitespace and comments, in constant memory.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { minifyStream } from "@millpond/json";
 *
 * const chunks: Uint8Array[] = [];
 * for await (const chunk of minifyStream(["[ 1.0 , ", "2 ]"])) chunks.push(chunk);
 * assert.equal(Buffer.concat(chunks).toString(), "[1.0,2]");
 * ```
 */
export function minifyStream(
  source: JsonSource,
  options: MinifyStreamOptions = {},
): AsyncIterableIterator<Uint8Array> {
  return streamed(source, options, unsorted(minifiedStyle(options)), LOOK_AHEAD_BYTES);
}

function unsorted(style: Style): Style {
  if (!style.sortKeys) return style;
  throw unlike("sortKeys to be left out, since a stream cannot be sorted; format() can, of a document", true);
}

/** @internal */
export function streamed(
  source: JsonSource,
  options: FormatStreamOptions,
  style: Style,
  lookAheadBytes: number,
): AsyncIterableIterator<Uint8Array> {
  const { pool, rules, encoding, maxBytes, maxDepth } = settle(options);
  // Generators begin when they are asked for the first chunk; options are refused before.
  return (async function* () {
    // The limit is for tokens; chunks are converted as they come.
    const parser = new JsonParser({ ...options, recover: true, encoding: "utf-8", maxBytes: Infinity });
    const json5 = rules === DIALECTS.json5;
    const formatter = new PartFormatter({ pool, json5, parser, maxBytes, maxDepth, lookAheadBytes }, style);
    try {
      for await (const chunk of chunksOf(source, encoding)) yield* formatter.push(chunk);
      yield formatter.finish();
    } finally {
      formatter.close();
    }
  })();
}
