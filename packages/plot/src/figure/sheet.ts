// What a figure is drawn on: its size, its looks, its memory, and the ways out of it. Whatever happens while it is drawn,
// all memory goes back to the pool.
import { Pool } from "@millpond/core";

import { checkOptions, unlike } from "../check.ts";
import { defaultPool } from "../default-pool.ts";
import { PlotError } from "../errors.ts";
import type { PreparedFigure } from "../frames/prepared-figure.ts";
import type { Painter } from "../paint/painter.ts";
import { type PdfOptions, PdfPainter } from "../pdf/pdf-painter.ts";
import { encodePng } from "../png/png.ts";
import { RasterPainter } from "../raster/raster-painter.ts";
import { Workspace } from "../reduce/workspace.ts";
import { FontSet } from "../text/font-set.ts";
import { type SvgOptions, SvgPainter } from "../svg/svg-painter.ts";
import { type ThemeOption, themeOf } from "../theme/theme.ts";
import type { Box } from "./axes.ts";
import { Looks } from "./looks.ts";
import type { Stages } from "./stage.ts";

/** Options of a figure. */
export interface FigureOptions {
  /** Pixels from left to right. @defaultValue 640 */
  readonly width?: number | undefined;
  /** Pixels from top to bottom. @defaultValue 480 */
  readonly height?: number | undefined;
  /** Inches across and down, at `dpi` pixels each; instead of `width` and `height`. */
  readonly inches?: readonly [width: number, height: number] | undefined;
  /** Pixels in an inch: how large text, lines and markers are, which are measured in points. @defaultValue 100 */
  readonly dpi?: number | undefined;
  /** How it looks. @defaultValue "light" */
  readonly theme?: ThemeOption | undefined;
  /** Where memory comes from while the figure is drawn. @defaultValue a pool of the package */
  readonly pool?: Pool | undefined;
  /** The fonts that a theme may name. @defaultValue the bundled font only */
  readonly fonts?: FontSet | undefined;
}

/** Options of `pixels`. */
export interface PixelOptions {
  /** Where the pixels go: four bytes R, G, B, A each, row after row. Its memory stays the caller's. */
  readonly into: Uint8Array | Uint8ClampedArray;
  /** Bytes from one row to the next. @defaultValue 4 * width */
  readonly stride?: number | undefined;
}

/** Options of `svg`. */
export type SvgDocumentOptions = Pick<SvgOptions, "text" | "idPrefix" | "title">;

/** Options of `pdf`. */
export type PdfDocumentOptions = Pick<PdfOptions, "title" | "deflate">;

/** What all figures can do, of one panel or of several. */
export interface Figure {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  /** Draws with any painter of the figure's size. */
  draw(painter: Painter): void;
  /** Draws into pixels that the caller owns, and returns them. */
  pixels<A extends PixelOptions["into"]>(options: PixelOptions & { readonly into: A }): A;
  /** The bytes of a PNG file, with the pixels per inch in it. */
  png(): Uint8Array<ArrayBuffer>;
  /** An SVG document. */
  svg(options?: SvgDocumentOptions): string;
  /** A PDF file of one page, as large as the figure is in inches. */
  pdf(options?: PdfDocumentOptions): Uint8Array<ArrayBuffer>;
  /** The figure for drawing it many times into the same pixels, each time only what has changed. */
  prepare(): PreparedFigure;
}

/** Draws everything but the background. */
export type Drawing = (
  box: Box,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
  stages: Stages | undefined,
) => void;

// What a PNG can hold at most is more; this is what anybody can mean, and what the tables of a figure have room for in one
// region: nine bytes a pixel.
const MAX_SIDE = 32_767;
const MAX_PIXELS = 400_000_000;

/** Size, looks and outputs of a figure. */
export class Sheet {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly pool: Pool;
  readonly looks: Looks;
  readonly fonts: FontSet | undefined;
  readonly #drawing: Drawing;

