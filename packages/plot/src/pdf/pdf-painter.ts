// The backend that writes PDF: one page of paths and images. There is no library in it: pages, paths, colours and clips
// are a small part of the format, and letters are drawn as outlines, so that no font has to be embedded.
import { unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import { checkCount, checkEnds, checkMarkers } from "../paint/check-columns.ts";
import { fillEach } from "../paint/fill-each.ts";
import { markerForm } from "../paint/marker-shapes.ts";
import type {
  Cells,
  Coordinates,
  FillStyle,
  FontStyle,
  Hatch,
  MarkerStyle,
  Painter,
  StrokeStyle,
  TextExtent,
  TextStyle,
} from "../paint/painter.ts";
import { Path } from "../paint/path.ts";
import { markerData, ringData, strokeData } from "../paint/path-data.ts";
import { isPoint } from "../raster/fill.ts";
import { patternOf } from "../raster/hatches.ts";
import { cellColor, checkCells } from "../raster/images.ts";
import type { Bounds } from "../raster/raster-twin.ts";
import { penOf } from "../raster/stroke-style.ts";
import { number } from "../svg/write.ts";
import { bundledFonts, type FontSet } from "../text/font-set.ts";
import { outlineText } from "../text/outline-text.ts";
import { PdfFile, textObject } from "./pdf-file.ts";
import { PDF_PATH, hatchWords, penWords, rgb } from "./write.ts";

/** Options of a {@link PdfPainter}. */
export interface PdfOptions {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  /** Pixels in an inch: how large the page is. @defaultValue 100 */
  readonly dpi?: number | undefined;
  /** The fonts that styles may name. @defaultValue the bundled font only */
  readonly fonts?: FontSet | undefined;
  /** What readers show above the page. @defaultValue none */
  readonly title?: string | undefined;
  /**
   * Compresses the parts of the file: a zlib stream of the bytes, such as `node:zlib`'s `deflateSync` gives.
   * @defaultValue nothing is compressed
   */
  readonly deflate?: ((bytes: Uint8Array) => Uint8Array) | undefined;
}

// What the words so far have set; undefined where that is not known.
interface Colors {
  readonly fill: number | undefined;
  readonly stroke: number | undefined;
}

const UNKNOWN: Colors = { fill: undefined, stroke: undefined };

/**
 * Writes PDF: a page of vector graphics. `toBytes` gives the file as far as it was drawn.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { PdfPainter } from "@millpond/plot";
 *
 * const painter = new PdfPainter({ width: 100, height: 50 });
 * painter.fillRect(10, 10, 20, 20, { color: 0xff0000ff });
 * const text = new TextDecoder("latin1").decode(painter.toBytes());
 * assert(text.startsWith("%PDF-1.4") && text.includes("1 0 0 rg 10 10 20 20 re f"));
 * ```
 */
export class PdfPainter implements Painter {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  readonly #options: PdfOptions;
  readonly #fonts: FontSet;
  readonly #picture: Bounds;
  // Points a pixel.
  readonly #unit: number;
  readonly #file: PdfFile;
  readonly #words: string[] = [];
  // References to what was defined, by kind and name: `/M1 7 0 R`.
  readonly #resources = {
    ExtGState: new Map<string, string>(),
    XObject: new Map<string, string>(),
  };
  readonly #path = new Path();
  #colors = UNKNOWN;
  readonly #clips: Colors[] = [];

  constructor(options: PdfOptions) {
    const { width, height, dpi = 100, deflate } = options;
    if (!(width > 0 && width < 1e6)) throw unlike("a width above 0 pixels", width);
    if (!(height > 0 && height < 1e6)) throw unlike("a height above 0 pixels", height);
    if (!(dpi > 0 && dpi < 1e6)) throw unlike("a number of pixels in an inch above 0", dpi);
    this.width = width;
    this.height = height;
    this.#options = options;
    this.#fonts = options.fonts ?? bundledFonts();
    this.#picture = { left: 0, top: 0, right: width, bottom: height };
    this.#unit = 72 / dpi;
    this.#file = new PdfFile(deflate);
  }

  /** The file, as far as it was drawn. Clips that are still open end with it. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const file = this.#file;
    const unit = this.#unit;
    const [wide, high] = [number(unit * this.width), number(unit * this.height)];
    // Pixels, with y downwards.
    const page = `${String(unit)} 0 0 ${String(-unit)} 0 ${high} cm `;
    const contents = file.addText("", page + this.#words.join("") + "Q ".repeat(this.#clips.length));
    const kinds = Object.entries(this.#resources).map(
      ([kind, references]) => `/${kind} <<${[...references.values()].join(" ")}>>`,
    );
    const pages = file.next + 1;
    const box = `/MediaBox [0 0 ${wide} ${high}] /Resources <<${kinds.join(" ")}>>`;
    const only = file.add(`<</Type /Page /Parent ${pages} 0 R ${box} /Contents ${contents} 0 R>>`);
    file.add(`<</Type /Pages /Kids [${only} 0 R] /Count 1>>`);
    const catalog = file.add(`<</Type /Catalog /Pages ${pages} 0 R>>`);
    const { title } = this.#options;
    return file.toBytes(catalog, file.add(title === undefined ? "<<>>" : `<</Title ${textObject(title)}>>`));
  }

  /** See {@link Painter}. */
  fillPath(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: FillStyle): void {
    checkEnds(xs, ys, ringEnds);
    const data = ringData(xs, ys, ringEnds, this.#picture, PDF_PATH);
    if (data !== "") this.#fill(data, style.rule === "evenodd" ? "f* " : "f ", style);
  }

  /** See {@link Painter}. */
  strokeLine(xs: Coordinates, ys: Coordinates, count: number, style: StrokeStyle): void {
    checkCount(count, xs, ys);
    this.#stroke(xs, ys, [count], style, false);
  }

  /** See {@link Painter}. */
  strokeRings(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: StrokeStyle): void {
    checkEnds(xs, ys, ringEnds);
    this.#stroke(xs, ys, ringEnds, style, true);
  }

  /** See {@link Painter}. */
  fillRect(x: number, y: number, width: number, height: number, style: FillStyle): void {
    if (!isPoint(x, y) || !isPoint(width, height)) return;
    const far = this.width + this.height + 2000;
    const clamp = (value: number): number => Math.min(Math.max(value, -far), far);
    const [left, right] = [clamp(Math.min(x, x + width)), clamp(Math.max(x, x + width))];
    const [top, bottom] = [clamp(Math.min(y, y + height)), clamp(Math.max(y, y + height))];
    if (left === right || top === bottom) return;
    this.#fill(`${[left, top, right - left, bottom - top].map(number).join(" ")} re `, "f ", style);
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
    const form = markerForm(style.kind);
    if (form === undefined) throw unlike("a kind of marker", style.kind);
    if (!(style.size >= 0 && style.size < Infinity)) {
      throw unlike("a marker size of 0 or more pixels", style.size);
    }
    const { edgeColor, edgeWidth = 1 } = style;
    const filled = form === "filled";
    const edged = filled && edgeColor !== undefined && edgeWidth > 0;
    const operator = filled ? (edged ? "B" : "f") : "S";
    if (operator !== "f") this.#words.push(`${number(edgeWidth)} w 0 J 0 j [] 0 d `);
    for (let index = 0; index < count; index++) {
      const size = style.sizes === undefined ? style.size : Math.round(style.sizes[index] * 4) / 4;
      if (!this.#isNear(xs[index], ys[index]) || !(size > 0 && size < 1e5)) continue;
      const color = style.colors?.[index] ?? style.color;
      this.#setColors(filled ? color : undefined, filled ? (edged ? edgeColor : undefined) : color);
      const name = this.#marker(style, size, operator);
      this.#words.push(`q 1 0 0 1 ${number(xs[index])} ${number(ys[index])} cm ${name} Do Q\n`);
    }
  }

  /** See {@link Painter}. */
  image(cells: Cells, x: number, y: number, width: number, height: number, smooth = false): void {
    checkCells(cells);
    if (!isPoint(x, y) || !isPoint(width, height) || width === 0 || height === 0) return;
    if (cells.width === 0 || cells.height === 0) return;
    const { XObject } = this.#resources;
    const name = `/I${XObject.size + 1}`;
    XObject.set(name, `${name} ${addImage(this.#file, cells, smooth)} 0 R`);
    // Images are as opaque as their cells.
    this.#setColors(0xff, undefined);
    const place = [width, 0, 0, -height, x, y + height].map(number).join(" ");
    this.#words.push(`q ${place} cm ${name} Do Q\n`);
  }

  /** See {@link Painter}. */
  text(text: string, x: number, y: number, style: TextStyle): void {
    if (!this.#isNear(x, y)) return;
    const path = this.#path;
    path.reset();
    outlineText(path, this.#fonts, text, x, y, style);
    this.fillPath(path.xs, path.ys, path.ringEnds, { color: style.color });
  }

  /** See {@link Painter}. */
  measure(text: string, font: FontStyle): TextExtent {
    return this.#fonts.layout(text, font).extent;
  }

  /** See {@link Painter}. */
  pushClip(x: number, y: number, width: number, height: number): void {
    if (!isPoint(x, y) || !isPoint(width, height)) {
      throw unlike("a finite clip", `${x}, ${y}, ${width}, ${height}`);
    }
    // Whole pixels, as the rasterizer has them.
    const left = Math.round(Math.min(x, x + width));
    const top = Math.round(Math.min(y, y + height));
    const wide = Math.round(Math.max(x, x + width)) - left;
    const high = Math.round(Math.max(y, y + height)) - top;
    this.#clips.push(this.#colors);
    this.#words.push(`q ${left} ${top} ${wide} ${high} re W n\n`);
  }

  /** See {@link Painter}. */
  popClip(): void {
    const before = this.#clips.pop();
    if (before === undefined) throw new PlotError("BAD_ARGUMENT", "popClip without a clip that was pushed");
    this.#colors = before;
    this.#words.push("Q\n");
  }

  #isNear(x: number, y: number): boolean {
    return isPoint(x, y) && Math.abs(x) < 1e5 && Math.abs(y) < 1e5;
  }

  #fill(data: string, operator: string, { color, hatch }: FillStyle): void {
    const lines = hatch === undefined ? undefined : this.#hatch(hatch);
    this.#setColors(color, undefined);
    this.#words.push(`${data}${operator}\n`);
    if (lines === undefined) return;
    this.#setColors(undefined, hatch!.color);
    this.#words.push(`q ${data}${operator.replace("f", "W")}n ${lines} Do Q\n`);
  }

  #stroke(
    xs: Coordinates,
    ys: Coordinates,
    ringEnds: ArrayLike<number>,
    style: StrokeStyle,
    closed: boolean,
  ): void {
    const pen = penOf(style);
    if (pen === undefined) return;
    const data = strokeData(xs, ys, ringEnds, closed, this.#picture, PDF_PATH);
    if (data === "") return;
    this.#setColors(undefined, style.color);
    this.#words.push(`${penWords(pen, style.width)}${data}S\n`);
  }

  // Colours of what comes next; undefined leaves one as it is.
  #setColors(fill: number | undefined, stroke: number | undefined): void {
    const before = this.#colors;
    if (fill !== undefined && fill !== before.fill) {
      this.#words.push(`${this.#alpha("ca", fill)} gs ${rgb(fill)} rg `);
    }
    if (stroke !== undefined && stroke !== before.stroke) {
      this.#words.push(`${this.#alpha("CA", stroke)} gs ${rgb(stroke)} RG `);
    }
    this.#colors = { fill: fill ?? before.fill, stroke: stroke ?? before.stroke };
  }

  #alpha(what: "ca" | "CA", color: number): string {
    const alpha = color & 0xff;
    const name = `/${what}${alpha}`;
    this.#resources.ExtGState.set(name, `${name} <</${what} ${number(alpha / 255)}>>`);
    return name;
  }

  #marker({ kind }: MarkerStyle, size: number, operator: string): string {
    const name = `/${kind}-${size}-${operator}`.replace(".", "_");
    return this.#form(name, () => markerData(kind, size, this.#picture, PDF_PATH) + operator);
  }

  #hatch(hatch: Hatch): string {
    // Refuses what cannot be drawn, as the rasterizer does.
    patternOf(hatch);
    const { kind, color, spacing = 8, width = 1 } = hatch;
    const words = (): string => hatchWords(hatch, this.width, this.height);
    return this.#form(`/${kind}-${color}-${spacing}-${width}`.replaceAll(".", "_"), words);
  }

  // Words that are used again and again, by a name; they have the colours of where they are used.
  #form(name: string, write: () => string): string {
    const { XObject } = this.#resources;
    if (!XObject.has(name)) {
      const far = number(this.width + this.height + 2000);
      const entries = `/Type /XObject /Subtype /Form /BBox [-${far} -${far} ${far} ${far}]`;
      XObject.set(name, `${name} ${this.#file.addText(entries, write())} 0 R`);
    }
    return name;
  }
}

// Three bytes a cell, and one more in an image of its own where not all are opaque.
function addImage(file: PdfFile, cells: Cells, smooth: boolean): number {
  const count = cells.width * cells.height;
  const colors = new Uint8Array(3 * count);
  const alphas = new Uint8Array(count);
  for (let cell = 0; cell < count; cell++) {
    const color = cellColor(cells, cell);
    colors[3 * cell] = color & 0xff;
    colors[3 * cell + 1] = (color >>> 8) & 0xff;
    colors[3 * cell + 2] = (color >>> 16) & 0xff;
    alphas[cell] = color >>> 24;
  }
  const size = `/Type /XObject /Subtype /Image /Width ${cells.width} /Height ${cells.height} /BitsPerComponent 8 /Interpolate ${smooth}`;
  const mask = alphas.every((alpha) => alpha === 255)
    ? ""
    : ` /SMask ${file.addStream(`${size} /ColorSpace /DeviceGray`, alphas)} 0 R`;
  return file.addStream(`${size} /ColorSpace /DeviceRGB${mask}`, colors);
}
