// Rings and lines as columns of points, with curves made of straight pieces. A path is filled again and again: `reset`
// keeps its room.

/** Pixels that a straight piece may be away from its curve. */
const TOLERANCE = 0.05;
const FIRST_ROOM = 64;

/**
 * Points of rings or lines, one after the other. Coordinates are pixels.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Path } from "@millpond/plot";
 *
 * const path = new Path();
 * path.moveTo(0, 0);
 * path.lineTo(10, 0);
 * path.lineTo(10, 10);
 * path.end();
 * assert.deepEqual([...path.ringEnds], [3]);
 * assert.equal(path.xs[2], 10);
 * ```
 */
export class Path {
  #xs = new Float64Array(FIRST_ROOM);
  #ys = new Float64Array(FIRST_ROOM);
  #ends: number[] = [];
  #count = 0;

  /** From left to right; room beyond the points holds old numbers. */
  get xs(): Float64Array {
    return this.#xs;
  }

  /** From top to bottom. */
  get ys(): Float64Array {
    return this.#ys;
  }

  /** Points so far. */
  get count(): number {
    return this.#count;
  }

  /** Where each ring or line ends; the one that is being made is not among them. */
  get ringEnds(): readonly number[] {
    return this.#ends;
  }

  /** Forgets all points. */
  reset(): void {
    this.#count = 0;
    this.#ends.length = 0;
  }

  /** Ends what is being made, and begins anew at a point. */
  moveTo(x: number, y: number): void {
    this.end();
    this.lineTo(x, y);
  }

  /** Goes straight to a point. */
  lineTo(x: number, y: number): void {
    const index = this.#count;
    if (index === this.#xs.length) this.#grow();
    this.#xs[index] = x;
    this.#ys[index] = y;
    this.#count = index + 1;
  }

  /** Goes to a point by a curve with one control point. */
  quadTo(x1: number, y1: number, x: number, y: number): void {
    const x0 = this.#xs[this.#count - 1];
    const y0 = this.#ys[this.#count - 1];
    const bend = Math.hypot(x0 - 2 * x1 + x, y0 - 2 * y1 + y);
    const steps = stepsOf(Math.sqrt(bend / (4 * TOLERANCE)));
    for (let step = 1; step < steps; step++) {
      const t = step / steps;
      const s = 1 - t;
      this.lineTo(s * s * x0 + 2 * s * t * x1 + t * t * x, s * s * y0 + 2 * s * t * y1 + t * t * y);
    }
    this.lineTo(x, y);
  }

  /** Goes to a point by a curve with two control points. */
  cubicTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    const x0 = this.#xs[this.#count - 1];
    const y0 = this.#ys[this.#count - 1];
    const first = Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2);
    const second = Math.hypot(x1 - 2 * x2 + x, y1 - 2 * y2 + y);
    const steps = stepsOf(Math.sqrt((0.75 * Math.max(first, second)) / TOLERANCE));
    for (let step = 1; step < steps; step++) {
      const t = step / steps;
      const s = 1 - t;
      const a = s * s * s;
      const b = 3 * s * s * t;
      const c = 3 * s * t * t;
      const d = t * t * t;
      this.lineTo(a * x0 + b * x1 + c * x2 + d * x, a * y0 + b * y1 + c * y2 + d * y);
    }
    this.lineTo(x, y);
  }

  /** Goes along a circle from one angle to another, in radians; 0 is to the right, and angles grow downwards. */
  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const steps = stepsOf(Math.abs(to - from) * Math.sqrt(Math.abs(radius) / (8 * TOLERANCE)));
    for (let step = 0; step <= steps; step++) {
      const angle = step === steps ? to : from + ((to - from) * step) / steps;
      this.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
  }

  /** Ends the ring or line that is being made, if it has a point. */
  end(): void {
    const before = this.#ends.at(-1) ?? 0;
    if (this.#count > before) this.#ends.push(this.#count);
  }

  #grow(): void {
    const xs = new Float64Array(2 * this.#xs.length);
    const ys = new Float64Array(2 * this.#ys.length);
    xs.set(this.#xs);
    ys.set(this.#ys);
    this.#xs = xs;
    this.#ys = ys;
  }
}

// Even absurd curves have few pieces; NaN counts as straight.
function stepsOf(estimate: number): number {
  return estimate > 1 ? Math.min(512, Math.ceil(estimate)) : 1;
}
