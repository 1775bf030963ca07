// Kernels over one array of f32 or f64: fill, copy, sum, extremes, and squared deviations for the variance.
//
// Every function takes byte addresses and element counts and trusts them: the TypeScript caller has checked that the
// bytes are inside the memory and aligned. Loops count elements down instead of comparing addresses, because the end of
// an array at the very top of a 4 GiB memory is 2^32, which wraps to 0.
//
// The order of additions is part of the contract; src/kernel/number-twins.ts does the same additions in the same order
// and so gives the same bits. It is written down there.

/** Elements of a block; a multiple of 8, and 16 KiB of f64, so that a second look at a block finds it in the L1 cache. */
const BLOCK: i32 = 2048;

/** The largest element seen by the last call of an extremes function. A wasm global, so every thread has its own. */
let largestSeen: f64 = 0;

/** Writes `value` into `count` elements. */
export function fillF64(address: usize, count: i32, value: f64): void {
  fillLanes<f64>(address, count, f64x2.splat(value), value);
}

/** Writes `value` into `count` elements. */
export function fillF32(address: usize, count: i32, value: f32): void {
  fillLanes<f32>(address, count, f32x4.splat(value), value);
}

/** Copies `bytes` bytes from `source` to `target`; the two may overlap. */
export function copyBytes(target: usize, source: usize, bytes: usize): void {
  memory.copy(target, source, bytes);
}

/** The sum of `count` elements, added up in f64. */
export function sumF64(address: usize, count: i32): f64 {
  return sum<f64>(address, count);
}

/** The sum of `count` elements, added up in f64. */
export function sumF32(address: usize, count: i32): f64 {
  return sum<f32>(address, count);
}

/** The sum of squared deviations from the mean; divide it for the variance. NaN when `count` is 0. */
export function deviationsF64(address: usize, count: i32): f64 {
  return deviations<f64>(address, count);
}

/** The sum of squared deviations from the mean; divide it for the variance. NaN when `count` is 0. */
export function deviationsF32(address: usize, count: i32): f64 {
  return deviations<f32>(address, count);
}

/** The smallest element that is not NaN, or NaN; `largest` then gives the largest. */
export function extremesF64(address: usize, count: i32): f64 {
  let low = f64x2.splat(Infinity), low1 = low, low2 = low, low3 = low;
  let high = f64x2.splat(-Infinity), high1 = high, high2 = high, high3 = high;
  // pmin(a, b) is `b < a ? b : a`: with the element second, a NaN loses every comparison and is skipped.
  for (; count >= 8; count -= 8) {
    const x = v128.load(address), x1 = v128.load(address, 16), x2 = v128.load(address, 32), x3 = v128.load(address, 48);
    low = f64x2.pmin(low, x);
    low1 = f64x2.pmin(low1, x1);
    low2 = f64x2.pmin(low2, x2);
    low3 = f64x2.pmin(low3, x3);
    high = f64x2.pmax(high, x);
    high1 = f64x2.pmax(high1, x1);
    high2 = f64x2.pmax(high2, x2);
    high3 = f64x2.pmax(high3, x3);
    address += 64;
  }
  low = f64x2.pmin(f64x2.pmin(low, low1), f64x2.pmin(low2, low3));
  high = f64x2.pmax(f64x2.pmax(high, high1), f64x2.pmax(high2, high3));
  return extremesOfRest<f64>(
    address,
    count,
    min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)),
    max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)),
  );
}

/** The smallest element that is not NaN, or NaN; `largest` then gives the largest. */
export function extremesF32(address: usize, count: i32): f64 {
  let low = f32x4.splat(Infinity), low1 = low, low2 = low, low3 = low;
  let high = f32x4.splat(-Infinity), high1 = high, high2 = high, high3 = high;
  for (; count >= 16; count -= 16) {
    const x = v128.load(address), x1 = v128.load(address, 16), x2 = v128.load(address, 32), x3 = v128.load(address, 48);
    low = f32x4.pmin(low, x);
    low1 = f32x4.pmin(low1, x1);
    low2 = f32x4.pmin(low2, x2);
    low3 = f32x4.pmin(low3, x3);
    high = f32x4.pmax(high, x);
    high1 = f32x4.pmax(high1, x1);
    high2 = f32x4.pmax(high2, x2);
    high3 = f32x4.pmax(high3, x3);
    address += 64;
  }
  low = f32x4.pmin(f32x4.pmin(low, low1), f32x4.pmin(low2, low3));
  high = f32x4.pmax(f32x4.pmax(high, high1), f32x4.pmax(high2, high3));
  return extremesOfRest<f32>(
    address,
    count,
    min(
      min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)),
      min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3)),
    ),
    max(
      max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)),
      max(f32x4.extract_lane(high, 2), f32x4.extract_lane(high, 3)),
    ),
  );
}

