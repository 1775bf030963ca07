// What marks ask of many numbers: counts in bins, places on a scale of colours, sums, and order.
//
// Addresses are trusted; src/stats/statistics.ts lays out the memory. src/stats/statistics-twin.ts gives the same bits.

/**
 * Adds to `counts`, one u32 a bin, how many of some numbers from `low` to `high` lie in each. There are as many `edges`
 * as bins and one more, the last of which is infinite. `factor` is bins in a unit.
 */
export function countBins(
  values: usize, count: i32, low: f64, high: f64, factor: f64, edges: usize, bins: i32, counts: usize,
): void {
  const lows = f64x2.splat(low), factors = f64x2.splat(factor);
  for (; count >= 2; count -= 2) {
    const pair = v128.load(values);
    const places = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(pair, lows), factors));
    countOne(f64x2.extract_lane(pair, 0), i32x4.extract_lane(places, 0), low, high, edges, bins, counts);
    countOne(f64x2.extract_lane(pair, 1), i32x4.extract_lane(places, 1), low, high, edges, bins, counts);
    values += 16;
  }
  if (count > 0) {
    const value = load<f64>(values);
    countOne(value, <i32>((value - low) * factor), low, high, edges, bins, counts);
  }
}

// The product finds the bin but for rounding; the edges have the last word, so that all ways of counting agree.
function countOne(value: f64, place: i32, low: f64, high: f64, edges: usize, bins: i32, counts: usize): void {
  if (!(value >= low && value <= high)) return;
  let bin = min(place, bins - 1);
  const edge = edges + ((<usize>bin) << 3);
  bin += i32(value >= load<f64>(edge, 8)) - i32(value < load<f64>(edge));
  const at = counts + ((<usize>bin) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Writes for each number a byte: 1 to 255 for where it lies from `low` on, in steps of 1 / `factor`, and 0 for NaN. */
export function colorPlaces(values: usize, count: i32, low: f64, factor: f64, target: usize): void {
  const lows = f64x2.splat(low), factors = f64x2.splat(factor);
  for (; count >= 8; count -= 8) {
    const first = narrowPlaces(placesOf(v128.load(values), lows, factors), placesOf(v128.load(values, 16), lows, factors));
    const last = narrowPlaces(placesOf(v128.load(values, 32), lows, factors), placesOf(v128.load(values, 48), lows, factors));
    const words = i16x8.narrow_i32x4_s(first, last);
    v128.store64_lane(target, i8x16.narrow_i16x8_u(words, words), 0);
    values += 64;
    target += 8;
  }
  for (; count > 0; count--) {
    const place = placesOf(f64x2.splat(load<f64>(values)), lows, factors);
    store<u8>(target, i32x4.extract_lane(place, 0));
    values += 8;
    target++;
  }
}

// Two places in the first two lanes. A NaN stays one until it becomes 0 (pmax(a, b) is `a < b ? b : a`), and is not equal
// to itself.
function placesOf(values: v128, lows: v128, factors: v128): v128 {
  const place = f64x2.mul(f64x2.sub(values, lows), factors);
  const clamped = f64x2.pmin(f64x2.pmax(place, f64x2.splat(0)), f64x2.splat(254));
  const known = f64x2.eq(place, place);
  return i32x4.sub(i32x4.trunc_sat_f64x2_s_zero(clamped), v128.shuffle<i32>(known, known, 0, 2, 0, 2));
}

function narrowPlaces(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 1, 4, 5);
}

/** The sum of numbers times a scale. */
export function sum(values: usize, count: i32, scale: f64): f64 {
  const scales = f64x2.splat(scale);
  let first = f64x2.splat(0), last = first;
  for (; count >= 4; count -= 4) {
    first = f64x2.add(first, f64x2.mul(v128.load(values), scales));
    last = f64x2.add(last, f64x2.mul(v128.load(values, 16), scales));
    values += 32;
  }
  let total = total4(first, last);
  for (; count > 0; count--) {
    total += load<f64>(values) * scale;
    values += 8;
  }
  return total;
}

/** The sum of the squares of how far numbers are from `middle`. */
export function squares(values: usize, count: i32, middle: f64): f64 {
  const middles = f64x2.splat(middle);
  let first = f64x2.splat(0), last = first;
  for (; count >= 4; count -= 4) {
    const a = f64x2.sub(v128.load(values), middles), b = f64x2.sub(v128.load(values, 16), middles);
    first = f64x2.add(first, f64x2.mul(a, a));
    last = f64x2.add(last, f64x2.mul(b, b));
    values += 32;
  }
  let total = total4(first, last);
  for (; count > 0; count--) {
    const far = load<f64>(values) - middle;
    total += far * far;
    values += 8;
  }
  return total;
}

function total4(first: v128, last: v128): f64 {
  const both = f64x2.add(first, last);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

const SIGN: u64 = 0x8000000000000000;

/**
 * Sorts numbers, none of which is NaN, upwards, by their bits from the lowest byte to the highest (a radix sort).
 * `other` has room for as many, and `table` for 8 times 256 u32.
 */
export function sort(values: usize, other: usize, table: usize, count: i32): void {
  memory.fill(table, 0, 8192);
  countBytes(values, table, count);
  let from = values, to = other;
  for (let byte = 0; byte < 8; byte++) {
    const counts = table + (<usize>byte << 10);
    if (!startsOf(counts, <u32>count)) continue;
    scatter(from, to, counts, count, byte << 3);
    const next = to;
    to = from;
    from = next;
  }
  for (let left = count; left > 0; left--) {
    const key = load<u64>(from);
    // The bits of positive numbers had their sign set, those of negative ones were turned round.
    store<u64>(values, key & SIGN ? key ^ SIGN : ~key);
    from += 8;
    values += 8;
  }
}

// Makes of each number bits that ascend as the numbers do, and counts each of their bytes.
function countBytes(values: usize, table: usize, count: i32): void {
  for (; count > 0; count--) {
    const bits = load<u64>(values);
    let key = bits & SIGN ? ~bits : bits ^ SIGN;
    store<u64>(values, key);
    values += 8;
    for (let byte: usize = 0; byte < 8; byte++) {
      const at = table + (byte << 10) + ((<usize>(key & 0xff)) << 2);
      store<u32>(at, load<u32>(at) + 1);
      key >>= 8;
    }
  }
}

// Turns counts into where each byte begins; false where all numbers have the same one, and none need move.
function startsOf(counts: usize, count: u32): bool {
  let before: u32 = 0;
  for (let place: usize = 0; place < 1024; place += 4) {
    const here = load<u32>(counts + place);
    if (here == count) return false;
    store<u32>(counts + place, before);
    before += here;
  }
  return true;
}

function scatter(from: usize, to: usize, starts: usize, count: i32, shift: u64): void {
  for (; count > 0; count--) {
    const key = load<u64>(from);
    const at = starts + ((<usize>((key >> shift) & 0xff)) << 2);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u64>(to + ((<usize>place) << 3), key);
    from += 8;
  }
}
