// Points as counts: how many of them lie in each pixel of the panel. Made for more points than there are pixels, where
// markers would cover each other; one pass over the data, however many there are.
import type { Canvas, Setting } from "../figure/mark.ts";
import type { Color } from "../paint/painter.ts";
import { colormap, type ColormapName } from "../theme/colormaps.ts";
import { fade } from "../theme/colors.ts";
import type { LineColumns } from "./line.ts";

/** Whether points are shown as counts; "auto" for where there are more of them than pixels in the panel. */
export type DensityChoice = boolean | "auto";

/** Whether so many points are shown as counts in a panel. */
export function showsDensity(choice: DensityChoice | undefined, count: number, canvas: Canvas): boolean {
  if (choice !== "auto") return choice ?? false;
  return count > (canvas.right - canvas.left) * (canvas.bottom - canvas.top);
}

// A single point is seen, and some hundred in a pixel can be told from some thousand.
const LEAST_ALPHA = 0.3;

/** Draws counts of points in the colours of a map, or in one colour, the more opaque the more there are. */
export function drawDensity(
  columns: LineColumns,
  color: Color,
  map: ColormapName | undefined,
  alpha: number,
  canvas: Canvas,
  { workspace }: Setting,
): void {
  const { left, top, right, bottom, occupancy } = canvas;
  const [width, height] = [right - left, bottom - top];
  const counts = workspace.words(width * height);
  const most = countPoints(columns, canvas, counts);
  if (most === 0) return;
  const indices = workspace.bytes(counts.length);
  const factor = 254 / Math.log1p(most);
  for (let at = 0; at < counts.length; at++) {
    if (counts[at] === 0) continue;
    indices[at] = 1 + Math.floor(Math.log1p(counts[at]) * factor);
    occupancy.point(left + (at % width), top + Math.floor(at / width));
  }
  const palette = paletteOf(color, map, alpha, workspace.words(256));
  canvas.painter.image({ width, height, indices, palette }, left, top, width, height);
}

/** Adds one to the pixel of each point; returns the largest count. */
function countPoints({ xs, ys }: LineColumns, canvas: Canvas, counts: Uint32Array): number {
  const { x, y, left, top, right, bottom } = canvas;
  const { data } = ys;
  let most = 0;
  for (let index = 0; index < data.length; index++) {
    const column = Math.floor(x.place(xs === undefined ? index : xs.at(index))) - left;
    const row = Math.floor(y.place(data.at(index))) - top;
    if (!(column >= 0 && column < right - left && row >= 0 && row < bottom - top)) continue;
    const count = ++counts[row * (right - left) + column];
    if (count > most) most = count;
  }
  return most;
}

// Place 0 is for pixels without a point.
function paletteOf(
  color: Color,
  map: ColormapName | undefined,
  alpha: number,
  palette: Uint32Array,
): Uint32Array {
  const colors = map === undefined ? undefined : colormap(map);
  for (let place = 1; place < 256; place++) {
    const share = LEAST_ALPHA + (1 - LEAST_ALPHA) * (place / 255);
    palette[place] = colors === undefined ? fade(color, share) : fade(colors[place], alpha);
  }
  return palette;
}
