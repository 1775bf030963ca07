// Files as sources: read straight into the memory in which they are parsed, a window at a time.

import { closeSync, openSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

import { checkOptions, type NamesOf, show, unlike } from "../check.ts";
import { TextError } from "../errors.ts";
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

const RANGE: NamesOf<FileRange> = { start: true, end: true };

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
  const location = pathOf(path);
  let opening: Promise<FileHandle> | undefined;
  let closed = false;
  let at = start;
  return {
    sync: false,
    async read(target: Uint8Array): Promise<number> {
      if (closed) throw readBefore();
      opening ??= open(location, "r");
      const handle = await opening;
      const { bytesRead } = await handle.read(target, 0, Math.min(target.length, end - at), at);
      at += bytesRead;
      return bytesRead;
    },
    async close(): Promise<void> {
      closed = true;
      // A file that could not be opened has said so to whoever wanted to read it.
      const handle = await opening?.catch(() => undefined);
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
  const location = pathOf(path);
  let descriptor: number | undefined;
  let closed = false;
  let at = start;
  return {
    sync: true,
    read(target: Uint8Array): number {
      if (closed) throw readBefore();
      descriptor ??= openSync(location, "r");
      const bytes = readSync(descriptor, target, 0, Math.min(target.length, end - at), at);
      at += bytes;
      return bytes;
    },
    close(): void {
      closed = true;
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

/**
 * A path for Node, which refuses objects that are no URL. Its own types know no other class, and this package knows none
 * of them. @internal
 */
export function pathOf(path: FilePath): string {
  const isPath = typeof path === "string" || typeof (path as { href?: unknown } | null)?.href === "string";
  if (!isPath) throw unlike("a path as a string or a file: URL", path);
  return path as string;
}

function readBefore(): TextError {
  return new TextError(
    "ALREADY_READ",
    "this source was read to its end or closed; make another one of the same file",
  );
}

function checkRange(range: FileRange): { start: number; end: number } {
  checkOptions(range, RANGE);
  const { start = 0, end = Infinity } = range;
  const bounded = end === Infinity || Number.isSafeInteger(end);
  if (Number.isSafeInteger(start) && start >= 0 && bounded && end >= start) return { start, end };
  throw unlike("start and end to be bytes of the file with start <= end", `${show(start)} to ${show(end)}`);
}
