// The options of everything that reads lines, checked.
import type { AbortSignalLike, Pool } from "@millpond/core";
import type { Encoding } from "../bytes/transcoder.ts";
import {
  checkCallback,
  checkCount,
  checkOptions,
  checkSignal,
  type NamesOf,
  oneOf,
  unlike,
} from "../check.ts";
import { ENCODINGS } from "../source/decoding.ts";
import type { ReadProgress } from "../source/failures.ts";
import type { DelimiterInput } from "../split/delimiters.ts";
import { type Plan, planOf, SPLIT_OPTIONS, type SplitOptions } from "../split/options.ts";
import { LineWindow } from "./line-window.ts";

/** How far reading has come. */
export type LineProgress = ReadProgress;

/**
 * Options of `processLines()` and `processLinesSync()`: those of `split()` for the fields, and these. Fields of no bytes
 * are kept here unless `preserveEmpty` is false, so that a field keeps its number.
 */
export interface LineOptions extends SplitOptions {
  /**
   * What ends a line, 1 to 16 bytes.
   *
   * @defaultValue LF, with a CR before it or not
   */
  readonly lineEnd?: string | Uint8Array;
  /**
   * The most bytes that a line may have.
   *
   * @defaultValue 256 MiB
   */
  readonly maxLineBytes?: number;
  /**
   * How many bytes are read at once; the window grows where a line has more.
   *
   * @defaultValue 256 KiB
   */
  readonly windowBytes?: number;
  /**
   * How bytes are encoded. `"auto"` is UTF-8, or UTF-16 where a byte order mark says so. Bytes are counted as those of the
   * text in UTF-8; what is no text becomes U+FFFD in strings.
   *
   * @defaultValue "auto"
   */
  readonly encoding?: "auto" | Encoding;
  /** Called each time that text was read. */
  readonly onProgress?: (progress: LineProgress) => void;
  /** Ends the work between two reads, and between two lines that are waited for. */
  readonly signal?: AbortSignalLike;
}

/** What a run over lines comes to. */
export interface LineSummary<R> extends LineProgress {
  /** What the function returned for each line, in their order; undefined is left out. */
  readonly results: R[];
}

/** Options that are checked. */
export interface LineSettings {
  readonly plan: Plan;
  readonly pool: Pool;
  readonly mark: Uint8Array | undefined;
  readonly maxLineBytes: number;
  readonly windowBytes: number;
  readonly encoding: "auto" | Encoding;
  readonly onProgress: ((progress: LineProgress) => void) | undefined;
  readonly signal: AbortSignalLike | undefined;
}

const KIB = 1024;
const MIB = 1024 * KIB;
const MOST_MARK_BYTES = 16;
const LINE_OPTIONS: NamesOf<LineOptions> = {
  ...SPLIT_OPTIONS,
  lineEnd: true,
  maxLineBytes: true,
  windowBytes: true,
  encoding: true,
  onProgress: true,
  signal: true,
};
const encoder = new TextEncoder();

/** Checks options. */
export function lineSettings(delimiter: DelimiterInput, options: LineOptions): LineSettings {
  checkOptions(options, LINE_OPTIONS);
  const { lineEnd, maxLineBytes = 256 * MIB, windowBytes = 256 * KIB, onProgress, signal } = options;
  const plan = fieldPlan(delimiter, options);
  const encoding = encodingOf(options.encoding);
  checkCount("maxLineBytes", maxLineBytes, 2 ** 31);
  checkCount("windowBytes", windowBytes, 2 ** 30);
  checkCallback("onProgress", onProgress);
  checkSignal(signal);
  const mark = markOf(lineEnd);
  return { plan, pool: plan.pool, mark, maxLineBytes, windowBytes, encoding, onProgress, signal };
}

/** How the fields of lines are found: those of no bytes are kept, unless that is told. */
export function fieldPlan(delimiter: DelimiterInput, options: SplitOptions): Plan {
  return planOf(delimiter, { preserveEmpty: true, ...options });
}

/** The window that settings ask for. */
export function windowOf({ pool, windowBytes, mark, maxLineBytes }: LineSettings): LineWindow {
  return new LineWindow(pool.acquireUnsafe(Uint8Array, windowBytes), mark, maxLineBytes, pool);
}

/** The encoding of lines. */
export function encodingOf(encoding: LineOptions["encoding"]): "auto" | Encoding {
  return oneOf("encoding", encoding ?? "auto", ENCODINGS);
}

/** The bytes of a line end; undefined for the default. */
export function markOf(lineEnd: string | Uint8Array | undefined): Uint8Array | undefined {
  if (lineEnd === undefined) return undefined;
  const bytes = typeof lineEnd === "string" ? encoder.encode(lineEnd) : lineEnd;
  if (bytes instanceof Uint8Array && bytes.length >= 1 && bytes.length <= MOST_MARK_BYTES) {
    return Uint8Array.from(bytes);
  }
  throw unlike(`lineEnd to be a string or a Uint8Array of 1 to ${MOST_MARK_BYTES} bytes`, lineEnd);
}
