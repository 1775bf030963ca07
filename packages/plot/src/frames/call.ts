// One call of a painter as a thing: with copies of what it was given, so that it can be made again and compared with the
// call in its place one picture later. Only where something is from left to right is of interest here: a change is
// answered by whole columns of pixels.
import type { Painter } from "../paint/painter.ts";

/** Columns of pixels from `left` up to but not including `right`; none where they are equal. */
export interface PixelColumns {
  /** The first column. */
  readonly left: number;
  /** One behind the last. */
  readonly right: number;
}

/** A call, of one shape or of many points. */
export interface Call {
  /** Which call it is, and all of its arguments that are compared as a whole. */
  readonly key: string;
  /** What is compared as a whole, and is too long for a key: cells of images. */
  readonly whole: readonly ArrayLike<number>[];
  /** What is compared point by point: a column for each coordinate. */
  readonly points: readonly ArrayLike<number>[];
  /** Where each point, or the one shape, begins and ends from left to right. */
  readonly lefts: ArrayLike<number>;
  readonly rights: ArrayLike<number>;
  /** How many of these there are. */
  readonly count: number;
  /** Pixels by which ink stands out of that. */
  readonly margin: number;
  /**
   * How far a change of one point reaches: that point alone, the lines to the points beside it, or all that comes after
   * it, as dashes do.
   */
  readonly reach: "own" | "beside" | "after";
  /** Makes the call again. */
  draw(painter: Painter): void;
}

/** Where a call may leave ink. */
export function columnsOf(call: Call): PixelColumns {
  return columnsBetween(call, 0, call.count);
}

/** Where the picture changes when one call comes to stand in the place of another. Either may be missing. */
export function changedColumns(before: Call | undefined, after: Call | undefined): PixelColumns {
  if (before === undefined || after === undefined) return columnsOf((before ?? after) as Call);
  if (!isAlike(before, after)) return union(columnsOf(before), columnsOf(after));
  const least = Math.min(before.count, after.count);
  let start = 0;
  while (start < least && isSamePoint(before, start, after, start)) start++;
  let tail = 0;
  if (after.reach !== "after") {
    while (
      tail < least - start &&
      isSamePoint(before, before.count - 1 - tail, after, after.count - 1 - tail)
    )
      tail++;
  }
  if (start === before.count - tail && start === after.count - tail) return NO_COLUMNS;
  const more = after.reach === "own" ? 0 : 1;
  return union(
    columnsBetween(before, start - more, before.count - tail + more),
    columnsBetween(after, start - more, after.count - tail + more),
  );
}

/** No columns at all. */
export const NO_COLUMNS: PixelColumns = { left: Infinity, right: -Infinity };

/** The columns of both, and those between them. */
export function union(a: PixelColumns, b: PixelColumns): PixelColumns {
  return { left: Math.min(a.left, b.left), right: Math.max(a.right, b.right) };
}

function isAlike(a: Call, b: Call): boolean {
  return (
    a.key === b.key &&
    a.whole.length === b.whole.length &&
    a.whole.every((array, index) => isSame(array, b.whole[index]))
  );
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!Object.is(a[index], b[index])) return false;
  return true;
}

function isSamePoint(a: Call, indexOfA: number, b: Call, indexOfB: number): boolean {
  for (let column = 0; column < a.points.length; column++) {
    if (!Object.is(a.points[column][indexOfA], b.points[column][indexOfB])) return false;
  }
  return true;
}

function columnsBetween({ lefts, rights, margin, count }: Call, from: number, to: number): PixelColumns {
  let left = Infinity;
  let right = -Infinity;
  const end = Math.min(to, count);
  for (let index = Math.max(0, from); index < end; index++) {
    // A gap is nowhere.
    if (lefts[index] < left) left = lefts[index];
    if (rights[index] > right) right = rights[index];
  }
  return { left: left - margin, right: right + margin };
}
