// Residuals: how far points lie above or below the line of least squares through them, over their places. A line that fits
// leaves no pattern.
import { type Series, series, type SeriesLike } from "@millpond/core";

import type { Canvas, Mark, MarkOptions, Prepared, Setting } from "../figure/mark.ts";
import type { MarkerKind } from "../paint/painter.ts";
import { checkLengths, seriesOf } from "./data.ts";
import { lookAt } from "./line.ts";
import { finitePairs } from "./pairs.ts";
import { checkFit, type FitChoice, fitOf } from "./regression.ts";
import { checkScatter, prepareScatter } from "./scatter.ts";

/** Options of residuals. */
export interface ResidualsOptions extends MarkOptions, FitChoice {
  /** Which marker. @defaultValue "circle" */
  readonly marker?: MarkerKind | undefined;
  /** Points: the diameter. @defaultValue the theme's, 6 */
  readonly size?: number | undefined;
  /** A colour for the line around each. @defaultValue none */
  readonly edgeColor?: string | undefined;
  /** Points: the width of that line. @defaultValue 0.8 */
  readonly edgeWidth?: number | undefined;
}

/** A marker for what the line of least squares leaves of each point. */
export function residualsMark(name: string, xs: SeriesLike, ys: SeriesLike, options: ResidualsOptions): Mark {
  const x = seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  checkLengths(name, { x: x.length, y: y.length });
  checkFit(name, options);
  checkScatter(name, options);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareResiduals(name, x, y, options, setting),
  };
}

function prepareResiduals(
  name: string,
  xs: Series,
  ys: Series,
  options: ResidualsOptions,
  setting: Setting,
): Prepared {
  const [goodX, rest] = residualsOf(xs, ys, options, setting.workspace);
  const columns = lookAt(name, series(goodX), series(rest), undefined, setting);
  const scatter = prepareScatter(columns, undefined, undefined, options, setting);
  const { looks } = setting;
  const line = looks.stroke(looks.text, 1, { dash: [looks.pixels(4), looks.pixels(3)] });
  return {
    ...scatter,
    y: { low: Math.min(0, columns.y.low), high: Math.max(0, columns.y.high) },
    draw(canvas: Canvas) {
      const level = canvas.y.place(0);
      const across = Float64Array.of(canvas.left, canvas.right);
      canvas.painter.strokeLine(across, Float64Array.of(level, level), 2, line);
      scatter.draw(canvas);
    },
  };
}

/** The places of the points of which both numbers are known, and what the line leaves of each. */
export function residualsOf(
  xs: Series,
  ys: Series,
  choice: FitChoice,
  workspace: Pick<Setting["workspace"], "numbers">,
): [Float64Array, Float64Array] {
  const [goodX, goodY] = finitePairs(xs, ys, workspace);
  const found = fitOf(goodX, goodY, choice, workspace);
  if (found === undefined) return [goodX.subarray(0, 0), goodY.subarray(0, 0)];
  for (let index = 0; index < goodY.length; index++) goodY[index] -= found.fit.at(goodX[index]);
  return [goodX, goodY];
}
