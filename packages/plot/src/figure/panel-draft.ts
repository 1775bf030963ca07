// The first step of a panel: its data are looked at, and scales made of what they take up.
import { lookedAt } from "../marks/data.ts";
import type { Painter } from "../paint/painter.ts";
import type { Workspace } from "../reduce/workspace.ts";
import { type Extent, Scale, type ScaleKind } from "../scale/scale.ts";
import type { Box } from "./axes.ts";
import type { AxisOptions } from "./axis-options.ts";
import { type LegendBox, measureLegend } from "./legend.ts";
import type { Looks } from "./looks.ts";
import type { LegendKey, Mark, Prepared, Shown } from "./mark.ts";
import type { PanelContent } from "./panel-content.ts";
import type { Range, Stage, Stages } from "./stage.ts";

/** A panel whose data were looked at, and that is not laid out yet. */
export interface Draft {
  readonly content: PanelContent;
  readonly outer: Box;
  readonly stage: Stage | undefined;
  readonly measured: Measured;
}

/** What was found in the data, and the scales that follow from it. */
export interface Measured {
  readonly prepared: readonly Prepared[];
  /** The number of the mark that each key of the legend is of. */
  readonly keyMarks: readonly number[];
  readonly legend: LegendBox | undefined;
  readonly x: Scale;
  readonly y: Scale;
  readonly y2: Scale | undefined;
}

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
  const upright = (side: Mark["axis"]): (Extent | undefined)[] =>
    prepared.filter((_, index) => marks[index].axis === side).map((each) => each.y);
  const twin = marks.some(({ axis }) => axis === "right");
  const across = prepared.map((each) => each.x);
  const keyMarks = prepared.flatMap((each, index) => each.keys.map(({ part }) => part ?? index));
  const { legend } = content;
  const keys = legend === undefined ? [] : keysOf(prepared, keyMarks, shownIn(marks), stage);
  return {
    prepared,
    keyMarks,
    legend: legend === undefined ? undefined : measureLegend(keys, legend, outer, looks, painter),
    x: scaleOf("x axis", x, across),
    y: scaleOf("y axis", y, upright("left")),
    y2: twin ? scaleOf("right y axis", y2, upright("right")) : undefined,
  };
}

// The keys of all marks, faint where a view hides what they stand for.
function keysOf(
  prepared: readonly Prepared[],
  keyMarks: readonly number[],
  shown: readonly Shown[],
  stage: Stage | undefined,
): LegendKey[] {
  const keys = prepared.flatMap((each) => each.keys);
  return keys.map((key, index) =>
    stage?.hidden.has(shown[keyMarks[index]]) === true ? { ...key, hidden: true } : key,
  );
}

/** The marks, or the parts of a figure in space, which is the only mark of its panel. */
export function shownIn(marks: readonly Mark[]): readonly Shown[] {
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
