// What a figure is drawn on: its size, its looks and its memory. Whatever happens while it is drawn, all memory goes back
// to the pool.
import { Pool } from "@millpond/core";

import { checkOptions, unlike } from "../check.ts";
import { defaultPool } from "../default-pool.ts";
import { PlotError } from "../errors.ts";
import type { Painter } from "../paint/painter.ts";
import { Workspace } from "../reduce/workspace.ts";
import { FontSet } from "../text/font-set.ts";
import { plainText } from "../text/maths.ts";
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

/** What stands on a sheet. */
export interface Content {
  /** Draws everything but the background. */
  draw(box: Box, looks: Looks, workspace: Workspace, painter: Painter, stages: Stages | undefined): void;
  /** What stands above everything. */
  title(): string | undefined;
}

// What a PNG can hold at most is more; this is what anybody can mean, and what the tables of a figure have room for in one
// region: nine bytes a pixel.
const MAX_SIDE = 32_767;
const MAX_PIXELS = 400_000_000;

/** Size, looks and memory of a figure, and what draws it. */
export class Sheet {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly pool: Pool;
  readonly looks: Looks;
  readonly fonts: FontSet | undefined;
  readonly #content: Content;

  constructor(options: FigureOptions, content: Content) {
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
    this.#content = content;
  }

  /** The title of the figure, without the signs of maths. */
  get title(): string | undefined {
    const title = this.#content.title();
    return title === undefined ? undefined : plainText(title);
  }

  /** Draws with a painter of the size of the figure, as a view wants it if there is one. */
  draw(painter: Painter, stages?: Stages): void {
    if (typeof painter?.fillRect !== "function") throw unlike("a painter such as a RasterPainter", painter);
    const workspace = stages?.workspace ?? new Workspace(this.pool);
    try {
      painter.fillRect(0, 0, this.width, this.height, { color: this.looks.background });
      this.#content.draw(
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

function checkSide(what: string, pixels: number): void {
  if (Number.isInteger(pixels) && pixels >= 1 && pixels <= MAX_SIDE) return;
  const got = String(pixels);
  throw new PlotError(
    "BAD_ARGUMENT",
    `expected ${what} to be an integer from 1 to ${MAX_SIDE} pixels, got ${got}`,
  );
}
