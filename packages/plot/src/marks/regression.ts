// The straight line, or another polynomial, that runs through points with the least squares, and how sure it is.
import type { Series, SeriesLike } from "@millpond/core";

import {
  type Canvas,
  colorOf,
  type Mark,
  type MarkOptions,
  NO_EXTENT,
  type Prepared,
  type Setting,
} from "../figure/mark.ts";
import type { StrokeStyle } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import { type Fit, fitPolynomial, studentReach } from "../stats/regression.ts";
import { fade } from "../theme/colors.ts";
import { fillBand } from "./band.ts";
import { badOption, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { dashOf, type LineStyle } from "./line-style.ts";
import { finitePairs } from "./pairs.ts";

/** Which polynomial runs through points. */
export interface FitChoice {
  /** The largest power: 1 for a straight line, up to 20. @defaultValue 1 */
  readonly order?: number | undefined;
  /** Lets the line run through the point 0, 0. @defaultValue false */
  readonly throughOrigin?: boolean | undefined;
}

/** Options of regressions. */
export interface RegressionOptions extends MarkOptions, FitChoice {
  /** How sure the band around the line is, such as 0.95. @defaultValue no band */
  readonly confidence?: number | undefined;
  /** Points. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
  /** How the line is dashed. @defaultValue "solid" */
  readonly style?: LineStyle | undefined;
}

// Places at which the line is known; between them it is straight.
const PLACES = 129;

/** A line through points, in the middle of them. */
export function regressionMark(
  name: string,
  xs: SeriesLike,
  ys: SeriesLike,
  options: RegressionOptions,
): Mark {
  const x = seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  checkLengths(name, { x: x.length, y: y.length });
  checkFit(name, options);
  checkNumber(name, "confidence", options.confidence, 0.01, 0.9999);
  checkNumber(name, "width", options.width, 0, 1000);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareRegression(name, x, y, options, setting),
  };
}

/** Refuses polynomials that cannot be fitted. */
export function checkFit(name: string, { order = 1, throughOrigin = false }: FitChoice): void {
  const least = throughOrigin ? 1 : 0;
  if (!(Number.isInteger(order) && order >= least && order <= 20))
    throw badOption(name, "order", `an integer from ${least} to 20`, order);
}

/** The polynomial that options ask for, if the points have two different places at least, which can be subtracted. */
export function fitOf(
  xs: Float64Array,
  ys: Float64Array,
  { order = 1, throughOrigin = false }: FitChoice,
  workspace: Pick<Setting["workspace"], "numbers">,
): { readonly fit: Fit; readonly low: number; readonly high: number } | undefined {
  const low = xs.reduce((a, b) => Math.min(a, b), Infinity);
  const high = xs.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(low < high && high - low < Infinity)) return undefined;
  return { fit: fitPolynomial(xs, ys, low, high, { order, throughOrigin }, workspace), low, high };
}

function prepareRegression(
  name: string,
  xs: Series,
  ys: Series,
  options: RegressionOptions,
  setting: Setting,
): Prepared {
  const { workspace, looks } = setting;
  const width = options.width ?? looks.theme.lineWidth;
  const dash = dashOf(name, options.style, looks.pixels(width));
  const stroke = looks.stroke(colorOf(options, setting), width, { dash });
  const keys = options.label === undefined ? [] : [{ label: options.label, stroke }];
  const [goodX, goodY] = finitePairs(xs, ys, workspace);
  const found = fitOf(goodX, goodY, options, workspace);
  if (found === undefined) return { x: NO_EXTENT, y: NO_EXTENT, keys, draw: () => undefined };
  const { fit, low, high } = found;
  const { confidence } = options;
  const reach = confidence === undefined || fit.freedom < 1 ? 0 : studentReach(confidence, fit.freedom);
  const places = Array.from({ length: PLACES }, (_, step) => low + ((high - low) * step) / (PLACES - 1));
  const bounds = [-reach, reach].flatMap((errors) => places.map((x) => heightAt(fit, x, errors)));
  const finite = bounds.filter((value) => Number.isFinite(value));
  return {
    x: { low, high },
    y: { low: Math.min(...finite), high: Math.max(...finite) },
    keys,
    draw: (canvas) => drawRegression(fit, reach, places, stroke, canvas, setting),
  };
}

// The line, or so many standard errors beside it.
function heightAt(fit: Fit, x: number, errors: number): number {
  return errors === 0 ? fit.at(x) : fit.at(x) + errors * fit.errorAt(x);
}

function drawRegression(
  fit: Fit,
  reach: number,
  places: readonly number[],
  stroke: StrokeStyle,
  canvas: Canvas,
  { workspace }: Setting,
): void {
  const trace = (errors: number): Points => {
    const points = new Points(workspace, PLACES);
    for (const x of places) points.push(canvas.x.place(x), canvas.y.place(heightAt(fit, x, errors)));
    return points;
  };
  if (reach > 0) fillBand(trace(-reach), trace(reach), fade(stroke.color, 0.2), canvas, workspace);
  const line = trace(0);
  canvas.painter.strokeLine(line.xs, line.ys, line.count, stroke);
  canvas.occupancy.line(line.xs, line.ys, line.count);
}
