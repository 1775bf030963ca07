// Reads one column of an indexed table as numbers. The index is described in src/kernel/index-layout.ts.
//
// Only what is exact at once is read here: at most 19 digits that make an integer below 2^53, times or divided by a
// power of ten that is a double without an error. At every other field that is not empty the function stops and says
// where; the caller reads that one in TypeScript, and calls again from the next row on.

/** 10^0 to 10^22, all of them doubles without an error. */
const POWERS = memory.data<f64>([
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]);
const MOST_POWER: i32 = 22;
const MOST_DIGITS: i32 = 19;
const MOST_EXACT: u64 = 1 << 53;
const MOST_SAFE: u64 = (1 << 53) - 1;
// An exponent beyond this is not read here; the limit keeps the sum of exponents from overflowing.
const MOST_EXPONENT: i32 = 10_000;

const ZERO: u32 = 0x30;
const PLUS: u32 = 0x2b;
const MINUS: u32 = 0x2d;
const LOWER_E: u32 = 0x65;
const LOWER_BIT: u32 = 0x20;
const BLANK: u32 = 0x20;
const TAB: u32 = 0x09;

/** The value that was read last. */
let value: f64 = 0;

/**
 * Writes the numbers of `column` in the rows `from` to `count - 1` to `out`, which is for row `from`; NaN for empty
 * fields and rows without that field. Addresses of text, ends and rows; `quote` may be 256. Gives the row it stopped at.
 */
export function readFloats(
  text: usize,
  ends: usize,
  rows: usize,
  from: u32,
  count: u32,
  column: u32,
  delimiterLength: u32,
  quote: u32,
  decimalMark: u32,
  out: usize,
): u32 {
  return readColumn(text, ends, rows, from, count, column, delimiterLength, quote, decimalMark, false, out);
}

/**
 * The same for integers that a double holds exactly.
 */
export function readIntegers(
  text: usize,
  ends: usize,
  rows: usize,
  from: u32,
  count: u32,
  column: u32,
  delimiterLength: u32,
  quote: u32,
  out: usize,
): u32 {
  return readColumn(text, ends, rows, from, count, column, delimiterLength, quote, 0x2e, true, out);
}

// @ts-ignore: decorator
@inline
function readColumn(
  text: usize,
  ends: usize,
  rows: usize,
  from: u32,
  count: u32,
  column: u32,
  delimiterLength: u32,
  quote: u32,
  decimalMark: u32,
  integers: bool,
  out: usize,
): u32 {
  let row = from;
  rows += <usize>from << 3;
  for (let left = count - from; left > 0; left--) {
    const first = load<u32>(rows);
    if (column < load<u32>(rows, 8) - first) {
      const entry = ends + (<usize>(first + column) << 2);
      const start = column == 0 ? load<u32>(rows, 4) : load<u32>(entry - 4) + delimiterLength;
      if (!readField(text + start, load<u32>(entry) - start, quote, decimalMark, integers)) return row;
      store<f64>(out, value);
    } else store<f64>(out, NaN);
    rows += 8;
    out += 8;
    row++;
  }
  return row;
}

// False for what is to be read elsewhere.
// @ts-ignore: decorator
@inline
function readField(at: usize, length: u32, quote: u32, decimalMark: u32, integers: bool): bool {
  let first: u32 = length == 0 ? 0 : load<u8>(at);
  if (first <= quote && length != 0) {
    // A quote, a blank or a tab, all of which come before digits and signs: rare, and worth a second look.
    if (first == quote) {
      if (length < 2 || <u32>load<u8>(at + length - 1) != quote) return false;
      at++;
      length -= 2;
    }
    while (length > 0 && isBlank(load<u8>(at))) {
      at++;
      length--;
    }
    first = length == 0 ? 0 : load<u8>(at);
  }
  while (length > 0 && isBlank(load<u8>(at + length - 1))) length--;
  if (length == 0) {
    value = NaN;
    return true;
  }
  if (first == MINUS || first == PLUS) {
    at++;
    length--;
  }
  if (length == 0) return false;
  if (length <= 8 ? !readShort(at, length, decimalMark, integers) : !readLong(at, length, decimalMark, integers)) {
    return false;
  }
  // No integer is -0.
  if (first == MINUS && !(integers && value == 0)) value = -value;
  return true;
}

