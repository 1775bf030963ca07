// Images: cells drawn into a rectangle of pixels, each cell as it is or mixed with its neighbours.
import type { Bounds } from "../paint/bounds.ts";
import { cellColor, swapped } from "../paint/cells.ts";
import type { Cells } from "../paint/painter.ts";
import { LIST_ROOM, type Surface } from "./surface.ts";

/** A rectangle that cells are drawn into; a negative side mirrors. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws cells: every pixel gets the colour of the cell that its middle lies in. */
export function drawCells(surface: Surface, bounds: Bounds, cells: Cells, frame: Frame): void {
  const columns = listOf(surface, COLUMNS);
  const palette = listOf(surface, PALETTE);
  if ("indices" in cells) fillPalette(palette, cells.palette);
  eachPart(bounds, (left, count) => {
    for (let index = 0; index < count; index++) {
      columns[index] = cellAt(left + index, frame.x, frame.width, cells.width);
    }
    const colors = listOf(surface, COLORS);
    let known = -1;
    for (let row = bounds.top; row < bounds.bottom; row++) {
      const cellRow = cellAt(row, frame.y, frame.height, cells.height);
      // Of cells that are larger than a pixel, several rows have the same colours.
      if (cellRow !== known) pickColors(colors, cells, cellRow * cells.width, columns, count, palette);
      known = cellRow;
      surface.blendColors(row, left, colors, count);
    }
  });
}

// Which of the surface's lists holds what, as words.
const COLORS = 0;
const COLUMNS = 1;
const PALETTE = 2;

function listOf(surface: Surface, list: number): Uint32Array {
  const { buffer, byteOffset, byteLength } = surface.lists[list];
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

// Rows of pixels in parts that a list has room for.
function eachPart({ left, right }: Bounds, draw: (left: number, count: number) => void): void {
  const room = 8 * LIST_ROOM;
  for (let at = left; at < right; at += room) draw(at, Math.min(room, right - at));
}

// A place beyond the palette has no colour.
function fillPalette(target: Uint32Array, palette: Uint32Array): void {
  for (let place = 0; place < 256; place++) {
    target[place] = place < palette.length ? swapped(palette[place]) : 0;
  }
}

function pickColors(
  colors: Uint32Array,
  cells: Cells,
  line: number,
  columns: Uint32Array,
  count: number,
  palette: Uint32Array,
): void {
  if ("indices" in cells) pickIndexed(colors, cells.indices, line, columns, count, palette);
  else for (let index = 0; index < count; index++) colors[index] = cellColor(cells, line + columns[index]);
}

function pickIndexed(
  colors: Uint32Array,
  indices: Uint8Array,
  line: number,
  columns: Uint32Array,
  count: number,
  palette: Uint32Array,
): void {
  for (let index = 0; index < count; index++) colors[index] = palette[indices[line + columns[index]]];
}

// Which cell the middle of a pixel lies in.
function cellAt(pixel: number, start: number, length: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, Math.floor(((pixel + 0.5 - start) / length) * cells)));
}

/**
 * Draws cells mixed with their neighbours: between the middles of cells where they are larger than pixels, and the mean
 * of all cells under a pixel where they are smaller.
 */
export function drawSmooth(surface: Surface, bounds: Bounds, cells: Cells, frame: Frame): void {
  const { top, bottom } = bounds;
  const down = spans(top, bottom, frame.y, frame.height, cells.height);
  const colors = listOf(surface, COLORS);
  const sums = [0, 0, 0, 0];
  eachPart(bounds, (left, count) => {
    const across = spans(left, left + count, frame.x, frame.width, cells.width);
    for (let row = top; row < bottom; row++) {
      for (let index = 0; index < count; index++) {
        colors[index] = mixed(cells, across, index, down, row - top, sums);
      }
      surface.blendColors(row, left, colors, count);
    }
  });
}

// The cells that a pixel is mixed from along one side: from `low` to before `high` in cells, not whole numbers.
interface Spans {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly cells: number;
}

function spans(from: number, to: number, start: number, length: number, cells: number): Spans {
  const low = new Float64Array(to - from);
  const high = new Float64Array(to - from);
  // A pixel is as many cells wide, but one at least: this is the tent of linear mixing where cells are large.
  const half = Math.max(1, Math.abs(cells / length)) / 2;
  for (let index = 0; index < to - from; index++) {
    const middle = ((from + index + 0.5 - start) / length) * cells;
    low[index] = middle - half;
    high[index] = middle + half;
  }
  return { low, high, cells };
}

// The mean colour of a rectangle of cells, weighted by area and alpha; cells at the border stretch outwards.
function mixed(
  cells: Cells,
  across: Spans,
  column: number,
  down: Spans,
  row: number,
  sums: number[],
): number {
  sums.fill(0);
  let area = 0;
  for (let cellY = Math.floor(down.low[row]); cellY < down.high[row]; cellY++) {
    const heightOf = Math.min(cellY + 1, down.high[row]) - Math.max(cellY, down.low[row]);
    const line = Math.min(down.cells - 1, Math.max(0, cellY)) * cells.width;
    for (let cellX = Math.floor(across.low[column]); cellX < across.high[column]; cellX++) {
      const weight =
        heightOf * (Math.min(cellX + 1, across.high[column]) - Math.max(cellX, across.low[column]));
      const color = cellColor(cells, line + Math.min(across.cells - 1, Math.max(0, cellX)));
      addColor(sums, color, weight);
      area += weight;
    }
  }
  return colorOf(sums, area);
}

function addColor(sums: number[], color: number, weight: number): void {
  const alpha = weight * (color >>> 24);
  sums[0] += alpha * (color & 0xff);
  sums[1] += alpha * ((color >>> 8) & 0xff);
  sums[2] += alpha * ((color >>> 16) & 0xff);
  sums[3] += alpha;
}

function colorOf([red, green, blue, alpha]: readonly number[], area: number): number {
  if (!(alpha > 0 && area > 0)) return 0;
  const part = (sum: number): number => Math.min(255, Math.round(sum / alpha));
  const opacity = Math.min(255, Math.round(alpha / area));
  return (part(red) | (part(green) << 8) | (part(blue) << 16) | (opacity << 24)) >>> 0;
}
