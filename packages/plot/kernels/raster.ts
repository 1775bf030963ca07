// The rasterizer: areas by exact coverage, strokes by distance, and the blending of one colour by coverage.
//
// Areas: every edge adds, to a table of cells that is as large as the figure, how much of the pixel to its right it
// opens or closes, in integers (coordinates are rounded to 1/256 pixel); a running sum along each row is the coverage
// (R. Levien, "Inside the fastest font renderer in the world", 2016; the cells are those of FreeType's and AGG's
// smooth rasterizers). Being integers, closed rings cancel exactly.
//
// Strokes: each segment writes the coverage of a capsule, half the width + 1/2 - the distance, into a mask of bytes,
// combined with what is there by maximum. So joins and crossings are not drawn twice, and the order does not matter.
//
// src/raster/raster-twin.ts computes the same in the same order of operations, and so the same bits. Nothing is
// checked here: src/raster/surface.ts lays the tables out and keeps clips inside them.

/** What a wholly covered cell adds up to: 256 heights of 1/256 times twice a width of 256. */
const FULL: i32 = 131072;
const NO_CAP: f32 = 1e30;

// The clip and the tables of the call that runs. Globals of an instance belong to one thread.
let cells: usize = 0;
let cellStride: i32 = 0;
let clipLeft: f64 = 0;
let clipTop: f64 = 0;
let clipRight: f64 = 0;
let clipBottom: f64 = 0;

/**
 * Adds `count` edges, four f64 each (x0, y0, x1, y1), to the cells at `table`, clipped to whole pixels. `stride` counts
 * cells of four bytes; a row has one more than the clip reaches.
 */
export function addEdges(
  edges: usize, count: i32, table: usize, stride: i32, left: i32, top: i32, right: i32, bottom: i32,
): void {
  cells = table;
  cellStride = stride;
  clipLeft = left;
  clipTop = top;
  clipRight = right;
  clipBottom = bottom;
  for (; count > 0; count--) {
    const x0 = load<f64>(edges), y0 = load<f64>(edges, 8), x1 = load<f64>(edges, 16), y1 = load<f64>(edges, 24);
    edges += 32;
    if (y0 < y1) clipEdge(x0, y0, x1, y1, 1);
    else if (y1 < y0) clipEdge(x1, y1, x0, y0, -1);
  }
}

// Which share of the way from one number to a larger or smaller one `at` is. Differences of huge numbers overflow, and
// quarters of tiny ones are 0.
function shareOf(at: f64, from: f64, to: f64): f64 {
  const way = to - from;
  if (Math.abs(way) < Infinity) return (at - from) / way;
  return (at * 0.25 - from * 0.25) / (to * 0.25 - from * 0.25);
}

function between(from: f64, to: f64, share: f64): f64 {
  return from * (1 - share) + to * share;
}

// A height between two others, whatever rounding does.
function heightAt(x: f64, x2: f64, y2: f64, x3: f64, y3: f64): f64 {
  return min(max(between(y2, y3, shareOf(x, x2, x3)), y2), y3);
}

// An edge that goes down. What lies left of the clip becomes its left side, what lies right of it has no effect.
function clipEdge(fromX: f64, fromY: f64, toX: f64, toY: f64, sign: i32): void {
  if (toY <= clipTop || fromY >= clipBottom) return;
  let x0 = fromX, y0 = fromY, x1 = toX, y1 = toY;
  if (y0 < clipTop) {
    x0 = between(fromX, toX, shareOf(clipTop, fromY, toY));
    y0 = clipTop;
  }
  if (y1 > clipBottom) {
    x1 = between(fromX, toX, shareOf(clipBottom, fromY, toY));
    y1 = clipBottom;
  }
  if (x0 >= clipRight && x1 >= clipRight) return;
  if (x0 <= clipLeft && x1 <= clipLeft) return addLine(clipLeft, y0, clipLeft, y1, sign);
  const x2 = x0, y2 = y0, x3 = x1, y3 = y1;
  if (x2 < clipLeft) {
    y0 = heightAt(clipLeft, x2, y2, x3, y3);
    x0 = clipLeft;
    addLine(clipLeft, y2, clipLeft, y0, sign);
  } else if (x2 > clipRight) {
    y0 = heightAt(clipRight, x2, y2, x3, y3);
    x0 = clipRight;
  }
  if (x3 < clipLeft) {
    y1 = heightAt(clipLeft, x2, y2, x3, y3);
    x1 = clipLeft;
    addLine(clipLeft, y1, clipLeft, y3, sign);
  } else if (x3 > clipRight) {
    y1 = heightAt(clipRight, x2, y2, x3, y3);
    x1 = clipRight;
  }
  addLine(x0, y0, x1, y1, sign);
}