// @ts-ignore: decorator
@inline
function isBlank(byte: u32): bool {
  return byte == BLANK || byte == TAB;
}

// Up to 8 bytes at once: digits, perhaps with one decimal mark among them. What lies behind them is shifted away.
// @ts-ignore: decorator
@inline
function readShort(at: usize, length: u32, decimalMark: u32, integers: bool): bool {
  let x = (load<u64>(at) ^ 0x3030303030303030) << (<u64>(8 - length) << 3);
  // The high bit of every byte that is no digit; what a carry adds to them does not matter, since one was there already.
  const others = (x | (x + 0x7676767676767676)) & 0x8080808080808080;
  let fraction: u64 = 0;
  if (others != 0) {
    const place = ctz(others) & 0x38;
    if (integers || (others & (others - 1)) != 0 || ((x >> place) & 0xff) != (<u64>decimalMark ^ 0x30)) return false;
    if (length == 1) return false;
    fraction = 7 - (place >> 3);
    const below = ((<u64>1) << place) - 1;
    // The digits before the mark move up into its place.
    x = (x & ~(below | ((<u64>0xff) << place))) | ((x & below) << 8);
  }
  x = x * 10 + (x >> 8);
  x = ((x & 0x000000ff000000ff) * 0x000f424000000064 + ((x >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32;
  value = <f64>(<u32>x);
  if (fraction != 0) value /= load<f64>(POWERS + (<usize>fraction << 3));
  return true;
}

function readLong(at: usize, length: u32, decimalMark: u32, integers: bool): bool {
  let mantissa: u64 = 0;
  let digits: i32 = 0;
  let power: i32 = 0;
  let behindMark: i32 = 0;
  for (; length > 0; length--, at++) {
    const byte: u32 = load<u8>(at);
    const digit = byte - ZERO;
    if (digit <= 9) {
      mantissa = mantissa * 10 + digit;
      // 20 digits can come out as 0 again, so a number that has begun goes on.
      if (digits != 0 || mantissa != 0) digits++;
      if (digits > MOST_DIGITS) return false;
      power -= behindMark;
    } else if (byte == decimalMark && behindMark == 0 && !integers) behindMark = 1;
    else break;
  }
  if (integers) {
    value = <f64>mantissa;
    return length == 0 && mantissa <= MOST_SAFE;
  }
  if (length > 0) {
    if ((load<u8>(at) | LOWER_BIT) != LOWER_E) return false;
    const exponent = readExponent(at + 1, length - 1);
    if (exponent > MOST_EXPONENT) return false;
    power += exponent;
  }
  if (mantissa > MOST_EXACT || power > MOST_POWER || power < -MOST_POWER) return false;
  const scale = load<f64>(POWERS + (<usize>(power < 0 ? -power : power) << 3));
  value = power < 0 ? <f64>mantissa / scale : <f64>mantissa * scale;
  return true;
}

// The exponent, or one beyond what is read here.
function readExponent(at: usize, length: u32): i32 {
  const sign: u32 = length == 0 ? 0 : load<u8>(at);
  if (sign == MINUS || sign == PLUS) {
    at++;
    length--;
  }
  if (length == 0 || length > 4) return MOST_EXPONENT + 1;
  let exponent: i32 = 0;
  for (; length > 0; length--, at++) {
    const digit = <u32>load<u8>(at) - ZERO;
    if (digit > 9) return MOST_EXPONENT + 1;
    exponent = exponent * 10 + digit;
  }
  return sign == MINUS ? -exponent : exponent;
}
