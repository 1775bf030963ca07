// Rugs: where numbers are, as short lines at the edge of a panel; those of x at the bottom, those of y at the left.
import type { SeriesLike } from "@millpond/core";

import {
  type Canvas,
  colorOf,
  type Mark,
  type MarkOptions,
  type Prepared,
  type Setting,
} from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import type { Extent } from "../scale/scale.ts";
import { finiteNumbers } from "../stats/quantiles.ts";
import { badOption, checkNumber, seriesOf } from "./data.ts";

/** Options of rugs. */
export interface RugOptions extends MarkOptions {
  /** Which axis the numbers belong to, if there is one list of them. @defaultValue "x" */
  readonly along?: "x" | "y" | undefined;
  /** How long the lines are, as a share of the panel. @defaultValue 0.05 */
  readonly height?: number | undefined;
  /** How far they are away from the edge, as a share of the panel. @defaultValue 0 */
  readonly offset?: number | undefined;
  /** Points. @defaultValue 0.8 */
  readonly width?: number | undefined;
}

/** A short line at the edge of the panel for each number; of two lists, one belongs to each axis. */
export function rugMark(
  name: string,
  xs: SeriesLike | undefined,
  ys: SeriesLike | undefined,
  options: RugOptions,
): Mark {
  const x = xs === undefined ? undefined : seriesOf(xs, name, "x");
  const y = ys === undefined ? undefined : seriesOf(ys, name, "y");
  checkNumber(name, "height", options.height, 0, 1);
  checkNumber(name, "offset", options.offset, 0, 1);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare(setting): Prepared {
      const { workspace, looks } = setting;
      const [alongX, alongY] = [x, y].map((data) =>
        data === undefined ? undefined : finiteNumbers(data, workspace),
      );
      const stroke = looks.stroke(colorOf(options, setting), options.width ?? 0.8);
      return {
        x: extentAround(alongX),
        y: extentAround(alongY),
        keys: options.label === undefined ? [] : [{ label: options.label, stroke }],
        draw(canvas) {
          const lines = rugLines(alongX, alongY, options, canvas, setting);
          canvas.painter.strokeLine(lines.xs, lines.ys, lines.count, stroke);
        },
      };
    },
  };
}

/** Refuses axes that one list of numbers cannot belong to. */
export function checkAlong(name: string, along: RugOptions["along"]): void {
  if (along !== undefined && along !== "x" && along !== "y")
    throw badOption(name, "along", '"x" or "y"', along);
}

function extentAround(numbers: Float64Array | undefined): Extent | undefined {
  if (numbers === undefined) return undefined;
  return {
    low: numbers.reduce((a, b) => Math.min(a, b), Infinity),
    high: numbers.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

function rugLines(
  alongX: Float64Array | undefined,
  alongY: Float64Array | undefined,
  { height = 0.05, offset = 0 }: RugOptions,
  { x, y, left, right, top, bottom }: Canvas,
  { workspace }: Setting,
): Points {
  const lines = new Points(workspace, 3 * ((alongX?.length ?? 0) + (alongY?.length ?? 0)));
  const [up, across] = [bottom - top, right - left];
  for (const value of alongX ?? []) {
    lines.push(x.place(value), bottom - offset * up);
    lines.push(x.place(value), bottom - (offset + height) * up);
    lines.gap();
  }
  for (const value of alongY ?? []) {
    lines.push(left + offset * across, y.place(value));
    lines.push(left + (offset + height) * across, y.place(value));
    lines.gap();
  }
  return lines;
}
