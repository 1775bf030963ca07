// parse() for one text, parser() for many in the same memory.

import { JsonDocument } from "./document.ts";
import type { TextEdit } from "./edit/text-edits.ts";
import { updateTape } from "./edit/update.ts";
import { type JsonInput, loadText } from "./parse/load.ts";
import { newTape } from "./parse/new-tape.ts";
import { type ParseOptions, type ParseSettings, settle } from "./parse/options.ts";
import { run } from "./parse/run.ts";
import { tapeOf } from "./read/target.ts";

/**
 * A parser that keeps its memory: a text that is no larger than one before allocates nothing. It has one document, which
 * shows the text parsed last.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parser } from "@millpond/json";
 *
 * const reader = parser();
 * assert.equal(reader.parse("[1, 2]").root.length, 2);
 * assert.equal(reader.parse("[3]").root.length, 1); // in the same memory; nodes of the first text are refused now
 * reader.close();
 * ```
 */
export class JsonParser {
  readonly #settings: ParseSettings;
  readonly #document: JsonDocument;

  /** @internal */
  constructor(options: ParseOptions) {
    this.#settings = settle(options);
    this.#document = new JsonDocument(newTape(this.#settings));
  }

  /** Parses a text. The document is valid until the next call; after an error there is none. */
  parse(input: JsonInput): JsonDocument {
    const { tape } = this.#document;
    try {
      loadText(tape, input, this.#settings);
      this.#document._setFaults(run(tape, this.#settings));
    } catch (error) {
      tape.clear();
      throw error;
    }
    return this.#document;
  }

  /**
   * Applies edits to the text that was parsed last and brings the document up to date: where the text had no faults and
   * gets none, only the smallest container around the edits is parsed again, and the rest of the columns is moved. The
   * result is that of parsing the new text. Nodes from before are refused then. Edits that overlap or lie outside are
   * refused and change nothing; after another error there is no document.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { parser } from "@millpond/json";
   *
   * const reader = parser();
   * reader.parse('{"list": [1, 2], "rest": null}');
   * const document = reader.update([{ start: 13, end: 14, text: "[3, 4]" }]);
   * assert.deepEqual(document.toValue(), { list: [1, [3, 4]], rest: null });
   * reader.close();
   * ```
   */
  update(edits: readonly TextEdit[]): JsonDocument {
    const document = this.#document;
    // Refuses to be asked where there is no text.
    const tape = tapeOf(document);
    document._setFaults(updateTape(tape, this.#settings, edits, document.faultCount > 0));
    return document;
  }

  /** Gives the memory back. The parser can be used again; it then takes memory anew. */
  close(): void {
    this.#document.close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * A parser for many texts, one after another, in the same memory.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parser } from "@millpond/json";
 *
 * const reader = parser({ maxDepth: 2 });
 * assert.deepEqual(reader.parse("[[1]]").toValue(), [[1]]);
 * assert.throws(() => reader.parse("[[[1]]]"), { code: "LIMIT_EXCEEDED" });
 * reader.close();
 * ```
 */
export function parser(options: ParseOptions = {}): JsonParser {
  return new JsonParser(options);
}

/**
 * Parses a text into a document of its own, which is to be closed after use. Throws a `JsonError` at the first fault; all
 * memory is back in the pool then.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse } from "@millpond/json";
 *
 * const document = parse('{"a": [true, null]}');
 * assert.deepEqual(document.toValue(), { a: [true, null] });
 * document.close();
 * assert.throws(() => parse("[1,]"), { code: "BAD_SYNTAX" });
 * ```
 */
export function parse(input: JsonInput, options: ParseOptions = {}): JsonDocument {
  const reader = new JsonParser(options);
  try {
    return reader.parse(input);
  } catch (error) {
    reader.close();
    throw error;
  }
}
