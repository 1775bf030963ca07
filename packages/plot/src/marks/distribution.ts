// Curves of one list of numbers: how dense they lie, and which share lies below a value.
import type { Series, SeriesLike } from "@millpond/core";

import {
  type Canvas,
  colorOf,
  type Mark,
  type MarkOptions,
  type Prepared,
  type Setting,
} from "../figure/mark.ts";
import type { MarkerStyle } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import { type Bandwidth, bandwidthOf, densities } from "../stats/density.ts";
import { sortedNumbers } from "../stats/quantiles.ts";
import { fade } from "../theme/colors.ts";
import { fillBand } from "./band.ts";
import { badOption, checkNumber, isUpright, seriesOf } from "./data.ts";
import { dashOf } from "./line-style.ts";
import { markerOf, type MarkerOptions } from "./marker-options.ts";
import { extentOfSorted } from "./box.ts";
import { checkBandwidth } from "./violin.ts";

/** Options of density curves. */
export interface DensityOptions extends MarkOptions {
  /** How wide the bells are. @defaultValue "scott" */
  readonly bandwidth?: Bandwidth | undefined;
  /** Where the curve begins and ends: nothing lies beyond these, such as below 0. @defaultValue three bells beyond the numbers */
  readonly clip?: readonly [low: number, high: number] | undefined;
  /** Values at which lines go from the axis up to the curve. @defaultValue none */
  readonly verticals?: readonly number[] | undefined;
  /** Whether the area below is filled. @defaultValue true */
  readonly fill?: boolean | undefined;
  /** True for the share of the numbers below each place. @defaultValue false */
  readonly cumulative?: boolean | undefined;
  /** "horizontal" lets the curve bend to the right. @defaultValue "vertical" */
  readonly orientation?: "vertical" | "horizontal" | undefined;
  /** Points. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
}

const PLACES = 256;

/** A curve of how dense numbers lie. */
export function densityMark(name: string, values: SeriesLike, options: DensityOptions): Mark {
  const data = seriesOf(values, name, "values");
  checkBandwidth(name, options.bandwidth ?? "scott");
  const { clip } = options;
  if (clip !== undefined && !(clip[0] < clip[1] && Number.isFinite(clip[1] - clip[0])))
    throw badOption(name, "clip", "two finite ascending numbers", clip);
  const upright = isUpright(name, options.orientation);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareDensity(data, upright, options, setting),
  };
}

function prepareDensity(data: Series, upright: boolean, options: DensityOptions, setting: Setting): Prepared {
  const { workspace, looks } = setting;
  const sorted = sortedNumbers(data, workspace);
  const color = colorOf(options, setting);
  const stroke = looks.stroke(color, options.width ?? looks.theme.lineWidth);
  const filled = (options.fill ?? true) ? { color: fade(color, 0.3) } : undefined;
  const keys = options.label === undefined ? [] : [{ label: options.label, stroke, patch: filled }];
  if (sorted.length === 0) return { keys, draw: () => undefined };
  const width = bandwidthOf(sorted, options.bandwidth ?? "scott");
  const { clip = [-Infinity, Infinity] } = options;
  const low = Math.max(clip[0], beginningOf(sorted, 3 * width, upright ? setting.xLeast : setting.yLeast));
  const high = Math.min(clip[1], sorted[sorted.length - 1] + 3 * width);
  if (!(low < high)) return { keys, draw: () => undefined };
  const curve = workspace.numbers(PLACES);
  densities(sorted, width, low, high, curve);
  if (options.cumulative === true) addUp(curve, (high - low) / (PLACES - 1));
  const most = curve.reduce((a, b) => Math.max(a, b), 0);
  const [along, up] = [
    { low, high },
    { low: 0, high: most, base: 0 },
  ];
  return {
    x: upright ? along : up,
    y: upright ? up : along,
    keys,
    draw(canvas) {
      const { x, y, painter } = canvas;
      const points = new Points(workspace, PLACES + 2);
      const push = (place: number, height: number): void =>
        upright ? points.push(x.place(place), y.place(height)) : points.push(x.place(height), y.place(place));
      for (let step = 0; step < PLACES; step++) push(low + ((high - low) * step) / (PLACES - 1), curve[step]);
      canvas.occupancy.line(points.xs, points.ys, PLACES);
      push(high, 0);
      push(low, 0);
      if (filled !== undefined) painter.fillPath(points.xs, points.ys, [points.count], filled);
      painter.strokeLine(points.xs, points.ys, PLACES, stroke);
      points.count = 0;
      for (const place of options.verticals ?? []) {
        push(place, 0);
        push(place, heightAt(curve, ((place - low) / (high - low)) * (PLACES - 1)));
        points.gap();
      }
      painter.strokeLine(points.xs, points.ys, points.count, {
        ...stroke,
        dash: dashOf("kde", "dashed", stroke.width),
      });
    },
  };
}