/** The largest element seen by the last call of `extremesF32` or `extremesF64` on this thread. */
export function largest(): f64 {
  return largestSeen;
}

function fillLanes<T>(address: usize, count: i32, lanes: v128, value: T): void {
  if (!v128.any_true(lanes)) {
    // The engine's own loop for zeros is the faster one.
    memory.fill(address, 0, <usize>count * sizeof<T>());
    return;
  }
  const group: i32 = 64 / sizeof<T>();
  for (; count >= group; count -= group) {
    v128.store(address, lanes);
    v128.store(address, lanes, 16);
    v128.store(address, lanes, 32);
    v128.store(address, lanes, 48);
    address += 64;
  }
  for (; count > 0; count--) {
    store<T>(address, value);
    address += sizeof<T>();
  }
}

function sum<T>(address: usize, count: i32): f64 {
  let total: f64 = 0;
  while (count > 0) {
    const length = min(count, BLOCK);
    total += sumOfBlock<T>(address, length);
    address += <usize>length * sizeof<T>();
    count -= length;
  }
  return total;
}

function sumOfBlock<T>(address: usize, length: i32): f64 {
  let a = f64x2.splat(0), b = a, c = a, d = a;
  for (; length >= 8; length -= 8) {
    a = f64x2.add(a, two<T>(address));
    b = f64x2.add(b, two<T>(address + 2 * sizeof<T>()));
    c = f64x2.add(c, two<T>(address + 4 * sizeof<T>()));
    d = f64x2.add(d, two<T>(address + 6 * sizeof<T>()));
    address += 8 * sizeof<T>();
  }
  let total = tree(a, b, c, d);
  for (; length > 0; length--) {
    total += <f64>load<T>(address);
    address += sizeof<T>();
  }
  return total;
}

// Chan, Golub and LeVeque: each block by itself in two passes, then merged into what came before.
function deviations<T>(address: usize, count: i32): f64 {
  if (count === 0) return NaN;
  let squares: f64 = 0;
  let mean: f64 = 0;
  let seen: f64 = 0;
  while (count > 0) {
    const length = min(count, BLOCK);
    const added = <f64>length;
    const all = seen + added;
    const meanOfBlock = sumOfBlock<T>(address, length) / added;
    const apart = meanOfBlock - mean;
    squares += deviationsOfBlock<T>(address, length, meanOfBlock) + apart * apart * (seen * added / all);
    mean += apart * (added / all);
    seen = all;
    address += <usize>length * sizeof<T>();
    count -= length;
  }
  return squares;
}

function deviationsOfBlock<T>(address: usize, length: i32, mean: f64): f64 {
  const means = f64x2.splat(mean);
  let a = f64x2.splat(0), b = a, c = a, d = a;
  for (; length >= 8; length -= 8) {
    a = f64x2.add(a, square(f64x2.sub(two<T>(address), means)));
    b = f64x2.add(b, square(f64x2.sub(two<T>(address + 2 * sizeof<T>()), means)));
    c = f64x2.add(c, square(f64x2.sub(two<T>(address + 4 * sizeof<T>()), means)));
    d = f64x2.add(d, square(f64x2.sub(two<T>(address + 6 * sizeof<T>()), means)));
    address += 8 * sizeof<T>();
  }
  let total = tree(a, b, c, d);
  for (; length > 0; length--) {
    const apart = <f64>load<T>(address) - mean;
    total += apart * apart;
    address += sizeof<T>();
  }
  return total;
}

// Two neighbouring elements as f64.
function two<T>(address: usize): v128 {
  if (sizeof<T>() === 8) return v128.load(address);
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}

function square(x: v128): v128 {
  return f64x2.mul(x, x);
}

// Eight lanes to one number, always in this shape.
function tree(a: v128, b: v128, c: v128, d: v128): f64 {
  const lanes = f64x2.add(f64x2.add(a, c), f64x2.add(b, d));
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}

// The last few elements; then NaN if nothing but NaN was seen, and +0 for either zero.
function extremesOfRest<T>(address: usize, count: i32, low: T, high: T): f64 {
  for (; count > 0; count--) {
    const x = load<T>(address);
    if (x < low) low = x;
    if (x > high) high = x;
    address += sizeof<T>();
  }
  const empty = low > high;
  largestSeen = empty ? NaN : <f64>high + 0;
  return empty ? NaN : <f64>low + 0;
}
