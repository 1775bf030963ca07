// A painter that draws nothing: it keeps what it is told, in pooled memory, to be drawn by another painter later, whole or
// in some columns of pixels.
import type { ArrayType, Pool, TypedArray } from "@millpond/core";

import type {
  Cells,
  Coordinates,
  FillStyle,
  FontStyle,
  MarkerStyle,
  Painter,
  StrokeStyle,
  TextExtent,
  TextStyle,
} from "../paint/painter.ts";
import { bundledFonts, type FontSet } from "../text/font-set.ts";
import { type Call, changedColumns, columnsOf, NO_COLUMNS, type PixelColumns, union } from "./call.ts";

// Pixels around everything, for what is rounded and for edges that are blended.
const SLACK = 2;

/** What is needed to record a picture. */
export interface DisplayOptions {
  readonly width: number;
  readonly height: number;
  readonly pool: Pool;
  readonly fonts: FontSet | undefined;
}

/** Calls of a painter in their order. */
export class DisplayList implements Painter {
  readonly width: number;
  readonly height: number;
  readonly #pool: Pool;
  readonly #fonts: FontSet;
  readonly #calls: Call[] = [];
  readonly #held: TypedArray[] = [];

  constructor({ width, height, pool, fonts }: DisplayOptions) {
    this.width = width;
    this.height = height;
    this.#pool = pool;
    this.#fonts = fonts ?? bundledFonts();
  }

  /** Draws what shows in some columns of pixels. */
  drawTo(painter: Painter, { left, right }: PixelColumns): void {
    for (const call of this.#calls) {
      const columns = columnsOf(call);
      if (columns.left < right && columns.right > left) call.draw(painter);
    }
  }

  /** Where this picture differs from another one, in whole columns within the picture. */
  changesFrom(other: DisplayList): PixelColumns {
    let changed = NO_COLUMNS;
    const count = Math.max(this.#calls.length, other.#calls.length);
    for (let index = 0; index < count; index++) {
      changed = union(changed, changedColumns(other.#calls[index], this.#calls[index]));
    }
    const left = Math.max(0, Math.floor(changed.left));
    const right = Math.min(this.width, Math.ceil(changed.right));
    return left < right ? { left, right } : { left: 0, right: 0 };
  }

  /** Gives the memory back. */
  release(): void {
    for (let held = this.#held.pop(); held !== undefined; held = this.#held.pop()) this.#pool.release(held);
    this.#calls.length = 0;
  }

  /** See {@link Painter}. */
  fillPath(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: FillStyle): void {
    this.#path("fillPath", xs, ys, ringEnds, style, SLACK, (painter, x, y, ends) =>
      painter.fillPath(x, y, ends, style),
    );
  }

  /** See {@link Painter}. */
  strokeLine(xs: Coordinates, ys: Coordinates, count: number, style: StrokeStyle): void {
    const x = this.#kept(xs, count);
    const y = this.#kept(ys, count);
    this.#add({
      key: `strokeLine ${JSON.stringify(style)}`,
      points: [x, y],
      lefts: x,
      rights: x,
      count,
      margin: marginOf(style),
      reach: (style.dash?.length ?? 0) > 0 ? "after" : "beside",
      draw: (painter) => painter.strokeLine(x, y, count, style),
    });
  }

  /** See {@link Painter}. */
  strokeRings(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: StrokeStyle): void {
    this.#path("strokeRings", xs, ys, ringEnds, style, marginOf(style), (painter, x, y, ends) =>
      painter.strokeRings(x, y, ends, style),
    );
  }

  /** See {@link Painter}. */
  fillRect(x: number, y: number, width: number, height: number, style: FillStyle): void {
    const key = `fillRect ${x} ${y} ${width} ${height} ${JSON.stringify(style)}`;
    const draw = (painter: Painter): void => painter.fillRect(x, y, width, height, style);
    this.#shape(key, Math.min(x, x + width), Math.max(x, x + width), draw);
  }

