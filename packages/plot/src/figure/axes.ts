// The axes of a panel: how much room their labels take, and drawing ticks, labels, grid and frame. Lines one pixel wide
// are put on whole pixels, so that they are sharp.
import type { FontStyle, Painter, TextStyle } from "../paint/painter.ts";
import type { Mapping } from "../scale/mapping.ts";
import type { Scale } from "../scale/scale.ts";
import type { Ticks } from "../scale/ticks.ts";
import { type AxisOptions, isAcross, type Side } from "./axis-options.ts";
import { fitsBroken, fittedText } from "../paint/fit-text.ts";
import type { Looks } from "./looks.ts";

/** Whole pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An axis with its ticks. */
export interface Axis {
  readonly side: Side;
  readonly scale: Scale;
  readonly options: AxisOptions;
  readonly ticks: Ticks;
  /** Degrees by which the labels are turned. */
  readonly rotation: number;
  /** Pixels from the frame to the far end of the tick labels. */
  readonly labelRoom: number;
  /** What stands along it, in lines; empty for nothing. */
  readonly label: string;
}

// Points between a tick and its label, and between tick labels and the label of the axis.
const TICK_PAD = 3.5;
const LABEL_PAD = 4;
// How many ticks a short axis is tried with.
const LEAST_TICKS = 5;

/**
 * The ticks of an axis of a given length in pixels, and how much room their labels take; `depth` is how many pixels there are
 * across it, of which names take their share at most.
 */
export function layAxis(
  side: Side,
  scale: Scale,
  options: AxisOptions,
  length: number,
  depth: number,
  looks: Looks,
  painter: Painter,
): Axis {
  const font = looks.font(looks.theme.tickSize);
  const away = looks.pixels(looks.theme.tickLength + TICK_PAD);
  const found = fittingTicks(side, scale, options, length, font, painter);
  const label = fittedText(
    options.label ?? "",
    length,
    LABEL_LINES,
    looks.font(looks.theme.labelSize),
    painter,
  );
  const own = { side, scale, options, label };
  if (options.labels === false) {
    const labelRoom = found.majors.length === 0 ? 0 : looks.pixels(looks.theme.tickLength);
    return { ...own, ticks: found, rotation: 0, labelRoom };
  }
  const { ticks, rotation } =
    scale.kind === "category"
      ? fittingNames(side, found, options, length, depth * NAME_SHARE, font, painter)
      : { ticks: found, rotation: isAcross(side) ? (options.rotation ?? 0) : 0 };
  const extents = ticks.labels.map((text) => painter.measure(text, font));
  const widest = Math.max(0, ...extents.map(({ width }) => width));
  const highest = Math.max(0, ...extents.map(({ height }) => height));
  const angle = (Math.abs(rotation) / 180) * Math.PI;
  const labelRoom = isAcross(side)
    ? away + widest * Math.sin(angle) + highest * Math.abs(Math.cos(angle))
    : away + widest;
  return { ...own, ticks, rotation, labelRoom };
}

// Lines that the label of an axis, and a name at a tick, have at most.
const LABEL_LINES = 2;
const NAME_LINES = 3;
// How much of a panel names may take.
const NAME_SHARE = 0.4;

// Names that would touch each other are broken into lines, and turned if that is not enough. Those that would leave too
// little of the panel are shortened.
function fittingNames(
  side: Side,
  ticks: Ticks,
  options: AxisOptions,
  length: number,
  most: number,
  font: FontStyle,
  painter: Painter,
): { readonly ticks: Ticks; readonly rotation: number } {
  const gap = length / Math.max(1, ticks.majors.length);
  const fitted = (lines: number): Ticks => {
    const labels = ticks.labels.map((label) => fittedText(label, most, lines, font, painter));
    return { ...ticks, labels };
  };
  if (!isAcross(side)) return { ticks: fitted(Math.floor(gap / (1.2 * font.size))), rotation: 0 };
  const wide = gap - 0.5 * font.size;
  const isFlat = ticks.labels.every((label) => fitsBroken(label, wide, NAME_LINES, font, painter));
  const { rotation = isFlat ? 0 : -90 } = options;
  if (rotation !== 0) return { ticks: fitted(1), rotation };
  const labels = ticks.labels.map((label) => fittedText(label, wide, NAME_LINES, font, painter));
  return { ticks: { ...ticks, labels }, rotation };
}

