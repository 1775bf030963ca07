// Heatmaps: a table of numbers as a picture, with a colour bar, and the numbers themselves if wanted.
import type { Series, SeriesLike } from "@millpond/core";

import {
  type Canvas,
  type Mark,
  type MarkOptions,
  type Prepared,
  type Ramp,
  type Setting,
} from "../figure/mark.ts";
import type { Looks } from "../figure/looks.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import type { Workspace } from "../reduce/workspace.ts";
import { colorPlaces } from "../stats/color-places.ts";
import { colormap, type ColormapName } from "../theme/colormaps.ts";
import { Points } from "../reduce/points.ts";
import { fade, luminance, parseColor } from "../theme/colors.ts";
import { checkColumns } from "./contour.ts";
import { checkCellText } from "./check-options.ts";
import { badOption, checkNumber, seriesOf } from "./data.ts";
import { numberTexts } from "./number-texts.ts";
import { bendOf, rampColor } from "./value-ramp.ts";

/** Options of heatmaps. */
export interface HeatmapOptions extends Omit<MarkOptions, "color" | "label"> {
  /** Cells in a row. */
  readonly columns: number;
  /** The colours of the values. @defaultValue "viridis" */
  readonly colormap?: ColormapName | undefined;
  /** The values of the first and the last colour. @defaultValue the extremes of the data */
  readonly limits?: readonly [low: number, high: number] | undefined;
  /** How values are spread over the colours. @defaultValue "linear" */
  readonly valueScale?: "linear" | "log" | "symlog" | undefined;
  /** Where a symlog scale begins to be logarithmic, on both sides of 0. @defaultValue 1 */
  readonly threshold?: number | undefined;
  /**
   * The values of x and y at the outer edges of the first and the last column and row. @defaultValue half a cell around
   * the numbers of columns and rows
   */
  readonly extent?:
    | { readonly x: readonly [number, number]; readonly y: readonly [number, number] }
    | undefined;
  /** Where the first row is: "upper" turns the y axis round, if nobody said how it goes. @defaultValue "upper" */
  readonly origin?: "upper" | "lower" | undefined;
  /** Names of the columns. */
  readonly xNames?: readonly string[] | undefined;
  /** Names of the rows. */
  readonly yNames?: readonly string[] | undefined;
  /** Writes the number into each cell, with as many digits as fit; a function gets it and returns a text. @defaultValue false */
  readonly cellText?: boolean | ((value: number) => string) | undefined;
  /** The colour of lines between cells. @defaultValue no lines */
  readonly edgeColor?: string | undefined;
  /** Points: the width of those lines. @defaultValue 0.5 */
  readonly edgeWidth?: number | undefined;
  /** Mixes the colours of neighbouring cells. @defaultValue false */
  readonly smooth?: boolean | undefined;
  /** A colour bar. @defaultValue true */
  readonly colorbar?: boolean | undefined;
  /** What the colour bar says. */
  readonly valueLabel?: string | undefined;
}

// The pixels of the table's edges: of its first column, its first row, and its last ones.
interface Frame {
  readonly left: number;
  readonly from: number;
  readonly right: number;
  readonly to: number;
}

interface Shape {
  readonly columns: number;
  readonly rows: number;
}

/** A table of colours; values come row after row. */
export function heatmapMark(name: string, values: SeriesLike, options: HeatmapOptions): Mark {
  const data = seriesOf(values, name, "values");
  const { columns } = options;
  checkColumns(name, columns, data.length);
  checkValues(name, options);
  checkCellText(name, "cellText", options.cellText);
  const shape = { columns, rows: data.length / columns };
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareHeatmap(data, shape, options, setting),
  };
}

function prepareHeatmap(data: Series, shape: Shape, options: HeatmapOptions, setting: Setting): Prepared {
  const { workspace } = setting;
  const ramp = rampFor(data, options, setting);
  const { extent = { x: [-0.5, shape.columns - 0.5], y: [-0.5, shape.rows - 0.5] } } = options;
  const cells = cellsOf(data, ramp, workspace);
  const palette = workspace.words(256);
  for (let index = 0; index < 256; index++)
    palette[index] = index === 0 ? 0 : fade(ramp.colors[index], options.alpha ?? 1);
  return {
    x: { low: Math.min(...extent.x), high: Math.max(...extent.x), tight: true, names: options.xNames },
    y: {
      low: Math.min(...extent.y),
      high: Math.max(...extent.y),
      tight: true,
      names: options.yNames,
      inverted: options.origin !== "lower",
    },
    keys: [],
    ramp: options.colorbar === false ? undefined : ramp,
    draw(canvas) {
      if (data.length === 0) return;
      const { x, y, painter } = canvas;
      const [left, right] = extent.x.map((value) => x.place(value));
      const [from, to] = extent.y.map((value) => y.place(value));
      const image = { width: shape.columns, height: shape.rows, indices: cells, palette };
      painter.image(image, left, from, right - left, to - from, options.smooth ?? false);
      canvas.occupancy.rect(left, from, right - left, to - from);
      drawEdges(shape, { left, from, right, to }, options, canvas, setting);
      if (options.cellText !== undefined && options.cellText !== false) {
        writeCells(data, shape, options.cellText, ramp, { left, from, right, to }, canvas, setting.looks);
      }
    },
  };
}

