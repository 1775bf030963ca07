// The backend that writes SVG: every call appends elements. What is used again (markers, hatches, clips) is defined once,
// before its first use.
import type { Pool } from "@millpond/core";

import { unlike } from "../check.ts";
import type { Bounds } from "../paint/bounds.ts";
import type { MarkerForm } from "../paint/marker-shapes.ts";
import { number } from "../paint/number.ts";
import type { Cells, FillStyle, Hatch, MarkerStyle, StrokeStyle, TextStyle } from "../paint/painter.ts";
import { Path } from "../paint/path.ts";
import type { Pen } from "../paint/pen.ts";
import { type DrawMarker, VectorPainter } from "../paint/vector-painter.ts";
import { crc32 } from "../png/crc.ts";
import type { FontSet } from "../text/font-set.ts";
import { outlineText } from "../text/outline-text.ts";
import { hatchPattern } from "./hatch-pattern.ts";
import { imageData } from "./image-data.ts";
import { textElements } from "./text-elements.ts";
import { escaped, paint, SVG_PATH } from "./write.ts";

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
  /**
   * The start of all ids, which have to differ in a page with several pictures.
   * @defaultValue made of the content: other pictures have others, and the same picture is the same document
   */
  readonly idPrefix?: string | undefined;
  /** Read to people who do not see the picture. @defaultValue none */
  readonly title?: string | undefined;
}

const utf8 = new TextEncoder();
// Stands for the start of ids until all of the content is known; XML has no such character.
const ID_START = "\u0001";

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
export class SvgPainter extends VectorPainter {
  readonly #options: SvgOptions;
  readonly #parts: string[] = [];
  // Ids of what was defined, by what it is.
  readonly #ids = new Map<string, string>();
  readonly #path = new Path();

  constructor(options: SvgOptions) {
    const { width, height, fonts, text = "paths", idPrefix } = options;
    super(width, height, fonts, SVG_PATH);
    if (text !== "paths" && text !== "elements") throw unlike('text to be "paths" or "elements"', text);
    if (idPrefix !== undefined && !/^[A-Za-z_][\w-]*$/.test(idPrefix))
      throw unlike("a prefix of letters, digits, _ and -", idPrefix);
    this.#options = options;
  }

  /** The document. Clips that are still open end with it. */
  override toString(): string {
    const size = `width="${number(this.width)}" height="${number(this.height)}"`;
    const box = `viewBox="0 0 ${number(this.width)} ${number(this.height)}"`;
    const { title = "" } = this.#options;
    const label = title === "" ? "" : `<title>${escaped(title)}</title>`;
    const content = this.#parts.join("") + "</g>".repeat(this._clips);
    const { idPrefix = `p${hashOf(content)}-` } = this.#options;
    const body = content.replaceAll(ID_START, idPrefix);
    return `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${size} ${box}>${label}${body}</svg>`;
  }

  /** @internal */
  override _fillData(data: string, style: FillStyle): void {
    const rule = style.rule === "evenodd" ? ' fill-rule="evenodd"' : "";
    this.#fill(`path d="${data}"${rule}`, style);
  }

  /** @internal */
  override _fillRect(x: number, y: number, width: number, height: number, style: FillStyle): void {
    this.#fill(`rect ${placeOf(x, y)} ${sizeOf(width, height)}`, style);
  }

  /** @internal */
  override _strokeData(data: string, pen: Pen, style: StrokeStyle): void {
    const { cap, join, dash, dashOffset, miterLimit } = pen;
    const looks = [
      `fill="none" ${paint("stroke", style.color)} stroke-width="${number(style.width)}"`,
      `stroke-linejoin="${join}"`,
      ...(cap === "butt" ? [] : [`stroke-linecap="${cap}"`]),
      ...(join === "miter" && miterLimit !== 4 ? [`stroke-miterlimit="${number(miterLimit)}"`] : []),
      ...(dash.length === 0 ? [] : [`stroke-dasharray="${dash.map(number).join(" ")}"`]),
      ...(dash.length === 0 || dashOffset === 0 ? [] : [`stroke-dashoffset="${number(dashOffset)}"`]),
    ];
    this.#parts.push(`<path d="${data}" ${looks.join(" ")}/>`);
  }

