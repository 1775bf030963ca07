// Curves through points that never go beyond them: where points rise the curve rises, so that it shows no extreme that the
// data do not have (monotone cubic interpolation; F. Fritsch and J. Butland, 1984).
import { Points } from "../reduce/points.ts";
import type { Workspace } from "../reduce/workspace.ts";

// Pixels between neighbouring points of the curve; points that are nearer to each other need none between them.
const STEP = 2;

/** Points of a curve through points in pixels. What does not run from left to right, or back, stays as it is. */
export function smoothed({ xs, ys, count }: Points, workspace: Workspace): Points {
  const out = new Points(workspace, 2 * count + 64);
  let start = 0;
  for (let end = 0; end <= count; end++) {
    if (end < count && xs[end] === xs[end]) continue;
    if (runsOneWay(xs, start, end)) curveThrough(xs, ys, start, end, out, workspace);
    else for (let index = start; index < end; index++) out.push(xs[index], ys[index]);
    out.gap();
    start = end + 1;
  }
  return out;
}

function runsOneWay(xs: Float64Array, start: number, end: number): boolean {
  if (end - start < 3) return false;
  const way = Math.sign(xs[start + 1] - xs[start]);
  for (let index = start + 1; index < end; index++)
    if (way === 0 || Math.sign(xs[index] - xs[index - 1]) !== way) return false;
  return true;
}

function curveThrough(
  xs: Float64Array,
  ys: Float64Array,
  start: number,
  end: number,
  out: Points,
  workspace: Workspace,
): void {
  const slopes = slopesAt(xs, ys, start, end, workspace);
  out.push(xs[start], ys[start]);
  for (let index = start + 1; index < end; index++) {
    const width = xs[index] - xs[index - 1];
    const steps = Math.min(1000, Math.ceil(Math.abs(width) / STEP));
    const [from, to] = [slopes[index - 1 - start] * width, slopes[index - start] * width];
    for (let step = 1; step < steps; step++) {
      const t = step / steps;
      // Hermite's cubic between two heights with two slopes.
      const rise = (3 - 2 * t) * t * t;
      const bend = t * (1 - t) * ((1 - t) * from - t * to);
      out.push(xs[index - 1] + t * width, ys[index - 1] + rise * (ys[index] - ys[index - 1]) + bend);
    }
    out.push(xs[index], ys[index]);
  }
}

// Level at extremes; elsewhere the harmonic mean of the slopes before and after, weighted by how long they are.
function slopesAt(
  xs: Float64Array,
  ys: Float64Array,
  start: number,
  end: number,
  workspace: Workspace,
): Float64Array {
  const slopes = workspace.numbers(end - start);
  const slopeAfter = (index: number): number => (ys[index + 1] - ys[index]) / (xs[index + 1] - xs[index]);
  slopes[0] = slopeAfter(start);
  slopes[end - start - 1] = slopeAfter(end - 2);
  for (let index = start + 1; index < end - 1; index++) {
    const [before, after] = [slopeAfter(index - 1), slopeAfter(index)];
    const [short, long] = [xs[index] - xs[index - 1], xs[index + 1] - xs[index]];
    const [first, second] = [2 * long + short, long + 2 * short];
    slopes[index - start] = before * after > 0 ? (first + second) / (first / before + second / after) : 0;
  }
  return slopes;
}
