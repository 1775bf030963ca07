// Bars: single ones, groups side by side, and stacks; upright or lying.
import type { Series, SeriesLike } from "@millpond/core";

import { type Canvas, colorOf, type Mark, type Prepared, type Setting } from "../figure/mark.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import type { Looks } from "../figure/looks.ts";
import type { Color } from "../paint/painter.ts";
import { labelNumber } from "../scale/tick-labels.ts";
import { luminance, parseColor } from "../theme/colors.ts";
import type { Mapping } from "../scale/mapping.ts";
import type { Extent } from "../scale/scale.ts";
import { checkCellText } from "./check-options.ts";
import { badOption, checkLengths, checkNumber, columnsOf, isUpright, positionsOf, seriesOf } from "./data.ts";
import { type PatchOptions, type PatchStyle, patchKeys, patchStyle, Rectangles } from "./rectangles.ts";

/** Options of bars. */
export interface BarOptions extends PatchOptions {
  /** "horizontal" swaps the axes. @defaultValue "vertical" */
  readonly orientation?: "vertical" | "horizontal" | undefined;
  /** Of a bar, or of a group of bars, in values of the axis it stands on. @defaultValue 0.8 */
  readonly width?: number | undefined;
  /** Where bars begin. @defaultValue 0 */
  readonly base?: number | undefined;
  /** Writes the number beyond each bar, or into the parts of stacks; a function gets it and returns a text. @defaultValue false */
  readonly barText?: boolean | ((value: number) => string) | undefined;
}

/** Options of several columns of bars. */
export interface BarsOptions extends Omit<BarOptions, "label" | "color"> {
  /** Side by side, or one on the other; what is negative goes down from the base. @defaultValue "grouped" */
  readonly mode?: "grouped" | "stacked" | undefined;
  /** A colour for each column. @defaultValue the palette's next */
  readonly colors?: readonly string[] | undefined;
}

interface Column {
  readonly label: string | undefined;
  readonly values: Series;
}

/** One bar for each position. */
export function barMark(
  name: string,
  positions: SeriesLike | readonly string[],
  values: SeriesLike,
  options: BarOptions,
): Mark {
  const columns = [{ label: options.label, values: seriesOf(values, name, "values") }];
  const colors = options.color === undefined ? undefined : [options.color];
  return columnsMark(name, positions, columns, { ...options, colors, mode: "grouped" });
}

/** Several bars for each position, one for each named column. */
export function barsMark(
  name: string,
  positions: SeriesLike | readonly string[],
  columns: Readonly<Record<string, SeriesLike>>,
  options: BarsOptions,
): Mark {
  return columnsMark(name, positions, columnsOf(name, "columns", columns), options);
}

function columnsMark(
  name: string,
  positions: SeriesLike | readonly string[],
  columns: readonly Column[],
  options: BarsOptions,
): Mark {
  const { mode = "grouped" } = options;
  const at = positionsOf(positions, name, "positions");
  for (const { label, values } of columns) {
    checkLengths(name, { positions: at.length, [label ?? "values"]: values.length });
  }
  checkNumber(name, "width", options.width, 0, Number.MAX_VALUE);
  checkCellText(name, "barText", options.barText);
  if (mode !== "grouped" && mode !== "stacked") throw badOption(name, "mode", '"grouped" or "stacked"', mode);
  const upright = isUpright(name, options.orientation);
  return {
    name,
    colors: options.colors === undefined ? columns.length : 0,
    axis: options.axis ?? "left",
    prepare: (setting) => prepareBars(at, columns, upright, options, setting),
  };
}

function prepareBars(
  at: ReturnType<typeof positionsOf>,
  columns: readonly Column[],
  upright: boolean,
  options: BarsOptions,
  setting: Setting,
): Prepared {
  const { width = 0.8, base = 0 } = options;
  const least = upright ? setting.yLeast : setting.xLeast;
  const values =
    options.mode === "stacked"
      ? stackedExtent(columns, base, least)
      : groupedExtent(columns, base, least, setting);
  const places = { ...placesExtent(at, width, setting), names: at.names };
  const styles = columns.map((_, index) => {
    const own = { ...options, color: options.colors?.[index % options.colors.length] };
    return patchStyle(colorOf(own, setting, index), options, setting);
  });
  return {
    x: upright ? places : values,
    y: upright ? values : places,
    keys: columns.flatMap(({ label }, index) => patchKeys(label, styles[index])),
    draw(canvas) {
      drawColumns(at, columns, styles, upright, options, canvas, setting);
      writeBars(at, columns, styles, upright, options, canvas, setting);
    },
  };
}

function groupedExtent(
  columns: readonly Column[],
  base: number,
  least: number,
  { workspace }: Setting,
): Extent {
  const extents = columns.map(({ values }) => extentOf(summarize(values, workspace), least));
  const good = base >= least ? [base] : [];
  const low = Math.min(...good, ...extents.map((extent) => extent.low));
  const high = Math.max(...good, ...extents.map((extent) => extent.high));
  return { low, high, base: good[0] };
}

function stackedExtent(columns: readonly Column[], base: number, least: number): Extent {
  let low = base >= least ? base : Infinity;
  let high = base;
  for (let index = 0; index < (columns[0]?.values.length ?? 0); index++) {
    const [down, up] = stackTo(columns, columns.length, index, base);
    if (down >= least) low = Math.min(low, down);
    if (base < least && up >= least) low = Math.min(low, up);
    high = Math.max(high, up);
  }
  return { low, high, base };
}

