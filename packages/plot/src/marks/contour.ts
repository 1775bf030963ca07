// Contours: lines of equal height through a table of numbers, each in the colour of its height, or the areas between them.
import { type Series, series, type SeriesLike } from "@millpond/core";

import type { Canvas, LegendKey, Mark, MarkOptions, Prepared, Ramp, Setting } from "../figure/mark.ts";
import type { StrokeStyle } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import { multiples, niceStep } from "../scale/nice.ts";
import { labelNumbers } from "../scale/tick-labels.ts";
import { areaAbove } from "../stats/contour-areas.ts";
import { type Between, type Grid, refineTable } from "../stats/refine-table.ts";
import { contourLines, type LineSink } from "../stats/contours.ts";
import { colormap, type ColormapName } from "../theme/colormaps.ts";
import { fade } from "../theme/colors.ts";
import { isNumbers } from "./check-options.ts";
import { labelLines } from "./contour-labels.ts";
import { badOption, checkNumber, seriesOf } from "./data.ts";
import { rampColor } from "./value-ramp.ts";

const FACTOR = 4;

/** How contours look. */
export interface ContourStyle extends MarkOptions {
  /** The heights of the lines, or about how many there should be. @defaultValue 10 */
  readonly levels?: number | readonly number[] | undefined;
  /** Fills what lies above each height and below the next. @defaultValue false */
  readonly filled?: boolean | undefined;
  /** Whether the lines are drawn. @defaultValue true, unless it is filled */
  readonly lines?: boolean | undefined;
  /** Writes the height into each line that is long enough. @defaultValue false */
  readonly labels?: boolean | undefined;
  /** The colours of the heights; for lines, a `color` takes their place. @defaultValue "viridis" */
  readonly colormap?: ColormapName | undefined;
  /** Points. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
  /** A colour bar. @defaultValue true, if it shows colours of heights */
  readonly colorbar?: boolean | undefined;
  /** What the colour bar says. */
  readonly valueLabel?: string | undefined;
}

/** Options of contours. */
export interface ContourOptions extends ContourStyle {
  /** Numbers in a row. */
  readonly columns: number;
  /** The values of x and y at the first and the last column and row. @defaultValue their numbers */
  readonly extent?: TableExtent | undefined;
  /** What is taken to lie between the numbers, in a table with more places: "cubic" makes lines round. @defaultValue no more places */
  readonly smoothing?: Between | undefined;
  /** How many places there are for each of the table while it is smoothed, in each direction. @defaultValue 4 */
  readonly factor?: number | undefined;
}

/** Where the first and the last column and row of a table are. */
export interface TableExtent {
  /** x of the first and the last column. */
  readonly x: readonly [number, number];
  /** y of the first and the last row. */
  readonly y: readonly [number, number];
}

/** A grid of numbers, and where it lies. */
export interface Table extends Grid {
  readonly extent: TableExtent;
}

/** Contours of a table; values come row after row, the first row at the lowest y. */
export function contourMark(name: string, values: SeriesLike, options: ContourOptions): Mark {
  const data = seriesOf(values, name, "values");
  const { columns } = options;
  checkColumns(name, columns, data.length);
  checkContours(name, options);
  checkSmoothing(name, options, data.length);
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareTable(name, data, options, setting),
  };
}

/** Refuses numbers of columns that do not divide the numbers there are. */
export function checkColumns(name: string, columns: number, count: number): void {
  if (!(Number.isInteger(columns) && columns >= 1))
    throw badOption(name, "columns", "an integer from 1 on", columns);
  if (count % columns !== 0) throw badOption(name, "columns", `a divisor of the ${count} values`, columns);
}

// More places than this take too long.
const MOST_PLACES = 2 ** 24;

