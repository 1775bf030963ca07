// Prices over time: a candle (or a bar with two ticks) from the lowest to the highest, open and close marked.
import type { Series, SeriesLike } from "@millpond/core";

import { checkOptions } from "../check.ts";
import type { Canvas, Mark, MarkOptions, Setting } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import { badOption, checkLengths, seriesOf } from "./data.ts";
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
}

interface Columns {
  readonly xs: Series;
  readonly open: Series;
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
}

/** A candle for each period. */
export function candleMark(name: string, xs: SeriesLike, prices: Prices, options: CandleOptions): Mark {
  checkOptions(`${name}: prices`, prices);
  const columns = {
    xs: seriesOf(xs, name, "x"),
    open: seriesOf(prices.open, name, "open"),
    high: seriesOf(prices.high, name, "high"),
    low: seriesOf(prices.low, name, "low"),
    close: seriesOf(prices.close, name, "close"),
  };
  checkLengths(name, Object.fromEntries(Object.entries(columns).map(([what, { length }]) => [what, length])));
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
      return {
        x: { low: across.low - period / 2, high: across.high + period / 2 },
        y: { low: Math.min(low.low, high.low), high: Math.max(low.high, high.high) },
        keys: [],
        draw(canvas) {
          drawCandles(columns, true, period, options, canvas, setting);
          drawCandles(columns, false, period, options, canvas, setting);
        },
      };
    },
  };
}

// The room of one period.
function smallestStep(xs: Series): number {
  let step = Infinity;
  for (let index = 1; index < xs.length; index++) {
    const apart = Math.abs(xs.at(index) - xs.at(index - 1));
    if (apart > 0) step = Math.min(step, apart);
  }
  return step === Infinity ? 1 : step;
}

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
  const color = looks.color(
    rising ? (options.up ?? "#2ca02c") : (options.down ?? "#d62728"),
    options.alpha ?? 1,
  );
  const wicks = new Points(workspace, 3 * xs.length);
  const bodies = new Rectangles(workspace, xs.length);
  const half = ((options.width ?? 0.7) * period) / 2;
  for (let index = 0; index < xs.length; index++) {
    const [at, from, to] = [xs.at(index), open.at(index), close.at(index)];
    const values = [from, to, high.at(index), low.at(index)];
    if (!x.has(at) || !values.every((value) => y.has(value)) || to >= from !== rising) continue;
    line(wicks, x.place(at), y.place(low.at(index)), x.place(at), y.place(high.at(index)));
    if (options.kind === "ohlc") {
      line(wicks, x.place(at - half), y.place(from), x.place(at), y.place(from));
      line(wicks, x.place(at), y.place(to), x.place(at + half), y.place(to));
    } else
      bodies.add(
        x.place(at - half),
        x.place(at + half),
        y.place(from),
        y.place(to) + (from === to ? 1 : 0),
        canvas,
      );
  }
  painter.strokeLine(wicks.xs, wicks.ys, wicks.count, looks.stroke(color, 1));
  bodies.draw(canvas, { fill: { color }, edge: undefined });
  canvas.occupancy.line(wicks.xs, wicks.ys, wicks.count);
}

function line(out: Points, x0: number, y0: number, x1: number, y1: number): void {
  out.push(x0, y0);
  out.push(x1, y1);
  out.gap();
}
