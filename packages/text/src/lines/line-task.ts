// Lines over worker threads: the worker's side. A block of whole lines arrives in shared memory, and what comes of it
// goes back as one answer.
import { type Pool, type SharedTask, sharedTask } from "@millpond/core";
import { checkOptions, isThenable, unlike } from "../check.ts";
import type { DelimiterInput } from "../split/delimiters.ts";
import { SPLIT_OPTIONS, type SplitOptions } from "../split/options.ts";
import type { Line } from "./line.ts";
import { canIndex, LineIndex } from "./line-index.ts";
import { LineSplitter } from "./line-splitter.ts";
import { LineWindow } from "./line-window.ts";
import { fieldPlan } from "./process-options.ts";

/** What a worker gets: whole lines in shared memory, and where they start in the text. */
export interface LineBlock {
  readonly bytes: Uint8Array;
  readonly offset: number;
  /** Lines before them. */
  readonly linesBefore: number;
  /** Whether the bytes lie in the memory of the pool that the task has a share of. */
  readonly inPool: boolean;
  /** What ends a line, where it is not LF. */
  readonly lineEnd: Uint8Array | undefined;
}

/** The answer of a worker that returns something for each line. */
export interface LineResults {
  readonly lineResults: readonly unknown[];
}

/** What a worker makes of a block of lines, where that is not something for each line. */
export interface LineFold<S, R> {
  /** What a block starts with. Arrays may come from the pool: they go back by themselves, unless `end` returns one. */
  readonly start: (pool: Pool) => S;
  /** Takes a line into account. */
  readonly line: (state: S, line: Line) => void;
  /** What the block comes to: anything that can be posted, or an array of the pool, which is not copied. */
  readonly end: (state: S) => R;
}

/**
 * Makes the function of a worker's file that `processLinesParallel` has run: `work` is called with each line, and what it
 * returns is collected, unless it is undefined. Instead of a function it can be a fold, with one result for each block.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { lineTask } from "@millpond/text";
 *
 * // sum-worker.js
 * export const names = lineTask(",", (line) => line.text(0));
 * export const sum = lineTask(",", {
 *   start: () => ({ total: 0 }),
 *   line: (state, line) => void (state.total += line.number(1)),
 *   end: (state) => state.total,
 * });
 * assert.equal(typeof sum, "function");
 * ```
 *
 * Options are those of `splitter()`, but that fields of no bytes are kept unless `preserveEmpty` is false. What is said of
 * lines, such as `lineEnd`, is an option of `processLinesParallel`. `line.index` and `line.offset` are those in the whole text.
 */
export function lineTask<S, R>(
  delimiter: DelimiterInput,
  work: ((line: Line) => R | undefined) | LineFold<S, R>,
  options: SplitOptions = {},
): SharedTask<unknown, R> {
  const fold = foldOf(work);
  checkOptions(options, SPLIT_OPTIONS);
  const plan = fieldPlan(delimiter, options);
  return sharedTask((block: unknown, { pool }): unknown => {
    const { offset, linesBefore, lineEnd } = block as LineBlock;
    const window = LineWindow.over(bytesOf(block as LineBlock, pool), lineEnd, offset === 0);
    window.lines = linesBefore;
    const lines = canIndex(plan, lineEnd)
      ? new LineIndex(plan, window, offset, pool)
      : new LineSplitter(plan, window, offset);
    try {
      const state = fold.start(pool);
      for (let line = lines.next(); line !== undefined; line = lines.next()) fold.line(state, line);
      return fold.end(state);
    } finally {
      lines.release();
    }
  }) as SharedTask<unknown, R>;
}

// The bytes as they lie in this thread's view of the shared memory, where a kernel can read them: what a message carries
// has a buffer object of its own over the same memory.
function bytesOf({ bytes, inPool }: LineBlock, pool: Pool): Uint8Array {
  if (!inPool) return bytes;
  const anchor = pool.acquireUnsafe(Uint8Array, 1);
  const isShared = pool.regionOf(anchor) !== undefined;
  const { buffer } = anchor;
  pool.release(anchor);
  // SAFETY: a shared pool has one memory, and the sender saw that the block lies in it.
  return isShared ? new Uint8Array(buffer, bytes.byteOffset, bytes.length) : bytes;
}

function foldOf(work: unknown): LineFold<unknown, unknown> {
  if (typeof work === "function") {
    return {
      start: () => [],
      line: (state, line) => collect(state as unknown[], (work as (line: Line) => unknown)(line)),
      end: (state): LineResults => ({ lineResults: state as unknown[] }),
    };
  }
  const { start, line, end } = (work ?? {}) as Partial<LineFold<unknown, unknown>>;
  if ([start, line, end].every((part) => typeof part === "function"))
    return work as LineFold<unknown, unknown>;
  throw unlike("a function that takes a line, or an object with start, line and end", work);
}

function collect(results: unknown[], result: unknown): void {
  if (isThenable(result)) throw unlike("a function that returns something at once in a worker", "a promise");
  if (result !== undefined) results.push(result);
}
