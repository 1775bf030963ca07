// The TypeScript twins of kernels/distances-f32.ts and distances-f64.ts: the same results, bit for bit, on memory that
// no kernel can reach.
//
// What both promise:
//
// - The order of additions is the one of number-twins.ts: blocks of 2,048 elements, eight lanes in a block added as
//   ((0+4)+(2+6)) + ((1+5)+(3+7)), then the elements of the block that fill no group of eight one by one, then block
//   after block. All sums start at +0.
// - For f32, the terms in the lanes, the lanes themselves and the four sums of two lanes are f32; everything after that
//   is f64. Lanes in f64 would need twice the instructions and halve the speed of a search. The relative error stays
//   near 1e-6 for any length, since a lane adds at most 256 terms. The price is the range: terms above 3.4e38, from
//   elements above 1.8e19, are Infinity, and terms below 1.2e-38, from elements below 1e-19, lose digits.
// - For f64, everything is f64. No multiplication is fused with an addition.
// - The cosine is the dot product divided by the two lengths, kept between -1 and 1 so that `Math.acos` takes it. When
//   a length is zero it is 0: a vector without a direction is like nothing, and a NaN would spoil a sorted list of hits.
// - NaN in, NaN out. Infinities go through as IEEE 754 has it: the distance of two equal infinities is NaN.

const fround = Math.fround;

/** Elements of a block; the same number is in the kernels. */
const BLOCK = 2048;

/** The dot product of `count` elements of `a` from `aStart` on and of `b` from `bStart` on. */
export function dotF32(
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  count: number,
): number {
  let total = 0;
  for (let done = 0; done < count; done += BLOCK) {
    total += dotOfBlockF32(a, aStart + done, b, bStart + done, Math.min(count - done, BLOCK));
  }
  return total;
}

/** The squared Euclidean distance. */
export function l2SquaredF32(
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  count: number,
): number {
  let total = 0;
  for (let done = 0; done < count; done += BLOCK) {
    total += l2SquaredOfBlockF32(a, aStart + done, b, bStart + done, Math.min(count - done, BLOCK));
  }
  return total;
}

/** The dot product of `count` elements of `a` from `aStart` on and of `b` from `bStart` on. */
export function dotF64(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  count: number,
): number {
  let total = 0;
  for (let done = 0; done < count; done += BLOCK) {
    total += dotOfBlockF64(a, aStart + done, b, bStart + done, Math.min(count - done, BLOCK));
  }
  return total;
}

/** The squared Euclidean distance. */
export function l2SquaredF64(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  count: number,
): number {
  let total = 0;
  for (let done = 0; done < count; done += BLOCK) {
    total += l2SquaredOfBlockF64(a, aStart + done, b, bStart + done, Math.min(count - done, BLOCK));
  }
  return total;
}

/** The cosine of an angle, from the dot product and the two squared lengths. */
export function cosineOf(product: number, squaresA: number, squaresB: number): number {
  const scale = Math.sqrt(squaresA) * Math.sqrt(squaresB);
  return scale === 0 ? 0 : Math.min(1, Math.max(-1, product / scale));
}

function dotOfBlockF32(
  x: Float32Array,
  xStart: number,
  y: Float32Array,
  yStart: number,
  count: number,
): number {
  const whole = count - (count % 8);
  let a = fround(0);
  let b = fround(0);
  let c = fround(0);
  let d = fround(0);
  let e = fround(0);
  let f = fround(0);
  let g = fround(0);
  let h = fround(0);
  let i = xStart;
  let j = yStart;
  for (; i < xStart + whole; i += 8, j += 8) {
    a = fround(a + fround(x[i] * y[j]));
    b = fround(b + fround(x[i + 1] * y[j + 1]));
    c = fround(c + fround(x[i + 2] * y[j + 2]));
    d = fround(d + fround(x[i + 3] * y[j + 3]));
    e = fround(e + fround(x[i + 4] * y[j + 4]));
    f = fround(f + fround(x[i + 5] * y[j + 5]));
    g = fround(g + fround(x[i + 6] * y[j + 6]));
    h = fround(h + fround(x[i + 7] * y[j + 7]));
  }
  let total = fround(a + e) + fround(c + g) + (fround(b + f) + fround(d + h));
  for (; i < xStart + count; i++, j++) total += x[i] * y[j];
  return total;
}

function l2SquaredOfBlockF32(
  x: Float32Array,
  xStart: number,
  y: Float32Array,
  yStart: number,
  count: number,
): number {
  const whole = count - (count % 8);
  let a = fround(0);
  let b = fround(0);
  let c = fround(0);
  let d = fround(0);
  let e = fround(0);
  let f = fround(0);
  let g = fround(0);
  let h = fround(0);
  let i = xStart;
  let j = yStart;
  for (; i < xStart + whole; i += 8, j += 8) {
    a = fround(a + squareF32(x[i] - y[j]));
    b = fround(b + squareF32(x[i + 1] - y[j + 1]));
    c = fround(c + squareF32(x[i + 2] - y[j + 2]));
    d = fround(d + squareF32(x[i + 3] - y[j + 3]));
    e = fround(e + squareF32(x[i + 4] - y[j + 4]));
    f = fround(f + squareF32(x[i + 5] - y[j + 5]));
    g = fround(g + squareF32(x[i + 6] - y[j + 6]));
    h = fround(h + squareF32(x[i + 7] - y[j + 7]));
  }
  let total = fround(a + e) + fround(c + g) + (fround(b + f) + fround(d + h));
  for (; i < xStart + count; i++, j++) total += square(x[i] - y[j]);
  return total;
}

function dotOfBlockF64(
  x: Float64Array,
  xStart: number,
  y: Float64Array,
  yStart: number,
  count: number,
): number {
  const whole = count - (count % 8);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  let i = xStart;
  let j = yStart;
  for (; i < xStart + whole; i += 8, j += 8) {
    a += x[i] * y[j];
    b += x[i + 1] * y[j + 1];
    c += x[i + 2] * y[j + 2];
    d += x[i + 3] * y[j + 3];
    e += x[i + 4] * y[j + 4];
    f += x[i + 5] * y[j + 5];
    g += x[i + 6] * y[j + 6];
    h += x[i + 7] * y[j + 7];
  }
  let total = a + e + (c + g) + (b + f + (d + h));
  for (; i < xStart + count; i++, j++) total += x[i] * y[j];
  return total;
}

function l2SquaredOfBlockF64(
  x: Float64Array,
  xStart: number,
  y: Float64Array,
  yStart: number,
  count: number,
): number {
  const whole = count - (count % 8);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  let i = xStart;
  let j = yStart;
  for (; i < xStart + whole; i += 8, j += 8) {
    a += square(x[i] - y[j]);
    b += square(x[i + 1] - y[j + 1]);
    c += square(x[i + 2] - y[j + 2]);
    d += square(x[i + 3] - y[j + 3]);
    e += square(x[i + 4] - y[j + 4]);
    f += square(x[i + 5] - y[j + 5]);
    g += square(x[i + 6] - y[j + 6]);
    h += square(x[i + 7] - y[j + 7]);
  }
  let total = a + e + (c + g) + (b + f + (d + h));
  for (; i < xStart + count; i++, j++) total += square(x[i] - y[j]);
  return total;
}

function square(x: number): number {
  return x * x;
}

function squareF32(x: number): number {
  const rounded = fround(x);
  return fround(rounded * rounded);
}
