// Contours: lines of equal height through a table of numbers, each in the colour of its height.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, Mark, MarkOptions, Prepared, Ramp, Setting } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import { multiples, niceStep } from "../scale/nice.ts";
import { contourLines } from "../stats/contours.ts";
import { colormap, type ColormapName } from "../theme/colormaps.ts";
import { badOption, seriesOf } from "./data.ts";
import { rampColor } from "./scatter.ts";

/** Options of contours. */
export interface ContourOptions extends Omit<MarkOptions, "label"> {
  /** Numbers in a row. */
  readonly columns: number;
  /** The heights of the lines, or about how many there should be. @defaultValue 10 */
  readonly levels?: number | readonly number[] | undefined;
  /** The colours of the heights; a `color` takes their place. @defaultValue "viridis" */
  readonly colormap?: ColormapName | undefined;
  /** The values of x and y at the first and the last column and row. @defaultValue their numbers */
  readonly extent?:
    | { readonly x: readonly [number, number]; readonly y: readonly [number, number] }
    | undefined;
  /** Points. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
  /** A colour bar. @defaultValue true, if lines have colours of their own */
  readonly colorbar?: boolean | undefined;
  /** What the colour bar says. */
  readonly valueLabel?: string | undefined;
}

/** Lines of equal height; values come row after row, the first row at the lowest y. */
export function contourMark(name: string, values: SeriesLike, options: ContourOptions): Mark {
  const data = seriesOf(values, name, "values");
  const { columns, levels = 10 } = options;
  if (!(Number.isInteger(columns) && columns >= 1))
    throw badOption(name, "columns", "an integer from 1 on", columns);
  if (data.length % columns !== 0)
    throw badOption(name, "columns", `a divisor of the ${data.length} values`, columns);
  if (
    typeof levels === "number"
      ? !(levels >= 1 && levels <= 1000)
      : !levels.every((level) => Number.isFinite(level))
  ) {
    throw badOption(name, "levels", "a count from 1 to 1000 or finite numbers", levels);
  }
  return {
    name,
    colors: options.color === undefined ? 0 : 1,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareContours(data, options, setting),
  };
}

function prepareContours(data: Series, options: ContourOptions, setting: Setting): Prepared {
  const { columns } = options;
  const rows = data.length / columns;
  const { extent = { x: [0, columns - 1], y: [0, Math.max(0, rows - 1)] } } = options;
  const { low, high } = extentOf(summarize(data, setting.workspace), -Number.MAX_VALUE);
  const ramp = rampOf(low, high, options);
  const place = {
    x: { low: Math.min(...extent.x), high: Math.max(...extent.x), tight: true },
    y: { low: Math.min(...extent.y), high: Math.max(...extent.y), tight: true },
    keys: [],
  };
  if (!(low < high) || columns < 2 || rows < 2) return { ...place, draw: () => undefined };
  const { levels = 10 } = options;
  const heights = typeof levels === "number" ? multiples(niceStep(low, high, levels), low, high) : levels;
  return {
    ...place,
    ramp: (options.colorbar ?? options.color === undefined) ? ramp : undefined,
    draw: (canvas) => drawContours(data, rows, heights, extent, ramp, options, canvas, setting),
  };
}

function rampOf(low: number, high: number, options: ContourOptions): Ramp {
  const colors = colormap(options.colormap ?? "viridis");
  const apart = low < high && Number.isFinite(high - low);
  return { colors, low: apart ? low : 0, high: apart ? high : 1, label: options.valueLabel, scale: "linear" };
}

function drawContours(
  data: Series,
  rows: number,
  heights: readonly number[],
  extent: NonNullable<ContourOptions["extent"]>,
  ramp: Ramp,
  options: ContourOptions,
  canvas: Canvas,
  { workspace, looks }: Setting,
): void {
  const { columns } = options;
  const numbers = workspace.numbers(data.length);
  data.copyTo(numbers);
  const points = new Points(workspace, 1024);
  const across = (extent.x[1] - extent.x[0]) / (columns - 1);
  const up = (extent.y[1] - extent.y[0]) / (rows - 1);
  for (const height of heights) {
    points.count = 0;
    contourLines(numbers, columns, height, points);
    for (let index = 0; index < points.count; index++) {
      points.xs[index] = canvas.x.place(extent.x[0] + points.xs[index] * across);
      points.ys[index] = canvas.y.place(extent.y[0] + points.ys[index] * up);
    }
    const color =
      options.color === undefined ? rampColor(ramp, height) : looks.color(options.color, options.alpha ?? 1);
    const stroke = looks.stroke(color, options.width ?? looks.theme.lineWidth);
    canvas.painter.strokeLine(points.xs, points.ys, points.count, stroke);
    canvas.occupancy.line(points.xs, points.ys, points.count);
  }
}
