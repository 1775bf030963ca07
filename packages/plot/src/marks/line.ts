// Lines and steps. However many points there are, what is stroked is a few for each column of pixels.
import { type Series, series, type SeriesLike } from "@millpond/core";

import {
  type Canvas,
  colorOf,
  type Mark,
  type MarkOptions,
  type PointColumns,
  type Prepared,
  type Setting,
} from "../figure/mark.ts";
import { PlotError } from "../errors.ts";
import type { MarkerStyle, StrokeStyle } from "../paint/painter.ts";
import { largestTriangles } from "../reduce/largest-triangles.ts";
import { traceLine } from "../reduce/line.ts";
import { Points } from "../reduce/points.ts";
import { extentOf, isAscending, summarize } from "../reduce/summary.ts";
import type { Workspace } from "../reduce/workspace.ts";
import type { Extent } from "../scale/scale.ts";
import { badOption, checkLengths, checkMissing, checkNumber, type Missing, seriesOf } from "./data.ts";
import { dashOf, type LineStyle } from "./line-style.ts";
import { markerOf, type MarkerOptions } from "./marker-options.ts";
import { smoothed } from "./smooth.ts";

/** Options of lines. */
export interface LineOptions extends MarkOptions, MarkerOptions {
  /** Points; markers without a line have the width 0. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
  /** How the line is dashed. @defaultValue "solid" */
  readonly style?: LineStyle | undefined;
  /** Draws a curve through the points that has no extremes of its own. @defaultValue false */
  readonly smooth?: boolean | undefined;
  /** What is done about numbers that are missing. @defaultValue "gap" */
  readonly missing?: Missing | undefined;
  /**
   * Whether x is known to ascend without NaN. Then only a few of them are read where columns of pixels begin, instead of
   * all; if it is not so, the picture is wrong. @defaultValue false: x is looked through
   */
  readonly sorted?: boolean | undefined;
  /**
   * Draws the line through so many of its points only, chosen by largest triangles (LTTB). It looks smoother and loses most
   * extremes; the axes stay those of all points. @defaultValue all points, and every extreme
   */
  readonly lttb?: number | undefined;
}

/** Options of steps. */
export interface StepOptions extends Omit<LineOptions, "smooth"> {
  /** Where a step is: at the point before, at the point after, or midway. @defaultValue "pre" */
  readonly where?: "pre" | "post" | "mid" | undefined;
}

/** x and y of a mark, looked at. */
export interface LineColumns extends PointColumns {
  readonly x: Extent;
  readonly y: Extent;
}

/** Looks at x and y of a mark. */
export function lookAt(
  name: string,
  xs: Series | undefined,
  ys: Series,
  missing: Missing | undefined,
  setting: Setting,
  sorted = false,
): LineColumns {
  const { workspace, xLeast, yLeast } = setting;
  const summary = summarize(ys, workspace);
  checkMissing(missing, name, "y", summary, yLeast);
  if (xs === undefined) {
    const low = xLeast > 0 ? 1 : 0;
    return {
      xs,
      ys: summary,
      ascending: true,
      x: { low, high: ys.length - 1 },
      y: extentOf(summary, yLeast),
    };
  }
  if (sorted) checkEnds(name, xs);
  const ascending = sorted || isAscending(xs, workspace);
  return {
    xs,
    ys: summary,
    ascending,
    x: xExtent(name, xs, ascending, missing, setting),
    y: extentOf(summary, yLeast),
  };
}

// What was declared is believed, but for what the ends tell.
function checkEnds(name: string, xs: Series): void {
  if (xs.length === 0 || xs.at(0) <= xs.at(-1)) return;
  const got = `${xs.at(0)} at its start and ${xs.at(-1)} at its end`;
  throw new PlotError(
    "BAD_DATA",
    `${name}: expected x that ascends, as sorted says, got ${got}; leave out sorted`,
    {
      series: name,
      index: xs.length - 1,
    },
  );
}

// Ascending numbers that are all good have their extent at their ends; the others are looked through.
function xExtent(
  name: string,
  xs: Series,
  ascending: boolean,
  missing: Missing | undefined,
  setting: Setting,
): Extent {
  const { workspace, xLeast } = setting;
  if (ascending && xs.length > 0 && xs.at(0) >= xLeast && xs.at(-1) <= Number.MAX_VALUE) {
    return { low: xs.at(0), high: xs.at(-1) };
  }
  const summary = summarize(xs, workspace);
  checkMissing(missing, name, "x", summary, xLeast);
  return extentOf(summary, xLeast);
}

/** A line through points. */
export function lineMark(
  name: string,
  xs: SeriesLike | undefined,
  ys: SeriesLike,
  options: LineOptions,
): Mark {
  return strokeMark(name, xs, ys, options, undefined);
}

/** A line that goes from point to point in steps. */
export function stepMark(
  name: string,
  xs: SeriesLike | undefined,
  ys: SeriesLike,
  options: StepOptions,
): Mark {
  checkWhere(name, options.where);
  return strokeMark(name, xs, ys, options, options.where ?? "pre");
}