function fixed(value: f64): i32 {
  return <i32>Math.floor(value * 256 + 0.5);
}

// A line inside the clip that goes down, row by row.
function addLine(fromX: f64, fromY: f64, toX: f64, toY: f64, sign: i32): void {
  const xa = fixed(fromX), ya = fixed(fromY), xb = fixed(toX), yb = fixed(toY);
  if (ya >= yb) return;
  const dx = <f64>(xb - xa), dy = <f64>(yb - ya);
  const last = (yb - 1) >> 8;
  let x = xa, y = ya;
  for (let row = ya >> 8; row <= last; row++) {
    const rowTop = row << 8;
    const nextY = min(yb, rowTop + 256);
    const nextX = nextY == yb ? xb : xa + <i32>Math.floor((dx * <f64>(nextY - ya)) / dy);
    const address = cells + ((<usize>row * <usize>cellStride) << 2);
    if (x <= nextX) addSpan(address, x, y - rowTop, nextX, nextY - rowTop, sign);
    else addSpan(address, nextX, nextY - rowTop, x, y - rowTop, -sign);
    x = nextX;
    y = nextY;
  }
}

// A piece of a line within one row, from left to right.
function addSpan(row: usize, xa: i32, ya: i32, xb: i32, yb: i32, sign: i32): void {
  let cell = xa >> 8;
  let start = xa, startY = ya;
  for (;;) {
    const cellLeft = cell << 8;
    const end = min(xb, cellLeft + 256);
    const endY = end == xb ? yb : ya + <i32>Math.floor((<f64>(end - xa) * <f64>(yb - ya)) / <f64>(xb - xa));
    const height = (endY - startY) * sign;
    const width = start - cellLeft + (end - cellLeft);
    const address = row + ((<usize>cell) << 2);
    store<i32>(address, load<i32>(address) + height * (512 - width));
    store<i32>(address, load<i32>(address, 4) + height * width, 4);
    if (end == xb) return;
    start = end;
    startY = endY;
    cell++;
  }
}

/**
 * Turns cells into coverage, for pixels from `left` to before `right` and rows from `top` to before `bottom`: combines
 * it with the mask by maximum, and leaves cells of zeros. `evenOdd` is 1 or 0.
 */
export function sweep(
  table: usize, stride: i32, mask: usize, maskStride: i32, left: i32, top: i32, right: i32, bottom: i32, evenOdd: i32,
): void {
  for (let row = top; row < bottom; row++) {
    const source = table + (((<usize>row * <usize>stride) + <usize>left) << 2);
    const target = mask + <usize>row * <usize>maskStride + <usize>left;
    if (evenOdd != 0) sweepRow<bool>(source, target, right - left);
    else sweepRow<i32>(source, target, right - left);
    store<i32>(source + ((<usize>(right - left)) << 2), 0);
  }
}

function sweepRow<R>(source: usize, target: usize, count: i32): void {
  let carry: i32 = 0;
  for (; count >= 4; count -= 4) {
    const added = v128.load(source);
    if (v128.any_true(added) || carry != 0) {
      let sums = i32x4.add(added, i8x16.shuffle(i32x4.splat(0), added, 0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27));
      sums = i32x4.add(sums, i8x16.shuffle(i32x4.splat(0), sums, 0, 1, 2, 3, 0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23));
      sums = i32x4.add(sums, i32x4.splat(carry));
      carry = i32x4.extract_lane(sums, 3);
      v128.store(source, i32x4.splat(0));
      const covered = coverageLanes<R>(sums);
      const narrow = i16x8.narrow_i32x4_s(covered, covered);
      const bytes = i8x16.max_u(i8x16.narrow_i16x8_u(narrow, narrow), v128.load32_zero(target));
      v128.store32_lane(target, bytes, 0);
    }
    source += 16;
    target += 4;
  }
  for (; count > 0; count--) {
    carry += load<i32>(source);
    store<i32>(source, 0);
    store<u8>(target, max<i32>(coverage<R>(carry), load<u8>(target)));
    source += 4;
    target++;
  }
}

