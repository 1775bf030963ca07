// Ranges of a table on disk, for several workers.

import { unlike } from "../check.ts";
import type { FilePath, FileRange } from "../source/files.ts";
import { OpenFile } from "../source/open-file.ts";
import { type RowsOptions, settle } from "./options.ts";
import { rowRanges } from "./row-ranges.ts";

/** Options of {@link fileRanges}: those of `rows` that say where rows end. */
export type RangeOptions = Pick<
  RowsOptions,
  | "delimiter"
  | "quote"
  | "escape"
  | "quotes"
  | "newline"
  | "comment"
  | "trim"
  | "skipLines"
  | "maxRowBytes"
  | "pool"
>;

/**
 * Cuts a table on disk into at most `parts` ranges of whole rows, about equally long, for as many workers: each of them
 * reads `rows(fileSync(path, range))`. The header, and the lines that are skipped, are in the first range; the
 * others are told the names with `header`.
 *
 * The cuts are right for every table that `rows` reads without an error in the same dialect, in UTF-8 or Latin-1. Some
 * bytes around each cut are looked at only, unless the dialect has `escape`, `comment`, `trim`, `skipLines` or lenient
 * quotes: then the file is read up to the last cut, which takes as long as counting its rows. {@link rowsParallel} does
 * without.
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
  const settings = settle(options);
  const file = new OpenFile(path);
  try {
    return rowRanges(file.readAt, file.byteLength, parts, settings);
  } finally {
    file.close();
  }
}
