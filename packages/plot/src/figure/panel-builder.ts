// The chain of calls that fills a panel. Every call checks what it can and adds a mark; data are looked at when the figure
// is drawn, so series that grow are shown as they are then.
import { isSeriesLike, type SeriesLike } from "@millpond/core";

import { show } from "../check.ts";
import { PlotError } from "../errors.ts";
import {
  type BandOptions,
  ruleMark,
  type RuleOptions,
  spanMark,
  textMark,
  type TextOptions,
} from "../marks/annotations.ts";
import {
  areaMark,
  type AreaOptions,
  betweenMark,
  type BetweenOptions,
  stackMark,
  type StackOptions,
} from "../marks/area.ts";
import { barMark, type BarOptions, barsMark, type BarsOptions } from "../marks/bar.ts";
import { boxenMark, type BoxenOptions, boxMark, type BoxOptions } from "../marks/box.ts";
import { candleMark, type CandleOptions, type Prices } from "../marks/candlestick.ts";
import { nameOf } from "../marks/check-options.ts";
import { contourMark, type ContourOptions } from "../marks/contour.ts";
import { dendrogramMark, type DendrogramOptions } from "../marks/dendrogram.ts";
import { density2dMark, type Density2dOptions } from "../marks/density-contours.ts";
import { densityMark, type DensityOptions, ecdfMark, type EcdfOptions } from "../marks/distribution.ts";
import { errorBarMark, type ErrorBarOptions } from "../marks/error-bars.ts";
import type { Groups } from "../marks/groups.ts";
import { heatmapMark, type HeatmapOptions } from "../marks/heatmap.ts";
import { hexbinMark, type HexbinOptions } from "../marks/hexbin.ts";
import { histogramMark, type HistogramOptions } from "../marks/histogram.ts";
import { lineMark, type LineOptions, stepMark, type StepOptions } from "../marks/line.ts";
import { pieMark, type PieOptions } from "../marks/pie.ts";
import { polarMark, type PolarOptions } from "../marks/polar.ts";
import { quiverMark, type QuiverOptions } from "../marks/quiver.ts";
import { radarMark } from "../marks/radar.ts";
import { regressionMark, type RegressionOptions } from "../marks/regression.ts";
import { residualsMark, type ResidualsOptions } from "../marks/residuals.ts";
import { checkAlong, rugMark, type RugOptions } from "../marks/rug.ts";
import { scatterMark, type ScatterOptions } from "../marks/scatter.ts";
import { stemMark, type StemOptions } from "../marks/stem.ts";
import { stripMark, type StripOptions, swarmMark, type SwarmOptions } from "../marks/strip.ts";
import { violinMark, type ViolinOptions } from "../marks/violin.ts";
import type { WheelOptions } from "../marks/wheel-grid.ts";
import { type AxisOptions, checkAxis } from "./axis-options.ts";
import { Captions } from "./captions.ts";
import { checkInset, type InsetOptions, type Zoom } from "./inset.ts";
import type { Mark } from "./mark.ts";
import type { PanelContent } from "./panel-content.ts";

/**
 * The part of a figure that shows data over one pair of axes: `plot()` makes one, `subplots()` several.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, plot } from "@millpond/plot";
 *
 * const figure = plot().line([1, 3, 2], { label: "first" }).scatter([0, 1], [2, 2]).title("Two marks").legend();
 * assert(figure instanceof Panel);
 * ```
 */
export class Panel extends Captions {
  readonly #marks: Mark[] = [];
  #x: AxisOptions = {};
  #y: AxisOptions = {};
  #y2: AxisOptions = {};
  readonly #insets: { readonly panel: Panel; readonly options: InsetOptions }[] = [];
  // True for what has no axes.
  #bare = false;

  /** A line through points; without `xs` over 0, 1, 2 … */
  line(ys: SeriesLike, options?: LineOptions): this;
  line(xs: SeriesLike, ys: SeriesLike, options?: LineOptions): this;
  line(first: SeriesLike, second?: SeriesLike | LineOptions, third?: LineOptions): this {
    const { xs, ys, options } = sort(first, second, third);
    return this.#add(lineMark(this.#name("line", options), xs, ys, options));
  }

