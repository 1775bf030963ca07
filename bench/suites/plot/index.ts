// The plot suite: from typed arrays to the bytes of a PNG of 1000 x 600 pixels with a title, labels and a grid, beside
// Chart.js, ECharts, uPlot, Vega and a canvas drawn by hand.

import type { Case, Scale, Subject, Suite } from "../../lib/definition.ts";
import { allocationCases } from "./allocation.ts";
import { bars } from "./bars.ts";
import { cloud, lissajous, normal, type Points, pooled, table, wave } from "./data.ts";
import { type Draw, drawing, enduring } from "./drawing.ts";
import * as ours from "./ours.ts";
import * as peers from "./peers.ts";
import { smallCase } from "./small.ts";
import { uplotLine } from "./uplot.ts";
import { vegaLine } from "./vega.ts";
import { workerCase } from "./workers.ts";

const BINS = 60;

type Load<Data> = (data: Data) => Promise<Draw>;

interface Loads<Data> {
  readonly ours: Load<Data>;
  readonly peers: Readonly<Record<string, Load<Data>>>;
  /** Other ways of ours. */
  readonly variants?: Readonly<Record<string, Load<Data>>>;
}

function subjectsOf<Data>(scale: Scale, make: () => Data, loads: Loads<Data>): Subject[] {
  const subject = (name: string, role: Subject["role"], load: Load<Data>): Subject => ({
    name,
    role,
    setup: async () => {
      const data = make();
      const started = performance.now();
      const draw = await load(data);
      return drawing(draw, scale, performance.now() - started);
    },
  });
  return [
    subject("millpond", "ours", loads.ours),
    ...Object.entries(loads.variants ?? {}).map(([name, load]) => subject(name, "variant", load)),
    ...Object.entries(loads.peers).map(([name, load]) => subject(name, "peer", load)),
  ];
}

function lineCase(scale: Scale, label: string, count: number): Case {
  const always: Record<string, Load<Points>> = {
    "canvas by hand": peers.handDrawnLine,
    uplot: uplotLine,
    "echarts, minmax": (points) => peers.echartsResvg("line", points, "minmax"),
    "echarts, lttb": (points) => peers.echartsResvg("line", points, "lttb"),
  };
  // At ten million, what makes an object a point takes gigabytes.
  const upToMillion: Record<string, Load<Points>> = {
    "chart.js, decimated": (points) => peers.chartJs("line", points, true),
  };
  // At a million, what draws every point takes from seconds to half a minute.
  const upToHundredThousand: Record<string, Load<Points>> = {
    "chart.js": (points) => peers.chartJs("line", points, false),
    echarts: (points) => peers.echartsResvg("line", points),
    vega: vegaLine,
  };
  return {
    group: "A line",
    name: `line, ${label} points`,
    row: `${label} points`,
    metric: "time",
    subjects: subjectsOf(scale, () => wave(count), {
      ours: ours.line,
      variants: count < 1e7 ? { "millpond, a pool for each": ours.freshLine } : {},
      peers: {
        ...always,
        ...(count <= 1e6 ? upToMillion : {}),
        ...(count <= 1e5 ? upToHundredThousand : {}),
      },
    }),
  };
}

// Everybody gets arrays of a pool, which are Float64Arrays like others.
function pooledLineCase(scale: Scale, label: string, count: number): Case {
  return {
    group: "A line through points that lie in a pool",
    name: `line, ${label} pooled points`,
    row: `${label} points`,
    metric: "time",
    subjects: subjectsOf(scale, () => pooled(wave(count)), {
      ours: ours.line,
      peers: { "canvas by hand": peers.handDrawnLine, uplot: uplotLine },
    }),
  };
}

// Everybody is told that x ascends, as uPlot takes for granted anyway.
function sortedLineCase(scale: Scale, label: string, count: number): Case {
  return {
    group: "A line whose x is declared to ascend, so that few of x are read",
    name: `line, ${label} sorted points`,
    row: `${label} points`,
    metric: "time",
    subjects: subjectsOf(scale, () => wave(count), {
      ours: ours.sortedLine,
      variants: {
        "millpond, evenly spaced x": ours.evenLine,
        "millpond, without x": ours.indexLine,
        "millpond, nothing declared": ours.line,
      },
      peers: {
        "canvas by hand, sorted": peers.handDrawnSortedLine,
        "canvas by hand": peers.handDrawnLine,
        uplot: uplotLine,
      },
    }),
  };
}