// So far before the data; on a logarithmic axis, if there is nothing so far, with the first number that has a place.
function beginningOf(sorted: Float64Array, before: number, least: number): number {
  const low = sorted[0] - before;
  return low >= least ? low : (sorted.find((value) => value >= least) ?? low);
}

// Between two places of the curve, or beyond its ends.
function heightAt(curve: Float64Array, place: number): number {
  const before = Math.floor(place);
  if (!(place >= 0 && place <= curve.length - 1)) return NaN;
  const after = Math.min(before + 1, curve.length - 1);
  return curve[before] + (curve[after] - curve[before]) * (place - before);
}

function addUp(curve: Float64Array, step: number): void {
  let sum = 0;
  for (let index = 0; index < curve.length; index++) {
    sum += curve[index] * step;
    curve[index] = Math.min(1, sum);
  }
}

/** Options of cumulative shares. */
export interface EcdfOptions extends MarkOptions, MarkerOptions {
  /** What is counted. @defaultValue "share" */
  readonly count?: "share" | "percent" | "number" | undefined;
  /** True for what lies above instead of below. @defaultValue false */
  readonly complementary?: boolean | undefined;
  /** How sure the band around the curve is, such as 0.95. @defaultValue no band */
  readonly confidence?: number | undefined;
  /** Points. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
}

/** Which share of the numbers lies at or below each of them. */
export function ecdfMark(name: string, values: SeriesLike, options: EcdfOptions): Mark {
  const data = seriesOf(values, name, "values");
  checkNumber(name, "confidence", options.confidence, 0.01, 0.9999);
  const { count = "share" } = options;
  if (!["share", "percent", "number"].includes(count))
    throw badOption(name, "count", '"share", "percent" or "number"', count);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare(setting) {
      const sorted = sortedNumbers(data, setting.workspace);
      const stroke = setting.looks.stroke(
        colorOf(options, setting),
        options.width ?? setting.looks.theme.lineWidth,
      );
      const marker = markerOf(options, stroke.color, setting.looks);
      const whole = count === "share" ? 1 : count === "percent" ? 100 : sorted.length;
      return {
        x: extentOfSorted([sorted]),
        y: { low: 0, high: whole },
        keys: options.label === undefined ? [] : [{ label: options.label, stroke, marker }],
        draw(canvas) {
          if (sorted.length === 0) return;
          const corners = drawEcdf(sorted, whole, stroke, options, canvas, setting);
          if (marker !== undefined) drawEcdfMarkers(corners, marker, canvas, setting);
        },
      };
    },
  };
}

// A step up at each number; of many in one column of pixels, the last says how high the step is. Returns the corners: one
// at the left, two for each step, and one at the right.
function drawEcdf(
  sorted: Float64Array,
  whole: number,
  stroke: Parameters<Canvas["painter"]["strokeLine"]>[3],
  options: EcdfOptions,
  canvas: Canvas,
  { workspace }: Setting,
): Points {
  const { x, y, left, right, painter, occupancy } = canvas;
  // Dvoretzky, Kiefer and Wolfowitz: how far the true curve may be away.
  const { confidence, complementary = false } = options;
  const reach =
    confidence === undefined ? 0 : Math.sqrt(Math.log(2 / (1 - confidence)) / (2 * sorted.length));
  const steps = (shift: number): Points => {
    const points = new Points(workspace, 4096);
    const at = (share: number): number =>
      y.place(whole * Math.min(1, Math.max(0, (complementary ? 1 - share : share) + shift)));
    points.push(left - 9, at(0));
    for (let index = 0; index < sorted.length; index++) {
      const place = x.place(sorted[index]);
      if (index + 1 < sorted.length && Math.floor(2 * x.place(sorted[index + 1])) === Math.floor(2 * place))
        continue;
      points.push(place, points.ys[points.count - 1]);
      points.push(place, at((index + 1) / sorted.length));
    }
    points.push(right + 9, at(1));
    return points;
  };
  if (reach > 0) fillBand(steps(-reach), steps(reach), fade(stroke.color, 0.2), canvas, workspace);
  const line = steps(0);
  painter.strokeLine(line.xs, line.ys, line.count, stroke);
  occupancy.line(line.xs, line.ys, line.count);
  return line;
}

// A marker at the upper corner of each step.
function drawEcdfMarkers(
  corners: Points,
  marker: MarkerStyle,
  { painter }: Canvas,
  { workspace }: Setting,
): void {
  const points = new Points(workspace, corners.count / 2);
  for (let index = 2; index < corners.count; index += 2) points.push(corners.xs[index], corners.ys[index]);
  painter.markers(points.xs, points.ys, points.count, marker);
}
