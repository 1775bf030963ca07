// Colours that stand for values, from the least of some values to the largest.
import type { Series } from "@millpond/core";

import type { Ramp, Setting } from "../figure/mark.ts";
import type { Color } from "../paint/painter.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import { bendSymlog } from "../scale/mapping.ts";
import { colormap, type ColormapName } from "../theme/colormaps.ts";

/** How values are shown as colours. */
export interface RampOptions {
  /** The colours of the values. @defaultValue "viridis" */
  readonly colormap?: ColormapName | undefined;
  /** What the colour bar says. */
  readonly valueLabel?: string | undefined;
}

/** The colours of some values. */
export function valueRamp(values: Series, options: RampOptions, { workspace }: Setting): Ramp {
  const { low, high } = extentOf(summarize(values, workspace), -Number.MAX_VALUE);
  const known = low <= high;
  const colors = colormap(options.colormap ?? "viridis");
  return { colors, low: known ? low : 0, high: known ? high : 1, label: options.valueLabel, scale: "linear" };
}

/** The colour of a value; values outside have the colours of the ends, and missing ones none. */
export function rampColor(ramp: Ramp, value: number): Color {
  if (!(value === value)) return 0;
  const { colors, low, high } = ramp;
  const bend = bendOf(ramp);
  const share = high > low ? (bend(value) - bend(low)) / (bend(high) - bend(low)) : 0.5;
  return colors[Math.min(255, Math.max(0, Math.floor(share * 256)))];
}

/** What a ramp does with values before it spreads them evenly over its colours. */
export function bendOf({ scale, threshold = 1 }: Ramp): (value: number) => number {
  if (scale === "log") return Math.log10;
  return scale === "symlog" ? (value) => bendSymlog(value, threshold) : (value) => value;
}