// Place 0 is for missing numbers, which show what lies behind, and on a logarithmic scale for what is not above 0; values
// take the 255 others.
function cellsOf(data: Series, ramp: Ramp, workspace: Workspace): Uint8Array {
  if (ramp.scale === "linear") return colorPlaces(data, ramp.low, ramp.high, workspace);
  const cells = workspace.bytes(Math.max(1, data.length));
  const bend = bendOf(ramp);
  const from = bend(ramp.low);
  const factor = 255 / (bend(ramp.high) - from);
  for (let index = 0; index < data.length; index++) {
    const place = (bend(data.at(index)) - from) * factor;
    if (place > -Infinity) cells[index] = 1 + Math.min(254, Math.max(0, Math.floor(place)));
  }
  return cells;
}

// Lines along all edges of cells, the outer ones included.
function drawEdges(
  { columns, rows }: Shape,
  frame: Frame,
  { edgeColor, edgeWidth = 0.5 }: HeatmapOptions,
  { painter }: Canvas,
  { workspace, looks }: Setting,
): void {
  if (edgeColor === undefined) return;
  const { left, from, right, to } = frame;
  const lines = new Points(workspace, 3 * (columns + rows + 2));
  for (let column = 0; column <= columns; column++) {
    const x = left + ((right - left) * column) / columns;
    lines.push(x, from);
    lines.push(x, to);
    lines.gap();
  }
  for (let row = 0; row <= rows; row++) {
    const y = from + ((to - from) * row) / rows;
    lines.push(left, y);
    lines.push(right, y);
    lines.gap();
  }
  painter.strokeLine(lines.xs, lines.ys, lines.count, looks.stroke(looks.color(edgeColor), edgeWidth));
}

function checkValues(name: string, { limits, valueScale = "linear", threshold = 1 }: HeatmapOptions): void {
  if (limits !== undefined && !(limits[0] < limits[1] && Number.isFinite(limits[1] - limits[0])))
    throw badOption(name, "limits", "two finite ascending numbers", limits);
  if (valueScale !== "linear" && valueScale !== "log" && valueScale !== "symlog")
    throw badOption(name, "valueScale", '"linear", "log" or "symlog"', valueScale);
  if (valueScale === "log" && limits !== undefined && limits[0] <= 0)
    throw badOption(name, "limits", "two numbers above 0 on a logarithmic scale", limits);
  checkNumber(name, "threshold", threshold, Number.MIN_VALUE, Number.MAX_VALUE);
}

function rampFor(data: Series, options: HeatmapOptions, { workspace }: Setting): Ramp {
  const { valueScale: scale = "linear", limits, threshold, valueLabel: label } = options;
  const least = scale === "log" ? Number.MIN_VALUE : -Number.MAX_VALUE;
  const found = extentOf(summarize(data, workspace), least);
  const [low, high] = limits ?? [found.low, found.high];
  const ends = low < high && Number.isFinite(high - low) ? { low, high } : endsAround(low, high, scale);
  return { colors: colormap(options.colormap ?? "viridis"), ...ends, label, scale, threshold };
}

// For values that are all equal, further apart than can be subtracted, or not there.
function endsAround(low: number, high: number, scale: Ramp["scale"]): Pick<Ramp, "low" | "high"> {
  if (!(low <= high)) return scale === "log" ? { low: 1, high: 10 } : { low: 0, high: 1 };
  if (scale === "log")
    return { low: low / 10 || Number.MIN_VALUE, high: Math.min(high * 10, Number.MAX_VALUE) };
  if (low < high) return { low: low / 2, high: high / 2 };
  const away = Math.max(0.5, Math.abs(low) * 0.05);
  return { low: low - away, high: high + away };
}

function writeCells(
  data: Series,
  { columns, rows }: Shape,
  text: true | ((value: number) => string),
  ramp: Ramp,
  frame: Frame,
  { painter }: Canvas,
  looks: Looks,
): void {
  const width = (frame.right - frame.left) / columns;
  const height = (frame.to - frame.from) / rows;
  const most = Math.min(looks.theme.tickSize, Math.abs(height / looks.unit) * 0.6);
  const known = Array.from(data, (value) => value).filter((value) => Number.isFinite(value));
  const texts = numberTexts(known, text, Math.abs(width) * CELL_SHARE, most, looks, painter);
  if (texts === undefined) return;
  const [dark, light] = [parseColor("black"), parseColor("white")];
  const style = looks.textStyle(texts.size, { anchor: "middle", baseline: "middle" });
  for (let index = 0; index < data.length; index++) {
    const value = data.at(index);
    if (!Number.isFinite(value)) continue;
    const color = luminance(rampColor(ramp, value)) > 0.5 ? dark : light;
    const x = frame.left + ((index % columns) + 0.5) * width;
    const y = frame.from + (Math.floor(index / columns) + 0.5) * height;
    painter.text(texts.write(value), x, y, { ...style, color });
  }
}

// How much of a cell a number takes at most.
const CELL_SHARE = 0.92;
