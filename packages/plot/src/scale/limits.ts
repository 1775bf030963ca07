// What an axis shows when nobody says so: the extent of the data and a little more. Every extent gives limits that a
// scale can be made of, also one point, equal values, and the largest and smallest numbers there are.
import { bendSymlog, type Bend, LINEAR, LOG } from "./mapping.ts";
import { multiple, niceStep } from "./nice.ts";

/** The ends of an axis, `low < high`. */
export interface Limits {
  readonly low: number;
  readonly high: number;
}

const MAX = Number.MAX_VALUE;
// Closer together than this, limits cannot be told apart on an axis, nor its ticks from each other.
const LEAST_RANGE = 1e-302;
// The same in relation to the limits: about 2^-44, which leaves some hundred numbers between two ticks.
const LEAST_SHARE = 6e-14;
// What reaches to zero or below it, as wide bars do, has no lower end on a logarithmic axis: three powers of ten are shown.
const UNENDING = 1000;

/** The smallest and largest of some data, widened until they are apart and then by `margin` times their range. */
export function autoLimits(low: number, high: number, bend: Bend, margin: number, threshold = 1): Limits {
  const some = low <= high && !(bend === LOG && high <= 0);
  if (!some) return bend === LOG ? { low: 1, high: 10 } : { low: 0, high: 1 };
  // Sums of large numbers may be infinite.
  const to = clamp(high);
  const from = bend === LOG && low <= 0 ? Math.max(to / UNENDING, Number.MIN_VALUE) : clamp(low);
  const apart = separate(from, to, bend);
  if (margin === 0) return apart;
  if (bend === LOG) return widenLog(apart, margin);
  if (bend === LINEAR) return widenLinear(apart, margin);
  return widenSymlog(apart, margin, threshold);
}

/** Limits as given, or widened around their middle where they are too close together. */
export function separate(low: number, high: number, bend: Bend): Limits {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high / 2 - low / 2 > Math.max(size * LEAST_SHARE, LEAST_RANGE)) return { low, high };
  if (bend === LOG) return { low: Math.max(low / 10, Number.MIN_VALUE), high: Math.min(high * 10, MAX) };
  if (size <= LEAST_RANGE) return { low: -1, high: 1 };
  const more = size * 0.05;
  return { low: clamp(low - more), high: clamp(high + more) };
}

/** Into about so many steps limits are divided to find round ones. */
export const ROUND_STEPS = 8;

/** The limits moved outwards to multiples of a step, a nice one unless it is given. */
export function roundOutwards({ low, high }: Limits, given?: number): Limits {
  const step = given ?? multiple(niceStep(low, high, ROUND_STEPS), 1);
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.ceil(high / step - 1e-9) * step;
  return { low: clamp(Math.min(low, from)), high: clamp(Math.max(high, to)) };
}

/** The limits moved outwards to powers of ten. */
export function roundLog({ low, high }: Limits): Limits {
  const from = 10 ** Math.floor(Math.log10(low) + 1e-9);
  const to = 10 ** Math.ceil(Math.log10(high) - 1e-9);
  return { low: from > 0 ? Math.min(low, from) : low, high: clamp(Math.max(high, to)) };
}

function widenLinear({ low, high }: Limits, margin: number): Limits {
  const more = high * margin - low * margin;
  return { low: clamp(low - more), high: clamp(high + more) };
}

function widenLog({ low, high }: Limits, margin: number): Limits {
  const more = (Math.log10(high) - Math.log10(low)) * margin;
  return {
    low: Math.max(10 ** (Math.log10(low) - more), Number.MIN_VALUE),
    high: clamp(10 ** (Math.log10(high) + more)),
  };
}

function widenSymlog({ low, high }: Limits, margin: number, threshold: number): Limits {
  const [from, to] = [bendSymlog(low, threshold), bendSymlog(high, threshold)];
  const more = (to - from) * margin;
  return { low: clamp(unbend(from - more, threshold)), high: clamp(unbend(to + more, threshold)) };
}

function unbend(bent: number, threshold: number): number {
  const size = Math.abs(bent);
  return Math.sign(bent) * threshold * (size <= 1 ? size : 10 ** (size - 1));
}

function clamp(value: number): number {
  return Math.min(MAX, Math.max(-MAX, value));
}