  /** A line in steps; an `area` with `where` is filled below one. */
  step(ys: SeriesLike, options?: StepOptions): this;
  step(xs: SeriesLike, ys: SeriesLike, options?: StepOptions): this;
  step(first: SeriesLike, second?: SeriesLike | StepOptions, third?: StepOptions): this {
    const { xs, ys, options } = sort(first, second, third);
    return this.#add(stepMark(this.#name("step", options), xs, ys, options));
  }

  /** A marker at each point. */
  scatter(ys: SeriesLike, options?: ScatterOptions): this;
  scatter(xs: SeriesLike, ys: SeriesLike, options?: ScatterOptions): this;
  scatter(first: SeriesLike, second?: SeriesLike | ScatterOptions, third?: ScatterOptions): this {
    const { xs, ys, options } = sort(first, second, third);
    return this.#add(scatterMark(this.#name("scatter", options), xs, ys, options));
  }

  /** The area between a line and a base. */
  area(ys: SeriesLike, options?: AreaOptions): this;
  area(xs: SeriesLike, ys: SeriesLike, options?: AreaOptions): this;
  area(first: SeriesLike, second?: SeriesLike | AreaOptions, third?: AreaOptions): this {
    const { xs, ys, options } = sort(first, second, third);
    return this.#add(areaMark(this.#name("area", options), xs, ys, options));
  }

  /** The area between two lines over the same x. */
  fillBetween(xs: SeriesLike, lows: SeriesLike, highs: SeriesLike, options: BetweenOptions = {}): this {
    return this.#add(betweenMark(this.#name("area", options), xs, lows, highs, options));
  }

  /** Areas on each other, one for each named column. */
  stackedArea(
    xs: SeriesLike,
    columns: Readonly<Record<string, SeriesLike>>,
    options: StackOptions = {},
  ): this {
    return this.#add(stackMark(this.#name("stack", options), xs, columns, options));
  }

  /** A bar for each name or position. */
  bar(positions: SeriesLike | readonly string[], values: SeriesLike, options: BarOptions = {}): this {
    return this.#add(barMark(this.#name("bar", options), positions, values, options));
  }

  /** Bars for each name or position, one for each named column: side by side, or stacked. */
  bars(
    positions: SeriesLike | readonly string[],
    columns: Readonly<Record<string, SeriesLike>>,
    options: BarsOptions = {},
  ): this {
    return this.#add(barsMark(this.#name("bars", options), positions, columns, options));
  }

  /** How many numbers lie in each of some bins. */
  histogram(values: SeriesLike, options: HistogramOptions = {}): this {
    return this.#add(histogramMark(this.#name("histogram", options), values, options));
  }

  /** Points with bars that show how sure they are. */
  errorBars(xs: SeriesLike, ys: SeriesLike, options: ErrorBarOptions): this {
    return this.#add(errorBarMark(this.#name("error bars", options), xs, ys, options));
  }

  /** A table of numbers as colours; values come row after row. */
  heatmap(values: SeriesLike, options: HeatmapOptions): this {
    return this.#add(heatmapMark(this.#name("heatmap", options), values, options));
  }

  /** A box for each named group of numbers. */
  box(groups: Groups, options: BoxOptions = {}): this {
    return this.#add(boxMark(this.#name("box", options), groups, options));
  }

  /** Boxes for each halving of the tails, of each named group of numbers. */
  boxen(groups: Groups, options: BoxenOptions = {}): this {
    return this.#add(boxenMark(this.#name("boxen", options), groups, options));
  }

  /** How dense the numbers of each named group lie. */
  violin(groups: Groups, options: ViolinOptions = {}): this {
    return this.#add(violinMark(this.#name("violin", options), groups, options));
  }

  /** A marker for each number of each named group, shifted at random. */
  strip(groups: Groups, options: StripOptions = {}): this {
    return this.#add(stripMark(this.#name("strip", options), groups, options));
  }

  /** A marker for each number of each named group, side by side where they would overlap. */
  swarm(groups: Groups, options: SwarmOptions = {}): this {
    return this.#add(swarmMark(this.#name("swarm", options), groups, options));
  }

  /** A curve of how dense numbers lie. */
  kde(values: SeriesLike, options: DensityOptions = {}): this {
    return this.#add(densityMark(this.#name("kde", options), values, options));
  }

