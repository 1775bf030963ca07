// Edits of a text as lists, as editors take them, and applied to bytes in one pass.

import type { Pool } from "@millpond/core";

import type { JsonDocument } from "../document.ts";
import { listOf, stringOf } from "../check.ts";
import { JsonError } from "../errors.ts";
import { ByteWriter } from "../output/byte-writer.ts";
import { tapeOf } from "../read/target.ts";

/** The bytes from `start` to `end` become `text`. Offsets are bytes of the UTF-8 text before all edits. */
export interface TextEdit {
  /** The offset of the first byte that goes. */
  readonly start: number;
  /** The offset behind the last byte that goes; equal to `start` where something only comes in. */
  readonly end: number;
  /** What comes in. */
  readonly text: string;
}

/**
 * Writes the bytes from `from` to `to` with the edits applied. They may come in any order; those that overlap or lie
 * outside are refused.
 */
export function writeEdited(
  pool: Pool,
  bytes: Uint8Array,
  from: number,
  to: number,
  edits: readonly TextEdit[],
): ByteWriter {
  // Sorting is stable: what is put in at one place stays in the order that it was given in.
  const sorted = listOf("a list of edits", edits).toSorted((a, b) => a.start - b.start || a.end - b.end);
  const writer = new ByteWriter(pool, to - from + 64);
  try {
    let at = from;
    for (const { start, end, text } of sorted) {
      if (!(start >= at && end >= start && end <= to)) throw badEdit(start, end, at, to);
      writer.copy(bytes, at, start);
      writer.text(stringOf("the text of an edit", text));
      at = end;
    }
    writer.copy(bytes, at, to);
  } catch (error) {
    writer.release();
    throw error;
  }
  return writer;
}

function badEdit(start: number, end: number, at: number, textBytes: number): JsonError {
  const message = `expected edits that do not overlap, within 0 to ${textBytes}, got one from ${start} to ${end} behind one that ends at ${at}`;
  return new JsonError("BAD_ARGUMENT", message);
}

/**
 * The text of a document with edits applied, all in one pass, in whatever order they come.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyEdits, parse } from "@millpond/json";
 *
 * const document = parse("[1, 2]");
 * const edits = [{ start: 4, end: 5, text: "3" }, { start: 1, end: 1, text: "0, " }];
 * assert.equal(applyEdits(document, edits), "[0, 1, 3]");
 * document.close();
 * ```
 */
export function applyEdits(document: JsonDocument, edits: readonly TextEdit[]): string {
  return withEdited(document, edits, (writer) => writer.toText());
}

/**
 * The same in UTF-8, as an array of the caller's own.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyEditsToBytes, parse } from "@millpond/json";
 *
 * const document = parse("[1]");
 * assert.deepEqual([...applyEditsToBytes(document, [{ start: 1, end: 2, text: "" }])], [0x5b, 0x5d]);
 * document.close();
 * ```
 */
export function applyEditsToBytes(document: JsonDocument, edits: readonly TextEdit[]): Uint8Array {
  return withEdited(document, edits, (writer) => writer.toBytes());
}

function withEdited<T>(
  document: JsonDocument,
  edits: readonly TextEdit[],
  take: (writer: ByteWriter) => T,
): T {
  const tape = tapeOf(document);
  const writer = writeEdited(tape.pool, tape.bytes, 0, tape.textBytes, edits);
  try {
    return take(writer);
  } finally {
    writer.release();
  }
}
