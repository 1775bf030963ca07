// Reads one column of an indexed table as numbers. The index is described in src/kernel/index-layout.ts.
//
// Only what is common is read here: at most 19 digits, times a power of ten that is in the tables. At every other field
// that is not empty the function stops and says where; the caller reads that one in TypeScript, and calls again from the
// next row on.

/** 10^0 to 10^22, all of them doubles without an error. */
const POWERS = memory.data<f64>([
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]);
const MOST_POWER: i32 = 22;
/** The first 64 bits of 5^-64 to 5^64, the rest cut off. src/number/rounding.ts is the twin, and says why they do. */
const FIVES = memory.data<u64>([
  0xa87fea27a539e9a5, 0xd29fe4b18e88640e, 0x83a3eeeef9153e89, 0xa48ceaaab75a8e2b, 0xcdb02555653131b6,
  0x808e17555f3ebf11, 0xa0b19d2ab70e6ed6, 0xc8de047564d20a8b, 0xfb158592be068d2e, 0x9ced737bb6c4183d,
  0xc428d05aa4751e4c, 0xf53304714d9265df, 0x993fe2c6d07b7fab, 0xbf8fdb78849a5f96, 0xef73d256a5c0f77c,
  0x95a8637627989aad, 0xbb127c53b17ec159, 0xe9d71b689dde71af, 0x9226712162ab070d, 0xb6b00d69bb55c8d1,
  0xe45c10c42a2b3b05, 0x8eb98a7a9a5b04e3, 0xb267ed1940f1c61c, 0xdf01e85f912e37a3, 0x8b61313bbabce2c6,
  0xae397d8aa96c1b77, 0xd9c7dced53c72255, 0x881cea14545c7575, 0xaa242499697392d2, 0xd4ad2dbfc3d07787,
  0x84ec3c97da624ab4, 0xa6274bbdd0fadd61, 0xcfb11ead453994ba, 0x81ceb32c4b43fcf4, 0xa2425ff75e14fc31,
  0xcad2f7f5359a3b3e, 0xfd87b5f28300ca0d, 0x9e74d1b791e07e48, 0xc612062576589dda, 0xf79687aed3eec551,
  0x9abe14cd44753b52, 0xc16d9a0095928a27, 0xf1c90080baf72cb1, 0x971da05074da7bee, 0xbce5086492111aea,
  0xec1e4a7db69561a5, 0x9392ee8e921d5d07, 0xb877aa3236a4b449, 0xe69594bec44de15b, 0x901d7cf73ab0acd9,
  0xb424dc35095cd80f, 0xe12e13424bb40e13, 0x8cbccc096f5088cb, 0xafebff0bcb24aafe, 0xdbe6fecebdedd5be,
  0x89705f4136b4a597, 0xabcc77118461cefc, 0xd6bf94d5e57a42bc, 0x8637bd05af6c69b5, 0xa7c5ac471b478423,
  0xd1b71758e219652b, 0x83126e978d4fdf3b, 0xa3d70a3d70a3d70a, 0xcccccccccccccccc, 0x8000000000000000,
  0xa000000000000000, 0xc800000000000000, 0xfa00000000000000, 0x9c40000000000000, 0xc350000000000000,
  0xf424000000000000, 0x9896800000000000, 0xbebc200000000000, 0xee6b280000000000, 0x9502f90000000000,
  0xba43b74000000000, 0xe8d4a51000000000, 0x9184e72a00000000, 0xb5e620f480000000, 0xe35fa931a0000000,
  0x8e1bc9bf04000000, 0xb1a2bc2ec5000000, 0xde0b6b3a76400000, 0x8ac7230489e80000, 0xad78ebc5ac620000,
  0xd8d726b7177a8000, 0x878678326eac9000, 0xa968163f0a57b400, 0xd3c21bcecceda100, 0x84595161401484a0,
  0xa56fa5b99019a5c8, 0xcecb8f27f4200f3a, 0x813f3978f8940984, 0xa18f07d736b90be5, 0xc9f2c9cd04674ede,
  0xfc6f7c4045812296, 0x9dc5ada82b70b59d, 0xc5371912364ce305, 0xf684df56c3e01bc6, 0x9a130b963a6c115c,
  0xc097ce7bc90715b3, 0xf0bdc21abb48db20, 0x96769950b50d88f4, 0xbc143fa4e250eb31, 0xeb194f8e1ae525fd,
  0x92efd1b8d0cf37be, 0xb7abc627050305ad, 0xe596b7b0c643c719, 0x8f7e32ce7bea5c6f, 0xb35dbf821ae4f38b,
  0xe0352f62a19e306e, 0x8c213d9da502de45, 0xaf298d050e4395d6, 0xdaf3f04651d47b4c, 0x88d8762bf324cd0f,
  0xab0e93b6efee0053, 0xd5d238a4abe98068, 0x85a36366eb71f041, 0xa70c3c40a64e6c51, 0xd0cf4b50cfe20765,
  0x82818f1281ed449f, 0xa321f2d7226895c7, 0xcbea6f8ceb02bb39, 0xfee50b7025c36a08, 0x9f4f2726179a2245,
  0xc722f0ef9d80aad6, 0xf8ebad2b84e0d58b, 0x9b934c3b330c8577, 0xc2781f49ffcfa6d5,
]);
const MOST_FIVE: i32 = 64;
/** Up to here a power of five has at most 64 bits. */
const MOST_WHOLE_FIVE: i32 = 27;
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
  if (mantissa > MOST_EXACT || power > MOST_POWER || power < -MOST_POWER) return round(mantissa, power);
  const scale = load<f64>(POWERS + (<usize>(power < 0 ? -power : power) << 3));
  value = power < 0 ? <f64>mantissa / scale : <f64>mantissa * scale;
  return true;
}

// The nearest double to an integer times a power of ten; false where it cannot be told from 64 bits of the power.
function round(mantissa: u64, power: i32): bool {
  if (mantissa == 0) {
    value = 0;
    return true;
  }
  if (power > MOST_FIVE || power < -MOST_FIVE) return false;
  const zeros = clz(mantissa);
  const w = mantissa << zeros;
  const five = load<u64>(FIVES + (<usize>(power + MOST_FIVE) << 3));
  // The product in 128 bits, from products of 64.
  const low = (w & 0xffffffff) * (five & 0xffffffff);
  const first = (w >> 32) * (five & 0xffffffff) + (low >> 32);
  const second = (w & 0xffffffff) * (five >> 32) + (first & 0xffffffff);
  const upper = (w >> 32) * (five >> 32) + (first >> 32) + (second >> 32);
  const bare = ((second << 32) | (low & 0xffffffff)) == 0;
  const cut: u64 = 10 + (upper >> 63);
  const behind = upper & (((<u64>1) << cut) - 1);
  const half = (<u64>1) << (cut - 1);
  const whole = power >= 0 && power <= MOST_WHOLE_FIVE;
  if (!whole && behind == half - 1) return false;
  const exponent = <i64>cut + 1 - <i64>zeros + <i64>((217706 * power) >> 16) + 52 + 1023;
  const m = upper >> cut;
  const up = behind > half || (behind == half && (!whole || !bare || (m & 1) == 1));
  // One more than all ones carries into the exponent.
  value = reinterpret<f64>(((<u64>exponent) << 52) + (m & 0xfffffffffffff) + <u64>up);
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