  /** Which share of some numbers lies at or below each place. */
  ecdf(values: SeriesLike, options: EcdfOptions = {}): this {
    return this.#add(ecdfMark(this.#name("ecdf", options), values, options));
  }

  /** A short line at the edge of the panel for each number; of two lists, one belongs to each axis. */
  rug(values: SeriesLike, options?: RugOptions): this;
  rug(xs: SeriesLike, ys: SeriesLike, options?: RugOptions): this;
  rug(first: SeriesLike, second?: SeriesLike | RugOptions, third?: RugOptions): this {
    const { xs, ys, options } = sort(first, second, third);
    const name = this.#name("rug", options);
    checkAlong(name, options.along);
    if (xs === undefined && options.along !== "y") return this.#add(rugMark(name, ys, undefined, options));
    return this.#add(rugMark(name, xs, ys, options));
  }

  /** A line from a base to each point, with a marker at its end. */
  stem(ys: SeriesLike, options?: StemOptions): this;
  stem(xs: SeriesLike, ys: SeriesLike, options?: StemOptions): this;
  stem(first: SeriesLike, second?: SeriesLike | StemOptions, third?: StemOptions): this {
    const { xs, ys, options } = sort(first, second, third);
    return this.#add(stemMark(this.#name("stem", options), xs, ys, options));
  }

  /** Open, high, low and close of each period. */
  candlestick(xs: SeriesLike, prices: Prices, options: CandleOptions = {}): this {
    return this.#add(candleMark(this.#name("candlestick", options), xs, prices, options));
  }

  /** Shares of a whole; the panel has no axes then. */
  pie(values: SeriesLike, options: PieOptions = {}): this {
    this.#bare = true;
    return this.#add(pieMark(this.#name("pie", options), values, options));
  }

  /** Polygons over spokes, one for each named column; the panel has no axes then. */
  radar(
    spokes: readonly string[],
    columns: Readonly<Record<string, SeriesLike>>,
    options: WheelOptions = {},
  ): this {
    this.#bare = true;
    return this.#add(radarMark(this.#name("radar", options), spokes, columns, options));
  }

  /** Lines of distances at angles, one for each named column; the panel has no axes then. */
  polar(angles: SeriesLike, columns: Readonly<Record<string, SeriesLike>>, options: PolarOptions = {}): this {
    this.#bare = true;
    return this.#add(polarMark(this.#name("polar", options), angles, columns, options));
  }

  /** A tree of which points belong together; values come point after point. */
  dendrogram(values: SeriesLike, options: DendrogramOptions): this {
    return this.#add(dendrogramMark(this.#name("dendrogram", options), values, options));
  }

  /** Lines of equal height through a table of numbers, or areas between them; values come row after row. */
  contour(values: SeriesLike, options: ContourOptions): this {
    return this.#add(contourMark(this.#name("contour", options), values, options));
  }

  /** How dense points lie: lines of equal density, or areas between them. */
  kde2d(xs: SeriesLike, ys: SeriesLike, options: Density2dOptions = {}): this {
    return this.#add(density2dMark(this.#name("kde2d", options), xs, ys, options));
  }

  /** How far points lie above and below the line of least squares through them. */
  residuals(xs: SeriesLike, ys: SeriesLike, options: ResidualsOptions = {}): this {
    return this.#add(residualsMark(this.#name("residuals", options), xs, ys, options));
  }

  /** How many points lie in each hexagon of a grid. */
  hexbin(xs: SeriesLike, ys: SeriesLike, options: HexbinOptions = {}): this {
    return this.#add(hexbinMark(this.#name("hexbin", options), xs, ys, options));
  }

  /** The straight line through points with the least squares, or another polynomial. */
  regression(xs: SeriesLike, ys: SeriesLike, options: RegressionOptions = {}): this {
    return this.#add(regressionMark(this.#name("regression", options), xs, ys, options));
  }

  /** An arrow (u, v) at each point (x, y). */
  quiver(xs: SeriesLike, ys: SeriesLike, us: SeriesLike, vs: SeriesLike, options: QuiverOptions = {}): this {
    return this.#add(quiverMark(this.#name("quiver", options), xs, ys, us, vs, options));
  }

