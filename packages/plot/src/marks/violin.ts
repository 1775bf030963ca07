// Violins: how dense the numbers of a group lie, drawn to both sides, with a small box inside.
import type { Mark, Setting } from "../figure/mark.ts";
import type { Color } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";
import { type Bandwidth, bandwidthOf, densities } from "../stats/density.ts";
import { type BoxNumbers, boxNumbers, sortedNumbers } from "../stats/quantiles.ts";
import { mix } from "../theme/colors.ts";
import { extentOfSorted, fillBetweenPlaces, pixelOf, pushPlace, strokePlaces } from "./box.ts";
import { badOption } from "./data.ts";
import {
  type Group,
  type GroupAxes,
  groupColor,
  type GroupOptions,
  type Groups,
  groupsMark,
  namedGroups,
} from "./groups.ts";

/** Options of violins. */
export interface ViolinOptions extends GroupOptions {
  /** How wide the bells are. @defaultValue "scott" */
  readonly bandwidth?: Bandwidth | undefined;
  /** What is drawn inside: a small box, lines at the quartiles or at the median, each number, or nothing. @defaultValue "box" */
  readonly inner?: "box" | "quartiles" | "median" | "points" | "none" | undefined;
  /** What makes a violin as wide as it can be: its densest place, its area, or how many numbers it has. @defaultValue "width" */
  readonly scale?: "width" | "area" | "count" | undefined;
  /** Draws one half only, the left or lower one or the other, so that two calls can share a place. @defaultValue "both" */
  readonly side?: "both" | "left" | "right" | undefined;
  /** Joins the two parts of each group: the first is the left or lower half, the second the other one. @defaultValue false */
  readonly split?: boolean | undefined;
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
    ["inner", inner, ["box", "quartiles", "median", "points", "none"]],
  ] as const) {
    if (!(known as readonly string[]).includes(value))
      throw badOption(name, option, `one of ${known.join(", ")}`, value);
  }
  const named = namedGroups(name, groups);
  if (options.split === true && named.parts.length !== 2)
    throw badOption(name, "split", "true only where groups have two parts", options.split);
  const dodge = options.split === true ? false : options.dodge;
  return groupsMark(name, named, { ...options, dodge }, 0.8, (found, setting) => {
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
        const peak = peakOf(violin);
        if (violin.sorted.length > 0) drawViolin(found[index], violin, peak, options, axes, setting);
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
  group: Group,
  violin: Violin,
  peak: number,
  options: ViolinOptions,
  axes: GroupAxes,
  setting: Setting,
): void {
  const { looks, workspace } = setting;
  const { density, low, high } = violin;
  const { middle, part } = group;
  const half = group.width / 2;
  const side = options.split === true ? (part === 0 ? "left" : "right") : options.side;
  const [left, right] = [side === "right" ? 0 : half / peak, side === "left" ? 0 : half / peak];
  const outline = new Points(workspace, 2 * PLACES);
  const at = (step: number): number => low + ((high - low) * step) / (PLACES - 1);
  for (let step = 0; step < PLACES; step++) pushPlace(axes, middle - left * density[step], at(step), outline);
  for (let step = PLACES - 1; step >= 0; step--)
    pushPlace(axes, middle + right * density[step], at(step), outline);
  const color = groupColor(options, group.color, setting);
  const dark = mix(color, looks.text, 0.5);
  const { painter, occupancy } = axes.canvas;
  painter.fillPath(outline.xs, outline.ys, [outline.count], { color });
  painter.strokeRings(outline.xs, outline.ys, [outline.count], looks.stroke(dark, 1));
  occupancy.line(outline.xs, outline.ys, outline.count);
  drawInside(middle, [left, right], violin, options.inner ?? "box", dark, axes, setting);
}

// A half violin has its numbers and its box a little beside the middle, so that those of the other half have room.
const ASIDE = 0.06;

function drawInside(
  middle: number,
  sides: readonly [number, number],
  violin: Violin,
  inner: NonNullable<ViolinOptions["inner"]>,
  dark: Color,
  axes: GroupAxes,
  setting: Setting,
): void {
  const [left, right] = sides;
  const { sorted } = violin;
  const place = middle + (left === 0 ? ASIDE : right === 0 ? -ASIDE : 0);
  const numbers = boxNumbers(sorted, "tukey");
  const { lowQuartile, median, highQuartile } = numbers;
  if (inner === "box") drawSmallBox(place, numbers, dark, axes, setting);
  else if (inner === "points") drawNumbers(place, sorted, dark, axes, setting);
  else if (inner === "median") drawLevels(middle, sides, violin, [median], median, dark, axes, setting);
  else if (inner === "quartiles")
    drawLevels(middle, sides, violin, [lowQuartile, median, highQuartile], median, dark, axes, setting);
}

function drawSmallBox(
  place: number,
  numbers: BoxNumbers,
  dark: Color,
  axes: GroupAxes,
  { looks }: Setting,
): void {
  const line = looks.stroke(dark, 1);
  const { lowQuartile, highQuartile } = numbers;
  strokePlaces(
    axes,
    [
      [place, numbers.lowWhisker],
      [place, numbers.highWhisker],
    ],
    line,
  );
  fillBetweenPlaces(axes, place - 0.04, place + 0.04, lowQuartile, highQuartile, dark, line);
  const [x, y] = pixelOf(axes, place, numbers.median);
  const marker = { kind: "circle", size: looks.pixels(4), color: looks.panel } as const;
  axes.canvas.painter.markers(Float64Array.of(x), Float64Array.of(y), 1, marker);
}

function drawNumbers(
  place: number,
  sorted: Float64Array,
  color: Color,
  axes: GroupAxes,
  { looks, workspace }: Setting,
): void {
  const points = new Points(workspace, sorted.length);
  for (const value of sorted) pushPlace(axes, place, value, points);
  const style = { kind: "circle", size: looks.pixels(2.5), color } as const;
  axes.canvas.painter.markers(points.xs, points.ys, points.count, style);
}

// Lines across the violin; all but that of the median are dashed.
function drawLevels(
  middle: number,
  [left, right]: readonly [number, number],
  { density, low, high }: Violin,
  values: readonly number[],
  median: number,
  color: Color,
  axes: GroupAxes,
  { looks }: Setting,
): void {
  for (const value of values) {
    const step = Math.round(((value - low) / (high - low)) * (PLACES - 1));
    const dash = value === median ? undefined : [looks.pixels(2), looks.pixels(2)];
    strokePlaces(
      axes,
      [
        [middle - left * density[step], value],
        [middle + right * density[step], value],
      ],
      looks.stroke(color, 1, { dash }),
    );
  }
}
