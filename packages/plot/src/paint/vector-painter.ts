// What backends that write a vector format have in common: shapes become data of paths, cut down to the neighbourhood of
// the picture, and what is drawn again and again is drawn at each of its places.
import { unlike } from "../check.ts";
import type { FontSet } from "../text/font-set.ts";
import type { Bounds } from "./bounds.ts";
import { CheckedPainter } from "./checked-painter.ts";
import { type MarkerForm, markerForm } from "./marker-shapes.ts";
import type { Coordinates, FillStyle, MarkerKind, MarkerStyle, StrokeStyle, TextStyle } from "./painter.ts";
import { markerData, type PathWords, ringData, strokeData } from "./path-data.ts";
import { type Pen, penOf } from "./pen.ts";

// Readers keep coordinates in single precision.
const FAR = 1e5;

/** Draws one marker around a point. */
export type DrawMarker = (x: number, y: number, size: number, color: number) => void;

/** A painter that writes words. */
export abstract class VectorPainter extends CheckedPainter {
  readonly #words: PathWords;
  readonly #picture: Bounds;

  /** @internal */
  constructor(width: number, height: number, fonts: FontSet | undefined, words: PathWords) {
    if (!(width > 0 && width < 1e6)) throw unlike("a width above 0 pixels", width);
    if (!(height > 0 && height < 1e6)) throw unlike("a height above 0 pixels", height);
    super(width, height, fonts);
    this.#words = words;
    this.#picture = { left: 0, top: 0, right: width, bottom: height };
  }

  /** Fills the data of a path. @internal */
  abstract _fillData(data: string, style: FillStyle): void;

  /** Fills a rectangle. @internal */
  abstract _fillRect(x: number, y: number, width: number, height: number, style: FillStyle): void;

  /** Strokes the data of a path. @internal */
  abstract _strokeData(data: string, pen: Pen, style: StrokeStyle): void;

  /** Draws a text near the picture. @internal */
  abstract _nearText(text: string, x: number, y: number, style: TextStyle): void;

  /** Draws markers of one style: those that `each` tells. @internal */
  abstract _drawMarkers(style: MarkerStyle, form: MarkerForm, each: (draw: DrawMarker) => void): void;

  /** @internal */
  override _fill(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: FillStyle): void {
    const data = ringData(xs, ys, ringEnds, this.#picture, this.#words);
    if (data !== "") this._fillData(data, style);
  }

  /** @internal */
  override _stroke(
    xs: Coordinates,
    ys: Coordinates,
    ends: ArrayLike<number>,
    style: StrokeStyle,
    closed: boolean,
  ): void {
    const pen = penOf(style);
    if (pen === undefined) return;
    const data = strokeData(xs, ys, ends, closed, this.#picture, this.#words);
    if (data !== "") this._strokeData(data, pen, style);
  }

  /** @internal */
  override _fillBox(left: number, top: number, right: number, bottom: number, style: FillStyle): void {
    const far = this.width + this.height + 2000;
    const clamp = (edge: number): number => Math.min(Math.max(edge, -far), far);
    const [x, y] = [clamp(left), clamp(top)];
    const [width, height] = [clamp(right) - x, clamp(bottom) - y];
    if (width > 0 && height > 0) this._fillRect(x, y, width, height, style);
  }

  /** @internal */
  override _markers(xs: Coordinates, ys: Coordinates, count: number, style: MarkerStyle): void {
    this._drawMarkers(style, markerForm(style.kind), (draw) => {
      for (let index = 0; index < count; index++) {
        // Quarters of a pixel, so that there are few different ones.
        const size = style.sizes === undefined ? style.size : Math.round(style.sizes[index] * 4) / 4;
        if (!isNear(xs[index], ys[index]) || !(size > 0 && size < FAR)) continue;
        draw(xs[index], ys[index], size, style.colors?.[index] ?? style.color);
      }
    });
  }

  /** @internal */
  override _text(text: string, x: number, y: number, style: TextStyle): void {
    if (isNear(x, y)) this._nearText(text, x, y, style);
  }

  /** The outline of a marker around the origin. @internal */
  _markerData(kind: MarkerKind, size: number): string {
    return markerData(kind, size, this.#picture, this.#words);
  }
}

function isNear(x: number, y: number): boolean {
  return Math.abs(x) < FAR && Math.abs(y) < FAR;
}
