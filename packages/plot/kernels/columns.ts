// What a plot asks of millions of numbers before it draws: the extremes of every block of them, and whether they ascend.
//
// Addresses are trusted; src/reduce/summary.ts checks them. Loops count elements down, since an array can end at address
// 2^32. src/reduce/summary-twin.ts gives the same bits.

/** Elements of a block. */
const BLOCK: i32 = 128;

// What was found in the last block.
let least: f64 = 0;
let most: f64 = 0;

/**
 * Writes the smallest and the largest of each block of 128 elements; the last block may be shorter. A block with a NaN
 * in it gets NaN for both.
 */
export function blockExtremes(values: usize, count: i32, lows: usize, highs: usize): void {
  while (count > 0) {
    const length = min(count, BLOCK);
    oneBlock(values, length);
    store<f64>(lows, least);
    store<f64>(highs, most);
    values += <usize>length << 3;
    lows += 8;
    highs += 8;
    count -= length;
  }
}

/** The smallest of some elements, for arrays in another memory than the extremes; `largest` then has the largest. */
export function smallest(values: usize, count: i32): f64 {
  oneBlock(values, count);
  return least;
}

/** The largest of the elements that `smallest` was called for last. */
export function largest(): f64 {
  return most;
}

/** 1 if no element is smaller than the one before it, and none is NaN; `before` stands before the first one. */
export function ascends(values: usize, count: i32, before: f64): i32 {
  if (count === 0) return 1;
  if (!(before <= load<f64>(values))) return 0;
  // Pairs of neighbours: as many as elements, less one.
  count--;
  while (count >= 512) {
    let good = i64x2.splat(-1), good1 = good;
    for (let left = 128; left > 0; left--) {
      good = v128.and(good, f64x2.le(v128.load(values), v128.load(values, 8)));
      good1 = v128.and(good1, f64x2.le(v128.load(values, 16), v128.load(values, 24)));
      values += 32;
    }
    if (!i64x2.all_true(v128.and(good, good1))) return 0;
    count -= 512;
  }
  for (; count > 0; count--) {
    if (!(load<f64>(values) <= load<f64>(values, 8))) return 0;
    values += 8;
  }
  return 1;
}

function oneBlock(values: usize, count: i32): void {
  let low = f64x2.splat(Infinity), low1 = low;
  let high = f64x2.splat(-Infinity), high1 = high;
  let ordered = i64x2.splat(-1), ordered1 = ordered;
  // pmin(a, b) is `b < a ? b : a`, so a NaN is passed over; that it was there is kept apart.
  for (; count >= 4; count -= 4) {
    const x = v128.load(values), x1 = v128.load(values, 16);
    low = f64x2.pmin(low, x);
    low1 = f64x2.pmin(low1, x1);
    high = f64x2.pmax(high, x);
    high1 = f64x2.pmax(high1, x1);
    ordered = v128.and(ordered, f64x2.eq(x, x));
    ordered1 = v128.and(ordered1, f64x2.eq(x1, x1));
    values += 32;
  }
  low = f64x2.pmin(low, low1);
  high = f64x2.pmax(high, high1);
  let lowest = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  let highest = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  let whole = i64x2.all_true(v128.and(ordered, ordered1));
  for (; count > 0; count--) {
    const x = load<f64>(values);
    lowest = min(lowest, x);
    highest = max(highest, x);
    whole = whole && x === x;
    values += 8;
  }
  // The sum makes +0 of either zero.
  least = whole ? lowest + 0 : NaN;
  most = whole ? highest + 0 : NaN;
}