function coverageLanes<R>(sums: v128): v128 {
  const full = i32x4.splat(FULL);
  let part = i32x4.abs(sums);
  if (isBoolean<R>()) {
    part = v128.and(part, i32x4.splat(2 * FULL - 1));
    part = i32x4.min_s(part, i32x4.sub(i32x4.splat(2 * FULL), part));
  } else {
    part = i32x4.min_s(part, full);
  }
  return i32x4.shr_u(i32x4.add(i32x4.mul(part, i32x4.splat(255)), i32x4.splat(FULL >> 1)), 17);
}

function coverage<R>(sum: i32): i32 {
  let part = abs(sum);
  if (isBoolean<R>()) {
    part &= 2 * FULL - 1;
    part = min(part, 2 * FULL - part);
  } else {
    part = min(part, FULL);
  }
  return (part * 255 + (FULL >> 1)) >>> 17;
}

// ---- Strokes.

let maskBase: usize = 0;
let maskRow: i32 = 0;
let left: i32 = 0;
let top: i32 = 0;
let right: i32 = 0;
let bottom: i32 = 0;

// The segment that is drawn.
let reach: f32 = 0;
let alongX: f32 = 0;
let alongY: f32 = 0;
let lowest: f32 = 0;
let highest: f32 = 0;
let startCut: f32 = 0;
let endCut: f32 = 0;

/**
 * Writes `count` segments, four f64 each, into the mask. `caps` is 1 for a flat start, 2 for a flat end, 3 for both and
 * 0 for round ones. The caller has clipped them to the neighbourhood of the clip, so that they are not huge.
 */
export function strokeSegments(
  segments: usize, count: i32, halfWidth: f64, caps: i32,
  mask: usize, maskStride: i32, clipX0: i32, clipY0: i32, clipX1: i32, clipY1: i32,
): void {
  maskBase = mask;
  maskRow = maskStride;
  left = clipX0;
  top = clipY0;
  right = clipX1;
  bottom = clipY1;
  for (; count > 0; count--) {
    strokeSegment(load<f64>(segments), load<f64>(segments, 8), load<f64>(segments, 16), load<f64>(segments, 24), halfWidth, caps);
    segments += 32;
  }
}

function strokeSegment(x0: f64, y0: f64, x1: f64, y1: f64, halfWidth: f64, caps: i32): void {
  const dx = x1 - x0, dy = y1 - y0;
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length < 1e-9 && caps != 0) return;
  const ux = length < 1e-9 ? 1 : dx / length;
  const uy = length < 1e-9 ? 0 : dy / length;
  const radius = halfWidth + 0.5;
  reach = <f32>radius;
  alongX = <f32>ux;
  alongY = <f32>uy;
  lowest = (caps & 1) != 0 ? -NO_CAP : 0;
  highest = (caps & 2) != 0 ? NO_CAP : <f32>length;
  startCut = (caps & 1) != 0 ? 0.5 : NO_CAP;
  endCut = (caps & 2) != 0 ? <f32>length + <f32>0.5 : NO_CAP;
  const lowX = min(x0, x1) - radius, highX = max(x0, x1) + radius;
  const lowY = min(y0, y1), highY = max(y0, y1);
  if (highX <= <f64>left || lowX >= <f64>right) return;
  const firstRow = max(top, <i32>Math.floor(max(lowY - radius, -1)));
  const lastRow = min(bottom - 1, <i32>Math.floor(min(highY + radius, <f64>bottom)));
  if (dx == 0 && length >= 1e-9 && right - left >= 4) {
    const from = max(left, <i32>Math.floor(max(lowX, -1)));
    const to = min(right - 1, <i32>Math.floor(min(highX, <f64>right)));
    strokeUpright(firstRow, lastRow, from, to, x0, y0, lowY, highY);
    return;
  }
  if (isCovered(firstRow, lastRow, lowX, highX)) return;
  const slope = Math.abs(uy) < 0.001 ? 0 : ux / uy;
  const half = Math.abs(uy) < 0.001 ? Infinity : radius / Math.abs(uy);
  for (let row = firstRow; row <= lastRow; row++) {
    const y = <f64>row + 0.5 - y0;
    const middle = x0 + y * slope;
    const from = max(left, <i32>Math.floor(max(max(lowX, middle - half), -1)));
    const to = min(right - 1, <i32>Math.floor(min(min(highX, middle + half), <f64>right)));
    if (from > to) continue;
    strokeRow(row, from, to, <f32>y, x0);
  }
}

