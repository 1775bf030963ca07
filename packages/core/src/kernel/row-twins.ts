// The TypeScript twins of the kernels that compare one query with many rows: one row after another, each with the twin of
// the pair, so that a row's number is the pair's number.

import { cosineOf, dotF32, dotF64, l2SquaredF32, l2SquaredF64 } from "./distance-twins.ts";

/**
 * What to compute of two vectors: the function of the same name says what it is.
 *
 * `"l2"` and `"l2Squared"` are smallest for the most similar rows, `"dot"` and `"cosine"` largest.
 */
export type Metric = "dot" | "l2" | "l2Squared" | "cosine";

/** Where rows lie: `count` rows of `dimensions` elements, `step` elements apart. */
export interface Rows<A extends Float32Array | Float64Array> {
  readonly values: A;
  readonly step: number;
  readonly count: number;
  readonly dimensions: number;
}

/** Writes the number of each row into `out`. */
export function rowsF32(
  query: Float32Array,
  rows: Rows<Float32Array>,
  metric: Metric,
  out: Float32Array,
): void {
  const { values, step, count, dimensions } = rows;
  const squares = metric === "cosine" ? dotF32(query, 0, query, 0, dimensions) : 0;
  for (let row = 0; row < count; row++) {
    out[row] = rowF32(query, values, row * step, dimensions, metric, squares);
  }
}

/** Writes the number of each row into `out`. */
export function rowsF64(
  query: Float64Array,
  rows: Rows<Float64Array>,
  metric: Metric,
  out: Float64Array,
): void {
  const { values, step, count, dimensions } = rows;
  const squares = metric === "cosine" ? dotF64(query, 0, query, 0, dimensions) : 0;
  for (let row = 0; row < count; row++) {
    out[row] = rowF64(query, values, row * step, dimensions, metric, squares);
  }
}

function rowF32(
  query: Float32Array,
  values: Float32Array,
  start: number,
  count: number,
  metric: Metric,
  squares: number,
): number {
  if (metric === "l2Squared") return l2SquaredF32(query, 0, values, start, count);
  if (metric === "l2") return Math.sqrt(l2SquaredF32(query, 0, values, start, count));
  const product = dotF32(query, 0, values, start, count);
  if (metric === "dot") return product;
  return cosineOf(product, squares, dotF32(values, start, values, start, count));
}

function rowF64(
  query: Float64Array,
  values: Float64Array,
  start: number,
  count: number,
  metric: Metric,
  squares: number,
): number {
  if (metric === "l2Squared") return l2SquaredF64(query, 0, values, start, count);
  if (metric === "l2") return Math.sqrt(l2SquaredF64(query, 0, values, start, count));
  const product = dotF64(query, 0, values, start, count);
  if (metric === "dot") return product;
  return cosineOf(product, squares, dotF64(values, start, values, start, count));
}
