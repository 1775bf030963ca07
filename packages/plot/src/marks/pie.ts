// Pies and donuts: shares of a whole, clockwise from the top. They have no axes.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, Mark, Setting } from "../figure/mark.ts";
import type { Looks } from "../figure/looks.ts";
import { luminance, parseColor } from "../theme/colors.ts";
import { Points } from "../reduce/points.ts";
import { checkTexts } from "./check-options.ts";
import { badOption, badValue, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { type RimName, wheelWithin, writeRimName } from "./wheel.ts";

/** Options of pies. */
export interface PieOptions {
  /** What stands beside each wedge. */
  readonly labels?: readonly string[] | undefined;
  /** A colour for each wedge. @defaultValue the palette's */
  readonly colors?: readonly string[] | undefined;
  /** What stands in each wedge: its share, its value, or nothing. @defaultValue "percent" */
  readonly show?: "percent" | "value" | "none" | undefined;
  /** The hole of a donut, as a share of the radius. @defaultValue 0 */
  readonly hole?: number | undefined;
  /** Degrees by which the first wedge is turned, clockwise from the top. @defaultValue 0 */
  readonly start?: number | undefined;
  /** How far each wedge is moved outwards, as a share of the radius. @defaultValue 0 for all */
  readonly explode?: readonly number[] | undefined;
}

/** A wedge for each value. */
export function pieMark(name: string, values: SeriesLike, options: PieOptions): Mark {
  const data = seriesOf(values, name, "values");
  const { labels, explode, show = "percent" } = options;
  checkTexts(name, "labels", labels);
  if (labels !== undefined) checkLengths(name, { values: data.length, labels: labels.length });
  if (explode !== undefined) checkLengths(name, { values: data.length, explode: explode.length });
  checkNumber(name, "hole", options.hole, 0, 0.95);
  checkNumber(name, "start", options.start, -360, 360);
  if (!["percent", "value", "none"].includes(show))
    throw badOption(name, "show", '"percent", "value" or "none"', show);
  return {
    name,
    colors: 0,
    axis: "left",
    prepare(setting) {
      const total = totalOf(name, data);
      return { keys: [], draw: (canvas) => drawPie(data, total, options, canvas, setting) };
    },
  };
}

function totalOf(name: string, data: Series): number {
  let total = 0;
  for (let index = 0; index < data.length; index++) {
    const value = data.at(index);
    if (!(value >= 0 && value < Infinity)) throw badValue(name, "values from 0 on", value, index);
    total += value;
  }
  return total;
}

function drawPie(data: Series, total: number, options: PieOptions, canvas: Canvas, setting: Setting): void {
  const start = (options.start ?? 0) / 360;
  const wheel = wheelWithin(namesOf(data, total, start, options), canvas, setting.looks);
  const far = Math.max(0, ...(options.explode ?? []));
  const radius = wheel.radius / (1 + far);
  let from = start * 2 * Math.PI;
  for (let index = 0; index < data.length; index++) {
    const share = total > 0 ? data.at(index) / total : 0;
    const to = from + share * 2 * Math.PI;
    if (share > 0) {
      const middle = (from + to) / 2;
      const away = radius * (options.explode?.[index] ?? 0);
      const [x, y] = [wheel.x + Math.sin(middle) * away, wheel.y - Math.cos(middle) * away];
      drawWedge(index, x, y, radius, from, to, options, canvas, setting);
      writeWedge(index, data.at(index), share, x, y, radius, middle, options, canvas, setting.looks);
    }
    from = to;
  }
}

// The names that are written, in the middle of their wedges.
function namesOf(data: Series, total: number, start: number, { labels = [] }: PieOptions): RimName[] {
  const names: RimName[] = [];
  let before = start;
  for (const [index, text] of labels.entries()) {
    const share = total > 0 ? data.at(index) / total : 0;
    if (share > 0) names.push({ text, turn: before + share / 2 });
    before += share;
  }
  return names;
}

function drawWedge(
  index: number,
  x: number,
  y: number,
  radius: number,
  from: number,
  to: number,
  options: PieOptions,
  { painter }: Canvas,
  { workspace, looks }: Setting,
): void {
  const whole = to - from > 2 * Math.PI - 1e-9;
  const hole = (options.hole ?? 0) * radius;
  // An arc of a degree is straight to a tenth of a pixel up to a radius of some thousand.
  const steps = Math.max(2, Math.ceil(((to - from) / Math.PI) * 180));
  const ring = new Points(workspace, 2 * steps + 4);
  const arc = (size: number, begin: number, end: number): void => {
    for (let step = 0; step <= steps; step++) {
      const angle = begin + ((end - begin) * step) / steps;
      ring.push(x + Math.sin(angle) * size, y - Math.cos(angle) * size);
    }
  };
  arc(radius, from, to);
  const ends = [ring.count];
  if (hole > 0) arc(hole, to, from);
  else if (!whole) ring.push(x, y);
  // A whole donut is two rings, so that no seam is stroked.
  if (whole && hole > 0) ends.push(ring.count);
  else ends[0] = ring.count;
  painter.fillPath(ring.xs, ring.ys, ends, { color: colorAt(index, options, looks), rule: "evenodd" });
  painter.strokeRings(ring.xs, ring.ys, ends, looks.stroke(looks.background, 1));
}

function colorAt(index: number, { colors }: PieOptions, looks: Looks): number {
  return looks.color(colors?.[index % colors.length] ?? `C${index}`);
}

function writeWedge(
  index: number,
  value: number,
  share: number,
  x: number,
  y: number,
  radius: number,
  angle: number,
  options: PieOptions,
  canvas: Canvas,
  looks: Looks,
): void {
  const { show = "percent", hole = 0, labels } = options;
  const [dx, dy] = [Math.sin(angle), -Math.cos(angle)];
  if (show !== "none" && share > 0.02) {
    const text = show === "percent" ? `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%` : String(value);
    const away = radius * (hole > 0 ? (1 + hole) / 2 : 0.62);
    const light = luminance(colorAt(index, options, looks)) > 0.55;
    const color = parseColor(light ? "black" : "white");
    const style = looks.textStyle(looks.theme.tickSize, { anchor: "middle", baseline: "middle", color });
    canvas.painter.text(text, x + dx * away, y + dy * away, style);
  }
  if (labels === undefined) return;
  writeRimName({ text: labels[index], turn: angle / (2 * Math.PI) }, { x, y, radius }, canvas, looks);
}
