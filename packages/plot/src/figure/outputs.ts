// What comes out of any figure: pixels, files, and a painter's calls.
import { PreparedFigure } from "../frames/prepared-figure.ts";
import { checkOptions } from "../check.ts";
import type { Painter } from "../paint/painter.ts";
import { type PdfOptions, PdfPainter } from "../pdf/pdf-painter.ts";
import { encodePng, type PngOptions } from "../png/png.ts";
import { type RasterOptions, RasterPainter } from "../raster/raster-painter.ts";
import { type SvgOptions, SvgPainter } from "../svg/svg-painter.ts";
import { checkPixels, type PixelOptions } from "./pixel-options.ts";
import type { Sheet } from "./sheet.ts";
import type { Stages } from "./stage.ts";

/** Options of `png`. */
export type PngDocumentOptions = Pick<PngOptions, "deflate" | "filter">;

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
  png(options?: PngDocumentOptions): Uint8Array<ArrayBuffer>;
  /** An SVG document. */
  svg(options?: SvgDocumentOptions): string;
  /** A PDF file of one page, as large as the figure is in inches. */
  pdf(options?: PdfDocumentOptions): Uint8Array<ArrayBuffer>;
  /** The figure for drawing it many times into the same pixels, each time only what has changed. */
  prepare(): PreparedFigure;
}

/** A figure on a sheet, which is all that its methods know: so a panel can have them as well, by `withOutputs`. */
export abstract class Outputs implements Figure {
  /** What it is drawn on. @internal */
  abstract readonly _sheet: Sheet;

  /** What is moved and hidden in it; nothing, but for a view. @internal */
  _stages(): Stages | undefined {
    return undefined;
  }

  /** Pixels from left to right. */
  get width(): number {
    return this._sheet.width;
  }

  /** Pixels from top to bottom. */
  get height(): number {
    return this._sheet.height;
  }

  /** Draws with any painter of the figure's size. */
  draw(painter: Painter): void {
    this._sheet.draw(painter, this._stages());
  }

  /** Draws into pixels that the caller owns, and returns them. */
  pixels<A extends PixelOptions["into"]>(options: PixelOptions & { readonly into: A }): A {
    const { into, stride } = checkPixels(options);
    rasterize(this, { pixels: into, stride, _staged: true }, (painter) => painter._settle());
    return options.into;
  }

  /** The bytes of a PNG file, with the pixels per inch in it. */
  png(options: PngDocumentOptions = {}): Uint8Array<ArrayBuffer> {
    checkOptions("options", options);
    const { width, height, pool, dpi } = this._sheet;
    return rasterize(this, {}, ({ pixels, stride }) =>
      encodePng({ width, height, pixels, stride }, { ...options, pool, dpi }),
    );
  }

  /** An SVG document. */
  svg(options: SvgDocumentOptions = {}): string {
    const { width, height, pool, fonts, title } = this._sheet;
    const painter = new SvgPainter({ title, ...options, width, height, pool, fonts });
    this.draw(painter);
    return painter.toString();
  }

  /** A PDF file of one page, as large as the figure is in inches. */
  pdf(options: PdfDocumentOptions = {}): Uint8Array<ArrayBuffer> {
    const { width, height, dpi, fonts, title } = this._sheet;
    const painter = new PdfPainter({ title, ...options, width, height, dpi, fonts });
    this.draw(painter);
    return painter.toBytes();
  }

  /** The figure for drawing it many times into the same pixels, each time only what has changed. */
  prepare(): PreparedFigure {
    return new PreparedFigure(this._sheet, (painter) => this.draw(painter));
  }
}

/** A class with the methods of {@link Outputs} besides its own, for one that has another class above it. */
export function withOutputs<A extends unknown[], P extends object>(
  Base: new (...all: A) => P,
): abstract new (...all: A) => P & Outputs {
  abstract class Both extends (Base as new (...all: A) => object) {}
  Object.defineProperties(Both.prototype, Object.getOwnPropertyDescriptors(Outputs.prototype));
  // SAFETY: the methods need nothing but `_sheet`, and a class that extends this one has to have it.
  return Both as abstract new (...all: A) => P & Outputs;
}

function rasterize<T>(
  figure: Outputs,
  target: Pick<RasterOptions, "pixels" | "stride" | "_staged">,
  use: (painter: RasterPainter) => T,
): T {
  const { width, height, pool, fonts } = figure._sheet;
  const painter = new RasterPainter({ width, height, pool, fonts, ...target });
  try {
    figure.draw(painter);
    return use(painter);
  } finally {
    painter.release();
  }
}
