// Strokes with round joins, dashed ones too: lines become segments, which the rasterizer draws one by one. Joins are
// round by themselves, since every segment ends in half a circle.
import { emptyExtent, type Extent, include, pixelsOf, type Bounds } from "../paint/bounds.ts";
import type { Coordinates } from "../paint/painter.ts";
import type { Pen } from "../paint/pen.ts";
import { keepVisible, type KeptPart, noPart } from "../paint/segment-clip.ts";
import { LIST_ROOM, type Surface } from "./surface.ts";

const FLAT_START = 1;
const FLAT_END = 2;

/** Pixels that are no length: what rounding leaves over of a dash. */
const NOTHING = 1e-6;

/** Draws strokes of one pen into the mask of a surface. */
export class Stroker {
  readonly #surface: Surface;
  readonly #clip: Bounds;
  readonly #pen: Pen;
  // Segments in each list; the number of a list says which ends are flat.
  readonly #counts: number[] = [0, 0, 0, 0];
  readonly #extent: Extent = emptyExtent();
  readonly #kept: KeptPart = noPart();
  readonly #dashes: DashWalk | undefined;
  // A vertical run that may still grow; columns of minima and maxima are full of them.
  #runX = NaN;
  #runLow = 0;
  #runHigh = 0;
  // The step that led to that run, where nothing of it may show.
  #stepX = NaN;
  #stepFrom = 0;
  #stepTo = 0;

  constructor(surface: Surface, clip: Bounds, pen: Pen) {
    this.#surface = surface;
    this.#clip = clip;
    this.#pen = pen;
    this.#dashes = pen.dash.length === 0 ? undefined : new DashWalk(pen.dash);
  }

  /** Strokes the points from `start` to before `end`, which are all finite. */
  run(xs: Coordinates, ys: Coordinates, start: number, end: number, closed: boolean): void {
    let first = start;
    let last = end - 1;
    // Points on top of one another have no direction, and so no flat end.
    while (first < last && same(xs, ys, first, first + 1)) first++;
    while (first < last && same(xs, ys, last, last - 1)) last--;
    if (first === last) {
      this.#dot(xs[first], ys[first]);
      return;
    }
    this.#dashes?.reset(this.#pen.dashOffset);
    const flat = this.#pen.cap !== "round" && !closed;
    for (let index = first; index < last; index++) {
      const starts = index === first && flat ? FLAT_START : 0;
      const ends = index === last - 1 && flat ? FLAT_END : 0;
      this.#line(xs[index], ys[index], xs[index + 1], ys[index + 1], starts | ends);
    }
    if (closed) this.#line(xs[last], ys[last], xs[first], ys[first], 0);
  }

  /** Brings what is left into the mask. Returns the pixels that may be covered. */
  toMask(): Bounds | undefined {
    this.#endRun();
    for (let caps = 0; caps < 4; caps++) this.#flush(caps);
    return pixelsOf(this.#extent, this.#pen.halfWidth + 1, this.#clip);
  }

  // A line without length shows only where its ends stand out.
  #dot(x: number, y: number): void {
    const { cap, halfWidth } = this.#pen;
    if (cap === "round") this.#visible(x, y, x, y, 0);
    else if (cap === "square") this.#visible(x - halfWidth, y, x + halfWidth, y, FLAT_START | FLAT_END);
  }

  #line(x0: number, y0: number, x1: number, y1: number, caps: number): void {
    if (this.#dashes !== undefined) this.#dashed(this.#dashes, x0, y0, x1, y1, caps);
    else if (caps === 0 && x0 === x1) this.#vertical(x0, y0, y1);
    else if (caps === 0 && x0 === this.#runX) this.#step(y0, x1, y1);
    else this.#ended(x0, y0, x1, y1, caps);
  }

  #vertical(x: number, y0: number, y1: number): void {
    const touches = x === this.#runX && Math.max(y0, y1) >= this.#runLow && Math.min(y0, y1) <= this.#runHigh;
    if (!touches) {
      this.#endRun();
      this.#runX = x;
      this.#runLow = Math.min(y0, y1);
      this.#runHigh = Math.max(y0, y1);
      return;
    }
    this.#runLow = Math.min(this.#runLow, y0, y1);
    this.#runHigh = Math.max(this.#runHigh, y0, y1);
  }

