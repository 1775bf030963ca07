// One small figure for each type of plot, each scale and each theme, from data that are the same everywhere.

import { randomFrom } from "@millpond/core";

import type { FigureOptions } from "../../src/figure/sheet.ts";
import { type Plot, plot } from "../../src/figure/plot.ts";
import { jointPlot } from "../../src/figure/joint-plot.ts";
import { pairPlot } from "../../src/figure/pair-plot.ts";
import { type Plot3d, plot3d } from "../../src/figure/plot3d.ts";
import { type Subplots, subplots } from "../../src/figure/subplots.ts";
import type { ThemeName } from "../../src/theme/theme.ts";

/** Pixels of each figure of the gallery. */
export const WIDTH = 320;
export const HEIGHT = 240;

const DAY = 86_400_000;
const START = Date.UTC(2025, 2, 20);

function normals(seed: number, count: number): Float64Array {
  const random = randomFrom(seed);
  // A sum of twelve is near enough, and the same to the last bit on every machine.
  return Float64Array.from({ length: count }, () => {
    let sum = -6;
    for (let part = 0; part < 12; part++) sum += random();
    return sum;
  });
}

const xs = Float64Array.from({ length: 101 }, (_, index) => index / 10);
const waves = xs.map((x) => ((x * 7) % 5) - (x * x) / 20);
const rises = xs.map((x) => x + 1);
const noise = normals(1, 400);
const groups = {
  alpha: noise,
  beta: normals(2, 90).map((x) => 2 * x + 1),
  gamma: normals(3, 50).map((x) => x * x),
};
const parted = {
  north: { before: groups.beta, after: groups.gamma },
  south: { before: noise.subarray(0, 80), after: noise.subarray(80, 200).map((x) => x + 2) },
};
const many = Float64Array.from(normals(4, 50_000), (x, index) => x + ((index / 5000) % 3));

function walk(): { open: number[]; high: number[]; low: number[]; close: number[] } {
  const steps = normals(5, 90);
  const prices = { open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[] };
  let price = 100;
  for (let index = 0; index < 30; index++) {
    const next = price + 2 * steps[3 * index];
    prices.open.push(price);
    prices.close.push(next);
    prices.high.push(Math.max(price, next) + Math.abs(steps[3 * index + 1]));
    prices.low.push(Math.min(price, next) - Math.abs(steps[3 * index + 2]));
    price = next;
  }
  return prices;
}

const table = Float64Array.from(
  { length: 96 },
  (_, index) => ((index % 12) - 5) * (Math.floor(index / 12) - 3),
);
const years = ["2021", "2022", "2023"];
const grain = { wheat: [3, 4, 5], rye: [2, -3, 1], oats: [1, -1, 2] };

type Maker = (figure: Plot) => Plot;

