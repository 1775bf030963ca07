// The second step of a panel: the places of all its parts, found from measured text.
import type { Painter } from "../paint/painter.ts";
import { type Axis, axisRoom, type Box, layAxis } from "./axes.ts";
import { OPPOSITE, type Side } from "./axis-options.ts";
import { type Colorbar, measureColorbar } from "./colorbar.ts";
import { isOutside, type LegendBox, placeLegend } from "./legend.ts";
import type { Looks } from "./looks.ts";
import type { Prepared } from "./mark.ts";
import type { Occupancy } from "./occupancy.ts";
import type { PanelContent } from "./panel-content.ts";
import type { Draft, Measured } from "./panel-draft.ts";
import { EDGE, fittedTitle } from "./panel-title.ts";
import { hasRoom, PLAINER } from "./plainer.ts";
import type { Stage } from "./stage.ts";

/** Where the parts of a panel are. */
export interface Layout {
  /** What lies between the axes. */
  readonly box: Box;
  readonly axes: readonly Axis[];
  readonly bars: readonly Colorbar[];
  /** Where what stands right of the axes begins. */
  readonly beside: number;
  /** Pixels from the frame up to where what stands above the axes ends. */
  readonly over: number;
  /** What of the panel's content there is room for. */
  readonly content: PanelContent;
}

// Points.
const PLAIN_EDGE = 2;
const TITLE_PAD = 6;
const LEGEND_GAP = 6;

/** Finds the places of all parts of a panel for which there is room. */
export function layPanel({ content, measured, outer }: Draft, looks: Looks, painter: Painter): Layout {
  let layout = lay(content, measured, outer, looks, painter);
  for (const plainer of PLAINER) {
    if (hasRoom(layout.box, outer)) break;
    layout = lay(plainer(content), measured, outer, looks, painter);
  }
  return layout;
}

function lay(content: PanelContent, measured: Measured, outer: Box, looks: Looks, painter: Painter): Layout {
  const edge = looks.pixels(content.plain === true ? PLAIN_EDGE : EDGE);
  const room = {
    left: outer.left + edge,
    top: outer.top + edge,
    right: outer.right - edge,
    bottom: outer.bottom - edge,
  };
  const { title } = content;
  if (title !== undefined) {
    const [text, font] = fittedTitle(title, outer, looks, painter);
    room.top += painter.measure(text, font).height + looks.pixels(TITLE_PAD);
  }
  const legend = legendOf(content, measured);
  if (isOutside(legend)) {
    const gap = looks.pixels(LEGEND_GAP);
    if (legend.position === "outside right") room.right -= legend.width + gap;
    else if (legend.position === "outside left") room.left += legend.width + gap;
    else if (legend.position === "outside top") room.top += legend.height + gap;
    else room.bottom -= legend.height + gap;
  }
  if (content.plain === true) return layBare(content, room, []);
  if (!content.bare) return layAxes(content, measured, room, looks, painter);
  return layBare(content, room, barsOf(measured.prepared, room.bottom - room.top, looks, painter));
}

/** The legend, where there is room for one. */
export function legendOf({ legend }: PanelContent, measured: Measured): LegendBox | undefined {
  return legend === undefined ? undefined : measured.legend;
}

// All of the room; such marks find their own place in it.
function layBare(content: PanelContent, room: Box, bars: readonly Colorbar[]): Layout {
  const left = Math.round(room.left);
  const top = Math.round(room.top);
  const right = Math.max(left + 1, Math.floor(room.right - barsWidth(bars)));
  const bottom = Math.max(top + 1, Math.floor(room.bottom));
  return { box: { left, top, right, bottom }, axes: [], bars, beside: right, over: 0, content };
}

function barsOf(prepared: readonly Prepared[], height: number, looks: Looks, painter: Painter): Colorbar[] {
  return prepared.flatMap(({ ramp }) =>
    ramp === undefined ? [] : [measureColorbar(ramp, height, looks, painter)],
  );
}

function barsWidth(bars: readonly Colorbar[]): number {
  return bars.reduce((sum, bar) => sum + bar.width, 0);
}

// The height of x labels depends on the width, and the width of y labels on the height: the height is guessed first, and
// y is laid out once more when x is known.
function layAxes(
  content: PanelContent,
  measured: Measured,
  room: Box,
  looks: Looks,
  painter: Painter,
): Layout {
  // Half of the first and last x labels stands out, and half of the uppermost y label.
  const overhang = looks.pixels(looks.theme.tickSize);
  const guess = room.bottom - room.top - 4 * overhang;
  const bars = barsOf(measured.prepared, guess, looks, painter);
  const beside = Math.floor(room.right - barsWidth(bars));
  const taken = (axes: readonly Axis[], side: Side, otherwise: number): number => {
    const axis = axes.find((each) => each.side === side);
    return axis === undefined ? otherwise : axisRoom(axis, looks, painter);
  };
  const widthOf = (axes: readonly Axis[]): [number, number] => {
    const from = Math.ceil(room.left + taken(axes, "left", overhang));
    return [
      from,
      Math.max(from + 1, Math.floor(beside - taken(axes, "right", bars.length > 0 ? 0 : overhang))),
    ];
  };
  const first = widthOf(layUpright(content, measured, guess, room, looks, painter));
  const { side = "bottom" } = content.x;
  const depth = room.bottom - room.top;
  const across = layAxis(side, measured.x, content.x, first[1] - first[0], depth, looks, painter);
  const over = taken([across], "top", 0);
  const top = Math.round(room.top + Math.max(over, overhang / 2));
  const bottom = Math.max(top + 1, Math.floor(room.bottom - taken([across], "bottom", overhang / 2)));
  const upright = layUpright(content, measured, bottom - top, room, looks, painter);
  const [left, right] = widthOf(upright);
  return { box: { left, top, right, bottom }, axes: [across, ...upright], bars, beside, over, content };
}

// The y axes. The second one has no grid if nobody says so: two of them are hard to read.
function layUpright(
  { y, y2 }: PanelContent,
  measured: Measured,
  height: number,
  room: Box,
  looks: Looks,
  painter: Painter,
): Axis[] {
  const { side = "left" } = y;
  const depth = room.right - room.left;
  const first = layAxis(side, measured.y, y, height, depth, looks, painter);
  if (measured.y2 === undefined) return [first];
  const options = { ...y2, grid: y2.grid ?? false };
  return [first, layAxis(OPPOSITE[side], measured.y2, options, height, depth, looks, painter)];
}

/** Where the upper left corner of the legend goes. */
export function placeOfLegend(
  legend: LegendBox | undefined,
  outer: Box,
  layout: Layout,
  occupancy: Occupancy,
  looks: Looks,
  stage: Stage | undefined,
): { readonly x: number; readonly y: number } | undefined {
  if (legend === undefined) return undefined;
  const { box } = layout;
  const gap = looks.pixels(LEGEND_GAP);
  if (!isOutside(legend)) return stage?.legend ?? placeLegend(legend, box, gap, occupancy);
  const edge = looks.pixels(EDGE);
  const middle = Math.round((box.left + box.right - legend.width) / 2);
  if (legend.position === "outside right") {
    return { x: Math.round(outer.right - edge - legend.width), y: box.top };
  }
  if (legend.position === "outside left") return { x: Math.round(outer.left + edge), y: box.top };
  if (legend.position === "outside top")
    return { x: middle, y: Math.round(box.top - layout.over - gap - legend.height) };
  return { x: middle, y: Math.round(outer.bottom - edge - legend.height) };
}
