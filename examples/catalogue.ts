// `node --conditions=source examples/catalogue.ts [FOLDER]`: a panel of each type of plot on two pages, and figures of
// pairs and of a surface. With a folder, the pages are kept there as PNG files.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { formatBytes, Pool, randomFrom } from "@millpond/core";
import { jointPlot, pairPlot, type Panel, plot3d, subplots } from "@millpond/plot";
import { save } from "@millpond/plot/node";

const random = randomFrom(4);
const normal = (): number => random() + random() + random() + random() - 2;
const xs = Float64Array.from({ length: 60 }, (_, index) => index / 10);
const waves = xs.map((x) => Math.sin(x) + x / 4);
const clouds = [0, 1].map((shift) => Float64Array.from({ length: 800 }, () => normal() + shift));
const tilted = clouds[1].map((y, index) => y + clouds[0][index]);
const groups = { north: clouds[0], south: clouds[1].map((y) => y * 1.5) };
const hill = Float64Array.from({ length: 900 }, (_, at) => {
  const [x, y] = [(at % 30) / 8 - 2, Math.floor(at / 30) / 8 - 2];
  return Math.exp(-x * x - y * y) - 0.6 * Math.exp(-((x - 1) ** 2) - (y - 1) ** 2);
});
const directions = Float64Array.from({ length: 16 }, (_, index) => index * 22.5);
const table = { columns: 30, extent: { x: [-2, 2], y: [-2, 2] } } as const;
const days = ["mon", "tue", "wed", "thu"];
const prices = {
  open: [3, 4, 3.5, 5],
  high: [4.5, 4.8, 5.5, 6],
  low: [2.5, 3, 3.2, 4.4],
  close: [4, 3.5, 5, 5.5],
};

const types: Readonly<Record<string, (panel: Panel) => Panel>> = {
  line: (p) => p.line(xs, waves).line(xs, xs.map(Math.cos), { style: "dashed" }),
  step: (p) => p.step([1, 3, 2, 4, 3], { where: "mid" }),
  area: (p) => p.area(xs, waves, { alpha: 0.5 }),
  stackedArea: (p) => p.stackedArea(xs, { one: xs, two: waves.map((y) => y + 2) }, { baseline: "wiggle" }),
  fillBetween: (p) => p.fillBetween(xs, xs.map(Math.cos), waves, { where: "above", hatch: "diagonal" }),
  scatter: (p) => p.scatter(clouds[0], tilted, { values: tilted, size: 3 }),
  "scatter, density": (p) => p.scatter(clouds[0], tilted, { density: true, colormap: "plasma" }),
  regression: (p) =>
    p.scatter(clouds[0], tilted, { size: 2 }).regression(clouds[0], tilted, { confidence: 0.99 }),
  bar: (p) => p.bar(days, [3, 5, 2, 4], { hatch: "dots" }),
  bars: (p) => p.bars(days, { wheat: [3, 5, 2, 4], rye: [1, 2, 2, 1] }, { mode: "stacked" }),
  errorBars: (p) => p.errorBars([1, 2, 3], [3, 5, 4], { y: [0.5, 1, 0.3], x: 0.2 }),
  stem: (p) => p.stem(xs.subarray(0, 20), waves.subarray(0, 20)),
  histogram: (p) => p.histogram(tilted, { bins: "scott", orientation: "horizontal" }),
  kde: (p) => p.kde(clouds[0]).rug(clouds[0].subarray(0, 60)),
  ecdf: (p) => p.ecdf(clouds[0], { confidence: 0.95 }),
  box: (p) => p.box(groups, { showMean: true }),
  boxen: (p) => p.boxen(groups),
  violin: (p) => p.violin(groups, { inner: "quartiles" }),
  strip: (p) => p.strip(groups, { size: 2 }),
  swarm: (p) => p.swarm({ a: clouds[0].subarray(0, 80), b: clouds[1].subarray(0, 60) }, { size: 3 }),
  heatmap: (p) => p.heatmap(hill, { ...table, colormap: "coolwarm" }),
  contour: (p) => p.contour(hill, { ...table, labels: true, levels: 6 }),
  "contour, filled": (p) => p.contour(hill, { ...table, filled: true, lines: true, width: 0.5 }),
  kde2d: (p) => p.kde2d(clouds[0], tilted, { filled: true, levels: 6 }),
  hexbin: (p) => p.hexbin(clouds[0], tilted, { grid: 16 }),
  quiver: (p) =>
    p.quiver(xs.subarray(0, 12), waves.subarray(0, 12), waves.subarray(0, 12), xs.subarray(0, 12)),
  candlestick: (p) => p.candlestick([0, 1, 2, 3], prices),
  pie: (p) => p.pie([4, 3, 2, 1], { labels: days, explode: [0.1, 0, 0, 0] }),
  donut: (p) => p.pie([4, 3, 2, 1], { hole: 0.5, show: "value" }),
  radar: (p) => p.radar(days, { first: [3, 4, 2, 5], second: [5, 2, 4, 3] }),
  polar: (p) =>
    p.polar(
      directions,
      { wind: directions.map((_, at) => 3 + (at % 5)) },
      { unit: "degrees", closed: true, fill: 0.3 },
    ),
  dendrogram: (p) => p.dendrogram(tilted.subarray(0, 36), { columns: 3, linkage: "ward" }),
};

const pool = new Pool({ name: "catalogue" });
const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), "millpond-catalogue-"));
const entries = Object.entries(types);
const perPage = 16;
for (let page = 0; page * perPage < entries.length; page++) {
  const figure = subplots(4, 4, {
    width: 1200,
    height: 900,
    dpi: 70,
    pool,
    title: `Types of plot, page ${page + 1}`,
  });
  for (const [place, [name, add]] of entries.slice(page * perPage, (page + 1) * perPage).entries()) {
    add(figure.at(Math.floor(place / 4), place % 4).title(name));
  }
  const path = join(folder, `page-${page + 1}.png`);
  await save(figure, path);
  console.log(`page ${page + 1}: 16 panels in ${formatBytes(statSync(path).size)}`);
}
const space = plot3d({ width: 700, height: 500, pool, elevation: 35 })
  .surface(hill, { ...table, colorbar: true })
  .title("A surface in space");
await save(space, join(folder, "space.png"));
await save(jointPlot(clouds[0], tilted, { kind: "regression", pool }), join(folder, "joint.png"));
await save(
  pairPlot({ first: clouds[0], second: clouds[1], sum: tilted }, { pool }),
  join(folder, "pairs.png"),
);
if (process.argv[2] === undefined) rmSync(folder, { recursive: true });
assert.equal(pool.stats().bytesInUse, 0);
pool.close();
