// Lines over worker threads: the caller's side. Text is read into blocks of shared memory that end with a line, blocks go
// to the workers as soon as they are full, and answers are taken in the order of the blocks.
//
//     source ──▶ | block 4, being filled | ──▶ blocks 1, 2, 3 with the workers ──▶ results of 0, 1, …
import type { TaskResult } from "@millpond/core";
import type { Encoding } from "../bytes/transcoder.ts";
import { checkCount, checkOptions, type NamesOf } from "../check.ts";
import { defaultPool } from "../default-pool.ts";
import { dropResult, OrderedTasks, TASK_OPTIONS, type TaskOptions } from "../parallel/ordered-tasks.ts";
import { AsyncReading } from "../source/async-reading.ts";
import { refuseAborted } from "../source/failures.ts";
import { decodedReaderOf } from "../source/decoding.ts";
import type { TableSource } from "../source/source.ts";
import { type Block, BlockReader } from "./block-reader.ts";
import type { LineBlock, LineResults } from "./line-task.ts";
import { encodingOf, type LineProgress, markOf } from "./process-options.ts";

const MIB = 1024 * 1024;

/** How far a parallel run has come. */
export interface BlockProgress {
  /** Blocks whose results are there. */
  readonly blocks: number;
  /** Bytes in these blocks. */
  readonly bytes: number;
}

/** Options of `processLinesParallel()`; all but `runner` have a default. */
export interface ParallelLineOptions extends TaskOptions {
  /**
   * The size of a block of whole lines; one that a single line does not fit into grows.
   *
   * @defaultValue 2 MiB
   */
  readonly blockBytes?: number;
  /**
   * How many bytes a line may have that does not fit into a block.
   *
   * @defaultValue 256 MiB
   */
  readonly maxLineBytes?: number;
  /**
   * What ends a line, 1 to 16 bytes.
   *
   * @defaultValue LF, with a CR before it or not
   */
  readonly lineEnd?: string | Uint8Array;
  /**
   * How bytes are encoded. `"auto"` is UTF-8, or UTF-16 where a byte order mark says so. Bytes are counted as those of the
   * text in UTF-8; what is no text becomes U+FFFD in strings.
   *
   * @defaultValue "auto"
   */
  readonly encoding?: "auto" | Encoding;
  /** Called when the results of a block are there. */
  readonly onProgress?: (progress: BlockProgress) => void;
}

const OPTIONS: NamesOf<ParallelLineOptions> = {
  ...TASK_OPTIONS,
  blockBytes: true,
  maxLineBytes: true,
  lineEnd: true,
  encoding: true,
  onProgress: true,
};

/** What a parallel run comes to. */
export interface BlockSummary<R> extends BlockProgress {
  /** What the workers returned, in the order of the lines: for each line, or for each block where the task is a fold. */
  readonly results: TaskResult<R>[];
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
  const decoding = { encoding: encodingOf(options.encoding), replace: true, pool: defaultPool() };
  const reading = new AsyncReading(source, decodedReaderOf(source, decoding), options.signal, run);
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

class Run implements LineProgress {
  readonly #options: ParallelLineOptions;
  readonly #tasks: OrderedTasks<Block>;
  readonly #mark: Uint8Array | undefined;
  readonly #results: unknown[] = [];
  #reader: BlockReader | undefined;
  #blocks = 0;
  #bytes = 0;

  constructor(options: ParallelLineOptions) {
    this.#tasks = new OrderedTasks(options);
    checkOptions(options, OPTIONS);
    const { blockBytes = 2 * MIB, maxLineBytes = 256 * MIB } = options;
    checkCount("blockBytes", blockBytes, 2 ** 30);
    checkCount("maxLineBytes", maxLineBytes, 2 ** 31);
    this.#options = options;
    this.#mark = markOf(options.lineEnd);
  }

  get lines(): number {
    return this.#reader?.lines ?? 0;
  }

  get bytes(): number {
    return this.#reader?.bytes ?? 0;
  }

  open(): void {
    const { blockBytes = 2 * MIB, maxLineBytes = 256 * MIB } = this.#options;
    this.#reader = new BlockReader(this.#tasks.pool, blockBytes, maxLineBytes, this.#mark);
  }

  next(reading: AsyncReading): Promise<Block | undefined> {
    return (this.#reader as BlockReader).next(reading);
  }

  // Sends a block to the workers, and waits for the first of them where there are enough.
  async start(block: Block): Promise<void> {
    const item: LineBlock = {
      bytes: block.bytes,
      offset: block.offset,
      linesBefore: block.linesBefore,
      inPool: this.#tasks.pool.regionOf(block.memory) !== undefined,
      lineEnd: this.#mark,
    };
    this.#tasks.start(block, item);
    if (this.#tasks.full) await this.#take();
  }

  async takeAll(): Promise<void> {
    while (this.#tasks.size > 0) await this.#take();
  }

  // Waits for all that run, after a failure, and gives back what they and the others returned.
  async drop(): Promise<void> {
    while (this.#tasks.size > 0) {
      const { kept: block, answer } = await this.#tasks.take();
      this.#tasks.pool.release(block.memory);
      if (answer.status === "fulfilled") dropResult(answer.value);
    }
    this.#results.splice(0).forEach(dropResult);
  }

  summary(): BlockSummary<unknown> {
    return { blocks: this.#blocks, bytes: this.#bytes, results: this.#results };
  }

  close(): void {
    this.#reader?.release();
  }

  async #take(): Promise<void> {
    refuseAborted(this.#options.signal, this);
    const { kept: block, answer } = await this.#tasks.take();
    this.#tasks.pool.release(block.memory);
    if (answer.status === "rejected") throw answer.reason;
    const lines = (answer.value as Partial<LineResults> | null | undefined)?.lineResults;
    if (lines === undefined) this.#results.push(answer.value);
    else for (const each of lines) this.#results.push(each);
    this.#blocks++;
    this.#bytes += block.bytes.length;
    this.#options.onProgress?.({ blocks: this.#blocks, bytes: this.#bytes });
  }
}