// Whether all pixels that a short segment can reach are wholly covered, as where a line goes to and fro.
function isCovered(firstRow: i32, lastRow: i32, lowX: f64, highX: f64): bool {
  const from = max(left, <i32>Math.floor(max(lowX, -1)));
  const count = min(right, <i32>Math.floor(min(highX, <f64>right)) + 1) - from;
  if (count < 1 || count > 8 || from + 8 > right) return false;
  const others = count == 8 ? 0 : <u64>-1 << (<u64>count << 3);
  let address = maskBase + <usize>firstRow * <usize>maskRow + <usize>from;
  for (let row = firstRow; row <= lastRow; row++) {
    if ((load<u64>(address) | others) != <u64>-1) return false;
    address += <usize>maskRow;
  }
  return true;
}

// Four pixels at once; the last four are moved left where they would leave the clip, since a maximum may be taken twice.
function strokeRow(row: i32, from: i32, to: i32, y: f32, x0: f64): void {
  const address = maskBase + <usize>row * <usize>maskRow;
  if (right - left < 4) {
    for (let x = from; x <= to; x++) {
      const at = address + <usize>x;
      const covered = i32x4.extract_lane(capsule(x, y, x0), 0);
      store<u8>(at, max<i32>(covered, load<u8>(at)));
    }
    return;
  }
  for (let x = from; x <= to; x += 4) {
    const start = min(x, right - 4);
    const at = address + <usize>start;
    // Where a line goes back and forth, most pixels are wholly covered already.
    if (load<u32>(at) == 0xffffffff) continue;
    const covered = capsule(start, y, x0);
    v128.store32_lane(at, i8x16.max_u(bytesOf(covered, covered), v128.load32_zero(at)), 0);
  }
}

// A vertical segment, of which a dense line has one for each column: what depends on the column is computed once for all of
// its rows, and between the ends all rows are alike. Two groups of four go in one store where there is room, since a line
// in a column is five pixels wide as often as four.
function strokeUpright(
  first: i32, last: i32, from: i32, to: i32, x0: f64, y0: f64, lowY: f64, highY: f64,
): void {
  const alike = max(first, <i32>Math.ceil(max(lowY, 0)));
  const end = max(alike, min(last + 1, <i32>Math.floor(max(highY, 0))));
  for (let x = from; x <= to; x += 4) {
    const wide = x + 4 <= to && x + 8 <= right;
    const start = wide ? x : min(x, right - 4);
    const base = maskBase + <usize>start;
    const across = squaresAcross(start, x0);
    const more = wide ? squaresAcross(start + 4, x0) : across;
    for (let row = first; row < min(alike, last + 1); row++) coverRow(base, row, row, y0, across, more, wide);
    if (alike < end) coverRow(base, alike, end - 1, y0, across, more, wide);
    for (let row = end; row <= last; row++) coverRow(base, row, row, y0, across, more, wide);
    if (wide) x += 4;
  }
}