const types: Readonly<Record<string, Maker>> = {
  line: (p) =>
    p.line(xs, waves, { label: "waves" }).line(xs, rises, { style: "dashed", label: "rises" }).legend(),
  "line-dense": (p) => p.line(many),
  "line-gaps": (p) =>
    p.line(
      waves.map((y, index) => (index % 17 === 9 ? NaN : y)),
      { marker: "square", markerSize: 3 },
    ),
  "line-smooth": (p) =>
    p
      .line([0, 1, 3, 4, 5, 6, 9], [1, 3, 2, 2, 4, NaN, 1], {
        smooth: true,
        marker: "circle",
        markerEdgeColor: "black",
        markerSize: 8,
        label: "curve",
      })
      .area([4, 2, 5, 3, 3, 4, 2, 2, 3], { smooth: true, alpha: 0.3 })
      .line([0, 1, 2], { width: 0, marker: "open-square", markerEdgeWidth: 2, label: "markers" })
      .legend(),
  step: (p) =>
    p.step([1, 3, 2, 4]).step([1, 3, 2, 4], { where: "post" }).step([1, 3, 2, 4], { where: "mid" }),
  area: (p) => p.area(xs, waves, { alpha: 0.5, label: "area" }).legend("lower left"),
  "stacked-area": (p) => p.stackedArea(xs, { one: rises, two: xs, three: rises }).legend("upper left"),
  "fill-between": (p) => p.fillBetween(xs, waves, rises, { hatch: "diagonal" }),
  "fill-above": (p) =>
    p
      .fillBetween(
        xs,
        waves,
        xs.map((x) => x / 5),
        { where: "above", color: "green" },
      )
      .fillBetween(
        xs,
        waves,
        xs.map((x) => x / 5),
        { where: "below", color: "red" },
      ),
  "stacked-area-wiggle": (p) =>
    p.stackedArea(xs, { one: rises, two: waves.map((y) => y + 6), three: xs }, { baseline: "wiggle" }),
  "stacked-area-smooth": (p) =>
    p
      .stackedArea(
        [0, 1, 2, 3, 4],
        { one: [1, 3, 2, 4, 1], two: [2, 1, 3, 1, 2], three: [1, 1, 4, 1, 1] },
        { baseline: "symmetric", smooth: true, edgeColor: "white" },
      )
      .legend("outside right"),
  scatter: (p) => p.scatter(noise.subarray(0, 60), noise.subarray(60, 120), { marker: "star", size: 8 }),
  "scatter-values": (p) =>
    p.scatter(xs, waves, { values: xs, size: xs, edgeColor: "black", valueLabel: "seconds" }),
  "scatter-density": (p) =>
    p.scatter(many.subarray(0, 25_000), many.subarray(25_000), { density: true, colormap: "plasma" }),
  bar: (p) => p.bar(["north", "east", "south"], [3, -1, 4], { label: "a" }).legend(),
  "bar-text": (p) => p.bar(["a", "b", "c"], [3, -1, 4.5], { barText: true }),
  "bar-text-stacked": (p) =>
    p.bars(years, grain, { mode: "stacked", orientation: "horizontal", barText: (value) => `${value} t` }),
  "area-steps": (p) => p.area([1, 3, 2, 4], { where: "post", edgeColor: "black" }),
  "bar-grouped": (p) => p.bars(years, grain).legend("outside right"),
  "bar-stacked": (p) => p.bars(years, grain, { mode: "stacked", orientation: "horizontal" }),
  "bar-edges": (p) =>
    p.bars([0, 10, 20, 30], { one: [1, 2, 3, 2], two: [2, 1, 2, 4] }, { align: "edge", gap: 0.2 }),
  "histogram-narrow": (p) => p.histogram(noise, { width: 0.6 }),
  histogram: (p) => p.histogram(noise, { bins: "freedman-diaconis" }),
  "histogram-cumulative": (p) => p.histogram(noise, { bins: 12, cumulative: true, density: true }),
  "histogram-horizontal": (p) =>
    p
      .histogram(noise, { orientation: "horizontal", density: true })
      .kde(noise, { orientation: "horizontal" }),
  box: (p) => p.box(groups, { showMean: true }),
  boxen: (p) => p.boxen(groups, { orientation: "horizontal" }),
  "boxen-pale": (p) => p.boxen(groups, { saturation: 0.4, colors: ["red"] }),
  violin: (p) => p.violin(groups),
  "violin-quartiles": (p) => p.violin(groups, { inner: "quartiles", orientation: "horizontal" }),
  "violin-halves": (p) =>
    p
      .violin({ a: noise, b: groups.beta }, { side: "left", scale: "count", inner: "quartiles" })
      .violin({ a: groups.beta, b: groups.gamma }, { side: "right", colors: ["C3"], inner: "none" }),
  "box-parts": (p) => p.box(parted, { whiskers: "sigma", reach: 1.5, showMean: true }).legend("upper left"),
  "violin-split": (p) =>
    p.violin(parted, { split: true, inner: "points", orientation: "horizontal" }).legend(),
  "strip-parts": (p) =>
    p
      .strip(parted, { size: 3 })
      .box(parted, { colors: ["none"], outliers: false })
      .legend("upper left"),
  "swarm-positions": (p) =>
    p.swarm({ a: groups.beta, b: groups.gamma }, { positions: [1, 4], size: 3 }).line([0, 5], [0, 5]),
  strip: (p) => p.strip(groups),
  swarm: (p) => p.swarm({ beta: groups.beta, gamma: groups.gamma }),
  kde: (p) => p.kde(noise).rug(noise.subarray(0, 50)),
  "kde-verticals": (p) =>
    p
      .kde(groups.gamma, { clip: [0, 5], verticals: [0.2, 1, 3] })
      .rug([0, 1, 2, 3], [0.1, 0.2, 0.25], { offset: 0.03, color: "C1", width: 2 }),
  ecdf: (p) => p.ecdf(noise, { confidence: 0.95 }).ecdf(groups.beta, { complementary: true }),
  "ecdf-markers": (p) => p.ecdf([1, 2, 2, 4, 7, 3], { marker: "diamond", count: "number" }),
  heatmap: (p) => p.heatmap(table, { columns: 12, valueLabel: "product" }),
  "heatmap-edges": (p) =>
    p.heatmap(
      table.map((value) => 10 ** (value / 9)),
      { columns: 12, valueScale: "log", edgeColor: "white", edgeWidth: 1 },
    ),
  "heatmap-symlog": (p) =>
    p.heatmap(
      table.map((value) => value ** 3),
      { columns: 12, valueScale: "symlog", threshold: 10, limits: [-1e4, 1e4], colormap: "coolwarm" },
    ),
  "heatmap-text": (p) =>
    p.heatmap([1, 2, 3, 4, NaN, 6], {
      columns: 3,
      cellText: true,
      xNames: ["a", "b", "c"],
      yNames: ["p", "q"],
      colormap: "coolwarm",
    }),
  "error-bars": (p) =>
    p
      .errorBars([1, 2, 3], [10, 20, 15], { y: [2, 3, 1], x: { below: 0.1, above: 0.3 }, label: "m" })
      .legend(),
  "error-bars-dashed": (p) =>
    p.errorBars([1, 2, 3], [10, 20, 15], {
      y: [2, 3, 1],
      x: 0.2,
      style: "dashed",
      marker: "square",
      markerEdgeColor: "black",
    }),
  stem: (p) => p.stem([1, -2, 3, 2]),
  "stem-horizontal": (p) => p.stem([1, -2, 3, 2], { orientation: "horizontal" }),
  "quiver-lengths": (p) =>
    p.quiver(
      noise.subarray(0, 40),
      noise.subarray(40, 80),
      noise.subarray(80, 120),
      noise.subarray(120, 160),
      {
        byLength: true,
        valueLabel: "speed",
      },
    ),
  candlestick: (p) =>
    p
      .candlestick(
        Array.from({ length: 30 }, (_, i) => START + i * DAY),
        walk(),
      )
      .xaxis({ scale: "time" }),
  "candlestick-volume": (p) =>
    p
      .candlestick(
        Array.from({ length: 30 }, (_, i) => START + i * DAY),
        walk(),
        { hollow: true, volume: noise.subarray(0, 30).map((x) => 3 + x) },
      )
      .xaxis({ scale: "time" }),
  ohlc: (p) =>
    p.candlestick(
      Array.from({ length: 30 }, (_, i) => i),
      walk(),
      { kind: "ohlc" },
    ),
  pie: (p) => p.pie([4, 3, 2, 1], { labels: ["north", "east", "south", "west"], explode: [0, 0.1, 0, 0] }),
  donut: (p) => p.pie([4, 3, 2, 1], { hole: 0.5, show: "value" }),
  "pie-shadow": (p) =>
    p.pie([4, 3, 2, 1], {
      labels: ["a", "b", "c", "d"],
      shadow: true,
      labelDistance: 12,
      edgeColor: "black",
      explode: [0.1, 0, 0, 0.2],
    }),
  "radar-range": (p) =>
    p.radar(
      ["speed", "range", "price", "looks", "weight"],
      { one: [-3, 4, 2, 5, 0] },
      { least: -5, most: 5, rings: 4 },
    ),
  radar: (p) =>
    p
      .radar(["speed", "range", "price", "looks"], { one: [3, 4, 2, 5], two: [5, 2, 4, 3] })
      .legend("outside right"),
  polar: (p) =>
    p
      .polar(
        xs.map((x) => x * 2),
        { out: xs, round: rises.map((_, i) => 6 + 3 * Math.sin(i / 5)) },
        { rings: [4, 8] },
      )
      .legend("outside right"),
  "polar-compass": (p) =>
    p.polar(
      [0, 45, 90, 135, 180, 225, 270, 315],
      { wind: [3, 5, 2, 1, 4, 6, 2, 2] },
      {
        unit: "degrees",
        start: 0,
        direction: "clockwise",
        spokes: ["N", "NE", "E", "SE", "S", "SW", "W", "NW"],
        closed: true,
        fill: 0.3,
        marker: "circle",
      },
    ),
  dendrogram: (p) => p.dendrogram(groups.beta.subarray(0, 40), { columns: 2, linkage: "ward" }),
  "dendrogram-left": (p) =>
    p.dendrogram([1, 2, 6, 7, 15, 7.5], {
      columns: 1,
      orientation: "left",
      labels: ["ash", "beech", "cedar", "dogwood", "elm", "fir"],
      labelLength: 5,
      threshold: 3,
    }),
  contour: (p) => p.contour(table, { columns: 12 }),
  "contour-levels": (p) =>
    p.contour(table, { columns: 12, levels: [-6, 0, 6], color: "black", extent: { x: [0, 1], y: [0, 2] } }),
  "contour-filled": (p) => p.contour(table, { columns: 12, filled: true, valueLabel: "product" }),
  "contour-cubic": (p) =>
    p.contour(
      table.map((value, index) => value + ((index * 7) % 5)),
      { columns: 12, smoothing: "cubic", filled: true, lines: true, labels: true },
    ),
  "contour-nearest": (p) => p.contour(table, { columns: 12, smoothing: "nearest", factor: 8, levels: 5 }),
  "contour-labels": (p) =>
    p.contour(table, {
      columns: 12,
      filled: true,
      lines: true,
      labels: true,
      alpha: 0.5,
      levels: [-12, -4, 0, 4, 12],
    }),
  kde2d: (p) => p.kde2d(noise.subarray(0, 200), noise.subarray(200), { label: "density" }).legend(),
  "kde2d-filled": (p) =>
    p.kde2d(noise.subarray(0, 200), noise.subarray(200), { filled: true, levels: 6, colormap: "magma" }),
  hexbin: (p) => p.hexbin(many.subarray(0, 9000), many.subarray(9000, 18_000), { valueLabel: "count" }),
  regression: (p) =>
    p
      .scatter(xs.subarray(0, 60), waves.subarray(0, 60), { size: 3 })
      .regression(xs.subarray(0, 60), waves.subarray(0, 60), { confidence: 0.95, label: "line" })
      .regression(xs.subarray(0, 60), waves.subarray(0, 60), { order: 5, style: "dashed", label: "order 5" })
      .legend(),
  "hexbin-std": (p) =>
    p.hexbin(many.subarray(0, 900), many.subarray(9000, 9900), {
      grid: 12,
      values: many.subarray(0, 900),
      reduce: "std",
      least: 2,
      most: 40,
      edgeColor: "white",
      edgeWidth: 1,
    }),
  "regression-origin": (p) =>
    p
      .scatter([1, 2, 3, 4], [4, 5, 5, 7])
      .regression([1, 2, 3, 4], [4, 5, 5, 7], { throughOrigin: true, confidence: 0.9 })
      .xaxis({ limits: [0, 5] }),
  residuals: (p) => p.residuals(xs.subarray(0, 60), waves.subarray(0, 60), { order: 2 }),
  "hexbin-values": (p) =>
    p.hexbin(many.subarray(0, 9000), many.subarray(9000, 18_000), {
      grid: 15,
      values: many.subarray(0, 9000).map((x) => x + 10),
      reduce: "max",
      valueScale: "log",
    }),
  "quiver-key": (p) =>
    p.quiver([0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1], [1, 2, 3, -1, 0, 1], [1, 0, -1, 2, 3, 1], {
      key: 2,
      keyLabel: "2 m/s",
      headLength: 6,
      headWidth: 5,
    }),
  quiver: (p) =>
    p.quiver(
      noise.subarray(0, 40),
      noise.subarray(40, 80),
      noise.subarray(80, 120),
      noise.subarray(120, 160),
    ),
  annotations: (p) =>
    p
      .line(xs, waves)
      .hline(2, { color: "red", style: "dotted", label: "limit" })
      .vline(5)
      .xspan(6, 8)
      .yspan(-2, -1, { color: "C2" })
      .rectangle([1, 2], [-1, 1], { color: "C3", hatch: "diagonal", edgeColor: "C3" })
      .text(4, -3, "look here", { arrowTo: [3, 1], background: "white" })
      .legend("lower left"),
};

