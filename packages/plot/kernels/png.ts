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
    }
    store<u8>(target, place);
    pixels += 4;
    target++;
  }
  return known;
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
 * those `distance` before them. Counts them by kind, and stops after `limit` tokens. Returns where it stopped.
 */
export function tokenize(
  source: usize, from: u32, end: u32, distance: u32, tokens: usize, limit: i32, counts: usize, state: usize,
): u32 {
  let at = from;
  let left = limit;
  let target = tokens;
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
    store<u16>(target, token);
    const count = counts + ((<usize>token) << 2);
    store<u32>(count, load<u32>(count) + 1);
    target += 2;
    left--;
    at += length;
  }
  store<u32>(state, limit - left, TOKEN_COUNT);
  return at;
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

/** Adler-32 of `count` bytes. */
export function adler32(source: usize, count: u32): u32 {
  let low: u32 = 1, high: u32 = 0;
  while (count > 0) {
    // As many bytes as the sums hold.
    let part = min<u32>(count, 5552);
    count -= part;
    let sums = i32x4.splat(0), weighted = i32x4.splat(0), before = i32x4.splat(0);
    const blocks = part >>> 4;
    for (let block = blocks; block > 0; block--) {
      const bytes = v128.load(source);
      before = i32x4.add(before, sums);
      source += 16;
      // Most blocks of filtered rows are zeros.
      if (!v128.any_true(bytes)) continue;
      const evens = i16x8.extend_low_i8x16_u(bytes), odds = i16x8.extend_high_i8x16_u(bytes);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_s(i16x8.add(evens, odds)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(evens, i16x8(16, 15, 14, 13, 12, 11, 10, 9)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(odds, i16x8(8, 7, 6, 5, 4, 3, 2, 1)));
    }
    high += low * (blocks << 4) + (total(before) << 4) + total(weighted);
    low += total(sums);
    for (part &= 15; part > 0; part--) {
      low += load<u8>(source);
      high += low;
      source++;
    }
    low %= 65521;
    high %= 65521;
  }
  return (high << 16) | low;
}

function total(lanes: v128): u32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}
