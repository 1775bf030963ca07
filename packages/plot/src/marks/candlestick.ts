// Prices over time: a candle (or a bar with two ticks) from the lowest to the highest, open and close marked.
import type { Series, SeriesLike } from "@millpond/core";

import { checkOptions } from "../check.ts";
import type { Canvas, Mark, MarkOptions, Setting } from "../figure/mark.ts";
import type { Looks } from "../figure/looks.ts";
import type { Color } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import type { Extent } from "../scale/scale.ts";
import { fade } from "../theme/colors.ts";
import { badOption, checkLengths, seriesOf, smallestStep } from "./data.ts";
import { Rectangles } from "./rectangles.ts";

/** The four prices of each period. */
export interface Prices {
  /** The first of each period. */
  readonly open: SeriesLike;
  /** The highest. */
  readonly high: SeriesLike;
  /** The lowest. */
  readonly low: SeriesLike;
  /** The last. */
  readonly close: SeriesLike;
}

/** Options of candles. */
export interface CandleOptions extends Omit<MarkOptions, "color" | "label"> {
  /** Candles, or bars with a tick at the left for open and one at the right for close. @defaultValue "candle" */
  readonly kind?: "candle" | "ohlc" | undefined;
  /** Of periods that close no lower than they open. @defaultValue "#2ca02c" */
  readonly up?: string | undefined;
  /** Of the other ones. @defaultValue "#d62728" */
  readonly down?: string | undefined;
  /** How much of the room between two periods is taken. @defaultValue 0.7 */
  readonly width?: number | undefined;
  /** Leaves the candles of periods that close no lower than they open empty. @defaultValue false */
  readonly hollow?: boolean | undefined;
  /** How much was traded in each period: bars in the lowest fifth of the panel, below the prices. */
  readonly volume?: SeriesLike | undefined;
}

interface Columns {
  readonly xs: Series;
  readonly open: Series;
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
  readonly volume: Series | undefined;
}

// How much of the panel is for volumes, and how much of that stays free below the prices.
const VOLUME_SHARE = 0.2;
const VOLUME_GAP = 0.05;

/** A candle for each period. */
export function candleMark(name: string, xs: SeriesLike, prices: Prices, options: CandleOptions): Mark {
  checkOptions(`${name}: prices`, prices);
  const columns = {
    xs: seriesOf(xs, name, "x"),
    open: seriesOf(prices.open, name, "open"),
    high: seriesOf(prices.high, name, "high"),
    low: seriesOf(prices.low, name, "low"),
    close: seriesOf(prices.close, name, "close"),
    volume: options.volume === undefined ? undefined : seriesOf(options.volume, name, "volume"),
  };
  const { xs: x, ...rest } = columns;
  for (const [what, data] of Object.entries(rest))
    if (data !== undefined) checkLengths(name, { x: x.length, [what]: data.length });
  const { kind = "candle" } = options;
  if (kind !== "candle" && kind !== "ohlc") throw badOption(name, "kind", '"candle" or "ohlc"', kind);
  return {
    name,
    colors: 0,
    axis: options.axis ?? "left",
    prepare(setting) {
      const { workspace } = setting;
      const across = extentOf(summarize(columns.xs, workspace), setting.xLeast);
      const low = extentOf(summarize(columns.low, workspace), setting.yLeast);
      const high = extentOf(summarize(columns.high, workspace), setting.yLeast);
      const period = smallestStep(columns.xs);
      const most = columns.volume === undefined ? 0 : extentOf(summarize(columns.volume, workspace), 0).high;
      return {
        x: { low: across.low - period / 2, high: across.high + period / 2 },
        y: belowThem(
          { low: Math.min(low.low, high.low), high: Math.max(low.high, high.high) },
          columns,
          setting,
        ),
        keys: [],
        draw(canvas) {
          drawVolumes(columns, most, period, options, canvas, setting);
          drawCandles(columns, true, period, options, canvas, setting);
          drawCandles(columns, false, period, options, canvas, setting);
        },
      };
    },
  };
}