const axes: Readonly<Record<string, Maker>> = {
  "axis-log": (p) =>
    p
      .line(
        xs.map((x) => 10 ** (x / 2)),
        rises.map((x) => x ** 4),
      )
      .xaxis({ scale: "log" })
      .yaxis({ scale: "log" }),
  "axis-symlog": (p) =>
    p
      .line(
        xs,
        xs.map((x) => (x - 5) ** 5),
      )
      .yaxis({ scale: "symlog", threshold: 1 }),
  "axis-time": (p) =>
    p
      .line(
        xs.map((x) => START + x * 2 * DAY),
        waves,
      )
      .xaxis({ scale: "time", zone: "Europe/Berlin", label: "Berlin", minorTicks: true }),
  "axis-twin": (p) =>
    p
      .line(xs, waves, { label: "left" })
      .line(xs, rises, { axis: "right", label: "right" })
      .y2axis({ label: "more" })
      .legend(),
  "axis-symlog-zero": (p) =>
    p
      .line(
        xs,
        xs.map((x) => (x - 5) ** 15),
        { label: "powers" },
      )
      .yaxis({ scale: "symlog", threshold: 100 })
      .legend("outside left"),
  "axis-inverted": (p) =>
    p
      .line(xs, waves)
      .xaxis({ inverted: true })
      .yaxis({ limits: [4, -8], minorTicks: true }),
  "axis-top-right": (p) =>
    p
      .line(xs, waves, { label: "waves" })
      .xlabel("above", { side: "top", rotation: 40, ticks: [0, 2.5, 5, 7.5, 10] })
      .ylabel("beside", { side: "right", minorTicks: true })
      .legend({ position: { x: 0.5, y: 0, anchor: "lower center" } }),
  "axis-top-names": (p) =>
    p
      .heatmap(table.subarray(0, 24), {
        columns: 6,
        xNames: ["one", "two", "three", "four", "number five", "six"],
      })
      .line([0, 5], [1, 2], { label: "line", color: "red" })
      .xaxis({ side: "top" })
      .legend("outside top"),
  "axis-right-twin": (p) =>
    p
      .line(xs, waves, { label: "first" })
      .line(xs, rises, { axis: "right", label: "second" })
      .yaxis({ side: "right", label: "first" })
      .y2axis({ label: "second" })
      .legend({ position: { x: 0.02, y: 0.5, anchor: "left" }, columns: 2 }),
  "axis-names": (p) =>
    p.bar(["a long name", "another long name", "one more name", "the last of them"], [1, 2, 3, 4]),
};