function checkSmoothing(name: string, { smoothing, factor = FACTOR }: ContourOptions, count: number): void {
  if (smoothing === undefined) return;
  if (smoothing !== "nearest" && smoothing !== "linear" && smoothing !== "cubic")
    throw badOption(name, "smoothing", '"nearest", "linear" or "cubic"', smoothing);
  const most = Math.floor(Math.sqrt(MOST_PLACES / Math.max(1, count)));
  const good = Number.isInteger(factor) && factor >= 1 && factor <= Math.max(1, Math.min(32, most));
  if (!good)
    throw badOption(
      name,
      "factor",
      `an integer from 1 to 32 with which there are at most ${MOST_PLACES} places`,
      factor,
    );
}

/** Refuses styles that no contours can have. */
export function checkContours(name: string, { levels = 10, width, alpha }: ContourStyle): void {
  const good = typeof levels === "number" ? levels >= 1 && levels <= 1000 : isNumbers(levels);
  if (!good) throw badOption(name, "levels", "a count from 1 to 1000 or finite numbers", levels);
  checkNumber(name, "width", width, 0, 1000);
  checkNumber(name, "alpha", alpha, 0, 1);
}

function prepareTable(name: string, data: Series, options: ContourOptions, setting: Setting): Prepared {
  const { columns } = options;
  const rows = data.length / columns;
  const { extent = { x: [0, columns - 1], y: [0, Math.max(0, rows - 1)] } } = options;
  const place = {
    x: { low: Math.min(...extent.x), high: Math.max(...extent.x), tight: true },
    y: { low: Math.min(...extent.y), high: Math.max(...extent.y), tight: true },
  };
  if (columns < 2 || rows < 2) return { ...place, keys: [], draw: () => undefined };
  const plain = setting.workspace.numbers(data.length);
  data.copyTo(plain);
  const { smoothing, factor = FACTOR } = options;
  const table =
    smoothing === undefined
      ? { numbers: plain, columns }
      : refineTable({ numbers: plain, columns }, smoothing, factor, setting.workspace);
  // Curves can go beyond the numbers that they run through.
  const range = extentOf(summarize(series(table.numbers), setting.workspace), -Number.MAX_VALUE);
  const { levels = 10 } = options;
  const heights = typeof levels === "number" ? niceLevels(range, levels, options.filled) : levels;
  return {
    ...place,
    ...prepareContours(name, { ...table, extent }, range, heights, options, setting),
  };
}

