// One panel: marks over a pair of axes, with everything around it. Laid out from measured text, then drawn from the back
// to the front: panel, grid, data, frame and ticks, text, legend.
import { lookedAt } from "../marks/data.ts";
import type { FontStyle, Painter } from "../paint/painter.ts";
import type { Workspace } from "../reduce/workspace.ts";
import { type Extent, Scale, type ScaleKind } from "../scale/scale.ts";
import { type Axis, axisRoom, type Box, drawAxis, drawFrame, drawGrid, layAxis } from "./axes.ts";
import { type AxisOptions, isAcross, OPPOSITE, type Side } from "./axis-options.ts";
import { type Colorbar, drawColorbar, measureColorbar } from "./colorbar.ts";
import { drawZoom, INSET_SCALE, insetBox, type InsetOptions, zoomedBox } from "./inset.ts";
import {
  drawLegend,
  isOutside,
  keyBoxes,
  type LegendBox,
  type LegendOptions,
  measureLegend,
  placeLegend,
} from "./legend.ts";
import { fittedText } from "../paint/fit-text.ts";
import { hasRoom, PLAINER } from "./plainer.ts";
import type { Looks } from "./looks.ts";
import type { Canvas, Mark, Prepared, Shown } from "./mark.ts";
import { Occupancy } from "./occupancy.ts";
import type { DrawnKey, PanelFrame, Range, Stage, Stages } from "./stage.ts";

/** What a panel shows. */
export interface PanelContent {
  readonly marks: readonly Mark[];
  readonly title: string | undefined;
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  /** The axis at the right, for the marks that name it. */
  readonly y2: AxisOptions;
  readonly legend: LegendOptions | undefined;
  /** True for figures such as pies, which have no axes and whose panel is a square. */
  readonly bare: boolean;
  /** True where there is room for data and a frame only. */
  readonly plain?: boolean;
  readonly insets: readonly Inset[];
}

/** A panel within a panel. */
interface Inset {
  readonly content: PanelContent;
  readonly options: InsetOptions;
}

/** A panel whose data were looked at, and that is not laid out yet. */
export interface Draft {
  readonly content: PanelContent;
  readonly outer: Box;
  readonly stage: Stage | undefined;
  readonly measured: Measured;
}

/** What was found in the data, and the scales that follow from it. */
interface Measured {
  readonly prepared: readonly Prepared[];
  /** The number of the mark that each key of the legend is of. */
  readonly keyMarks: readonly number[];
  readonly legend: LegendBox | undefined;
  readonly x: Scale;
  readonly y: Scale;
  readonly y2: Scale | undefined;
}

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
const EDGE = 6;
const PLAIN_EDGE = 2;
const TITLE_PAD = 6;
const LEGEND_GAP = 6;

/** Looks at the data of a panel that is to be drawn into a rectangle, as a view wants it if there is one. */
export function draftPanel(
  given: PanelContent,
  outer: Box,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
  stages?: Stages,
): Draft {
  const stage = stages?.of(given.marks);
  const content = stage === undefined ? given : shownPart(given, stage);
  return { content, outer, stage, measured: prepare(content, outer, looks, workspace, painter, stage) };
}

/** Finds the places of all parts of a panel for which there is room. */
export function layPanel({ content, measured, outer }: Draft, looks: Looks, painter: Painter): Layout {
  let layout = lay(content, measured, outer, looks, painter);
  for (const plainer of PLAINER) {
    if (hasRoom(layout.box, outer)) break;
    layout = lay(plainer(content), measured, outer, looks, painter);
  }
  return layout;
}

/** Draws a panel with all that belongs to it into a rectangle, as a view wants it if there is one. */
export function drawPanel(
  given: PanelContent,
  outer: Box,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
  stages?: Stages,
): void {
  const draft = draftPanel(given, outer, looks, workspace, painter, stages);
  drawDraft(draft, layPanel(draft, looks, painter), looks, workspace, painter);
}

