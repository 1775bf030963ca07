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
 * of all cells under a pixel where they are smaller. Shares of rows and of columns multiply, so rows of cells are mixed first,
 * and then the cells of the one row that comes out.
 */
export function drawSmooth(surface: Surface, bounds: Bounds, cells: Cells, frame: Frame): void {
  const { top, bottom } = bounds;
  const down = sharesOf(top, bottom, frame.y, frame.height, cells.height);
  const colors = listOf(surface, COLORS);
  const mixed = new Float64Array(4 * cells.width);
  eachPart(bounds, (left, count) => {
    const across = sharesOf(left, left + count, frame.x, frame.width, cells.width);
    for (let row = top; row < bottom; row++) {
      mixRows(mixed, cells, down, row - top, across);
      mixColumns(colors, mixed, across, count);
      surface.blendColors(row, left, colors, count);
    }
  });
}

/** Which cells pixels are mixed from along one side, and by which shares. */
interface Shares {
  /** Where the cells of each pixel begin in the two lists, and one place more. */
  readonly starts: Uint32Array;
  readonly cells: Uint32Array;
  /** They add up to 1 for each pixel. */
  readonly weights: Float64Array;
  /** All cells lie between these. */
  readonly first: number;
  readonly last: number;
}

// A pixel is as many cells wide as it covers, but one at least: this is the tent of linear mixing where cells are large. Cells
// at the border stretch outwards.
function sharesOf(from: number, to: number, start: number, length: number, count: number): Shares {
  const wide = Math.max(1, Math.abs(count / length));
  const starts = new Uint32Array(to - from + 1);
  const cells = new Uint32Array((to - from) * (Math.floor(wide) + 2));
  const weights = new Float64Array(cells.length);
  let at = 0;
  for (let index = 0; index < to - from; index++) {
    const low = ((from + index + 0.5 - start) / length) * count - wide / 2;
    const high = low + wide;
    for (let cell = Math.floor(low); cell < high; cell++) {
      cells[at] = Math.min(count - 1, Math.max(0, cell));
      weights[at++] = (Math.min(cell + 1, high) - Math.max(cell, low)) / wide;
    }
    starts[index + 1] = at;
  }
  const used = cells.subarray(0, at);
  return {
    starts,
    cells,
    weights,
    first: used.reduce((a, b) => Math.min(a, b), count),
    last: used.reduce((a, b) => Math.max(a, b), 0),
  };
}

// The cells that a row of pixels is mixed from, as one row: red, green and blue times alpha, and alpha.
function mixRows(
  mixed: Float64Array,
  cells: Cells,
  down: Shares,
  row: number,
  { first, last }: Shares,
): void {
  mixed.fill(0, 4 * first, 4 * last + 4);
  for (let at = down.starts[row]; at < down.starts[row + 1]; at++) {
    const line = down.cells[at] * cells.width;
    const weight = down.weights[at];
    for (let cell = first; cell <= last; cell++) {
      const color = cellColor(cells, line + cell);
      const alpha = weight * (color >>> 24);
      mixed[4 * cell] += alpha * (color & 0xff);
      mixed[4 * cell + 1] += alpha * ((color >>> 8) & 0xff);
      mixed[4 * cell + 2] += alpha * ((color >>> 16) & 0xff);
      mixed[4 * cell + 3] += alpha;
    }
  }
}

function mixColumns(
  colors: Uint32Array,
  mixed: Float64Array,
  { starts, cells, weights }: Shares,
  count: number,
): void {
  for (let index = 0; index < count; index++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let at = starts[index]; at < starts[index + 1]; at++) {
      const cell = 4 * cells[at];
      const weight = weights[at];
      red += weight * mixed[cell];
      green += weight * mixed[cell + 1];
      blue += weight * mixed[cell + 2];
      alpha += weight * mixed[cell + 3];
    }
    colors[index] = colorOf(red, green, blue, alpha);
  }
}

// Of sums times alpha, which are below 255.5 when divided by it, whatever rounding does.
function colorOf(red: number, green: number, blue: number, alpha: number): number {
  if (!(alpha > 0)) return 0;
  const part = 1 / alpha;
  const rgb = rounded(red * part) | (rounded(green * part) << 8) | (rounded(blue * part) << 16);
  return (rgb | (rounded(alpha) << 24)) >>> 0;
}

// Of what is not negative, faster than Math.round.
function rounded(value: number): number {
  return (value + 0.5) >>> 0;
}
