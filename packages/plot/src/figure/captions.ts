// What stands around the data of any panel, flat or in space: its title, the names of its axes, its legend.
import { unlike } from "../check.ts";
import type { AxisOptions } from "./axis-options.ts";
import { checkLegend, type LegendOptions, type LegendPosition } from "./legend.ts";

/** A panel as far as its captions go. */
export abstract class Captions {
  #title: string | undefined;
  #legend: LegendOptions | undefined;

  /** What was told last. @internal */
  get _captions(): { readonly title: string | undefined; readonly legend: LegendOptions | undefined } {
    return { title: this.#title, legend: this.#legend };
  }

  /** Scale, limits and ticks of the x axis; what was said before and is not said again holds. */
  abstract xaxis(options: AxisOptions): this;

  /** Scale, limits and ticks of the y axis. */
  abstract yaxis(options: AxisOptions): this;

  /** What stands above the panel. */
  title(text: string): this {
    if (typeof text !== "string") throw unlike("the title to be a string", text);
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

  /** Lists what has a label. */
  legend(options: LegendOptions | LegendPosition = {}): this {
    const whole = typeof options === "string" ? { position: options } : options;
    checkLegend(whole);
    this.#legend = whole;
    return this;
  }
}