// One label in so many pixels, where there is room for it: digits are wider than high. A short axis is tried with more
// than that, since few ticks say little, and any axis with fewer until no label touches the next. Ticks that the user
// chose stay as they are.
function fittingTicks(
  side: Side,
  scale: Scale,
  options: AxisOptions,
  length: number,
  font: FontStyle,
  painter: Painter,
): Ticks {
  const [room, most] = isAcross(side) ? [8 * font.size, 10] : [4 * font.size, 8];
  const mapping = scale.mapping(0, length);
  for (let count = Math.max(LEAST_TICKS, Math.min(most, Math.floor(length / room))); ; count--) {
    const found = scale.ticks(count);
    const ticks = options.labels === false ? { ...found, labels: found.labels.map(() => "") } : found;
    const extents = ticks.labels.map((label) => painter.measure(label, font));
    if (Array.isArray(options.ticks)) return ticks;
    const places = ticks.majors.map((major) => mapping.place(major));
    // Names are turned where they would touch.
    const flat = isAcross(side) && scale.kind !== "category";
    const shown = apart(
      places,
      extents.map(({ width, height }) => (flat ? width + font.size : height)),
    );
    if (shown.length === places.length) return ticks;
    if (scale.kind === "category") return only(ticks, shown);
    // What is left are ticks that such an axis has in any case; they keep their lines.
    if (count === 1) return withLabels(ticks, shown);
  }
}

// The indices of labels that do not touch the one before.
function apart(places: readonly number[], sizes: readonly number[]): number[] {
  const shown: number[] = [];
  for (const [index, place] of places.entries()) {
    const before = shown.at(-1);
    const touching =
      before !== undefined && Math.abs(place - places[before]) < (sizes[before] + sizes[index]) / 2;
    if (!touching) shown.push(index);
  }
  return shown;
}

function only({ majors, labels }: Ticks, shown: readonly number[]): Ticks {
  return {
    majors: shown.map((index) => majors[index]),
    minors: [],
    labels: shown.map((index) => labels[index]),
  };
}

function withLabels(ticks: Ticks, shown: readonly number[]): Ticks {
  return { ...ticks, labels: ticks.labels.map((label, index) => (shown.includes(index) ? label : "")) };
}

/** Pixels from the frame to the end of an axis' label. */
export function axisRoom(axis: Axis, looks: Looks, painter: Painter): number {
  const { label } = axis;
  if (label === "") return axis.labelRoom;
  return (
    axis.labelRoom +
    looks.pixels(LABEL_PAD) +
    painter.measure(label, looks.font(looks.theme.labelSize)).height
  );
}

/** Grid lines at the major ticks of an axis. */
export function drawGrid(axis: Axis, mapping: Mapping, box: Box, looks: Looks, painter: Painter): void {
  if (!(axis.options.grid ?? looks.theme.grid)) return;
  const width = Math.max(1, Math.round(looks.pixels(looks.theme.gridWidth)));
  for (const tick of axis.ticks.majors) {
    const place = Math.round(mapping.place(tick) - width / 2);
    if (isAcross(axis.side)) {
      if (place > box.left && place + width < box.right) {
        painter.fillRect(place, box.top, width, box.bottom - box.top, { color: looks.grid });
      }
    } else if (place > box.top && place + width < box.bottom) {
      painter.fillRect(box.left, place, box.right - box.left, width, { color: looks.grid });
    }
  }
}

