// Ticks of logarithmic scales: powers of ten, with 2 and 5 between them where there are few, and nice steps where the
// limits lie within one power.
import { labelNumber, labelNumbers, type Notation, powerOfTen } from "./tick-labels.ts";
import { multiples, niceStep } from "./nice.ts";
import type { Ticks } from "./ticks.ts";

// Powers are written out while all of them lie between these.
const PLAIN_FROM = 1e-4;
const PLAIN_TO = 1e5;

/** Ticks between positive limits. */
export function logTicks(low: number, high: number, count: number, notation: Notation): Ticks {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const minors = digitsBetween(low, high, [2, 3, 4, 5, 6, 7, 8, 9], 20);
  if (last - first < 1) {
    const majors = multiples(niceStep(low, high, count), low, high).filter((tick) => tick > 0);
    return {
      majors,
      minors: minors.filter((tick) => !majors.includes(tick)),
      labels: labelNumbers(majors, notation),
    };
  }
  if (last - first < 3) {
    const majors = digitsBetween(low, high, [1, 2, 5], 20);
    const kept = majors.length <= count * 1.5 ? majors : digitsBetween(low, high, [1], 20);
    return {
      majors: kept,
      minors: minors.filter((tick) => !kept.includes(tick)),
      labels: labelPowers(kept, notation),
    };
  }
  const stride = Math.ceil((last - first + 1) / count);
  const majors: number[] = [];
  for (let power = Math.ceil(first / stride) * stride; power <= last; power += stride)
    majors.push(10 ** power);
  const between =
    stride === 1 ? minors : digitsBetween(low, high, [1], 400).filter((tick) => !majors.includes(tick));
  return { majors, minors: between, labels: labelPowers(majors, notation) };
}

/** Ticks of a scale that is straight between minus and plus the threshold and logarithmic beyond. */
export function symlogTicks(
  low: number,
  high: number,
  count: number,
  threshold: number,
  notation: Notation,
): Ticks {
  const from = Math.ceil(Math.log10(threshold) - 1e-9);
  const reach = Math.max(Math.abs(low), Math.abs(high));
  const to = Math.floor(Math.log10(reach) + 1e-9);
  if (to < from) {
    const majors = multiples(niceStep(low, high, count), low, high);
    return { majors, minors: [], labels: labelNumbers(majors, notation) };
  }
  const sides = Number(low < 0) + Number(high > 0);
  const stride = Math.max(1, Math.ceil(((to - from + 1) * sides) / count));
  const powers: number[] = [];
  for (let power = from; power <= to; power += stride) powers.push(10 ** power);
  const majors = [...powers.map((power) => -power).toReversed(), 0, ...powers].filter(
    (tick) => tick >= low && tick <= high,
  );
  const minors = digitsBetween(threshold, reach, [2, 3, 4, 5, 6, 7, 8, 9], 20);
  const both =
    stride > 1
      ? []
      : [...minors.map((tick) => -tick), ...minors].filter((tick) => tick >= low && tick <= high);
  return { majors, minors: both, labels: labelPowers(majors, notation) };
}

// These digits times each power of ten within the limits; nothing if there would be more powers than `most`.
function digitsBetween(low: number, high: number, digits: readonly number[], most: number): number[] {
  const first = Math.floor(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first > most) return [];
  const found: number[] = [];
  for (let power = first; power <= last; power++) {
    for (const digit of digits) {
      const tick = power >= 0 ? digit * 10 ** power : digit / 10 ** -power;
      if (tick >= low && tick <= high) found.push(tick);
    }
  }
  return found;
}

function labelPowers(ticks: readonly number[], notation: Notation): string[] {
  const plain = ticks.every(
    (tick) => tick === 0 || (Math.abs(tick) >= PLAIN_FROM && Math.abs(tick) <= PLAIN_TO),
  );
  if (notation === "plain" || (notation === "auto" && plain)) return ticks.map((tick) => labelNumber(tick));
  return ticks.map((tick) => {
    if (tick === 0) return "0";
    const exponent = Math.round(Math.log10(Math.abs(tick)));
    if (Math.abs(tick) !== 10 ** exponent) return labelNumbers([tick], "scientific")[0];
    return `${tick < 0 ? "\u2212" : ""}${powerOfTen(exponent)}`;
  });
}
