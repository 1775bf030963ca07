// Fields of arrows: at each point a direction and a length.
import type { Series, SeriesLike } from "@millpond/core";

import { type Canvas, colorOf, type Mark, type MarkOptions, type Setting } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { badOption, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { lookAt } from "./line.ts";

/** Options of fields of arrows. */
export interface QuiverOptions extends MarkOptions {
  /** Points of length for an arrow of length 1. @defaultValue so that the longest arrow takes 24 points */
  readonly scale?: number | undefined;
  /** Points: the width of shafts. @defaultValue 1.5 */
  readonly width?: number | undefined;
  /** Which part of an arrow is at the point. @defaultValue "tail" */
  readonly pivot?: "tail" | "middle" | "tip" | undefined;
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
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare(setting) {
      const columns = lookAt(name, x, y, undefined, setting);
      const color = colorOf(options, setting);
      const stroke = setting.looks.stroke(color, options.width ?? 1.5);
      return {
        x: columns.x,
        y: columns.y,
        keys: options.label === undefined ? [] : [{ label: options.label, stroke }],
        draw: (canvas) => drawArrows([x, y, u, v], options, color, stroke.width, canvas, setting),
      };
    },
  };
}

function drawArrows(
  [xs, ys, us, vs]: readonly Series[],
  options: QuiverOptions,
  color: number,
  width: number,
  canvas: Canvas,
  { looks, workspace }: Setting,
): void {
  const { x, y, painter, occupancy } = canvas;
  const factor = looks.pixels(options.scale ?? 24 / longest(us, vs));
  // How much of an arrow lies before its point.
  const before = { tail: 0, middle: 0.5, tip: 1 }[options.pivot ?? "tail"];
  const shafts = new Points(workspace, 3 * xs.length);
  const heads = new Points(workspace, 3 * xs.length);
  const ends: number[] = [];
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
  }
  painter.strokeLine(shafts.xs, shafts.ys, shafts.count, { color, width });
  painter.fillPath(heads.xs, heads.ys, ends, { color });
  occupancy.line(shafts.xs, shafts.ys, shafts.count);
}

function longest(us: Series, vs: Series): number {
  let most = 0;
  for (let index = 0; index < us.length; index++) {
    const length = Math.hypot(us.at(index), vs.at(index));
    if (length > most && length < Infinity) most = length;
  }
  return most > 0 ? most : 1;
}
