// What all backends have in common: arguments are checked here, and what has no place is left out. What is left comes to
// a few methods of the backend, with rings for all paths and with edges in their order.
import { unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import { bundledFonts, type FontSet } from "../text/font-set.ts";
import type { Bounds } from "./bounds.ts";
import { checkCells } from "./cells.ts";
import { checkCount, checkEnds, checkMarkers } from "./check-columns.ts";
import { checkHatch } from "./check-hatch.ts";
import { fillEach } from "./fill-each.ts";
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
} from "./painter.ts";
import { isPoint } from "./points.ts";

/** A painter that has checked what it is told before it draws. */
export abstract class CheckedPainter implements Painter {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  /** @internal */
  readonly _fonts: FontSet;
  #clips = 0;

  /** @internal */
  constructor(width: number, height: number, fonts: FontSet = bundledFonts()) {
    this.width = width;
    this.height = height;
    this._fonts = fonts;
  }

  /** Clips that are open. @internal */
  get _clips(): number {
    return this.#clips;
  }

  /** Fills rings. @internal */
  abstract _fill(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: FillStyle): void;

  /** Strokes lines, or rings where they are closed. @internal */
  abstract _stroke(
    xs: Coordinates,
    ys: Coordinates,
    ends: ArrayLike<number>,
    style: StrokeStyle,
    closed: boolean,
  ): void;

  /** Fills what lies between four edges. @internal */
  abstract _fillBox(left: number, top: number, right: number, bottom: number, style: FillStyle): void;

  /** Draws markers; points without a place are among them. @internal */
  abstract _markers(xs: Coordinates, ys: Coordinates, count: number, style: MarkerStyle): void;

  /** Draws cells. @internal */
  abstract _image(cells: Cells, x: number, y: number, width: number, height: number, smooth: boolean): void;

  /** Draws a text. @internal */
  abstract _text(text: string, x: number, y: number, style: TextStyle): void;

  /** Begins a clip of whole pixels. @internal */
  abstract _pushClip(box: Bounds): void;

  /** Ends the clip that began last. @internal */
  abstract _popClip(): void;

  /** See {@link Painter}. */
  fillPath(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: FillStyle): void {
    checkEnds(xs, ys, ringEnds);
    checkHatch(style);
    this._fill(xs, ys, ringEnds, style);
  }

  /** See {@link Painter}. */
  strokeLine(xs: Coordinates, ys: Coordinates, count: number, style: StrokeStyle): void {
    checkCount(count, xs, ys);
    this._stroke(xs, ys, [count], style, false);
  }

  /** See {@link Painter}. */
  strokeRings(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: StrokeStyle): void {
    checkEnds(xs, ys, ringEnds);
    this._stroke(xs, ys, ringEnds, style, true);
  }

  /** See {@link Painter}. */
  fillRect(x: number, y: number, width: number, height: number, style: FillStyle): void {
    checkHatch(style);
    if (!isPoint(x, y) || !isPoint(width, height)) return;
    this._fillBox(
      Math.min(x, x + width),
      Math.min(y, y + height),
      Math.max(x, x + width),
      Math.max(y, y + height),
      style,
    );
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
    fillEach(this, xs, ys, widths, heights, count, style, colors);
  }

  /** See {@link Painter}. */
  markers(xs: Coordinates, ys: Coordinates, count: number, style: MarkerStyle): void {
    checkMarkers(xs, ys, count, style);
    this._markers(xs, ys, count, style);
  }

  /** See {@link Painter}. */
  image(cells: Cells, x: number, y: number, width: number, height: number, smooth = false): void {
    checkCells(cells);
    const isSomewhere = isPoint(x, y) && isPoint(width, height) && width !== 0 && height !== 0;
    if (isSomewhere && cells.width > 0 && cells.height > 0) {
      this._image(cells, x, y, width, height, smooth);
    }
  }

  /** See {@link Painter}. */
  text(text: string, x: number, y: number, style: TextStyle): void {
    if (isPoint(x, y)) this._text(text, x, y, style);
  }

  /** See {@link Painter}. */
  measure(text: string, font: FontStyle): TextExtent {
    return this._fonts.layout(text, font).extent;
  }

  /** See {@link Painter}. */
  pushClip(x: number, y: number, width: number, height: number): void {
    if (!isPoint(x, y) || !isPoint(width, height)) {
      throw unlike("a finite clip", `${x}, ${y}, ${width}, ${height}`);
    }
    this._pushClip({
      left: Math.round(Math.min(x, x + width)),
      top: Math.round(Math.min(y, y + height)),
      right: Math.round(Math.max(x, x + width)),
      bottom: Math.round(Math.max(y, y + height)),
    });
    this.#clips++;
  }

  /** See {@link Painter}. */
  popClip(): void {
    if (this.#clips === 0) throw new PlotError("BAD_ARGUMENT", "popClip without a clip that was pushed");
    this.#clips--;
    this._popClip();
  }
}