function phaseCase(scale: Scale, label: string, count: number): Case {
  return {
    group: "A line whose x goes to and fro",
    name: `phase plot, ${label} points`,
    row: `${label} points`,
    metric: "time",
    subjects: subjectsOf(scale, () => lissajous(count), {
      ours: ours.line,
      peers: { "canvas by hand": peers.handDrawnPath },
    }),
  };
}

function scatterCase(scale: Scale, label: string, count: number): Case {
  // A million circles are more than a hundred megabytes of SVG, and Chart.js takes nine seconds for them.
  const upToHundredThousand: Record<string, Load<Points>> = {
    echarts: (points) => peers.echartsResvg("scatter", points),
    "chart.js": (points) => peers.chartJs("scatter", points, false),
  };
  return {
    group: "Scattered points",
    name: `scatter, ${label} points`,
    row: `${label} points`,
    metric: "time",
    subjects: subjectsOf(scale, () => cloud(count), {
      ours: ours.scatter,
      peers: { "canvas by hand": peers.handDrawnScatter, ...(count <= 1e5 ? upToHundredThousand : {}) },
    }),
  };
}

function histogramCase(scale: Scale, label: string, count: number): Case {
  return {
    group: "Others",
    name: `histogram, ${label} numbers`,
    row: `histogram, ${label}`,
    metric: "time",
    subjects: subjectsOf(scale, () => normal(count, 1), {
      ours: (values) => ours.histogram(values, BINS),
      peers: { "canvas by hand": (values) => peers.handDrawnHistogram(values, BINS) },
    }),
  };
}

function heatmapCase(scale: Scale, side: number): Case {
  return {
    group: "Others",
    name: `heatmap, ${side} squared`,
    row: `heatmap, ${side} squared`,
    metric: "time",
    subjects: subjectsOf(scale, () => table(side), {
      ours: (values) => ours.heatmap(values, side),
      peers: { "canvas by hand": (values) => peers.handDrawnHeatmap(values, side) },
    }),
  };
}

function enduranceCase(label: string, count: number, figures: number): Case {
  const subject = (name: string, role: Subject["role"], load: Load<Points>): Subject => ({
    name,
    role,
    setup: async () => enduring(await load(wave(count)), figures),
  });
  return {
    group: "Resident memory in the second half of many lines",
    name: `${figures} lines, ${label} points`,
    row: `${figures} of ${label} points`,
    metric: "rss.slope",
    subjects: [
      subject("millpond", "ours", ours.line),
      subject("millpond, a pool for each", "variant", ours.freshLine),
      subject("canvas by hand", "peer", peers.handDrawnLine),
      subject("echarts, lttb", "peer", (points) => peers.echartsResvg("line", points, "lttb")),
    ],
  };
}

function cases(scale: Scale): Case[] {
  if (scale === "quick")
    return [
      lineCase(scale, "10 K", 10_000),
      pooledLineCase(scale, "10 K", 10_000),
      sortedLineCase(scale, "10 K", 10_000),
      phaseCase(scale, "10 K", 10_000),
      scatterCase(scale, "1 K", 1000),
      histogramCase(scale, "10 K", 10_000),
      heatmapCase(scale, 64),
      enduranceCase("1 K", 1000, 4),
      workerCase(scale),
      smallCase(),
      ...allocationCases(scale),
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
    pooledLineCase(scale, "1 M", 1e6),
    pooledLineCase(scale, "10 M", 1e7),
    sortedLineCase(scale, "1 M", 1e6),
    sortedLineCase(scale, "10 M", 1e7),
    phaseCase(scale, "100 K", 1e5),
    phaseCase(scale, "1 M", 1e6),
    scatterCase(scale, "100 K", 1e5),
    scatterCase(scale, "1 M", 1e6),
    histogramCase(scale, "1 M", 1e6),
    heatmapCase(scale, 2048),
    enduranceCase("100 K", 1e5, 500),
    workerCase(scale),
    smallCase(),
    ...allocationCases(scale),
  ];
}

/** Found by the harness under the name of the folder. */
export const suite: Suite = { name: "plot", cases, bars };
