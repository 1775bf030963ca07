// What is drawn over a frame while somebody points at it: the point that was found with what it says, and the rectangle
// that is being chosen. It is drawn by the package's own rasterizer, in the looks of the figure.
import type { Sheet } from "../figure/sheet.ts";
import type { Painter } from "../paint/painter.ts";
import { RasterPainter } from "../raster/raster-painter.ts";
import { strokeBox } from "../paint/stroke-box.ts";
import { fade } from "../theme/colors.ts";
import type { Hit } from "../view/view.ts";

/** A rectangle between two corners, in pixels. */
export interface Corners {
  readonly fromX: number;
  readonly fromY: number;
  toX: number;
  toY: number;
}

/** What lies over a frame. */
export interface Overlay {
  readonly hit: Hit | undefined;
  readonly chosen: Corners | undefined;
}

// Points.
const MARKER = 8;
const PAD = 4;
const AWAY = 8;

/** Draws over pixels. */
export function drawOverlay(sheet: Sheet, pixels: Uint8ClampedArray, { hit, chosen }: Overlay): void {
  const { width, height, pool, fonts } = sheet;
  const painter = new RasterPainter({ width, height, pool, fonts, pixels });
  try {
    if (chosen !== undefined) drawChosen(sheet, painter, chosen);
    if (hit !== undefined) drawHit(sheet, painter, hit);
  } finally {
    painter.release();
  }
}

function drawChosen({ looks }: Sheet, painter: Painter, { fromX, fromY, toX, toY }: Corners): void {
  painter.fillRect(fromX, fromY, toX - fromX, toY - fromY, { color: fade(looks.text, 0.1) });
  frame(painter, fromX, fromY, toX - fromX, toY - fromY, fade(looks.text, 0.6));
}

function drawHit(sheet: Sheet, painter: Painter, hit: Hit): void {
  const { looks, width, height } = sheet;
  painter.markers(Float64Array.of(hit.left), Float64Array.of(hit.top), 1, {
    kind: "open-circle",
    size: looks.pixels(MARKER),
    color: looks.text,
    edgeWidth: looks.pixels(1.2),
  });
  const text = hitText(hit);
  const style = looks.textStyle(looks.theme.legendSize, { baseline: "top" });
  const pad = looks.pixels(PAD);
  const extent = painter.measure(text, style);
  const wide = Math.ceil(extent.width + 2 * pad);
  const high = Math.ceil(extent.height + 2 * pad);
  const left = Math.round(beside(hit.left, looks.pixels(AWAY), wide, width));
  const top = Math.round(beside(hit.top, looks.pixels(AWAY), high, height));
  painter.fillRect(left, top, wide, high, { color: fade(looks.panel, 0.9) });
  frame(painter, left, top, wide, high, fade(looks.frame, 0.5));
  painter.text(text, left + pad, top + pad, style);
}

/** What is said about a point. Dollars are no maths here. */
export function hitText({ series, index, xText, yText, zText }: Hit): string {
  const height = zText === undefined ? "" : `\nz: ${zText}`;
  return `${series} [${index}]\nx: ${xText}\ny: ${yText}${height}`.replaceAll("$", "\\$");
}

// Beyond a point, or before it where there is no room.
function beside(place: number, away: number, size: number, room: number): number {
  return place + away + size <= room ? place + away : Math.max(0, place - away - size);
}

// Within the outermost pixels of a rectangle.
function frame(painter: Painter, x: number, y: number, width: number, height: number, color: number): void {
  strokeBox(painter, x + 0.5, y + 0.5, x + width - 0.5, y + height - 0.5, { color, width: 1, join: "miter" });
}
