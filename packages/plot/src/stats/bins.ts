// Histograms: how many bins, where they begin and end, and how many numbers are in each.
import type { Series } from "@millpond/core";

import { PlotError } from "../errors.ts";
import { statisticsKernel } from "../kernel/statistics.wasm.ts";
import { eachPiece, pieceLength } from "../reduce/pieces.ts";
import type { Workspace } from "../reduce/workspace.ts";
import { deviation, quantile, sortedNumbers } from "./quantiles.ts";
import * as twin from "./statistics-twin.ts";

/** Rules for the number of bins. */
export type BinRule = "sturges" | "scott" | "freedman-diaconis" | "sqrt";

// More bins than pixels show nothing more; and a rule asked about far-out data would want millions.
const MOST_BINS = 10_000;

/** Edges of bins over a range: `bins` is a count, a rule, or the edges themselves. */
export function binEdges(
  bins: number | BinRule | readonly number[],
  low: number,
  high: number,
  data: Series,
  workspace: Workspace,
): Float64Array {
  if (typeof bins !== "number" && typeof bins !== "string") return givenEdges(bins);
  const [from, to] = low < high ? [low, high] : [low - 0.5, high + 0.5];
  const count = typeof bins === "number" ? bins : ruledCount(bins, from, to, data, workspace);
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_BINS)) {
    throw new PlotError("BAD_ARGUMENT", `expected from 1 to ${MOST_BINS} bins, got ${String(count)}`);
  }
  // Halves, since the range of the largest numbers is more than a number can hold.
  return Float64Array.from(
    { length: count + 1 },
    (_, edge) => from * (1 - edge / count) + to * (edge / count),
  );
}

function givenEdges(edges: readonly number[]): Float64Array {
  const ascending =
    Array.isArray(edges) &&
    edges.every((edge, index) => Number.isFinite(edge) && (index === 0 || edge > edges[index - 1]));
  if (ascending && edges.length >= 2) return Float64Array.from(edges);
  throw new PlotError("BAD_ARGUMENT", "expected at least two ascending edges of bins");
}

function ruledCount(rule: BinRule, low: number, high: number, data: Series, workspace: Workspace): number {
  const size = data.length;
  if (rule === "sturges") return Math.ceil(Math.log2(Math.max(size, 1))) + 1;
  if (rule === "sqrt") return Math.ceil(Math.sqrt(Math.max(size, 1)));
  const sorted = sortedNumbers(data, workspace);
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  if (rule !== "scott" && rule !== "freedman-diaconis") {
    throw new PlotError(
      "BAD_ARGUMENT",
      `expected bins to be a count, edges or a rule, got ${JSON.stringify(rule)}`,
    );
  }
  const factor = rule === "scott" ? 3.49 * deviation(sorted) : 2 * spread;
  const width = factor / Math.cbrt(Math.max(size, 1));
  if (!(width > 0)) return 1;
  return Math.min(MOST_BINS, Math.max(1, Math.ceil(high / width - low / width)));
}

/** Adds to `counts` how many numbers lie in each bin; the last one includes its upper edge. Returns how many lie in any. */
export function countInBins(
  data: Series,
  edges: Float64Array,
  counts: Float64Array,
  workspace: Workspace,
): number {
  const factor = counts.length / (edges[counts.length] - edges[0]);
  if (isEven(edges) && Number.isFinite(factor)) countEven(data, edges, factor, counts, workspace);
  else countByEdges(data, edges, counts);
  return counts.reduce((total, count) => total + count, 0);
}

function countByEdges(data: Series, edges: Float64Array, counts: Float64Array): void {
  for (let index = 0; index < data.length; index++) {
    const value = data.at(index);
    if (value >= edges[0] && value <= edges[counts.length]) counts[search(edges, value)]++;
  }
}

function countEven(
  data: Series,
  edges: Float64Array,
  factor: number,
  counts: Float64Array,
  workspace: Workspace,
): void {
  const bins = counts.length;
  const [low, high] = [edges[0], edges[bins]];
  // One array for all, so that it lies in one region and a kernel reaches it.
  const slab = workspace.numbers(edges.length + Math.ceil(bins / 2) + pieceLength(data));
  slab.set(edges);
  slab[bins] = Infinity;
  const bounds = slab.subarray(0, edges.length);
  const found = new Uint32Array(slab.buffer, slab.byteOffset + 8 * edges.length, bins).fill(0);
  const kernel = statisticsKernel.over(slab.buffer);
  eachPiece(data, slab.subarray(edges.length + Math.ceil(bins / 2)), (numbers) => {
    if (kernel === undefined) twin.countBins(numbers, low, high, factor, bounds, found);
    else {
      const [from, to] = [bounds.byteOffset, found.byteOffset];
      // SAFETY: there are as many counts as bins, and one more edge.
      kernel.countBins(numbers.byteOffset, numbers.length, low, high, factor, from, bins, to);
    }
  });
  for (let bin = 0; bin < bins; bin++) counts[bin] += found[bin];
}

function isEven(edges: Float64Array): boolean {
  const width = (edges[edges.length - 1] - edges[0]) / (edges.length - 1);
  for (let index = 1; index < edges.length; index++) {
    if (!(Math.abs(edges[index] - edges[index - 1] - width) <= 1e-6 * width)) return false;
  }
  return true;
}

function search(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (value >= edges[middle]) low = middle;
    else high = middle - 1;
  }
  return low;
}