/** Draws a panel that is laid out. */
export function drawDraft(
  { outer, stage, measured }: Draft,
  layout: Layout,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
): void {
  const { box, content } = layout;
  const legend = legendOf(content, measured);
  if (!content.bare)
    painter.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top, { color: looks.panel });
  const across = measured.x.mapping(box.left, box.right);
  const mappingOf = (axis: Axis): typeof across =>
    isAcross(axis.side) ? across : axis.scale.mapping(box.bottom, box.top);
  for (const axis of layout.axes) drawGrid(axis, mappingOf(axis), box, looks, painter);
  const cells = workspace.bytes(legend?.position === "best" ? Occupancy.cells : 0);
  const occupancy = new Occupancy(cells, box.left, box.top, box.right, box.bottom);
  drawMarks(content, measured, box, occupancy, painter, stage);
  if (!content.bare) drawFrame(box, layout.axes, looks, painter);
  for (const axis of layout.axes) drawAxis(axis, mappingOf(axis), box, looks, painter);
  let left = layout.beside;
  for (const bar of layout.bars) {
    drawColorbar(bar, left, box, looks, painter);
    left += bar.width;
  }
  drawTitle(content.title, outer, box, looks, painter);
  for (const inset of content.insets) {
    const room = drawInset(inset, measured, box, looks, workspace, painter);
    occupancy.rect(room.left, room.top, room.right - room.left, room.bottom - room.top);
  }
  const place = placeOfLegend(legend, outer, layout, occupancy, looks, stage);
  if (place !== undefined) drawLegend(legend!, place.x, place.y, looks, painter);
  if (stage === undefined) return;
  const keys = place === undefined ? [] : drawnKeys(measured, place, looks);
  stage.legend ??= place;
  stage.show(frameOf(content, measured, outer, box, keys));
}

// Returns the room that it takes.
function drawInset(
  { content, options }: Inset,
  measured: Measured,
  panel: Box,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
): Box {
  const outer = insetBox(options, panel, looks);
  const smaller = looks.scaled(INSET_SCALE);
  const draft = draftPanel(content, outer, smaller, workspace, painter);
  const layout = layPanel(draft, smaller, painter);
  const { left, top, right, bottom } = outer;
  painter.fillRect(left, top, right - left, bottom - top, { color: looks.panel });
  if (options.zoom !== undefined) {
    const across = measured.x.mapping(panel.left, panel.right);
    const up = measured.y.mapping(panel.bottom, panel.top);
    drawZoom(zoomedBox(options.zoom, across, up, panel), layout.box, options.connect ?? true, looks, painter);
  }
  drawDraft(draft, layout, smaller, workspace, painter);
  return outer;
}

function frameOf(
  { marks }: PanelContent,
  { prepared, x, y, y2 }: Measured,
  outer: Box,
  box: Box,
  keys: readonly DrawnKey[],
): PanelFrame {
  return {
    outer,
    box,
    shown: shownIn(marks),
    prepared,
    x: x.mapping(box.left, box.right),
    y: y.mapping(box.bottom, box.top),
    y2: y2?.mapping(box.bottom, box.top),
    scales: { x, y, y2 },
    keys,
  };
}

// The axes with the limits of the view, in the order of the figure's own: descending ones turn an axis round.
function shownPart(content: PanelContent, { x, y, y2 }: Stage): PanelContent {
  const within = (options: AxisOptions, range: Range | undefined): AxisOptions => {
    if (range === undefined) return options;
    const [first, second] = options.limits ?? [];
    const descending = first !== undefined && second !== undefined && first > second;
    return { ...options, limits: descending ? [range[1], range[0]] : range };
  };
  return { ...content, x: within(content.x, x), y: within(content.y, y), y2: within(content.y2, y2) };
}

function prepare(
  content: PanelContent,
  outer: Box,
  looks: Looks,
  workspace: Workspace,
  painter: Painter,
  stage: Stage | undefined,
): Measured {
  const { marks, x, y, y2 } = content;
  const look = (): Prepared[] => prepareMarks(content, outer, looks, workspace);
  const prepared = stage === undefined ? look() : stage.prepared(marks, () => workspace.keep(look));
  const onSide = (side: Mark["axis"]): Prepared[] =>
    prepared.filter((_, index) => marks[index].axis === side);
  const twin = marks.some(({ axis }) => axis === "right");
  const shown = shownIn(marks);
  const keyMarks = prepared.flatMap((each, index) => each.keys.map(({ part }) => part ?? index));
  const keys = prepared
    .flatMap((each) => each.keys)
    .map((key, index) =>
      stage?.hidden.has(shown[keyMarks[index]]) === true ? { ...key, hidden: true } : key,
    );
  return {
    prepared,
    keyMarks,
    legend:
      content.legend === undefined ? undefined : measureLegend(keys, content.legend, outer, looks, painter),
    x: scaleOf(
      "x axis",
      x,
      prepared.map((each) => each.x),
    ),
    y: scaleOf(
      "y axis",
      y,
      onSide("left").map((each) => each.y),
    ),
    y2: twin
      ? scaleOf(
          "right y axis",
          y2,
          onSide("right").map((each) => each.y),
        )
      : undefined,
  };
}

// The marks, or the parts of a figure in space, which is the only mark of its panel.
function shownIn(marks: readonly Mark[]): readonly Shown[] {
  return marks[0]?.parts ?? marks;
}

