// Fields of arrows: at each point a direction and a length.
import { type Series, series, type SeriesLike } from "@millpond/core";

import {
  type Canvas,
  colorOf,
  type Mark,
  type MarkOptions,
  type Ramp,
  type Setting,
} from "../figure/mark.ts";
import type { Color } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import type { Workspace } from "../reduce/workspace.ts";
import { fade } from "../theme/colors.ts";
import { badOption, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { lookAt } from "./line.ts";
import { rampColor, type RampOptions, valueRamp } from "./value-ramp.ts";

/** Options of fields of arrows. */
export interface QuiverOptions extends MarkOptions, RampOptions {
  /** Points of length for an arrow of length 1. @defaultValue so that the longest arrow takes 24 points */
  readonly scale?: number | undefined;
  /** Points: the width of shafts. @defaultValue 1.5 */
  readonly width?: number | undefined;
  /** Which part of an arrow is at the point. @defaultValue "tail" */
  readonly pivot?: "tail" | "middle" | "tip" | undefined;
  /** Gives arrows the colours of their lengths, which the colour bar tells. @defaultValue false */
  readonly byLength?: boolean | undefined;
}

/** An arrow (u, v) at each point (x, y). */
export function quiverMark(
  name: string,
  xs: SeriesLike,
  ys: SeriesLike,
  us: SeriesLike,
  vs: SeriesLike,
  options: QuiverOptions,
): Mark {
  const x = seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  const u = seriesOf(us, name, "u");
  const v = seriesOf(vs, name, "v");
  checkLengths(name, { x: x.length, y: y.length, u: u.length, v: v.length });
  const { pivot = "tail", scale } = options;
  if (!["tail", "middle", "tip"].includes(pivot))
    throw badOption(name, "pivot", '"tail", "middle" or "tip"', pivot);
  checkNumber(name, "scale", scale, Number.MIN_VALUE, Number.MAX_VALUE);
  return {
    name,
    colors: options.color === undefined && options.byLength !== true ? 1 : 0,
    axis: options.axis ?? "left",
    prepare(setting) {
      const columns = lookAt(name, x, y, undefined, setting);
      const color = colorOf(options, setting);
      const stroke = setting.looks.stroke(color, options.width ?? 1.5);
      const lengths = lengthsOf(u, v, setting.workspace);
      const ramp = options.byLength === true ? valueRamp(series(lengths), options, setting) : undefined;
      const arrows = { xs: x, ys: y, us: u, vs: v, lengths, ramp, color, width: stroke.width };
      return {
        ramp,
        x: columns.x,
        y: columns.y,
        keys: options.label === undefined ? [] : [{ label: options.label, stroke }],
        draw: (canvas) => drawArrows(arrows, options, canvas, setting),
      };
    },
  };
}

interface Arrows {
  readonly xs: Series;
  readonly ys: Series;
  readonly us: Series;
  readonly vs: Series;
  readonly lengths: Float64Array;
  readonly ramp: Ramp | undefined;
  readonly color: Color;
  /** Pixels. */
  readonly width: number;
}

function drawArrows(
  { xs, ys, us, vs, lengths, ramp, color, width }: Arrows,
  { scale, pivot = "tail", alpha = 1 }: QuiverOptions,
  { x, y, painter, occupancy }: Canvas,
  { looks, workspace }: Setting,
): void {
  const factor = looks.pixels(scale ?? 24 / longest(lengths));
  // How much of an arrow lies before its point.
  const before = { tail: 0, middle: 0.5, tip: 1 }[pivot];
  const shafts = new Points(workspace, 3 * xs.length);
  const heads = new Points(workspace, 3 * xs.length);
  const ends: number[] = [];
  const draw = (own: Color): void => {
    painter.strokeLine(shafts.xs, shafts.ys, shafts.count, { color: own, width });
    painter.fillPath(heads.xs, heads.ys, ends, { color: own });
    occupancy.line(shafts.xs, shafts.ys, shafts.count);
  };
  for (let index = 0; index < xs.length; index++) {
    const [dx, dy] = [us.at(index) * factor, -vs.at(index) * factor];
    const length = Math.hypot(dx, dy);
    if (!(x.has(xs.at(index)) && y.has(ys.at(index)) && length > 0 && length < Infinity)) continue;
    const fromX = x.place(xs.at(index)) - dx * before;
    const fromY = y.place(ys.at(index)) - dy * before;
    const head = Math.min(length, 4 * width);
    const [neckX, neckY] = [fromX + dx * (1 - head / length), fromY + dy * (1 - head / length)];
    shafts.push(fromX, fromY);
    shafts.push(neckX, neckY);
    shafts.gap();
    const [sideX, sideY] = [(-dy / length) * head * 0.4, (dx / length) * head * 0.4];
    heads.push(fromX + dx, fromY + dy);
    heads.push(neckX + sideX, neckY + sideY);
    heads.push(neckX - sideX, neckY - sideY);
    ends.push(heads.count);
    if (ramp === undefined) continue;
    // Arrows of different colours are drawn one by one.
    draw(fade(rampColor(ramp, lengths[index]), alpha));
    for (const points of [shafts, heads]) points.count = 0;
    ends.length = 0;
  }
  if (ramp === undefined) draw(color);
}

function lengthsOf(us: Series, vs: Series, workspace: Workspace): Float64Array {
  const lengths = workspace.numbers(us.length);
  for (let index = 0; index < us.length; index++) lengths[index] = Math.hypot(us.at(index), vs.at(index));
  return lengths;
}

function longest(lengths: Float64Array): number {
  const most = lengths.reduce((a, b) => (b > a && b < Infinity ? b : a), 0);
  return most > 0 ? most : 1;
}
