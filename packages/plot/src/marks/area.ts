// Filled areas: between a line and a base, between two lines, and lines stacked on each other.
import type { Series, SeriesLike } from "@millpond/core";

import { type Canvas, colorOf, type Mark, type Prepared, type Setting } from "../figure/mark.ts";
import { DENSE } from "../reduce/line.ts";
import { Points } from "../reduce/points.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import { badOption, checkLengths, columnsOf, type Missing, seriesOf } from "./data.ts";
import { checkWhere, type LineColumns, lookAt, shaped, type StepOptions, trace } from "./line.ts";
import { clamp, type PatchOptions, type PatchStyle, patchKeys, patchStyle } from "./rectangles.ts";

/** Options of areas. */
export interface AreaOptions extends PatchOptions {
  /** What lies between this value and the line is filled. @defaultValue 0 */
  readonly base?: number | undefined;
  /** What is done about numbers that are missing. @defaultValue "gap" */
  readonly missing?: Missing | undefined;
  /** Whether x is known to ascend without NaN: see the option of lines. @defaultValue false: x is looked through */
  readonly sorted?: boolean | undefined;
  /** Lets the upper edge go in steps: at the point before, at the point after, or midway. @defaultValue no steps */
  readonly where?: StepOptions["where"];
  /** Lets the upper edge be a curve that has no extremes of its own. @defaultValue false */
  readonly smooth?: boolean | undefined;
}

/** Options of stacked areas. */
export interface StackOptions extends Omit<PatchOptions, "label" | "color"> {
  /** A colour for each layer. @defaultValue the palette's next */
  readonly colors?: readonly string[] | undefined;
  /** Where the stack begins: at zero, half of it below, or so that the layers change least. @defaultValue "zero" */
  readonly baseline?: "zero" | "symmetric" | "wiggle" | undefined;
  /** Lets the edges go in steps: at the point before, at the point after, or midway. @defaultValue no steps */
  readonly where?: StepOptions["where"];
  /** Lets the edges be curves that have no extremes of their own. @defaultValue false */
  readonly smooth?: boolean | undefined;
}

const NO_EDGE = "none";

/** The area between a line and a base. */
export function areaMark(
  name: string,
  xs: SeriesLike | undefined,
  ys: SeriesLike,
  options: AreaOptions,
): Mark {
  const x = xs === undefined ? undefined : seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  if (x !== undefined) checkLengths(name, { x: x.length, y: y.length });
  checkShape(name, options);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare(setting) {
      const columns = lookAt(name, x, y, options.missing, setting, options.sorted);
      const { base = 0 } = options;
      const style = patchStyle(colorOf(options, setting), { edgeColor: NO_EDGE, ...options }, setting);
      const low = base >= setting.yLeast ? Math.min(base, columns.y.low) : columns.y.low;
      return {
        x: columns.x,
        y: { low, high: Math.max(base, columns.y.high), base },
        keys: patchKeys(options.label, style),
        draw: (canvas) => drawArea(columns, base, options, style, canvas, setting),
      };
    },
  };
}

function checkShape(name: string, { where, smooth }: Pick<AreaOptions, "where" | "smooth">): void {
  checkWhere(name, where);
  if (smooth === true && where !== undefined)
    throw badOption(name, "smooth", "false where there are steps", smooth);
}

function drawArea(
  columns: LineColumns,
  base: number,
  { missing, where, smooth }: AreaOptions,
  style: PatchStyle,
  canvas: Canvas,
  { workspace }: Setting,
): void {
  const { painter, y, top, bottom, occupancy } = canvas;
  const traced = trace(columns, missing === "drop", canvas, workspace, true);
  const points = shaped(traced, where, smooth, workspace);
  const ground = clamp(y.place(base), top - 9, bottom + 9);
  let start = 0;
  for (let index = 0; index <= points.count; index++) {
    if (index < points.count && points.xs[index] === points.xs[index]) continue;
    if (index > start) fillRun(points, start, index, ground, style, canvas, workspace);
    start = index + 1;
  }
  if (style.edge !== undefined) painter.strokeLine(points.xs, points.ys, points.count, style.edge);
  for (let index = 0; index < points.count; index++) {
    occupancy.rect(points.xs[index], points.ys[index], 1, ground - points.ys[index]);
  }
}

function fillRun(
  points: Points,
  start: number,
  end: number,
  ground: number,
  style: PatchStyle,
  { painter }: Canvas,
  workspace: Setting["workspace"],
): void {
  const ring = new Points(workspace, end - start + 2);
  ring.push(points.xs[start], ground);
  for (let index = start; index < end; index++) ring.push(points.xs[index], points.ys[index]);
  ring.push(points.xs[end - 1], ground);
  painter.fillPath(ring.xs, ring.ys, [ring.count], style.fill);
}

