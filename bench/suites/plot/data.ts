// What is drawn: a sum of two waves with noise over ascending x, normal numbers, and a table; the same in every process.

import { GiB, Pool, randomFrom } from "@millpond/core";

/** Pixels of every picture. */
export const WIDTH = 1000;
export const HEIGHT = 600;

/** What stands around the data. */
export const TITLE = "Sensor readings";
export const X_LABEL = "time in s";
export const Y_LABEL = "voltage in V";

/** Two columns. */
export interface Points {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** A noisy wave. */
export function wave(count: number): Points {
  const random = randomFrom(42);
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const x = (100 * index) / count;
    xs[index] = x;
    ys[index] = 3 * Math.sin(0.6 * x) + Math.sin(4.1 * x) + 1.5 * (random() - 0.5);
  }
  return { xs, ys };
}

/** A curve that turns back and crosses itself, as phase plots do. */
export function lissajous(count: number): Points {
  const turns = Float64Array.from({ length: count }, (_, index) => (2 * Math.PI * index) / count);
  return { xs: turns.map((turn) => Math.sin(21 * turn)), ys: turns.map((turn) => Math.sin(28 * turn + 0.3)) };
}

/** The same points in arrays of a pool, as a program keeps them that was told of pools. */
export function pooled({ xs, ys }: Points): Points {
  const pool = new Pool({ name: "data", limitBytes: 2 * GiB });
  const inPool = (values: Float64Array): Float64Array => {
    const array = pool.acquireUnsafe(Float64Array, values.length);
    array.set(values);
    return array;
  };
  return { xs: inPool(xs), ys: inPool(ys) };
}

/** A cloud. */
export function cloud(count: number): Points {
  return { xs: normal(count, 1), ys: normal(count, 2) };
}

/** Numbers that are about normally distributed. */
export function normal(count: number, seed: number): Float64Array {
  const random = randomFrom(seed);
  return Float64Array.from({ length: count }, () => random() + random() + random() + random() - 2);
}

/** A square table of numbers, row after row. */
export function table(side: number): Float64Array {
  return Float64Array.from(
    { length: side * side },
    (_, index) => Math.sin((index % side) / 90) * Math.cos(Math.floor(index / side) / 70),
  );
}
