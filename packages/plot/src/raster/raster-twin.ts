// What kernels/raster.ts does, in TypeScript: the same operations in the same order, and so the same bits. Runs where the
// pool has no wasm memory, and where the pixels lie outside of it. The algorithms are described there.

import type { Bounds } from "../paint/bounds.ts";
import { shareOf } from "../paint/points.ts";
const FULL = 131_072;
const NO_CAP = Math.fround(1e30);
const { fround } = Math;

/** Adds `count` edges, four numbers each, to the cells. */
export function addEdges(
  edges: Float64Array,
  count: number,
  cells: Int32Array,
  stride: number,
  clip: Bounds,
): void {
  for (let index = 0; index < 4 * count; index += 4) {
    const x0 = edges[index];
    const y0 = edges[index + 1];
    const x1 = edges[index + 2];
    const y1 = edges[index + 3];
    if (y0 < y1) clipEdge(cells, stride, clip, x0, y0, x1, y1, 1);
    else if (y1 < y0) clipEdge(cells, stride, clip, x1, y1, x0, y0, -1);
  }
}

function between(from: number, to: number, share: number): number {
  return from * (1 - share) + to * share;
}

// A height between two others, whatever rounding does.
function heightAt(x: number, x2: number, y2: number, x3: number, y3: number): number {
  return Math.min(Math.max(between(y2, y3, shareOf(x, x2, x3)), y2), y3);
}

function clipEdge(
  cells: Int32Array,
  stride: number,
  clip: Bounds,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  sign: number,
): void {
  const { left, right, top, bottom } = clip;
  if (toY <= top || fromY >= bottom) return;
  const x2 = fromY < top ? between(fromX, toX, shareOf(top, fromY, toY)) : fromX;
  const y2 = fromY < top ? top : fromY;
  const x3 = toY > bottom ? between(fromX, toX, shareOf(bottom, fromY, toY)) : toX;
  const y3 = toY > bottom ? bottom : toY;
  if (x2 >= right && x3 >= right) return;
  if (x2 <= left && x3 <= left) {
    addLine(cells, stride, left, y2, left, y3, sign);
    return;
  }
  let x0 = x2;
  let y0 = y2;
  let x1 = x3;
  let y1 = y3;
  if (x2 < left) {
    y0 = heightAt(left, x2, y2, x3, y3);
    x0 = left;
    addLine(cells, stride, left, y2, left, y0, sign);
  } else if (x2 > right) {
    y0 = heightAt(right, x2, y2, x3, y3);
    x0 = right;
  }
  if (x3 < left) {
    y1 = heightAt(left, x2, y2, x3, y3);
    x1 = left;
    addLine(cells, stride, left, y1, left, y3, sign);
  } else if (x3 > right) {
    y1 = heightAt(right, x2, y2, x3, y3);
    x1 = right;
  }
  addLine(cells, stride, x0, y0, x1, y1, sign);
}

function fixed(value: number): number {
  return Math.floor(value * 256 + 0.5);
}

function addLine(
  cells: Int32Array,
  stride: number,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  sign: number,
): void {
  const xa = fixed(fromX);
  const ya = fixed(fromY);
  const xb = fixed(toX);
  const yb = fixed(toY);
  if (ya >= yb) return;
  const dx = xb - xa;
  const dy = yb - ya;
  const last = (yb - 1) >> 8;
  let x = xa;
  let y = ya;
  for (let row = ya >> 8; row <= last; row++) {
    const rowTop = row << 8;
    const nextY = Math.min(yb, rowTop + 256);
    const nextX = nextY === yb ? xb : xa + Math.floor((dx * (nextY - ya)) / dy);
    if (x <= nextX) addSpan(cells, row * stride, x, y - rowTop, nextX, nextY - rowTop, sign);
    else addSpan(cells, row * stride, nextX, nextY - rowTop, x, y - rowTop, -sign);
    x = nextX;
    y = nextY;
  }
}

function addSpan(
  cells: Int32Array,
  row: number,
  xa: number,
  ya: number,
  xb: number,
  yb: number,
  sign: number,
): void {
  let cell = xa >> 8;
  let start = xa;
  let startY = ya;
  for (;;) {
    const cellLeft = cell << 8;
    const end = Math.min(xb, cellLeft + 256);
    const endY = end === xb ? yb : ya + Math.floor(((end - xa) * (yb - ya)) / (xb - xa));
    const height = (endY - startY) * sign;
    const width = start - cellLeft + (end - cellLeft);
    cells[row + cell] += height * (512 - width);
    cells[row + cell + 1] += height * width;
    if (end === xb) return;
    start = end;
    startY = endY;
    cell++;
  }
}

