// Points that are somewhere, and places between two numbers.
import type { Coordinates } from "./painter.ts";

/** Whether both numbers are finite. */
export function isPoint(x: number, y: number): boolean {
  // The difference of a number with itself is 0 for finite ones only.
  return x - x === 0 && y - y === 0;
}

/** Calls `run` for every stretch of finite points between `start` and `end`. */
export function eachStretch(
  xs: Coordinates,
  ys: Coordinates,
  start: number,
  end: number,
  run: (from: number, to: number) => void,
): void {
  let from = start;
  for (let index = start; index < end; index++) {
    if (isPoint(xs[index], ys[index])) continue;
    if (index > from) run(from, index);
    from = index + 1;
  }
  if (end > from) run(from, end);
}

/**
 * Which share of the way from one number to a larger or smaller one `at` is. Differences of huge numbers overflow, and
 * quarters of tiny ones are 0.
 */
export function shareOf(at: number, from: number, to: number): number {
  const way = to - from;
  if (Math.abs(way) < Infinity) return (at - from) / way;
  return (at * 0.25 - from * 0.25) / (to * 0.25 - from * 0.25);
}