const hill = Float64Array.from(
  { length: 21 * 17 },
  (_, at) => Math.exp(-((((at % 21) - 9) / 5) ** 2) - ((Math.floor(at / 21) - 8) / 4) ** 2) * 3,
);
const turns = Float64Array.from({ length: 120 }, (_, index) => index / 12);
const place = { x: [-2, 2], y: [0, 4] } as const;

const spaces: Readonly<Record<string, (options: FigureOptions) => Plot3d>> = {
  "space-surface": (size) =>
    plot3d(size)
      .surface(hill, { columns: 21, extent: place, colorbar: true, valueLabel: "m" })
      .xlabel("east")
      .ylabel("north")
      .zlabel("height"),
  "space-wireframe": (size) =>
    plot3d({ ...size, projection: "perspective", azimuth: 30, elevation: 20 })
      .wireframe(hill.with(180, NaN), { columns: 21, grid: 17, label: "wires" })
      .legend(),
  "space-points": (size) =>
    plot3d({ ...size, azimuth: 200 })
      .scatter(noise.subarray(0, 80), noise.subarray(80, 160), noise.subarray(160, 240), {
        values: noise.subarray(0, 80),
        marker: "square",
        size: 5,
      })
      .xlabel("x")
      .zaxis({ limits: [-2, 2] }),
  "space-roll": (size) =>
    plot3d({ ...size, azimuth: 40, roll: 25, projection: "perspective" })
      .surface(hill, { columns: 21, extent: place })
      .xlabel("east")
      .ylabel("north")
      .zlabel("height"),
  "space-look-at": (size) =>
    plot3d({ ...size, lookAt: [-0.2, 2, 3], zoom: 3 }).surface(hill, {
      columns: 21,
      extent: place,
      edgeColor: "black",
    }),
  "space-line": (size) =>
    plot3d({ ...size, elevation: -20, theme: "dark" })
      .line(
        turns.map((t) => waveAt(t)),
        turns.map((t) => waveAt(t + 2.5)),
        turns,
        { label: "spring" },
      )
      .line([0, 0], [0, 0], [0.1, 10], { width: 4 })
      .zlabel("t", { scale: "log" })
      .legend("lower left"),
};

