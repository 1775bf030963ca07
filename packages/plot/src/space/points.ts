// Points in space: markers, or a line through them.
import type { SeriesLike } from "@millpond/core";

import { colorOf, type Ramp } from "../figure/mark.ts";
import { badOption, checkLengths, checkNumber, seriesOf } from "../marks/data.ts";
import { rampColor, valueRamp } from "../marks/value-ramp.ts";
import { isMarker } from "../paint/marker-shapes.ts";
import type { MarkerKind } from "../paint/painter.ts";
import type { ColormapName } from "../theme/colormaps.ts";
import { fade } from "../theme/colors.ts";
import { coordinatesOf, extentsOf, type Solid, type SolidOptions } from "./solid.ts";

/** Options of points in space. */
export interface Scatter3dOptions extends SolidOptions {
  /** Which marker. @defaultValue "circle" */
  readonly marker?: MarkerKind | undefined;
  /** Points: the diameter. @defaultValue the theme's, 6 */
  readonly size?: number | undefined;
  /** A value for each point that its colour stands for. */
  readonly values?: SeriesLike | undefined;
  /** The colours of the values. @defaultValue "viridis" */
  readonly colormap?: ColormapName | undefined;
  /** What the colour bar of the values says. */
  readonly valueLabel?: string | undefined;
}

/** A marker at each point. */
export function scatterSolid(
  name: string,
  xs: SeriesLike,
  ys: SeriesLike,
  zs: SeriesLike,
  options: Scatter3dOptions,
): Solid {
  const points = coordinatesOf(name, xs, ys, zs);
  const values = options.values === undefined ? undefined : seriesOf(options.values, name, "values");
  if (values !== undefined) checkLengths(name, { x: points[0].length, values: values.length });
  const { marker: kind = "circle", size } = options;
  if (!isMarker(kind)) throw badOption(name, "marker", "a kind of marker", kind);
  checkNumber(name, "size", size, 0, 1000);
  return {
    name,
    colors: options.color === undefined && values === undefined ? 1 : 0,
    prepare(setting) {
      const { looks } = setting;
      const color = colorOf(options, setting);
      const marker = { kind, size: looks.pixels(size ?? looks.theme.markerSize), color };
      const ramp: Ramp | undefined = values === undefined ? undefined : valueRamp(values, options, setting);
      return {
        extents: extentsOf(points, setting),
        count: points[0].length,
        at: (index) => [points[0].at(index), points[1].at(index), points[2].at(index)],
        keys: options.label === undefined ? [] : [{ label: options.label, marker }],
        ramp,
        build(space, scene) {
          const look = scene.look({ kind: "marker", marker });
          for (let index = 0; index < points[0].length; index++) {
            if (!space.place(points[0].at(index), points[1].at(index), points[2].at(index))) continue;
            scene.point(space, index);
            scene.piece(
              look,
              ramp === undefined ? color : fade(rampColor(ramp, values!.at(index)), options.alpha ?? 1),
            );
          }
        },
      };
    },
  };
}

/** Options of lines in space. */
export interface Line3dOptions extends SolidOptions {
  /** Points. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
}

/** A line through points; missing numbers leave a gap. */
export function lineSolid(
  name: string,
  xs: SeriesLike,
  ys: SeriesLike,
  zs: SeriesLike,
  options: Line3dOptions,
): Solid {
  const points = coordinatesOf(name, xs, ys, zs);
  checkNumber(name, "width", options.width, 0, 1000);
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    prepare(setting) {
      const { looks } = setting;
      const color = colorOf(options, setting);
      // Pieces end round, so that they look joined.
      const stroke = looks.stroke(color, options.width ?? looks.theme.lineWidth, { cap: "round" });
      return {
        extents: extentsOf(points, setting),
        count: points[0].length,
        at: (index) => [points[0].at(index), points[1].at(index), points[2].at(index)],
        keys: options.label === undefined ? [] : [{ label: options.label, stroke }],
        build(space, scene) {
          const look = scene.look({ kind: "line", stroke });
          const at = (index: number): boolean =>
            space.place(points[0].at(index), points[1].at(index), points[2].at(index));
          for (let index = 1; index < points[0].length; index++) {
            if (!at(index - 1)) continue;
            scene.point(space, index - 1);
            const joined = at(index);
            scene.point(space, index);
            if (joined) scene.piece(look, color);
            else scene.drop();
          }
        },
      };
    },
  };
}
