// Several columns of numbers, each against each other: a square of panels with each column by itself on the diagonal.
import type { SeriesLike } from "@millpond/core";

import { checkOptions, unlike } from "../check.ts";
import { checkLengths, columnsOf } from "../marks/data.ts";
import {
  addPairs,
  addSingle,
  checkKinds,
  type JointOptions,
  type PairKind,
  type SingleKind,
} from "./joint-plot.ts";
import { type Subplots, subplots } from "./subplots.ts";

/** Options of pair plots. */
export interface PairOptions extends Omit<JointOptions, "marginal" | "ratio" | "xlabel" | "ylabel"> {
  /** How each column is shown on the diagonal. @defaultValue "histogram" */
  readonly diagonal?: SingleKind | "none" | undefined;
  /** How each column is shown against each other. @defaultValue "scatter" */
  readonly kind?: PairKind | undefined;
  /** Bins of histograms: how many, or a rule. @defaultValue 20 */
  readonly bins?: JointOptions["bins"];
}

// More panels than can be told apart.
const MOST_COLUMNS = 20;

/**
 * A figure of several named columns of numbers: each against each other, and each by itself on the diagonal.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { pairPlot } from "@millpond/plot";
 *
 * const height = Float64Array.of(1.6, 1.7, 1.8, 1.75, 1.65);
 * const figure = pairPlot({ height, weight: [60, 68, 80, 74, 66], age: [20, 40, 30, 35, 50] }, { diagonal: "kde" });
 * assert(figure.png().length > 1000);
 * assert.throws(() => pairPlot({ height, age: [20] }), { code: "LENGTH_MISMATCH" });
 * ```
 */
export function pairPlot(columns: Readonly<Record<string, SeriesLike>>, options: PairOptions = {}): Subplots {
  checkOptions("options", options);
  const { kind = "scatter", diagonal = "histogram", bins = 20 } = options;
  checkKinds(kind, diagonal === "none" ? "rug" : diagonal);
  const named = columnsOf("pair plot", "columns", columns);
  if (!(named.length >= 1 && named.length <= MOST_COLUMNS))
    throw unlike(`from 1 to ${MOST_COLUMNS} columns of a pair plot`, named.length);
  checkLengths("pair plot", Object.fromEntries(named.map(({ label, values }) => [label, values.length])));
  const size = { width: 640, height: 640, gap: 2 };
  const figure = subplots(named.length, named.length, {
    ...size,
    ...options,
    shareX: "columns",
    shareY: "rows",
  });
  for (const [row, y] of named.entries()) {
    for (const [column, x] of named.entries()) {
      const panel = figure.at(row, column).xlabel(x.label).ylabel(y.label);
      // Counts have an axis of their own, so that the diagonal has the same y axis as its row.
      if (row !== column) addPairs(panel, kind, columns[x.label], columns[y.label], options);
      else if (diagonal !== "none")
        addSingle(panel, diagonal, columns[x.label], { ...options, bins, axis: "right" }).y2axis({
          ticks: [],
        });
    }
  }
  return figure;
}
