// How others draw the pictures of the suite, each set up as its own pages advise for speed: from typed arrays to the bytes
// of a PNG. Loading happens here, outside of what is measured.

import { fileURLToPath } from "node:url";

import type * as Skia from "@napi-rs/canvas";
import type { Canvas, SKRSContext2D } from "@napi-rs/canvas";
import type { ChartConfiguration } from "chart.js";

import { HEIGHT, type Points, TITLE, WIDTH, X_LABEL, Y_LABEL } from "./data.ts";
import type { Draw } from "./drawing.ts";

const COLOR = "#1f77b4";
const font = fileURLToPath(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));

/** The canvas, with that font. */
export async function canvasLibrary(): Promise<typeof Skia> {
  const library = await import("@napi-rs/canvas");
  library.GlobalFonts.registerFromPath(font, "DejaVu Sans");
  return library;
}

// Frame, grid, title and labels as somebody would draw them by hand.
async function page(): Promise<{
  canvas: Canvas;
  context: SKRSContext2D;
  begin: () => void;
  box: { left: number; right: number; top: number; bottom: number };
}> {
  const { createCanvas } = await canvasLibrary();
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d");
  const box = { left: 70, right: 980, top: 50, bottom: 540 };
  const begin = (): void => {
    context.fillStyle = "white";
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.strokeStyle = "#b0b0b0";
    context.fillStyle = "black";
    context.lineWidth = 1;
    context.font = "12px DejaVu Sans";
    context.textAlign = "center";
    for (let tick = 0; tick <= 10; tick++) {
      const x = box.left + ((box.right - box.left) * tick) / 10;
      line(context, x, box.top, x, box.bottom);
      context.fillText(String(tick * 10), x, box.bottom + 18);
    }
    for (let tick = 0; tick <= 8; tick++) {
      const y = box.top + ((box.bottom - box.top) * tick) / 8;
      line(context, box.left, y, box.right, y);
      context.fillText(String(tick), box.left - 20, y + 4);
    }
    context.font = "20px DejaVu Sans";
    context.fillText(TITLE, WIDTH / 2, 30);
    context.font = "14px DejaVu Sans";
    context.fillText(X_LABEL, WIDTH / 2, HEIGHT - 20);
    context.strokeStyle = COLOR;
    context.lineWidth = 1.5;
  };
  return { canvas, context, begin, box };
}

