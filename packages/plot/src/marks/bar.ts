// Bars: single ones, groups side by side, and stacks; upright or lying.
import type { Series, SeriesLike } from "@millpond/core";

import { type Canvas, colorOf, type Mark, type Prepared, type Setting } from "../figure/mark.ts";
import { extentOf, summarize } from "../reduce/summary.ts";
import type { Looks } from "../figure/looks.ts";
import type { Color } from "../paint/painter.ts";
import { luminance, parseColor } from "../theme/colors.ts";
import type { Mapping } from "../scale/mapping.ts";
import type { Extent } from "../scale/scale.ts";
import { checkCellText } from "./check-options.ts";
import {
  badOption,
  checkLengths,
  checkNumber,
  columnsOf,
  isUpright,
  positionsOf,
  seriesOf,
  smallestStep,
} from "./data.ts";
import { type NumberTexts, numberTexts } from "./number-texts.ts";
import { type PatchOptions, type PatchStyle, patchKeys, patchStyle, Rectangles } from "./rectangles.ts";

/** Options of bars. */
export interface BarOptions extends PatchOptions {
  /** "horizontal" swaps the axes. @defaultValue "vertical" */
  readonly orientation?: "vertical" | "horizontal" | undefined;
  /** Of a bar, or of a group of bars, in values of the axis it stands on. @defaultValue 0.8 of the room for one */
  readonly width?: number | undefined;
  /** Which part of a bar, or of a group of bars, stands at a position: its middle, or the end that comes first. @defaultValue "center" */
  readonly align?: "center" | "edge" | undefined;
  /** Where bars begin. @defaultValue 0 */
  readonly base?: number | undefined;
  /** Writes the number beyond each bar, or into the parts of stacks, with as many digits as fit; a function gets it and returns a text. @defaultValue false */
  readonly barText?: boolean | ((value: number) => string) | undefined;
}

