// Kernels over pairs and rows of f32: dot product, squared and rooted Euclidean distance, cosine of the angle.
//
// Every function takes byte addresses and element counts and trusts them: the TypeScript caller has checked that the
// bytes are inside the memory and aligned. Loops count down instead of comparing addresses, because the end of an array
// at the very top of a 4 GiB memory is 2^32, which wraps to 0.
//
// The order of additions is part of the contract; src/kernel/distance-twins.ts writes it down and does the same.
//
// Rows are taken four at a time, one from each quarter of the table: the query is loaded once for four rows, eight
// chains of additions run side by side, and each of the four streams walks through memory in order. Four neighbouring
// rows at a time would be as fast in the cache and half as fast beyond it, where the prefetcher runs into rows that the
// other streams have just read.

/** Elements of a block; a multiple of 8. Within a block, lanes add in f32; across blocks, f64. */
const BLOCK: i32 = 2048;

// The two terms to add up, as types, so that each function below is compiled once for each: an integer type stands for
// the product, a float type for the squared difference.
type Product = i32;
type SquaredDifference = f32;

/** The sum of products of `count` elements. */
export function dot(a: usize, b: usize, count: i32): f64 {
  return pair<Product>(a, b, count);
}

/** The sum of squared differences of `count` elements. */
export function l2Squared(a: usize, b: usize, count: i32): f64 {
  return pair<SquaredDifference>(a, b, count);
}

/** The cosine of the angle between two vectors of `count` elements; 0 when one of them is all zero. */
export function cosine(a: usize, b: usize, count: i32): f64 {
  let product: f64 = 0, squaresA: f64 = 0, squaresB: f64 = 0;
  while (count > 0) {
    let length = min(count, BLOCK);
    count -= length;
    let lanes = f32x4.splat(0), lanesA = lanes, lanesB = lanes;
    let lanes1 = lanes, lanesA1 = lanes, lanesB1 = lanes;
    for (; length >= 8; length -= 8) {
      const x = v128.load(a), y = v128.load(b);
      lanes = f32x4.add(lanes, f32x4.mul(x, y));
      lanesA = f32x4.add(lanesA, f32x4.mul(x, x));
      lanesB = f32x4.add(lanesB, f32x4.mul(y, y));
      const x1 = v128.load(a, 16), y1 = v128.load(b, 16);
      lanes1 = f32x4.add(lanes1, f32x4.mul(x1, y1));
      lanesA1 = f32x4.add(lanesA1, f32x4.mul(x1, x1));
      lanesB1 = f32x4.add(lanesB1, f32x4.mul(y1, y1));
      a += 32;
      b += 32;
    }
    let block = tree(lanes, lanes1), blockA = tree(lanesA, lanesA1), blockB = tree(lanesB, lanesB1);
    for (; length > 0; length--) {
      block += termOfRest<Product>(a, b);
      blockA += termOfRest<Product>(a, a);
      blockB += termOfRest<Product>(b, b);
      a += 4;
      b += 4;
    }
    product += block;
    squaresA += blockA;
    squaresB += blockB;
  }
  return cosineOf(product, squaresA, squaresB);
}

/** `dot` of one query and each of `rows` rows, `stride` bytes apart, as f32 from `out` on. */
export function dotRows(query: usize, first: usize, stride: usize, rows: i32, count: i32, out: usize): void {
  everyRow<Product>(query, first, stride, rows, count, out, false);
}

/** `l2Squared` of one query and each row. */
export function l2SquaredRows(query: usize, first: usize, stride: usize, rows: i32, count: i32, out: usize): void {
  everyRow<SquaredDifference>(query, first, stride, rows, count, out, false);
}

/** The square root of `l2Squared` of one query and each row. */
export function l2Rows(query: usize, first: usize, stride: usize, rows: i32, count: i32, out: usize): void {
  everyRow<SquaredDifference>(query, first, stride, rows, count, out, true);
}

