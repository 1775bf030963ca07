// Lines over worker threads: the caller's side. Text is read into blocks of shared memory that end with a line, blocks go
// to the workers as soon as they are full, and answers are taken in the order of the blocks.
//
//     source ──▶ | block 4, being filled | ──▶ blocks 1, 2, 3 with the workers ──▶ results of 0, 1, …
import {
  type AbortSignalLike,
  parallel,
  SharedLease,
  SharedPool,
  type TaskResult,
  type TaskRunner,
} from "@millpond/core";
import { checkCallback, checkOptions, checkSignal, checkText, type NamesOf, unlike } from "../check.ts";
import { AsyncReading } from "../source/async-reading.ts";
import { aborted } from "../source/failures.ts";
import { readerOf } from "../source/reader.ts";
import type { TableSource } from "../source/source.ts";
import { type Block, BlockReader } from "./block-reader.ts";
import type { LineBlock, LineResults } from "./line-task.ts";
import { checkCount, type LineProgress, markOf } from "./process-options.ts";

const MIB = 1024 * 1024;

/** How far a parallel run has come. */
export interface BlockProgress {
  /** Blocks whose results are there. */
  readonly blocks: number;
  /** Bytes in these blocks. */
  readonly bytes: number;
}

/** Options of `processLinesParallel()`; all but `runner` have a default. */
export interface ParallelLineOptions {
  /** Runs the tasks, such as `new Piscina({ filename })`. */
  readonly runner: TaskRunner;
  /** The worker's function, where its file exports several. */
  readonly name?: string;
  /** How many blocks are with the runner at once. Default 4. */
  readonly concurrency?: number;
  /** The size of a block of whole lines; one that a single line does not fit into grows. Default 1 MiB. */
  readonly blockBytes?: number;
  /** The most bytes that a line may have. Default 256 MiB. */
  readonly maxLineBytes?: number;
  /** What ends a line, 1 to 16 bytes. Default LF, with a CR before it or not. */
  readonly lineEnd?: string | Uint8Array;
  /** Where the blocks lie. Default a shared pool of this package. */
  readonly pool?: SharedPool;
  /** Called when the results of a block are there. */
  readonly onProgress?: (progress: BlockProgress) => void;
  /** Ends the work. */
  readonly signal?: AbortSignalLike;
}

const OPTIONS: NamesOf<ParallelLineOptions> = {
  runner: true,
  name: true,
  concurrency: true,
  blockBytes: true,
  maxLineBytes: true,
  lineEnd: true,
  pool: true,
  onProgress: true,
  signal: true,
};

/** What a parallel run comes to. */
export interface BlockSummary<R> extends BlockProgress {
  /** What the workers returned, in the order of the lines: for each line, or for each block where the task is a fold. */
  readonly results: TaskResult<R>[];
}

let shared: SharedPool | undefined;

function sharedPoolOr(pool: SharedPool | undefined): SharedPool {
  if (pool === undefined) return (shared ??= SharedPool.create({ name: "text lines" }));
  if (pool instanceof SharedPool) return pool;
  throw unlike("pool to be a SharedPool", pool);
}

/**
 * Reads a text line by line on worker threads. The function that takes the lines is in the worker's file, exported
 * through {@link lineTask}; results come in the order of the lines.
 *
 * ```ts no-run
 * import { processLinesParallel } from "@millpond/text";
 * import { Piscina } from "piscina";
 *
 * // worker.js: export const sum = lineTask(",", { start: …, line: …, end: … });
 * const runner = new Piscina({ filename: new URL("./worker.js", import.meta.url).href });
 * const { results } = await processLinesParallel<number>("1,2\n3,4\n", { runner, name: "sum" });
 * const total = results.reduce((sum, part) => sum + part, 0);
 * ```
 *
 * When a task throws, or the signal is aborted, no further blocks are read, those that run are waited for, everything
 * is given back, and the error is thrown on.
 */
export async function processLinesParallel<R>(
  source: TableSource,
  options: ParallelLineOptions,
): Promise<BlockSummary<R>> {
  const run = new Run(options);
  const reading = new AsyncReading(source, readerOf(source), options.signal, run);
  let ended = false;
  try {
    reading.refuseAborted();
    run.open();
    for (let block = await run.next(reading); block !== undefined; block = await run.next(reading)) {
      await run.start(block);
    }
    await run.takeAll();
    ended = true;
    await reading.end();
    return run.summary() as BlockSummary<R>;
  } catch (error) {
    await run.drop();
    throw error;
  } finally {
    reading.release(() => run.close());
    if (!ended) await reading.giveUp();
  }
}