/** Options of several columns of bars. */
export interface BarsOptions extends Omit<BarOptions, "label" | "color"> {
  /** Side by side, or one on the other; what is negative goes down from the base. @defaultValue "grouped" */
  readonly mode?: "grouped" | "stacked" | undefined;
  /** How much of its place in a group a bar leaves free. @defaultValue 0 */
  readonly gap?: number | undefined;
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
  checkNumber(name, "gap", options.gap, 0, 0.99);
  checkAlign(name, options.align, at.names);
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

function checkAlign(name: string, align: BarOptions["align"], names: readonly string[] | undefined): void {
  if (align !== undefined && align !== "center" && align !== "edge")
    throw badOption(name, "align", '"center" or "edge"', align);
  if (align === "edge" && names !== undefined)
    throw badOption(name, "align", '"center" where positions are names', align);
}

/** Where bars stand: the first place of a group, how wide it is, and that of one column in it. */
interface Places {
  readonly at: ReturnType<typeof positionsOf>;
  /** From a position to where its group begins. */
  readonly shift: number;
  readonly width: number;
  /** From one column of a group to the next. */
  readonly step: number;
  /** What each bar leaves free at both of its sides. */
  readonly free: number;
}

function placesOf(at: Places["at"], columns: readonly Column[], options: BarsOptions): Places {
  const { width = 0.8 * (at.numbers === undefined ? 1 : smallestStep(at.numbers)) } = options;
  const step = options.mode === "stacked" ? 0 : width / columns.length;
  const free = options.mode === "stacked" ? 0 : (step * (options.gap ?? 0)) / 2;
  return { at, shift: options.align === "edge" ? 0 : -width / 2, width, step, free };
}

// Where the bar of a column at a position begins and ends; NaN where there is no position.
function placeOf({ at, shift, width, step, free }: Places, column: number, index: number): [number, number] {
  const from = (at.numbers === undefined ? index : at.numbers.at(index)) + shift + column * step;
  return [from + free, from + (step === 0 ? width : step) - free];
}

function prepareBars(
  at: ReturnType<typeof positionsOf>,
  columns: readonly Column[],
  upright: boolean,
  options: BarsOptions,
  setting: Setting,
): Prepared {
  const { base = 0 } = options;
  const places = placesOf(at, columns, options);
  const least = upright ? setting.yLeast : setting.xLeast;
  const stacked = options.mode === "stacked";
  const reach = stacked ? stackedExtent(columns, base, least) : groupedExtent(columns, base, least, setting);
  const isBeyond = upright && !stacked && least <= 0 && (options.barText ?? false) !== false;
  const values = isBeyond ? withTextRoom(reach, base) : reach;
  const along = { ...placesExtent(places, setting), names: at.names };
  const styles = columns.map((_, index) => {
    const own = { ...options, color: options.colors?.[index % options.colors.length] };
    return patchStyle(colorOf(own, setting, index), options, setting);
  });
  return {
    x: upright ? along : values,
    y: upright ? values : along,
    keys: columns.flatMap(({ label }, index) => patchKeys(label, styles[index])),
    draw(canvas) {
      drawColumns(places, columns, styles, upright, options, canvas, setting);
      writeBars(places, columns, styles, upright, options, canvas, setting);
    },
  };
}

// What numbers beyond the ends of bars take of an axis, at least in figures of usual size.
const TEXT_SHARE = 0.07;

function withTextRoom(reach: Extent, base: number): Extent {
  const more = (reach.high - reach.low) * TEXT_SHARE;
  const low = reach.low < base ? reach.low - more : reach.low;
  return { ...reach, low, high: reach.high > base ? reach.high + more : reach.high };
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

function placesExtent({ at, shift, width }: Places, { workspace }: Setting): Extent {
  if (at.numbers === undefined) return { low: 0, high: at.length - 1 };
  const { low, high } = extentOf(summarize(at.numbers, workspace), -Number.MAX_VALUE);
  return { low: low + shift, high: high + shift + width };
}

// Pixels: narrower bars lie where they are, wider ones at whole pixels, which looks sharper. Bars of less than a pixel are
// drawn one pixel wide, since nothing would be left of a thousandth of one.
const LEAST_SNAPPED = 5;

function drawColumns(
  places: Places,
  columns: readonly Column[],
  styles: readonly PatchStyle[],
  upright: boolean,
  options: BarsOptions,
  canvas: Canvas,
  { workspace }: Setting,
): void {
  const along = upright ? canvas.x : canvas.y;
  const up = upright ? canvas.y : canvas.x;
  const pixels = Math.abs(along.place(places.step === 0 ? places.width : places.step) - along.place(0));
  const isSnapped = pixels >= LEAST_SNAPPED || pixels < 1;
  for (const [column, { values }] of columns.entries()) {
    const rectangles = new Rectangles(workspace, values.length, isSnapped);
    for (let index = 0; index < values.length; index++) {
      const value = values.at(index);
      const [from, to] = placeOf(places, column, index);
      if (!Number.isFinite(value) || !Number.isFinite(from)) continue;
      const [start, end] = partOf(columns, column, index, options);
      addBar(rectangles, along, up, from, to, start, end, upright, canvas);
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
  places: Places,
  columns: readonly Column[],
  styles: readonly PatchStyle[],
  upright: boolean,
  options: BarsOptions,
  canvas: Canvas,
  { looks }: Setting,
): void {
  const { mode = "grouped", barText } = options;
  if (barText === undefined || barText === false) return;
  const [along, up] = upright ? [canvas.x, canvas.y] : [canvas.y, canvas.x];
  const stacked = mode === "stacked";
  const texts = textsAt(places, columns, barText, upright && !stacked, upright, along, looks, canvas);
  if (texts === undefined) return;
  for (const [column, { values }] of columns.entries()) {
    const fill = styles[column].fill.color;
    for (let index = 0; index < values.length; index++) {
      const value = values.at(index);
      const [from, to] = placeOf(places, column, index);
      if (!Number.isFinite(value) || !Number.isFinite(from)) continue;
      const [start, end] = partOf(columns, column, index, options).map((height) => up.place(height));
      const place = along.place((from + to) / 2);
      writeBar(texts.write(value), texts.size, place, start, end, stacked, upright, fill, canvas, looks);
    }
  }
}

// Numbers over bars may be a little wider than these, since the bars beside them are apart; numbers of lying bars may be as
// high as these.
function textsAt(
  places: Places,
  columns: readonly Column[],
  text: true | ((value: number) => string),
  over: boolean,
  upright: boolean,
  along: Mapping,
  looks: Looks,
  { painter }: Canvas,
): NumberTexts | undefined {
  const values = columns.flatMap((column) => Array.from(column.values, (value) => value));
  const known = values.filter((value) => Number.isFinite(value));
  const bar = Math.abs(along.place(places.step === 0 ? places.width : places.step) - along.place(0));
  if (upright) return numberTexts(known, text, bar * (over ? OVER : 1), looks.theme.tickSize, looks, painter);
  return numberTexts(known, text, Infinity, Math.min(looks.theme.tickSize, bar / looks.unit), looks, painter);
}

const OVER = 1.2;

// Points between the end of a bar and its number.
const TEXT_PAD = 3;
// Digits do not use all of the height of a line.
const PART_SHARE = 0.8;

function writeBar(
  text: string,
  size: number,
  place: number,
  start: number,
  end: number,
  stacked: boolean,
  upright: boolean,
  fill: Color,
  { painter, left, right, top, bottom }: Canvas,
  looks: Looks,
): void {
  const pad = looks.pixels(TEXT_PAD);
  const extent = painter.measure(text, looks.font(size));
  // A part of a stack that is smaller than its number says nothing.
  if (stacked && Math.abs(end - start) < (upright ? extent.height * PART_SHARE : extent.width)) return;
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
  const style = looks.textStyle(size, { color, anchor, baseline });
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
