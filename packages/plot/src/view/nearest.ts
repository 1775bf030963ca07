// Which point of a mark lies nearest to a place on the screen. Candidates are found by their values, which costs two
// comparisons each: blocks of y that lie wholly above or below are passed over, and x is searched where it ascends.
import type { Series } from "@millpond/core";

import type { PointColumns } from "../figure/mark.ts";
import { BLOCK } from "../reduce/summary-twin.ts";
import type { Mapping } from "../scale/mapping.ts";

/** A place on the screen, and how far around it to look, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly within: number;
}

/** A point that was found. */
export interface NearPoint {
  readonly index: number;
  /** Pixels from the place. */
  readonly distance: number;
}

/** The nearest point that is less than so far away; of two that are as near, the first. */
export function nearestPoint(
  points: PointColumns,
  x: Mapping,
  y: Mapping,
  spot: Spot,
): NearPoint | undefined {
  const across = reach(x, spot.x, spot.within);
  const down = reach(y, spot.y, spot.within);
  const { xs, ys, ascending } = points;
  const count = ys.data.length;
  const start = ascending ? firstFrom(xs, across.low, count) : 0;
  const end = ascending ? firstFrom(xs, across.high, count) : count;
  let index = -1;
  let least = spot.within;
  for (let block = start - (start % BLOCK); block < end; block += BLOCK) {
    if (isOutside(ys.lows[block / BLOCK], ys.highs[block / BLOCK], down)) continue;
    const last = Math.min(end, block + BLOCK);
    let at = nextInside(ys.data, Math.max(start, block), last, down);
    for (; at < last; at = nextInside(ys.data, at + 1, last, down)) {
      const place = xs === undefined ? at : xs.at(at);
      if (!(place >= across.low && place <= across.high)) continue;
      const distance = Math.hypot(x.place(place) - spot.x, y.place(ys.data.at(at)) - spot.y);
      if (!(distance < least)) continue;
      index = at;
      least = distance;
    }
  }
  return index < 0 ? undefined : { index, distance: least };
}

interface Reach {
  readonly low: number;
  readonly high: number;
}

// The values whose places are within so many pixels of one.
function reach(mapping: Mapping, place: number, within: number): Reach {
  const one = mapping.value(place - within);
  const other = mapping.value(place + within);
  return { low: Math.min(one, other), high: Math.max(one, other) };
}

// The first index of some whose number is within a range; `end` where there is none.
function nextInside(data: Series, start: number, end: number, range: Reach): number {
  const { array } = data;
  if (array instanceof Float64Array) return nextInArray(array, start, end, range.low, range.high);
  let at = start;
  while (at < end && !(data.at(at) >= range.low && data.at(at) <= range.high)) at++;
  return at;
}

function nextInArray(array: Float64Array, start: number, end: number, low: number, high: number): number {
  for (let at = start; at < end; at++) {
    const value = array[at];
    if (value >= low && value <= high) return at;
  }
  return end;
}

// NaN stands for a block with numbers that are missing, of which others may be inside.
function isOutside(low: number, high: number, range: Reach): boolean {
  return low > range.high || high < range.low;
}

// The first index whose x is at least `value`.
function firstFrom(xs: Series | undefined, value: number, count: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const x = xs === undefined ? middle : xs.at(middle);
    if (x < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
