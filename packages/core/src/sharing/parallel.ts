// Work on many items over a worker pool, with results in shared memory. The worker pool is the user's (piscina, or
// anything that runs tasks the same way); this file is what goes around the tasks: order, abort, progress, and that
// nothing is lost when one of them fails.
import { isTypedArray, type TypedArray } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import type { Pool } from "../pool/pool.ts";
import type { SharedLease } from "./shared-lease.ts";
import { SharedPool, type SharedPoolHandle } from "./shared-pool.ts";
import type { Token } from "./token.ts";
import type { AbortSignalLike } from "./waiting.ts";

/** What runs tasks on other threads: a `Piscina`, as far as it is used here. */
export interface TaskRunner {
  /** Runs the worker's function on `task` and gives what it returns. */
  run(
    task: unknown,
    options?: { readonly signal?: AbortSignalLike | null; readonly name?: string },
  ): Promise<unknown>;
}

/** Options of `parallel()`. */
export interface ParallelOptions {
  /** Runs the tasks, such as `new Piscina({ filename })`. */
  readonly runner: TaskRunner;
  /** The worker's function, where its file exports several. */
  readonly name?: string;
  /** How many tasks are with the runner at once, so that others get their turn there too. Default 4. */
  readonly concurrency?: number;
  /** Called after each item. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Ends the work: tasks that wait are not started, and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignalLike;
}

/** What a task gets besides its item. */
export interface TaskContext {
  /** Acquire here what the task needs. What is not returned goes back when the task ends, also when it throws. */
  readonly pool: Pool;
}

/** What a task gave: a lease of the array it returned, or the plain value. */
export type TaskResult<R> = R extends TypedArray ? SharedLease<R> : R;

/** A task as a worker's file exports it: takes what `parallel` sends, gives what `parallel` understands. */
export interface SharedTask<T, R> {
  (message: unknown): Promise<unknown>;
  /** Only for the type checker: the item it takes. */
  readonly item?: T;
  /** Only for the type checker: what it returns. */
  readonly result?: R;
}

interface TaskMessage {
  readonly pool: SharedPoolHandle;
  readonly item: unknown;
}

interface TaskAnswer {
  readonly token?: Token;
  readonly value?: unknown;
}

/**
 * Runs one task for each item and gives the results in the order of the items. A task is a function that the worker's
 * file exports through `sharedTask`; an array that it acquired and returns arrives as a lease, without a copy.
 *
 * When a task throws, no further ones are started, those that run are waited for, what they returned is released, and
 * the error is thrown on.
 *
 * ```ts no-run
 * import { parallel, SharedPool } from "@millpond/core";
 * import { Piscina } from "piscina";
 *
 * const pool = SharedPool.create();
 * const runner = new Piscina({ filename: new URL("./tile-worker.js", import.meta.url).href });
 * const tiles = await parallel<number, Float64Array>(pool, [0, 1, 2, 3], { runner, name: "work" });
 * for (const lease of tiles) lease.release();
 * ```
 */
export async function parallel<T, R>(
  pool: SharedPool,
  items: Iterable<T>,
  options: ParallelOptions,
): Promise<TaskResult<R>[]> {
  const { concurrency = 4 } = options;
  if (!(Number.isInteger(concurrency) && concurrency > 0)) {
    throw new PoolError("BAD_ARGUMENT", `expected concurrency to be 1 or more, got ${show(concurrency)}`, {
      concurrency,
    });
  }
  const run = new Run(pool, [...items], options);
  const lanes = Array.from({ length: Math.min(concurrency, run.total) }, () => run.lane());
  await Promise.all(lanes);
  return run.finish() as TaskResult<R>[];
}

// One call of `parallel`.
class Run {
  readonly #pool: SharedPool;
  readonly #handle: SharedPoolHandle;
  readonly #items: readonly unknown[];
  readonly #options: ParallelOptions;
  readonly #results: unknown[] = [];
  readonly #leases: SharedLease[] = [];
  #next = 0;
  #done = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(pool: SharedPool, items: readonly unknown[], options: ParallelOptions) {
    this.#pool = pool;
    this.#handle = pool.share();
    this.#items = items;
    this.#options = options;
  }

  get total(): number {
    return this.#items.length;
  }

  // Takes items one after the other until there are none, or something failed. Never rejects.
  async lane(): Promise<void> {
    while (this.#next < this.#items.length && this.#failure === undefined) {
      const place = this.#next++;
      try {
        this.#keep(place, await this.#runOne(this.#items[place]));
        this.#options.onProgress?.(++this.#done, this.#items.length);
      } catch (error) {
        const { signal } = this.#options;
        this.#failure ??= { error: signal?.aborted === true ? signal.reason : error };
      }
    }
  }

  #runOne(item: unknown): Promise<unknown> {
    const { runner, name, signal } = this.#options;
    if (signal?.aborted === true) throw signal.reason;
    const message: TaskMessage = { pool: this.#handle, item };
    return runner.run(message, { ...(name === undefined ? {} : { name }), signal: signal ?? null });
  }

  #keep(place: number, answer: unknown): void {
    const { token, value } = checkAnswer(answer);
    if (token === undefined) {
      this.#results[place] = value;
      return;
    }
    const lease = this.#pool.adopt(token);
    this.#leases.push(lease);
    this.#results[place] = lease;
  }

  // All results, or the first error once everything that arrived is given back.
  finish(): unknown[] {
    if (this.#failure === undefined) return this.#results;
    for (const lease of this.#leases) lease.release();
    throw this.#failure.error;
  }
}

function checkAnswer(answer: unknown): TaskAnswer {
  if (typeof answer === "object" && answer !== null && ("token" in answer || "value" in answer)) {
    return answer as TaskAnswer;
  }
  throw new PoolError(
    "BAD_MESSAGE",
    `expected the answer of a function that sharedTask() made, got ${show(answer)}; wrap the worker's function in sharedTask()`,
    {},
  );
}

/**
 * Makes a function of a worker's file fit for `parallel`: attaches to the pool, gives the task a pool of its own that
 * takes everything back when the task ends, and sends the array that it returns without a copy.
 *
 * ```ts
 * import { sharedTask } from "@millpond/core";
 *
 * // tile-worker.js
 * export const work = sharedTask((tile: number, { pool }) => {
 *   const scratch = pool.acquire(Float64Array, 1000); // goes back by itself
 *   const result = pool.acquire(Float64Array, 256);
 *   result.fill(tile + scratch[0]);
 *   return result;
 * });
 * ```
 */
export function sharedTask<T, R>(task: (item: T, context: TaskContext) => R | Promise<R>): SharedTask<T, R> {
  return async (message) => {
    const { pool: handle, item } = message as TaskMessage;
    const shared = SharedPool.attach(handle);
    const pool = shared.child({ name: "task" });
    try {
      const result = await task(item as T, { pool });
      const answer: TaskAnswer = isTypedArray(result) ? shared._answer(pool, result) : { value: result };
      return answer;
    } finally {
      pool.close({ force: true });
      // A worker that waits for tasks has no other occasion, and its last figures would be those of the middle of one.
      shared.publish();
    }
  };
}