/** Turns cells into coverage, combines it with the mask by maximum, and leaves cells of zeros. */
export function sweep(
  cells: Int32Array,
  stride: number,
  mask: Uint8Array,
  maskStride: number,
  bounds: Bounds,
  evenOdd: boolean,
): void {
  const { left, top, right, bottom } = bounds;
  for (let row = top; row < bottom; row++) {
    const source = row * stride;
    const target = row * maskStride;
    let sum = 0;
    for (let x = left; x < right; x++) {
      sum = (sum + cells[source + x]) | 0;
      cells[source + x] = 0;
      if (sum !== 0) mask[target + x] = Math.max(mask[target + x], coverage(sum, evenOdd));
    }
    cells[source + right] = 0;
  }
}

function coverage(sum: number, evenOdd: boolean): number {
  let part = Math.abs(sum);
  if (evenOdd) {
    part &= 2 * FULL - 1;
    part = Math.min(part, 2 * FULL - part);
  } else {
    part = Math.min(part, FULL);
  }
  return (part * 255 + (FULL >> 1)) >>> 17;
}

// ---- Strokes.

/** Writes `count` segments, four numbers each, into the mask. `caps` has bit 0 for a flat start, bit 1 for a flat end. */
export function strokeSegments(
  segments: Float64Array,
  count: number,
  halfWidth: number,
  caps: number,
  mask: Uint8Array,
  maskStride: number,
  clip: Bounds,
): void {
  for (let index = 0; index < 4 * count; index += 4) {
    const x0 = segments[index];
    const y0 = segments[index + 1];
    const x1 = segments[index + 2];
    const y1 = segments[index + 3];
    strokeSegment(x0, y0, x1, y1, halfWidth, caps, mask, maskStride, clip);
  }
}

function strokeSegment(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  halfWidth: number,
  caps: number,
  mask: Uint8Array,
  maskStride: number,
  { left, top, right, bottom }: Bounds,
): void {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length < 1e-9 && caps !== 0) return;
  const ux = length < 1e-9 ? 1 : dx / length;
  const uy = length < 1e-9 ? 0 : dy / length;
  const radius = halfWidth + 0.5;
  const lowX = Math.min(x0, x1) - radius;
  const highX = Math.max(x0, x1) + radius;
  const lowY = Math.min(y0, y1);
  const highY = Math.max(y0, y1);
  if (highX <= left || lowX >= right) return;
  const lastRow = Math.min(bottom - 1, Math.floor(Math.min(highY + radius, bottom)));
  const slope = Math.abs(uy) < 0.001 ? 0 : ux / uy;
  const half = Math.abs(uy) < 0.001 ? Infinity : radius / Math.abs(uy);
  const lanes = right - left < 4 ? 1 : 4;
  for (let row = Math.max(top, Math.floor(Math.max(lowY - radius, -1))); row <= lastRow; row++) {
    const y = row + 0.5 - y0;
    const middle = x0 + y * slope;
    const from = Math.max(left, Math.floor(Math.max(lowX, middle - half, -1)));
    const to = Math.min(right - 1, Math.floor(Math.min(highX, middle + half, right)));
    strokeRow(from, to, lanes, right - lanes, y, x0, ux, uy, length, radius, caps, mask, row * maskStride);
  }
}

// The kernel takes four pixels at once, and so this has to, since their places are rounded together. In a clip that is
// narrower there are groups of one.
function strokeRow(
  from: number,
  to: number,
  lanes: number,
  lastGroup: number,
  rowY: number,
  x0: number,
  ux: number,
  uy: number,
  length: number,
  radius: number,
  caps: number,
  mask: Uint8Array,
  target: number,
): void {
  const y = fround(rowY);
  const alongX = fround(ux);
  const alongY = fround(uy);
  const reach = fround(radius);
  const lowest = (caps & 1) === 0 ? 0 : -NO_CAP;
  const highest = (caps & 2) === 0 ? fround(length) : NO_CAP;
  const startCut = (caps & 1) === 0 ? NO_CAP : 0.5;
  const endCut = (caps & 2) === 0 ? NO_CAP : fround(fround(length) + 0.5);
  const acrossY = fround(y * alongX);
  const alongPart = fround(y * alongY);
  for (let x4 = from; x4 <= to; x4 += lanes) {
    const group = Math.min(x4, lastGroup);
    for (let lane = 0; lane < lanes; lane++) {
      const x = fround(group + lane + 0.5 - x0);
      const t = fround(fround(x * alongX) + alongPart);
      const across = fround(acrossY - fround(x * alongY));
      const beyond = fround(t - Math.min(Math.max(t, lowest), highest));
      const distance = fround(Math.sqrt(fround(fround(beyond * beyond) + fround(across * across))));
      const inside = Math.min(fround(reach - distance), fround(t + startCut), fround(endCut - t));
      const part = Math.min(Math.max(inside, 0), 1);
      const covered = Math.trunc(fround(fround(part * 255) + 0.5));
      if (covered > mask[target + group + lane]) mask[target + group + lane] = covered;
    }
  }
}