  /** @internal */
  override _drawMarkers(style: MarkerStyle, form: MarkerForm, each: (draw: DrawMarker) => void): void {
    const attribute = form === "filled" ? "fill" : "stroke";
    const own = style.colors !== undefined;
    const uses: string[] = [];
    each((x, y, size, color) => {
      const id = this.#define(`marker ${style.kind} ${size}`, (name) => {
        return `<path id="${name}" d="${this._markerData(style.kind, size)}"/>`;
      });
      uses.push(`<use href="#${id}" ${placeOf(x, y)}${own ? ` ${paint(attribute, color)}` : ""}/>`);
    });
    if (uses.length === 0) return;
    const looks = markerLooks(style, form === "filled");
    this.#parts.push(`<g ${paint(attribute, style.color)}${looks}>${uses.join("")}</g>`);
  }

  /** @internal */
  override _image(cells: Cells, x: number, y: number, width: number, height: number, smooth: boolean): void {
    const data = imageData(cells, width < 0, height < 0, this.#options.pool);
    const where = placeOf(Math.min(x, x + width), Math.min(y, y + height));
    const looks = `preserveAspectRatio="none"${smooth ? "" : ' image-rendering="optimizeSpeed"'}`;
    this.#parts.push(
      `<image ${where} ${sizeOf(Math.abs(width), Math.abs(height))} ${looks} href="data:image/png;base64,${data}"/>`,
    );
  }

  /** @internal */
  override _nearText(text: string, x: number, y: number, style: TextStyle): void {
    if (this.#options.text === "elements") {
      this.#parts.push(textElements(this._fonts.layout(text, style), text, x, y, style));
      return;
    }
    const path = this.#path;
    path.reset();
    outlineText(path, this._fonts, text, x, y, style);
    this.fillPath(path.xs, path.ys, path.ringEnds, { color: style.color });
  }

  /** @internal */
  override _pushClip({ left, top, right, bottom }: Bounds): void {
    const rect = `<rect ${placeOf(left, top)} ${sizeOf(right - left, bottom - top)}/>`;
    const id = this.#define(rect, (name) => `<clipPath id="${name}">${rect}</clipPath>`);
    this.#parts.push(`<g clip-path="url(#${id})">`);
  }

  /** @internal */
  override _popClip(): void {
    this.#parts.push("</g>");
  }

  #define(what: string, write: (id: string) => string): string {
    const known = this.#ids.get(what);
    if (known !== undefined) return known;
    const id = `${ID_START}${this.#ids.size + 1}`;
    this.#ids.set(what, id);
    this.#parts.push(`<defs>${write(id)}</defs>`);
    return id;
  }

  #fill(element: string, { color, hatch }: FillStyle): void {
    const over = hatch === undefined ? undefined : this.#hatch(hatch);
    this.#parts.push(`<${element} ${paint("fill", color)}/>`);
    if (over !== undefined) this.#parts.push(`<${element} fill="url(#${over})"/>`);
  }

  #hatch(hatch: Hatch): string {
    const { kind, color, spacing = 8, width = 1 } = hatch;
    return this.#define(`hatch ${kind} ${color} ${spacing} ${width}`, (id) => hatchPattern(id, hatch));
  }
}

// A few letters and digits, other ones for other texts.
function hashOf(text: string): string {
  const bytes = utf8.encode(text);
  return crc32(bytes, 0).toString(36);
}

function placeOf(x: number, y: number): string {
  return `x="${number(x)}" y="${number(y)}"`;
}

function sizeOf(width: number, height: number): string {
  return `width="${number(width)}" height="${number(height)}"`;
}

// The attributes of a marker that do not depend on its point.
function markerLooks(style: MarkerStyle, filled: boolean): string {
  const { edgeColor, edgeWidth = 1 } = style;
  const width = ` stroke-width="${number(edgeWidth)}"`;
  if (!filled) return ` fill="none"${width}`;
  return edgeColor === undefined || edgeWidth === 0 ? "" : ` ${paint("stroke", edgeColor)}${width}`;
}
