// Figures over worker threads: the worker's side. A job arrives as data, the worker's file makes a figure of it, and what
// was drawn goes back in shared memory.
import {
  type Pool,
  PoolError,
  type PoolErrorCode,
  type SharedTask,
  sharedTask,
  type TaskContext,
} from "@millpond/core";

import { PlotError, type PlotErrorCode, type PlotPlace } from "../errors.ts";
import type { Figure } from "../figure/outputs.ts";
import { findShared } from "./shared-arrays.ts";

/** What comes back of a figure: the bytes of a PNG file, or its pixels as `pixels` draws them. */
export type FigureOutput = "png" | "pixels";

/** What a worker gets. */
export interface FigureMessage {
  readonly job: unknown;
  readonly output: FigureOutput;
}

/** What a worker answers where no figure came out. Errors lose their class and code on their way between threads. */
export interface FigureFailure {
  readonly kind: "plot" | "pool";
  readonly code: string;
  readonly message: string;
  readonly place: PlotPlace | undefined;
}

/**
 * Makes the function of a worker's file that `renderMany` has run: `make` gets a job and returns a figure. Give the
 * figure the pool of the task: then it is drawn in the shared memory that it goes back in.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { figureTask, plot } from "@millpond/plot";
 *
 * // figures.js, a worker's file
 * interface Job {
 *   readonly name: string;
 *   readonly ys: Float64Array;
 * }
 * export const sensor = figureTask(({ name, ys }: Job, { pool }) => plot({ pool }).line(ys).title(name));
 * assert.equal(typeof sensor, "function");
 * ```
 */
export function figureTask<J>(
  make: (job: J, context: TaskContext) => Figure | Promise<Figure>,
): SharedTask<J, Uint8Array> {
  return sharedTask(async (message: unknown, context): Promise<Uint8Array | FigureFailure> => {
    const { job, output } = message as FigureMessage;
    try {
      return drawn(await make(findShared(job, context.pool) as J, context), output, context.pool);
    } catch (error) {
      return failureOf(error);
    }
  }) as SharedTask<J, Uint8Array>;
}

function drawn(figure: Figure, output: FigureOutput, pool: Pool): Uint8Array {
  if (output === "pixels") {
    return figure.pixels({ into: pool.acquireUnsafe(Uint8Array, 4 * figure.width * figure.height) });
  }
  const file = figure.png();
  const bytes = pool.acquireUnsafe(Uint8Array, file.length);
  bytes.set(file);
  return bytes;
}

function failureOf(error: unknown): FigureFailure {
  if (error instanceof PlotError) {
    const { code, message, place } = error;
    return { kind: "plot", code, message, place };
  }
  if (error instanceof PoolError) {
    return { kind: "pool", code: error.code, message: error.message, place: undefined };
  }
  throw error;
}

/** The error that a failure was, on this thread. */
export function errorOf({ kind, code, message, place }: FigureFailure): PlotError | PoolError {
  return kind === "plot"
    ? new PlotError(code as PlotErrorCode, message, place)
    : new PoolError(code as PoolErrorCode, message);
}
