// PNG: filtering, palettes, runs, Huffman codes and the checksum of zlib, for figures: few colours, large flat areas,
// rows that are like the row above. The twin is src/png/png-twin.ts; src/png/encoder.ts lays out the memory and has
// checked everything.
//
// Every row is written as its difference to the row above, so what is flat or upright becomes zeros. Runs of one byte, or
// in pictures of cells those of one pixel, are the only matches (RFC 1951): finding them takes no table and no search.

/** The shortest and the longest run that is a match. */
const SHORTEST: i32 = 3;
const LONGEST: i32 = 258;
/** Tokens below are literal bytes; above, runs by their length. */
const RUNS: u32 = 256;

// Words of the state: see src/png/png-twin.ts.
const TOKEN_COUNT: usize = 0;
const BIT_BUFFER: usize = 4;
const BIT_COUNT: usize = 8;
const ADLER_LOW: usize = 12;
const ADLER_HIGH: usize = 16;

/** What the two sums of Adler-32 (RFC 1950) are remainders of. */
const ADLER: u64 = 65521;

// The sums of the call that runs.
let low: u64 = 0;
let high: u64 = 0;

/**
 * Writes `count` RGBA pixels as RGB, less the row above. Returns 1 if all are opaque. Up to 16 bytes behind the target
 * are overwritten.
 */
export function filterRgb(current: usize, above: usize, target: usize, count: i32): i32 {
  let opaque = i8x16.splat(-1);
  let alpha: u32 = 255;
  for (; count >= 4; count -= 4) {
    const pixels = v128.load(current);
    opaque = v128.and(opaque, pixels);
    const difference = i8x16.sub(pixels, v128.load(above));
    v128.store(target, i8x16.shuffle(difference, difference, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 3, 3, 3));
    current += 16;
    above += 16;
    target += 12;
  }
  for (; count > 0; count--) {
    alpha &= load<u8>(current, 3);
    store<u8>(target, load<u8>(current) - load<u8>(above));
    store<u8>(target, load<u8>(current, 1) - load<u8>(above, 1), 1);
    store<u8>(target, load<u8>(current, 2) - load<u8>(above, 2), 2);
    current += 4;
    above += 4;
    target += 3;
  }
  const lanes = i32x4.eq(i32x4.shr_u(opaque, 24), i32x4.splat(255));
  return i32x4.all_true(lanes) && alpha == 255 ? 1 : 0;
}

/** Writes `count` bytes less the bytes above. */
export function filterBytes(current: usize, above: usize, target: usize, count: i32): void {
  for (; count >= 16; count -= 16) {
    v128.store(target, i8x16.sub(v128.load(current), v128.load(above)));
    current += 16;
    above += 16;
    target += 16;
  }
  for (; count > 0; count--) {
    store<u8>(target, load<u8>(current) - load<u8>(above));
    current++;
    above++;
    target++;
  }
}

/**
 * Writes the places of `count` pixels in a palette of `known` colours, and adds new ones. `table` has 1024 u16, the place
 * plus 1 by a hash of the colour. Returns how many colours there are, or 257 as soon as there are too many.
 */
export function indexRow(pixels: usize, target: usize, count: i32, palette: usize, table: usize, known: i32): i32 {
  let last: u32 = 0;
  let place: i32 = -1;
  for (; count > 0; count--) {
    const color = load<u32>(pixels);
    if (color != last || place < 0) {
      place = findColor(color, palette, table, known);
      if (place == known) {
        if (known == 256) return 257;
        store<u32>(palette + ((<usize>known) << 2), color);
        known++;
      }
      last = color;
    } else if (count >= 16 && sixteenAlike(pixels, i32x4.splat(last))) {
      // Most of a figure is one colour for long.
      v128.store(target, i8x16.splat(<i8>place));
      pixels += 64;
      target += 16;
      count -= 15;
      continue;
    }
    store<u8>(target, place);
    pixels += 4;
    target++;
  }
  return known;
}

function sixteenAlike(pixels: usize, color: v128): bool {
  const a = v128.and(i32x4.eq(v128.load(pixels), color), i32x4.eq(v128.load(pixels, 16), color));
  const b = v128.and(i32x4.eq(v128.load(pixels, 32), color), i32x4.eq(v128.load(pixels, 48), color));
  return i8x16.all_true(v128.and(a, b));
}

// The place of a colour; `known` for one that is new, which is noted in the table.
function findColor(color: u32, palette: usize, table: usize, known: i32): i32 {
  let slot = (color * 0x9e3779b1) >>> 22;
  let entry = <i32>load<u16>(table + ((<usize>slot) << 1));
  while (entry != 0) {
    if (load<u32>(palette + ((<usize>(entry - 1)) << 2)) == color) return entry - 1;
    slot = (slot + 1) & 1023;
    entry = <i32>load<u16>(table + ((<usize>slot) << 1));
  }
  if (known < 256) store<u16>(table + ((<usize>slot) << 1), known + 1);
  return known;
}

