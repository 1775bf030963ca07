// Sorted numbers, quantiles, and the five numbers of a box.
import type { Series } from "@millpond/core";

import type { Workspace } from "../reduce/workspace.ts";

/** The finite numbers of a series, ascending, in memory of the workspace. */
export function sortedNumbers(data: Series, workspace: Workspace): Float64Array {
  const sorted = finiteNumbers(data, workspace);
  return sorted.sort();
}

/** The finite numbers of a series, in their order, in memory of the workspace. */
export function finiteNumbers(data: Series, workspace: Workspace): Float64Array {
  const all = workspace.numbers(data.length);
  let count = 0;
  for (let index = 0; index < data.length; index++) {
    const value = data.at(index);
    if (Number.isFinite(value)) all[count++] = value;
  }
  return all.subarray(0, count);
}

/** The value below which a share of ascending numbers lies, between two of them in proportion. NaN if there is none. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** The arithmetic mean; NaN of nothing. */
function mean(numbers: Float64Array): number {
  // Divided first, so that large numbers do not overflow.
  let result = 0;
  for (let index = 0; index < numbers.length; index++) result += (numbers[index] - result) / (index + 1);
  return numbers.length === 0 ? NaN : result;
}

/** The standard deviation of the population that the numbers are a sample of; 0 for fewer than two. */
export function deviation(numbers: Float64Array): number {
  if (numbers.length < 2) return 0;
  const middle = mean(numbers);
  let squares = 0;
  for (let index = 0; index < numbers.length; index++) squares += (numbers[index] - middle) ** 2;
  return Math.sqrt(squares / (numbers.length - 1));
}

/** What a box shows. */
export interface BoxNumbers {
  readonly lowWhisker: number;
  readonly lowQuartile: number;
  readonly median: number;
  readonly highQuartile: number;
  readonly highWhisker: number;
  readonly mean: number;
  /** How many of the ascending numbers lie below the low whisker, and from which on above the high one. */
  readonly below: number;
  readonly above: number;
}

/** How far whiskers reach: Tukey's 1.5 interquartile ranges, all the way, or from one share to another. */
export type Whiskers = "tukey" | "min-max" | readonly [low: number, high: number];

/** The five numbers of a box, and where outliers begin. */
export function boxNumbers(sorted: Float64Array, whiskers: Whiskers): BoxNumbers {
  const [lowQuartile, median, highQuartile] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  const [from, to] = reach(sorted, whiskers, lowQuartile, highQuartile);
  let below = 0;
  while (below < sorted.length && sorted[below] < from) below++;
  let above = sorted.length;
  while (above > below && sorted[above - 1] > to) above--;
  const lowWhisker = Math.min(sorted[below], lowQuartile);
  const highWhisker = Math.max(sorted[above - 1], highQuartile);
  return { lowWhisker, lowQuartile, median, highQuartile, highWhisker, mean: mean(sorted), below, above };
}

function reach(
  sorted: Float64Array,
  whiskers: Whiskers,
  low: number,
  high: number,
): readonly [number, number] {
  if (whiskers === "min-max") return [-Infinity, Infinity];
  if (whiskers === "tukey") return [low - 1.5 * (high - low), high + 1.5 * (high - low)];
  return [quantile(sorted, whiskers[0]), quantile(sorted, whiskers[1])];
}
