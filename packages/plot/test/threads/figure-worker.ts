// The worker of render-many.test.ts.
import { figureTask, plot } from "../../src/index.ts";

/** What the figures of the test are made of. */
export interface Job {
  readonly ys: Float64Array;
  readonly label?: string;
  readonly width?: number;
  /** Pool memory that the figure needs besides. */
  readonly wasteBytes?: number;
  /** More numbers, and whether all of them have to lie in the memory of the pool. */
  readonly more?: readonly { readonly xs: Float64Array }[];
  readonly inPlace?: boolean;
  readonly end?: "thread" | "throw" | "never";
}

export const line = figureTask(
  async ({ ys, label, width = 200, wasteBytes = 0, more = [], inPlace, end }: Job, { pool }) => {
    const { buffer } = pool.acquire(Uint8Array, Math.max(1, wasteBytes));
    if (inPlace === true && [ys, ...more.map(({ xs }) => xs)].some((array) => array.buffer !== buffer)) {
      throw new RangeError("an array lies elsewhere");
    }
    if (end === "thread") process.exit(1);
    if (end === "throw") throw new RangeError("no such sensor");
    if (end === "never") await new Promise((resolve) => setTimeout(resolve, 60_000));
    return plot({ width, height: 100, pool }).line(ys, { label, missing: "error" });
  },
);