// The coverage of a row, written to that row and those down to `last`.
function coverRow(base: usize, row: i32, last: i32, y0: f64, across: v128, more: v128, wide: bool): void {
  const t = <f32>(<f64>row + 0.5 - y0) * alongY;
  const beyond = t - min(max(t, lowest), highest);
  const cut = min(t + startCut, endCut - t);
  const near = covering(across, beyond * beyond, cut);
  const address = base + <usize>row * <usize>maskRow;
  if (wide) coverColumns8(address, last + 1 - row, bytesOf(near, covering(more, beyond * beyond, cut)));
  else coverColumns4(address, last + 1 - row, bytesOf(near, near));
}

// The squares of the distances of four pixels from a vertical line.
function squaresAcross(x: i32, x0: f64): v128 {
  const across = f32x4.mul(distancesFrom(x, x0), f32x4.splat(alongY));
  return f32x4.mul(across, across);
}

function covering(across: v128, beyond: f32, cut: f32): v128 {
  const distance = f32x4.sqrt(f32x4.add(f32x4.splat(beyond), across));
  return shareOf255(f32x4.min(f32x4.sub(f32x4.splat(reach), distance), f32x4.splat(cut)));
}

function shareOf255(part: v128): v128 {
  const share = f32x4.min(f32x4.max(part, f32x4.splat(0)), f32x4.splat(1));
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(share, f32x4.splat(255)), f32x4.splat(0.5)));
}

function coverColumns4(at: usize, rows: i32, bytes: v128): void {
  for (; rows > 0; rows--) {
    v128.store32_lane(at, i8x16.max_u(bytes, v128.load32_zero(at)), 0);
    at += <usize>maskRow;
  }
}

function coverColumns8(at: usize, rows: i32, bytes: v128): void {
  for (; rows > 0; rows--) {
    v128.store64_lane(at, i8x16.max_u(bytes, v128.load64_zero(at)), 0);
    at += <usize>maskRow;
  }
}

// Four bytes, and four more.
function bytesOf(covered: v128, more: v128): v128 {
  const narrow = i16x8.narrow_i32x4_s(covered, more);
  return i8x16.narrow_i16x8_u(narrow, narrow);
}

// How far right of `x0` the middles of four pixels are. Each is rounded by itself, so that it is covered the same in
// whichever four it comes.
function distancesFrom(x: i32, x0: f64): v128 {
  const middles = f64x2.add(f64x2.splat(<f64>x), f64x2(0.5, 1.5));
  const first = f32x4.demote_f64x2_zero(f64x2.sub(middles, f64x2.splat(x0)));
  const last = f32x4.demote_f64x2_zero(f64x2.sub(f64x2.add(middles, f64x2.splat(2)), f64x2.splat(x0)));
  return i64x2.shuffle(first, last, 0, 2);
}

// The coverage, 0 to 255, of four pixels of a row that is `y` below the start of the segment.
function capsule(x: i32, y: f32, x0: f64): v128 {
  const xs = distancesFrom(x, x0);
  const t = f32x4.add(f32x4.mul(xs, f32x4.splat(alongX)), f32x4.splat(y * alongY));
  const across = f32x4.sub(f32x4.splat(y * alongX), f32x4.mul(xs, f32x4.splat(alongY)));
  const beyond = f32x4.sub(t, f32x4.min(f32x4.max(t, f32x4.splat(lowest)), f32x4.splat(highest)));
  const distance = f32x4.sqrt(f32x4.add(f32x4.mul(beyond, beyond), f32x4.mul(across, across)));
  let part = f32x4.sub(f32x4.splat(reach), distance);
  part = f32x4.min(part, f32x4.add(t, f32x4.splat(startCut)));
  return shareOf255(f32x4.min(part, f32x4.sub(f32x4.splat(endCut), t)));
}

// ---- Blending. Pixels are R, G, B, A, not premultiplied; colours are 0xAABBGGRR as they lie in memory.

let colorRgb: u32 = 0;
let colorAlpha: u32 = 0;
let colorLanes: v128 = i32x4.splat(0);

function setColor(color: u32): void {
  colorRgb = color | 0xff000000;
  colorAlpha = color >>> 24;
  colorLanes = i32x4.splat(colorRgb);
}

// value / 255, rounded, for values up to 65025.
function by255(value: u32): u32 {
  const rounded = value + 128;
  return (rounded + (rounded >>> 8)) >>> 8;
}

