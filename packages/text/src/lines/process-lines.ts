// Lines of anything, one after the other, in memory that does not grow with the text.
import { isThenable, unlike } from "../check.ts";
import { AsyncReading } from "../source/async-reading.ts";
import { decodedReaderOf } from "../source/decoding.ts";
import type { Reader, SyncSource, TableSource } from "../source/source.ts";
import { SyncReading } from "../source/sync-reading.ts";
import type { DelimiterInput } from "../split/delimiters.ts";
import type { Line } from "./line.ts";
import { canIndex, LineIndex } from "./line-index.ts";
import { type LineFinder, LineSplitter } from "./line-splitter.ts";
import type { LineWindow } from "./line-window.ts";
import {
  type LineOptions,
  type LineProgress,
  type LineSettings,
  lineSettings,
  type LineSummary,
  windowOf,
} from "./process-options.ts";

/**
 * Reads a text line by line, splits each line at the delimiters, and calls `work` with it. What `work` returns is
 * collected, unless it is undefined; a promise is waited for before the next line. The source can be a string, bytes, a
 * stream, an async iterable of chunks of any size, or a reader such as `file(path)` of `@millpond/text/node`.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { processLines } from "@millpond/text";
 *
 * async function* chunks(): AsyncGenerator<string> {
 *   yield "mill,12\npo";
 *   yield "nd,7\n";
 * }
 * let sum = 0;
 * const { lines, results } = await processLines(chunks(), ",", (line) => {
 *   sum += line.number(1); // read from the bytes
 *   return line.number(1) > 10 ? line.text(0) : undefined;
 * });
 * assert.deepEqual([lines, sum, results], [2, 19, ["mill"]]);
 * ```
 *
 * Rejects with `SOURCE_FAILED`, `ABORTED`, `LINE_TOO_LONG`, or what `work` throws; the source is closed and all memory
 * given back by then.
 */
export async function processLines<R = undefined>(
  source: TableSource,
  delimiter: DelimiterInput,
  work: (line: Line) => R | PromiseLike<R> | undefined,
  options: LineOptions = {},
): Promise<LineSummary<Exclude<R, undefined>>> {
  const settings = lineSettings(delimiter, options);
  checkWork(work);
  const pass = new Pass<R>(settings);
  const reading = new AsyncReading(source, readerFor(source, settings), settings.signal, pass);
  let ended = false;
  try {
    reading.refuseAborted();
    pass.open();
    while (!pass.final) {
      pass.read(await reading.read(pass.room()));
      for (let line = pass.next(); line !== undefined; line = pass.next()) {
        const result = work(line);
        if (isThenable(result)) {
          pass.add(await result);
          reading.refuseAborted();
        } else {
          pass.add(result);
        }
      }
    }
    ended = true;
    await reading.end();
    return pass.summary();
  } finally {
    reading.release(() => pass.close());
    if (!ended) await reading.giveUp();
  }
}

/**
 * `processLines` for texts that are there already, or come without waiting.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { processLinesSync } from "@millpond/text";
 *
 * const text = "a b\nc d e\n";
 * const { results } = processLinesSync(text, " ", (line) => line.length);
 * assert.deepEqual(results, [2, 3]);
 * ```
 */
export function processLinesSync<R = undefined>(
  source: SyncSource,
  delimiter: DelimiterInput,
  work: (line: Line) => R | undefined,
  options: LineOptions = {},
): LineSummary<Exclude<R, undefined>> {
  const settings = lineSettings(delimiter, options);
  checkWork(work);
  const reader = readerFor(source, settings);
  if (!reader.sync) throw unlike("a source that needs no waiting; use processLines", source);
  const pass = new Pass<R>(settings);
  const reading = new SyncReading(reader, settings.signal, pass);
  let ended = false;
  try {
    reading.refuseAborted();
    pass.open();
    while (!pass.final) {
      pass.read(reading.read(pass.room()));
      for (let line = pass.next(); line !== undefined; line = pass.next()) {
        const result = work(line);
        if (isThenable(result))
          throw unlike("a function that returns something at once; use processLines", result);
        pass.add(result);
      }
    }
    ended = true;
    reading.end();
    return pass.summary();
  } finally {
    pass.close();
    if (!ended) reading.giveUp();
  }
}

function readerFor(source: TableSource, { encoding, pool }: LineSettings): Reader {
  return decodedReaderOf(source, { encoding, replace: true, pool });
}

function checkWork(work: unknown): void {
  if (typeof work !== "function") throw unlike("a function that takes a line", work);
}

// One run: the window, what splits its lines, and what came of it so far.
class Pass<R> implements LineProgress {
  readonly #settings: LineSettings;
  readonly #results: Exclude<R, undefined>[] = [];
  #window: LineWindow | undefined;
  #finder: LineFinder | undefined;

  constructor(settings: LineSettings) {
    this.#settings = settings;
  }

  open(): void {
    const { plan, mark, pool } = this.#settings;
    const window = windowOf(this.#settings);
    this.#window = window;
    this.#finder = canIndex(plan, mark)
      ? new LineIndex(plan, window, 0, pool)
      : new LineSplitter(plan, window, 0);
  }

  get lines(): number {
    return this.#window?.lines ?? 0;
  }

  get bytes(): number {
    return this.#window?.bytesDone ?? 0;
  }

  get final(): boolean {
    return (this.#window as LineWindow).final;
  }

  room(): Uint8Array {
    const window = this.#window as LineWindow;
    const before = window.bytesBefore;
    const room = window.room();
    if (window.bytesBefore > before) this.#finder?.moved(window.bytesBefore - before);
    return room;
  }

  // Text was read, or there is no more.
  read(count: number): void {
    (this.#window as LineWindow).added(count);
    this.#settings.onProgress?.({ lines: this.lines, bytes: this.bytes });
  }

  next(): Line | undefined {
    return this.#finder?.next();
  }

  add(result: R | undefined): void {
    if (result !== undefined) this.#results.push(result as Exclude<R, undefined>);
  }

  summary(): LineSummary<Exclude<R, undefined>> {
    return { lines: this.lines, bytes: this.bytes, results: this.#results };
  }

  close(): void {
    this.#finder?.release();
    this.#window?.release();
  }
}