// A block that is with a worker.
interface Sent {
  readonly block: Block;
  readonly answer: Promise<readonly unknown[]>;
}

class Run implements LineProgress {
  readonly #options: ParallelLineOptions;
  readonly #pool: SharedPool;
  readonly #concurrency: number;
  readonly #mark: Uint8Array | undefined;
  readonly #sent: Sent[] = [];
  readonly #results: unknown[] = [];
  #reader: BlockReader | undefined;
  #blocks = 0;
  #bytes = 0;

  constructor(options: ParallelLineOptions) {
    if (typeof options?.runner?.run !== "function") {
      throw unlike("options with a runner, such as a Piscina", options?.runner);
    }
    checkOptions(options, OPTIONS);
    const { concurrency = 4, blockBytes = MIB, maxLineBytes = 256 * MIB } = options;
    checkCallback("onProgress", options.onProgress);
    checkSignal(options.signal);
    if (options.name !== undefined) checkText(options.name);
    checkCount("concurrency", concurrency, 1024);
    checkCount("blockBytes", blockBytes, 2 ** 30);
    checkCount("maxLineBytes", maxLineBytes, 2 ** 31);
    this.#options = options;
    this.#concurrency = concurrency;
    this.#mark = markOf(options.lineEnd);
    this.#pool = sharedPoolOr(options.pool);
  }

  get lines(): number {
    return this.#reader?.lines ?? 0;
  }

  get bytes(): number {
    return this.#reader?.bytes ?? 0;
  }

  open(): void {
    const { blockBytes = MIB, maxLineBytes = 256 * MIB } = this.#options;
    this.#reader = new BlockReader(this.#pool, blockBytes, maxLineBytes, this.#mark);
  }

  next(reading: AsyncReading): Promise<Block | undefined> {
    return (this.#reader as BlockReader).next(reading);
  }

  // Sends a block to the workers, once the first of too many has come back.
  async start(block: Block): Promise<void> {
    const { runner, name, signal } = this.#options;
    const item: LineBlock = {
      bytes: block.memory.subarray(0, block.length),
      offset: block.offset,
      linesBefore: block.linesBefore,
      inPool: this.#pool.regionOf(block.memory) !== undefined,
      lineEnd: this.#mark,
    };
    const task = {
      runner,
      ...(name === undefined ? {} : { name }),
      ...(signal === undefined ? {} : { signal }),
    };
    const answer = parallel<LineBlock, unknown>(this.#pool, [item], task);
    // It is looked at when its turn comes; until then a rejection has nobody else to handle it.
    answer.catch(() => undefined);
    this.#sent.push({ block, answer });
    if (this.#sent.length >= this.#concurrency) await this.#take();
  }

  async takeAll(): Promise<void> {
    while (this.#sent.length > 0) await this.#take();
  }

  // Waits for all that run, after a failure, and gives back what they and the others returned.
  async drop(): Promise<void> {
    for (const { block, answer } of this.#sent.splice(0)) {
      const [settled] = await Promise.allSettled([answer]);
      if (settled.status === "fulfilled") this.#results.push(...settled.value);
      this.#pool.release(block.memory);
    }
    for (const result of this.#results.splice(0)) if (result instanceof SharedLease) result.release();
  }

  summary(): BlockSummary<unknown> {
    return { blocks: this.#blocks, bytes: this.#bytes, results: this.#results };
  }

  close(): void {
    this.#reader?.release();
  }

  async #take(): Promise<void> {
    const { block, answer } = this.#sent[0];
    const [result] = await this.#answered(answer);
    this.#sent.shift();
    this.#pool.release(block.memory);
    const lines = (result as Partial<LineResults> | null | undefined)?.lineResults;
    if (lines === undefined) this.#results.push(result);
    else for (const each of lines) this.#results.push(each);
    this.#blocks++;
    this.#bytes += block.length;
    this.#options.onProgress?.({ blocks: this.#blocks, bytes: this.#bytes });
  }

  async #answered(answer: Promise<readonly unknown[]>): Promise<readonly unknown[]> {
    try {
      return await answer;
    } catch (error) {
      const { signal } = this.#options;
      throw signal?.aborted === true ? aborted(signal, this) : error;
    }
  }
}