/** Refuses steps that are nowhere. */
export function checkWhere(name: string, where: StepOptions["where"]): void {
  if (where === undefined || where === "pre" || where === "post" || where === "mid") return;
  throw badOption(name, "where", '"pre", "post" or "mid"', where);
}

function strokeMark(
  name: string,
  xs: SeriesLike | undefined,
  ys: SeriesLike,
  options: LineOptions,
  step: StepOptions["where"],
): Mark {
  const x = xs === undefined ? undefined : seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  if (x !== undefined) checkLengths(name, { x: x.length, y: y.length });
  checkNumber(name, "width", options.width, 0, 1000);
  checkNumber(name, "markerSize", options.markerSize, 0, 1000);
  const { lttb = 3 } = options;
  if (!(Number.isInteger(lttb) && lttb >= 3))
    throw badOption(name, "lttb", "a number of points from 3 on", lttb);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare(setting) {
      const columns = lookAt(name, x, y, options.missing, setting, options.sorted);
      return prepareStroke(name, columns, options, step, setting);
    },
  };
}

// Columns of fewer points, for the same axes.
function sampled(columns: LineColumns, count: number, workspace: Workspace): LineColumns {
  const { xs, ys } = columns;
  if (ys.data.length <= count) return columns;
  const toXs = workspace.numbers(count);
  const toYs = workspace.numbers(count);
  largestTriangles(xs, ys.data, count, toXs, toYs);
  return { ...columns, xs: series(toXs), ys: summarize(series(toYs), workspace), ascending: false };
}

function prepareStroke(
  name: string,
  all: LineColumns,
  options: LineOptions,
  step: StepOptions["where"],
  setting: Setting,
): Prepared {
  const { looks, workspace } = setting;
  const columns = options.lttb === undefined ? all : sampled(all, options.lttb, workspace);
  const color = colorOf(options, setting);
  const width = options.width ?? looks.theme.lineWidth;
  const stroke: StrokeStyle = looks.stroke(color, width, {
    dash: dashOf(name, options.style, looks.pixels(width)),
  });
  const marker = markerOf(options, color, looks);
  return {
    x: columns.x,
    y: columns.y,
    points: all,
    keys: options.label === undefined ? [] : [{ label: options.label, stroke, marker }],
    draw(canvas) {
      const points = trace(columns, options.missing === "drop", canvas, workspace);
      const path = shaped(points, step, options.smooth, workspace);
      canvas.painter.strokeLine(path.xs, path.ys, path.count, stroke);
      if (marker !== undefined) drawMarkers(columns, canvas, workspace, marker);
      canvas.occupancy.line(points.xs, points.ys, points.count);
    },
  };
}

/** The points of a line in pixels, reduced where there are many. */
export function trace(
  columns: LineColumns,
  joinGaps: boolean,
  canvas: Canvas,
  workspace: Workspace,
  spread = false,
): Points {
  const { x, y, left, right } = canvas;
  const points = new Points(
    workspace,
    Math.min(columns.ys.data.length + 2, 4 * Math.ceil(right - left) + 64),
  );
  traceLine(columns, { x, y, left, right, joinGaps, spread }, points);
  return points;
}

function drawMarkers(
  { xs, ys }: LineColumns,
  { painter, x, y }: Canvas,
  workspace: Workspace,
  marker: MarkerStyle,
): void {
  const points = new Points(workspace, ys.data.length);
  for (let index = 0; index < ys.data.length; index++) {
    const across = xs === undefined ? index : xs.at(index);
    const value = ys.data.at(index);
    if (x.has(across) && y.has(value)) points.push(x.place(across), y.place(value));
  }
  painter.markers(points.xs, points.ys, points.count, marker);
}

/** What goes through points: a curve, steps, or straight lines between them. */
export function shaped(
  points: Points,
  step: StepOptions["where"],
  smooth: boolean | undefined,
  workspace: Workspace,
): Points {
  if (smooth === true) return smoothed(points, workspace);
  return step === undefined ? points : stepped(points, step, workspace);
}

// The corners of steps between points.
function stepped(points: Points, where: StepOptions["where"], workspace: Workspace): Points {
  const { xs, ys, count } = points;
  const out = new Points(workspace, 3 * count);
  for (let index = 0; index < count; index++) {
    if (index > 0 && xs[index] !== xs[index - 1])
      corner(xs[index - 1], ys[index - 1], xs[index], ys[index], where, out);
    out.push(xs[index], ys[index]);
  }
  return out;
}

function corner(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  where: StepOptions["where"],
  out: Points,
): void {
  if (!(x0 === x0 && x1 === x1)) return;
  if (where === "mid") {
    out.push((x0 + x1) / 2, y0);
    out.push((x0 + x1) / 2, y1);
  } else if (where === "post") out.push(x1, y0);
  else out.push(x0, y1);
}
