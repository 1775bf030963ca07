// The tasks of the scaling cases.

import { sharedTask } from "@millpond/core";

/** What a task does, over how many elements. */
export interface ScalingItem {
  readonly kind: "compute" | "memory";
  readonly size: number;
  readonly seed: number;
}

function compute(size: number, seed: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.sin(i + seed) * Math.sqrt(i);
  return sum;
}

function stream(data: Float64Array, seed: number): number {
  for (let i = 0; i < data.length; i++) data[i] = i + seed;
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i];
  return sum;
}

export const work = sharedTask(({ kind, size, seed }: ScalingItem, { pool }) => {
  const result = pool.acquire(Float64Array, 100);
  result[0] = kind === "compute" ? compute(size, seed) : stream(pool.acquireUnsafe(Float64Array, size), seed);
  return result;
});
