// The plot suite: from typed arrays to the bytes of a PNG of 1000 x 600 pixels with a title, labels and a grid, beside
// Chart.js, ECharts, uPlot and a canvas drawn by hand.

import { plot } from "@millpond/plot";

import type { Bar, Case, Look, Scale, Subject, Suite } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { cloud, HEIGHT, normal, table, TITLE, wave, WIDTH, X_LABEL, Y_LABEL } from "./data.ts";
import { type Draw, drawing } from "./drawing.ts";
import * as peers from "./peers.ts";
import { smallBar, smallCase } from "./small.ts";
import { uplotLine } from "./uplot.ts";
import { workerBar, workerCase } from "./workers.ts";

const size = { width: WIDTH, height: HEIGHT };
const BINS = 60;

type Load = () => Draw | Promise<Draw>;

function subjectsOf(scale: Scale, ours: Load, others: Readonly<Record<string, Load>>): Subject[] {
  const subject = (name: string, role: Subject["role"], load: Load): Subject => ({
    name,
    role,
    setup: async () => drawing(await load(), scale),
  });
  return [
    subject("millpond", "ours", ours),
    ...Object.entries(others).map(([name, load]) => subject(name, "peer", load)),
  ];
}

function lineCase(scale: Scale, label: string, count: number): Case {
  const ours = (): Draw => {
    const { xs, ys } = wave(count);
    const figure = plot(size).line(xs, ys).title(TITLE).xlabel(X_LABEL).ylabel(Y_LABEL);
    return () => figure.png();
  };
  // At ten million, what makes an object a point takes gigabytes.
  const objects = count > 1e6 ? {} : { "chart.js": () => peers.chartJs("line", wave(count)) };
  return {
    group: "A line",
    name: `line, ${label} points`,
    row: `${label} points`,
    metric: "time",
    subjects: subjectsOf(scale, ours, {
      "canvas by hand": () => peers.handDrawnLine(wave(count)),
      uplot: () => uplotLine(wave(count)),
      echarts: () => peers.echartsResvg("line", wave(count)),
      ...objects,
    }),
  };
}

function scatterCase(scale: Scale, label: string, count: number): Case {
  const ours = (): Draw => {
    const { xs, ys } = cloud(count);
    const figure = plot(size).scatter(xs, ys, { size: 3 }).title(TITLE).xlabel(X_LABEL).ylabel(Y_LABEL);
    return () => figure.png();
  };
  return {
    group: "Scattered points",
    name: `scatter, ${label} points`,
    row: `${label} points`,
    metric: "time",
    subjects: subjectsOf(scale, ours, {
      "canvas by hand": () => peers.handDrawnScatter(cloud(count)),
      echarts: () => peers.echartsResvg("scatter", cloud(count)),
      "chart.js": () => peers.chartJs("scatter", cloud(count)),
    }),
  };
}

function histogramCase(scale: Scale, label: string, count: number): Case {
  const ours = (): Draw => {
    const figure = plot(size)
      .histogram(normal(count, 1), { bins: BINS })
      .title(TITLE)
      .xlabel(X_LABEL)
      .ylabel(Y_LABEL);
    return () => figure.png();
  };
  return {
    group: "Others",
    name: `histogram, ${label} numbers`,
    row: `histogram, ${label}`,
    metric: "time",
    subjects: subjectsOf(scale, ours, {
      "canvas by hand": () => peers.handDrawnHistogram(normal(count, 1), BINS),
    }),
  };
}

function heatmapCase(scale: Scale, side: number): Case {
  const ours = (): Draw => {
    const figure = plot(size)
      .heatmap(table(side), { columns: side })
      .title(TITLE)
      .xlabel(X_LABEL)
      .ylabel(Y_LABEL);
    return () => figure.png();
  };
  return {
    group: "Others",
    name: `heatmap, ${side} squared`,
    row: `heatmap, ${side} squared`,
    metric: "time",
    subjects: subjectsOf(scale, ours, {
      "canvas by hand": () => peers.handDrawnHeatmap(table(side), side),
    }),
  };
}

function cases(scale: Scale): Case[] {
  if (scale === "quick")
    return [
      lineCase(scale, "10 K", 10_000),
      scatterCase(scale, "1 K", 1000),
      histogramCase(scale, "10 K", 10_000),
      heatmapCase(scale, 64),
      workerCase(scale),
      smallCase(),
    ];
  return [
    ...(
      [
        ["10 K", 1e4],
        ["100 K", 1e5],
        ["1 M", 1e6],
        ["10 M", 1e7],
      ] as const
    ).map(([label, count]) => lineCase(scale, label, count)),
    scatterCase(scale, "100 K", 1e5),
    histogramCase(scale, "1 M", 1e6),
    heatmapCase(scale, 2048),
    workerCase(scale),
    smallCase(),
  ];
}

const rivals = ["canvas by hand", "uplot", "echarts", "chart.js"];

function faster(caseName: string, wanted: number): Bar {
  return {
    name: `${caseName}: time of the fastest peer over ours`,
    wanted: `>= ${wanted}x`,
    judge: (look: Look) => {
      const ours = look(caseName, "millpond");
      const known = rivals.flatMap((rival) => {
        const time = look(caseName, rival);
        return time === undefined ? [] : [{ rival, time }];
      });
      if (ours === undefined || known.length === 0) return undefined;
      const best = known.reduce((a, b) => (a.time < b.time ? a : b));
      const ratio = best.time / ours;
      return { measured: `${digits(ratio)}x (${best.rival})`, met: ratio >= wanted };
    },
  };
}

const bars: readonly Bar[] = [
  workerBar,
  smallBar,
  faster("line, 10 K points", 5),
  faster("line, 100 K points", 5),
  faster("line, 1 M points", 6),
  faster("line, 10 M points", 6),
  {
    name: "line, 100 K points: mark-compacts",
    wanted: "none",
    judge: (look: Look) => {
      const major = look("line, 100 K points", "millpond", "gc.major");
      return major === undefined ? undefined : { measured: digits(major), met: major === 0 };
    },
  },
];

/** Found by the harness under the name of the folder. */
export const suite: Suite = { name: "plot", cases, bars };
