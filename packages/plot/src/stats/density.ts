// How dense numbers lie: a sum of bells, one for each number (a kernel density estimate). The numbers are first put onto
// a fine grid, each shared between its two neighbours in proportion, so that a million of them cost no more than a pass.
import { deviation, quantile } from "./quantiles.ts";

/** Widths of bells: two rules, or one in the unit of the data. */
export type Bandwidth = "scott" | "silverman" | number;

// Much finer than any bell that a rule gives.
const GRID = 1024;
// A bell is nothing from here on, in its own width.
const REACH = 5;

/** The width of the bells for ascending numbers; above 0. */
export function bandwidthOf(sorted: Float64Array, bandwidth: Bandwidth): number {
  if (typeof bandwidth === "number") return bandwidth;
  const spread = deviation(sorted);
  const shrink = Math.max(sorted.length, 1) ** -0.2;
  const quartiles = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
  const silverman = 0.9 * Math.min(spread, quartiles > 0 ? quartiles : spread) * shrink;
  return orNarrow(bandwidth === "silverman" ? silverman : spread * shrink, sorted[0]);
}

/** The width of a bell, or where that is nothing, as that of equal numbers is, a narrow one around one of them. */
export function orNarrow(width: number, number: number | undefined): number {
  return width > 0 ? width : Math.max(1e-300, Math.abs(number ?? 1) * 0.01) || 1;
}

/** The density at each of some evenly spaced places from `low` to `high`, written to `out`. */
export function densities(
  sorted: Float64Array,
  width: number,
  low: number,
  high: number,
  out: Float64Array,
): void {
  out.fill(0);
  if (sorted.length === 0) return;
  const first = sorted[0];
  const range = sorted[sorted.length - 1] - first;
  const cells = new Float64Array(GRID);
  for (let index = 0; index < sorted.length; index++) {
    const place = range > 0 ? ((sorted[index] - first) / range) * (GRID - 1) : 0;
    const cell = Math.min(Math.floor(place), GRID - 2);
    cells[cell] += 1 - (place - cell);
    cells[cell + 1] += place - cell;
  }
  const scale = 1 / (sorted.length * width * Math.sqrt(2 * Math.PI));
  for (let index = 0; index < out.length; index++) {
    const at = low + ((high - low) * index) / Math.max(1, out.length - 1);
    out[index] = scale * sumOfBells(cells, first, range, width, at);
  }
}

function sumOfBells(cells: Float64Array, first: number, range: number, width: number, at: number): number {
  if (range === 0) return (cells[0] + cells[1]) * Math.exp(-0.5 * ((at - first) / width) ** 2);
  const step = range / (GRID - 1);
  const from = Math.max(0, Math.ceil((at - first - REACH * width) / step));
  const to = Math.min(GRID - 1, Math.floor((at - first + REACH * width) / step));
  let sum = 0;
  for (let cell = from; cell <= to; cell++) {
    if (cells[cell] !== 0) sum += cells[cell] * Math.exp(-0.5 * ((at - first - cell * step) / width) ** 2);
  }
  return sum;
}