/** Options of areas between two lines. */
export interface BetweenOptions extends PatchOptions {
  /** "above" fills only where the second line lies above the first, "below" only where it lies below. @defaultValue "all" */
  readonly where?: "all" | "above" | "below" | undefined;
}

/** The area between two lines over the same x. */
export function betweenMark(
  name: string,
  xs: SeriesLike | undefined,
  lows: SeriesLike,
  highs: SeriesLike,
  options: BetweenOptions,
): Mark {
  const x = xs === undefined ? undefined : seriesOf(xs, name, "x");
  const low = seriesOf(lows, name, "the first line");
  const high = seriesOf(highs, name, "the second line");
  checkLengths(name, {
    ...(x === undefined ? {} : { x: x.length }),
    "the first line": low.length,
    "the second line": high.length,
  });
  const { where = "all" } = options;
  if (where !== "all" && where !== "above" && where !== "below")
    throw badOption(name, "where", '"all", "above" or "below"', where);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare(setting) {
      const first = lookAt(name, x, low, undefined, setting);
      const second = lookAt(name, x, high, undefined, setting);
      const color = colorOf({ alpha: 0.4, ...options }, setting);
      const style = patchStyle(color, { edgeColor: NO_EDGE, ...options }, setting);
      return {
        x: first.x,
        y: { low: Math.min(first.y.low, second.y.low), high: Math.max(first.y.high, second.y.high) },
        keys: patchKeys(options.label, style),
        draw(canvas) {
          const dense = where === "all" && low.length > DENSE * (canvas.right - canvas.left);
          if (dense && drawDense(first, second, style, canvas, setting)) return;
          drawBetween(x, low, high, where, style, canvas, setting);
        },
      };
    },
  };
}

// Lines of many points are reduced as others are. False where one of them has a gap: what lies between them is in runs then.
function drawDense(
  first: LineColumns,
  second: LineColumns,
  style: PatchStyle,
  canvas: Canvas,
  { workspace }: Setting,
): boolean {
  const ring = trace(first, false, canvas, workspace, true);
  const back = trace(second, false, canvas, workspace, true);
  if (hasGap(ring) || hasGap(back)) return false;
  for (let at = back.count - 1; at >= 0; at--) ring.push(back.xs[at], back.ys[at]);
  fillBetween(ring, style, canvas);
  return true;
}

function hasGap({ ys, count }: Points): boolean {
  for (let index = 0; index < count; index++) if (ys[index] !== ys[index]) return true;
  return false;
}

function fillBetween(
  { xs, ys, count }: Points,
  { fill, edge }: PatchStyle,
  { painter, occupancy }: Canvas,
): void {
  painter.fillPath(xs, ys, [count], fill);
  if (edge !== undefined) painter.strokeRings(xs, ys, [count], edge);
  occupancy.line(xs, ys, count);
}

// Runs of points that both lines have, each filled by itself: there along one line, and back along the other.
function drawBetween(
  xs: Series | undefined,
  lows: Series,
  highs: Series,
  where: NonNullable<BetweenOptions["where"]>,
  style: PatchStyle,
  canvas: Canvas,
  { workspace }: Setting,
): void {
  const { x, y } = canvas;
  const has = (index: number): boolean =>
    x.has(xs === undefined ? index : xs.at(index)) && y.has(lows.at(index)) && y.has(highs.at(index));
  const [first, second] = [new Points(workspace, 256), new Points(workspace, 256)];
  for (let index = 0; index <= lows.length; index++) {
    if (index < lows.length && has(index)) {
      const place = x.place(xs === undefined ? index : xs.at(index));
      pushPair(first, second, place, y.place(lows.at(index)), y.place(highs.at(index)), where);
      continue;
    }
    for (let at = second.count - 1; at >= 0; at--)
      first.push(second.xs[at], limited(first, second, at, where));
    if (first.count > 0) fillBetween(first, style, canvas);
    first.count = 0;
    second.count = 0;
  }
}

// Adds a point of each line, and before it the point where they cross, if one side of it is not to be filled.
function pushPair(
  first: Points,
  second: Points,
  x: number,
  low: number,
  high: number,
  where: NonNullable<BetweenOptions["where"]>,
): void {
  const before = first.count - 1;
  if (where !== "all" && before >= 0) {
    const [apart, next] = [second.ys[before] - first.ys[before], high - low];
    if (apart * next < 0) {
      const share = apart / (apart - next);
      const crossing = first.ys[before] + (low - first.ys[before]) * share;
      const place = first.xs[before] + (x - first.xs[before]) * share;
      first.push(place, crossing);
      second.push(place, crossing);
    }
  }
  first.push(x, low);
  second.push(x, high);
}

