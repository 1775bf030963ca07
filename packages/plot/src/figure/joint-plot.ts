// Two columns of numbers together and each by itself: points in the middle, and what they look like from the side on two
// edges.
import type { SeriesLike } from "@millpond/core";

import { checkOptions, unlike } from "../check.ts";
import { checkLengths, seriesOf } from "../marks/data.ts";
import { residualsOf } from "../marks/residuals.ts";
import type { BinRule } from "../stats/bins.ts";
import type { Panel } from "./panel-builder.ts";
import type { FigureOptions } from "./sheet.ts";
import { type Subplots, subplots } from "./subplots.ts";

/** How pairs of numbers are shown. */
export type PairKind = "scatter" | "hexbin" | "kde" | "regression" | "residuals";

/** How numbers are shown by themselves. */
export type SingleKind = "histogram" | "kde" | "rug";

/** Options of joint plots. */
export interface JointOptions extends FigureOptions {
  /** How the pairs are shown. @defaultValue "scatter" */
  readonly kind?: PairKind | undefined;
  /** How each column is shown by itself. @defaultValue "histogram" */
  readonly marginal?: SingleKind | undefined;
  /** Bins of histograms: how many, a rule, or edges. @defaultValue 30 */
  readonly bins?: number | BinRule | undefined;
  /** How much of the figure each edge takes, from 0.1 to 0.5. @defaultValue 0.2 */
  readonly ratio?: number | undefined;
  /** The colour of everything that has one. @defaultValue the palette's first */
  readonly color?: string | undefined;
  /** Points: the diameter of markers. @defaultValue 3 */
  readonly size?: number | undefined;
  /** What stands along the x axis. */
  readonly xlabel?: string | undefined;
  /** What stands along the y axis. */
  readonly ylabel?: string | undefined;
  /** What stands above the figure. */
  readonly title?: string | undefined;
}

const FRESH = { numbers: (length: number): Float64Array => new Float64Array(length) };
const PAIR_KINDS: readonly unknown[] = ["scatter", "hexbin", "kde", "regression", "residuals"];
const SINGLE_KINDS: readonly unknown[] = ["histogram", "kde", "rug"];

/**
 * A figure of two columns of numbers: pairs in the middle, each column by itself above and at the right. More can be added:
 * the pairs are the panel at row 1 and column 0.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { jointPlot } from "@millpond/plot";
 *
 * const heights = Float64Array.of(1.6, 1.7, 1.8, 1.75, 1.65);
 * const weights = Float64Array.of(60, 68, 80, 74, 66);
 * const figure = jointPlot(heights, weights, { kind: "regression", bins: 4, xlabel: "m", ylabel: "kg" });
 * figure.at(1, 0).hline(70);
 * assert(figure.png().length > 1000);
 * assert.throws(() => jointPlot([1, 2], [1]), { code: "LENGTH_MISMATCH" });
 * ```
 */
export function jointPlot(xs: SeriesLike, ys: SeriesLike, options: JointOptions = {}): Subplots {
  checkOptions("options", options);
  const { kind = "scatter", marginal = "histogram", ratio = 0.2 } = options;
  checkKinds(kind, marginal);
  if (!(typeof ratio === "number" && ratio >= 0.1 && ratio <= 0.5))
    throw unlike("ratio to be a number from 0.1 to 0.5", ratio);
  const [x, y] = [seriesOf(xs, "joint plot", "x"), seriesOf(ys, "joint plot", "y")];
  checkLengths("joint plot", { x: x.length, y: y.length });
  const cells = Math.round(1 / ratio);
  const figure = subplots(cells, cells, { gap: 2, ...options, shareX: "columns", shareY: "rows" });
  const pairs = figure.at(1, 0, { rows: cells - 1, columns: cells - 1 });
  addPairs(pairs, kind, xs, ys, options);
  if (options.xlabel !== undefined) pairs.xlabel(options.xlabel);
  if (options.ylabel !== undefined) pairs.ylabel(options.ylabel);
  const above = figure.at(0, 0, { columns: cells - 1 });
  addSingle(above, marginal, xs, options).yaxis({ ticks: [] });
  const beside = figure.at(1, cells - 1, { rows: cells - 1 });
  // Beside residuals are residuals, of the data as they are now.
  const shownY = kind === "residuals" ? residualsOf(x, y, {}, FRESH)[1] : ys;
  addSingle(beside, marginal, shownY, { ...options, orientation: "horizontal" }).xaxis({ ticks: [] });
  return figure;
}

/** Refuses kinds that there are not. */
export function checkKinds(pair: unknown, single: unknown): void {
  if (!PAIR_KINDS.includes(pair)) throw unlike(`pairs as one of ${PAIR_KINDS.join(", ")}`, pair);
  if (!SINGLE_KINDS.includes(single)) throw unlike(`columns as one of ${SINGLE_KINDS.join(", ")}`, single);
}

/** Adds pairs of numbers to a panel. */
export function addPairs(
  panel: Panel,
  kind: PairKind,
  xs: SeriesLike,
  ys: SeriesLike,
  { color: chosen, size = 3 }: Pick<JointOptions, "color" | "size">,
): Panel {
  const colormap = chosen === undefined ? undefined : ["white", chosen];
  if (kind === "hexbin") return panel.hexbin(xs, ys, { colormap, colorbar: false });
  const color = chosen ?? "C0";
  if (kind === "kde") return panel.kde2d(xs, ys, { color });
  if (kind === "residuals") return panel.residuals(xs, ys, { color, size });
  panel.scatter(xs, ys, { color, size });
  return kind === "regression" ? panel.regression(xs, ys, { color, confidence: 0.95 }) : panel;
}

/** Adds one column of numbers to a panel. */
export function addSingle(
  panel: Panel,
  kind: SingleKind,
  values: SeriesLike,
  { color = "C0", bins = 30, orientation, axis }: SingleOptions,
): Panel {
  if (kind === "kde") return panel.kde(values, { color, orientation, axis });
  if (kind === "rug")
    return panel.rug(values, { color, along: orientation === "horizontal" ? "y" : "x", height: 1, axis });
  return panel.histogram(values, { color, bins, orientation, axis });
}

interface SingleOptions extends Pick<JointOptions, "color" | "bins"> {
  readonly orientation?: "vertical" | "horizontal";
  readonly axis?: "left" | "right";
}
