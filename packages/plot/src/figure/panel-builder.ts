// The chain of calls that fills a panel. Every call checks what it can and adds a mark; data are looked at when the figure
// is drawn, so series that grow are shown as they are then.
import { isSeriesLike, type SeriesLike } from "@millpond/core";

import { show } from "../check.ts";
import { PlotError } from "../errors.ts";
import { lineMark, type LineOptions, stepMark, type StepOptions } from "../marks/line.ts";
import { scatterMark, type ScatterOptions } from "../marks/scatter.ts";
import { checkScale } from "../scale/scale.ts";
import type { AxisOptions } from "./axis-options.ts";
import { checkLegend, type LegendOptions, type LegendPosition } from "./legend.ts";
import type { Mark } from "./mark.ts";
import type { PanelContent } from "./panel.ts";

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
export class Panel {
  readonly #marks: Mark[] = [];
  #title: string | undefined;
  #x: AxisOptions = {};
  #y: AxisOptions = {};
  #y2: AxisOptions = {};
  #legend: LegendOptions | undefined;

  /** A line through points; without `xs` over 0, 1, 2 … */
  line(ys: SeriesLike, options?: LineOptions): this;
  line(xs: SeriesLike, ys: SeriesLike, options?: LineOptions): this;
  line(first: SeriesLike, second?: SeriesLike | LineOptions, third?: LineOptions): this {
    const { xs, ys, options } = sort(first, second, third);
    return this.#add(lineMark(this.#name("line", options), xs, ys, options));
  }

  /** A line in steps. */
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

  /** What stands above the panel. */
  title(text: string): this {
    this.#title = text;
    return this;
  }

  /** What stands along the x axis, and how it is scaled. */
  xlabel(label: string, options: AxisOptions = {}): this {
    return this.xaxis({ ...options, label });
  }

  /** What stands along the y axis, and how it is scaled. */
  ylabel(label: string, options: AxisOptions = {}): this {
    return this.yaxis({ ...options, label });
  }

  /** Scale, limits and ticks of the x axis; what was said before and is not said again holds. */
  xaxis(options: AxisOptions): this {
    checkScale("x axis", options);
    this.#x = { ...this.#x, ...options };
    return this;
  }

  /** Scale, limits and ticks of the y axis. */
  yaxis(options: AxisOptions): this {
    checkScale("y axis", options);
    this.#y = { ...this.#y, ...options };
    return this;
  }

  /** The axis at the right, which marks with `axis: "right"` belong to. */
  y2axis(options: AxisOptions): this {
    checkScale("right y axis", options);
    this.#y2 = { ...this.#y2, ...options };
    return this;
  }

  /** Lists what has a label. */
  legend(options: LegendOptions | LegendPosition = {}): this {
    const whole = typeof options === "string" ? { position: options } : options;
    checkLegend(whole);
    this.#legend = whole;
    return this;
  }

  /** Grid lines of both axes, on or off. */
  grid(shown: boolean): this {
    return this.xaxis({ grid: shown }).yaxis({ grid: shown });
  }

  /** @internal */
  _content(): PanelContent {
    const { x, y, y2 } = { x: this.#x, y: this.#y, y2: this.#y2 };
    return { marks: this.#marks, title: this.#title, x, y, y2, legend: this.#legend, bare: false };
  }

  #add(mark: Mark): this {
    this.#marks.push(mark);
    return this;
  }

  #name(kind: string, { label }: { readonly label?: string | undefined }): string {
    return label === undefined ? `${kind} ${this.#marks.length + 1}` : `${kind} "${label}"`;
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
