// Seeded test values: ordinary numbers with the numbers that break kernels at random places.

import type { FloatArray } from "./reference.ts";

const tiny = [0, -0, 5e-324, -5e-324, 2.2e-308, 1.4e-45, -1.4e-45, 1.1e-38];
const infinite = [Infinity, -Infinity];
const huge = [1e308, -1e308, 3e38, -3e38, 1e200, 2e19];

// What to mix in; most cases are finite, because a single NaN hides what a sum does wrong.
const mixtures: readonly (readonly number[])[] = [
  [],
  [],
  tiny,
  tiny,
  [NaN],
  [Infinity, NaN, ...tiny],
  infinite,
  [-Infinity, ...tiny],
  huge,
];

const uniform = [NaN, -0, Infinity, -Infinity, 5e-324, 1];

/**
 * Fills an array. One in eight is one special number over and over; in the others, random numbers of one scale, or each of
 * its own scale, are mixed with special ones.
 */
export function randomize(array: FloatArray, random: () => number): void {
  const pick = (from: readonly number[]): number => from[Math.floor(random() * from.length)];
  if (random() < 1 / 8) {
    array.fill(pick(uniform));
    return;
  }
  const mixture = mixtures[Math.floor(random() * mixtures.length)];
  const share = random() * random();
  const scale = (): number => 10 ** Math.floor(random() * 9 - 4);
  const common = scale();
  const ladder = random() < 0.25;
  for (let i = 0; i < array.length; i++) {
    array[i] =
      mixture.length > 0 && random() < share
        ? pick(mixture)
        : (random() * 2 - 1) * (ladder ? scale() ** 3 : common);
  }
}
