// The grid of charts around a middle: rings at values, spokes with names. Radar charts have rings with corners, polar ones
// round ones.
import type { Series } from "@millpond/core";

import type { Canvas, Setting } from "../figure/mark.ts";
import type { StrokeStyle } from "../paint/painter.ts";
import { multiple, multiples, niceStep } from "../scale/nice.ts";
import { labelNumbers } from "../scale/tick-labels.ts";
import { fade } from "../theme/colors.ts";
import { isNumbers } from "./check-options.ts";
import { badOption, checkNumber } from "./data.ts";
import { pointOn, type RimName, type Wheel, wheelWithin, writeRimName } from "./wheel.ts";

/** Options of charts around a middle. */
export interface WheelOptions {
  /** The value in the middle. @defaultValue 0 */
  readonly least?: number | undefined;
  /** The value at the rim. @defaultValue the largest value, rounded up */
  readonly most?: number | undefined;
  /** About how many rings there are, or their values. @defaultValue 5 */
  readonly rings?: number | readonly number[] | undefined;
  /** Opacity of the insides. @defaultValue 0.15 on radar charts, 0 on polar ones */
  readonly fill?: number | undefined;
  /** A colour for each column. @defaultValue the palette's */
  readonly colors?: readonly string[] | undefined;
  /** Points: the width of the lines. @defaultValue the theme's, 1.5 */
  readonly width?: number | undefined;
}

/** A named column. */
export interface WheelColumn {
  readonly label: string;
  readonly values: Series;
}

/** Refuses options that no chart around a middle can have. */
export function checkWheel(name: string, { least = 0, most, rings, fill, width }: WheelOptions): void {
  checkNumber(name, "least", least, -Number.MAX_VALUE, Number.MAX_VALUE);
  if (most !== undefined && !(Number.isFinite(most) && most > least && Number.isFinite(most - least)))
    throw badOption(name, "most", `a finite number above ${least}`, most);
  checkNumber(name, "fill", fill, 0, 1);
  checkNumber(name, "width", width, 0, 1000);
  if (typeof rings === "number") checkNumber(name, "rings", rings, 1, 100);
  else if (rings !== undefined && !(isNumbers(rings) && rings.every((value) => value > least)))
    throw badOption(name, "rings", `a count or finite numbers above ${least}`, rings);
}

/** The values in the middle and at the rim; the largest one, rounded up, if nobody says which. */
export function reachOf(columns: readonly WheelColumn[], { least = 0, most }: WheelOptions): Reach {
  return { least, most: most ?? rimOf(columns, least) };
}

/** The values in the middle and at the rim. */
export interface Reach {
  readonly least: number;
  readonly most: number;
}

/** How far from the middle a value is: 1 at the rim. */
export function shareOf(value: number, { least, most }: Reach): number {
  return (value - least) / (most - least);
}

function rimOf(columns: readonly WheelColumn[], least: number): number {
  let most = least;
  for (const { values } of columns) {
    for (let index = 0; index < values.length; index++) {
      const value = values.at(index);
      if (value > most && value < Infinity) most = value;
    }
  }
  if (most === least) return least + (Math.abs(least) || 1);
  const step = niceStep(least, most, 5);
  const below = multiples(step, least, most).at(-1) ?? least;
  return below >= most ? below : below + multiple(step, 1);
}

/** The stroke of each column. */
export function strokesOf(
  columns: readonly WheelColumn[],
  { colors, width }: WheelOptions,
  { looks }: Setting,
): StrokeStyle[] {
  return columns.map((_, index) => {
    const color = looks.color(colors?.[index % colors.length] ?? `C${index}`);
    return looks.stroke(color, width ?? looks.theme.lineWidth);
  });
}

// Round rings have as many corners.
const ROUND = 180;

/** Draws rings and spokes with their names, as large as there is room. */
export function drawWheel(
  names: readonly RimName[],
  reach: Reach,
  round: boolean,
  options: WheelOptions,
  canvas: Canvas,
  { looks }: Setting,
): Wheel {
  const { painter, occupancy } = canvas;
  const { rings = 5 } = options;
  const { least, most } = reach;
  const values = typeof rings === "number" ? multiples(niceStep(least, most, rings), least, most) : rings;
  const shown = values.filter((value) => value > least && value <= most);
  const wheel = wheelWithin(names, canvas, looks);
  const grid = looks.stroke(fade(looks.frame, 0.3), looks.theme.gridWidth);
  const corners = round
    ? Array.from({ length: ROUND }, (_, index) => index / ROUND)
    : names.map(({ turn }) => turn);
  for (const value of new Set([...shown, most])) {
    const points = corners.map((turn) => pointOn(wheel, turn, shareOf(value, reach)));
    const xs = Float64Array.from(points, ([x]) => x);
    const ys = Float64Array.from(points, ([, y]) => y);
    painter.strokeRings(xs, ys, [xs.length], grid);
  }
  for (const name of names) {
    const [x, y] = pointOn(wheel, name.turn, 1);
    painter.strokeLine(Float64Array.of(wheel.x, x), Float64Array.of(wheel.y, y), 2, grid);
  }
  for (const name of wheel.names) writeRimName(name, wheel, canvas, looks);
  writeRings(shown, reach, wheel, canvas, looks);
  occupancy.rect(wheel.x - wheel.radius, wheel.y - wheel.radius, 2 * wheel.radius, 2 * wheel.radius);
  return wheel;
}

// Numbers at the rings, upwards from the middle. The rim has a name beside it, and no number.
function writeRings(
  rings: readonly number[],
  reach: Reach,
  { x, y, radius }: Wheel,
  { painter }: Canvas,
  looks: Setting["looks"],
): void {
  const style = looks.textStyle(looks.theme.tickSize * 0.9, {
    baseline: "middle",
    color: fade(looks.text, 0.7),
  });
  for (const [index, label] of labelNumbers(rings).entries()) {
    if (rings[index] < reach.most)
      painter.text(label, x + looks.pixels(3), y - radius * shareOf(rings[index], reach), style);
  }
}
