// Violins: how dense the numbers of a group lie, drawn to both sides, with a small box inside.
import type { Mark, Setting } from "../figure/mark.ts";
import { Points } from "../reduce/points.ts";
import { type Bandwidth, bandwidthOf, densities } from "../stats/density.ts";
import { boxNumbers, sortedNumbers } from "../stats/quantiles.ts";
import { mix } from "../theme/colors.ts";
import { extentOfSorted, fillBetweenPlaces, pixelOf, pushPlace, strokePlaces } from "./box.ts";
import { badOption } from "./data.ts";
import { groupColor, type GroupAxes, type GroupOptions, type Groups, groupsMark } from "./groups.ts";

/** Options of violins. */
export interface ViolinOptions extends GroupOptions {
  /** How wide the bells are. @defaultValue "scott" */
  readonly bandwidth?: Bandwidth | undefined;
  /** What is drawn inside. @defaultValue "box" */
  readonly inner?: "box" | "quartiles" | "none" | undefined;
  /** What makes a violin as wide as it can be: its densest place, its area, or how many numbers it has. @defaultValue "width" */
  readonly scale?: "width" | "area" | "count" | undefined;
  /** Draws one half only, the left or lower one or the other, so that two calls can share a place. @defaultValue "both" */
  readonly side?: "both" | "left" | "right" | undefined;
}

const PLACES = 128;

interface Violin {
  readonly sorted: Float64Array;
  readonly density: Float64Array;
  readonly low: number;
  readonly high: number;
  /** The density at its densest place. */
  readonly most: number;
}

/** A violin for each group. */
export function violinMark(name: string, groups: Groups, options: ViolinOptions): Mark {
  const { bandwidth = "scott", scale = "width", side = "both", inner = "box" } = options;
  checkBandwidth(name, bandwidth);
  for (const [option, value, known] of [
    ["scale", scale, ["width", "area", "count"]],
    ["side", side, ["both", "left", "right"]],
    ["inner", inner, ["box", "quartiles", "none"]],
  ] as const) {
    if (!(known as readonly string[]).includes(value))
      throw badOption(name, option, `one of ${known.join(", ")}`, value);
  }
  return groupsMark(name, groups, options, (found, setting) => {
    const violins = found.map(({ data }) => {
      const sorted = sortedNumbers(data, setting.workspace);
      const density = setting.workspace.numbers(PLACES);
      const width = bandwidthOf(sorted, bandwidth);
      const low = (sorted[0] ?? 0) - 2 * width;
      const high = (sorted[sorted.length - 1] ?? 0) + 2 * width;
      densities(sorted, width, low, high, density);
      return { sorted, density, low, high, most: density.reduce((a, b) => Math.max(a, b), 0) || 1 };
    });
    const densest = Math.max(...violins.map(({ most }) => most));
    const largest = Math.max(...violins.map(({ sorted }) => sorted.length));
    // The density that would be as wide as a violin can be.
    const peakOf = ({ most, sorted }: Violin): number =>
      scale === "width" ? most : scale === "area" ? densest : (most * largest) / sorted.length;
    const ends = violins
      .filter(({ sorted }) => sorted.length > 0)
      .map(({ low, high }) => Float64Array.of(low, high));
    return {
      extent: extentOfSorted(ends),
      paint: (index, axes) => {
        const violin = violins[index];
        if (violin.sorted.length > 0) drawViolin(index, violin, peakOf(violin), options, axes, setting);
      },
    };
  });
}

/** Refuses widths of bells that cannot be. */
export function checkBandwidth(name: string, bandwidth: unknown): void {
  if (bandwidth === "scott" || bandwidth === "silverman") return;
  if (typeof bandwidth === "number" && bandwidth > 0 && bandwidth < Infinity) return;
  throw badOption(name, "bandwidth", '"scott", "silverman" or a number above 0', bandwidth);
}

function drawViolin(
  index: number,
  violin: Violin,
  peak: number,
  options: ViolinOptions,
  axes: GroupAxes,
  setting: Setting,
): void {
  const { looks, workspace } = setting;
  const { density, low, high, sorted } = violin;
  const half = (options.width ?? 0.8) / 2;
  const [left, right] = [options.side === "right" ? 0 : half, options.side === "left" ? 0 : half];
  const outline = new Points(workspace, 2 * PLACES);
  const at = (step: number): number => low + ((high - low) * step) / (PLACES - 1);
  for (let step = 0; step < PLACES; step++)
    pushPlace(axes, index - (left * density[step]) / peak, at(step), outline);
  for (let step = PLACES - 1; step >= 0; step--)
    pushPlace(axes, index + (right * density[step]) / peak, at(step), outline);
  const color = groupColor(options, index, setting);
  const dark = mix(color, looks.text, 0.5);
  const { painter, occupancy } = axes.canvas;
  painter.fillPath(outline.xs, outline.ys, [outline.count], { color });
  painter.strokeRings(outline.xs, outline.ys, [outline.count], looks.stroke(dark, 1));
  occupancy.line(outline.xs, outline.ys, outline.count);
  const { inner = "box" } = options;
  const numbers = boxNumbers(sorted, "tukey");
  if (inner === "quartiles")
    drawQuartiles(index, [left / peak, right / peak], violin, numbers, dark, axes, setting);
  if (inner !== "box") return;
  strokePlaces(
    axes,
    [
      [index, numbers.lowWhisker],
      [index, numbers.highWhisker],
    ],
    looks.stroke(dark, 1),
  );
  fillBetweenPlaces(
    axes,
    index - 0.04,
    index + 0.04,
    numbers.lowQuartile,
    numbers.highQuartile,
    dark,
    looks.stroke(dark, 1),
  );
  const [x, y] = pixelOf(axes, index, numbers.median);
  const marker = { kind: "circle", size: looks.pixels(4), color: looks.panel } as const;
  painter.markers(Float64Array.of(x), Float64Array.of(y), 1, marker);
}

function drawQuartiles(
  index: number,
  [left, right]: readonly [number, number],
  { density, low, high }: Violin,
  numbers: ReturnType<typeof boxNumbers>,
  color: number,
  axes: GroupAxes,
  { looks }: Setting,
): void {
  for (const value of [numbers.lowQuartile, numbers.median, numbers.highQuartile]) {
    const step = Math.round(((value - low) / (high - low)) * (PLACES - 1));
    const dash = value === numbers.median ? undefined : [looks.pixels(2), looks.pixels(2)];
    strokePlaces(
      axes,
      [
        [index - left * density[step], value],
        [index + right * density[step], value],
      ],
      looks.stroke(color, 1, { dash }),
    );
  }
}
