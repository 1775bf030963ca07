// A small panel within a panel: where it is, and what joins it with the part of the data that it enlarges.
import { checkOptions, checkTypes, show, unlike } from "../check.ts";
import type { Painter } from "../paint/painter.ts";
import { strokeBox } from "../paint/stroke-box.ts";
import type { Mapping } from "../scale/mapping.ts";
import { type Anchor, anchored, ANCHORS } from "./anchor.ts";
import type { Box } from "./axes.ts";
import type { Looks } from "./looks.ts";

/** Part of a pair of axes. */
export interface Zoom {
  /** The values of x between which data are shown. */
  readonly x: readonly [low: number, high: number];
  /** The values of y. */
  readonly y: readonly [low: number, high: number];
}

/** Options of an inset. */
export interface InsetOptions {
  /** Where it is in the panel. @defaultValue "upper right" */
  readonly anchor?: Anchor | undefined;
  /** Its width and height, with its labels, as shares of the panel's; one number is for both. @defaultValue 0.4 */
  readonly size?: number | readonly [width: number, height: number] | undefined;
  /** Points between it and the frame of the panel. @defaultValue 6 */
  readonly margin?: number | undefined;
  /** Shows what the panel shows, between these values, and says where that is. @defaultValue nothing */
  readonly zoom?: Zoom | undefined;
  /** Lines from that part of the panel to the inset. @defaultValue true */
  readonly connect?: boolean | undefined;
}

/** Fonts and lines of an inset, as a share of those of the panel. */
export const INSET_SCALE = 0.8;

/** Refuses options that no inset can have. */
export function checkInset(options: InsetOptions): void {
  checkOptions("inset options", options);
  checkTypes("inset", options, { connect: "boolean" });
  const { anchor = "upper right", size = 0.4, margin = 6, zoom } = options;
  const known: readonly unknown[] = ANCHORS;
  if (!known.includes(anchor)) throw unlike(`inset: anchor to be one of ${known.join(", ")}`, anchor);
  const isShare = (share: unknown): boolean => typeof share === "number" && share > 0 && share <= 1;
  const shares: readonly unknown[] = Array.isArray(size) ? size : [size, size];
  if (shares.length !== 2 || !shares.every(isShare))
    throw unlike("inset: size to be above 0 and at most 1", size);
  if (!(typeof margin === "number" && margin >= 0 && margin <= 1000))
    throw unlike("inset: margin to be a number from 0 to 1000 points", margin);
  if (zoom !== undefined) checkZoom(zoom);
}

function checkZoom(zoom: Zoom): void {
  checkOptions("inset: zoom", zoom);
  for (const [axis, range] of Object.entries({ x: zoom.x, y: zoom.y })) {
    const numbers: readonly unknown[] = Array.isArray(range) ? range : [];
    if (numbers.length === 2 && numbers.every((value) => Number.isFinite(value)) && range[0] !== range[1])
      continue;
    throw unlike(
      `inset: zoom.${axis} to be two different finite numbers`,
      Array.isArray(range) ? range.map(show).join(", ") : range,
    );
  }
}

/** The room of an inset in a panel. */
export function insetBox(options: InsetOptions, panel: Box, looks: Looks): Box {
  const { anchor = "upper right", size = 0.4, margin = 6 } = options;
  const [wide, high] = typeof size === "number" ? [size, size] : size;
  const width = Math.max(1, Math.round((panel.right - panel.left) * wide));
  const height = Math.max(1, Math.round((panel.bottom - panel.top) * high));
  const { x, y } = anchored(anchor, panel, width, height, looks.pixels(margin));
  return { left: x, top: y, right: x + width, bottom: y + height };
}

/** The part of a panel that a zoom shows, in pixels within the panel. */
export function zoomedBox({ x, y }: Zoom, across: Mapping, up: Mapping, panel: Box): Box {
  const [left, right] = ordered(across.place(x[0]), across.place(x[1]), panel.left, panel.right);
  const [top, bottom] = ordered(up.place(y[0]), up.place(y[1]), panel.top, panel.bottom);
  return { left, top, right, bottom };
}

/** Draws a frame around a part of a panel, and lines from its corners to those of the inset that do not cross either. */
export function drawZoom(part: Box, inset: Box, connect: boolean, looks: Looks, painter: Painter): void {
  const stroke = looks.stroke(looks.frame, 0.8, { join: "miter" });
  strokeBox(painter, part.left, part.top, part.right, part.bottom, stroke);
  if (!connect) return;
  for (const [side, level] of [
    ["left", "top"],
    ["right", "top"],
    ["left", "bottom"],
    ["right", "bottom"],
  ] as const) {
    const outX = side === "left" ? -1 : 1;
    const outY = level === "top" ? -1 : 1;
    const dx = (inset[side] - part[side]) * outX;
    const dy = (inset[level] - part[level]) * outY;
    // Away from the part, or beside it, and not through the inset.
    if ((dx < 0 && dy < 0) || (dx > 0 && dy > 0)) continue;
    painter.strokeLine(
      Float64Array.of(part[side], inset[side]),
      Float64Array.of(part[level], inset[level]),
      2,
      stroke,
    );
  }
}

function ordered(a: number, b: number, low: number, high: number): [number, number] {
  const inside = (value: number): number => Math.min(high, Math.max(low, Math.round(value)));
  return [inside(Math.min(a, b)), inside(Math.max(a, b))];
}