// A wave of straight pieces: sines differ in their last digits from machine to machine.
function waveAt(t: number): number {
  const part = ((t % 10) + 10) % 10;
  return part < 5 ? part - 2.5 : 7.5 - part;
}

const insets: Readonly<Record<string, Maker>> = {
  "inset-zoom": (p) => {
    p.line(xs, waves)
      .scatter(xs.subarray(0, 5), waves.subarray(0, 5))
      .yaxis({ limits: [-10, 20] });
    p.inset({ zoom: { x: [2, 4], y: [-2, 4] }, size: [0.5, 0.45] }).hline(0, { color: "red" });
    return p;
  },
  "inset-pie": (p) => {
    p.line(xs, rises, { label: "rises" }).legend();
    p.inset({ anchor: "lower right", size: 0.45, margin: 3 }).pie([3, 2, 1]);
    return p;
  },
  "line-lttb": (p) => p.line(many, { lttb: 120 }),
};

const themes: readonly ThemeName[] = [
  "dark",
  "minimal",
  "seaborn",
  "publication",
  "presentation",
  "ieee",
  "nature",
  "colorblind",
];

/** All figures, by name. */
export function gallery(options: FigureOptions = {}): Map<string, Plot | Plot3d | Subplots> {
  const size = { width: WIDTH, height: HEIGHT, dpi: 60, ...options };
  const all = new Map<string, Plot | Plot3d | Subplots>();
  for (const [name, make] of Object.entries({ ...types, ...axes, ...insets }))
    all.set(name, make(plot(size)).title(name));
  for (const theme of themes) {
    const figure = plot({ ...size, theme })
      .line(xs, waves, { label: "waves" })
      .bar([2, 5, 8], [3, 2, 1], { label: "bars" });
    all.set(`theme-${theme}`, figure.title(theme).xlabel("x").ylabel("y").legend());
  }
  const [joined, apart] = [noise.subarray(0, 150), groups.beta.map((y, index) => y + noise[index])];
  const small = { ...size, dpi: 40 };
  all.set(
    "joint",
    jointPlot(joined.subarray(0, 90), apart, { ...small, kind: "regression", xlabel: "x", ylabel: "y" }),
  );
  all.set(
    "joint-kde",
    jointPlot(noise.subarray(0, 200), noise.subarray(200), {
      ...small,
      kind: "kde",
      marginal: "kde",
      ratio: 0.25,
    }),
  );
  all.set(
    "joint-residuals",
    jointPlot(joined.subarray(0, 90), apart, { ...size, dpi: 90, kind: "residuals", marginal: "rug" }),
  );
  all.set(
    "pairs",
    pairPlot(
      { one: joined.subarray(0, 90), two: apart, three: groups.beta },
      { ...small, bins: 8, title: "Pairs" },
    ),
  );
  all.set(
    "pairs-kde",
    pairPlot({ one: joined.subarray(0, 90), two: apart }, { ...small, kind: "hexbin", diagonal: "kde" }),
  );
  for (const [name, make] of Object.entries(spaces)) all.set(name, make(size).title(name));
  return new Map([...all, ...panels(size)]);
}

