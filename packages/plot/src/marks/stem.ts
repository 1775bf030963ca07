// Stems: a line from a base to each value, with a marker at its end.
import type { SeriesLike } from "@millpond/core";

import { colorOf, type Mark, type MarkOptions } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { checkLengths, isUpright, seriesOf } from "./data.ts";
import { lookAt } from "./line.ts";
import { markerOf, type MarkerOptions } from "./marker-options.ts";
import { clamp } from "./rectangles.ts";

/** Options of stems. */
export interface StemOptions extends MarkOptions, MarkerOptions {
  /** Where stems begin. @defaultValue 0 */
  readonly base?: number | undefined;
  /** "horizontal" swaps the axes: x is the place of a stem along y. @defaultValue "vertical" */
  readonly orientation?: "vertical" | "horizontal" | undefined;
  /** Points. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
}

/** A stem for each point. */
export function stemMark(
  name: string,
  xs: SeriesLike | undefined,
  ys: SeriesLike,
  options: StemOptions,
): Mark {
  const x = xs === undefined ? undefined : seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  if (x !== undefined) checkLengths(name, { x: x.length, y: y.length });
  const { base = 0 } = options;
  const upright = isUpright(name, options.orientation);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare(setting) {
      const { looks, workspace, xLeast, yLeast } = setting;
      const swapped = upright ? setting : { ...setting, xLeast: yLeast, yLeast: xLeast };
      const columns = lookAt(name, x, y, undefined, swapped);
      const color = colorOf(options, setting);
      const stroke = looks.stroke(color, options.width ?? looks.theme.lineWidth);
      const marker = markerOf({ marker: "circle", ...options }, color, looks);
      const low = base >= swapped.yLeast ? Math.min(base, columns.y.low) : columns.y.low;
      const reach = { low, high: Math.max(base, columns.y.high) };
      return {
        x: upright ? columns.x : reach,
        y: upright ? reach : columns.x,
        keys: options.label === undefined ? [] : [{ label: options.label, stroke, marker }],
        draw(canvas) {
          const ends = new Points(workspace, y.length);
          const stems = new Points(workspace, 3 * y.length);
          const { left, right, top, bottom } = canvas;
          const [along, up] = upright ? [canvas.x, canvas.y] : [canvas.y, canvas.x];
          const [first, last] = upright ? [top, bottom] : [left, right];
          const ground = clamp(up.place(base), first - 9, last + 9);
          for (let index = 0; index < y.length; index++) {
            const across = x === undefined ? index : x.at(index);
            const value = y.at(index);
            if (!(along.has(across) && up.has(value))) continue;
            const [place, end] = [along.place(across), up.place(value)];
            ends.push(upright ? place : end, upright ? end : place);
            stems.push(upright ? place : ground, upright ? ground : place);
            stems.push(ends.xs[ends.count - 1], ends.ys[ends.count - 1]);
            stems.gap();
          }
          canvas.painter.strokeLine(stems.xs, stems.ys, stems.count, stroke);
          if (marker !== undefined) canvas.painter.markers(ends.xs, ends.ys, ends.count, marker);
          canvas.occupancy.line(stems.xs, stems.ys, stems.count);
        },
      };
    },
  };
}
