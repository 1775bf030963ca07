// Hexagonal bins: how many points lie in each hexagon of a grid over the panel, or what their values come to. Made for
// clouds of points in which single ones cannot be told apart.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, Mark, MarkOptions, Prepared, Ramp, Setting } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { separate } from "../scale/limits.ts";
import { LINEAR } from "../scale/mapping.ts";
import { colormap } from "../theme/colormaps.ts";
import { fade } from "../theme/colors.ts";
import { badOption, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { lookAt } from "./line.ts";
import { rampColor, type RampOptions } from "./value-ramp.ts";

/** Options of hexagonal bins. */
export interface HexbinOptions extends Omit<MarkOptions, "color" | "label">, RampOptions {
  /** Hexagons from left to right. @defaultValue 30 */
  readonly grid?: number | undefined;
  /** Hexagons with fewer points are not drawn. @defaultValue 1 */
  readonly least?: number | undefined;
  /** Hexagons with more points are not drawn. @defaultValue however many */
  readonly most?: number | undefined;
  /** A value for each point; what those of a hexagon come to is shown instead of their count. */
  readonly values?: SeriesLike | undefined;
  /** What the values of a hexagon come to; "std" is their standard deviation, 0 for a single one. @defaultValue "mean" */
  readonly reduce?: "mean" | "sum" | "min" | "max" | "std" | undefined;
  /** How numbers are spread over the colours. @defaultValue "linear" */
  readonly valueScale?: "linear" | "log" | undefined;
  /** The colour of the lines around hexagons. @defaultValue no lines */
  readonly edgeColor?: string | undefined;
  /** Points: the width of those lines. @defaultValue 0.5 */
  readonly edgeWidth?: number | undefined;
  /** A colour bar. @defaultValue true */
  readonly colorbar?: boolean | undefined;
}

interface Bins {
  readonly columns: number;
  readonly rows: number;
  readonly counts: Float64Array;
  /** What is shown: the counts, or what values come to. */
  readonly heights: Float64Array;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const ROOT = Math.sqrt(3);
const REDUCTIONS: readonly unknown[] = ["mean", "sum", "min", "max", "std"];

/** Colours of hexagons. */
export function hexbinMark(name: string, xs: SeriesLike, ys: SeriesLike, options: HexbinOptions): Mark {
  const x = seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  const values = options.values === undefined ? undefined : seriesOf(options.values, name, "values");
  checkLengths(name, { x: x.length, y: y.length, values: values?.length ?? x.length });
  const { grid = 30, reduce = "mean", valueScale = "linear" } = options;
  if (!(Number.isInteger(grid) && grid >= 1 && grid <= 1000))
    throw badOption(name, "grid", "an integer from 1 to 1000", grid);
  checkNumber(name, "least", options.least, 0, Number.MAX_VALUE);
  checkNumber(name, "most", options.most, 0, Number.MAX_VALUE);
  if (!REDUCTIONS.includes(reduce))
    throw badOption(name, "reduce", `one of ${REDUCTIONS.join(", ")}`, reduce);
  if (valueScale !== "linear" && valueScale !== "log")
    throw badOption(name, "valueScale", '"linear" or "log"', valueScale);
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    prepare(setting): Prepared {
      const columns = lookAt(name, x, y, undefined, setting);
      const known = columns.x.low <= columns.x.high && columns.y.low <= columns.y.high;
      if (!known) return { keys: [], draw: () => undefined };
      const [across, up] = [apart(columns.x), apart(columns.y)];
      const bins = fill(x, y, values, across, up, options, setting);
      const ramp = rampOf(bins, options);
      return {
        x: across,
        y: up,
        keys: [],
        ramp: options.colorbar === false ? undefined : ramp,
        draw: (canvas) => drawHexagons(bins, across, up, ramp, options, canvas, setting),
      };
    },
  };
}

// From the least to the largest of what is drawn; counts begin at nothing.
function rampOf({ counts, heights }: Bins, options: HexbinOptions): Ramp {
  const { values, valueScale: scale = "linear" } = options;
  const shown = heights.filter(
    (height, bin) => isShown(counts[bin], options) && (scale === "linear" || height > 0),
  );
  const lowest = shown.reduce((low, height) => Math.min(low, height), Infinity);
  const high = shown.reduce((most, height) => Math.max(most, height), -Infinity);
  const low = values === undefined && scale === "linear" ? 0 : lowest;
  const apart = low < high && Number.isFinite(high - low);
  const ends = apart ? { low, high } : { low: scale === "log" ? 1 : 0, high: scale === "log" ? 10 : 1 };
  return { colors: colormap(options.colormap ?? "viridis"), ...ends, label: options.valueLabel, scale };
}

// Hexagons have a width also where all points have one place.
function apart({ low, high }: Range): Range {
  return low < high ? { low, high } : separate(low, high, LINEAR);
}

function isShown(count: number, { least = 1, most = Infinity }: HexbinOptions): boolean {
  return count >= Math.max(1, least) && count <= most;
}

// Rows of hexagons, every second one shifted by half: their middles are those of two grids of rectangles, and a point
// belongs to the nearer middle. Rows are 0.5 high where columns are 1 / sqrt(3) wide, in the measure of a regular hexagon.
function fill(
  xs: Series,
  ys: Series,
  values: Series | undefined,
  x: Range,
  y: Range,
  { grid: columns = 30, reduce = "mean" }: HexbinOptions,
  { workspace }: Setting,
): Bins {
  const rows = Math.max(1, Math.round(columns / ROOT));
  const width = columns + 2;
  const counts = workspace.numbers(2 * width * (rows + 2)).fill(0);
  const start = reduce === "min" ? Infinity : reduce === "max" ? -Infinity : 0;
  const heights = values === undefined ? counts : workspace.numbers(counts.length).fill(start);
  const squares = workspace.numbers(counts.length).fill(0);
  for (let index = 0; index < xs.length; index++) {
    const across = share(xs.at(index), x) * columns;
    const up = share(ys.at(index), y) * rows;
    if (!(across >= 0 && across <= columns && up >= 0 && up <= rows)) continue;
    const [evenX, evenY] = [Math.round(across), Math.round(up)];
    const [oddX, oddY] = [Math.floor(across), Math.floor(up)];
    const toEven = (across - evenX) ** 2 + 3 * (up - evenY) ** 2;
    const toOdd = (across - oddX - 0.5) ** 2 + 3 * (up - oddY - 0.5) ** 2;
    const bin = toEven <= toOdd ? 2 * evenY * width + evenX : (2 * oddY + 1) * width + oddX;
    const value = values?.at(index) ?? 0;
    if (!Number.isFinite(value)) continue;
    counts[bin]++;
    if (values === undefined) continue;
    if (reduce === "min") heights[bin] = Math.min(heights[bin], value);
    else if (reduce === "max") heights[bin] = Math.max(heights[bin], value);
    else if (reduce === "sum") heights[bin] += value;
    else addToMean(heights, squares, counts, bin, value);
  }
  if (values !== undefined && reduce === "std")
    for (let bin = 0; bin < counts.length; bin++)
      heights[bin] = Math.sqrt(squares[bin] / Math.max(1, counts[bin] - 1));
  return { columns, rows, counts, heights };
}

// Welford's way: the mean so far, and the sum of squares around it, which loses no digits to large means.
function addToMean(
  means: Float64Array,
  squares: Float64Array,
  counts: Float64Array,
  bin: number,
  value: number,
): void {
  const away = value - means[bin];
  means[bin] += away / counts[bin];
  squares[bin] += away * (value - means[bin]);
}

function share(value: number, { low, high }: Range): number {
  return high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : value === low ? 0.5 : NaN;
}

function drawHexagons(
  { columns, rows, counts, heights }: Bins,
  x: Range,
  y: Range,
  ramp: Ramp,
  options: HexbinOptions,
  canvas: Canvas,
  { workspace, looks }: Setting,
): void {
  const width = columns + 2;
  const hexagon = new Points(workspace, 6);
  const edge =
    options.edgeColor === undefined
      ? undefined
      : looks.stroke(looks.color(options.edgeColor, options.alpha), options.edgeWidth ?? 0.5);
  const at = (range: Range, part: number): number => range.low * (1 - part) + range.high * part;
  for (let bin = 0; bin < counts.length; bin++) {
    if (!isShown(counts[bin], options)) continue;
    const row = Math.floor(bin / width);
    const middleX = (bin % width) + (row % 2) / 2;
    const middleY = row / 2;
    hexagon.count = 0;
    for (const [dx, dy] of CORNERS) {
      const px = canvas.x.place(at(x, (middleX + dx) / columns));
      const py = canvas.y.place(at(y, (middleY + dy) / rows));
      hexagon.push(px, py);
      canvas.occupancy.point(px, py);
    }
    const color = fade(rampColor(ramp, heights[bin]), options.alpha ?? 1);
    canvas.painter.fillPath(hexagon.xs, hexagon.ys, [6], { color });
    if (edge !== undefined) canvas.painter.strokeRings(hexagon.xs, hexagon.ys, [6], edge);
  }
}

// Corners about the middle, in columns and rows; a hair larger, so that neighbours leave no seam.
const CORNERS: readonly (readonly [number, number])[] = [
  [0, 1 / 3],
  [0.5, 1 / 6],
  [0.5, -1 / 6],
  [0, -1 / 3],
  [-0.5, -1 / 6],
  [-0.5, 1 / 6],
].map(([dx, dy]) => [dx * 1.02, dy * 1.02] as const);
