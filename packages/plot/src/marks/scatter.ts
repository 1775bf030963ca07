// Scattered points: a marker at each, one colour or size for all or for each, or colours that stand for values.
import type { SeriesLike } from "@millpond/core";

import {
  colorOf,
  type LegendKey,
  type Mark,
  type MarkOptions,
  type Prepared,
  type Ramp,
  type Setting,
} from "../figure/mark.ts";
import type { MarkerKind, MarkerStyle } from "../paint/painter.ts";
import type { ColormapName } from "../theme/colormaps.ts";
import { fade } from "../theme/colors.ts";
import { badOption, checkLengths, checkNumber, type Missing, seriesOf } from "./data.ts";
import { type LineColumns, lookAt } from "./line.ts";
import { type DensityChoice, drawDensity, showsDensity } from "./point-density.ts";
import { Points } from "../reduce/points.ts";
import { rampColor, valueRamp } from "./value-ramp.ts";
import type { Series } from "@millpond/core";

/** Options of scattered points. */
export interface ScatterOptions extends MarkOptions {
  /** Which marker. @defaultValue "circle" */
  readonly marker?: MarkerKind | undefined;
  /** Points: the diameter, or one for each. @defaultValue the theme's, 6 */
  readonly size?: number | SeriesLike | undefined;
  /** A colour for the line around each. @defaultValue none */
  readonly edgeColor?: string | undefined;
  /** Points: the width of that line. @defaultValue 0.8 */
  readonly edgeWidth?: number | undefined;
  /** A value for each point that its colour stands for. */
  readonly values?: SeriesLike | undefined;
  /** The colours of the values, or of counts. @defaultValue "viridis"; for counts the colour, more and less opaque */
  readonly colormap?: ColormapName | undefined;
  /**
   * Shows how many points lie in each pixel instead of markers: for many points. "auto" does so where there are more
   * points than pixels in the panel. @defaultValue false
   */
  readonly density?: DensityChoice | undefined;
  /** What the colour bar of the values says. */
  readonly valueLabel?: string | undefined;
  /** What is done about numbers that are missing. @defaultValue "gap" */
  readonly missing?: Missing | undefined;
}

/** A marker at each point. */
export function scatterMark(
  name: string,
  xs: SeriesLike | undefined,
  ys: SeriesLike,
  options: ScatterOptions,
): Mark {
  const x = xs === undefined ? undefined : seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  if (x !== undefined) checkLengths(name, { x: x.length, y: y.length });
  const sizes = isOne(options.size) ? undefined : seriesOf(options.size, name, "size");
  const values = options.values === undefined ? undefined : seriesOf(options.values, name, "values");
  if (sizes !== undefined) checkLengths(name, { y: y.length, size: sizes.length });
  if (values !== undefined) checkLengths(name, { y: y.length, values: values.length });
  checkScatter(name, options);
  const { density = false } = options;
  if (density !== false && density !== true && density !== "auto")
    throw badOption(name, "density", 'true, false or "auto"', density);
  return {
    name,
    colors: options.color === undefined && values === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare: (setting) =>
      prepareScatter(lookAt(name, x, y, options.missing, setting), sizes, values, options, setting),
  };
}

/** Refuses sizes that no marker can have. */
export function checkScatter(name: string, { size }: ScatterOptions): void {
  if (isOne(size)) checkNumber(name, "size", size, 0, 1000);
}

function isOne(size: number | SeriesLike | undefined): size is number | undefined {
  return size === undefined || typeof size === "number";
}

/** Markers at points that were looked at. */
export function prepareScatter(
  columns: LineColumns,
  sizes: Series | undefined,
  values: Series | undefined,
  options: ScatterOptions,
  setting: Setting,
): Prepared {
  const { looks } = setting;
  const ramp = values === undefined ? undefined : valueRamp(values, options, setting);
  const edge = options.edgeColor;
  const style: MarkerStyle = {
    kind: options.marker ?? "circle",
    size: looks.pixels(
      isOne(options.size) ? (options.size ?? looks.theme.markerSize) : looks.theme.markerSize,
    ),
    color: colorOf(options, setting),
    edgeColor: edge === undefined ? undefined : looks.color(edge, options.alpha ?? 1),
    edgeWidth: looks.pixels(options.edgeWidth ?? 0.8),
  };
  const keys: LegendKey[] = options.label === undefined ? [] : [{ label: options.label, marker: style }];
  return {
    x: columns.x,
    y: columns.y,
    points: columns,
    keys,
    ramp,
    draw: (canvas) => {
      const { workspace } = setting;
      const count = columns.ys.data.length;
      if (showsDensity(options.density, count, canvas)) {
        drawDensity(columns, style.color, options.colormap, options.alpha ?? 1, canvas, setting);
        return;
      }
      const points = new Points(workspace, count);
      const kept = sizes === undefined && values === undefined ? undefined : workspace.words(count);
      place(columns, canvas.x, canvas.y, points, kept);
      const each =
        kept === undefined ? {} : eachStyle(points.count, kept, sizes, values, ramp, options, setting);
      canvas.painter.markers(points.xs, points.ys, points.count, { ...style, ...each });
      for (let index = 0; index < points.count; index++)
        canvas.occupancy.point(points.xs[index], points.ys[index]);
    },
  };
}

// Places of the points that have one; `kept` remembers which they were.
function place(
  { xs, ys }: LineColumns,
  x: { has(value: number): boolean; place(value: number): number },
  y: { has(value: number): boolean; place(value: number): number },
  points: Points,
  kept: Uint32Array | undefined,
): void {
  const { data } = ys;
  for (let index = 0; index < data.length; index++) {
    const across = xs === undefined ? index : xs.at(index);
    const value = data.at(index);
    if (!(x.has(across) && y.has(value))) continue;
    if (kept !== undefined) kept[points.count] = index;
    points.push(x.place(across), y.place(value));
  }
}

function eachStyle(
  count: number,
  kept: Uint32Array,
  sizes: Series | undefined,
  values: Series | undefined,
  ramp: Ramp | undefined,
  options: ScatterOptions,
  { workspace, looks }: Setting,
): Partial<MarkerStyle> {
  const diameters = sizes === undefined ? undefined : workspace.numbers(count);
  const colors = values === undefined ? undefined : workspace.words(count);
  for (let index = 0; index < count; index++) {
    if (diameters !== undefined) diameters[index] = looks.pixels(sizes!.at(kept[index]));
    if (colors !== undefined)
      colors[index] = fade(rampColor(ramp!, values!.at(kept[index])), options.alpha ?? 1);
  }
  return {
    ...(diameters === undefined ? {} : { sizes: diameters }),
    ...(colors === undefined ? {} : { colors }),
  };
}