// How far the first columns of a stack reach, downwards and upwards.
function stackTo(columns: readonly Column[], count: number, index: number, base: number): [number, number] {
  let down = base;
  let up = base;
  for (let column = 0; column < count; column++) {
    const value = columns[column].values.at(index);
    if (value < 0 && value > -Infinity) down += value;
    else if (value > 0 && value < Infinity) up += value;
  }
  return [down, up];
}

function placesExtent(at: ReturnType<typeof positionsOf>, width: number, { workspace }: Setting): Extent {
  if (at.numbers === undefined) return { low: 0, high: at.length - 1 };
  const { low, high } = extentOf(summarize(at.numbers, workspace), -Number.MAX_VALUE);
  return { low: low - width / 2, high: high + width / 2 };
}

function drawColumns(
  at: ReturnType<typeof positionsOf>,
  columns: readonly Column[],
  styles: readonly PatchStyle[],
  upright: boolean,
  options: BarsOptions,
  canvas: Canvas,
  { workspace }: Setting,
): void {
  const { width = 0.8, mode = "grouped" } = options;
  const along = upright ? canvas.x : canvas.y;
  const up = upright ? canvas.y : canvas.x;
  const share = mode === "grouped" ? width / columns.length : width;
  for (const [column, { values }] of columns.entries()) {
    const rectangles = new Rectangles(workspace, values.length);
    for (let index = 0; index < values.length; index++) {
      const value = values.at(index);
      const middle = at.numbers === undefined ? index : at.numbers.at(index);
      if (!Number.isFinite(value) || !Number.isFinite(middle)) continue;
      const from = middle - width / 2 + (mode === "grouped" ? column * share : 0);
      const [start, end] = partOf(columns, column, index, options);
      addBar(rectangles, along, up, from, from + share, start, end, upright, canvas);
    }
    rectangles.draw(canvas, styles[column]);
  }
}

// Where the part of a column at a position begins and ends along the axis of values.
function partOf(
  columns: readonly Column[],
  column: number,
  index: number,
  { mode = "grouped", base = 0 }: BarsOptions,
): [number, number] {
  const value = columns[column].values.at(index);
  if (mode === "grouped") return [base, value];
  const start = stackTo(columns, column, index, base)[value < 0 ? 0 : 1];
  return [start, start + value];
}

// Numbers beyond the ends of bars (or within them, where the panel ends), or in the middle of the parts of stacks.
function writeBars(
  at: ReturnType<typeof positionsOf>,
  columns: readonly Column[],
  styles: readonly PatchStyle[],
  upright: boolean,
  options: BarsOptions,
  canvas: Canvas,
  { looks }: Setting,
): void {
  const { width = 0.8, mode = "grouped", barText } = options;
  if (barText === undefined || barText === false) return;
  const write = barText === true ? labelNumber : barText;
  const [along, up] = upright ? [canvas.x, canvas.y] : [canvas.y, canvas.x];
  const stacked = mode === "stacked";
  const share = stacked ? width : width / columns.length;
  for (const [column, { values }] of columns.entries()) {
    const fill = styles[column].fill.color;
    for (let index = 0; index < values.length; index++) {
      const value = values.at(index);
      const middle = at.numbers === undefined ? index : at.numbers.at(index);
      if (!Number.isFinite(value) || !Number.isFinite(middle)) continue;
      const [start, end] = partOf(columns, column, index, options).map((height) => up.place(height));
      const place = along.place(middle - width / 2 + (stacked ? 0.5 : column + 0.5) * share);
      writeBar(write(value), place, start, end, stacked, upright, fill, canvas, looks);
    }
  }
}

// Points between the end of a bar and its number.
const TEXT_PAD = 3;

function writeBar(
  text: string,
  place: number,
  start: number,
  end: number,
  stacked: boolean,
  upright: boolean,
  fill: Color,
  { painter, left, right, top, bottom }: Canvas,
  looks: Looks,
): void {
  const { tickSize } = looks.theme;
  const pad = looks.pixels(TEXT_PAD);
  const extent = painter.measure(text, looks.font(tickSize));
  // Upwards on the screen is to smaller numbers.
  const beyond = Math.sign(end - start) || (upright ? -1 : 1);
  const [first, last] = upright ? [top, bottom] : [left, right];
  const free = beyond > 0 ? last - end : end - first;
  const inside = stacked || free < pad + (upright ? extent.height : extent.width);
  const side = stacked ? 0 : inside ? -beyond : beyond;
  const far = stacked ? (start + end) / 2 : end + side * pad;
  const anchor = upright || side === 0 ? "middle" : side > 0 ? "start" : "end";
  const baseline = !upright || side === 0 ? "middle" : side > 0 ? "top" : "bottom";
  const color = inside ? parseColor(luminance(fill) > 0.55 ? "black" : "white") : looks.text;
  const style = looks.textStyle(tickSize, { color, anchor, baseline });
  painter.text(text, upright ? place : far, upright ? far : place, style);
}

function addBar(
  rectangles: Rectangles,
  along: Mapping,
  up: Mapping,
  from: number,
  to: number,
  start: number,
  end: number,
  upright: boolean,
  canvas: Canvas,
): void {
  const [a, b, c, d] = [along.place(from), along.place(to), up.place(start), up.place(end)];
  if (upright) rectangles.add(a, b, c, d, canvas);
  else rectangles.add(c, d, a, b, canvas);
}
