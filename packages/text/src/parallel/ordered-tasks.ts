// Tasks on worker threads whose answers are taken in the order in which they were started, whatever order they come in.

import { type AbortSignalLike, parallel, SharedLease, SharedPool, type TaskRunner } from "@millpond/core";

import { checkCallback, checkCount, checkSignal, checkText, type NamesOf, unlike } from "../check.ts";

/** What is said about the workers, whatever they read; all but `runner` have a default. */
export interface TaskOptions {
  /** Runs the tasks, such as `new Piscina({ filename })`. */
  readonly runner: TaskRunner;
  /** The worker's function, where its file exports several. */
  readonly name?: string;
  /**
   * How many tasks are with the runner at once.
   *
   * @defaultValue 4
   */
  readonly concurrency?: number;
  /**
   * The shared memory between the threads.
   *
   * @defaultValue a shared pool of this package
   */
  readonly pool?: SharedPool;
  /** Ends the work: no further tasks are started. Those that run are waited for, since nothing else ends them gently. */
  readonly signal?: AbortSignalLike;
}

/** The names of these options. */
export const TASK_OPTIONS: NamesOf<TaskOptions> = {
  runner: true,
  name: true,
  concurrency: true,
  pool: true,
  signal: true,
};

/** What became of a task, and what was kept for that moment. */
export interface Taken<K> {
  readonly kept: K;
  readonly answer: PromiseSettledResult<unknown>;
}

const DEFAULT_CONCURRENCY = 4;

let shared: SharedPool | undefined;

/** Starts tasks and takes their answers. */
export class OrderedTasks<K> {
  readonly pool: SharedPool;
  readonly #options: TaskOptions;
  readonly #started: { readonly kept: K; readonly answer: Promise<PromiseSettledResult<unknown>> }[] = [];

  constructor(options: TaskOptions & { readonly onProgress?: unknown }) {
    if (typeof options?.runner?.run !== "function") {
      throw unlike("options with a runner, such as a Piscina", options?.runner);
    }
    checkCallback("onProgress", options.onProgress);
    checkSignal(options.signal);
    if (options.name !== undefined) checkText(options.name);
    const { concurrency = DEFAULT_CONCURRENCY } = options;
    checkCount("concurrency", concurrency, 1024);
    this.#options = options;
    this.pool = sharedPoolOr(options.pool);
  }

  /** How many answers there are to be taken. */
  get size(): number {
    return this.#started.length;
  }

  /** True when an answer is to be taken before the next task is started. */
  get full(): boolean {
    return this.#started.length >= (this.#options.concurrency ?? DEFAULT_CONCURRENCY);
  }

  /** Starts a task, and keeps something until its answer is taken. */
  start(kept: K, item: unknown): void {
    this.#started.push({ kept, answer: this.run(item) });
  }

  /** What the first task that was not taken came to. */
  async take(): Promise<Taken<K>> {
    const { kept, answer } = this.#started.shift()!;
    return { kept, answer: await answer };
  }

  /** Runs a task out of turn. */
  async run(item: unknown): Promise<PromiseSettledResult<unknown>> {
    const { runner, name } = this.#options;
    const task = name === undefined ? { runner } : { runner, name };
    try {
      const [value] = await parallel<unknown, unknown>(this.pool, [item], task);
      return { status: "fulfilled", value };
    } catch (reason) {
      return { status: "rejected", reason };
    }
  }
}

/** Gives back what nobody will look at. */
export function dropResult(result: unknown): void {
  if (result instanceof SharedLease) result.release();
}

function sharedPoolOr(pool: SharedPool | undefined): SharedPool {
  if (pool === undefined) return (shared ??= SharedPool.create({ name: "text" }));
  if (pool instanceof SharedPool) return pool;
  throw unlike("pool to be a SharedPool", pool);
}