  constructor(options: FigureOptions, drawing: Drawing) {
    checkOptions("options", options);
    const { dpi = 100, theme = "light" } = options;
    if (!(typeof dpi === "number" && dpi >= 10 && dpi <= 2400)) {
      throw new PlotError("BAD_ARGUMENT", `expected dpi to be a number from 10 to 2400, got ${String(dpi)}`);
    }
    const { width, height } = sizeOf(options, dpi);
    if (width * height > MAX_PIXELS)
      throw unlike(`at most ${MAX_PIXELS} pixels in a figure`, `${width} x ${height}`);
    this.width = width;
    this.height = height;
    this.dpi = dpi;
    const { pool = defaultPool(), fonts } = options;
    if (!(pool instanceof Pool)) throw unlike("pool to be a Pool", pool);
    if (fonts !== undefined && !(fonts instanceof FontSet)) throw unlike("fonts to be a FontSet", fonts);
    this.pool = pool;
    this.fonts = fonts;
    this.looks = new Looks(themeOf(theme), dpi / 72);
    this.#drawing = drawing;
  }

  /** Draws with a painter of the size of the figure, as a view wants it if there is one. */
  draw(painter: Painter, stages?: Stages): void {
    if (typeof painter?.fillRect !== "function") throw unlike("a painter such as a RasterPainter", painter);
    const workspace = stages?.workspace ?? new Workspace(this.pool);
    try {
      painter.fillRect(0, 0, this.width, this.height, { color: this.looks.background });
      this.#drawing(
        { left: 0, top: 0, right: this.width, bottom: this.height },
        this.looks,
        workspace,
        painter,
        stages,
      );
    } finally {
      if (stages === undefined) workspace.release();
      else workspace.endFrame();
    }
  }

  /** Draws into pixels of the caller. */
  pixels(options: PixelOptions, stages?: Stages): void {
    const { into, stride } = checkPixels(options);
    this.#raster({ pixels: into, stride }, () => undefined, stages);
  }

  /** The bytes of a PNG file. */
  png(stages?: Stages): Uint8Array<ArrayBuffer> {
    const { width, height, pool, dpi } = this;
    return this.#raster(
      {},
      ({ pixels, stride }) => encodePng({ width, height, pixels, stride }, { pool, dpi }),
      stages,
    );
  }

  /** A PDF file. */
  pdf(options: PdfDocumentOptions, stages?: Stages): Uint8Array<ArrayBuffer> {
    const { width, height, dpi, fonts } = this;
    const painter = new PdfPainter({ ...options, width, height, dpi, fonts });
    this.draw(painter, stages);
    return painter.toBytes();
  }

  /** An SVG document. */
  svg(options: SvgDocumentOptions, stages?: Stages): string {
    const { width, height, pool } = this;
    const painter = new SvgPainter({ ...options, width, height, pool, fonts: this.fonts });
    this.draw(painter, stages);
    return painter.toString();
  }

  #raster<T>(
    more: { pixels?: PixelOptions["into"]; stride?: number | undefined },
    use: (painter: RasterPainter) => T,
    stages: Stages | undefined,
  ): T {
    const { width, height, pool } = this;
    const painter = new RasterPainter({ width, height, pool, fonts: this.fonts, ...more });
    try {
      this.draw(painter, stages);
      return use(painter);
    } finally {
      painter.release();
    }
  }
}

function sizeOf(options: FigureOptions, dpi: number): { width: number; height: number } {
  const { inches, width = 640, height = 480 } = options;
  if (inches === undefined) {
    checkSide("width", width);
    checkSide("height", height);
    return { width, height };
  }
  if (options.width !== undefined || options.height !== undefined) {
    throw new PlotError("BAD_ARGUMENT", "expected width and height, or inches, got both");
  }
  const isLength = (length: unknown): boolean => typeof length === "number" && length > 0;
  if (!Array.isArray(inches) || inches.length !== 2 || !inches.every(isLength))
    throw unlike("inches to be two numbers above 0", inches);
  const [across, down] = inches.map((length) => Math.max(1, Math.round(length * dpi)));
  checkSide("inches across, times dpi,", across);
  checkSide("inches down, times dpi,", down);
  return { width: across, height: down };
}

/** Refuses what is no place for pixels. */
export function checkPixels(options: PixelOptions): PixelOptions {
  if (options?.into instanceof Uint8Array || options?.into instanceof Uint8ClampedArray) return options;
  throw unlike("options with pixels such as { into: new Uint8Array(4 * width * height) }", options?.into);
}

function checkSide(what: string, pixels: number): void {
  if (Number.isInteger(pixels) && pixels >= 1 && pixels <= MAX_SIDE) return;
  const got = String(pixels);
  throw new PlotError(
    "BAD_ARGUMENT",
    `expected ${what} to be an integer from 1 to ${MAX_SIDE} pixels, got ${got}`,
  );
}