/** How many bytes are as that `distance` bytes before them. */
export function repeats(source: usize, count: i32, distance: i32): i32 {
  let same = 0;
  for (; count >= 16; count -= 16) {
    same += popcnt(i8x16.bitmask(i8x16.eq(v128.load(source), v128.load(source - <usize>distance))));
    source += 16;
  }
  for (; count > 0; count--) {
    same += i32(load<u8>(source) == load<u8>(source - <usize>distance));
    source++;
  }
  return same;
}

/**
 * Turns bytes from `from` to before `end` of a source into tokens: u16, a byte or 256 + length - 3 of a run of bytes as
 * those `distance` before them, which is 1 to 4. Counts them by kind, goes on with Adler-32 of the bytes, and stops after
 * `limit` tokens, 65,536 at most. Returns where it stopped.
 */
export function tokenize(
  source: usize, from: u32, end: u32, distance: u32, tokens: usize, limit: i32, counts: usize, state: usize,
): u32 {
  let at = from;
  let left = limit;
  let target = tokens;
  // Sums of all bytes of one call, 17 million at most, stay below 2^57: remainders are taken at its end.
  low = load<u32>(state, ADLER_LOW);
  high = load<u32>(state, ADLER_HIGH);
  while (at < end && left > 0) {
    const address = source + at;
    const byte = <u32>load<u8>(address);
    let token = byte;
    let length: u32 = 1;
    if (at >= distance && byte == <u32>load<u8>(address - distance)) {
      const run = runLength(address, distance, min<i32>(LONGEST, <i32>min<u32>(end - at, 1024)));
      if (run >= SHORTEST) {
        token = RUNS + <u32>(run - SHORTEST);
        length = run;
      }
    }
    if (length == 1) {
      low += byte;
      high += low;
    } else addRun(address, distance, byte, length);
    store<u16>(target, token);
    const count = counts + ((<usize>token) << 2);
    store<u32>(count, load<u32>(count) + 1);
    target += 2;
    left--;
    at += length;
  }
  store<u32>(state, limit - left, TOKEN_COUNT);
  store<u32>(state, <u32>(low % ADLER), ADLER_LOW);
  store<u32>(state, <u32>(high % ADLER), ADLER_HIGH);
  return at;
}

// A run adds what one byte adds so many times, or nothing but the sum so far where all are zeros.
function addRun(address: usize, distance: u32, byte: u32, length: u32): void {
  const before = load<u32>(address - distance) << (32 - 8 * distance);
  if (distance == 1 || before == 0) {
    high += low * length + <u64>(byte * ((length * (length + 1)) >>> 1));
    low += byte * length;
    return;
  }
  for (let end = address + length; address != end; address++) {
    low += load<u8>(address);
    high += low;
  }
}

// How many of at most `most` bytes are as those `distance` before them.
function runLength(address: usize, distance: u32, most: i32): i32 {
  let length = 0;
  for (; length + 16 <= most; length += 16) {
    const at = address + <usize>length;
    const same = i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(at - distance)));
    if (same != 0xffff) return length + ctz(~same);
  }
  for (; length < most; length++) {
    const at = address + <usize>length;
    if (load<u8>(at) != load<u8>(at - distance)) break;
  }
  return length;
}

/**
 * Writes tokens as bits. `codes` has a u32 for each of 512 tokens: the bits, and how many from bit 24 on. Bits that fill
 * no byte yet are in the state. Returns the address behind the last byte; up to 4 more are overwritten.
 */
export function writeTokens(tokens: usize, count: i32, codes: usize, target: usize, state: usize): usize {
  let buffer = <u64>load<u32>(state, BIT_BUFFER);
  let bits = <u64>load<u32>(state, BIT_COUNT);
  for (; count > 0; count--) {
    const code = load<u32>(codes + ((<usize>load<u16>(tokens)) << 2));
    tokens += 2;
    buffer |= (<u64>(code & 0xffffff)) << bits;
    bits += code >>> 24;
    if (bits >= 32) {
      store<u32>(target, <u32>buffer);
      target += 4;
      buffer >>= 32;
      bits -= 32;
    }
  }
  for (; bits >= 8; bits -= 8) {
    store<u8>(target, <u8>buffer);
    target++;
    buffer >>= 8;
  }
  store<u32>(state, <u32>buffer, BIT_BUFFER);
  store<u32>(state, <u32>bits, BIT_COUNT);
  return target;
}