/** `cosine` of one query and each row. */
export function cosineRows(query: usize, first: usize, stride: usize, rows: i32, count: i32, out: usize): void {
  const squares = dot(query, query, count);
  const half = rows >> 1;
  const far = <usize>half * stride;
  for (let row = 0; row < half; row++) {
    cosineOfTwo(query, first, far, squares, count, out, half << 2);
    first += stride;
    out += 4;
  }
  if ((rows & 1) === 0) return;
  store<f32>(out + (half << 2), <f32>cosineOf(dot(query, first + far, count), squares, dot(first + far, first + far, count)));
}

function pair<Term>(a: usize, b: usize, count: i32): f64 {
  let total: f64 = 0;
  while (count > 0) {
    let length = min(count, BLOCK);
    count -= length;
    let lanes = f32x4.splat(0), lanes1 = lanes;
    for (; length >= 8; length -= 8) {
      lanes = f32x4.add(lanes, term<Term>(v128.load(a), v128.load(b)));
      lanes1 = f32x4.add(lanes1, term<Term>(v128.load(a, 16), v128.load(b, 16)));
      a += 32;
      b += 32;
    }
    let block = tree(lanes, lanes1);
    for (; length > 0; length--) {
      block += termOfRest<Term>(a, b);
      a += 4;
      b += 4;
    }
    total += block;
  }
  return total;
}

function everyRow<Term>(
  query: usize, first: usize, stride: usize, rows: i32, count: i32, out: usize, rooted: bool,
): void {
  const quarter = rows >> 2;
  const far = <usize>quarter * stride;
  for (let row = 0; row < quarter; row++) {
    fourRows<Term>(query, first, far, count, out, quarter << 2, rooted);
    first += stride;
    out += 4;
  }
  first += 3 * far;
  out += 3 * (quarter << 2);
  for (rows &= 3; rows > 0; rows--) {
    put(out, pair<Term>(query, first, count), rooted);
    first += stride;
    out += 4;
  }
}

// One row of each quarter: `far` bytes apart in the table, `farOut` bytes apart in the result.
function fourRows<Term>(
  query: usize, a: usize, far: usize, count: i32, out: usize, farOut: usize, rooted: bool,
): void {
  let b = a + far, c = b + far, d = c + far;
  let totalA: f64 = 0, totalB: f64 = 0, totalC: f64 = 0, totalD: f64 = 0;
  while (count > 0) {
    let length = min(count, BLOCK);
    count -= length;
    let lanesA = f32x4.splat(0), lanesB = lanesA, lanesC = lanesA, lanesD = lanesA;
    let lanesA1 = lanesA, lanesB1 = lanesA, lanesC1 = lanesA, lanesD1 = lanesA;
    for (; length >= 8; length -= 8) {
      const q = v128.load(query);
      lanesA = f32x4.add(lanesA, term<Term>(q, v128.load(a)));
      lanesB = f32x4.add(lanesB, term<Term>(q, v128.load(b)));
      lanesC = f32x4.add(lanesC, term<Term>(q, v128.load(c)));
      lanesD = f32x4.add(lanesD, term<Term>(q, v128.load(d)));
      const q1 = v128.load(query, 16);
      lanesA1 = f32x4.add(lanesA1, term<Term>(q1, v128.load(a, 16)));
      lanesB1 = f32x4.add(lanesB1, term<Term>(q1, v128.load(b, 16)));
      lanesC1 = f32x4.add(lanesC1, term<Term>(q1, v128.load(c, 16)));
      lanesD1 = f32x4.add(lanesD1, term<Term>(q1, v128.load(d, 16)));
      query += 32;
      a += 32;
      b += 32;
      c += 32;
      d += 32;
    }
    let blockA = tree(lanesA, lanesA1), blockB = tree(lanesB, lanesB1);
    let blockC = tree(lanesC, lanesC1), blockD = tree(lanesD, lanesD1);
    for (; length > 0; length--) {
      blockA += termOfRest<Term>(query, a);
      blockB += termOfRest<Term>(query, b);
      blockC += termOfRest<Term>(query, c);
      blockD += termOfRest<Term>(query, d);
      query += 4;
      a += 4;
      b += 4;
      c += 4;
      d += 4;
    }
    totalA += blockA;
    totalB += blockB;
    totalC += blockC;
    totalD += blockD;
  }
  put(out, totalA, rooted);
  put(out + farOut, totalB, rooted);
  put(out + 2 * farOut, totalC, rooted);
  put(out + 3 * farOut, totalD, rooted);
}

