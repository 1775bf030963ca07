// The TypeScript twins of kernels/numbers.ts: the same results, bit for bit, on memory that no kernel can reach.
//
// What both promise:
//
// - Sums are added up in f64, for f32 elements too: the rounding of each f32 addition would be lost precision, and
//   summing in f64 costs nothing where memory is the limit.
// - The order of additions is fixed. The array is cut into blocks of 2,048 elements. In a block, element i goes to lane
//   i mod 8; the lanes are added as ((0+4)+(2+6)) + ((1+5)+(3+7)); the last elements, those that fill no group of eight,
//   are added to that one by one. The sums of the blocks are added from the first to the last. All sums start at +0, so
//   the sum of nothing is +0 and no sum is -0. The eight lanes are there for speed, and they and the blocks keep the
//   rounding error of ten million additions near that of a few thousand.
// - NaN and infinities go through a sum as IEEE 754 has it. Which NaN comes out is not promised.
// - Extremes skip NaN, because a series for a plot marks its gaps with NaN, and one gap must not hide the range of the
//   rest. With no element, or nothing but NaN, the result is NaN. Zeros of both signs count as equal, and a result that
//   is zero is +0.
// - Squared deviations are taken in two passes over each block (the sum, then the distances from its mean), and blocks
//   are merged by the formula of Chan, Golub and LeVeque. The textbook form, the mean of squares less the square of the
//   mean, loses all digits when the mean is large against the spread.
//
// V8 compiles these loops for both array types at once without loss, so one function serves f32 and f64.

/** The arrays that kernels compute on. */
export type FloatArray = Float32Array | Float64Array;

/** Elements of a block; the same number is in the kernels. */
const BLOCK = 2048;

/** Smallest and largest, in this order, are written into `out`. */
export function extremes(values: FloatArray, start: number, count: number, out: FloatArray | number[]): void {
  let low = Infinity;
  let high = -Infinity;
  for (let index = start; index < start + count; index++) {
    const value = values[index];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // Only when no comparison ever succeeded; an array of infinities sets one of the two.
  const empty = low > high;
  out[0] = empty ? NaN : low + 0;
  out[1] = empty ? NaN : high + 0;
}

/** The sum of `count` elements from index `start` on. */
export function sum(values: FloatArray, start: number, count: number): number {
  let total = 0;
  for (let done = 0; done < count; done += BLOCK) {
    total += sumOfBlock(values, start + done, Math.min(count - done, BLOCK));
  }
  return total;
}

/** The sum of squared deviations from the mean; NaN when `count` is 0. */
export function deviations(values: FloatArray, start: number, count: number): number {
  if (count === 0) return NaN;
  let squares = 0;
  let mean = 0;
  for (let seen = 0; seen < count; seen += BLOCK) {
    const added = Math.min(count - seen, BLOCK);
    const all = seen + added;
    const meanOfBlock = sumOfBlock(values, start + seen, added) / added;
    const apart = meanOfBlock - mean;
    squares +=
      deviationsOfBlock(values, start + seen, added, meanOfBlock) + apart * apart * ((seen * added) / all);
    mean += apart * (added / all);
  }
  return squares;
}

function sumOfBlock(values: FloatArray, start: number, count: number): number {
  const whole = start + count - (count % 8);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  for (let index = start; index < whole; index += 8) {
    a += values[index];
    b += values[index + 1];
    c += values[index + 2];
    d += values[index + 3];
    e += values[index + 4];
    f += values[index + 5];
    g += values[index + 6];
    h += values[index + 7];
  }
  let total = a + e + (c + g) + (b + f + (d + h));
  for (let index = whole; index < start + count; index++) total += values[index];
  return total;
}

function deviationsOfBlock(values: FloatArray, start: number, count: number, mean: number): number {
  const whole = start + count - (count % 8);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  for (let index = start; index < whole; index += 8) {
    a += square(values[index] - mean);
    b += square(values[index + 1] - mean);
    c += square(values[index + 2] - mean);
    d += square(values[index + 3] - mean);
    e += square(values[index + 4] - mean);
    f += square(values[index + 5] - mean);
    g += square(values[index + 6] - mean);
    h += square(values[index + 7] - mean);
  }
  let total = a + e + (c + g) + (b + f + (d + h));
  for (let index = whole; index < start + count; index++) total += square(values[index] - mean);
  return total;
}

function square(x: number): number {
  return x * x;
}