/** Blends a colour into the pixels by the mask, and leaves the mask zero there if `clear` is 1. */
export function blendMask(
  pixels: usize, stride: i32, mask: usize, maskStride: i32, x0: i32, y0: i32, x1: i32, y1: i32, color: u32, clear: i32,
): void {
  setColor(color);
  for (let row = y0; row < y1; row++) {
    const target = pixels + <usize>row * <usize>stride + ((<usize>x0) << 2);
    const source = mask + <usize>row * <usize>maskStride + <usize>x0;
    blendMaskRow(target, source, x1 - x0);
    if (clear != 0) memory.fill(source, 0, <usize>(x1 - x0));
  }
}

function blendMaskRow(target: usize, source: usize, count: i32): void {
  for (; count >= 16; count -= 16) {
    const coverages = v128.load(source);
    if (colorAlpha == 255 && i8x16.all_true(i8x16.eq(coverages, i8x16.splat(-1)))) {
      v128.store(target, colorLanes);
      v128.store(target, colorLanes, 16);
      v128.store(target, colorLanes, 32);
      v128.store(target, colorLanes, 48);
    } else if (v128.any_true(coverages)) {
      blendFour(target, load<u32>(source));
      blendFour(target + 16, load<u32>(source, 4));
      blendFour(target + 32, load<u32>(source, 8));
      blendFour(target + 48, load<u32>(source, 12));
    }
    source += 16;
    target += 64;
  }
  for (; count > 0; count--) {
    blendOne(target, load<u8>(source));
    source++;
    target += 4;
  }
}