// One row of each half: the products with the query and the row's own squares in one pass.
function cosineOfTwo(query: usize, a: usize, far: usize, squares: f64, count: i32, out: usize, farOut: usize): void {
  let b = a + far;
  let dotA: f64 = 0, dotB: f64 = 0, squaresA: f64 = 0, squaresB: f64 = 0;
  while (count > 0) {
    let length = min(count, BLOCK);
    count -= length;
    let lanesA = f32x4.splat(0), lanesB = lanesA, ownA = lanesA, ownB = lanesA;
    let lanesA1 = lanesA, lanesB1 = lanesA, ownA1 = lanesA, ownB1 = lanesA;
    for (; length >= 8; length -= 8) {
      const q = v128.load(query), x = v128.load(a), y = v128.load(b);
      lanesA = f32x4.add(lanesA, f32x4.mul(q, x));
      ownA = f32x4.add(ownA, f32x4.mul(x, x));
      lanesB = f32x4.add(lanesB, f32x4.mul(q, y));
      ownB = f32x4.add(ownB, f32x4.mul(y, y));
      const q1 = v128.load(query, 16), x1 = v128.load(a, 16), y1 = v128.load(b, 16);
      lanesA1 = f32x4.add(lanesA1, f32x4.mul(q1, x1));
      ownA1 = f32x4.add(ownA1, f32x4.mul(x1, x1));
      lanesB1 = f32x4.add(lanesB1, f32x4.mul(q1, y1));
      ownB1 = f32x4.add(ownB1, f32x4.mul(y1, y1));
      query += 32;
      a += 32;
      b += 32;
    }
    let blockA = tree(lanesA, lanesA1), blockB = tree(lanesB, lanesB1);
    let blockOwnA = tree(ownA, ownA1), blockOwnB = tree(ownB, ownB1);
    for (; length > 0; length--) {
      blockA += termOfRest<Product>(query, a);
      blockOwnA += termOfRest<Product>(a, a);
      blockB += termOfRest<Product>(query, b);
      blockOwnB += termOfRest<Product>(b, b);
      query += 4;
      a += 4;
      b += 4;
    }
    dotA += blockA;
    dotB += blockB;
    squaresA += blockOwnA;
    squaresB += blockOwnB;
  }
  store<f32>(out, <f32>cosineOf(dotA, squares, squaresA));
  store<f32>(out + farOut, <f32>cosineOf(dotB, squares, squaresB));
}

function term<Term>(x: v128, y: v128): v128 {
  if (isInteger<Term>()) return f32x4.mul(x, y);
  const apart = f32x4.sub(x, y);
  return f32x4.mul(apart, apart);
}

// The elements that fill no group of eight go to the total one by one, in f64.
function termOfRest<Term>(a: usize, b: usize): f64 {
  const x = <f64>load<f32>(a), y = <f64>load<f32>(b);
  return isInteger<Term>() ? x * y : (x - y) * (x - y);
}

// Eight lanes to one number, always in this shape: the first sum in f32, the others in f64.
function tree(lanes: v128, lanes1: v128): f64 {
  const four = f32x4.add(lanes, lanes1);
  const two = f64x2.add(
    f64x2.promote_low_f32x4(four),
    f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 2, 3)),
  );
  return f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
}

function cosineOf(product: f64, squaresA: f64, squaresB: f64): f64 {
  const scale = sqrt(squaresA) * sqrt(squaresB);
  return scale === 0 ? 0 : min<f64>(1, max<f64>(-1, product / scale));
}

function put(out: usize, total: f64, rooted: bool): void {
  store<f32>(out, <f32>(rooted ? sqrt(total) : total));
}