  /** See {@link Painter}. */
  fillRects(
    xs: Coordinates,
    ys: Coordinates,
    widths: Coordinates,
    heights: Coordinates,
    count: number,
    style: FillStyle,
    colors?: Uint32Array,
  ): void {
    const [x, y, wide, high] = [xs, ys, widths, heights].map((column) => this.#kept(column, count));
    const own = colors === undefined ? undefined : this.#kept(colors, count);
    this.#add({
      key: `fillRects ${JSON.stringify(style)}`,
      points: own === undefined ? [x, y, wide, high] : [x, y, wide, high, own],
      lefts: this.#sides(x, wide, Math.min),
      rights: this.#sides(x, wide, Math.max),
      count,
      margin: SLACK,
      reach: "own",
      draw: (painter) => painter.fillRects(x, y, wide, high, count, style, own),
    });
  }

  /** See {@link Painter}. */
  markers(xs: Coordinates, ys: Coordinates, count: number, style: MarkerStyle): void {
    const x = this.#kept(xs, count);
    const y = this.#kept(ys, count);
    const { colors, sizes, ...rest } = style;
    const ownColors = colors === undefined ? undefined : this.#kept(colors, count);
    const ownSizes = sizes === undefined ? undefined : this.#kept(sizes, count);
    const kept = { ...rest, colors: ownColors, sizes: ownSizes };
    const largest = ownSizes === undefined ? rest.size : largestOf(ownSizes);
    this.#add({
      key: `markers ${JSON.stringify(rest)} ${largest}`,
      points: [
        x,
        y,
        ...(ownColors === undefined ? [] : [ownColors]),
        ...(ownSizes === undefined ? [] : [ownSizes]),
      ],
      lefts: x,
      rights: x,
      count,
      // Rays and corners stand out of the circle, and the line around a marker out of its corners.
      margin: largest + 4 * (rest.edgeWidth ?? 1) + SLACK,
      reach: "own",
      draw: (painter) => painter.markers(x, y, count, kept),
    });
  }

  /** See {@link Painter}. */
  image(cells: Cells, x: number, y: number, width: number, height: number, smooth = false): void {
    const { width: columns, height: rows } = cells;
    const kept: Cells =
      "rgba" in cells
        ? { width: columns, height: rows, rgba: this.#kept(cells.rgba, 4 * columns * rows) }
        : {
            width: columns,
            height: rows,
            indices: this.#kept(cells.indices, columns * rows),
            palette: this.#kept(cells.palette, cells.palette.length),
          };
    const key = `image ${columns} ${rows} ${x} ${y} ${width} ${height} ${smooth}`;
    const draw = (painter: Painter): void => painter.image(kept, x, y, width, height, smooth);
    const whole = "rgba" in kept ? [kept.rgba] : [kept.indices, kept.palette];
    this.#shape(key, Math.min(x, x + width), Math.max(x, x + width), draw, whole);
  }

  /** See {@link Painter}. */
  text(text: string, x: number, y: number, style: TextStyle): void {
    const { width, height } = this.measure(text, style);
    // Whichever way it is turned and anchored; letters may stand out of their room.
    const reach = Math.hypot(width, height) + style.size;
    const key = `text ${x} ${y} ${JSON.stringify(style)} ${this.#fonts._version} ${text}`;
    this.#shape(key, x - reach, x + reach, (painter) => painter.text(text, x, y, style));
  }

  /** See {@link Painter}. */
  measure(text: string, font: FontStyle): TextExtent {
    return this.#fonts.layout(text, font).extent;
  }

  /** See {@link Painter}. */
  pushClip(x: number, y: number, width: number, height: number): void {
    // Wherever it is: what is drawn under another clip has changed as a whole.
    const draw = (painter: Painter): void => painter.pushClip(x, y, width, height);
    this.#shape(`pushClip ${x} ${y} ${width} ${height}`, -Infinity, Infinity, draw);
  }

  /** See {@link Painter}. */
  popClip(): void {
    this.#shape("popClip", -Infinity, Infinity, (painter) => painter.popClip());
  }

  // One ring is compared point by point; of several, a change is one of all.
  #path(
    name: string,
    xs: Coordinates,
    ys: Coordinates,
    ringEnds: ArrayLike<number>,
    style: FillStyle | StrokeStyle,
    margin: number,
    draw: (painter: Painter, xs: Coordinates, ys: Coordinates, ends: readonly number[]) => void,
  ): void {
    const ends = Array.from(ringEnds);
    const count = ends.at(-1) ?? 0;
    const x = this.#kept(xs, count);
    const y = this.#kept(ys, count);
    const dashed = "dash" in style && (style.dash?.length ?? 0) > 0;
    const single = ends.length === 1 && !dashed;
    this.#add({
      key: `${name} ${single ? "" : ends.join(" ")} ${JSON.stringify(style)}`,
      whole: single ? [] : [x, y],
      points: single ? [x, y] : [],
      lefts: x,
      rights: x,
      count,
      margin,
      reach: "beside",
      draw: (painter) => draw(painter, x, y, ends),
    });
  }

  #shape(
    key: string,
    left: number,
    right: number,
    draw: Call["draw"],
    whole: readonly ArrayLike<number>[] = [],
  ): void {
    this.#add({ key, whole, lefts: [left], rights: [right], count: 1, margin: SLACK, reach: "own", draw });
  }

  #add(call: Omit<Call, "whole" | "points"> & Partial<Call>): void {
    this.#calls.push({ whole: [], points: [], ...call });
  }

  // Callers may use their arrays for something else at once.
  #kept<A extends Coordinates | Uint32Array | Uint8Array | Uint8ClampedArray>(array: A, count: number): A {
    const copy = this.#pool.acquireUnsafe(array.constructor as ArrayType<A>, count);
    this.#held.push(copy);
    copy.set(array.length === count ? array : array.subarray(0, count));
    return copy;
  }

  #sides(xs: Coordinates, widths: Coordinates, choose: (a: number, b: number) => number): Float64Array {
    const sides = this.#pool.acquireUnsafe(Float64Array, xs.length);
    this.#held.push(sides);
    for (let index = 0; index < xs.length; index++)
      sides[index] = choose(xs[index], xs[index] + widths[index]);
    return sides;
  }
}

// Half of the width, and as far as mitres and square caps stand out.
function marginOf({ width, miterLimit = 4 }: StrokeStyle): number {
  return (width / 2) * Math.max(2, miterLimit) + SLACK;
}

function largestOf(sizes: Coordinates): number {
  let largest = 0;
  for (const size of sizes) if (size > largest) largest = size;
  return largest;
}
