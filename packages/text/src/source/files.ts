// Files as sources: read straight into the memory in which they are parsed, a window at a time.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

import { unlike } from "../check.ts";
import { type Dialect, dialectBytes } from "../table/dialect.ts";
import { DEFAULT_MAX_ROW_BYTES } from "../table/options.ts";
import { rowRanges } from "./ranges.ts";
import type { AsyncReader, SyncReader } from "./source.ts";

/** A path, or a `file:` URL. */
export type FilePath = string | { readonly href: string };

/** The part of a file that is read. */
export interface FileRange {
  /**
   * The first byte.
   *
   * @defaultValue 0
   */
  readonly start?: number;
  /**
   * The byte behind the last one.
   *
   * @defaultValue the end of the file
   */
  readonly end?: number;
}

/**
 * A file of any size as a source that does not hold up the program. It is opened when reading begins, and closed when
 * that ends.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { rows } from "@millpond/text";
 * import { file } from "@millpond/text/node";
 *
 * const path = join(tmpdir(), `prices-${process.pid}.csv`);
 * writeFileSync(path, "name,price\nMill,12\nPond,7\n");
 * let sum = 0;
 * for await (const row of rows(file(path), { header: true })) sum += row.number("price");
 * assert.equal(sum, 19);
 * rmSync(path);
 * ```
 */
export function file(path: FilePath, range: FileRange = {}): AsyncReader {
  const { start, end } = checkRange(range);
  let handle: FileHandle | undefined;
  let at = start;
  return {
    sync: false,
    async read(target: Uint8Array): Promise<number> {
      handle ??= await open(pathOf(path), "r");
      const { bytesRead } = await handle.read(target, 0, Math.min(target.length, end - at), at);
      at += bytesRead;
      return bytesRead;
    },
    async close(): Promise<void> {
      await handle?.close();
    },
  };
}

/**
 * A file of any size as a source that is read at once, for programs that have nothing else to do meanwhile: it takes
 * less time than `file`.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { rows } from "@millpond/text";
 * import { fileSync } from "@millpond/text/node";
 *
 * const path = join(tmpdir(), `names-${process.pid}.csv`);
 * writeFileSync(path, "1,Ada\n2,Grace\n");
 * assert.deepEqual([...rows(fileSync(path)).arrays()], [["1", "Ada"], ["2", "Grace"]]);
 * rmSync(path);
 * ```
 */
export function fileSync(path: FilePath, range: FileRange = {}): SyncReader {
  const { start, end } = checkRange(range);
  let descriptor: number | undefined;
  let at = start;
  return {
    sync: true,
    read(target: Uint8Array): number {
      descriptor ??= openSync(pathOf(path), "r");
      const bytes = readSync(descriptor, target, 0, Math.min(target.length, end - at), at);
      at += bytes;
      return bytes;
    },
    close(): void {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

// Node refuses objects that are no URL. Its own types know no other class, and this package knows none of them.
function pathOf(path: FilePath): string {
  return path as string;
}

function checkRange({ start = 0, end = Infinity }: FileRange): { start: number; end: number } {
  const bounded = end === Infinity || Number.isSafeInteger(end);
  if (Number.isSafeInteger(start) && start >= 0 && bounded && end >= start) return { start, end };
  throw unlike("start and end to be bytes of the file with start <= end", `${start} to ${end}`);
}

/** Options of {@link fileRanges}: those of `rows` that say where rows end. */
export interface RangeOptions extends Pick<Dialect, "delimiter" | "quote" | "newline"> {
  /**
   * The most bytes that a row may have.
   *
   * @defaultValue 16 MiB
   */
  readonly maxRowBytes?: number;
}

/**
 * Cuts a table on disk into at most `parts` ranges of whole rows, about equally long, for as many workers: each of them
 * reads `rows(fileSync(path, range))`. It looks at some bytes around each cut only. The header is in the first range; the
 * others are told its names with `header`.
 *
 * The cuts are right for every table that `rows` reads without an error in the same dialect. Tables with escapes, comments
 * or quotes in the middle of fields cannot be cut without reading them.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { rows } from "@millpond/text";
 * import { fileRanges, fileSync } from "@millpond/text/node";
 *
 * const path = join(tmpdir(), `ranges-${process.pid}.csv`);
 * writeFileSync(path, '1,"two\nlines"\n'.repeat(1000));
 * const ranges = fileRanges(path, 4);
 * assert.equal(ranges.length, 4);
 * const counts = ranges.map((range) => [...rows(fileSync(path, range))].length);
 * assert.equal(counts.reduce((sum, count) => sum + count), 1000);
 * rmSync(path);
 * ```
 */
export function fileRanges(path: FilePath, parts: number, options: RangeOptions = {}): Required<FileRange>[] {
  if (!(Number.isSafeInteger(parts) && parts > 0)) throw unlike("parts to be an integer from 1 on", parts);
  const { delimiter = ",", quote = '"', newline = "any", maxRowBytes = DEFAULT_MAX_ROW_BYTES } = options;
  const dialect = dialectBytes({ delimiter, quote, newline });
  const descriptor = openSync(pathOf(path), "r");
  try {
    const { size } = fstatSync(descriptor);
    const readAt = (target: Uint8Array, position: number): number =>
      readSync(descriptor, target, 0, target.length, position);
    return rowRanges(readAt, size, parts, dialect, maxRowBytes);
  } finally {
    closeSync(descriptor);
  }
}