// Where nothing is to be filled, the second line lies on the first. Pixels are counted from the top.
function limited(
  first: Points,
  second: Points,
  at: number,
  where: NonNullable<BetweenOptions["where"]>,
): number {
  if (where === "all") return second.ys[at];
  return where === "above" ? Math.min(first.ys[at], second.ys[at]) : Math.max(first.ys[at], second.ys[at]);
}

/** Areas on each other, one for each named column. Missing numbers count as zero. */
export function stackMark(
  name: string,
  xs: SeriesLike | undefined,
  columns: Readonly<Record<string, SeriesLike>>,
  options: StackOptions,
): Mark {
  const x = xs === undefined ? undefined : seriesOf(xs, name, "x");
  const named = columnsOf(name, "columns", columns);
  const labels = named.map(({ label }) => label);
  const layers = named.map(({ values }) => values);
  const { baseline = "zero" } = options;
  if (!["zero", "symmetric", "wiggle"].includes(baseline))
    throw badOption(name, "baseline", '"zero", "symmetric" or "wiggle"', baseline);
  checkShape(name, options);
  for (const [index, layer] of layers.entries()) {
    checkLengths(name, { x: x?.length ?? layers[0].length, [labels[index]]: layer.length });
  }
  return {
    name,
    colors: options.colors === undefined ? layers.length : 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareStack(x, labels, layers, options, setting),
  };
}

function prepareStack(
  xs: Series | undefined,
  labels: readonly string[],
  layers: readonly Series[],
  options: StackOptions,
  setting: Setting,
): Prepared {
  const { workspace } = setting;
  const count = layers[0]?.length ?? 0;
  const bounds = stackBounds(layers, count, options.baseline ?? "zero", setting);
  const styles = layers.map((_, index) => {
    const color = options.colors?.[index % options.colors.length];
    return patchStyle(
      colorOf({ ...options, color }, setting, index),
      { edgeColor: NO_EDGE, ...options },
      setting,
    );
  });
  const across =
    xs === undefined ? { low: 0, high: count - 1 } : extentOf(summarize(xs, workspace), setting.xLeast);
  let low = 0;
  let high = 0;
  for (let index = 0; index < count; index++) {
    low = Math.min(low, bounds[0][index]);
    high = Math.max(high, bounds[layers.length][index]);
  }
  return {
    x: across,
    y: { low, high, base: 0 },
    keys: labels.flatMap((label, index) => patchKeys(label, styles[index])).toReversed(),
    draw(canvas) {
      for (const [index, style] of styles.entries()) {
        drawLayer(xs, bounds[index], bounds[index + 1], count, options, style, canvas, workspace);
      }
    },
  };
}

// The lines between the layers, from the lowest to the highest.
function stackBounds(
  layers: readonly Series[],
  count: number,
  baseline: NonNullable<StackOptions["baseline"]>,
  { workspace }: Setting,
): Float64Array[] {
  const bounds = Array.from({ length: layers.length + 1 }, () => workspace.numbers(count).fill(0));
  for (let index = 0; index < count; index++) {
    let sum = 0;
    let middle = 0;
    for (const [layer, values] of layers.entries()) {
      const value = values.at(index);
      const height = Number.isFinite(value) ? value : 0;
      sum += height;
      middle += height * (1 - (layer + 0.5) / layers.length);
      bounds[layer + 1][index] = sum;
    }
    const down = baseline === "zero" ? 0 : baseline === "symmetric" ? sum / 2 : middle;
    for (const bound of bounds) bound[index] -= down;
  }
  return bounds;
}

function drawLayer(
  xs: Series | undefined,
  lows: Float64Array,
  highs: Float64Array,
  count: number,
  { where, smooth }: StackOptions,
  style: PatchStyle,
  { painter, x, y, occupancy }: Canvas,
  workspace: Setting["workspace"],
): void {
  const [low, high] = [lows, highs].map((heights) => {
    const points = new Points(workspace, count);
    for (let at = 0; at < count; at++)
      points.push(x.place(xs === undefined ? at : xs.at(at)), y.place(heights[at]));
    return shaped(points, where, smooth, workspace);
  });
  const ring = new Points(workspace, low.count + high.count);
  for (let at = 0; at < low.count; at++) ring.push(low.xs[at], low.ys[at]);
  for (let at = high.count - 1; at >= 0; at--) ring.push(high.xs[at], high.ys[at]);
  painter.fillPath(ring.xs, ring.ys, [ring.count], style.fill);
  if (style.edge !== undefined) painter.strokeRings(ring.xs, ring.ys, [ring.count], style.edge);
  occupancy.line(ring.xs, ring.ys, ring.count);
}
