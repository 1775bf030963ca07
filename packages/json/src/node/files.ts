// Files of any size: read straight into the memory that is parsed, with no string and no second copy in between.

import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

import { JsonDocument } from "../document.ts";
import { expectedNodes, roomFor } from "../parse/density.ts";
import { checkSize, loadText, wideEncoding } from "../parse/load.ts";
import { newTape } from "../parse/new-tape.ts";
import { type ParseOptions, type ParseSettings, settle } from "../parse/options.ts";
import { run } from "../parse/run.ts";
import { readDocuments, type StreamOptions } from "../stream/documents.ts";
import type { Tape } from "../tape/tape.ts";

// Larger pieces are no faster, and one call of the system reads less than 2 GiB.
const PIECE_BYTES = 1 << 24;
const SAMPLE_BYTES = 1 << 16;

/**
 * Parses a file into a document of its own, which is to be closed after use. Files may be as large as a tape holds: text
 * and 17 bytes a node in less than 4 GiB. For larger ones, see {@link readDocumentsInFile}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { writeFile, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { parseFile } from "@millpond/json/node";
 *
 * const path = join(tmpdir(), `pond-${process.pid}.json`);
 * await writeFile(path, '{"name": "pond"}');
 * const document = await parseFile(path);
 * assert.equal(document.root.get("name")?.toText(), "pond");
 * document.close();
 * await rm(path);
 * ```
 */
export async function parseFile(path: string, options: ParseOptions = {}): Promise<JsonDocument> {
  const settings = settle(options);
  const document = new JsonDocument(newTape(settings));
  const file = await open(path);
  try {
    await loadFile(document.tape, file, settings);
    document._setFaults(run(document.tape, settings));
    return document;
  } catch (error) {
    document.close();
    throw error;
  } finally {
    await file.close();
  }
}

async function loadFile(tape: Tape, file: FileHandle, settings: ParseSettings): Promise<void> {
  const { size } = await file.stat();
  checkSize(size, settings.maxBytes);
  const sample = await sampleOf(file, size);
  if (wideEncoding(sample, settings.encoding) !== undefined) {
    loadText(tape, new Uint8Array(await file.readFile()), settings);
    return;
  }
  const room = tape.reserve(size, Math.min(expectedNodes(sample, size), roomFor(settings.maxNodes)));
  tape.finishText(await readInto(file, room, size));
}

// The start of the file, and pieces from all over a large one.
async function sampleOf(file: FileHandle, size: number): Promise<Uint8Array> {
  const sample = new Uint8Array(Math.min(size, SAMPLE_BYTES));
  const pieces = size > SAMPLE_BYTES ? 8 : 1;
  const bytes = Math.floor(sample.length / pieces);
  for (let piece = 0; piece < pieces; piece++) {
    const position = Math.floor(((size - bytes) / Math.max(1, pieces - 1)) * piece);
    await file.read(sample, piece * bytes, bytes, position);
  }
  return sample;
}

// A file that became shorter meanwhile ends where it ends now.
async function readInto(file: FileHandle, room: Uint8Array, size: number): Promise<number> {
  let at = 0;
  while (at < size) {
    const { bytesRead } = await file.read(room, at, Math.min(PIECE_BYTES, size - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at;
}

/**
 * The documents in a file, one after another: `readDocuments` on the bytes of the file, whose size does not matter. With
 * `framing: "elements"` these are the elements of one array.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { writeFile, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { readDocumentsInFile } from "@millpond/json/node";
 *
 * const path = join(tmpdir(), `ponds-${process.pid}.json`);
 * await writeFile(path, '[{"depth": 3}, {"depth": 4}]');
 * let sum = 0;
 * for await (const document of readDocumentsInFile(path, { framing: "elements" })) {
 *   sum += document.root.get("depth")?.toNumber() ?? 0;
 * }
 * assert.equal(sum, 7);
 * await rm(path);
 * ```
 */
export async function* readDocumentsInFile(
  path: string,
  options: StreamOptions = {},
): AsyncIterableIterator<JsonDocument> {
  const stream = createReadStream(path, { highWaterMark: 1 << 20 });
  yield* readDocuments(stream, options);
}