// ---- Blending.

// value / 255, rounded, for values up to 65025.
function by255(value: number): number {
  const rounded = value + 128;
  return (rounded + (rounded >>> 8)) >>> 8;
}

/** Pixels: four bytes each, `stride` bytes a row. */
export interface Pixels {
  readonly bytes: Uint8Array | Uint8ClampedArray;
  readonly stride: number;
}

/** Blends a colour, 0xAABBGGRR, into the pixels by the mask, and leaves the mask zero there if `clear`. */
export function blendMask(
  pixels: Pixels,
  mask: Uint8Array,
  maskStride: number,
  bounds: Bounds,
  color: number,
  clear: boolean,
): void {
  const { left, top, right, bottom } = bounds;
  for (let row = top; row < bottom; row++) {
    for (let x = left; x < right; x++) {
      const covered = mask[row * maskStride + x];
      if (covered !== 0) blendOne(pixels.bytes, row * pixels.stride + 4 * x, covered, color);
    }
    if (clear) mask.fill(0, row * maskStride + left, row * maskStride + right);
  }
}

/** Blends a colour, 0xAABBGGRR, into one pixel by a coverage from 0 to 255. */
function blendOne(bytes: Uint8Array | Uint8ClampedArray, at: number, covered: number, color: number): void {
  const alpha = by255(covered * (color >>> 24));
  if (alpha === 0) return;
  const underAlpha = bytes[at + 3];
  const keep = alpha === 255 ? 0 : by255(underAlpha * (255 - alpha));
  const sum = alpha + keep;
  bytes[at] = mix(color & 0xff, bytes[at], alpha, keep, sum);
  bytes[at + 1] = mix((color >>> 8) & 0xff, bytes[at + 1], alpha, keep, sum);
  bytes[at + 2] = mix((color >>> 16) & 0xff, bytes[at + 2], alpha, keep, sum);
  bytes[at + 3] = sum;
}

function mix(over: number, under: number, alpha: number, keep: number, sum: number): number {
  if (keep === 0) return over;
  const value = over * alpha + under * keep;
  return sum === 255 ? by255(value) : Math.floor((value + (sum >>> 1)) / sum);
}

/** Blends a colour into a block of pixels by one coverage. */
export function blendBlock(pixels: Pixels, bounds: Bounds, color: number, covered: number): void {
  const { left, top, right, bottom } = bounds;
  for (let row = top; row < bottom; row++) {
    for (let x = left; x < right; x++) blendOne(pixels.bytes, row * pixels.stride + 4 * x, covered, color);
  }
}

/** Blends the first `count` colours, 0xAABBGGRR, into the pixels from `left` on, each by its own alpha. */
export function blendColors(
  { bytes, stride }: Pixels,
  row: number,
  left: number,
  colors: Uint32Array,
  count: number,
): void {
  for (let index = 0; index < count; index++) {
    blendOne(bytes, row * stride + 4 * (left + index), 255, colors[index]);
  }
}

/** Sixteen masks of one size, one for each quarter of a pixel, down and then right. */
export interface Sprites {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Pixels from the left of a sprite to its point. */
  readonly originX: number;
  /** Pixels from the top of a sprite to its point. */
  readonly originY: number;
}

/** Stamps a sprite at `count` points, two numbers each. */
export function stamp(
  points: Float64Array,
  count: number,
  sprites: Sprites,
  pixels: Pixels,
  clip: Bounds,
  color: number,
): void {
  for (let index = 0; index < 2 * count; index += 2) {
    const qx = Math.floor(points[index] * 4 + 0.5);
    const qy = Math.floor(points[index + 1] * 4 + 0.5);
    const sprite = (((qy & 3) << 2) | (qx & 3)) * sprites.width * sprites.height;
    stampOne(sprites, sprite, (qx >> 2) - sprites.originX, (qy >> 2) - sprites.originY, pixels, clip, color);
  }
}

function stampOne(
  sprites: Sprites,
  sprite: number,
  x: number,
  y: number,
  { bytes, stride }: Pixels,
  clip: Bounds,
  color: number,
): void {
  const fromX = Math.max(clip.left, x);
  const toX = Math.min(clip.right, x + sprites.width);
  const toY = Math.min(clip.bottom, y + sprites.height);
  for (let row = Math.max(clip.top, y); row < toY; row++) {
    const source = sprite + (row - y) * sprites.width - x;
    for (let column = fromX; column < toX; column++) {
      const covered = sprites.bytes[source + column];
      if (covered !== 0) blendOne(bytes, row * stride + 4 * column, covered, color);
    }
  }
}
