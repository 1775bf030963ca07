// Every option of every type of plot changes the picture. The tables have to name each option there is: the type check
// refuses one that is missing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import { PlotError } from "../../src/errors.ts";
import { type Plot, plot } from "../../src/figure/plot.ts";
import type { BandOptions, RuleOptions, TextOptions } from "../../src/marks/annotations.ts";
import type { AreaOptions, BetweenOptions, StackOptions } from "../../src/marks/area.ts";
import type { BarOptions, BarsOptions } from "../../src/marks/bar.ts";
import type { BoxenOptions, BoxOptions } from "../../src/marks/box.ts";
import type { CandleOptions } from "../../src/marks/candlestick.ts";
import type { ContourOptions } from "../../src/marks/contour.ts";
import type { DendrogramOptions } from "../../src/marks/dendrogram.ts";
import type { Density2dOptions } from "../../src/marks/density-contours.ts";
import type { DensityOptions, EcdfOptions } from "../../src/marks/distribution.ts";
import type { ErrorBarOptions } from "../../src/marks/error-bars.ts";
import type { HeatmapOptions } from "../../src/marks/heatmap.ts";
import type { HexbinOptions } from "../../src/marks/hexbin.ts";
import type { HistogramOptions } from "../../src/marks/histogram.ts";
import type { LineOptions, StepOptions } from "../../src/marks/line.ts";
import type { PieOptions } from "../../src/marks/pie.ts";
import type { PolarOptions } from "../../src/marks/polar.ts";
import type { QuiverOptions } from "../../src/marks/quiver.ts";
import type { RegressionOptions } from "../../src/marks/regression.ts";
import type { ResidualsOptions } from "../../src/marks/residuals.ts";
import type { RugOptions } from "../../src/marks/rug.ts";
import type { ScatterOptions } from "../../src/marks/scatter.ts";
import type { StemOptions } from "../../src/marks/stem.ts";
import type { StripOptions, SwarmOptions } from "../../src/marks/strip.ts";
import type { ViolinOptions } from "../../src/marks/violin.ts";
import type { WheelOptions } from "../../src/marks/wheel-grid.ts";
import { odds, refusesOrWorks } from "../odds.ts";

/** A value for each option, unlike the one that it has without. What is sorted changes what is read, not what is drawn. */
type Changes<O> = { readonly [Key in Exclude<keyof O, "sorted">]-?: Exclude<O[Key], undefined> };

const pool = new Pool({ name: "options" });
const WIDTH = 200;
const HEIGHT = 150;

// Pixels, or that a missing number was refused, which an option can ask for.
function outcome(make: (figure: Plot) => Plot): Uint8Array | string {
  try {
    return draw(make);
  } catch (error) {
    if (error instanceof PlotError && error.code === "BAD_DATA") return error.code;
    throw error;
  }
}

function draw(make: (figure: Plot) => Plot): Uint8Array {
  const figure = make(plot({ width: WIDTH, height: HEIGHT, dpi: 50, pool })).legend();
  const pixels = figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
  assert.equal(pool.stats().bytesInUse, 0);
  return pixels;
}

/** Changes one option after the other; all figures have those in `base`. */
function check<O extends object>(
  name: string,
  make: (figure: Plot, options: O) => Plot,
  base: O,
  changes: Changes<O>,
): void {
  test(`${name}: every option changes the picture`, () => {
    const before = draw((figure) => make(figure, base));
    for (const [option, value] of Object.entries(changes)) {
      const after = outcome((figure) => make(figure, { ...base, [option]: value }));
      assert.notDeepEqual(after, before, option);
    }
  });

  test(`${name}: nonsense for any option is refused or does no harm`, () => {
    for (const option of Object.keys(changes)) {
      for (const [kind, odd] of Object.entries(odds)) {
        refusesOrWorks(`${option} as ${kind}`, () =>
          draw((figure) => make(figure, { ...base, [option]: odd })),
        );
        assert.equal(pool.stats().bytesInUse, 0);
      }
    }
  });
}

