// Axes that panels of one figure have in common: the same limits in all of them, and frames above and beside each other, so
// that a place in one panel is the same place in the next.
import { PlotError } from "../errors.ts";
import type { Scale } from "../scale/scale.ts";
import type { Box } from "./axes.ts";
import { isAcross, type Side } from "./axis-options.ts";
import type { Placed } from "./cells.ts";
import type { Draft } from "./panel-draft.ts";
import type { Layout } from "./panel-layout.ts";

/** Which panels have an axis in common: none, all, or those of a column or of a row. */
export type Sharing = boolean | "columns" | "rows" | undefined;

/** The drafts with one pair of limits for an axis of those that share it. */
export function shareAxis(
  places: readonly Placed[],
  drafts: readonly Draft[],
  axis: "x" | "y",
  sharing: Sharing,
): readonly Draft[] {
  if (sharing === undefined || sharing === false) return drafts;
  const framed = places.flatMap((_, index) => (drafts[index].content.bare ? [] : [index]));
  const shared = [...drafts];
  const keyOf = (index: number): string => groupOf(places[index], sharing);
  for (const key of new Set(framed.map(keyOf))) {
    const group = framed.filter((index) => keyOf(index) === key);
    if (group.length < 2) continue;
    const limits = commonLimits(
      group.map((index) => drafts[index]),
      axis,
    );
    for (const index of group) {
      const { measured } = drafts[index];
      const scale = measured[axis].within(limits);
      shared[index] = { ...drafts[index], measured: { ...measured, [axis]: scale } };
    }
  }
  return shared;
}

// Panels that begin and end with each other are in one column, or in one row.
function groupOf({ row, column, rows, columns }: Placed, sharing: Sharing): string {
  if (sharing === "columns") return `${column} ${columns}`;
  return sharing === "rows" ? `${row} ${rows}` : "all";
}

// Those of the panel that a view moved last, or those that hold all data; a panel without data has nothing to say.
function commonLimits(drafts: readonly Draft[], axis: "x" | "y"): { low: number; high: number } {
  const all = drafts.map(({ measured }) => measured[axis]);
  const known = all.filter((scale) => scale.known);
  const scales = known.length > 0 ? known : all;
  const other = scales.find(({ kind }) => kind !== scales[0].kind);
  if (other !== undefined) {
    const kinds = `${scales[0].kind} and ${other.kind}`;
    throw new PlotError(
      "BAD_ARGUMENT",
      `expected ${axis} axes that are shared to be of one scale, got ${kinds}`,
    );
  }
  const moved = drafts.flatMap(({ stage }) => (stage?.[axis] === undefined ? [] : [stage]));
  const newest = moved.toSorted((a, b) => b.moves - a.moves).at(0)?.[axis];
  return newest === undefined ? limitsOf(scales) : { low: newest[0], high: newest[1] };
}

/** The layouts with the frames of each column as wide as its narrowest one, and of each row as high as its lowest. */
export function alignFrames(
  places: readonly Placed[],
  drafts: readonly Draft[],
  layouts: readonly Layout[],
): Layout[] {
  const most = (
    inset: (box: Box, outer: Box) => number,
    alike: (a: Placed, b: Placed) => boolean,
    index: number,
  ): number =>
    Math.max(
      ...places.flatMap((place, other) =>
        alike(place, places[index]) ? [inset(layouts[other].box, drafts[other].outer)] : [],
      ),
    );
  return layouts.map((layout, index) => {
    const { outer, content } = drafts[index];
    if (content.bare) return layout;
    const left =
      outer.left +
      most(
        (box, all) => box.left - all.left,
        (a, b) => a.column === b.column,
        index,
      );
    const top =
      outer.top +
      most(
        (box, all) => box.top - all.top,
        (a, b) => a.row === b.row,
        index,
      );
    const right = outer.right - most((box, all) => all.right - box.right, endsAtColumn, index);
    const bottom = outer.bottom - most((box, all) => all.bottom - box.bottom, endsAtRow, index);
    const box = { left, top, right: Math.max(left + 1, right), bottom: Math.max(top + 1, bottom) };
    return { ...layout, box };
  });
}

/** Whether another panel stands on a side of one, so that its axis on that side says what there is to say. */
export function hasBeyond(side: Side, place: Placed, all: readonly Placed[]): boolean {
  const alongside = isAcross(side) ? sharesColumn : sharesRow;
  return all.some((other) => BEYOND[side](place, other) && alongside(place, other));
}

const BEYOND: Readonly<Record<Side, (place: Placed, other: Placed) => boolean>> = {
  bottom: (place, other) => other.row >= place.row + place.rows,
  top: (place, other) => other.row + other.rows <= place.row,
  left: (place, other) => other.column + other.columns <= place.column,
  right: (place, other) => other.column >= place.column + place.columns,
};

function sharesColumn(a: Placed, b: Placed): boolean {
  return a.column < b.column + b.columns && b.column < a.column + a.columns;
}

function sharesRow(a: Placed, b: Placed): boolean {
  return a.row < b.row + b.rows && b.row < a.row + a.rows;
}

function endsAtColumn(a: Placed, b: Placed): boolean {
  return a.column + a.columns === b.column + b.columns;
}

function endsAtRow(a: Placed, b: Placed): boolean {
  return a.row + a.rows === b.row + b.rows;
}

function limitsOf(scales: readonly Scale[]): { low: number; high: number } {
  return {
    low: Math.min(...scales.map(({ low }) => low)),
    high: Math.max(...scales.map(({ high }) => high)),
  };
}
