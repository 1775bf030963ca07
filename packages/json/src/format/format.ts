// format() and minify(): the text of a document written anew, tokens as they are.

import type { JsonDocument } from "../document.ts";
import { JsonError } from "../errors.ts";
import { tapeOf } from "../read/target.ts";
import { textOf } from "../read/text.ts";
import type { Tape } from "../tape/tape.ts";
import { type FormatOptions, minifiedStyle, type MinifyOptions, type Style, styleOf } from "./options.ts";
import { ByteWriter } from "../output/byte-writer.ts";
import { print, WHOLE } from "./print.ts";

/**
 * The text of a document with new whitespace. Numbers, strings and comments stay as they are written; a byte order mark
 * is left out. Formatting twice gives the same as formatting once. A document with faults is refused with `BAD_SYNTAX`.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { format, parse } from "@millpond/json";
 *
 * const text = '{"id": 1.50, // exact\n "sizes": [1,2], "name": "pond"}';
 * const document = parse(text, { dialect: "jsonc" });
 * assert.equal(
 *   format(document, { sortKeys: true }),
 *   '{\n  "id": 1.50, // exact\n  "name": "pond",\n  "sizes": [1, 2]\n}\n',
 * );
 * document.close();
 * ```
 */
export function format(document: JsonDocument, options: FormatOptions = {}): string {
  return written(document, styleOf(options), toText);
}

/**
 * The same as {@link format}, as UTF-8 bytes of your own.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatToBytes, parse } from "@millpond/json";
 *
 * const document = parse("[1,2]");
 * assert.deepEqual(formatToBytes(document), new TextEncoder().encode("[1, 2]\n"));
 * document.close();
 * ```
 */
export function formatToBytes(document: JsonDocument, options: FormatOptions = {}): Uint8Array {
  return written(document, styleOf(options), toBytes);
}

/**
 * The text of a document without whitespace and comments. Numbers and strings stay as they are written.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { minify, parse } from "@millpond/json";
 *
 * const document = parse('{ "b": 1.0, "a": [ ] } // end', { dialect: "jsonc" });
 * assert.equal(minify(document), '{"b":1.0,"a":[]}');
 * assert.equal(minify(document, { sortKeys: true }), '{"a":[],"b":1.0}');
 * document.close();
 * ```
 */
export function minify(document: JsonDocument, options: MinifyOptions = {}): string {
  return written(document, minifiedStyle(options), toText);
}

/**
 * The same as {@link minify}, as UTF-8 bytes of your own.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { minifyToBytes, parse } from "@millpond/json";
 *
 * const document = parse("[ 1, 2 ]");
 * assert.equal(minifyToBytes(document).length, 5);
 * document.close();
 * ```
 */
export function minifyToBytes(document: JsonDocument, options: MinifyOptions = {}): Uint8Array {
  return written(document, minifiedStyle(options), toBytes);
}

function toText(tape: Tape, { written, length }: ByteWriter): string {
  return textOf(written, 0, length, tape.keepsSurrogates);
}

function toBytes(_: Tape, out: ByteWriter): Uint8Array {
  return out.toBytes();
}

// Refuses what cannot be written anew, and gives all memory back whatever happens.
function written<T>(document: JsonDocument, style: Style, result: (tape: Tape, out: ByteWriter) => T): T {
  const tape = tapeOf(document);
  refuseFaults(document);
  const pool = style.pool ?? tape.pool;
  const out = new ByteWriter(pool, Math.ceil(tape.textBytes * (style.spaced ? 1.5 : 1)));
  try {
    print(tape, pool, style, WHOLE, out);
    return result(tape, out);
  } finally {
    out.release();
  }
}

function refuseFaults(document: JsonDocument): void {
  if (document.faultCount === 0) return;
  const [fault] = document.faults;
  const { line, column, offset } = fault;
  const message = `a text with faults cannot be formatted: ${fault.message}, at line ${line}, column ${column}; mend it first`;
  throw new JsonError("BAD_SYNTAX", message, { line, column, offset }, fault.code);
}
