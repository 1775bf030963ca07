// Steps that people like to read: 1, 2, 2.5 and 5 times a power of ten, and the multiples of one within limits.
//
// A step is kept as two whole numbers, so that ticks come out as the nearest number to what the label says: 0.3 and not
// 0.30000000000000004.

/** `digits * 10^exponent`. */
export interface Step {
  /** 1, 2, 5 or 25. */
  readonly digits: number;
  readonly exponent: number;
}

const CANDIDATES: readonly (readonly [most: number, digits: number, shift: number])[] = [
  [1, 1, 0],
  [2, 2, 0],
  [2.5, 25, -1],
  [5, 5, 0],
  [10, 1, 1],
];

// No power of ten below this one is worth a tick, and 10^-308 is about where powers lose digits.
const LEAST_EXPONENT = -305;

/** The smallest nice step of which at most `count` fit between the limits. */
export function niceStep(low: number, high: number, count: number): Step {
  // Divided first: the difference of the limits may be more than a number can hold.
  const rough = Math.max(high / count - low / count, 10 ** LEAST_EXPONENT);
  const exponent = Math.floor(Math.log10(rough));
  const fraction = rough / 10 ** exponent;
  // A little more is allowed for, because 10 ** exponent is rounded.
  const found = CANDIDATES.find(([most]) => fraction <= most * (1 + 1e-9)) ?? CANDIDATES[4];
  return { digits: found[1], exponent: exponent + found[2] };
}

/** `factor` steps, as near as a number can be. */
export function multiple(step: Step, factor: number): number {
  const whole = factor * step.digits;
  if (step.exponent >= 0) return whole * 10 ** step.exponent;
  // 10^308 is the largest power; below, the division is done in two parts.
  if (step.exponent >= -308) return whole / 10 ** -step.exponent;
  return whole / 1e308 / 10 ** (-308 - step.exponent);
}

/** All multiples of a step from `low` to `high`, both included where they are some. */
export function multiples(step: Step, low: number, high: number): number[] {
  const size = multiple(step, 1);
  const first = Math.ceil(low / size - 1e-9);
  const last = Math.floor(high / size + 1e-9);
  const found: number[] = [];
  // Where the limits are so close together that their multiples cannot be counted, there is nothing to show.
  if (!(last - first <= 10_000)) return found;
  for (let factor = first; factor <= last; factor++) {
    // Zero has no sign on an axis.
    found.push(multiple(step, factor) + 0);
  }
  return found;
}

/** The step that divides another one into nice parts, for ticks without labels. */
export function minorStep(step: Step): Step {
  if (step.digits === 1) return { digits: 2, exponent: step.exponent - 1 };
  if (step.digits === 2) return { digits: 5, exponent: step.exponent - 1 };
  if (step.digits === 25) return { digits: 5, exponent: step.exponent };
  return { digits: 1, exponent: step.exponent };
}