// Figures of several panels.
function panels(size: FigureOptions): Map<string, Subplots> {
  const all = new Map<string, Subplots>();
  const four = subplots(2, 2, { ...size, dpi: 40, title: "Four" });
  four.at(0, 0).line(waves).title("one");
  four.at(0, 1).bar(["a", "b"], [1, 2]);
  four.at(1, 0, { columns: 2 }).scatter(noise.subarray(0, 90)).xlabel("x");
  all.set("subplots", four);
  const mixed = subplots(1, 2, { ...size, dpi: 45 });
  mixed.at(0, 0).contour(hill, { columns: 21, extent: place, filled: true }).title("from above");
  mixed
    .at3d(0, 1, { azimuth: -120, elevation: 25 })
    .surface(hill, { columns: 21, extent: place, label: "hill" })
    .title("in space")
    .legend("lower left");
  all.set("subplots-space", mixed);
  const outer = { side: "top", label: "above" } as const;
  const above = subplots(2, 2, { ...size, dpi: 40, theme: "minimal", shareX: true, shareY: true });
  for (const [row, column] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]) {
    const panel = above.at(row, column).line(xs, row === 0 ? waves : rises);
    panel.xaxis(outer).yaxis({ side: "right", label: "beside" });
  }
  all.set("subplots-shared-above", above);
  const shared = subplots(2, 3, { ...size, dpi: 40, shareX: true, shareY: true, title: "Shared" });
  shared.at(0, 0).line(xs, waves).ylabel("volt");
  shared.at(1, 0).line(xs, rises).xlabel("seconds").ylabel("volt");
  shared.at(0, 1, { columns: 2 }).scatter(xs, waves).title("wide");
  shared.at(1, 1).area(xs.subarray(0, 30), waves.subarray(0, 30)).xlabel("seconds");
  shared.at(1, 2).pie([1, 2]);
  return all.set("subplots-shared", shared);
}
