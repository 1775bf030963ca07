// From digits and a power of ten to the nearest double, where that takes more than one exact multiplication.
//
// The first 64 bits of a power of five, times the 64 bits of the digits, give 128 bits of which a double has the first 53
// (M. Mushtak and D. Lemire, "Fast number parsing without fallback", 2023, here with half of their table). What is cut off
// the power could change the rounding only where the bits behind are just below one half, which is so in one number of
// 1,500; that one is left to the engine.

// Digits that fit into 64 bits whatever they are.
const MOST_DIGITS = 19;
// Beyond that the value is 0, infinite, or a number with fewer than 53 bits.
const LEAST_POWER = -326;
const MOST_POWER = 308;
// Up to here a power of five has at most 64 bits.
const MOST_WHOLE_POWER = 27;
const WORD = 2 ** 32;
const TENS: Uint32Array = Uint32Array.from({ length: 10 }, (_, power) => 10 ** power);

/** Two words for each power of five, the upper one first: its 64 first bits. Made when they are first needed. */
let powers: Uint32Array | undefined;
// The bits of the result, the upper word second.
const bits: Uint32Array = new Uint32Array(2);
const double: Float64Array = new Float64Array(bits.buffer);

/**
 * The double nearest to a number of so many digits times a power of ten: `head` has the first 9 of them and is not 0,
 * `tail` the next 9, `last` is the 19th. NaN where it cannot be told from these. What is behind the 19th digit makes no
 * difference where one more in that digit makes none.
 */
export function roundedDecimal(
  head: number,
  tail: number,
  last: number,
  digits: number,
  power: number,
): number {
  const scale = TENS[Math.min(Math.max(digits - 9, 0), 9)];
  const sum = (Math.imul(head, scale) >>> 0) + tail;
  let low = sum >>> 0;
  let high = upperWord(head, scale) + Number(sum >= WORD);
  if (digits < MOST_DIGITS) return rounded(high, low, power);
  const next = low * 10 + last;
  low = next >>> 0;
  high = high * 10 + (next - low) / WORD;
  const dropped = digits - MOST_DIGITS;
  const value = rounded(high, low, power + dropped);
  if (dropped === 0) return value;
  // Where the lower word is all ones, this is another number altogether, and nothing is told.
  const above = rounded(high, (low + 1) >>> 0, power + dropped);
  return value === above ? value : NaN;
}

/**
 * The double nearest to an integer of 64 bits, in two words and not 0, times a power of ten. NaN where that is none with
 * 53 bits, or cannot be told.
 */
export function rounded(high: number, low: number, power: number): number {
  if (power < LEAST_POWER || power > MOST_POWER) return NaN;
  powers ??= firstBits();
  const zeros = high === 0 ? 32 + Math.clz32(low) : Math.clz32(high);
  const shift = zeros & 31;
  const upper = zeros < 32 ? high : low;
  const lower = zeros < 32 ? low : 0;
  const a = ((upper << shift) | (shift === 0 ? 0 : lower >>> (32 - shift))) >>> 0;
  const b = (lower << shift) >>> 0;
  const c = powers[2 * (power - LEAST_POWER)];
  const d = powers[2 * (power - LEAST_POWER) + 1];
  // The product in words, from the lowest up.
  const word0 = Math.imul(b, d) >>> 0;
  const sum1 = (Math.imul(a, d) >>> 0) + (Math.imul(b, c) >>> 0) + upperWord(b, d);
  const sum2 = (Math.imul(a, c) >>> 0) + upperWord(a, d) + upperWord(b, c) + Math.floor(sum1 / WORD);
  const word3 = upperWord(a, c) + Math.floor(sum2 / WORD);
  const rest = word0 | (sum1 >>> 0);
  return doubleOf(word3, sum2 >>> 0, rest === 0, zeros, power);
}

// The 53 bits from the top of two words, rounded by those behind; `bare` when nothing but zeros follows the two words.
function doubleOf(upper: number, lower: number, bare: boolean, zeros: number, power: number): number {
  const cut = upper >= WORD / 2 ? 11 : 10;
  const behind = lower & ((1 << cut) - 1);
  const half = 1 << (cut - 1);
  const whole = power >= 0 && power <= MOST_WHOLE_POWER;
  if (!whole && behind === half - 1) return NaN;
  // The whole part of the logarithm to base 2 of a power of ten, for all powers here.
  const exponent = cut + 1 - zeros + ((217_706 * power) >> 16) + 52 + 1023;
  if (exponent < 1 || exponent > 2046) return NaN;
  const last = (lower >>> cut) & 1;
  const up = behind > half || (behind === half && (!whole || !bare || last === 1));
  const mantissa = ((upper << (32 - cut)) | (lower >>> cut)) >>> 0;
  // One more than all ones carries into the upper word, and from its last bit into the exponent.
  const sum = mantissa + Number(up);
  bits[0] = sum;
  bits[1] = exponent * 2 ** 20 + ((upper >>> cut) & 0xfffff) + Number(sum === WORD);
  return double[0];
}

// The upper word of a product of two words, from products of half words.
function upperWord(a: number, b: number): number {
  const a1 = a >>> 16;
  const a0 = a & 0xffff;
  const b1 = b >>> 16;
  const b0 = b & 0xffff;
  const first = (Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16)) >>> 0;
  const second = (Math.imul(a0, b1) + (first & 0xffff)) >>> 0;
  return (Math.imul(a1, b1) + (first >>> 16) + (second >>> 16)) >>> 0;
}

function firstBits(): Uint32Array {
  const table = new Uint32Array(2 * (MOST_POWER - LEAST_POWER + 1));
  for (let power = LEAST_POWER; power <= MOST_POWER; power++) {
    const first = firstBitsOf(power);
    table[2 * (power - LEAST_POWER)] = Number(first >> 32n);
    table[2 * (power - LEAST_POWER) + 1] = Number(first & 0xffff_ffffn);
  }
  return table;
}

// The first 64 bits of a power of five, the rest cut off.
function firstBitsOf(power: number): bigint {
  const value = 5n ** BigInt(Math.abs(power));
  const length = BigInt(value.toString(2).length);
  if (power < 0) return (1n << (length + 63n)) / value;
  return length <= 64n ? value << (64n - length) : value >> (length - 64n);
}
