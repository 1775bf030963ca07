// A plain rasterizer to compare with: 16 x 16 samples in every pixel, each asked by itself whether it is inside.

import type { LineCap } from "../../src/index.ts";

const SIDE = 16;

/** The share of samples of each pixel that lie inside, 0 to 255. */
export function sampled(
  width: number,
  height: number,
  inside: (x: number, y: number) => boolean,
): Float64Array {
  const shares = new Float64Array(width * height);
  for (let pixel = 0; pixel < shares.length; pixel++) {
    let count = 0;
    for (let sample = 0; sample < SIDE * SIDE; sample++) {
      const x = (pixel % width) + ((sample % SIDE) + 0.5) / SIDE;
      const y = Math.floor(pixel / width) + (Math.floor(sample / SIDE) + 0.5) / SIDE;
      if (inside(x, y)) count++;
    }
    shares[pixel] = (255 * count) / (SIDE * SIDE);
  }
  return shares;
}

/** How often rings go around a point. */
export function winding(
  xs: Float64Array,
  ys: Float64Array,
  ends: readonly number[],
  x: number,
  y: number,
): number {
  let turns = 0;
  let start = 0;
  for (const end of ends) {
    for (let index = start; index < end; index++) {
      const next = index + 1 === end ? start : index + 1;
      const upward = ys[index] <= y && ys[next] > y;
      const downward = ys[index] > y && ys[next] <= y;
      if (!upward && !downward) continue;
      const at = xs[index] + ((y - ys[index]) / (ys[next] - ys[index])) * (xs[next] - xs[index]);
      if (at > x) turns += upward ? 1 : -1;
    }
    start = end;
  }
  return turns;
}

/** Whether a point lies in the stroke of a line with round joins. */
export function inStroke(
  xs: Float64Array,
  ys: Float64Array,
  half: number,
  cap: LineCap,
  x: number,
  y: number,
): boolean {
  const last = xs.length - 2;
  const reach = Math.SQRT2 * half;
  for (let index = 0; index <= last; index++) {
    const dx = xs[index + 1] - xs[index];
    const dy = ys[index + 1] - ys[index];
    // Most segments are nowhere near.
    if (x < Math.min(xs[index], xs[index + 1]) - reach || x > Math.max(xs[index], xs[index + 1]) + reach)
      continue;
    if (y < Math.min(ys[index], ys[index + 1]) - reach || y > Math.max(ys[index], ys[index + 1]) + reach)
      continue;
    const length = Math.sqrt(dx * dx + dy * dy);
    const along = ((x - xs[index]) * dx + (y - ys[index]) * dy) / length;
    const across = Math.abs((x - xs[index]) * dy - (y - ys[index]) * dx) / length;
    const startRound = index > 0 || cap === "round";
    const endRound = index < last || cap === "round";
    const low = !startRound && cap === "square" ? -half : 0;
    const high = length + (!endRound && cap === "square" ? half : 0);
    if (across <= half && along >= low && along <= high) return true;
    if (startRound && Math.hypot(x - xs[index], y - ys[index]) <= half) return true;
    if (endRound && Math.hypot(x - xs[index + 1], y - ys[index + 1]) <= half) return true;
  }
  return false;
}
