// A figure of one panel, and what comes out of it.
import { Panel } from "./panel-builder.ts";
import { drawPanel } from "./panel.ts";
import { PreparedFigure } from "../frames/prepared-figure.ts";
import type { Painter } from "../paint/painter.ts";
import { View } from "../view/view.ts";
import {
  type Figure,
  type FigureOptions,
  type PdfDocumentOptions,
  type PixelOptions,
  Sheet,
  type SvgDocumentOptions,
} from "./sheet.ts";

/**
 * A figure: a panel that can be drawn. Calls can be chained, and the same figure can be drawn as often as wanted.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { plot } from "@millpond/plot";
 *
 * const seconds = Float64Array.from({ length: 500 }, (_, index) => index / 100);
 * const figure = plot({ width: 400, height: 300 })
 *   .line(seconds, seconds.map(Math.sin), { label: "sine" })
 *   .line(seconds, seconds.map(Math.cos), { label: "cosine", style: "dashed" })
 *   .title("Waves")
 *   .xlabel("seconds")
 *   .legend();
 * const file = figure.png();
 * assert.equal(String.fromCharCode(...file.subarray(1, 4)), "PNG");
 * const pixels = figure.pixels({ into: new Uint8Array(4 * 400 * 300) }); // R, G, B, A
 * assert.deepEqual([...pixels.subarray(0, 4)], [255, 255, 255, 255]);
 * ```
 */
export class Plot extends Panel implements Figure {
  readonly #sheet: Sheet;

  /** @internal */
  constructor(options: FigureOptions) {
    super();
    this.#sheet = new Sheet(options, (box, looks, workspace, painter, stages) =>
      drawPanel(this._content(), box, looks, workspace, painter, stages),
    );
  }

  /** Pixels from left to right. */
  get width(): number {
    return this.#sheet.width;
  }

  /** Pixels from top to bottom. */
  get height(): number {
    return this.#sheet.height;
  }

  /** Draws with any painter of the figure's size. */
  draw(painter: Painter): void {
    this.#sheet.draw(painter);
  }

  /** Draws into pixels that the caller owns, and returns them. */
  pixels<A extends PixelOptions["into"]>(options: PixelOptions & { readonly into: A }): A {
    this.#sheet.pixels(options);
    return options.into;
  }

  /** The bytes of a PNG file, with the pixels per inch in it. */
  png(): Uint8Array<ArrayBuffer> {
    return this.#sheet.png();
  }

  /** An SVG document. */
  svg(options: SvgDocumentOptions = {}): string {
    return this.#sheet.svg(options);
  }

  /** A PDF file of one page, as large as the figure is in inches. */
  pdf(options: PdfDocumentOptions = {}): Uint8Array<ArrayBuffer> {
    return this.#sheet.pdf(options);
  }

  /** A view of the figure, which can be moved and asked what lies where. */
  view(): View {
    return new View(this.#sheet);
  }

  /** The figure for drawing it many times into the same pixels, each time only what has changed. */
  prepare(): PreparedFigure {
    return new PreparedFigure(this.#sheet, (painter) => this.draw(painter));
  }
}

/**
 * An empty figure. See {@link Plot}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { plot } from "@millpond/plot";
 *
 * const figure = plot({ width: 200, height: 100, theme: "dark" }).histogram([1, 2, 2, 3, 3, 3]);
 * const pixels = figure.pixels({ into: new Uint8Array(4 * 200 * 100) });
 * assert.deepEqual([...pixels.subarray(0, 3)], [0x1e, 0x1e, 0x1e]);
 * assert.throws(() => figure.line([1, 2], [1]), { code: "LENGTH_MISMATCH" });
 * ```
 */
export function plot(options: FigureOptions = {}): Plot {
  return new Plot(options);
}
