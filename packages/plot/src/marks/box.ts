// Box plots: quartiles, median, whiskers and what lies beyond them; and their finer relative, which has a box for each
// halving of the tails (boxen).
import type { Mark, Setting } from "../figure/mark.ts";
import type { Color, StrokeStyle } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import { type BoxNumbers, boxNumbers, quantile, sortedNumbers, type Whiskers } from "../stats/quantiles.ts";
import { fade, grayOf, mix } from "../theme/colors.ts";
import { isNumbers } from "./check-options.ts";
import { badOption, checkNumber } from "./data.ts";
import {
  type Group,
  type GroupAxes,
  groupColor,
  type GroupOptions,
  type Groups,
  groupsMark,
  namedGroups,
} from "./groups.ts";

/** Options of box plots. */
export interface BoxOptions extends GroupOptions {
  /** What whiskers reach; two shares such as [0.05, 0.95] are quantiles. @defaultValue "tukey" */
  readonly whiskers?: Whiskers | undefined;
  /**
   * How many interquartile ranges "tukey" lets whiskers reach at most beyond the box, or how many standard deviations
   * "sigma" does from the mean. @defaultValue 1.5, or 3
   */
  readonly reach?: number | undefined;
  /** Whether what lies beyond the whiskers is drawn. @defaultValue true */
  readonly outliers?: boolean | undefined;
  /** Points: the diameter of what is drawn there. @defaultValue 4 */
  readonly outlierSize?: number | undefined;
  /** A diamond at the mean. @defaultValue false */
  readonly showMean?: boolean | undefined;
  /** The length of the lines across the ends of whiskers, as a share of the width of the box. @defaultValue 0.5 */
  readonly cap?: number | undefined;
  /** Points: the width of lines. @defaultValue 1 */
  readonly lineWidth?: number | undefined;
  /** Points: the width of the line at the median. @defaultValue 2 */
  readonly medianWidth?: number | undefined;
}

interface Box {
  readonly sorted: Float64Array;
  readonly numbers: BoxNumbers;
}

/** A box for each group. */
export function boxMark(name: string, groups: Groups, options: BoxOptions): Mark {
  checkBox(name, options);
  const { whiskers = "tukey", reach } = options;
  return groupsMark(name, namedGroups(name, groups), options, 0.5, (found, setting) => {
    const boxes = found.map(({ data }) => {
      const sorted = sortedNumbers(data, setting.workspace);
      return { sorted, numbers: boxNumbers(sorted, whiskers, reach) };
    });
    return {
      extent: extentOfSorted(boxes.map(({ sorted }) => sorted)),
      paint: (index, axes) => {
        if (boxes[index].sorted.length > 0) drawBox(found[index], boxes[index], options, axes, setting);
      },
    };
  });
}

function checkBox(name: string, options: BoxOptions): void {
  const { whiskers = "tukey" } = options;
  const good =
    whiskers === "tukey" ||
    whiskers === "sigma" ||
    whiskers === "min-max" ||
    (isNumbers(whiskers) &&
      whiskers.length === 2 &&
      whiskers[0] >= 0 &&
      whiskers[0] < whiskers[1] &&
      whiskers[1] <= 1);
  if (!good) throw badOption(name, "whiskers", '"tukey", "sigma", "min-max" or two shares', whiskers);
  checkNumber(name, "reach", options.reach, 0, Number.MAX_VALUE);
  checkNumber(name, "cap", options.cap, 0, 10);
  for (const option of ["outlierSize", "lineWidth", "medianWidth"] as const)
    checkNumber(name, option, options[option], 0, 1000);
}

/** The extremes of some ascending lists. */
export function extentOfSorted(lists: readonly Float64Array[]): { low: number; high: number } {
  const filled = lists.filter((list) => list.length > 0);
  return {
    low: Math.min(...filled.map((list) => list[0])),
    high: Math.max(...filled.map((list) => list[list.length - 1])),
  };
}

function drawBox(group: Group, box: Box, options: BoxOptions, axes: GroupAxes, setting: Setting): void {
  const { numbers } = box;
  const { looks } = setting;
  const color = groupColor(options, group.color, setting);
  const dark = mix(color, looks.text, 0.5);
  const line = looks.stroke(dark, options.lineWidth ?? 1);
  const { middle, width } = group;
  const half = width / 2;
  const cap = half * (options.cap ?? 0.5);
  fillBetweenPlaces(
    axes,
    middle - half,
    middle + half,
    numbers.lowQuartile,
    numbers.highQuartile,
    color,
    line,
  );
  const level = (value: number, reach: number, style: StrokeStyle): void =>
    strokePlaces(
      axes,
      [
        [middle - reach, value],
        [middle + reach, value],
      ],
      style,
    );
  level(numbers.median, half, looks.stroke(dark, options.medianWidth ?? 2));
  for (const [from, to] of [
    [numbers.lowQuartile, numbers.lowWhisker],
    [numbers.highQuartile, numbers.highWhisker],
  ]) {
    strokePlaces(
      axes,
      [
        [middle, from],
        [middle, to],
      ],
      line,
    );
    level(to, cap, line);
  }
  if (options.outliers ?? true) drawOutliers(middle, box, dark, options, axes, setting);
  if (options.showMean === true) drawMean(middle, numbers.mean, dark, axes, setting);
}

function drawOutliers(
  middle: number,
  { sorted, numbers }: Box,
  color: Color,
  { outlierSize = 4, lineWidth = 1 }: BoxOptions,
  axes: GroupAxes,
  { workspace, looks }: Setting,
): void {
  const far = new Points(workspace, 64);
  for (let at = 0; at < sorted.length; at++) {
    if (at === numbers.below && numbers.above > at) at = numbers.above;
    if (at < sorted.length) pushPlace(axes, middle, sorted[at], far);
  }
  const [size, edgeWidth] = [looks.pixels(outlierSize), looks.pixels(lineWidth)];
  axes.canvas.painter.markers(far.xs, far.ys, far.count, { kind: "open-circle", size, color, edgeWidth });
}

