// A sample of a line that looks like it: of each stretch of points, the one that spans the largest triangle with the point
// chosen before it and the middle of the stretch behind it ("largest triangle three buckets", Steinarsson 2013). It loses
// extremes, so it is used only where somebody asks for it.
import type { Series } from "@millpond/core";

/**
 * Writes `count` points of a line to two arrays, the first and the last among them; `count` is 3 or more and at most the
 * number of points. A stretch without any number gives NaN.
 */
export function largestTriangles(
  xs: Series | undefined,
  ys: Series,
  count: number,
  toXs: Float64Array,
  toYs: Float64Array,
): void {
  const length = ys.length;
  const every = (length - 2) / (count - 2);
  const choose = (place: number, index: number): void => {
    toXs[place] = index < 0 ? NaN : xAt(xs, index);
    toYs[place] = index < 0 ? NaN : ys.at(index);
  };
  choose(0, 0);
  let before = 0;
  for (let place = 1; place < count - 1; place++) {
    const start = Math.floor((place - 1) * every) + 1;
    const end = Math.floor(place * every) + 1;
    const next = Math.min(Math.floor((place + 1) * every) + 1, length);
    const chosen = largest(xs, ys, before, start, end, next);
    choose(place, chosen);
    if (chosen >= 0) before = chosen;
  }
  choose(count - 1, length - 1);
}

// The index from `start` to `end` with the largest triangle; -1 where there are no numbers.
function largest(
  xs: Series | undefined,
  ys: Series,
  before: number,
  start: number,
  end: number,
  next: number,
): number {
  const [middleX, middleY] = middle(xs, ys, end, next);
  const fromX = xAt(xs, before);
  const fromY = ys.at(before);
  let chosen = -1;
  let most = -1;
  for (let index = start; index < end; index++) {
    const x = xAt(xs, index);
    const y = ys.at(index);
    if (!(Number.isFinite(x) && Number.isFinite(y))) continue;
    // Where a corner is missing, no triangle is larger than another.
    const area = Math.abs((fromX - middleX) * (y - fromY) - (fromX - x) * (middleY - fromY)) || 0;
    if (area <= most) continue;
    most = area;
    chosen = index;
  }
  return chosen;
}

function middle(xs: Series | undefined, ys: Series, start: number, end: number): [number, number] {
  let x = 0;
  let y = 0;
  let count = 0;
  for (let index = start; index < end; index++) {
    const across = xAt(xs, index);
    const value = ys.at(index);
    if (!(Number.isFinite(across) && Number.isFinite(value))) continue;
    x += across;
    y += value;
    count++;
  }
  return [x / count, y / count];
}

function xAt(xs: Series | undefined, index: number): number {
  return xs === undefined ? index : xs.at(index);
}
