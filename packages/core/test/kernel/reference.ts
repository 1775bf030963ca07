// What the kernels and their twins promise, written down in the plainest way: with arrays of lanes, one term at a time,
// and no thought of speed.

import type { kernels } from "@millpond/core";

export type FloatArray = kernels.FloatArray;

const BLOCK = 2048;

/** Adds terms up in the promised order; `round` is what a lane does to each of its sums. */
function add(
  count: number,
  round: (x: number) => number,
  term: (i: number) => number,
  rest: (i: number) => number,
): number {
  let total = 0;
  for (let start = 0; start < count; start += BLOCK) {
    const end = Math.min(start + BLOCK, count);
    const whole = end - ((end - start) % 8);
    const lanes = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = start; i < whole; i++) lanes[(i - start) % 8] = round(lanes[(i - start) % 8] + term(i));
    const [a, b, c, d] = [0, 1, 2, 3].map((lane) => round(lanes[lane] + lanes[lane + 4]));
    let sum = a + c + (b + d);
    for (let i = whole; i < end; i++) sum += rest(i);
    total += sum;
  }
  return total;
}

const exact = (x: number): number => x;

export function sum(array: FloatArray): number {
  return add(
    array.length,
    exact,
    (i) => array[i],
    (i) => array[i],
  );
}

export function deviations(array: FloatArray): number {
  if (array.length === 0) return NaN;
  let [squares, mean] = [0, 0];
  for (let seen = 0; seen < array.length; seen += BLOCK) {
    const block = array.subarray(seen, seen + BLOCK);
    const all = seen + block.length;
    const own = sum(block) / block.length;
    const term = (i: number): number => (block[i] - own) * (block[i] - own);
    const apart = own - mean;
    squares += add(block.length, exact, term, term) + apart * apart * ((seen * block.length) / all);
    mean += apart * (block.length / all);
  }
  return squares;
}

export function extremes(array: FloatArray): [number, number] {
  const numbers = Array.from(array).filter((x) => !Number.isNaN(x));
  if (numbers.length === 0) return [NaN, NaN];
  return [Math.min(...numbers) + 0, Math.max(...numbers) + 0];
}

export function dot(a: FloatArray, b: FloatArray): number {
  const round = rounding(a);
  return add(
    a.length,
    round,
    (i) => round(a[i] * b[i]),
    (i) => a[i] * b[i],
  );
}

export function l2Squared(a: FloatArray, b: FloatArray): number {
  const round = rounding(a);
  const term = (i: number): number => round(round(a[i] - b[i]) * round(a[i] - b[i]));
  return add(a.length, round, term, (i) => (a[i] - b[i]) * (a[i] - b[i]));
}

export function cosine(a: FloatArray, b: FloatArray): number {
  const scale = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  return scale === 0 ? 0 : Math.min(1, Math.max(-1, dot(a, b) / scale));
}

export function pairOf(metric: kernels.Metric, a: FloatArray, b: FloatArray): number {
  if (metric === "dot") return dot(a, b);
  if (metric === "cosine") return cosine(a, b);
  return metric === "l2" ? Math.sqrt(l2Squared(a, b)) : l2Squared(a, b);
}

// The lanes of f32 kernels are f32.
function rounding(array: FloatArray): (x: number) => number {
  return array instanceof Float32Array ? Math.fround : exact;
}
