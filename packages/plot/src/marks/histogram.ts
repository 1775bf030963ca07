// Histograms: how many numbers lie in each bin.
import type { Series, SeriesLike } from "@millpond/core";

import { colorOf, type Mark, type Prepared, type Setting } from "../figure/mark.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import { type BinRule, binEdges, countInBins } from "../stats/bins.ts";
import { badOption, checkNumber, isUpright, seriesOf } from "./data.ts";
import { type PatchOptions, patchKeys, patchStyle, Rectangles } from "./rectangles.ts";

/** Options of histograms. */
export interface HistogramOptions extends PatchOptions {
  /** How many bins, a rule for that, or their edges. @defaultValue "sturges" */
  readonly bins?: number | BinRule | readonly number[] | undefined;
  /** Only numbers between these are counted. @defaultValue all */
  readonly range?: readonly [low: number, high: number] | undefined;
  /** True for shares of the whole in each unit of x, so that the bars cover an area of 1. @defaultValue false */
  readonly density?: boolean | undefined;
  /** True to add up the bins from the left. @defaultValue false */
  readonly cumulative?: boolean | undefined;
  /** How much of its bin a bar takes. @defaultValue 1 */
  readonly width?: number | undefined;
  /** "horizontal" lets bars go to the right. @defaultValue "vertical" */
  readonly orientation?: "vertical" | "horizontal" | undefined;
}

/** Bars over bins. */
export function histogramMark(name: string, values: SeriesLike, options: HistogramOptions): Mark {
  const data = seriesOf(values, name, "values");
  const upright = isUpright(name, options.orientation);
  const { range } = options;
  checkNumber(name, "width", options.width, 0, 1);
  if (
    range !== undefined &&
    !(range.length === 2 && range[0] < range[1] && Number.isFinite(range[1] - range[0]))
  ) {
    throw badOption(name, "range", "two finite ascending numbers", range);
  }
  return {
    name,
    colors: options.color === undefined ? 1 : 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareHistogram(data, upright, options, setting),
  };
}

function prepareHistogram(
  data: Series,
  upright: boolean,
  options: HistogramOptions,
  setting: Setting,
): Prepared {
  const { workspace } = setting;
  const style = patchStyle(colorOf(options, setting), options, setting);
  const keys = patchKeys(options.label, style);
  const found = extentOf(summarize(data, workspace), -Number.MAX_VALUE);
  const [low, high] = options.range ?? [found.low, found.high];
  if (!(low <= high)) return { keys, draw: () => undefined };
  const edges = binEdges(options.bins ?? "sturges", low, high, data, workspace);
  const heights = heightsOf(data, edges, options, setting);
  const tallest = heights.reduce((most, height) => Math.max(most, height), 0);
  const least = (upright ? setting.yLeast : setting.xLeast) > 0 ? leastAbove(heights) : 0;
  const bins = { low: edges[0], high: edges[edges.length - 1] };
  const counts = { low: least, high: tallest, base: least };
  return {
    x: upright ? bins : counts,
    y: upright ? counts : bins,
    keys,
    draw(canvas) {
      const [along, up] = upright ? [canvas.x, canvas.y] : [canvas.y, canvas.x];
      const rectangles = new Rectangles(workspace, heights.length);
      for (let bin = 0; bin < heights.length; bin++) {
        if (heights[bin] === 0) continue;
        const free = ((1 - (options.width ?? 1)) * (edges[bin + 1] - edges[bin])) / 2;
        const [from, to] = [along.place(edges[bin] + free), along.place(edges[bin + 1] - free)];
        const [base, top] = [up.place(0), up.place(heights[bin])];
        if (upright) rectangles.add(from, to, base, top, canvas);
        else rectangles.add(base, top, from, to, canvas);
      }
      rectangles.draw(canvas, style);
    },
  };
}

function heightsOf(
  data: Series,
  edges: Float64Array,
  options: HistogramOptions,
  { workspace }: Setting,
): Float64Array {
  const heights = workspace.numbers(edges.length - 1).fill(0);
  const total = countInBins(data, edges, heights, workspace);
  if (options.cumulative === true) {
    for (let bin = 1; bin < heights.length; bin++) heights[bin] += heights[bin - 1];
  }
  if (options.density === true && total > 0) {
    for (let bin = 0; bin < heights.length; bin++) {
      heights[bin] /= options.cumulative === true ? total : total * (edges[bin + 1] - edges[bin]);
    }
  }
  return heights;
}

// On a logarithmic axis, bars begin at half of the lowest one.
function leastAbove(heights: Float64Array): number {
  const least = heights.reduce((low, height) => (height > 0 ? Math.min(low, height) : low), Infinity);
  return least === Infinity ? 0.5 : least / 2;
}