const xs = Float64Array.of(0, 1, 2, 3, 4, 5);
const ys = Float64Array.of(1, 3, NaN, 2, 5, 4);
const values = Float64Array.from({ length: 60 }, (_, index) => ((index * 37) % 60) ** 1.5 / 20);
const others = values.map((value, index) => value + (index % 7) - 3);
const parted = {
  a: { low: values, high: others },
  b: new Map([["high", others.map((value) => value / 2)]]),
  c: { low: others, high: Float64Array.of(1, 2, 3, 4, 5, 60) },
};
const table = Float64Array.from({ length: 48 }, (_, index) => ((index % 8) - 3) * Math.floor(index / 8) + 9);
const names = ["p", "q", "r"];

const mark = { label: "other", color: "red", alpha: 0.4, axis: "right" } as const;
const patch = { ...mark, alpha: 0.9, edgeColor: "lime", edgeWidth: 4, hatch: "dots" } as const;
const line = { ...mark, width: 4, style: "dotted" } as const;
const markered = {
  marker: "star",
  markerSize: 12,
  markerEdgeColor: "lime",
  markerEdgeWidth: 3,
} as const;
const grouped = {
  orientation: "horizontal",
  colors: ["red"],
  alpha: 0.4,
  width: 0.3,
  dodge: false,
  positions: [1, 3, 4],
} as const;

check<StepOptions>(
  "step",
  (figure, options) => figure.step(xs, ys, options),
  { label: "a", marker: "circle", markerEdgeColor: "black" },
  {
    ...line,
    ...markered,
    missing: "drop",
    lttb: 4,
    where: "mid",
  },
);

check<LineOptions>(
  "line",
  (figure, options) => figure.line(xs, ys, options),
  { label: "a", marker: "circle", markerEdgeColor: "black" },
  { ...line, ...markered, missing: "drop", lttb: 4, smooth: true },
);

check<ScatterOptions>(
  "scatter",
  (figure, options) => figure.scatter(xs, ys, options),
  { label: "a", edgeColor: "black", values: [1, 2, 3, 4, 5, 6] },
  {
    ...mark,
    marker: "star",
    size: [2, 4, 6, 8, 10, 12],
    edgeColor: "lime",
    edgeWidth: 3,
    values: [6, 5, 4, 3, 2, 1],
    colormap: "hot",
    valueLabel: "unit",
    density: true,
    missing: "error",
  },
);

check<AreaOptions>(
  "area",
  (figure, options) => figure.area(xs, ys, options),
  { label: "a", edgeColor: "black" },
  {
    ...patch,
    base: 2,
    missing: "drop",
    where: "mid",
    smooth: true,
  },
);

check<BetweenOptions>(
  "fillBetween",
  (figure, options) =>
    figure.fillBetween(
      xs,
      xs,
      xs.map((x) => 2 * x),
      options,
    ),
  { label: "a", edgeColor: "black" },
  { ...patch, where: "below" },
);

check<StackOptions>(
  "stackedArea",
  (figure, options) => figure.stackedArea(xs, { one: [1, 3, 2, 2, 5, 4], two: xs }, options),
  { edgeColor: "black" },
  {
    alpha: 0.4,
    axis: "right",
    edgeColor: "lime",
    edgeWidth: 4,
    hatch: "dots",
    colors: ["red"],
    baseline: "symmetric",
    where: "mid",
    smooth: true,
  },
);

check<BarOptions>(
  "bar",
  (figure, options) => figure.bar([0, 1, 2], [1, 3, 2], options),
  { label: "a" },
  {
    ...patch,
    orientation: "horizontal",
    width: 0.3,
    base: 1.5,
    barText: true,
    align: "edge",
  },
);

check<BarsOptions>(
  "bars",
  (figure, options) => figure.bars([0, 1, 2], { one: [1, 3, 2], two: [2, 1, 2] }, options),
  {},
  {
    alpha: 0.4,
    axis: "right",
    edgeColor: "lime",
    edgeWidth: 4,
    hatch: "dots",
    orientation: "horizontal",
    width: 0.3,
    base: 1.5,
    barText: true,
    align: "edge",
    gap: 0.5,
    mode: "stacked",
    colors: ["red"],
  },
);

check<HistogramOptions>(
  "histogram",
  (figure, options) => figure.histogram(values, options),
  { label: "a" },
  {
    ...patch,
    bins: 3,
    range: [2, 5],
    density: true,
    cumulative: true,
    width: 0.5,
    orientation: "horizontal",
  },
);

