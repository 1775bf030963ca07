// Figures that differ from a first one in one thing that their layout depends on, and a worker that draws them in the
// opposite order: what is kept from one figure to the next cannot be kept wrongly in both.
import { createHash } from "node:crypto";
import { isMainThread, parentPort } from "node:worker_threads";

import {
  type AxisOptions,
  type FigureOptions,
  type LegendOptions,
  type Plot,
  plot,
} from "../../src/index.ts";

const HOUR = 3_600_000;
const xs = Float64Array.from({ length: 24 }, (_, index) => index * HOUR);
const ys = Float64Array.from(xs, (_, index) => 1 + ((index * 7) % 24));

interface Parts {
  readonly size?: FigureOptions;
  readonly x?: AxisOptions;
  readonly y?: AxisOptions;
  readonly legend?: LegendOptions;
  readonly title?: string;
  readonly label?: string;
  readonly factor?: number;
  readonly more?: (figure: Plot) => Plot;
}

function made({ size, x, y, legend, title = "Title", label = "label", factor = 1, more }: Parts): Plot {
  const figure = plot({ width: 320, height: 240, dpi: 60, ...size })
    .line(
      xs,
      ys.map((value) => value * factor),
      { label },
    )
    .title(title)
    .xlabel("x", { scale: "time", zone: "Europe/Berlin", ...x })
    .ylabel("y", y)
    .legend({ position: "upper left", ...legend });
  return more?.(figure) ?? figure;
}

const ticks = [2, 8, 20];
const symlog = { scale: "symlog", limits: [-30, 300] } as const;
const heights = { columns: 4, extent: { x: [0, HOUR], y: [0, 9] } } as const;
const bars = (valueLabel: string) => (figure: Plot) =>
  figure.heatmap([1, 2, 3, 4, 5, 6, 7, 8], { ...heights, valueLabel });

/** Everything that a layout depends on; all figures differ. */
const parts: Readonly<Record<string, Parts>> = {
  "the first one": {},
  width: { size: { width: 330 } },
  height: { size: { height: 250 } },
  "pixels in an inch": { size: { dpi: 66 } },
  "the theme": { size: { theme: "presentation" } },
  "a size of the theme": { size: { theme: { tickSize: 14 } } },
  "the title": { title: "Title $x^2$\nin two lines" },
  "the name of the data": { label: "longer label" },
  "the data": { factor: 1000 },
  "the label of an axis": { more: (figure) => figure.xlabel("two\nlines") },
  "no labels": { y: { labels: false } },
  "lower limit": { y: { limits: [-3, undefined] } },
  "upper limit": { y: { limits: [undefined, 31] } },
  "both limits": { y: { limits: [-3, 31] } },
  "limits the other way round": { y: { limits: [31, -3] } },
  inverted: { y: { inverted: true } },
  margin: { y: { margin: 0.3 } },
  nice: { y: { nice: true } },
  "how many ticks": { y: { ticks: 12 } },
  "which ticks": { y: { ticks } },
  "other ticks": { y: { ticks: [2, 8, 21] } },
  "what stands at ticks": { y: { ticks, tickLabels: ["two", "eight", "twenty"] } },
  "something else at ticks": { y: { ticks, tickLabels: ["2", "8", "much more"] } },
  notation: { y: { notation: "scientific" } },
  "minor ticks": { y: { minorTicks: true } },
  "a format": { y: { format: (value) => `${value} V` } },
  "another format": { y: { format: (value) => `${value} mV` } },
  zone: { x: { zone: "Asia/Kolkata" } },
  "no zone": { x: { zone: "UTC" } },
  "linear time": { x: { scale: "linear" } },
  log: { y: { scale: "log" } },
  "log without minor ticks": { y: { scale: "log", minorTicks: false } },
  symlog: { y: symlog },
  threshold: { y: { ...symlog, threshold: 5 } },
  names: { x: { scale: "category", categories: ["a", "b"] } },
  "other names": { x: { scale: "category", categories: ["a", "much longer name"] } },
  rotation: { x: { rotation: 60 } },
  "less rotation": { x: { rotation: 30 } },
  "legend outside": { legend: { position: "outside right" } },
  "legend title": { legend: { position: "outside right", title: "keys" } },
  "an axis at the right": { more: (figure) => figure.line(xs, xs, { axis: "right" }) },
  "a scale at the right": {
    more: (figure) => figure.line(xs, ys, { axis: "right" }).y2axis({ scale: "log", label: "log" }),
  },
  "a colour bar": { more: bars("a") },
  "a colour bar with another text": { more: bars("b\nc") },
  // The last one, so that it is the first one in the worker: all others have its limits.
  "room for more ticks": { size: { width: 900, height: 700 } },
};

/** The figures, made anew. */
export function layouts(): [name: string, figure: Plot][] {
  return Object.entries(parts).map(([name, part]) => [name, made(part)]);
}

/** What a figure looks like, in few letters. */
export function hash(pixels: Uint8Array): string {
  return createHash("sha256").update(pixels).digest("hex");
}

/** The hashes of figures, each drawn at once. */
export function drawn(figures: [name: string, figure: Plot][]): Map<string, string> {
  const draw = (figure: Plot): Uint8Array =>
    figure.pixels({ into: new Uint8Array(4 * figure.width * figure.height) });
  return new Map(figures.map(([name, figure]) => [name, hash(draw(figure))]));
}

if (!isMainThread) parentPort?.postMessage(drawn(layouts().toReversed()));
