// Kernels over pairs and rows of f64: dot product, squared and rooted Euclidean distance, cosine of the angle.
//
// The f32 file says what is trusted and why the loops look as they do; this one differs where the width of a number
// shows: eight lanes are four vectors instead of two, so two rows at a time are enough to keep eight chains of additions
// busy, and all additions are in f64.

/** Elements of a block; a multiple of 8. Blocks are added up one after another. */
const BLOCK: i32 = 2048;

// The two terms to add up, as types, so that each function below is compiled once for each: an integer type stands for
// the product, a float type for the squared difference.
type Product = i64;
type SquaredDifference = f64;

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
    let lanes = f64x2.splat(0), lanes1 = lanes, lanes2 = lanes, lanes3 = lanes;
    let lanesA = lanes, lanesA1 = lanes, lanesA2 = lanes, lanesA3 = lanes;
    let lanesB = lanes, lanesB1 = lanes, lanesB2 = lanes, lanesB3 = lanes;
    for (; length >= 8; length -= 8) {
      const x = v128.load(a), y = v128.load(b);
      lanes = f64x2.add(lanes, f64x2.mul(x, y));
      lanesA = f64x2.add(lanesA, f64x2.mul(x, x));
      lanesB = f64x2.add(lanesB, f64x2.mul(y, y));
      const x1 = v128.load(a, 16), y1 = v128.load(b, 16);
      lanes1 = f64x2.add(lanes1, f64x2.mul(x1, y1));
      lanesA1 = f64x2.add(lanesA1, f64x2.mul(x1, x1));
      lanesB1 = f64x2.add(lanesB1, f64x2.mul(y1, y1));
      const x2 = v128.load(a, 32), y2 = v128.load(b, 32);
      lanes2 = f64x2.add(lanes2, f64x2.mul(x2, y2));
      lanesA2 = f64x2.add(lanesA2, f64x2.mul(x2, x2));
      lanesB2 = f64x2.add(lanesB2, f64x2.mul(y2, y2));
      const x3 = v128.load(a, 48), y3 = v128.load(b, 48);
      lanes3 = f64x2.add(lanes3, f64x2.mul(x3, y3));
      lanesA3 = f64x2.add(lanesA3, f64x2.mul(x3, x3));
      lanesB3 = f64x2.add(lanesB3, f64x2.mul(y3, y3));
      a += 64;
      b += 64;
    }
    let block = tree(lanes, lanes1, lanes2, lanes3);
    let blockA = tree(lanesA, lanesA1, lanesA2, lanesA3);
    let blockB = tree(lanesB, lanesB1, lanesB2, lanesB3);
    for (; length > 0; length--) {
      block += termOfRest<Product>(a, b);
      blockA += termOfRest<Product>(a, a);
      blockB += termOfRest<Product>(b, b);
      a += 8;
      b += 8;
    }
    product += block;
    squaresA += blockA;
    squaresB += blockB;
  }
  return cosineOf(product, squaresA, squaresB);
}

/** `dot` of one query and each of `rows` rows, `stride` bytes apart, as f64 from `out` on. */
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
  for (; rows > 0; rows--) {
    cosineOfRow(query, first, squares, count, out);
    first += stride;
    out += 8;
  }
}

function pair<Term>(a: usize, b: usize, count: i32): f64 {
  let total: f64 = 0;
  while (count > 0) {
    let length = min(count, BLOCK);
    count -= length;
    let lanes = f64x2.splat(0), lanes1 = lanes, lanes2 = lanes, lanes3 = lanes;
    for (; length >= 8; length -= 8) {
      lanes = f64x2.add(lanes, term<Term>(v128.load(a), v128.load(b)));
      lanes1 = f64x2.add(lanes1, term<Term>(v128.load(a, 16), v128.load(b, 16)));
      lanes2 = f64x2.add(lanes2, term<Term>(v128.load(a, 32), v128.load(b, 32)));
      lanes3 = f64x2.add(lanes3, term<Term>(v128.load(a, 48), v128.load(b, 48)));
      a += 64;
      b += 64;
    }
    let block = tree(lanes, lanes1, lanes2, lanes3);
    for (; length > 0; length--) {
      block += termOfRest<Term>(a, b);
      a += 8;
      b += 8;
    }
    total += block;
  }
  return total;
}

function everyRow<Term>(
  query: usize, first: usize, stride: usize, rows: i32, count: i32, out: usize, rooted: bool,
): void {
  const half = rows >> 1;
  const far = <usize>half * stride;
  for (let row = 0; row < half; row++) {
    twoRows<Term>(query, first, far, count, out, half << 3, rooted);
    first += stride;
    out += 8;
  }
  if ((rows & 1) !== 0) put(out + (half << 3), pair<Term>(query, first + far, count), rooted);
}

