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
import type { Looks } from "../figure/looks.ts";
import type { Color } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import type { Workspace } from "../reduce/workspace.ts";
import { labelNumber } from "../scale/tick-labels.ts";
import type { Extent } from "../scale/scale.ts";
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
  /** The length of heads, in widths of the shaft. @defaultValue 4 */
  readonly headLength?: number | undefined;
  /** The width of heads, in widths of the shaft. @defaultValue 3.2 */
  readonly headWidth?: number | undefined;
  /** The length of an arrow that is drawn in the upper right corner of the panel, with that number beside it. @defaultValue none */
  readonly key?: number | undefined;
  /** What stands beside that arrow instead, such as "5 m/s". */
  readonly keyLabel?: string | undefined;
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
  checkNumber(name, "key", options.key, Number.MIN_VALUE, Number.MAX_VALUE);
  checkNumber(name, "headLength", options.headLength, 0, 1000);
  checkNumber(name, "headWidth", options.headWidth, 0, 1000);
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
      const reach = factorOf(lengths, options, setting.looks) * longest(lengths);
      const arrows = { xs: x, ys: y, us: u, vs: v, lengths, ramp, color, width: stroke.width };
      return {
        ramp,
        x: withRoom(columns.x, reach / setting.width, setting.xLeast),
        y: withRoom(columns.y, reach / (setting.width * FLAT), setting.yLeast),
        keys: options.label === undefined ? [] : [{ label: options.label, stroke }],
        draw: (canvas) => drawArrows(arrows, options, canvas, setting),
      };
    },
  };
}

// Panels are about so high for their width; how high exactly is not known before there are limits.
const FLAT = 0.6;

// Limits with room for arrows that reach so far beyond them, as a share of the panel; on a logarithmic axis it is not told.
function withRoom({ low, high }: Extent, share: number, least: number): Extent {
  const more = (high - low) * Math.min(0.5, share / Math.max(0.2, 1 - 2 * share));
  if (least > 0 || !(more > 0 && more < Infinity)) return { low, high };
  return { low: low - more, high: high + more };
}

// Pixels for a length of 1.
function factorOf(lengths: Float64Array, { scale }: QuiverOptions, looks: Looks): number {
  return looks.pixels(scale ?? 24 / longest(lengths));
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
  arrows: Arrows,
  options: QuiverOptions,
  canvas: Canvas,
  { looks, workspace }: Setting,
): void {
  const { xs, ys, us, vs, lengths, ramp, color, width } = arrows;
  const { pivot = "tail", alpha = 1, key } = options;
  const { x, y } = canvas;
  const factor = factorOf(lengths, options, looks);
  // How much of an arrow lies before its point.
  const before = { tail: 0, middle: 0.5, tip: 1 }[pivot];
  const field = new ArrowList(workspace, xs.length, options);
  for (let index = 0; index < xs.length; index++) {
    const [dx, dy] = [us.at(index) * factor, -vs.at(index) * factor];
    if (!(x.has(xs.at(index)) && y.has(ys.at(index)))) continue;
    field.add(x.place(xs.at(index)) - dx * before, y.place(ys.at(index)) - dy * before, dx, dy, width);
    // Arrows of different colours are drawn one by one.
    if (ramp !== undefined) field.draw(canvas, fade(rampColor(ramp, lengths[index]), alpha), width);
  }
  field.draw(canvas, color, width);
  if (key !== undefined) drawKey(key, factor, field, color, width, options, canvas, looks);
}

// Points around the arrow in the corner and its text.
const KEY_PAD = 5;

// On a patch of the panel's colour, so that it can be read over other arrows.
function drawKey(
  key: number,
  factor: number,
  arrow: ArrowList,
  color: Color,
  width: number,
  { keyLabel = labelNumber(key) }: QuiverOptions,
  canvas: Canvas,
  looks: Looks,
): void {
  const { painter, right, top, occupancy } = canvas;
  const pad = looks.pixels(KEY_PAD);
  const length = key * factor;
  const text = painter.measure(keyLabel, looks.font(looks.theme.tickSize));
  const [high, wide] = [text.height + 2 * pad, length + text.width + 3 * pad];
  const [left, middle] = [right - wide - pad, top + pad + high / 2];
  painter.fillRect(left, top + pad, wide, high, { color: fade(looks.panel, 0.8) });
  occupancy.rect(left, top + pad, wide, high);
  arrow.add(left + pad, middle, length, 0, width);
  arrow.draw(canvas, color, width);
  const style = looks.textStyle(looks.theme.tickSize, { baseline: "middle" });
  painter.text(keyLabel, left + length + 2 * pad, middle, style);
}

// Arrows that are drawn in one go: shafts are one line with gaps, heads are triangles.
class ArrowList {
  readonly #shafts: Points;
  readonly #heads: Points;
  readonly #ends: number[] = [];
  readonly #length: number;
  readonly #half: number;

  constructor(workspace: Workspace, count: number, { headLength = 4, headWidth = 3.2 }: QuiverOptions) {
    this.#shafts = new Points(workspace, 3 * count);
    this.#heads = new Points(workspace, 3 * count);
    this.#length = headLength;
    this.#half = headWidth / 2;
  }

  // An arrow that is shorter than its head is a smaller head.
  add(x: number, y: number, dx: number, dy: number, width: number): void {
    const length = Math.hypot(dx, dy);
    if (!(length > 0 && length < Infinity)) return;
    const head = Math.min(length, this.#length * width);
    const [neckX, neckY] = [x + dx * (1 - head / length), y + dy * (1 - head / length)];
    this.#shafts.push(x, y);
    this.#shafts.push(neckX, neckY);
    this.#shafts.gap();
    const half = this.#length > 0 ? (head / this.#length) * this.#half : 0;
    const [sideX, sideY] = [(-dy / length) * half, (dx / length) * half];
    this.#heads.push(x + dx, y + dy);
    this.#heads.push(neckX + sideX, neckY + sideY);
    this.#heads.push(neckX - sideX, neckY - sideY);
    this.#ends.push(this.#heads.count);
  }

  // Draws the arrows and forgets them.
  draw({ painter, occupancy }: Canvas, color: Color, width: number): void {
    painter.strokeLine(this.#shafts.xs, this.#shafts.ys, this.#shafts.count, { color, width });
    painter.fillPath(this.#heads.xs, this.#heads.ys, this.#ends, { color });
    occupancy.line(this.#shafts.xs, this.#shafts.ys, this.#shafts.count);
    this.#shafts.count = 0;
    this.#heads.count = 0;
    this.#ends.length = 0;
  }
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
