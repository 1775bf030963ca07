// Tables over worker threads: the caller's side. The file is cut where a row seems to end, without reading what is before,
// and the parts are read at the same time. A worker reads its last row to the end, and by the answers, which are taken in
// order, each part is known to have begun at a row or not. One that has not is read again from the true place.
//
// Since the first part begins at a row, and each part that does tells where the next one has to, the rows of all parts
// are those of the whole, whatever was guessed.

import { fileURLToPath } from "node:url";

import type { TaskResult } from "@millpond/core";

import { checkCount, checkOptions, type NamesOf } from "../check.ts";
import { TextError } from "../errors.ts";
import {
  dropResult,
  OrderedTasks,
  type Taken,
  TASK_OPTIONS,
  type TaskOptions,
} from "../parallel/ordered-tasks.ts";
import { type ReadProgress, refuseAborted } from "../source/failures.ts";
import { type FilePath, fileSync } from "../source/files.ts";
import { OpenFile } from "../source/open-file.ts";
import { FORMAT_OPTIONS, type Settings, settle, type TableFormat } from "./options.ts";
import type { KnownColumns, RowPlace, TablePart } from "./part.ts";
import { BytesAt, cutAfter } from "./row-cuts.ts";
import { refuseUtf16 } from "./row-ranges.ts";
import { formatOf, type PartMessage, type TextFailure } from "./table-task.ts";
import { Table } from "./table.ts";

const MIB = 1024 * 1024;
const MOST_LOOK_BYTES = 16 * 1024;
// Where a part ends of which nobody has said it.
const NOWHERE = -1;

/** How far a parallel run over a table has come. */
export interface PartProgress {
  /** Parts whose results are there. */
  readonly parts: number;
  /** Bytes in these parts. */
  readonly bytes: number;
  /** Parts that were read a second time, because they had begun in the middle of a row or failed. */
  readonly repeats: number;
}

/** Options of `rowsParallel()`: those of `rows` that can be posted, and how the parts are read; `runner` has no default. */
export interface ParallelTableOptions extends TableFormat, TaskOptions {
  /**
   * About how many bytes a part has.
   *
   * @defaultValue an eighth of the file, but 512 KiB at least and 8 MiB at most
   */
  readonly partBytes?: number;
  /** Called when the result of a part is there. */
  readonly onProgress?: (progress: PartProgress) => void;
}

const OPTIONS: NamesOf<ParallelTableOptions> = {
  ...TASK_OPTIONS,
  ...FORMAT_OPTIONS,
  partBytes: true,
  onProgress: true,
};

/** What a parallel run over a table comes to. */
export interface PartSummary<R> extends PartProgress {
  /** What the workers returned for the parts, in the order of the rows. */
  readonly results: TaskResult<R>[];
}

/**
 * Reads a table on disk on worker threads, in parts of whole rows. The function that takes the parts is in the worker's
 * file, exported through {@link tableTask}; results come in the order of the parts. The table is in UTF-8.
 *
 * ```ts no-run
 * import { rowsParallel } from "@millpond/text/node";
 * import { Piscina } from "piscina";
 *
 * // worker.js: export const sum = tableTask((table) => { … });
 * const runner = new Piscina({ filename: new URL("./worker.js", import.meta.url).href });
 * const { results } = await rowsParallel<number>("prices.csv", { runner, name: "sum", header: true });
 * const total = results.reduce((sum, part) => sum + part, 0);
 * ```
 *
 * What is wrong with the table is a `TextError` with its place in the whole text. When a task throws, or the signal is
 * aborted, no further parts are begun, those that run are waited for, and the error is thrown on.
 */
export async function rowsParallel<R>(
  path: FilePath,
  options: ParallelTableOptions,
): Promise<PartSummary<R>> {
  const run = new Run(path, options);
  const file = new OpenFile(path);
  try {
    for (const part of run.partsOf(file)) await run.start(part);
    await run.takeAll();
    return run.summary() as PartSummary<R>;
  } catch (error) {
    await run.drop();
    throw error;
  } finally {
    file.close();
  }
}

// A part that is with a worker, and the memory in which it says where the part ends.
interface Sent {
  readonly part: TablePart;
  readonly end: Float64Array;
}

class Run implements ReadProgress {
  readonly #path: FilePath;
  readonly #options: ParallelTableOptions;
  readonly #format: TableFormat;
  readonly #settings: Settings;
  readonly #tasks: OrderedTasks<Sent>;
  readonly #results: unknown[] = [];
  #partBytes = 0;
  // Where the next part has to start, as far as answers were taken.
  #place: RowPlace = { offset: 0, lines: 0 };
  #parts = 0;
  #repeats = 0;

  constructor(path: FilePath, options: ParallelTableOptions) {
    this.#tasks = new OrderedTasks(options);
    checkOptions(options, OPTIONS);
    const { partBytes } = options;
    if (partBytes !== undefined) checkCount("partBytes", partBytes, 2 ** 40);
    this.#path = path;
    this.#options = options;
    this.#format = formatOf(options);
    this.#settings = settle(this.#format);
  }