/** The lines around a panel: on all sides, or on those with an axis. */
export function drawFrame(box: Box, axes: readonly Axis[], looks: Looks, painter: Painter): void {
  const { frameWidth, spines } = looks.theme;
  if (frameWidth === 0) return;
  const width = Math.max(1, Math.round(looks.pixels(frameWidth)));
  const half = Math.floor(width / 2);
  const style = { color: looks.frame };
  const high = box.bottom - box.top + width;
  const wide = box.right - box.left + width;
  const has = (side: Side): boolean => spines === "box" || axes.some((axis) => axis.side === side);
  if (has("left")) painter.fillRect(box.left - half, box.top - half, width, high, style);
  if (has("bottom")) painter.fillRect(box.left - half, box.bottom - half, wide, width, style);
  if (has("right")) painter.fillRect(box.right - half, box.top - half, width, high, style);
  if (has("top")) painter.fillRect(box.left - half, box.top - half, wide, width, style);
}

/** Ticks and labels of an axis, and what the axis is called. */
export function drawAxis(axis: Axis, mapping: Mapping, box: Box, looks: Looks, painter: Painter): void {
  const { tickLength, tickSize, frameWidth } = looks.theme;
  const width = Math.max(1, Math.round(looks.pixels(frameWidth)));
  const length = Math.round(looks.pixels(tickLength));
  for (const tick of axis.ticks.majors)
    drawTick(axis, mapping.place(tick), length, width, box, looks, painter);
  for (const tick of axis.ticks.minors)
    drawTick(axis, mapping.place(tick), Math.round(length * 0.6), width, box, looks, painter);
  const away = looks.pixels(tickLength + TICK_PAD);
  const style = looks.textStyle(tickSize, labelStyle(axis));
  for (const [index, tick] of axis.ticks.majors.entries()) {
    const place = mapping.place(tick);
    const label = axis.ticks.labels[index];
    const beyond = outside(box, axis.side, away);
    if (isAcross(axis.side)) painter.text(label, place, beyond, style);
    else painter.text(label, beyond, place, style);
  }
  drawLabel(axis, box, looks, painter);
}

function drawTick(
  axis: Axis,
  at: number,
  length: number,
  width: number,
  box: Box,
  looks: Looks,
  painter: Painter,
): void {
  if (length === 0) return;
  const style = { color: looks.frame };
  const place = Math.round(at - width / 2);
  const { side } = axis;
  const from = outside(box, side, side === "left" || side === "top" ? length : 0);
  if (isAcross(side)) painter.fillRect(place, from, width, length, style);
  else painter.fillRect(from, place, length, width, style);
}

// So many pixels outside of a side of the frame.
function outside(box: Box, side: Side, pixels: number): number {
  return side === "left" || side === "top" ? box[side] - pixels : box[side] + pixels;
}

// Turned labels end (or begin) at their tick, upright ones are centred on it.
function labelStyle(axis: Axis): Partial<TextStyle> {
  if (axis.side === "left") return { anchor: "end", baseline: "middle" };
  if (axis.side === "right") return { anchor: "start", baseline: "middle" };
  const top = axis.side === "top";
  if (axis.rotation === 0) return { anchor: "middle", baseline: top ? "bottom" : "top" };
  const anchor = axis.rotation > 0 === top ? "end" : "start";
  return { anchor, baseline: "middle", rotation: axis.rotation };
}

function drawLabel(axis: Axis, box: Box, looks: Looks, painter: Painter): void {
  const { label, side } = axis;
  if (label === "") return;
  const away = outside(box, side, axis.labelRoom + looks.pixels(LABEL_PAD));
  const baseline = side === "left" || side === "top" ? "bottom" : "top";
  const style = looks.textStyle(looks.theme.labelSize, { anchor: "middle", baseline });
  if (isAcross(side)) painter.text(label, (box.left + box.right) / 2, away, style);
  else painter.text(label, away, (box.top + box.bottom) / 2, { ...style, rotation: -90 });
}
