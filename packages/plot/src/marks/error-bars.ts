// Error bars: how sure a point is, upwards and sideways.
import type { Series, SeriesLike } from "@millpond/core";

import {
  type Canvas,
  colorOf,
  type Mark,
  type MarkOptions,
  type Prepared,
  type Setting,
} from "../figure/mark.ts";
import type { StrokeStyle } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import { badOption, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { dashOf, type LineStyle } from "./line-style.ts";
import { markerOf, type MarkerOptions } from "./marker-options.ts";

/** How far an error reaches: one number for all, one for each, or two of these for below and above. */
export type ErrorReach =
  | number
  | SeriesLike
  | { readonly below: number | SeriesLike; readonly above: number | SeriesLike };

/** Options of error bars. */
export interface ErrorBarOptions extends MarkOptions, MarkerOptions {
  /** How far the error reaches along y. */
  readonly y?: ErrorReach | undefined;
  /** How far it reaches along x. */
  readonly x?: ErrorReach | undefined;
  /** Points: the length of the line across each end. @defaultValue 6 */
  readonly cap?: number | undefined;
  /** Points. @defaultValue 1.2 */
  readonly width?: number | undefined;
  /** How the bars are dashed. @defaultValue "solid" */
  readonly style?: LineStyle | undefined;
}

type Reach = readonly [below: (index: number) => number, above: (index: number) => number];

interface Parts {
  readonly xs: Series;
  readonly ys: Series;
  readonly x: Reach;
  readonly y: Reach;
}

/** Points with bars around them. */
export function errorBarMark(name: string, xs: SeriesLike, ys: SeriesLike, options: ErrorBarOptions): Mark {
  const x = seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  checkLengths(name, { x: x.length, y: y.length });
  checkNumber(name, "cap", options.cap, 0, 1000);
  const parts = {
    xs: x,
    ys: y,
    x: reachOf(name, "x", options.x, y.length),
    y: reachOf(name, "y", options.y, y.length),
  };
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareErrors(name, parts, options, setting),
  };
}

function reachOf(name: string, what: string, reach: ErrorReach | undefined, length: number): Reach {
  if (reach === undefined) return [() => 0, () => 0];
  if (typeof reach === "object" && reach !== null && "below" in reach) {
    return [
      oneReach(name, `${what} below`, reach.below, length),
      oneReach(name, `${what} above`, reach.above, length),
    ];
  }
  const both = oneReach(name, what, reach, length);
  return [both, both];
}

function oneReach(
  name: string,
  what: string,
  reach: number | SeriesLike,
  length: number,
): (index: number) => number {
  if (typeof reach === "number") {
    if (!(reach >= 0 && reach < Infinity)) throw badOption(name, what, "a number from 0 on", reach);
    return () => reach;
  }
  const data = seriesOf(reach, name, `errors of ${what}`);
  checkLengths(name, { points: length, [`errors of ${what}`]: data.length });
  return (index) => Math.abs(data.at(index));
}

function prepareErrors(name: string, parts: Parts, options: ErrorBarOptions, setting: Setting): Prepared {
  const { looks } = setting;
  const color = colorOf(options, setting);
  const { width = 1.2, style } = options;
  const bars = looks.stroke(color, width, { dash: dashOf(name, style, looks.pixels(width)) });
  const marker = markerOf({ marker: "circle", ...options }, color, looks);
  return {
    x: reachedExtent(parts.xs, parts.x, setting.xLeast),
    y: reachedExtent(parts.ys, parts.y, setting.yLeast),
    keys: options.label === undefined ? [] : [{ label: options.label, stroke: bars, marker }],
    draw(canvas) {
      const points = drawBars(parts, looks.pixels(options.cap ?? 6) / 2, bars, canvas, setting);
      if (marker !== undefined) canvas.painter.markers(points.xs, points.ys, points.count, marker);
    },
  };
}

function reachedExtent(data: Series, [below, above]: Reach, least: number): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < data.length; index++) {
    const value = data.at(index);
    if (!(value >= least && value <= Number.MAX_VALUE)) continue;
    const [from, to] = [value - below(index), value + above(index)];
    low = Math.min(low, from >= least ? from : value);
    high = Math.max(high, to <= Number.MAX_VALUE ? to : value);
  }
  return { low, high };
}

// All bars are one line with gaps; the lines across ends are part of it, unless it is dashed, which they never are. Returns
// the points themselves.
function drawBars(
  parts: Parts,
  cap: number,
  stroke: StrokeStyle,
  canvas: Canvas,
  { workspace }: Setting,
): Points {
  const { x, y, painter, occupancy, left, right, top, bottom } = canvas;
  const points = new Points(workspace, parts.ys.length);
  const bars = new Points(workspace, 8 * parts.ys.length);
  const caps = stroke.dash === undefined ? bars : new Points(workspace, 6 * parts.ys.length);
  for (let index = 0; index < parts.ys.length; index++) {
    const [across, value] = [parts.xs.at(index), parts.ys.at(index)];
    if (!(x.has(across) && y.has(value))) continue;
    const [px, py] = [x.place(across), y.place(value)];
    points.push(px, py);
    const down = Math.min(bottom + 99, y.place(value - parts.y[0](index)));
    const up = Math.max(top - 99, y.place(value + parts.y[1](index)));
    if (down !== up) addBar(bars, caps, px, down, px, up, cap);
    const back = Math.max(left - 99, x.place(across - parts.x[0](index)));
    const forth = Math.min(right + 99, x.place(across + parts.x[1](index)));
    if (back !== forth) addBar(bars, caps, back, py, forth, py, cap);
  }
  painter.strokeLine(bars.xs, bars.ys, bars.count, stroke);
  if (caps !== bars) painter.strokeLine(caps.xs, caps.ys, caps.count, { ...stroke, dash: undefined });
  occupancy.line(bars.xs, bars.ys, bars.count);
  return points;
}

function addBar(
  bars: Points,
  caps: Points,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  cap: number,
): void {
  const [dx, dy] = x0 === x1 ? [cap, 0] : [0, cap];
  addLine(bars, x0, y0, x1, y1);
  if (cap === 0) return;
  addLine(caps, x0 - dx, y0 - dy, x0 + dx, y0 + dy);
  addLine(caps, x1 - dx, y1 - dy, x1 + dx, y1 + dy);
}

function addLine(bars: Points, x0: number, y0: number, x1: number, y1: number): void {
  bars.push(x0, y0);
  bars.push(x1, y1);
  bars.gap();
}
