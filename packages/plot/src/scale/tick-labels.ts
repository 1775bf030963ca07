// Numbers as tick labels: one notation for all ticks of an axis, as few decimals as tell them apart, a real minus sign,
// and powers of ten with raised exponents. The raised digits are characters of the bundled font.

/** How numbers are written. "auto" takes plain digits while all ticks are easy to read that way. */
export type Notation = "auto" | "plain" | "scientific";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const MINUS = "\u2212";
// Plain digits between these; beyond, ten to the power of something.
const PLAIN_FROM = 1e-4;
const PLAIN_BELOW = 1e6;
const MOST_DECIMALS = 6;
// More digits than this in front of the power of ten would be longer than the plain number.
const MOST_DIGITS = 15;

/** Labels of ticks that are multiples of a nice step. */
export function labelNumbers(ticks: readonly number[], notation: Notation = "auto"): string[] {
  const largest = ticks.reduce((most, tick) => Math.max(most, Math.abs(tick)), 0);
  const gap = smallestGap(ticks);
  const plain = notation === "plain" || (notation === "auto" && isPlain(largest, gap));
  if (plain) {
    const decimals = Math.min(decimalsOf(ticks), notation === "plain" ? 100 : MOST_DECIMALS);
    return ticks.map((tick) => signed(tick.toFixed(decimals)));
  }
  const powers = scientificLabels(ticks);
  if (notation !== "auto" || largest >= 10 ** MOST_DIGITS) return powers;
  // Large numbers that differ in their last digits are longer with a power than without: seconds since 1970, for example.
  const whole = ticks.map((tick) => signed(tick.toFixed(Math.min(decimalsOf(ticks), MOST_DIGITS))));
  return longest(whole) < longest(powers) ? whole : powers;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

/** A power of ten such as 10⁻³. */
export function powerOfTen(exponent: number): string {
  return `10${raise(exponent)}`;
}

/** Any one number, as short as it can be written without loss of what so many digits show. */
export function labelNumber(value: number, digits = 6): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < PLAIN_FROM || size >= PLAIN_BELOW))
    return scientificLabels([Number(value.toPrecision(digits))])[0];
  return signed(String(Number(value.toPrecision(digits))));
}

function isPlain(largest: number, gap: number): boolean {
  if (largest === 0) return true;
  return largest < PLAIN_BELOW && largest >= PLAIN_FROM && gap >= 10 ** -MOST_DECIMALS * (1 - 1e-9);
}

function smallestGap(ticks: readonly number[]): number {
  let gap = Infinity;
  for (let index = 1; index < ticks.length; index++)
    gap = Math.min(gap, Math.abs(ticks[index] - ticks[index - 1]));
  return gap;
}

// The fewest decimals that lose nothing; ticks are the nearest numbers to short decimals, so the search ends soon.
function decimalsOf(ticks: readonly number[]): number {
  let decimals = 0;
  for (const tick of ticks) {
    while (decimals < 100 && Number(tick.toFixed(decimals)) !== tick) decimals++;
  }
  return decimals;
}

// All with the same number of digits in front of the power, and zero without one.
function scientificLabels(ticks: readonly number[]): string[] {
  const parts = ticks.map((tick) => (tick === 0 ? undefined : shortest(tick)));
  const digits = Math.max(0, ...parts.map((part) => part?.digits.length ?? 0));
  return parts.map((part) => {
    if (part === undefined) return "0";
    const fraction = part.digits.slice(1).padEnd(digits - 1, "0");
    const front = `${part.digits[0]}${digits > 1 ? `.${fraction}` : ""}`;
    const sign = part.negative ? MINUS : "";
    return front === "1"
      ? `${sign}${powerOfTen(part.exponent)}`
      : `${sign}${front}×${powerOfTen(part.exponent)}`;
  });
}

interface Parts {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

function shortest(value: number): Parts {
  const text = Number(value.toPrecision(MOST_DIGITS)).toExponential();
  const [front, exponent] = text.split("e");
  return { negative: value < 0, digits: front.replace(/[-.]/g, ""), exponent: Number(exponent) };
}

function signed(text: string): string {
  if (!text.startsWith("-")) return text;
  return /[1-9]/.test(text) ? MINUS + text.slice(1) : text.slice(1);
}

function raise(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => RAISED[Number(digit)]);
  return exponent < 0 ? `⁻${digits}` : digits;
}
