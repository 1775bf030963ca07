// One query against many rows, on a kernel where query, rows and result lie in one region, and on its twin elsewhere.

import { PoolError, show } from "../memory/errors.ts";
import { refuseType } from "./check.ts";
import { distancesF32Kernel, type DistancesF32Exports } from "./distances-f32.wasm.ts";
import { distancesF64Kernel, type DistancesF64Exports } from "./distances-f64.wasm.ts";
import type { FloatArray } from "./number-twins.ts";
import { rowsF32, rowsF64, type Metric, type Rows } from "./row-twins.ts";

/** How the rows of {@link distances} lie in their array, and what to compute. */
export interface DistanceOptions {
  /** What to compute of the query and each row. */
  readonly metric: Metric;
  /**
   * Elements of a row that count.
   *
   * @defaultValue the length of the query
   */
  readonly dimensions?: number;
  /**
   * Bytes from the start of one row to the start of the next: more than a row has where rows are padded, fewer where
   * rows are windows that overlap.
   *
   * @defaultValue the bytes of `dimensions` elements
   */
  readonly stride?: number;
  /**
   * How many rows to look at.
   *
   * @defaultValue the length of `out`
   */
  readonly count?: number;
}

const metrics: readonly unknown[] = ["dot", "l2", "l2Squared", "cosine"] satisfies Metric[];

/**
 * Compares one query with many rows that lie in one array, and writes one number for each row into `out`, which is
 * returned. Each number is what the function with the metric's name gives for the query and the row, for Float32Arrays
 * rounded to f32.
 *
 * The kernel runs when query, rows and result lie in one region, as arrays of one pool mostly do; so keep a pooled array
 * for queries. `out` must not share bytes with the others.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernels, Pool } from "@millpond/core";
 *
 * const pool = new Pool();
 * const rows = pool.acquire(Float32Array, 3 * 2);
 * rows.set([1, 0, 0, 1, 3, 4]);
 * const query = pool.acquire(Float32Array, 2);
 * const out = pool.acquire(Float32Array, 3);
 * kernels.distances(query, rows, { metric: "l2" }, out);
 * assert.deepEqual([...out], [1, 1, 5]);
 * ```
 */
export function distances<A extends FloatArray>(query: A, rows: A, options: DistanceOptions, out: A): A {
  const wide = query instanceof Float64Array;
  if (!wide && !(query instanceof Float32Array)) return refuseType(query);
  const layout = layoutOf(query, rows, options, out);
  const { metric } = options;
  const inRegion = query.buffer === rows.buffer && rows.buffer === out.buffer;
  const kernel = inRegion ? (wide ? distancesF64Kernel : distancesF32Kernel).over(rows.buffer) : undefined;
  if (kernel !== undefined) runKernel(kernel, query, layout, metric, out);
  else if (wide) rowsF64(query, layout as Rows<Float64Array>, metric, out as Float64Array);
  else rowsF32(query, layout as Rows<Float32Array>, metric, out as Float32Array);
  return out;
}

function runKernel(
  kernel: DistancesF32Exports | DistancesF64Exports,
  { byteOffset: query }: FloatArray,
  { values, step, count, dimensions }: Rows<FloatArray>,
  metric: Metric,
  { byteOffset: out }: FloatArray,
): void {
  const first = values.byteOffset;
  const stride = step * values.BYTES_PER_ELEMENT;
  if (metric === "dot") kernel.dotRows(query, first, stride, count, dimensions, out);
  else if (metric === "l2") kernel.l2Rows(query, first, stride, count, dimensions, out);
  else if (metric === "l2Squared") kernel.l2SquaredRows(query, first, stride, count, dimensions, out);
  else kernel.cosineRows(query, first, stride, count, dimensions, out);
}

// SAFETY: what a kernel reads and writes is inside the three arrays, because of the checks here.
function layoutOf(
  query: FloatArray,
  rows: FloatArray,
  options: DistanceOptions,
  out: FloatArray,
): Rows<FloatArray> {
  checkClasses(query, rows, out);
  const bytes = query.BYTES_PER_ELEMENT;
  const dimensions = options.dimensions ?? query.length;
  const count = options.count ?? out.length;
  const stride = options.stride ?? dimensions * bytes;
  if (!metrics.includes(options.metric)) {
    throw refusal(`metric to be one of ${metrics.join(", ")}`, options.metric);
  }
  checkCount("dimensions", dimensions, query.length, "the length of the query");
  checkCount("count", count, out.length, "the length of out");
  if (!(Number.isInteger(stride) && stride >= 0 && stride % bytes === 0)) {
    throw refusal(`stride to be a multiple of ${bytes} bytes, the size of an element`, stride);
  }
  const needed = count === 0 ? 0 : (count - 1) * stride + dimensions * bytes;
  if (needed > rows.byteLength) {
    throw new PoolError(
      "OUT_OF_BOUNDS",
      `${count} rows need ${needed} bytes, and rows has ${rows.byteLength}`,
      {
        needed,
        byteLength: rows.byteLength,
      },
    );
  }
  checkApart(query, out);
  checkApart(rows, out);
  return { values: rows, step: stride / bytes, count, dimensions };
}

function checkClasses(query: FloatArray, rows: FloatArray, out: FloatArray): void {
  const type = query instanceof Float64Array ? Float64Array : Float32Array;
  for (const array of [rows, out]) {
    if (!(array instanceof type))
      throw refusal(`rows and out to be of the query's class ${type.name}`, array);
  }
}

function checkCount(name: string, value: number, most: number, what: string): void {
  if (!(Number.isInteger(value) && value >= 0)) throw refusal(`${name} to be an integer from 0 on`, value);
  if (value <= most) return;
  throw new PoolError("LENGTH_MISMATCH", `${name} is ${value}, and ${what} is ${most}`, {
    [name]: value,
    most,
  });
}

// A kernel writes results in another order than its twin: over its own input, the two would differ.
function checkApart(input: FloatArray, out: FloatArray): void {
  if (input.buffer !== out.buffer) return;
  const apart =
    input.byteOffset + input.byteLength <= out.byteOffset ||
    out.byteOffset + out.byteLength <= input.byteOffset;
  if (apart) return;
  throw refusal("out to share no bytes with the query and the rows", out);
}

function refusal(expected: string, got: unknown): PoolError {
  return new PoolError("BAD_ARGUMENT", `expected ${expected}, got ${show(got)}`, { got: show(got) });
}
