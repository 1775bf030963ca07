// Hatches: the coverage of lines or dots at every pixel of an area, computed from the place in the figure. A line of a hatch is
// where one number does not change: x, y, their sum or their difference. So its coverage is looked up in a table over that one.
import type { Bounds } from "../paint/bounds.ts";
import type { Hatch } from "../paint/painter.ts";

/** Reduces the mask to where the hatch is. */
export function hatchMask(mask: Uint8Array, maskStride: number, bounds: Bounds, hatch: Hatch): void {
  if (hatch.kind === "dots") {
    dotMask(mask, maskStride, bounds, hatch);
    return;
  }
  const [first, second] = ways[hatch.kind];
  const one = shadesOf(first, bounds, hatch);
  // One family of lines is the larger of it and itself.
  const other = second === undefined ? one : shadesOf(second, bounds, hatch);
  const { left, top, right, bottom } = bounds;
  for (let row = top; row < bottom; row++) {
    shadeRow(mask, row * maskStride + left, right - left, one, row - top, other);
  }
}

/** What one family of lines follows: so many times x and y, and whether lines lie at multiples of the spacing or between. */
interface Way {
  readonly x: 0 | 1;
  readonly y: -1 | 0 | 1;
  readonly between: boolean;
}

const RISING: Way = { x: 1, y: 1, between: false };
const FALLING: Way = { x: 1, y: -1, between: false };
const UPRIGHT: Way = { x: 1, y: 0, between: true };
const FLAT: Way = { x: 0, y: 1, between: true };

const ways: Readonly<Record<Exclude<Hatch["kind"], "dots">, readonly [Way, Way?]>> = {
  horizontal: [FLAT],
  vertical: [UPRIGHT],
  cross: [UPRIGHT, FLAT],
  diagonal: [RISING],
  "back-diagonal": [FALLING],
  "diagonal-cross": [RISING, FALLING],
};

/** The coverage of one family of lines. */
interface Shades {
  /** By x and y times their numbers, from the smallest on. */
  readonly shares: Float64Array;
  /** Where the first pixel of the first row is, and how much further that of the next row and the next pixel. */
  readonly start: number;
  readonly down: number;
  readonly across: number;
}

function shadesOf({ x, y, between }: Way, { left, top, right, bottom }: Bounds, hatch: Hatch): Shades {
  const { spacing = 8, width = 1 } = hatch;
  // Thin lines get fainter instead of thinner, as strokes do.
  const reach = Math.max(width, 1) / 2 + 0.5;
  const strength = Math.min(width, 1);
  const least = x * left + Math.min(y * top, y * (bottom - 1));
  const shares = new Float64Array(x * (right - left) + Math.abs(y) * (bottom - top));
  const slope = x !== 0 && y !== 0 ? Math.SQRT1_2 : 1;
  for (let index = 0; index < shares.length; index++) {
    const position = (least + index + (x + y) / 2) * slope - (between ? spacing / 2 : 0);
    const distance = Math.abs(position - spacing * Math.round(position / spacing));
    shares[index] = strength * Math.min(1, Math.max(0, reach - distance));
  }
  return { shares, start: x * left + y * top - least, down: y, across: x };
}

function shadeRow(
  mask: Uint8Array,
  start: number,
  count: number,
  one: Shades,
  row: number,
  other: Shades,
): void {
  let at = one.start + row * one.down;
  let otherAt = other.start + row * other.down;
  const { shares, across } = one;
  const { shares: otherShares, across: otherAcross } = other;
  for (let index = start; index < start + count; index++) {
    const covered = mask[index];
    if (covered !== 0) mask[index] = covered * Math.max(shares[at], otherShares[otherAt]) + 0.5;
    at += across;
    otherAt += otherAcross;
  }
}

function dotMask(
  mask: Uint8Array,
  maskStride: number,
  { left, top, right, bottom }: Bounds,
  { spacing = 8, width = 1 }: Hatch,
): void {
  const across = squaresTo(left, right, spacing);
  const down = squaresTo(top, bottom, spacing);
  const reach = width / 2 + 0.5;
  for (let row = top; row < bottom; row++) {
    const start = row * maskStride;
    for (let x = left; x < right; x++) {
      const covered = mask[start + x];
      if (covered === 0) continue;
      const share = Math.min(1, Math.max(0, reach - Math.sqrt(across[x - left] + down[row - top])));
      mask[start + x] = covered * share + 0.5;
    }
  }
}

// The square of how far the middle of each pixel is from the nearest row or column of dots.
function squaresTo(from: number, to: number, spacing: number): Float64Array {
  const squares = new Float64Array(to - from);
  for (let index = 0; index < squares.length; index++) {
    const middle = from + index + 0.5;
    squares[index] = (middle - spacing * (Math.floor(middle / spacing) + 0.5)) ** 2;
  }
  return squares;
}