// Four pixels by four bytes of coverage.
function blendFour(target: usize, coverages: u32): void {
  if (coverages == 0) return;
  if (coverages == 0xffffffff && colorAlpha == 255) return v128.store(target, colorLanes);
  const under = v128.load(target);
  // In clouds of points most pixels have the colour already.
  if (colorAlpha == 255 && i32x4.all_true(i32x4.eq(under, colorLanes))) return;
  if (!i32x4.all_true(i32x4.eq(i32x4.shr_u(under, 24), i32x4.splat(255)))) return blendOneByOne(target, coverages);
  // A pixel's coverage in all four of its lanes, times alpha, over 255.
  const spread = i8x16.shuffle(i32x4.splat(coverages), i32x4.splat(0), 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  const alpha = i16x8.splat(<i16>colorAlpha);
  const low = lanesBy255(i16x8.mul(i16x8.extend_low_i8x16_u(spread), alpha));
  const high = lanesBy255(i16x8.mul(i16x8.extend_high_i8x16_u(spread), alpha));
  const all = i16x8.splat(255);
  const newLow = i16x8.add(
    i16x8.mul(i16x8.extend_low_i8x16_u(colorLanes), low),
    i16x8.mul(i16x8.extend_low_i8x16_u(under), i16x8.sub(all, low)),
  );
  const newHigh = i16x8.add(
    i16x8.mul(i16x8.extend_high_i8x16_u(colorLanes), high),
    i16x8.mul(i16x8.extend_high_i8x16_u(under), i16x8.sub(all, high)),
  );
  v128.store(target, i8x16.narrow_i16x8_u(lanesBy255(newLow), lanesBy255(newHigh)));
}

function lanesBy255(values: v128): v128 {
  const rounded = i16x8.add(values, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(rounded, i16x8.shr_u(rounded, 8)), 8);
}

function blendOneByOne(target: usize, coverages: u32): void {
  for (let index: usize = 0; index < 4; index++) {
    blendOne(target + (index << 2), (coverages >>> (<u32>index << 3)) & 0xff);
  }
}

// One pixel, whatever its own alpha is.
function blendOne(target: usize, covered: u32): void {
  const alpha = by255(covered * colorAlpha);
  if (alpha == 0) return;
  if (alpha == 255) return store<u32>(target, colorRgb);
  const under = load<u32>(target);
  const underAlpha = under >>> 24;
  if (underAlpha == 0) return store<u32>(target, (colorRgb & 0xffffff) | (alpha << 24));
  const keep = by255(underAlpha * (255 - alpha));
  const sum = alpha + keep;
  const red = mix(colorRgb & 0xff, under & 0xff, alpha, keep, sum);
  const green = mix((colorRgb >>> 8) & 0xff, (under >>> 8) & 0xff, alpha, keep, sum);
  const blue = mix((colorRgb >>> 16) & 0xff, (under >>> 16) & 0xff, alpha, keep, sum);
  store<u32>(target, red | (green << 8) | (blue << 16) | (sum << 24));
}

// Rounds as `by255` does where the sum is 255.
function mix(over: u32, under: u32, alpha: u32, keep: u32, sum: u32): u32 {
  const value = over * alpha + under * keep;
  return sum == 255 ? by255(value) : (value + (sum >>> 1)) / sum;
}

/** Blends a colour into a block of pixels by one coverage, 0 to 255. */
export function blendBlock(
  pixels: usize, stride: i32, x0: i32, y0: i32, x1: i32, y1: i32, color: u32, covered: u32,
): void {
  setColor(color);
  const four = covered * 0x01010101;
  const opaque = four == 0xffffffff && colorAlpha == 255;
  for (let row = y0; row < y1; row++) {
    let target = pixels + <usize>row * <usize>stride + ((<usize>x0) << 2);
    let count = x1 - x0;
    if (opaque) {
      for (; count >= 16; count -= 16) {
        v128.store(target, colorLanes);
        v128.store(target, colorLanes, 16);
        v128.store(target, colorLanes, 32);
        v128.store(target, colorLanes, 48);
        target += 64;
      }
    }
    for (; count >= 4; count -= 4) {
      blendFour(target, four);
      target += 16;
    }
    for (; count > 0; count--) {
      blendOne(target, covered);
      target += 4;
    }
  }
}

/** Blends colours into as many pixels, each by its own alpha. */
export function blendColors(target: usize, colors: usize, count: i32): void {
  const opaque = i32x4.splat(255);
  for (; count >= 4; count -= 4) {
    const four = v128.load(colors);
    if (i32x4.all_true(i32x4.eq(i32x4.shr_u(four, 24), opaque))) v128.store(target, four);
    else for (let at: usize = 0; at < 16; at += 4) blendOwn(target + at, load<u32>(colors + at));
    colors += 16;
    target += 16;
  }
  for (; count > 0; count--) {
    blendOwn(target, load<u32>(colors));
    colors += 4;
    target += 4;
  }
}

function blendOwn(target: usize, color: u32): void {
  setColor(color);
  blendOne(target, 255);
}

/**
 * Stamps a sprite at `count` points, two f64 each. Sprites are masks of `width` by `height` bytes, sixteen of them one
 * after the other: for each quarter of a pixel, down and then right. `originX` and `originY` are the pixels from the top
 * left of a sprite to the point. Points are finite and within a million pixels.
 */
export function stamp(
  points: usize, count: i32, sprites: usize, width: i32, height: i32, originX: i32, originY: i32,
  pixels: usize, stride: i32, clipX0: i32, clipY0: i32, clipX1: i32, clipY1: i32, color: u32,
): void {
  setColor(color);
  for (; count > 0; count--) {
    const qx = <i32>Math.floor(load<f64>(points) * 4 + 0.5);
    const qy = <i32>Math.floor(load<f64>(points, 8) * 4 + 0.5);
    points += 16;
    const sprite = sprites + <usize>(((qy & 3) << 2) | (qx & 3)) * <usize>(width * height);
    const x = (qx >> 2) - originX, y = (qy >> 2) - originY;
    const fromX = max(clipX0, x), toX = min(clipX1, x + width);
    const toY = min(clipY1, y + height);
    if (fromX >= toX) continue;
    for (let row = max(clipY0, y); row < toY; row++) {
      const source = sprite + <usize>((row - y) * width + (fromX - x));
      stampRow(pixels + <usize>row * <usize>stride + ((<usize>fromX) << 2), source, toX - fromX);
    }
  }
}

function stampRow(target: usize, source: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    blendFour(target, load<u32>(source));
    source += 4;
    target += 16;
  }
  for (; count > 0; count--) {
    blendOne(target, load<u8>(source));
    source++;
    target += 4;
  }
}