  // From a vertical run to the next one. If no pixel has its middle between the two, each is as near to one of them as it
  // is to a step at heights that both have: such a step is left out, as nearly all are in dense lines.
  #step(y0: number, x1: number, y1: number): void {
    const x0 = this.#runX;
    const inRun = Math.min(y0, y1) >= this.#runLow && Math.max(y0, y1) <= this.#runHigh;
    const hidden = inRun && noMiddleBetween(x0, x1);
    this.#endRun();
    if (!hidden) {
      this.#visible(x0, y0, x1, y1, 0);
      return;
    }
    this.#stepX = x0;
    this.#stepFrom = y0;
    this.#stepTo = y1;
    this.#runX = x1;
    this.#runLow = y1;
    this.#runHigh = y1;
  }

  #endRun(): void {
    const x = this.#runX;
    if (x !== x) return;
    const low = this.#runLow;
    const high = this.#runHigh;
    this.#runX = NaN;
    this.#visible(x, low, x, high, 0);
    const stepX = this.#stepX;
    this.#stepX = NaN;
    if (this.#stepFrom >= low && this.#stepFrom <= high) return;
    if (stepX === stepX) this.#visible(stepX, this.#stepFrom, x, this.#stepTo, 0);
  }

  // A segment with flat ends; square ones stand out by half a width.
  #ended(x0: number, y0: number, x1: number, y1: number, caps: number): void {
    if (caps === 0 || this.#pen.cap !== "square") {
      this.#visible(x0, y0, x1, y1, caps);
      return;
    }
    const length = Math.hypot(x1 - x0, y1 - y0);
    const more = length > 0 && length < Infinity ? this.#pen.halfWidth / length : 0;
    const dx = (x1 - x0) * more;
    const dy = (y1 - y0) * more;
    const before = caps & FLAT_START;
    const after = caps & FLAT_END ? 1 : 0;
    this.#visible(x0 - dx * before, y0 - dy * before, x1 + dx * after, y1 + dy * after, caps);
  }

  // `caps` are the ends of the whole line; those of dashes come from where they begin and end.
  #dashed(dashes: DashWalk, x0: number, y0: number, x1: number, y1: number, caps: number): void {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const kept = this.#kept;
    if (!keepVisible(kept, this.#clip, this.#pen.halfWidth + 2, x0, y0, x1, y1)) {
      dashes.skip(length);
      return;
    }
    const { x0: startX, y0: startY, x1: endX, y1: endY } = kept;
    dashes.skip(Math.hypot(startX - x0, startY - y0));
    const dx = endX - startX;
    const dy = endY - startY;
    const visible = Math.hypot(dx, dy);
    const flat = this.#pen.cap === "round" ? 0 : FLAT_START | FLAT_END;
    for (let at = 0; at < visible;) {
      const next = Math.min(visible, at + dashes.left);
      if (dashes.drawn) {
        const begins = dashes.fresh ? FLAT_START : at === 0 ? caps : 0;
        const starts = flat & begins & FLAT_START;
        const over = next < visible || dashes.left - (next - at) <= NOTHING;
        const ends = flat & (over ? FLAT_END : caps) & FLAT_END;
        const a = at / visible;
        const b = next / visible;
        this.#ended(startX + dx * a, startY + dy * a, startX + dx * b, startY + dy * b, starts | ends);
      }
      dashes.walk(next - at);
      at = next;
    }
    dashes.skip(Math.hypot(x1 - endX, y1 - endY));
  }

  #visible(x0: number, y0: number, x1: number, y1: number, caps: number): void {
    const kept = this.#kept;
    if (!keepVisible(kept, this.#clip, this.#pen.halfWidth + 2, x0, y0, x1, y1)) return;
    const left = caps & (kept.startsThere ? 3 : FLAT_END) & (kept.endsThere ? 3 : FLAT_START);
    const list = this.#surface.lists[left];
    if (this.#counts[left] === LIST_ROOM) this.#flush(left);
    const at = 4 * this.#counts[left]++;
    list[at] = kept.x0;
    list[at + 1] = kept.y0;
    list[at + 2] = kept.x1;
    list[at + 3] = kept.y1;
    include(this.#extent, kept.x0, kept.y0);
    include(this.#extent, kept.x1, kept.y1);
  }

  #flush(caps: number): void {
    const count = this.#counts[caps];
    if (count === 0) return;
    this.#counts[caps] = 0;
    this.#surface.strokeSegments(count, this.#pen.halfWidth, caps, this.#clip);
  }
}

// Where in the dashes a stroke is.
class DashWalk {
  readonly #lengths: readonly number[];
  readonly #period: number;
  #index = 0;
  /** Pixels until the dash or gap ends. */
  left = 0;
  /** Whether the dash has just begun. */
  fresh = true;

  constructor(lengths: readonly number[]) {
    this.#lengths = lengths;
    this.#period = lengths.reduce((sum, length) => sum + length, 0);
  }

  get drawn(): boolean {
    return this.#index % 2 === 0;
  }

  reset(offset: number): void {
    this.#index = 0;
    this.left = this.#lengths[0];
    this.fresh = true;
    this.skip(((offset % this.#period) + this.#period) % this.#period);
  }

  /** Goes on by any length. */
  skip(length: number): void {
    const rest = length % this.#period;
    // A length beyond what numbers reach has no remainder; where the dashes are then nobody can say.
    if (rest > 0) this.#advance(rest);
  }

  /** Goes on by a length within the dash or gap. */
  walk(length: number): void {
    this.left -= length;
    this.fresh = false;
    if (this.left <= NOTHING) this.#next();
  }

  #advance(length: number): void {
    let rest = length;
    while (rest >= this.left - NOTHING) {
      rest -= this.left;
      this.#next();
    }
    if (rest <= 0) return;
    this.left -= rest;
    this.fresh = false;
  }

  #next(): void {
    this.#index = (this.#index + 1) % this.#lengths.length;
    this.left = this.#lengths[this.#index];
    this.fresh = true;
  }
}

function noMiddleBetween(a: number, b: number): boolean {
  return Math.floor(Math.min(a, b) - 0.5) + 1.5 >= Math.max(a, b);
}

function same(xs: Coordinates, ys: Coordinates, a: number, b: number): boolean {
  return xs[a] === xs[b] && ys[a] === ys[b];
}
