// Polar charts: lines of distances from a middle at angles. They bring their own grid.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, LegendKey, Mark, Setting } from "../figure/mark.ts";
import type { StrokeStyle } from "../paint/painter.ts";
import { DENSE } from "../reduce/line.ts";
import { Points, type Sink } from "../reduce/points.ts";
import { Visits } from "../reduce/visits.ts";
import { fade } from "../theme/colors.ts";
import { checkTexts } from "./check-options.ts";
import { badOption, checkLengths, checkNumber, columnsOf, seriesOf } from "./data.ts";
import { markerOf, type MarkerOptions } from "./marker-options.ts";
import { pointOn, type RimName, type Wheel } from "./wheel.ts";
import {
  checkWheel,
  drawWheel,
  type Reach,
  reachOf,
  shareOf,
  strokesOf,
  type WheelOptions,
} from "./wheel-grid.ts";

/** Options of polar charts. */
export interface PolarOptions extends WheelOptions, MarkerOptions {
  /** What angles are measured in. @defaultValue "radians" */
  readonly unit?: "radians" | "degrees" | undefined;
  /** Where the angle 0 is: degrees, clockwise from the top. @defaultValue 90, at the right */
  readonly start?: number | undefined;
  /** Which way angles grow. @defaultValue "counterclockwise" */
  readonly direction?: "counterclockwise" | "clockwise" | undefined;
  /** How many spokes there are, with their degrees beside them, or names for evenly spaced ones. @defaultValue 12 */
  readonly spokes?: number | readonly string[] | undefined;
  /** Joins the last point of each line with its first. @defaultValue false */
  readonly closed?: boolean | undefined;
}

/** A line for each named column of distances, over the same angles. */
export function polarMark(
  name: string,
  angles: SeriesLike,
  columns: Readonly<Record<string, SeriesLike>>,
  options: PolarOptions,
): Mark {
  const turns = seriesOf(angles, name, "angles");
  const named = columnsOf(name, "columns", columns);
  for (const { label, values } of named) checkLengths(name, { angles: turns.length, [label]: values.length });
  checkPolar(name, options);
  return {
    name,
    colors: 0,
    axis: "left",
    prepare(setting) {
      const reach = reachOf(named, options);
      const strokes = strokesOf(named, options, setting);
      return {
        keys: named.map(({ label }, index): LegendKey => ({ label, stroke: strokes[index] })),
        draw(canvas) {
          const wheel = drawWheel(spokesOf(options), reach, true, options, canvas, setting);
          for (const [index, { values }] of named.entries()) {
            const trace = (sink: Sink): void => traceTurns(turns, values, reach, wheel, options, sink);
            drawPolar(trace, values.length, wheel, strokes[index], options, canvas, setting);
          }
        },
      };
    },
  };
}

function checkPolar(name: string, options: PolarOptions): void {
  checkWheel(name, options);
  const { unit = "radians", direction = "counterclockwise", spokes = 12 } = options;
  if (unit !== "radians" && unit !== "degrees") throw badOption(name, "unit", '"radians" or "degrees"', unit);
  if (direction !== "counterclockwise" && direction !== "clockwise")
    throw badOption(name, "direction", '"counterclockwise" or "clockwise"', direction);
  checkNumber(name, "start", options.start, -360, 360);
  checkNumber(name, "markerSize", options.markerSize, 0, 1000);
  if (typeof spokes !== "number") checkTexts(name, "spokes", spokes);
  checkNumber(name, "spokes", typeof spokes === "number" ? spokes : spokes.length, 1, 360);
}

// A share of the whole circle, as the angle it is given as, comes to this turn from the top.
function turnOf(share: number, { start = 90, direction = "counterclockwise" }: PolarOptions): number {
  return start / 360 + (direction === "clockwise" ? share : -share);
}

function spokesOf(options: PolarOptions): RimName[] {
  const { spokes = 12 } = options;
  const count = typeof spokes === "number" ? Math.floor(spokes) : spokes.length;
  return Array.from({ length: count }, (_, index) => {
    const text = typeof spokes === "number" ? `${Math.round((3600 * index) / count) / 10}°` : spokes[index];
    return { text, turn: turnOf(index / count, options) };
  });
}

// Distances below nothing and beyond the rim leave a gap, as missing ones do.
function traceTurns(
  angles: Series,
  distances: Series,
  reach: Reach,
  wheel: Wheel,
  options: PolarOptions,
  sink: Sink,
): void {
  const whole = options.unit === "degrees" ? 360 : 2 * Math.PI;
  for (let index = 0; index < angles.length; index++) {
    const share = shareOf(distances.at(index), reach);
    const turn = turnOf(angles.at(index) / whole, options);
    if (share >= 0 && share <= 1 && Number.isFinite(turn)) {
      const [x, y] = pointOn(wheel, turn, share);
      sink.push(x, y);
    } else sink.gap();
  }
}

// Fills and strokes what is left of many points, and marks all of them.
function drawPolar(
  trace: (sink: Sink) => void,
  count: number,
  wheel: Wheel,
  stroke: StrokeStyle,
  options: PolarOptions,
  { painter }: Canvas,
  { looks, workspace }: Setting,
): void {
  const line = new Points(workspace, 0);
  if (count > DENSE * 2 * wheel.radius) {
    const visits = new Visits(wheel.x - wheel.radius, false, line);
    trace(visits);
    visits.end();
  } else trace(line);
  const { fill = 0, closed = false } = options;
  if (fill > 0) painter.fillPath(line.xs, line.ys, [line.count], { color: fade(stroke.color, fill) });
  if (closed) painter.strokeRings(line.xs, line.ys, [line.count], stroke);
  else painter.strokeLine(line.xs, line.ys, line.count, stroke);
  const marker = markerOf(options, stroke.color, looks);
  if (marker === undefined) return;
  const points = new Points(workspace, count);
  trace(points);
  painter.markers(points.xs, points.ys, points.count, marker);
}
