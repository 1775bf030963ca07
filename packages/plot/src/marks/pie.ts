// Pies and donuts: shares of a whole, clockwise from the top. They have no axes.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, Mark, Setting } from "../figure/mark.ts";
import type { Looks } from "../figure/looks.ts";
import { luminance, parseColor } from "../theme/colors.ts";
import { Points } from "../reduce/points.ts";
import { checkTexts } from "./check-options.ts";
import { badOption, badValue, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { writeWedgeNames } from "./rim-names.ts";
import { GAP, type RimName, type Wheel, wheelWithin } from "./wheel.ts";

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
  /** Points between the rim and the labels. @defaultValue 5 */
  readonly labelDistance?: number | undefined;
  /** The colour of the lines around wedges, or "none". @defaultValue that of the background */
  readonly edgeColor?: string | undefined;
  /** Points: the width of those lines. @defaultValue 1 */
  readonly edgeWidth?: number | undefined;
  /** Lets the wedges throw a shadow. @defaultValue false */
  readonly shadow?: boolean | undefined;
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
  checkNumber(name, "labelDistance", options.labelDistance, 0, 1000);
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

// A wedge in pixels: its tip, its radius, and the angles where it begins and ends, clockwise from the top.
interface Wedge {
  readonly index: number;
  readonly share: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly from: number;
  readonly to: number;
}

function drawPie(data: Series, total: number, options: PieOptions, canvas: Canvas, setting: Setting): void {
  const start = (options.start ?? 0) / 360;
  const names = namesOf(data, total, start, options);
  const wheel = wheelWithin(names, canvas, setting.looks, options.labelDistance);
  const wedges = wedgesOf(data, total, wheel, options);
  if (options.shadow === true) for (const wedge of wedges) drawShadow(wedge, options, canvas, setting);
  for (const wedge of wedges) drawWedge(wedge, options, canvas, setting);
  for (const wedge of wedges) writeWedge(wedge, data.at(wedge.index), options, canvas, setting.looks);
  const named = wheel.names.map((name, index) => ({ name, wheel: wedges[index] }));
  writeWedgeNames(named, options.labelDistance ?? GAP, canvas, setting.looks);
}

function wedgesOf(
  data: Series,
  total: number,
  wheel: Wheel,
  { start = 0, explode = [] }: PieOptions,
): Wedge[] {
  const radius = wheel.radius / (1 + Math.max(0, ...explode));
  const wedges: Wedge[] = [];
  let from = (start / 180) * Math.PI;
  for (let index = 0; index < data.length; index++) {
    const share = total > 0 ? data.at(index) / total : 0;
    const to = from + share * 2 * Math.PI;
    const away = radius * (explode[index] ?? 0);
    const [x, y] = [wheel.x + Math.sin((from + to) / 2) * away, wheel.y - Math.cos((from + to) / 2) * away];
    if (share > 0) wedges.push({ index, share, x, y, radius, from, to });
    from = to;
  }
  return wedges;
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

function drawWedge(wedge: Wedge, options: PieOptions, { painter }: Canvas, setting: Setting): void {
  const { looks } = setting;
  const { edgeColor, edgeWidth = 1 } = options;
  const [ring, ends] = ringOf(wedge, options, setting);
  const color = colorAt(wedge.index, options, looks);
  const edge = edgeColor === undefined ? looks.background : looks.color(edgeColor);
  painter.fillPath(ring.xs, ring.ys, ends, { color, rule: "evenodd" });
  painter.strokeRings(ring.xs, ring.ys, ends, looks.stroke(edge, edgeWidth));
}

// Points by which a shadow lies to the right and below.
const SHADOW = 3;

// A shadow in three layers is darker in the middle than at its rim.
function drawShadow(wedge: Wedge, options: PieOptions, { painter }: Canvas, setting: Setting): void {
  for (const away of [0.6, 1, 1.4]) {
    const by = setting.looks.pixels(SHADOW * away);
    const [ring, ends] = ringOf({ ...wedge, x: wedge.x + by, y: wedge.y + by }, options, setting);
    painter.fillPath(ring.xs, ring.ys, ends, { color: SHADE, rule: "evenodd" });
  }
}

const SHADE = 0x00000028;

// The outline of a wedge: along the rim, and back along the hole or to the tip.
function ringOf(
  { x, y, radius, from, to }: Wedge,
  { hole: share = 0 }: PieOptions,
  { workspace }: Setting,
): [Points, number[]] {
  const whole = to - from > 2 * Math.PI - 1e-9;
  const hole = share * radius;
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
  return [ring, ends];
}

function colorAt(index: number, { colors }: PieOptions, looks: Looks): number {
  return looks.color(colors?.[index % colors.length] ?? `C${index}`);
}

function writeWedge(
  { index, share, x, y, radius, from, to }: Wedge,
  value: number,
  options: PieOptions,
  canvas: Canvas,
  looks: Looks,
): void {
  const angle = (from + to) / 2;
  const { show = "percent", hole = 0 } = options;
  const [dx, dy] = [Math.sin(angle), -Math.cos(angle)];
  if (show === "none") return;
  const text = show === "percent" ? `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%` : String(value);
  const away = radius * (hole > 0 ? (1 + hole) / 2 : 0.62);
  const extent = canvas.painter.measure(text, looks.font(looks.theme.tickSize));
  // How wide the wedge is there, and how wide the text in the same direction.
  const room = 2 * away * Math.sin(Math.min(share, 0.5) * Math.PI);
  if (room < Math.abs(dy) * extent.width + Math.abs(dx) * extent.height) return;
  const light = luminance(colorAt(index, options, looks)) > 0.55;
  const color = parseColor(light ? "black" : "white");
  const style = looks.textStyle(looks.theme.tickSize, { anchor: "middle", baseline: "middle", color });
  canvas.painter.text(text, x + dx * away, y + dy * away, style);
}
