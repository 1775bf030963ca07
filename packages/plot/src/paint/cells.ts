// Cells of images: what they have to be, and their colours.
import { unlike } from "../check.ts";
import type { Cells } from "./painter.ts";

/** Refuses cells whose columns are too short. */
export function checkCells(cells: Cells): void {
  const { width, height } = cells;
  if (!(Number.isInteger(width) && width >= 0 && Number.isInteger(height) && height >= 0)) {
    throw unlike("whole numbers of cells", `${width} x ${height}`);
  }
  const have = "rgba" in cells ? cells.rgba.length / 4 : cells.indices.length;
  if (have < width * height) throw unlike(`${width * height} cells`, have);
}

/** The colour of a cell, 0xAABBGGRR. */
export function cellColor(cells: Cells, cell: number): number {
  if ("rgba" in cells) {
    const { rgba } = cells;
    const at = 4 * cell;
    return (rgba[at] | (rgba[at + 1] << 8) | (rgba[at + 2] << 16) | (rgba[at + 3] << 24)) >>> 0;
  }
  const { indices, palette } = cells;
  // A place beyond the palette has no colour.
  return indices[cell] < palette.length ? swapped(palette[indices[cell]]) : 0;
}

/** 0xRRGGBBAA as 0xAABBGGRR, and the other way round. */
export function swapped(color: number): number {
  return (
    ((color >>> 24) | ((color >>> 8) & 0xff00) | ((color << 8) & 0xff0000) | ((color & 0xff) << 24)) >>> 0
  );
}