// One row of each half: `far` bytes apart in the table, `farOut` bytes apart in the result.
function twoRows<Term>(
  query: usize, a: usize, far: usize, count: i32, out: usize, farOut: usize, rooted: bool,
): void {
  let b = a + far;
  let totalA: f64 = 0, totalB: f64 = 0;
  while (count > 0) {
    let length = min(count, BLOCK);
    count -= length;
    let lanesA = f64x2.splat(0), lanesA1 = lanesA, lanesA2 = lanesA, lanesA3 = lanesA;
    let lanesB = lanesA, lanesB1 = lanesA, lanesB2 = lanesA, lanesB3 = lanesA;
    for (; length >= 8; length -= 8) {
      const q = v128.load(query), q1 = v128.load(query, 16), q2 = v128.load(query, 32), q3 = v128.load(query, 48);
      lanesA = f64x2.add(lanesA, term<Term>(q, v128.load(a)));
      lanesB = f64x2.add(lanesB, term<Term>(q, v128.load(b)));
      lanesA1 = f64x2.add(lanesA1, term<Term>(q1, v128.load(a, 16)));
      lanesB1 = f64x2.add(lanesB1, term<Term>(q1, v128.load(b, 16)));
      lanesA2 = f64x2.add(lanesA2, term<Term>(q2, v128.load(a, 32)));
      lanesB2 = f64x2.add(lanesB2, term<Term>(q2, v128.load(b, 32)));
      lanesA3 = f64x2.add(lanesA3, term<Term>(q3, v128.load(a, 48)));
      lanesB3 = f64x2.add(lanesB3, term<Term>(q3, v128.load(b, 48)));
      query += 64;
      a += 64;
      b += 64;
    }
    let blockA = tree(lanesA, lanesA1, lanesA2, lanesA3);
    let blockB = tree(lanesB, lanesB1, lanesB2, lanesB3);
    for (; length > 0; length--) {
      blockA += termOfRest<Term>(query, a);
      blockB += termOfRest<Term>(query, b);
      query += 8;
      a += 8;
      b += 8;
    }
    totalA += blockA;
    totalB += blockB;
  }
  put(out, totalA, rooted);
  put(out + farOut, totalB, rooted);
}

// The products with the query and the row's own squares in one pass.
function cosineOfRow(query: usize, row: usize, squares: f64, count: i32, out: usize): void {
  let product: f64 = 0, squaresOfRow: f64 = 0;
  while (count > 0) {
    let length = min(count, BLOCK);
    count -= length;
    let lanes = f64x2.splat(0), lanes1 = lanes, lanes2 = lanes, lanes3 = lanes;
    let own = lanes, own1 = lanes, own2 = lanes, own3 = lanes;
    for (; length >= 8; length -= 8) {
      const x = v128.load(row), x1 = v128.load(row, 16), x2 = v128.load(row, 32), x3 = v128.load(row, 48);
      lanes = f64x2.add(lanes, f64x2.mul(v128.load(query), x));
      own = f64x2.add(own, f64x2.mul(x, x));
      lanes1 = f64x2.add(lanes1, f64x2.mul(v128.load(query, 16), x1));
      own1 = f64x2.add(own1, f64x2.mul(x1, x1));
      lanes2 = f64x2.add(lanes2, f64x2.mul(v128.load(query, 32), x2));
      own2 = f64x2.add(own2, f64x2.mul(x2, x2));
      lanes3 = f64x2.add(lanes3, f64x2.mul(v128.load(query, 48), x3));
      own3 = f64x2.add(own3, f64x2.mul(x3, x3));
      query += 64;
      row += 64;
    }
    let block = tree(lanes, lanes1, lanes2, lanes3);
    let blockOwn = tree(own, own1, own2, own3);
    for (; length > 0; length--) {
      block += termOfRest<Product>(query, row);
      blockOwn += termOfRest<Product>(row, row);
      query += 8;
      row += 8;
    }
    product += block;
    squaresOfRow += blockOwn;
  }
  put(out, cosineOf(product, squares, squaresOfRow), false);
}

function term<Term>(x: v128, y: v128): v128 {
  if (isInteger<Term>()) return f64x2.mul(x, y);
  const apart = f64x2.sub(x, y);
  return f64x2.mul(apart, apart);
}

// The elements that fill no group of eight go to the total of their block one by one.
function termOfRest<Term>(a: usize, b: usize): f64 {
  const x = load<f64>(a), y = load<f64>(b);
  return isInteger<Term>() ? x * y : (x - y) * (x - y);
}

// Eight lanes to one number, always in this shape.
function tree(a: v128, b: v128, c: v128, d: v128): f64 {
  const lanes = f64x2.add(f64x2.add(a, c), f64x2.add(b, d));
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}

function cosineOf(product: f64, squaresA: f64, squaresB: f64): f64 {
  const scale = sqrt(squaresA) * sqrt(squaresB);
  return scale === 0 ? 0 : min<f64>(1, max<f64>(-1, product / scale));
}

function put(out: usize, total: f64, rooted: bool): void {
  store<f64>(out, rooted ? sqrt(total) : total);
}
