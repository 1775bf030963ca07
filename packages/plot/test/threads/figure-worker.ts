// The worker of render-many.test.ts.
import { figureTask, plot } from "../../src/index.ts";

/** What the figures of the test are made of. */
export interface Job {
  readonly ys: Float64Array;
  readonly label?: string;
  readonly width?: number;
  /** Pool memory that the figure needs besides. */
  readonly wasteBytes?: number;
  readonly end?: "thread" | "throw" | "never";
}

export const line = figureTask(async ({ ys, label, width = 200, wasteBytes = 0, end }: Job, { pool }) => {
  pool.acquire(Uint8Array, wasteBytes);
  if (end === "thread") process.exit(1);
  if (end === "throw") throw new RangeError("no such sensor");
  if (end === "never") await new Promise((resolve) => setTimeout(resolve, 60_000));
  return plot({ width, height: 100, pool }).line(ys, { label, missing: "error" });
});
