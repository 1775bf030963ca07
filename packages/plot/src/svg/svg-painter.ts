// The backend that writes SVG: every call appends elements. What is used again (markers, hatches, clips) is defined once,
// before its first use.
import type { Pool } from "@millpond/core";

import { unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
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
import { checkCells } from "../raster/images.ts";
import { checkCount, checkEnds, checkMarkers } from "../paint/check-columns.ts";
import { fillEach } from "../paint/fill-each.ts";
import type { Bounds } from "../raster/raster-twin.ts";
import { penOf } from "../raster/stroke-style.ts";
import { bundledFonts, type FontSet } from "../text/font-set.ts";
import { outlineText } from "../text/outline-text.ts";
import { hatchPattern } from "./hatch-pattern.ts";
import { imageData } from "./image-data.ts";
import { textElements } from "./text-elements.ts";
import { escaped, number, paint, SVG_PATH } from "./write.ts";

/** Options of an {@link SvgPainter}. */
export interface SvgOptions {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  /** Where the memory for images comes from. @defaultValue a pool of the package */
  readonly pool?: Pool | undefined;
  /** The fonts that styles may name. @defaultValue the bundled font only */
  readonly fonts?: FontSet | undefined;
  /**
   * `"paths"` draws glyphs as outlines: the same everywhere. `"elements"` writes `<text>`, which is smaller, and can be
   * selected and searched; who shows it chooses the font by its name. @defaultValue "paths"
   */
  readonly text?: "paths" | "elements" | undefined;
  /** The start of all ids, for pages with several pictures. @defaultValue "p" */
  readonly idPrefix?: string | undefined;
  /** Read to people who do not see the picture. @defaultValue none */
  readonly title?: string | undefined;
}

/**
 * Writes SVG. `toString` gives the document as far as it was drawn.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { SvgPainter } from "@millpond/plot";
 *
 * const painter = new SvgPainter({ width: 100, height: 50 });
 * painter.fillRect(10, 10, 20, 20, { color: 0xff000080 });
 * assert(painter.toString().includes('<rect x="10" y="10" width="20" height="20" fill="#ff0000" fill-opacity="0.502"/>'));
 * ```
 */
export class SvgPainter implements Painter {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  readonly #options: SvgOptions;
  readonly #fonts: FontSet;
  readonly #picture: Bounds;
  readonly #parts: string[] = [];
  // Ids of what was defined, by what it is.
  readonly #ids = new Map<string, string>();
  readonly #path = new Path();
  #clips = 0;

  constructor(options: SvgOptions) {
    const { width, height, text = "paths", idPrefix = "p" } = options;
    if (!(width > 0 && width < 1e6)) throw unlike("a width above 0 pixels", width);
    if (!(height > 0 && height < 1e6)) throw unlike("a height above 0 pixels", height);
    if (text !== "paths" && text !== "elements") throw unlike('text to be "paths" or "elements"', text);
    if (!/^[A-Za-z_][\w-]*$/.test(idPrefix)) throw unlike("a prefix of letters, digits, _ and -", idPrefix);
    this.width = width;
    this.height = height;
    this.#options = options;
    this.#fonts = options.fonts ?? bundledFonts();
    this.#picture = { left: 0, top: 0, right: width, bottom: height };
  }

  /** The document. Clips that are still open end with it. */
  toString(): string {
    const size = `width="${number(this.width)}" height="${number(this.height)}"`;
    const box = `viewBox="0 0 ${number(this.width)} ${number(this.height)}"`;
    const { title } = this.#options;
    const label = title === undefined ? "" : `<title>${escaped(title)}</title>`;
    const open = "</g>".repeat(this.#clips);
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box}>${label}${this.#parts.join("")}${open}</svg>`;
  }

  /** See {@link Painter}. */
  fillPath(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>, style: FillStyle): void {
    checkEnds(xs, ys, ringEnds);
    const data = ringData(xs, ys, ringEnds, this.#picture, SVG_PATH);
    const rule = style.rule === "evenodd" ? ' fill-rule="evenodd"' : "";
    if (data !== "") this.#fill(`path d="${data}"${rule}`, style);
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
    const left = clamp(Math.min(x, x + width));
    const top = clamp(Math.min(y, y + height));
    const right = clamp(Math.max(x, x + width));
    const bottom = clamp(Math.max(y, y + height));
    if (left === right || top === bottom) return;
    const size = `width="${number(right - left)}" height="${number(bottom - top)}"`;
    this.#fill(`rect x="${number(left)}" y="${number(top)}" ${size}`, style);
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
    const looks = markerLooks(style, form === "filled");
    for (let index = 0; index < count; index++) {
      const size = style.sizes === undefined ? style.size : Math.round(style.sizes[index] * 4) / 4;
      if (!this.#isNear(xs[index], ys[index]) || !(size > 0 && size < 1e5)) continue;
      const id = this.#define(`marker ${style.kind} ${size}`, (name) => this.#marker(name, style, size));
      const color = style.colors?.[index] ?? style.color;
      const own = paint(form === "filled" ? "fill" : "stroke", color);
      const place = `x="${number(xs[index])}" y="${number(ys[index])}"`;
      this.#parts.push(`<use href="#${id}" ${place} ${own}${looks}/>`);
    }
  }

  /** See {@link Painter}. */
  image(cells: Cells, x: number, y: number, width: number, height: number, smooth = false): void {
    checkCells(cells);
    if (!isPoint(x, y) || !isPoint(width, height) || width === 0 || height === 0) return;
    if (cells.width === 0 || cells.height === 0) return;
    const data = imageData(cells, width < 0, height < 0, this.#options.pool);
    const place = `x="${number(Math.min(x, x + width))}" y="${number(Math.min(y, y + height))}"`;
    const size = `width="${number(Math.abs(width))}" height="${number(Math.abs(height))}"`;
    const rendering = smooth ? "" : ' image-rendering="optimizeSpeed"';
    this.#parts.push(
      `<image ${place} ${size} preserveAspectRatio="none"${rendering} href="data:image/png;base64,${data}"/>`,
    );
  }

  /** See {@link Painter}. */
  text(text: string, x: number, y: number, style: TextStyle): void {
    if (!this.#isNear(x, y)) return;
    if (this.#options.text === "elements") {
      this.#parts.push(textElements(this.#fonts.layout(text, style), text, x, y, style));
      return;
    }
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
    const size = `width="${Math.round(Math.max(x, x + width)) - left}" height="${Math.round(Math.max(y, y + height)) - top}"`;
    const rect = `<rect x="${left}" y="${top}" ${size}/>`;
    const id = this.#define(rect, (name) => `<clipPath id="${name}">${rect}</clipPath>`);
    this.#parts.push(`<g clip-path="url(#${id})">`);
    this.#clips++;
  }

  /** See {@link Painter}. */
  popClip(): void {
    if (this.#clips === 0) throw new PlotError("BAD_ARGUMENT", "popClip without a clip that was pushed");
    this.#clips--;
    this.#parts.push("</g>");
  }

  #isNear(x: number, y: number): boolean {
    return isPoint(x, y) && Math.abs(x) < 1e5 && Math.abs(y) < 1e5;
  }

  #define(what: string, write: (id: string) => string): string {
    const known = this.#ids.get(what);
    if (known !== undefined) return known;
    const id = `${this.#options.idPrefix ?? "p"}${this.#ids.size + 1}`;
    this.#ids.set(what, id);
    this.#parts.push(`<defs>${write(id)}</defs>`);
    return id;
  }

  #fill(element: string, { color, hatch }: FillStyle): void {
    const id = hatch === undefined ? undefined : this.#hatch(hatch);
    this.#parts.push(`<${element} ${paint("fill", color)}/>`);
    if (id !== undefined) this.#parts.push(`<${element} fill="url(#${id})"/>`);
  }

  #hatch(hatch: Hatch): string {
    // Refuses what cannot be drawn, as the rasterizer does.
    patternOf(hatch);
    const { kind, color, spacing = 8, width = 1 } = hatch;
    return this.#define(`hatch ${kind} ${color} ${spacing} ${width}`, (id) => hatchPattern(id, hatch));
  }

  #marker(id: string, { kind }: MarkerStyle, size: number): string {
    return `<path id="${id}" d="${markerData(kind, size, this.#picture, SVG_PATH)}"/>`;
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
    const line = strokeData(xs, ys, ringEnds, closed, this.#picture, SVG_PATH);
    if (line === "") return;
    // Dashed strokes have round joins, as the rasterizer gives them.
    const join = pen.dash.length > 0 ? "round" : pen.join;
    const looks = [
      paint("stroke", style.color),
      `stroke-width="${number(style.width)}" stroke-linejoin="${join}"`,
      pen.cap === "butt" ? "" : ` stroke-linecap="${pen.cap}"`,
      join === "miter" && pen.miterLimit !== 4 ? ` stroke-miterlimit="${number(pen.miterLimit)}"` : "",
      pen.dash.length === 0 ? "" : ` stroke-dasharray="${pen.dash.map(number).join(" ")}"`,
      pen.dash.length === 0 || pen.dashOffset === 0 ? "" : ` stroke-dashoffset="${number(pen.dashOffset)}"`,
    ];
    this.#parts.push(`<path d="${line}" fill="none" ${looks[0]} ${looks.slice(1).join("")}/>`);
  }
}

// The attributes of a marker that do not depend on its point.
function markerLooks(style: MarkerStyle, filled: boolean): string {
  const { edgeColor, edgeWidth = 1 } = style;
  const width = ` stroke-width="${number(edgeWidth)}"`;
  if (!filled) return ` fill="none"${width}`;
  return edgeColor === undefined || edgeWidth === 0 ? "" : ` ${paint("stroke", edgeColor)}${width}`;
}