  get lines(): number {
    return this.#place.lines;
  }

  get bytes(): number {
    return this.#place.offset;
  }

  // The parts as they seem to be.
  *partsOf({ readAt, byteLength }: OpenFile): Generator<TablePart, void, undefined> {
    refuseUtf16(readAt);
    this.#partBytes = this.#options.partBytes ?? Math.max(MIB / 2, Math.min(8 * MIB, byteLength / 8));
    const text = new BytesAt(readAt, byteLength, MOST_LOOK_BYTES);
    const lookBytes = Math.min(MOST_LOOK_BYTES, this.#partBytes);
    let columns: KnownColumns | undefined;
    let offset = 0;
    do {
      const wanted = Math.floor(offset + this.#partBytes);
      const isLast = wanted >= byteLength;
      const until = isLast ? byteLength : cutAfter(text, wanted, this.#settings.dialect, lookBytes);
      yield { start: { offset, lines: 0 }, until, columns };
      columns ??= columnsOf(this.#path, this.#settings);
      offset = until;
    } while (offset < byteLength);
  }

  // Sends a part to the workers, and waits for the first of them where there are enough.
  async start(part: TablePart): Promise<void> {
    refuseAborted(this.#options.signal, this);
    const sent = this.#sentOf(part);
    this.#tasks.start(sent, this.#messageOf(sent));
    if (this.#tasks.full) await this.#take();
  }

  async takeAll(): Promise<void> {
    while (this.#tasks.size > 0) await this.#take();
  }

  // Waits for all that run, after a failure, and gives back what they and the others returned.
  async drop(): Promise<void> {
    while (this.#tasks.size > 0) this.#discard(await this.#tasks.take());
    this.#results.splice(0).forEach(dropResult);
  }

  summary(): PartSummary<unknown> {
    return { ...this.#progress(), results: this.#results };
  }

  #progress(): PartProgress {
    return { parts: this.#parts, bytes: this.#place.offset, repeats: this.#repeats };
  }

  #sentOf(part: TablePart): Sent {
    return { part, end: this.#tasks.pool.acquireUnsafe(Float64Array, 2).fill(NOWHERE) };
  }

  // Nobody reads far for a row that may not be one: where the row is sure, the part is read again.
  #messageOf({ part, end }: Sent): PartMessage {
    const most = this.#settings.maxRowBytes;
    const maxRowBytes = this.#isSure(part) ? most : Math.min(most, Math.max(this.#partBytes, MIB));
    const path = typeof this.#path === "string" ? this.#path : fileURLToPath(this.#path.href);
    return { path, part, format: { ...this.#format, maxRowBytes }, end };
  }

  // Whether a part is known to start with a row, and its errors are those of the table.
  #isSure({ start, columns }: TablePart): boolean {
    return columns === undefined || start === this.#place;
  }

  async #take(): Promise<void> {
    refuseAborted(this.#options.signal, this);
    const taken = await this.#tasks.take();
    const { part } = taken.kept;
    const isWhole = part.start.offset === this.#place.offset && failureOf(taken.answer) === undefined;
    if (isWhole || this.#isSure(part)) {
      this.#accept(taken);
      return;
    }
    this.#discard(taken);
    if (part.until > this.#place.offset) await this.#repeat({ ...part, start: this.#place });
  }

  // Reads a part from where it has to start.
  async #repeat(part: TablePart): Promise<void> {
    this.#repeats++;
    const kept = this.#sentOf(part);
    const answer = await this.#tasks.run(this.#messageOf(kept));
    this.#accept({ kept, answer });
  }

  #accept({ kept, answer }: Taken<Sent>): void {
    const [offset, lines] = kept.end;
    this.#tasks.pool.release(kept.end);
    const failure = failureOf(answer);
    if (failure !== undefined) throw failure.error;
    if (offset === NOWHERE) throw noTask();
    this.#results.push((answer as PromiseFulfilledResult<unknown>).value);
    this.#place = { offset, lines: this.#place.lines + lines - kept.part.start.lines };
    this.#parts++;
    this.#options.onProgress?.(this.#progress());
  }

  #discard({ kept, answer }: Taken<Sent>): void {
    this.#tasks.pool.release(kept.end);
    if (answer.status === "fulfilled") dropResult(answer.value);
  }
}

// What a task failed with, if it did.
function failureOf(answer: PromiseSettledResult<unknown>): { readonly error: unknown } | undefined {
  if (answer.status === "rejected") return { error: answer.reason };
  const failure = (answer.value as Partial<TextFailure> | null | undefined)?.textFailure;
  return failure && { error: new TextError(failure.code, failure.message, failure.place) };
}

function noTask(): TextError {
  const advice = "wrap the function of the worker's file in tableTask()";
  return new TextError("BAD_ARGUMENT", `the function that ran has not said where its part ends; ${advice}`);
}

// The header needs no large window; one that it does not fit into grows.
function columnsOf(path: FilePath, settings: Settings): KnownColumns {
  const table = new Table({ ...fileSync(path), byteLength: 0 }, settings);
  try {
    return table._columns;
  } finally {
    table.close();
  }
}
