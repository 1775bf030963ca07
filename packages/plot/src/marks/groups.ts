// Named groups of numbers over a category axis: what boxes, violins, strips and swarms have in common.
import type { Series, SeriesLike } from "@millpond/core";

import type { Canvas, Mark, Prepared, Setting } from "../figure/mark.ts";
import type { Mapping } from "../scale/mapping.ts";
import type { Extent } from "../scale/scale.ts";
import { columnsOf, isUpright } from "./data.ts";

/** Numbers by the name of their group, or without a name. */
export type Groups = Readonly<Record<string, SeriesLike>> | ReadonlyMap<string, SeriesLike>;

/** Options of everything that shows groups. */
export interface GroupOptions {
  /** "horizontal" swaps the axes. @defaultValue "vertical" */
  readonly orientation?: "vertical" | "horizontal" | undefined;
  /** A colour for each group. @defaultValue the palette's next */
  readonly colors?: readonly string[] | undefined;
  /** Opacity from 0 to 1. @defaultValue 1 */
  readonly alpha?: number | undefined;
  /** How much of the room of a group is taken. @defaultValue 0.8 */
  readonly width?: number | undefined;
}

/** One group. */
export interface Group {
  readonly label: string;
  readonly data: Series;
}

/** Draws one group; places run along the category axis (`across`) and the axis of values (`up`). */
export type GroupPainter = (index: number, axes: GroupAxes) => void;

/** The two axes by what they mean, and a way back to x and y. */
export interface GroupAxes {
  readonly across: Mapping;
  readonly up: Mapping;
  readonly upright: boolean;
  readonly canvas: Canvas;
}

/** A mark over groups: `prepare` looks at them, and returns their extent and how to draw one. */
export function groupsMark(
  name: string,
  groups: Groups,
  options: GroupOptions,
  prepare: (
    found: readonly Group[],
    setting: Setting,
  ) => { readonly extent: Extent; readonly paint: GroupPainter },
): Mark {
  const found = columnsOf(name, "groups", groups).map(({ label, values }) => ({ label, data: values }));
  const names = found.map(({ label }) => label);
  const upright = isUpright(name, options.orientation);
  return {
    name,
    colors: 0,
    axis: "left",
    prepare(setting): Prepared {
      const { extent, paint } = prepare(found, setting);
      const places = { low: 0, high: found.length - 1, names };
      return {
        x: upright ? places : extent,
        y: upright ? extent : places,
        keys: [],
        draw(canvas) {
          const axes = {
            across: upright ? canvas.x : canvas.y,
            up: upright ? canvas.y : canvas.x,
            upright,
            canvas,
          };
          for (let index = 0; index < found.length; index++) paint(index, axes);
        },
      };
    },
  };
}

/** The colour of a group. */
export function groupColor(options: GroupOptions, index: number, { looks }: Setting, alpha = 1): number {
  const { colors } = options;
  return looks.color(colors?.[index % colors.length] ?? `C${index}`, alpha * (options.alpha ?? 1));
}