check<ErrorBarOptions>(
  "errorBars",
  (figure, options) => figure.errorBars(xs, xs, options),
  { label: "a", y: 1, markerEdgeColor: "black" },
  {
    ...line,
    ...markered,
    y: { below: 1, above: 3 },
    x: 0.5,
    cap: 12,
  },
);

check<HeatmapOptions>(
  "heatmap",
  (figure, options) => figure.heatmap(table, options),
  { columns: 8, edgeColor: "white", valueScale: "symlog" },
  {
    alpha: 0.4,
    axis: "right",
    columns: 12,
    colormap: "hot",
    edgeColor: "red",
    edgeWidth: 4,
    limits: [0, 100],
    valueScale: "log",
    threshold: 0.1,
    extent: { x: [5, 6], y: [0, 1] },
    origin: "lower",
    xNames: ["a", "b", "c", "d", "e", "f", "g", "h"],
    yNames: ["a", "b", "c", "d", "e", "f"],
    cellText: true,
    smooth: true,
    colorbar: false,
    valueLabel: "unit",
  },
);

check<BoxOptions>(
  "box",
  (figure, options) => figure.box(parted, options),
  {},
  {
    ...grouped,
    whiskers: [0.25, 0.75],
    reach: 0.1,
    outliers: false,
    outlierSize: 9,
    showMean: true,
    cap: 0.9,
    lineWidth: 3,
    medianWidth: 5,
  },
);

check<BoxenOptions>(
  "boxen",
  (figure, options) => figure.boxen(parted, options),
  {},
  { ...grouped, outliers: false, depth: 1, saturation: 0 },
);

check<ViolinOptions>(
  "violin",
  (figure, options) => figure.violin(parted, options),
  {},
  {
    ...grouped,
    bandwidth: 0.5,
    inner: "quartiles",
    scale: "count",
    side: "left",
    split: true,
  },
);

const markers = { ...grouped, size: 12, marker: "star" } as const;

check<StripOptions>(
  "strip",
  (figure, options) => figure.strip(parted, options),
  {},
  { ...markers, jitter: 0.9 },
);

check<SwarmOptions>("swarm", (figure, options) => figure.swarm(parted, options), { size: 9 }, markers);

check<DensityOptions>(
  "kde",
  (figure, options) => figure.kde(values, options),
  { label: "a" },
  {
    ...mark,
    bandwidth: 0.5,
    clip: [0, 9],
    verticals: [2, 90],
    fill: false,
    cumulative: true,
    orientation: "horizontal",
    width: 4,
  },
);

check<EcdfOptions>(
  "ecdf",
  (figure, options) => figure.ecdf(values, options),
  { label: "a", marker: "circle", markerEdgeColor: "black" },
  {
    ...mark,
    ...markered,
    count: "percent",
    complementary: true,
    confidence: 0.9,
    width: 4,
  },
);

check<RugOptions>(
  "rug",
  (figure, options) => figure.rug(values, options),
  { label: "a" },
  {
    ...mark,
    along: "y",
    height: 0.5,
    offset: 0.2,
    width: 4,
  },
);

check<StemOptions>(
  "stem",
  (figure, options) => figure.stem(xs, xs, options),
  { label: "a", markerEdgeColor: "black" },
  {
    ...mark,
    ...markered,
    orientation: "horizontal",
    base: 2,
    width: 4,
  },
);

check<CandleOptions>(
  "candlestick",
  (figure, options) =>
    figure.candlestick([0, 1], { open: [1, 2], high: [3, 3], low: [0, 1], close: [2, 1.5] }, options),
  {},
  {
    alpha: 0.4,
    axis: "right",
    kind: "ohlc",
    up: "blue",
    down: "orange",
    width: 0.2,
    hollow: true,
    volume: [5, 3],
  },
);

check<PieOptions>(
  "pie",
  (figure, options) => figure.pie([3, 2, 1], options),
  { labels: ["x", "y", "z"] },
  {
    labels: names,
    colors: ["red", "blue", "lime"],
    show: "value",
    labelDistance: 20,
    edgeColor: "black",
    edgeWidth: 4,
    shadow: true,
    hole: 0.5,
    start: 40,
    explode: [0.3, 0, 0],
  },
);

