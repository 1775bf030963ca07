// Figures over worker threads: the caller's side. A few jobs are with the workers at any time, and what comes of them is
// taken in the order of the jobs.
//
//     jobs ──▶ | the next few, with the workers | ──▶ the first of them, once it is there
import {
  type AbortSignalLike,
  parallel,
  SharedLease,
  type SharedPool,
  type TaskRunner,
} from "@millpond/core";

import { unlike } from "../check.ts";
import { errorOf, type FigureFailure, type FigureMessage, type FigureOutput } from "./figure-task.ts";
import { markShared } from "./shared-arrays.ts";

/** Options of `renderMany()`; all but `runner` have a default. */
export interface RenderManyOptions {
  /** Runs the tasks, such as `new Piscina({ filename })`: keeps its threads between calls. */
  readonly runner: TaskRunner;
  /** The worker's function, where its file exports several. */
  readonly name?: string | undefined;
  /** What comes back of each figure. @defaultValue "png" */
  readonly output?: FigureOutput | undefined;
  /** How many figures are with the runner, or wait to be taken, at once. @defaultValue 4 */
  readonly concurrency?: number | undefined;
  /** Ends the work: no more figures are begun, and the signal's reason is thrown. */
  readonly signal?: AbortSignalLike | undefined;
}

/** What came of one job: bytes in shared memory, to be released by whoever takes them, or the error. */
export type RenderedFigure = PromiseSettledResult<SharedLease<Uint8Array>>;

/**
 * Draws many figures on worker threads, in the order of the jobs. The function that makes a figure of a job is in the
 * worker's file, exported through {@link figureTask}. Arrays of the pool in a job are not copied on their way there.
 *
 * ```ts no-run
 * import { SharedPool } from "@millpond/core";
 * import { renderMany } from "@millpond/plot";
 * import { Piscina } from "piscina";
 *
 * const pool = SharedPool.create();
 * const runner = new Piscina({ filename: new URL("./figures.js", import.meta.url).href, minThreads: 2 });
 * const ys = pool.acquire(Float64Array, 100_000);
 * const jobs = [{ name: "north", ys }, { name: "south", ys }];
 * for await (const figure of renderMany(pool, jobs, { runner, name: "sensor" })) {
 *   if (figure.status === "rejected") throw figure.reason;
 *   console.log(figure.value.array.length); // the bytes of a PNG
 *   figure.value.release();
 * }
 * ```
 *
 * A figure that fails, also because its thread ended, is an error in its place, and the others are drawn. Whoever stops
 * early, by `break` or an abort, leaves nothing behind: those that run are waited for and given back. Figures that were on
 * their way from a thread which an abort ended are freed as the pool's `orphanMs` says.
 */
export async function* renderMany<J>(
  pool: SharedPool,
  jobs: Iterable<J> | AsyncIterable<J>,
  options: RenderManyOptions,
): AsyncGenerator<RenderedFigure, void, undefined> {
  checkOptions(options);
  const { concurrency = 4, signal } = options;
  const sent: Promise<RenderedFigure>[] = [];
  try {
    for await (const job of jobs) {
      refuseAborted(signal);
      sent.push(render(pool, job, options));
      if (sent.length >= concurrency) yield await first(sent, signal);
    }
    while (sent.length > 0) yield await first(sent, signal);
  } finally {
    for (const figure of await Promise.all(sent)) if (figure.status === "fulfilled") figure.value.release();
  }
}

// Waits before it takes, so that an abort finds the figure among those to give back.
async function first(
  sent: Promise<RenderedFigure>[],
  signal: AbortSignalLike | undefined,
): Promise<RenderedFigure> {
  const figure = await sent[0];
  refuseAborted(signal);
  void sent.shift();
  return figure;
}

async function render(pool: SharedPool, job: unknown, options: RenderManyOptions): Promise<RenderedFigure> {
  const { runner, name, signal, output = "png" } = options;
  const more = { ...(name === undefined ? {} : { name }), ...(signal === undefined ? {} : { signal }) };
  try {
    const [result] = await parallel<FigureMessage, Uint8Array | FigureFailure>(
      pool,
      [{ job: markShared(job, pool), output }],
      {
        runner,
        ...more,
      },
    );
    if (result instanceof SharedLease) return { status: "fulfilled", value: result };
    return { status: "rejected", reason: errorOf(result) };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}

function checkOptions(options: RenderManyOptions): void {
  if (typeof options?.runner?.run !== "function") {
    throw unlike("options with a runner, such as a Piscina", options?.runner);
  }
  const { concurrency = 4, output = "png" } = options;
  if (!(Number.isInteger(concurrency) && concurrency >= 1))
    throw unlike("concurrency to be an integer from 1 on", concurrency);
  if (output !== "png" && output !== "pixels") throw unlike('output to be "png" or "pixels"', output);
}

function refuseAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted === true) throw signal.reason;
}