function scaleOf(name: string, options: AxisOptions, extents: readonly (Extent | undefined)[]): Scale {
  const extent = union(extents, leastOf(options.scale));
  const { names } = extent;
  if (names === undefined || options.categories !== undefined) return new Scale(name, options, extent);
  return new Scale(name, { scale: "category", ...options, categories: names }, extent);
}

function prepareMarks(
  { marks, x, y, y2 }: PanelContent,
  outer: Box,
  looks: Looks,
  workspace: Workspace,
): Prepared[] {
  let firstColor = 0;
  return marks.map((mark) => {
    const setting = {
      workspace,
      looks,
      firstColor,
      xLeast: leastOf(x.scale),
      yLeast: leastOf(mark.axis === "right" ? y2.scale : y.scale),
      width: outer.right - outer.left,
    };
    firstColor += mark.colors;
    return lookedAt(mark.name, () => mark.prepare(setting));
  });
}

function leastOf(kind: ScaleKind | undefined): number {
  return kind === "log" ? Number.MIN_VALUE : -Number.MAX_VALUE;
}

// What all of the data take up. They stand on a base only where none of them goes below it. Those that begin below the
// least value that has a place say nothing about the lower end, unless all do.
function union(extents: readonly (Extent | undefined)[], least: number): Extent {
  const known = extents.filter((extent) => extent !== undefined && extent.low <= extent.high) as Extent[];
  const placed = known.filter((extent) => extent.low >= least);
  // Stacks can be higher than a number can be.
  const low = Math.min(...(placed.length > 0 ? placed : known).map((extent) => finite(extent.low)));
  const high = Math.max(...known.map((extent) => finite(extent.high)));
  const base = known.find((extent) => extent.base !== undefined)?.base;
  const names = extents.find((extent) => extent?.names !== undefined)?.names;
  const tight = known.length > 0 && known.every((extent) => extent.tight === true);
  return { low, high, base, tight, names, inverted: known.some((extent) => extent.inverted === true) };
}

function finite(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
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

function legendOf({ legend }: PanelContent, measured: Measured): LegendBox | undefined {
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

function drawMarks(
  content: PanelContent,
  measured: Measured,
  box: Box,
  occupancy: Occupancy,
  painter: Painter,
  stage: Stage | undefined,
): void {
  const { left, top, right, bottom } = box;
  const x = measured.x.mapping(left, right);
  const y = measured.y.mapping(bottom, top);
  const y2 = measured.y2?.mapping(bottom, top);
  painter.pushClip(left, top, right - left, bottom - top);
  for (const layer of ["below", undefined, "above"]) {
    for (const [index, mark] of content.marks.entries()) {
      if (mark.layer !== layer || stage?.hidden.has(mark) === true) continue;
      const canvas: Canvas = {
        painter,
        x,
        y: mark.axis === "right" ? y2! : y,
        left,
        top,
        right,
        bottom,
        occupancy,
        stage,
      };
      measured.prepared[index].draw(canvas);
    }
  }
  painter.popClip();
}

function drawTitle(title: string | undefined, outer: Box, box: Box, looks: Looks, painter: Painter): void {
  if (title === undefined) return;
  const [text, font] = fittedTitle(title, outer, looks, painter);
  const style = looks.textStyle(looks.theme.titleSize, { anchor: "middle", baseline: "top" });
  const edge = looks.pixels(EDGE);
  // Above the middle of the panel, but within the figure.
  const half = painter.measure(text, font).width / 2;
  const middle = Math.min((box.left + box.right) / 2, outer.right - edge - half);
  painter.text(text, Math.max(middle, outer.left + edge + half), outer.top + edge, style);
}

// Of a low figure, the title takes so much only.
const TITLE_LINES = 3;
const TITLE_SHARE = 0.25;

function fittedTitle(title: string, outer: Box, looks: Looks, painter: Painter): [string, FontStyle] {
  const font = looks.font(looks.theme.titleSize);
  const width = outer.right - outer.left - 2 * looks.pixels(EDGE);
  const lines = Math.floor((TITLE_SHARE * (outer.bottom - outer.top)) / font.size);
  return [fittedText(title, width, Math.min(lines, TITLE_LINES), font, painter), font];
}

// Where the upper left corner of the legend goes.
function placeOfLegend(
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

function drawnKeys(
  { legend, keyMarks }: Measured,
  { x, y }: { readonly x: number; readonly y: number },
  looks: Looks,
): DrawnKey[] {
  const { keys } = legend!;
  const boxes = keyBoxes(legend!, x, y, looks.pixels(looks.theme.legendSize));
  return boxes.map((box, index) => ({ ...box, mark: keyMarks[index], label: keys[index].label }));
}