function line(context: SKRSContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

function limits(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

// A function of its own, as somebody who cares would write it.
function columnLimits(
  xs: Float64Array,
  ys: Float64Array,
  xLow: number,
  across: number,
  lows: Float64Array,
  highs: Float64Array,
): void {
  for (let index = 0; index < xs.length; index++) {
    const column = Math.floor((xs[index] - xLow) * across);
    const value = ys[index];
    if (value < lows[column]) lows[column] = value;
    if (value > highs[column]) highs[column] = value;
  }
}

// The same where x ascends: its ends are its limits, columns are searched, and y is read once.
function sortedColumnLimits(
  xs: Float64Array,
  ys: Float64Array,
  lows: Float64Array,
  highs: Float64Array,
): void {
  const [first, last] = [xs[0], xs[xs.length - 1]];
  for (let column = 0, from = 0; column < lows.length; column++) {
    const border = first + ((column + 1) / lows.length) * (last - first);
    const to = column === lows.length - 1 ? xs.length : firstFrom(xs, border, from);
    [lows[column], highs[column]] = limits(ys.subarray(from, to));
    from = to;
  }
}

// Lets V8 compile the loops for good before they meet millions of points: it replaces a running loop by code of a middle
// tier that makes an object of each number, and ten million points took 115 to 170 ms instead of 75.
function prime(columns: number): void {
  const few = Float64Array.from({ length: 1000 }, (_, index) => index);
  const lows = new Float64Array(columns + 1);
  const highs = new Float64Array(columns + 1);
  for (let times = 0; times < 1000; times++) {
    const [low, high] = limits(few);
    columnLimits(few, few, low, columns / (high - low), lows, highs);
    sortedColumnLimits(few, few, lows, highs);
  }
}

/** @napi-rs/canvas by hand, with the extremes of each column of pixels. */
export async function handDrawnLine({ xs, ys }: Points): Promise<Draw> {
  const { canvas, context, begin, box } = await page();
  const columns = box.right - box.left;
  const lows = new Float64Array(columns + 1);
  const highs = new Float64Array(columns + 1);
  prime(columns);
  return () => {
    begin();
    const [xLow, xHigh] = limits(xs);
    const [yLow, yHigh] = limits(ys);
    lows.fill(Infinity);
    highs.fill(-Infinity);
    columnLimits(xs, ys, xLow, columns / (xHigh - xLow), lows, highs);
    strokeColumns(context, box, lows, highs, yLow, yHigh);
    return canvas.toBuffer("image/png");
  };
}

function strokeColumns(
  context: SKRSContext2D,
  box: { left: number; top: number; bottom: number },
  lows: Float64Array,
  highs: Float64Array,
  yLow: number,
  yHigh: number,
): void {
  const up = (box.bottom - box.top) / (yHigh - yLow);
  context.beginPath();
  for (let column = 0; column < lows.length; column++) {
    if (lows[column] === Infinity) continue;
    context.lineTo(box.left + column + 0.5, box.bottom - (lows[column] - yLow) * up);
    context.lineTo(box.left + column + 0.5, box.bottom - (highs[column] - yLow) * up);
  }
  context.stroke();
}

/** @napi-rs/canvas by hand, one path through all points: x goes to and fro, so that columns say nothing. */
export async function handDrawnPath({ xs, ys }: Points): Promise<Draw> {
  const { canvas, context, begin, box } = await page();
  return () => {
    begin();
    const [xLow, xHigh] = limits(xs);
    const [yLow, yHigh] = limits(ys);
    const across = (box.right - box.left) / (xHigh - xLow);
    const up = (box.bottom - box.top) / (yHigh - yLow);
    context.beginPath();
    for (let index = 0; index < xs.length; index++)
      context.lineTo(box.left + (xs[index] - xLow) * across, box.bottom - (ys[index] - yLow) * up);
    context.stroke();
    return canvas.toBuffer("image/png");
  };
}

/** The same by somebody who knows that x ascends. */
export async function handDrawnSortedLine({ xs, ys }: Points): Promise<Draw> {
  const { canvas, context, begin, box } = await page();
  const columns = box.right - box.left;
  const lows = new Float64Array(columns);
  const highs = new Float64Array(columns);
  prime(columns);
  return () => {
    begin();
    sortedColumnLimits(xs, ys, lows, highs);
    strokeColumns(context, box, lows, highs, limits(lows)[0], limits(highs)[1]);
    return canvas.toBuffer("image/png");
  };
}

// The first index, not before `start`, whose number is not below `least`.
function firstFrom(ascending: Float64Array, least: number, start: number): number {
  let [low, high] = [start, ascending.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (ascending[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @napi-rs/canvas by hand, a disc for each point. */
export async function handDrawnScatter({ xs, ys }: Points): Promise<Draw> {
  const { canvas, context, begin, box } = await page();
  return () => {
    begin();
    const [xLow, xHigh] = limits(xs);
    const [yLow, yHigh] = limits(ys);
    context.fillStyle = COLOR;
    for (let index = 0; index < xs.length; index++) {
      const x = box.left + ((xs[index] - xLow) / (xHigh - xLow)) * (box.right - box.left);
      const y = box.bottom - ((ys[index] - yLow) / (yHigh - yLow)) * (box.bottom - box.top);
      context.beginPath();
      context.arc(x, y, 2, 0, 2 * Math.PI);
      context.fill();
    }
    return canvas.toBuffer("image/png");
  };
}

/** @napi-rs/canvas by hand, numbers counted in a loop. */
export async function handDrawnHistogram(values: Float64Array, bins: number): Promise<Draw> {
  const { canvas, context, begin, box } = await page();
  const counts = new Float64Array(bins);
  return () => {
    begin();
    const [low, high] = limits(values);
    counts.fill(0);
    for (let index = 0; index < values.length; index++) {
      counts[Math.min(bins - 1, Math.floor(((values[index] - low) / (high - low)) * bins))]++;
    }
    const most = Math.max(...counts);
    const width = (box.right - box.left) / bins;
    context.fillStyle = COLOR;
    for (const [bin, count] of counts.entries()) {
      const height = ((box.bottom - box.top) * count) / most;
      context.fillRect(box.left + bin * width, box.bottom - height, width - 1, height);
    }
    return canvas.toBuffer("image/png");
  };
}

/** @napi-rs/canvas by hand: cells as image data, scaled by the canvas. */
export async function handDrawnHeatmap(values: Float64Array, side: number): Promise<Draw> {
  const { createCanvas } = await canvasLibrary();
  const { canvas, context, begin, box } = await page();
  const cells = createCanvas(side, side);
  const cellContext = cells.getContext("2d");
  return () => {
    begin();
    const [low, high] = limits(values);
    const image = cellContext.createImageData(side, side);
    for (let index = 0; index < values.length; index++) {
      const share = (values[index] - low) / (high - low);
      image.data[4 * index] = 255 * share;
      image.data[4 * index + 1] = 255 * (1 - Math.abs(2 * share - 1));
      image.data[4 * index + 2] = 255 * (1 - share);
      image.data[4 * index + 3] = 255;
    }
    cellContext.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(cells, box.left, box.top, box.right - box.left, box.bottom - box.top);
    return canvas.toBuffer("image/png");
  };
}

/** Chart.js on @napi-rs/canvas: no animation, no parsing; lines with min-max decimation or without. */
export async function chartJs(
  kind: "line" | "scatter",
  { xs, ys }: Points,
  decimated: boolean,
): Promise<Draw> {
  const { createCanvas } = await canvasLibrary();
  const { BasicPlatform, Chart, registerables } = await import("chart.js");
  Chart.register(...registerables);
  Chart.defaults.font.family = "DejaVu Sans";
  const canvas = createCanvas(WIDTH, HEIGHT);
  return () => {
    const data: { x: number; y: number }[] = [];
    for (let index = 0; index < xs.length; index++) data.push({ x: xs[index], y: ys[index] });
    const config: ChartConfiguration<"line" | "scatter", { x: number; y: number }[]> = {
      type: kind,
      platform: BasicPlatform,
      data: {
        datasets: [
          {
            data,
            borderColor: COLOR,
            backgroundColor: COLOR,
            borderWidth: 1.5,
            pointRadius: kind === "line" ? 0 : 2,
          },
        ],
      },
      options: {
        animation: false,
        parsing: false,
        normalized: kind === "line",
        responsive: false,
        devicePixelRatio: 1,
        scales: {
          x: { type: "linear", title: { display: true, text: X_LABEL } },
          y: { title: { display: true, text: Y_LABEL } },
        },
        plugins: {
          title: { display: true, text: TITLE },
          legend: { display: false },
          decimation: { enabled: decimated, algorithm: "min-max" },
        },
      },
    };
    const chart = new Chart(canvas, config);
    const png = canvas.toBuffer("image/png");
    chart.destroy();
    return png;
  };
}

/** ECharts to SVG on the server, and resvg to pixels; a line may be sampled. */
export async function echartsResvg(
  kind: "line" | "scatter",
  { xs, ys }: Points,
  sampling?: "minmax" | "lttb",
): Promise<Draw> {
  const echarts = await import("echarts");
  const { Resvg } = await import("@resvg/resvg-js");
  return () => {
    const both = new Float64Array(2 * xs.length);
    for (let index = 0; index < xs.length; index++) {
      both[2 * index] = xs[index];
      both[2 * index + 1] = ys[index];
    }
    const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
    chart.setOption({
      animation: false,
      title: { text: TITLE, left: "center" },
      backgroundColor: "#ffffff",
      dataset: { source: both, dimensions: ["x", "y"], sourceHeader: false },
      xAxis: { type: "value", name: X_LABEL, nameLocation: "middle" },
      yAxis: { type: "value", name: Y_LABEL, nameLocation: "middle" },
      series: [
        kind === "line"
          ? {
              type: "line",
              ...(sampling === undefined ? {} : { sampling }),
              showSymbol: false,
              lineStyle: { width: 1.5 },
              encode: { x: "x", y: "y" },
            }
          : { type: "scatter", symbolSize: 4, encode: { x: "x", y: "y" } },
      ],
    });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return new Resvg(svg, {
      font: { fontFiles: [font], loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
    })
      .render()
      .asPng();
  };
}
