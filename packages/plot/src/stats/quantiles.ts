// Sorted numbers, quantiles, and the five numbers of a box.
import type { Series } from "@millpond/core";

import { statisticsKernel, type StatisticsExports } from "../kernel/statistics.wasm.ts";
import type { Workspace } from "../reduce/workspace.ts";
import * as twin from "./statistics-twin.ts";

// From this many numbers on, the kernel's sort is the faster one.
const MANY = 512;
// Numbers' worth of counts that it works with.
const TABLE = 1024;

/** The finite numbers of a series, ascending, in memory of the workspace. */
export function sortedNumbers(data: Series, workspace: Workspace): Float64Array {
  if (data.length < MANY) return finiteNumbers(data, workspace).sort();
  // One array for all, so that it lies in one region and a kernel reaches it.
  const slab = workspace.numbers(2 * data.length + TABLE);
  const numbers = slab.subarray(0, copyFinite(data, slab));
  const kernel = statisticsKernel.over(slab.buffer);
  if (kernel === undefined) return numbers.sort();
  const spare = slab.byteOffset + 8 * data.length;
  // SAFETY: behind the numbers there is room for as many and for the table.
  kernel.sort(slab.byteOffset, spare, spare + 8 * data.length, numbers.length);
  return numbers;
}

/** The finite numbers of a series, in their order, in memory of the workspace. */
export function finiteNumbers(data: Series, workspace: Workspace): Float64Array {
  const all = workspace.numbers(data.length);
  return all.subarray(0, copyFinite(data, all));
}

function copyFinite(data: Series, target: Float64Array): number {
  let count = 0;
  for (let index = 0; index < data.length; index++) {
    const value = data.at(index);
    if (Number.isFinite(value)) target[count++] = value;
  }
  return count;
}

/** The value below which a share of ascending numbers lies, between two of them in proportion. NaN if there is none. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

// What numbers are shrunk by where their sum is more than a number can hold.
const SHRINK = 2 ** -64;

/** The arithmetic mean; NaN of nothing. */
function mean(numbers: Float64Array): number {
  const total = sumOf(numbers, 1);
  if (Number.isFinite(total)) return total / numbers.length;
  return sumOf(numbers, SHRINK) / numbers.length / SHRINK;
}

function sumOf(numbers: Float64Array, scale: number): number {
  const kernel = kernelFor(numbers);
  if (kernel === undefined) return twin.sum(numbers, scale);
  // SAFETY: the kernel runs over the memory that the array is a view of.
  return kernel.sum(numbers.byteOffset, numbers.length, scale);
}

/** The standard deviation of the population that the numbers are a sample of; 0 for fewer than two. */
export function deviation(numbers: Float64Array): number {
  if (numbers.length < 2) return 0;
  return Math.sqrt(squaresAround(numbers, mean(numbers)) / (numbers.length - 1));
}

function squaresAround(numbers: Float64Array, middle: number): number {
  const kernel = kernelFor(numbers);
  if (kernel === undefined) return twin.squares(numbers, middle);
  // SAFETY: the kernel runs over the memory that the array is a view of.
  return kernel.squares(numbers.byteOffset, numbers.length, middle);
}

function kernelFor(numbers: Float64Array): StatisticsExports | undefined {
  return numbers.length > 8 ? statisticsKernel.over(numbers.buffer) : undefined;
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

/**
 * What whiskers reach: the last numbers within Tukey's 1.5 interquartile ranges of the box, or within three standard
 * deviations of the mean, all of them, or those from one share to another.
 */
export type Whiskers = "tukey" | "sigma" | "min-max" | readonly [low: number, high: number];

/** The five numbers of a box, and where outliers begin; `far` is how many ranges or deviations are not too many. */
export function boxNumbers(sorted: Float64Array, whiskers: Whiskers, far?: number): BoxNumbers {
  const [lowQuartile, median, highQuartile] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  const [from, to] = reach(sorted, whiskers, lowQuartile, highQuartile, far);
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
  far: number | undefined,
): readonly [number, number] {
  if (whiskers === "min-max") return [-Infinity, Infinity];
  if (whiskers === "tukey") {
    const away = (far ?? 1.5) * (high - low);
    return [low - away, high + away];
  }
  if (whiskers === "sigma") {
    const [middle, away] = [mean(sorted), (far ?? 3) * deviation(sorted)];
    // Whiskers that end within the box would tell nothing.
    return [Math.min(low, middle - away), Math.max(high, middle + away)];
  }
  return [quantile(sorted, whiskers[0]), quantile(sorted, whiskers[1])];
}
