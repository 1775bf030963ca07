// Evenly spaced numbers as series: no memory, whatever their number.
import { checkLength } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import { RangeReader } from "./derived-readers.ts";
import { Series } from "./series.ts";

// An index fits into 32 bits.
const MOST = 2 ** 32 - 1;

/**
 * The numbers from `start` to before `stop`, each `step` further; `range(stop)` starts at 0.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { range } from "@millpond/core";
 *
 * assert.deepEqual([...range(3)], [0, 1, 2]);
 * assert.deepEqual([...range(10, 4, -2)], [10, 8, 6]);
 * assert.equal(range(1_000_000_000).at(-1), 999_999_999); // takes no memory
 * ```
 *
 * With a fractional step, rounding decides whether a number close to `stop` belongs to the range: there, say how
 * many with `linspace`.
 */
export function range(stop: number): Series;
export function range(start: number, stop: number, step?: number): Series;
export function range(start: number, stop?: number, step = 1): Series {
  const first = stop === undefined ? 0 : start;
  const end = stop ?? start;
  for (const bound of [first, end, step]) checkFinite(bound);
  if (step === 0) throw new PoolError("BAD_ARGUMENT", "expected a step other than 0, got 0", { step });
  const count = Math.max(0, Math.ceil((end - first) / step));
  checkLength(count, MOST);
  return new Series(new RangeReader(first, step, count, first + step * (count - 1)));
}

/**
 * `count` numbers from `start` to `stop`, both included, at equal distances.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { linspace } from "@millpond/core";
 *
 * assert.deepEqual([...linspace(0, 1, 5)], [0, 0.25, 0.5, 0.75, 1]);
 * ```
 */
export function linspace(start: number, stop: number, count: number): Series {
  checkFinite(start);
  checkFinite(stop);
  checkLength(count, MOST, "count");
  const step = count > 1 ? (stop - start) / (count - 1) : 0;
  return new Series(new RangeReader(start, step, count, count > 1 ? stop : start));
}

function checkFinite(value: unknown): void {
  if (typeof value === "number" && Number.isFinite(value)) return;
  throw new PoolError("BAD_ARGUMENT", `expected a finite number, got ${show(value)}`, { got: value });
}
