// The legend: how large it is, where it goes, and drawing it. Each line shows what is drawn in the panel: the stroke, the
// marker, the patch with its edge.
import { checkOptions, checkTypes, unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import type { Color, FontStyle, Painter } from "../paint/painter.ts";
import { strokeBox } from "../paint/stroke-box.ts";
import { fade } from "../theme/colors.ts";
import type { Box } from "./axes.ts";
import { type Anchor, anchored, ANCHORS } from "./anchor.ts";
import { fittedText } from "../paint/fit-text.ts";
import type { Looks } from "./looks.ts";
import type { LegendKey } from "./mark.ts";
import type { Occupancy } from "./occupancy.ts";

/** Where a legend goes: in the emptiest place, in a given one, or outside the panel. */
export type LegendPosition =
  | "best"
  | Anchor
  | "outside right"
  | "outside left"
  | "outside top"
  | "outside bottom";

/** A place of one's own for a legend. */
export interface LegendPlace {
  /** From the left side of the panel to the right one as 0 to 1; less and more is outside. */
  readonly x: number;
  /** From the lower side of the panel to the upper one as 0 to 1. */
  readonly y: number;
  /** Which place of the legend is there. @defaultValue "upper left" */
  readonly anchor?: Anchor | undefined;
}

/** Options of a legend. */
export interface LegendOptions {
  /** Where it goes. @defaultValue "best" */
  readonly position?: LegendPosition | LegendPlace | undefined;
  /** How many columns. @defaultValue 1, more if it is too high; above and below the panel as many as there are keys, up to 4 */
  readonly columns?: number | undefined;
  /** What stands above the keys. */
  readonly title?: string | undefined;
  /** A frame and a background. @defaultValue true inside the panel */
  readonly frame?: boolean | undefined;
}

/** A legend that was measured. */
export interface LegendBox {
  readonly keys: readonly LegendKey[];
  readonly options: LegendOptions;
  readonly position: LegendPosition | LegendPlace;
  readonly width: number;
  readonly height: number;
  readonly columns: readonly number[];
  /** What is written beside each key: its label, or what there is room for. */
  readonly texts: readonly string[];
  readonly rowHeight: number;
  readonly titleHeight: number;
}

// Lengths in sizes of the legend's font.
const PAD = 0.5;
const SWATCH = 2;
const SWATCH_GAP = 0.7;
const COLUMN_GAP = 1.6;
// A key and what is around it.
const SWATCH_ROOM = SWATCH + SWATCH_GAP + 2 * PAD;
/** How much is left of what is hidden. */
const FAINT = 0.3;

const OUTSIDE: readonly unknown[] = ["outside right", "outside left", "outside top", "outside bottom"];

/** Refuses options that no legend can be made of. */
export function checkLegend(options: LegendOptions): void {
  checkOptions("legend options", options);
  checkTypes("legend", options, { title: "string", frame: "boolean" });
  const { position = "best", columns = 1 } = options;
  checkPosition(position);
  if (!(Number.isInteger(columns) && columns >= 1)) {
    throw new PlotError(
      "BAD_ARGUMENT",
      `legend: expected columns to be an integer from 1 on, got ${String(columns)}`,
    );
  }
}

function checkPosition(position: LegendPosition | LegendPlace): void {
  const anchors: readonly unknown[] = ANCHORS;
  const known: readonly unknown[] = ["best", ...ANCHORS, ...OUTSIDE];
  if (known.includes(position)) return;
  if (typeof position !== "object" || position === null)
    throw unlike(`legend: position to be one of ${known.join(", ")}, or { x, y }`, position);
  const { x, y, anchor = "upper left" } = position;
  for (const [name, share] of Object.entries({ x, y })) {
    if (!(typeof share === "number" && Math.abs(share) <= 100))
      throw unlike(`legend: position.${name} to be a share of the panel such as 0.5`, share);
  }
  if (!anchors.includes(anchor))
    throw unlike(`legend: position.anchor to be one of ${ANCHORS.join(", ")}`, anchor);
}

/** How large a legend is in a figure of some room; undefined if it has nothing to say. */
export function measureLegend(
  keys: readonly LegendKey[],
  options: LegendOptions,
  room: Box,
  looks: Looks,
  painter: Painter,
): LegendBox | undefined {
  if (keys.length === 0) return undefined;
  const position = options.position ?? "best";
  const wide = position === "outside top" || position === "outside bottom";
  const font = looks.font(looks.theme.legendSize);
  const beside = position === "outside right" || position === "outside left";
  const width = (beside ? MOST_BESIDE : MOST_SHARE) * (room.right - room.left);
  const height = MOST_SHARE * (room.bottom - room.top);
  const most = width - SWATCH_ROOM * font.size;
  const texts = keys.map(({ label }) => fittedText(label, most, 1, font, painter));
  const inColumns = (count: number): LegendBox => ({
    ...measureColumns(texts, count, options.title, font, painter),
    keys,
    texts,
    options,
    position,
  });
  let box = inColumns(Math.min(options.columns ?? (wide ? 4 : 1), keys.length));
  if (options.columns !== undefined) return box;
  // Wide ones get fewer columns, high ones more, as far as they fit then.
  while (box.width > width && box.columns.length > 1) box = inColumns(box.columns.length - 1);
  while (box.height > height && box.columns.length < keys.length) {
    const next = inColumns(box.columns.length + 1);
    if (next.width > width) break;
    box = next;
  }
  return box;
}

// How much of a figure a legend takes at most, in each direction, and how much of its width beside a panel.
const MOST_SHARE = 0.8;
const MOST_BESIDE = 0.4;

function measureColumns(
  labels: readonly string[],
  count: number,
  title: string | undefined,
  font: FontStyle,
  painter: Painter,
): Pick<LegendBox, "width" | "height" | "columns" | "rowHeight" | "titleHeight"> {
  const em = font.size;
  const rows = Math.ceil(labels.length / count);
  const extents = labels.map((label) => painter.measure(label, font));
  const columns = Array.from({ length: count }, (_, column) =>
    Math.max(...extents.slice(column * rows, (column + 1) * rows).map(({ width }) => width), 0),
  );
  const rowHeight = Math.max(...extents.map(({ height }) => height)) * 1.1;
  const titleExtent = title === undefined ? { width: 0, height: 0 } : painter.measure(title, font);
  const titleHeight = titleExtent.height * 1.25;
  const texts = columns.reduce((sum, width) => sum + width, 0);
  const keysWidth = texts + count * (SWATCH + SWATCH_GAP) * em + (count - 1) * COLUMN_GAP * em;
  const width = Math.ceil(Math.max(keysWidth, titleExtent.width) + 2 * PAD * em);
  const height = Math.ceil(rows * rowHeight + titleHeight + 2 * PAD * em);
  return { width, height, columns, rowHeight, titleHeight };
}

/** True for legends beside the panel. */
export function isOutside(box: LegendBox | undefined): box is LegendBox {
  return box !== undefined && OUTSIDE.includes(box.position);
}

/** Where a legend inside a panel goes. */
export function placeLegend(
  box: LegendBox,
  panel: Box,
  gap: number,
  occupancy: Occupancy,
): { x: number; y: number } {
  const at = (anchor: Anchor): { x: number; y: number } =>
    anchored(anchor, panel, box.width, box.height, gap);
  if (typeof box.position === "object") return atShare(box, box.position, panel);
  if (box.position !== "best") return at(box.position as Anchor);
  let best = at(ANCHORS[0]);
  let least = Infinity;
  for (const name of ANCHORS) {
    const place = at(name);
    const taken = occupancy.count(place.x, place.y, box.width, box.height);
    if (taken < least) {
      least = taken;
      best = place;
    }
  }
  return best;
}

function atShare({ width, height }: LegendBox, place: LegendPlace, panel: Box): { x: number; y: number } {
  const { anchor = "upper left" } = place;
  const x = panel.left + place.x * (panel.right - panel.left);
  const y = panel.bottom - place.y * (panel.bottom - panel.top);
  return anchored(anchor, { left: x, right: x, top: y, bottom: y }, width, height, 0);
}

/** Draws a legend with its upper left corner at a place. */
export function drawLegend(box: LegendBox, x: number, y: number, looks: Looks, painter: Painter): void {
  const em = looks.pixels(looks.theme.legendSize);
  if (box.options.frame ?? !isOutside(box)) {
    painter.fillRect(x, y, box.width, box.height, { color: fade(looks.panel, 0.8) });
    const line = Math.max(1, Math.round(looks.pixels(0.6)));
    const [left, top] = [x + line / 2, y + line / 2];
    const style = { color: fade(looks.frame, 0.25), width: line, join: "miter" } as const;
    strokeBox(painter, left, top, left + box.width - line, top + box.height - line, style);
  }
  if (box.options.title !== undefined) {
    const style = looks.textStyle(looks.theme.legendSize, { anchor: "middle", baseline: "top" });
    painter.text(box.options.title, x + box.width / 2, y + PAD * em, style);
  }
  for (const [index, { left, top, bottom }] of keyBoxes(box, x, y, em).entries()) {
    drawKey(box.keys[index], box.texts[index], left, (top + bottom) / 2, em, looks, painter);
  }
}

/** Where each key of a legend lies whose upper left corner is at a place; `em` is the size of its font in pixels. */
export function keyBoxes(box: LegendBox, x: number, y: number, em: number): Box[] {
  const rows = Math.ceil(box.keys.length / box.columns.length);
  let left = x + PAD * em;
  const places: Box[] = [];
  for (const width of box.columns) {
    const right = left + (SWATCH + SWATCH_GAP) * em + width;
    for (let row = 0; row < rows && places.length < box.keys.length; row++) {
      const top = y + PAD * em + box.titleHeight + row * box.rowHeight;
      places.push({ left, top, right, bottom: top + box.rowHeight });
    }
    left = right + COLUMN_GAP * em;
  }
  return places;
}

function drawKey(
  key: LegendKey,
  text: string,
  x: number,
  middle: number,
  em: number,
  looks: Looks,
  painter: Painter,
): void {
  const { stroke, marker, patch, edge } = key.hidden === true ? faint(key) : key;
  const width = SWATCH * em;
  if (patch !== undefined) {
    painter.fillRect(
      Math.round(x),
      Math.round(middle - 0.35 * em),
      Math.round(width),
      Math.round(0.7 * em),
      patch,
    );
  }
  if (edge !== undefined) {
    const top = Math.round(middle - 0.35 * em) + 0.5;
    const bottom = top + Math.round(0.7 * em) - 1;
    strokeBox(painter, x, top, x + width, bottom, { color: edge.color, width: edge.width, join: "miter" });
  }
  if (stroke !== undefined) {
    painter.strokeLine(Float64Array.of(x, x + width), Float64Array.of(middle, middle), 2, stroke);
  }
  if (marker !== undefined) {
    painter.markers(Float64Array.of(x + width / 2), Float64Array.of(middle), 1, marker);
  }
  const color = key.hidden === true ? fade(looks.text, FAINT) : looks.text;
  const style = looks.textStyle(looks.theme.legendSize, { baseline: "middle", color });
  painter.text(text, x + width + SWATCH_GAP * em, middle, style);
}

function faint({ label, stroke, marker, patch, edge }: LegendKey): LegendKey {
  const faded = <S extends { readonly color: Color }>(style: S | undefined): S | undefined =>
    style === undefined ? undefined : { ...style, color: fade(style.color, FAINT) };
  const outlined =
    marker?.edgeColor === undefined ? marker : { ...marker, edgeColor: fade(marker.edgeColor, FAINT) };
  return { label, stroke: faded(stroke), marker: faded(outlined), patch: faded(patch), edge: faded(edge) };
}
