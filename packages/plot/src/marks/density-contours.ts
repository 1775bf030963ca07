// How dense points lie in the plane, as lines of equal density or the areas between them.
import type { SeriesLike } from "@millpond/core";

import type { Mark, Prepared, Setting } from "../figure/mark.ts";
import { deviation } from "../stats/quantiles.ts";
import { orNarrow } from "../stats/density.ts";
import { densityTable, type TableSide } from "../stats/density-table.ts";
import { isNumbers } from "./check-options.ts";
import { checkContours, type ContourStyle, prepareContours } from "./contour.ts";
import { badOption, checkLengths, checkNumber, seriesOf } from "./data.ts";
import { lookAt } from "./line.ts";
import { finitePairs } from "./pairs.ts";

/** Options of densities in the plane. */
export interface Density2dOptions extends ContourStyle {
  /** How wide the bells are along x and y, in their units. @defaultValue by Scott's rule */
  readonly bandwidth?: readonly [x: number, y: number] | undefined;
  /** The lowest height, as a share of the highest, if `levels` is a count. @defaultValue 0.05 */
  readonly threshold?: number | undefined;
}

const PLACES = 100;
// How far the table goes beyond the points, in widths of bells.
const BEYOND = 3;

/** Contours of a density. */
export function density2dMark(name: string, xs: SeriesLike, ys: SeriesLike, options: Density2dOptions): Mark {
  const x = seriesOf(xs, name, "x");
  const y = seriesOf(ys, name, "y");
  checkLengths(name, { x: x.length, y: y.length });
  checkContours(name, options);
  checkNumber(name, "threshold", options.threshold, 0, 1);
  const { bandwidth } = options;
  const wide = isNumbers(bandwidth) && bandwidth?.length === 2 && bandwidth.every((width) => width > 0);
  if (bandwidth !== undefined && !wide)
    throw badOption(name, "bandwidth", "two finite numbers above 0", bandwidth);
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    prepare(setting): Prepared {
      const looked = lookAt(name, x, y, undefined, setting);
      const [goodX, goodY] = finitePairs(x, y, setting.workspace);
      const sides = [sideOf(goodX, bandwidth?.[0]), sideOf(goodY, bandwidth?.[1])] as const;
      // Numbers so far apart that they cannot be subtracted have no density that could be told.
      const known = sides.every(({ low, high, width }) => width > 0 && Number.isFinite(high - low));
      if (!known) return { x: looked.x, y: looked.y, keys: [], draw: () => undefined };
      return prepareDensity(name, goodX, goodY, sides, options, setting);
    },
  };
}

function prepareDensity(
  name: string,
  xs: Float64Array,
  ys: Float64Array,
  [x, y]: readonly [TableSide, TableSide],
  options: Density2dOptions,
  setting: Setting,
): Prepared {
  const numbers = densityTable(xs, ys, x, y, setting.workspace);
  const high = numbers.reduce((most, value) => Math.max(most, value), 0);
  const { levels = 10, threshold = 0.05 } = options;
  const heights =
    typeof levels === "number"
      ? Array.from(
          { length: Math.floor(levels) },
          (_, index) => high * (threshold + ((1 - threshold) * index) / Math.floor(levels)),
        )
      : levels;
  const extent = { x: [x.low, x.high], y: [y.low, y.high] } as const;
  const table = { numbers, columns: x.count, extent };
  return { x, y, ...prepareContours(name, table, { low: 0, high }, heights, options, setting) };
}

function sideOf(numbers: Float64Array, bandwidth: number | undefined): TableSide {
  let [low, high] = [Infinity, -Infinity];
  for (let index = 0; index < numbers.length; index++) {
    low = Math.min(low, numbers[index]);
    high = Math.max(high, numbers[index]);
  }
  const scott = deviation(numbers) * Math.max(1, numbers.length) ** (-1 / 6);
  const width = bandwidth ?? orNarrow(scott, numbers[0]);
  return { low: low - BEYOND * width, high: high + BEYOND * width, count: PLACES, width };
}
