// Lines that go anywhere: x that turns back, and angles around a middle. Each stay in one column of pixels is reduced by itself.
//
// Of a stay those points are left out that lie within a hair's breadth of a straight line between others: a sleeve of that
// width is laid from the last corner, and when the next point leaves it, the point before is a corner (Z. Zhao and A. Saalfeld,
// "Linear-time sleeve-fitting polyline simplification algorithms", 1997). Where the line turns upwards or downwards is a corner
// too, so the first, the lowest, the highest and the last point are kept as they are. A stay with many corners is noise: of it
// only these four are left, in the middle of the column.
import type { Points, Sink } from "./points.ts";

// Pixels by which a point may be beside the line: 4 of 255 in coverage.
const TOLERANCE = 1 / 64;
// Stays of more corners are noise: an arc of any radius that stays in a column has up to nine.
const MOST_CORNERS = 16;

/** Takes the points of a line one by one, in pixels, and gives fewer to a list. */
export class Visits implements Sink {
  readonly #left: number;
  readonly #spread: boolean;
  readonly #out: Points;
  #column = NaN;
  #first = 0;
  #low = 0;
  #high = 0;
  #lastX = 0;
  #lastY = 0;
  // Corners of the stay: all of them while there is room.
  readonly #xs = new Float64Array(MOST_CORNERS);
  readonly #ys = new Float64Array(MOST_CORNERS);
  #corners = 0;
  // The sleeve from the last corner: how far it was followed, the directions of its sides, and whether it goes down.
  #reach = 0;
  #sideX = 0;
  #sideY = 0;
  #otherX = 0;
  #otherY = 0;
  #fall = 0;

  /** `left` is where columns are counted from; `spread` lays the four points of a column beside each other. */
  constructor(left: number, spread: boolean, out: Points) {
    this.#left = left;
    this.#spread = spread;
    this.#out = out;
  }

  /** Adds a point. */
  push(x: number, y: number): void {
    const column = Math.floor(x - this.#left);
    if (column !== this.#column) {
      this.end();
      this.#column = column;
      this.#first = y;
      this.#low = y;
      this.#high = y;
      this.#corner(x, y);
    } else {
      if (this.#corners <= MOST_CORNERS) this.#follow(x, y);
      this.#low = Math.min(this.#low, y);
      this.#high = Math.max(this.#high, y);
    }
    this.#lastX = x;
    this.#lastY = y;
  }

  /** What comes next is not joined to what came before. */
  gap(): void {
    this.end();
    this.#out.gap();
  }

  /** Gives what is left of the stay. */
  end(): void {
    const corners = this.#corners;
    const out = this.#out;
    if (corners > MOST_CORNERS) {
      const first = this.#first;
      pushColumn(first, this.#low, this.#high, this.#lastY, this.#left + this.#column, 1, this.#spread, out);
    } else if (corners > 0) {
      for (let corner = 0; corner < corners; corner++) out.push(this.#xs[corner], this.#ys[corner]);
      const last = corners - 1;
      if (this.#lastX !== this.#xs[last] || this.#lastY !== this.#ys[last])
        out.push(this.#lastX, this.#lastY);
    }
    this.#column = NaN;
    this.#corners = 0;
  }

  #corner(x: number, y: number): void {
    if (this.#corners < MOST_CORNERS) {
      this.#xs[this.#corners] = x;
      this.#ys[this.#corners] = y;
    }
    this.#corners++;
    this.#reach = 0;
    this.#fall = 0;
  }

  // Lets the sleeve go on to a point, or makes the point before it a corner and begins a new one.
  #follow(x: number, y: number): void {
    const fall = y - this.#lastY;
    const corner = this.#corners - 1;
    if (fall * this.#fall < 0 || !this.#reaches(x - this.#xs[corner], y - this.#ys[corner])) {
      this.#corner(this.#lastX, this.#lastY);
      this.#reaches(x - this.#lastX, y - this.#lastY);
    }
    if (fall !== 0) this.#fall = fall;
  }

  // Narrows the sleeve so that a point that far from the corner lies in it. False if it does not.
  #reaches(dx: number, dy: number): boolean {
    const distance = Math.sqrt(dx * dx + dy * dy);
    if (distance <= TOLERANCE) return this.#reach <= 2 * TOLERANCE;
    const open = this.#reach === 0;
    const inside = this.#sideX * dy - this.#sideY * dx >= 0 && this.#otherX * dy - this.#otherY * dx <= 0;
    if (!open && !(inside && distance >= this.#reach - TOLERANCE)) return false;
    // Towards the two places beside the point at that distance; a line between them passes it nearer than that.
    const share = TOLERANCE / distance;
    const lowX = dx + dy * share;
    const lowY = dy - dx * share;
    const highX = dx - dy * share;
    const highY = dy + dx * share;
    if (open || this.#sideX * lowY - this.#sideY * lowX > 0) {
      this.#sideX = lowX;
      this.#sideY = lowY;
    }
    if (open || this.#otherX * highY - this.#otherY * highX < 0) {
      this.#otherX = highX;
      this.#otherY = highY;
    }
    this.#reach = Math.max(this.#reach, distance);
    return true;
  }
}

/**
 * Four points in the middle of a column that begins at `edge` and lies to its right for a `sign` of 1, or beside each other in
 * it. Of the two extremes the one that is nearer to where the line comes from is drawn first.
 */
export function pushColumn(
  first: number,
  low: number,
  high: number,
  last: number,
  edge: number,
  sign: number,
  spread: boolean,
  out: Points,
): void {
  const lowFirst =
    Math.abs(first - low) + Math.abs(last - high) <= Math.abs(first - high) + Math.abs(last - low);
  out.push(edge + sign * (spread ? 0.125 : 0.5), first);
  out.push(edge + sign * (spread ? 0.375 : 0.5), lowFirst ? low : high);
  out.push(edge + sign * (spread ? 0.625 : 0.5), lowFirst ? high : low);
  out.push(edge + sign * (spread ? 0.875 : 0.5), last);
}
