// What kernels/statistics.ts does, in TypeScript: the same bits. Runs where the pool has no wasm memory.

/** Adds to `counts` how many numbers from `low` to `high` lie in each bin; the last of the edges is infinite. */
export function countBins(
  values: Float64Array,
  low: number,
  high: number,
  factor: number,
  edges: Float64Array,
  counts: Uint32Array,
): void {
  const last = edges.length - 2;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!(value >= low && value <= high)) continue;
    let bin = Math.min(last, Math.floor((value - low) * factor));
    if (value < edges[bin]) bin--;
    else if (value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
}

/** Writes 1 to 255 for where each number lies from `low` on, in steps of 1 / `factor`, and 0 for NaN. */
export function colorPlaces(values: Float64Array, low: number, factor: number, target: Uint8Array): void {
  for (let index = 0; index < values.length; index++) {
    const place = (values[index] - low) * factor;
    target[index] = place === place ? 1 + Math.min(254, Math.max(0, place)) : 0;
  }
}

/** The sum of numbers times a scale. */
export function sum(values: Float64Array, scale: number): number {
  const sums = [0, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let index = 0; index < whole; index++) sums[index % 4] += values[index] * scale;
  let total = sums[0] + sums[2] + (sums[1] + sums[3]);
  for (let index = whole; index < values.length; index++) total += values[index] * scale;
  return total;
}

/** The sum of the squares of how far numbers are from `middle`. */
export function squares(values: Float64Array, middle: number): number {
  const sums = [0, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let index = 0; index < whole; index++) sums[index % 4] += (values[index] - middle) ** 2;
  let total = sums[0] + sums[2] + (sums[1] + sums[3]);
  for (let index = whole; index < values.length; index++) total += (values[index] - middle) ** 2;
  return total;
}
