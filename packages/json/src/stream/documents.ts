// Documents from a stream: NDJSON, concatenated values, or the elements of an array, in the memory of the largest one.

import { oneOf } from "../check.ts";
import type { JsonDocument } from "../document.ts";
import { JsonError, type JsonPlace } from "../errors.ts";
import { MAX_TEXT_BYTES } from "../tape/tape-layout.ts";
import { type ParseOptions, settle } from "../parse/options.ts";
import { JsonParser } from "../parser.ts";
import { placeBehind } from "../read/lines.ts";
import { chunksOf, type JsonSource } from "./chunks.ts";
import { framerFor, type Framing } from "./framer.ts";
import { Splitter } from "./splitter.ts";

/** Options of {@link readDocuments}; `maxBytes` bounds each document, and with it the memory. */
export interface StreamOptions extends ParseOptions {
  /** How documents follow each other. Default `"lines"`. */
  readonly framing?: Framing;
}

/**
 * The documents of a stream, one after another, from chunks of any size. All are shown by the same `JsonDocument`: read
 * what you need before asking for the next. Its `origin` says where in the stream its text begins, and so do errors.
 *
 * A document with a fault ends the stream with a `JsonError`; with `recover: true` it is handed out with its faults, and
 * the stream goes on.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { readDocuments } from "@millpond/json";
 *
 * const names: unknown[] = [];
 * for await (const document of readDocuments(['{"name": "a"}\n{"na', 'me": "b"}\n'])) {
 *   names.push(document.root.get("name")?.toValue());
 * }
 * assert.deepEqual(names, ["a", "b"]);
 * ```
 */
export function readDocuments(
  source: JsonSource,
  options: StreamOptions = {},
): AsyncIterableIterator<JsonDocument> {
  const { framing = "lines" } = options;
  const { pool, rules, maxBytes, encoding } = settle(options);
  const framer = framerFor(oneOf("framing", framing, ["lines", "values", "elements"]), rules);
  const splitter = new Splitter(pool, rules, framer, Math.min(maxBytes, MAX_TEXT_BYTES));
  return documentsOf(chunksOf(source, encoding), splitter, options);
}

async function* documentsOf(
  chunks: AsyncIterable<Uint8Array>,
  splitter: Splitter,
  options: ParseOptions,
): AsyncIterableIterator<JsonDocument> {
  // Chunks are UTF-8 whatever the source is.
  const parser = new JsonParser({ ...options, encoding: "utf-8" });
  try {
    for await (const chunk of chunks) {
      for (const bytes of splitter.cut(chunk)) yield parseAt(parser, bytes, splitter.origin);
    }
    const last = splitter.last();
    if (last !== undefined) yield parseAt(parser, last, splitter.origin);
  } finally {
    parser.close();
    splitter.close();
  }
}

function parseAt(parser: JsonParser, bytes: Uint8Array, origin: JsonPlace): JsonDocument {
  try {
    const document = parser.parse(bytes);
    document._setOrigin(origin);
    return document;
  } catch (error) {
    throw error instanceof JsonError && error.place !== undefined ? moved(error, error.place, origin) : error;
  }
}

// The same error with the place it has in the stream.
function moved(error: JsonError, place: JsonPlace, origin: JsonPlace): JsonError {
  const message = `${error.message}, of the document that starts at line ${origin.line} (byte ${origin.offset}) of the stream`;
  return new JsonError(error.code, message, placeBehind(origin, place), error.fault);
}