  /** A line across the panel at a value of y. */
  hline(y: number, options: RuleOptions = {}): this {
    return this.#add(ruleMark(this.#name("hline", options), "y", y, options));
  }

  /** A line across the panel at a value of x. */
  vline(x: number, options: RuleOptions = {}): this {
    return this.#add(ruleMark(this.#name("vline", options), "x", x, options));
  }

  /** Fills what lies between two values of x, below the data. */
  xspan(low: number, high: number, options: BandOptions = {}): this {
    return this.#add(spanMark(this.#name("xspan", options), [low, high], undefined, options));
  }

  /** Fills what lies between two values of y, below the data. */
  yspan(low: number, high: number, options: BandOptions = {}): this {
    return this.#add(spanMark(this.#name("yspan", options), undefined, [low, high], options));
  }

  /** Fills a rectangle between two values of x and two of y, below the data. */
  rectangle(xs: readonly [number, number], ys: readonly [number, number], options: BandOptions = {}): this {
    return this.#add(spanMark(this.#name("rectangle", options), xs, ys, options));
  }

  /** A text at a point, with an arrow to another one if wanted. */
  text(x: number, y: number, text: string, options: TextOptions = {}): this {
    return this.#add(textMark(this.#name("text", options), [x, y], text, options));
  }

  /** Scale, limits and ticks of the x axis; what was said before and is not said again holds. */
  override xaxis(options: AxisOptions): this {
    checkAxis("x axis", options, ["bottom", "top"]);
    this.#x = { ...this.#x, ...options };
    return this;
  }

  /** Scale, limits and ticks of the y axis. */
  override yaxis(options: AxisOptions): this {
    checkAxis("y axis", options, ["left", "right"]);
    this.#y = { ...this.#y, ...options };
    return this;
  }

  /** The second y axis, which marks with `axis: "right"` belong to: at the right, or opposite to the first one. */
  y2axis(options: AxisOptions): this {
    checkAxis("right y axis", options, []);
    this.#y2 = { ...this.#y2, ...options };
    return this;
  }

  /** A small panel within this one, over its data: for another plot, or with `zoom` for part of this one. */
  inset(options: InsetOptions = {}): Panel {
    checkInset(options);
    const panel = new Panel();
    this.#insets.push({ panel, options });
    return panel;
  }

  /** Grid lines of both axes, on or off. */
  grid(shown: boolean): this {
    return this.xaxis({ grid: shown }).yaxis({ grid: shown });
  }

  /** @internal */
  _content(): PanelContent {
    const insets = this.#insets.map(({ panel, options }) => ({
      content: options.zoom === undefined ? panel._content() : panel.#zoomed(this, options.zoom),
      options,
    }));
    const { title, legend } = this._captions;
    const axes = { x: this.#x, y: this.#y, y2: this.#y2 };
    return { marks: this.#marks, title, ...axes, legend, bare: this.#bare, insets };
  }

  // What another panel shows between some values, below what this one has of its own.
  #zoomed(whole: Panel, zoom: Zoom): PanelContent {
    const own = this._content();
    const marks = [...whole.#marks, ...own.marks];
    const part = (of: AxisOptions, limits: Zoom["x"], more: AxisOptions): AxisOptions => ({
      ...of,
      label: undefined,
      limits,
      ...more,
    });
    return { ...own, marks, x: part(whole.#x, zoom.x, own.x), y: part(whole.#y, zoom.y, own.y) };
  }

  #add(mark: Mark): this {
    this.#marks.push(mark);
    return this;
  }

  #name(kind: string, options: object): string {
    return nameOf(kind, this.#marks.length + 1, options);
  }
}

// Data by themselves, or places along x and data.
function sort<O extends object>(
  first: SeriesLike,
  second: SeriesLike | O | undefined,
  third: O | undefined,
): { xs: SeriesLike | undefined; ys: SeriesLike; options: O } {
  if (isData(second)) return { xs: first, ys: second, options: third ?? ({} as O) };
  if (third !== undefined) throw new PlotError("BAD_DATA", `expected numbers for y, got ${show(second)}`);
  return { xs: undefined, ys: first, options: second ?? ({} as O) };
}

function isData(value: unknown): value is SeriesLike {
  return Array.isArray(value) || isSeriesLike(value);
}