function drawMean(
  middle: number,
  mean: number,
  edgeColor: Color,
  axes: GroupAxes,
  { workspace, looks }: Setting,
): void {
  const point = new Points(workspace, 1);
  pushPlace(axes, middle, mean, point);
  const style = { kind: "diamond", size: looks.pixels(6), color: looks.panel, edgeColor } as const;
  axes.canvas.painter.markers(point.xs, point.ys, 1, style);
}

/** Options of boxen plots. */
export interface BoxenOptions extends GroupOptions {
  /** How many boxes there are in each other. @defaultValue so many that eight numbers lie beyond the last */
  readonly depth?: number | undefined;
  /** Whether what lies beyond the last box is drawn. @defaultValue true */
  readonly outliers?: boolean | undefined;
  /** How much of their colour the boxes keep: 0 leaves grey ones. @defaultValue 1 */
  readonly saturation?: number | undefined;
}

/** Boxes for each halving of the tails, of each group. */
export function boxenMark(name: string, groups: Groups, options: BoxenOptions): Mark {
  const { depth = 1 } = options;
  if (!(Number.isInteger(depth) && depth >= 1 && depth <= 50))
    throw badOption(name, "depth", "an integer from 1 to 50", depth);
  checkNumber(name, "saturation", options.saturation, 0, 1);
  return groupsMark(name, namedGroups(name, groups), options, 0.8, (found, setting) => {
    const lists = found.map(({ data }) => sortedNumbers(data, setting.workspace));
    return {
      extent: extentOfSorted(lists),
      paint: (index, axes) => {
        if (lists[index].length > 0) drawBoxen(found[index], lists[index], options, axes, setting);
      },
    };
  });
}

// A letter value stands for at least eight numbers, so that it says something.
const LEAST_IN_TAIL = 8;

function drawBoxen(
  { middle, width, color: place }: Group,
  sorted: Float64Array,
  options: BoxenOptions,
  axes: GroupAxes,
  setting: Setting,
): void {
  const { looks, workspace } = setting;
  const depth = options.depth ?? Math.max(1, Math.floor(Math.log2(sorted.length / LEAST_IN_TAIL)));
  const full = groupColor(options, place, setting);
  const color = mix(grayOf(full), full, options.saturation ?? 1);
  const dark = mix(color, looks.text, 0.5);
  const line = looks.stroke(dark, 0.8);
  for (let level = depth; level >= 1; level--) {
    const share = 0.5 ** (level + 1);
    const half = (width / 2) * (1 - (level - 1) / Math.max(depth, 1));
    const shade = mix(color, fade(looks.panel, 1), ((level - 1) / Math.max(depth, 1)) * 0.7);
    fillBetweenPlaces(
      axes,
      middle - half,
      middle + half,
      quantile(sorted, share),
      quantile(sorted, 1 - share),
      shade,
      line,
    );
  }
  const half = width / 2;
  const median = quantile(sorted, 0.5);
  strokePlaces(
    axes,
    [
      [middle - half, median],
      [middle + half, median],
    ],
    looks.stroke(dark, 2),
  );
  if (options.outliers === false) return;
  const far = new Points(workspace, 64);
  const [low, high] = [quantile(sorted, 0.5 ** (depth + 1)), quantile(sorted, 1 - 0.5 ** (depth + 1))];
  for (const value of sorted) if (value < low || value > high) pushPlace(axes, middle, value, far);
  axes.canvas.painter.markers(far.xs, far.ys, far.count, {
    kind: "circle",
    size: looks.pixels(2.5),
    color: dark,
  });
}

/** Fills what lies between two places of the category axis and two values, and strokes its edge. */
export function fillBetweenPlaces(
  axes: GroupAxes,
  from: number,
  to: number,
  low: number,
  high: number,
  color: number,
  edge: StrokeStyle,
): void {
  const { painter, occupancy } = axes.canvas;
  const corners = [
    [from, low],
    [to, low],
    [to, high],
    [from, high],
  ].map(([place, value]) => pixelOf(axes, place, value));
  const xs = Float64Array.from(corners, ([x]) => x);
  const ys = Float64Array.from(corners, ([, y]) => y);
  painter.fillPath(xs, ys, [4], { color });
  painter.strokeRings(xs, ys, [4], { ...edge, join: "miter" });
  occupancy.rect(xs[0], ys[0], xs[2] - xs[0], ys[2] - ys[0]);
}

/** Strokes a line through places and values. */
export function strokePlaces(
  axes: GroupAxes,
  points: readonly (readonly [number, number])[],
  style: StrokeStyle,
): void {
  const pixels = points.map(([place, value]) => pixelOf(axes, place, value));
  const xs = Float64Array.from(pixels, ([x]) => x);
  const ys = Float64Array.from(pixels, ([, y]) => y);
  axes.canvas.painter.strokeLine(xs, ys, xs.length, style);
}

/** Adds the pixel of a place and a value. */
export function pushPlace(axes: GroupAxes, place: number, value: number, out: Points): void {
  const [x, y] = pixelOf(axes, place, value);
  out.push(x, y);
  axes.canvas.occupancy.point(x, y);
}

/** The pixel of a place on the category axis and a value. */
export function pixelOf({ across, up, upright }: GroupAxes, place: number, value: number): [number, number] {
  return upright ? [across.place(place), up.place(value)] : [up.place(value), across.place(place)];
}