const wheel = { least: -5, most: 20, rings: [0.5], fill: 0.8, colors: ["red"], width: 4 } as const;

check<WheelOptions>(
  "radar",
  (figure, options) => figure.radar(names, { one: [1, 3, 2] }, options),
  {},
  wheel,
);

check<PolarOptions>(
  "polar",
  (figure, options) => figure.polar(xs, { one: xs }, options),
  { marker: "circle", markerEdgeColor: "black" },
  {
    ...wheel,
    ...markered,
    unit: "degrees",
    start: 0,
    direction: "clockwise",
    spokes: 5,
    closed: true,
  },
);

const contours = {
  ...mark,
  levels: [3, 9],
  filled: true,
  lines: false,
  labels: true,
  colormap: "hot",
  width: 4,
  colorbar: false,
  valueLabel: "unit",
} as const;

check<ContourOptions>(
  "contour",
  (figure, options) => figure.contour(table, options),
  { columns: 8, label: "a", smoothing: "cubic" },
  {
    ...contours,
    columns: 6,
    extent: { x: [5, 6], y: [0, 1] },
    smoothing: "nearest",
    factor: 2,
  },
);

check<Density2dOptions>(
  "kde2d",
  (figure, options) => figure.kde2d(values, others, options),
  { label: "a" },
  {
    ...contours,
    levels: 3,
    bandwidth: [1, 9],
    threshold: 0.5,
  },
);

check<HexbinOptions>(
  "hexbin",
  (figure, options) => figure.hexbin(values, others, options),
  { values, grid: 12, edgeColor: "black" },
  {
    alpha: 0.4,
    axis: "right",
    grid: 8,
    least: 2,
    values: others,
    most: 3,
    edgeColor: "red",
    edgeWidth: 3,
    reduce: "std",
    valueScale: "log",
    colormap: "hot",
    colorbar: false,
    valueLabel: "unit",
  },
);

check<RegressionOptions>(
  "regression",
  (figure, options) => figure.regression(xs, [1, 3, 2, 5, 4, 4], options),
  { label: "a" },
  {
    ...line,
    order: 3,
    throughOrigin: true,
    confidence: 0.5,
  },
);

check<ResidualsOptions>(
  "residuals",
  (figure, options) => figure.residuals(xs, [1, 3, 2, 5, 4, 4], options),
  { label: "a", edgeColor: "black" },
  {
    ...mark,
    order: 3,
    throughOrigin: true,
    marker: "star",
    size: 12,
    edgeColor: "lime",
    edgeWidth: 4,
  },
);

check<QuiverOptions>(
  "quiver",
  (figure, options) => figure.quiver(xs, xs, xs, ys, options),
  { label: "a", byLength: true, key: 1 },
  {
    ...mark,
    scale: 3,
    width: 4,
    headLength: 8,
    headWidth: 8,
    key: 2,
    keyLabel: "m/s",
    pivot: "tip",
    byLength: false,
    colormap: "hot",
    valueLabel: "unit",
  },
);

check<DendrogramOptions>(
  "dendrogram",
  (figure, options) => figure.dendrogram(values.subarray(0, options.columns === 3 ? 18 : 12), options),
  { columns: 2, labels: ["ash", "beech", "cedar", "dogwood", "elm", "fir"] },
  {
    color: "red",
    alpha: 0.4,
    columns: 3,
    linkage: "single",
    orientation: "left",
    labels: ["a", "b", "c", "d", "e", "f"],
    labelLength: 1,
    threshold: 2,
    colors: ["red"],
    width: 4,
  },
);

check<BandOptions>(
  "rectangle",
  (figure, options) => figure.line(xs, xs).rectangle([1, 3], [1, 4], options),
  { label: "a", edgeColor: "black" },
  patch,
);

check<RuleOptions>("hline", (figure, options) => figure.line(xs, xs).hline(2, options), { label: "a" }, line);

check<TextOptions>(
  "text",
  (figure, options) => figure.line(xs, xs).line([9], { axis: "right" }).text(2, 3, "text", options),
  {},
  {
    color: "red",
    alpha: 0.4,
    axis: "right",
    size: 20,
    rotation: 45,
    anchor: "end",
    background: "yellow",
    arrowTo: [4, 1],
  },
);