// Areas begin at the lowest number, so that a count of levels leaves no hole.
function niceLevels({ low, high }: Range, count: number, filled: boolean | undefined): number[] {
  if (!(low < high)) return [];
  const nice = multiples(niceStep(low, high, count), low, high);
  return filled === true ? [low, ...nice.filter((level) => level > low)] : nice;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Lines and areas at some heights of a table whose numbers are in a range. */
export function prepareContours(
  name: string,
  table: Table,
  { low, high }: Range,
  heights: readonly number[],
  options: ContourStyle,
  setting: Setting,
): Pick<Prepared, "keys" | "ramp" | "draw"> {
  if (!(low < high)) return { keys: [], draw: () => undefined };
  const { filled = false, lines = !filled, color, label } = options;
  const apart = Number.isFinite(high - low);
  const plain: Ramp = {
    colors: colormap(options.colormap ?? "viridis"),
    low: apart ? low : 0,
    high: apart ? high : 1,
    label: options.valueLabel,
    scale: "linear",
  };
  const levels = heights.toSorted((a, b) => a - b);
  const bands = levels.map((level, index) =>
    fade(rampColor(plain, level / 2 + (levels[index + 1] ?? high) / 2), options.alpha ?? 1),
  );
  const ramp = filled ? { ...plain, colors: steppedColors(plain, levels, bands) } : plain;
  const colors = filled || color === undefined;
  const contours = { name, table, levels, bands, ramp: plain, options };
  return {
    keys: label === undefined ? [] : [keyOf(label, contours, setting)],
    ramp: (options.colorbar ?? colors) ? ramp : undefined,
    draw(canvas) {
      if (filled) drawAreas(contours, canvas, setting);
      if (lines) drawLines(contours, canvas, setting);
    },
  };
}

interface Contours {
  readonly name: string;
  readonly table: Table;
  readonly levels: readonly number[];
  readonly bands: readonly number[];
  readonly ramp: Ramp;
  readonly options: ContourStyle;
}

function keyOf(label: string, contours: Contours, setting: Setting): LegendKey {
  const middle = contours.bands[Math.floor(contours.bands.length / 2)] ?? contours.ramp.colors[128];
  const { filled = false, color } = contours.options;
  if (filled) return { label, patch: { color: middle } };
  return { label, stroke: strokeOf(color === undefined ? middle : undefined, contours, setting) };
}

// What the colour bar shows beside areas: their colours, each as far as it reaches.
function steppedColors(ramp: Ramp, levels: readonly number[], bands: readonly number[]): Uint32Array {
  return ramp.colors.map((_, index) => {
    const value = ramp.low + ((index + 0.5) / 256) * (ramp.high - ramp.low);
    const band = levels.findLastIndex((level) => level <= value);
    return band < 0 ? 0 : bands[band];
  });
}

// Rings and lines in cells of the table become pixels as they are made.
function sinkOf(
  { extent, columns, numbers }: Table,
  { x, y }: Canvas,
  points: Points,
  end: () => void,
): LineSink {
  const across = (extent.x[1] - extent.x[0]) / (columns - 1);
  const up = (extent.y[1] - extent.y[0]) / (numbers.length / columns - 1);
  return {
    push: (column, row) =>
      points.push(x.place(extent.x[0] + column * across), y.place(extent.y[0] + row * up)),
    gap: end,
  };
}

// Each area covers all above it, and the next is drawn over it: no seam shows between two of them. Where they can be seen
// through, an area ends where the next one begins.
function drawAreas(
  { table, levels, bands, options }: Contours,
  canvas: Canvas,
  { workspace }: Setting,
): void {
  const { alpha = 1 } = options;
  const points = new Points(workspace, 1024);
  const ends: number[] = [];
  const sink = sinkOf(table, canvas, points, () => ends.push(points.count));
  for (const [index, level] of levels.entries()) {
    points.count = 0;
    ends.length = 0;
    areaAbove(table.numbers, table.columns, level, sink);
    const next = levels[index + 1];
    if (alpha < 1 && next !== undefined) areaAbove(table.numbers, table.columns, next, sink);
    const style = { color: bands[index], rule: alpha < 1 ? "evenodd" : "nonzero" } as const;
    canvas.painter.fillPath(points.xs, points.ys, ends, style);
    for (let at = 0; at < points.count; at++) canvas.occupancy.point(points.xs[at], points.ys[at]);
  }
}

function drawLines(contours: Contours, canvas: Canvas, setting: Setting): void {
  const { table, levels, ramp, options } = contours;
  const { filled = false, labels = false } = options;
  // Where areas begin is no round number, and no line of it is seen.
  const lowest = filled && levels[0] === ramp.low ? 1 : 0;
  const texts = labels ? labelNumbers(levels.slice(lowest)) : [];
  const points = new Points(setting.workspace, 1024);
  const sink = sinkOf(table, canvas, points, () => points.gap());
  for (const [index, level] of levels.entries()) {
    points.count = 0;
    contourLines(table.numbers, table.columns, level, sink);
    const stroke = strokeOf(filled ? undefined : rampColor(ramp, level), contours, setting);
    const text = texts.at(index - lowest);
    const shown =
      labels && index >= lowest && text !== undefined
        ? labelLines(points, text, stroke.color, canvas, setting)
        : points;
    canvas.painter.strokeLine(shown.xs, shown.ys, shown.count, stroke);
    canvas.occupancy.line(points.xs, points.ys, points.count);
  }
}

// Over areas in the colours of their heights, lines have the colour of text.
function strokeOf(height: number | undefined, { options }: Contours, { looks }: Setting): StrokeStyle {
  const { color, alpha = 1, width = looks.theme.lineWidth } = options;
  const own = color === undefined ? fade(height ?? looks.text, alpha) : looks.color(color, alpha);
  return looks.stroke(own, width);
}
