// The backend that writes PDF: one page of paths, texts and images. There is no library in it: those for Node write
// streams and wait, or were last released years ago, and pages, paths, colours, clips and fonts of outlines are a small
// part of the format.
import { unlike } from "../check.ts";
import type { Bounds } from "../paint/bounds.ts";
import { cellColor } from "../paint/cells.ts";
import type { MarkerForm } from "../paint/marker-shapes.ts";
import { number } from "../paint/number.ts";
import type { Cells, FillStyle, Hatch, MarkerStyle, StrokeStyle, TextStyle } from "../paint/painter.ts";
import type { Pen } from "../paint/pen.ts";
import { type DrawMarker, VectorPainter } from "../paint/vector-painter.ts";
import type { FontFace } from "../text/font-face.ts";
import type { FontSet } from "../text/font-set.ts";
import { placeGlyphs } from "../text/outline-text.ts";
import { EmbeddedFont } from "./embedded-font.ts";
import { PdfFile, textObject } from "./pdf-file.ts";
import { type NamedFont, TextWords } from "./text-words.ts";
import { hatchWords, PDF_PATH, penWords, rgb } from "./write.ts";

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
export class PdfPainter extends VectorPainter {
  readonly #options: PdfOptions;
  // Points a pixel.
  readonly #unit: number;
  readonly #file: PdfFile;
  readonly #words: string[] = [];
  // References to what was defined, by kind and name: `/M1 7 0 R`.
  readonly #resources = {
    ExtGState: new Map<string, string>(),
    XObject: new Map<string, string>(),
  };
  // Embedded when the file is asked for: then all their glyphs are known.
  readonly #fonts = new Map<FontFace, NamedFont>();
  #colors = UNKNOWN;
  readonly #clipColors: Colors[] = [];

  constructor(options: PdfOptions) {
    const { width, height, dpi = 100, fonts, deflate } = options;
    super(width, height, fonts, PDF_PATH);
    if (!(dpi > 0 && dpi < 1e6)) throw unlike("a number of pixels in an inch above 0", dpi);
    this.#options = options;
    this.#unit = 72 / dpi;
    this.#file = new PdfFile(deflate);
  }

  /** The file, as far as it was drawn. Clips that are still open end with it. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const file = this.#file.copy();
    const unit = this.#unit;
    const [wide, high] = [number(unit * this.width), number(unit * this.height)];
    // Pixels, with y downwards.
    const page = `${String(unit)} 0 0 ${String(-unit)} 0 ${high} cm `;
    const contents = file.addText("", page + this.#words.join("") + "Q ".repeat(this._clips));
    const fonts = [...this.#fonts.values()].map(({ name, font }) => `${name} ${font.addTo(file)} 0 R`);
    const kinds = Object.entries({ ...this.#resources, Font: fonts }).map(
      ([kind, references]) => `/${kind} <<${[...references.values()].join(" ")}>>`,
    );
    const pages = file.next + 1;
    const box = `/MediaBox [0 0 ${wide} ${high}] /Resources <<${kinds.join(" ")}>>`;
    const only = file.add(`<</Type /Page /Parent ${pages} 0 R ${box} /Contents ${contents} 0 R>>`);
    file.add(`<</Type /Pages /Kids [${only} 0 R] /Count 1>>`);
    const catalog = file.add(`<</Type /Catalog /Pages ${pages} 0 R>>`);
    const { title = "" } = this.#options;
    return file.toBytes(catalog, file.add(title === "" ? "<<>>" : `<</Title ${textObject(title)}>>`));
  }

  /** @internal */
  override _fillData(data: string, style: FillStyle): void {
    this.#fill(data, style.rule === "evenodd" ? "f* " : "f ", style);
  }

  /** @internal */
  override _fillRect(x: number, y: number, width: number, height: number, style: FillStyle): void {
    this.#fill(`${[x, y, width, height].map(number).join(" ")} re `, "f ", style);
  }

  /** @internal */
  override _strokeData(data: string, pen: Pen, style: StrokeStyle): void {
    this.#setColors(undefined, style.color);
    this.#words.push(`${penWords(pen, style.width)}${data}S\n`);
  }

  /** @internal */
  override _drawMarkers(style: MarkerStyle, form: MarkerForm, each: (draw: DrawMarker) => void): void {
    const { edgeColor, edgeWidth = 1 } = style;
    const filled = form === "filled";
    const edge = filled && edgeWidth > 0 ? edgeColor : undefined;
    const operator = filled ? (edge === undefined ? "f" : "B") : "S";
    if (operator !== "f") this.#words.push(`${number(edgeWidth)} w 0 J 0 j [] 0 d `);
    each((x, y, size, color) => {
      this.#setColors(filled ? color : undefined, filled ? edge : color);
      const name = this.#form(
        `/${style.kind}-${size}-${operator}`,
        () => this._markerData(style.kind, size) + operator,
      );
      this.#words.push(`q 1 0 0 1 ${number(x)} ${number(y)} cm ${name} Do Q\n`);
    });
  }

  /** @internal */
  override _image(cells: Cells, x: number, y: number, width: number, height: number, smooth: boolean): void {
    const { XObject } = this.#resources;
    const name = `/I${XObject.size + 1}`;
    XObject.set(name, `${name} ${addImage(this.#file, cells, smooth)} 0 R`);
    // Images are as opaque as their cells.
    this.#setColors(0xff, undefined);
    const place = [width, 0, 0, -height, x, y + height].map(number).join(" ");
    this.#words.push(`q ${place} cm ${name} Do Q\n`);
  }

  /** @internal */
  override _nearText(text: string, x: number, y: number, style: TextStyle): void {
    const words = new TextWords((face) => this.#fontOf(face));
    placeGlyphs(this._fonts, text, x, y, style, (...glyph) => words.add(...glyph));
    this.#setColors(style.color, undefined);
    this.#words.push(words.toString());
  }

  /** @internal */
  override _pushClip({ left, top, right, bottom }: Bounds): void {
    this.#clipColors.push(this.#colors);
    this.#words.push(`q ${left} ${top} ${right - left} ${bottom - top} re W n\n`);
  }

  /** @internal */
  override _popClip(): void {
    this.#colors = this.#clipColors.pop()!;
    this.#words.push("Q\n");
  }

  #fontOf(face: FontFace): NamedFont {
    let known = this.#fonts.get(face);
    if (known === undefined) {
      known = { name: `/F${this.#fonts.size + 1}`, font: new EmbeddedFont(face) };
      this.#fonts.set(face, known);
    }
    return known;
  }

  #fill(data: string, operator: string, { color, hatch }: FillStyle): void {
    const lines = hatch === undefined ? undefined : this.#hatch(hatch);
    this.#setColors(color, undefined);
    this.#words.push(`${data}${operator}\n`);
    if (lines === undefined) return;
    this.#setColors(undefined, hatch!.color);
    this.#words.push(`q ${data}${operator.replace("f", "W")}n ${lines} Do Q\n`);
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

  #hatch(hatch: Hatch): string {
    const { kind, color, spacing = 8, width = 1 } = hatch;
    const words = (): string => hatchWords(hatch, this.width, this.height);
    return this.#form(`/${kind}-${color}-${spacing}-${width}`, words);
  }

  // Words that are used again and again, by a name; they have the colours of where they are used.
  #form(what: string, write: () => string): string {
    const name = what.replaceAll(".", "_");
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