// Room for volumes below the prices: so much of the panel as they take.
function belowThem(prices: Extent, { volume }: Columns, { yLeast }: Setting): Extent {
  const { low, high } = prices;
  if (volume === undefined || !(low < high)) return prices;
  const factor = VOLUME_SHARE / (1 - VOLUME_SHARE);
  const down = yLeast > 0 ? low * (low / high) ** factor : low - (high - low) * factor;
  return { low: down >= yLeast ? down : low, high };
}

function drawVolumes(
  { xs, open, close, volume }: Columns,
  most: number,
  period: number,
  options: CandleOptions,
  canvas: Canvas,
  { workspace, looks }: Setting,
): void {
  if (volume === undefined || !(most > 0)) return;
  const { x, top, bottom } = canvas;
  const tallest = (bottom - top) * (VOLUME_SHARE - VOLUME_GAP);
  // Gaps between narrow bars would come and go with the rounding to pixels.
  const isNarrow = Math.abs(x.place(period) - x.place(0)) < LEAST_HOLLOW;
  const half = ((isNarrow ? 1 : (options.width ?? 0.7)) * period) / 2;
  for (const rising of [true, false]) {
    const bars = new Rectangles(workspace, xs.length);
    for (let index = 0; index < xs.length; index++) {
      const at = xs.at(index);
      const share = volume.at(index) / most;
      if (!x.has(at) || !(share > 0) || close.at(index) >= open.at(index) !== rising) continue;
      bars.add(x.place(at - half), x.place(at + half), bottom, bottom - tallest * share, canvas);
    }
    bars.draw(canvas, { fill: { color: fade(colorFor(rising, options, looks), 0.5) }, edge: undefined });
  }
}

function colorFor(
  rising: boolean,
  { up = "#2ca02c", down = "#d62728", alpha = 1 }: CandleOptions,
  looks: Looks,
): Color {
  return looks.color(rising ? up : down, alpha);
}

// Pixels.
const LEAST_HOLLOW = 5;

// Those that rise, or those that fall: each kind is drawn in one go.
function drawCandles(
  columns: Columns,
  rising: boolean,
  period: number,
  options: CandleOptions,
  canvas: Canvas,
  setting: Setting,
): void {
  const { xs, open, high, low, close } = columns;
  const { x, y, painter } = canvas;
  const { workspace, looks } = setting;
  const color = colorFor(rising, options, looks);
  const wicks = new Points(workspace, 3 * xs.length);
  const [solid, empty] = [new Rectangles(workspace, xs.length), new Rectangles(workspace, xs.length)];
  const half = ((options.width ?? 0.7) * period) / 2;
  const isHollow = rising && options.hollow === true;
  for (let index = 0; index < xs.length; index++) {
    const [at, from, to] = [xs.at(index), open.at(index), close.at(index)];
    const values = [from, to, high.at(index), low.at(index)];
    if (!x.has(at) || !values.every((value) => y.has(value)) || to >= from !== rising) continue;
    addLine(wicks, x.place(at), y.place(low.at(index)), x.place(at), y.place(high.at(index)));
    const [left, right, first, last] = [x.place(at - half), x.place(at + half), y.place(from), y.place(to)];
    if (options.kind === "ohlc") {
      addLine(wicks, left, first, x.place(at), first);
      addLine(wicks, x.place(at), last, right, last);
      continue;
    }
    // One too small for an edge would be nothing at all.
    const isLarge = Math.min(Math.abs(right - left), Math.abs(last - first)) >= LEAST_HOLLOW;
    const bodies = isHollow && isLarge ? empty : solid;
    bodies.add(left, right, first, last + (from === to ? 1 : 0), canvas);
  }
  const line = looks.stroke(color, 1);
  painter.strokeLine(wicks.xs, wicks.ys, wicks.count, line);
  solid.draw(canvas, { fill: { color }, edge: undefined });
  // An empty candle hides the line behind it.
  empty.draw(canvas, { fill: { color: looks.panel }, edge: { ...line, join: "miter" } });
  canvas.occupancy.line(wicks.xs, wicks.ys, wicks.count);
}

function addLine(out: Points, x0: number, y0: number, x1: number, y1: number): void {
  out.push(x0, y0);
  out.push(x1, y1);
  out.gap();
}
