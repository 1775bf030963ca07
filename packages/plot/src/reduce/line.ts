// From data to the points that a line is drawn through. Of many points in one column of pixels only the first, the
// lowest, the highest and the last are kept: on the screen the line covers the same pixels. Nothing is sampled, so no
// extreme is ever lost.
//
// Where x ascends, the columns are found by searching x and their extremes come from the summary of y. Where it does not,
// each visit of a column is reduced by itself, in one pass: visits.ts.
import type { Series } from "@millpond/core";

import type { Mapping } from "../scale/mapping.ts";
import { ColumnSearch } from "./column-search.ts";
import type { Points } from "./points.ts";
import { extremesBetween, type Summary } from "./summary.ts";
import { pushColumn, Visits } from "./visits.ts";

/** What a line is made of. */
export interface LineData {
  /** Where it has no x, it is drawn over 0, 1, 2 … */
  readonly xs: Series | undefined;
  readonly ys: Summary;
  /** True if `xs` ascends, and has no NaN. */
  readonly ascending: boolean;
}

/** Where and how it is drawn. */
export interface LineFrame {
  readonly x: Mapping;
  readonly y: Mapping;
  /** Pixels between which x is shown, `left < right`. */
  readonly left: number;
  readonly right: number;
  /** True if a line is drawn across numbers that are missing. */
  readonly joinGaps: boolean;
  /** True if the points of one column are to lie beside each other, as areas need it. */
  readonly spread: boolean;
}

/** With fewer points than this in each column of pixels, all of them are drawn. */
export const DENSE = 4;

/** Writes the points of a line. */
export function traceLine(data: LineData, frame: LineFrame, out: Points): void {
  const count = data.ys.data.length;
  const columns = Math.max(1, Math.ceil(frame.right - frame.left));
  if (count <= DENSE * columns) tracePoints(data, 0, count, frame, out);
  else if (data.ascending) traceAscending(data, frame, columns, out);
  else traceVisits(data, frame, out);
}

function xAt(xs: Series | undefined, index: number): number {
  return xs === undefined ? index : xs.at(index);
}

// Every point by itself.
function tracePoints(data: LineData, start: number, end: number, frame: LineFrame, out: Points): void {
  const { x, y } = frame;
  for (let index = start; index < end; index++) {
    const across = xAt(data.xs, index);
    const value = data.ys.data.at(index);
    if (x.has(across) && y.has(value)) out.push(x.place(across), y.place(value));
    else if (!frame.joinGaps) out.gap();
  }
}

function traceAscending(data: LineData, frame: LineFrame, columns: number, out: Points): void {
  const count = data.ys.data.length;
  const { x, left, right } = frame;
  const turned = x.start > x.end;
  // Distance from the edge at which x starts: ascends with the index whether or not the axis is inverted.
  const edge = turned ? right : left;
  const sign = turned ? -1 : 1;
  const search = new ColumnSearch(data.xs, x, edge, sign);
  let start = search.find(0, 0, count);
  const last = search.find(columns, start, count);
  // One point outside at either side, to which the line leads.
  tracePoints(data, Math.max(0, start - 1), start, frame, out);
  for (let column = 0; column < columns && start < last; column++) {
    const end = search.find(column + 1, start, last);
    if (end - start <= DENSE) tracePoints(data, start, end, frame, out);
    else traceColumn(data, start, end, edge + sign * column, sign, frame, out);
    start = end;
  }
  tracePoints(data, last, Math.min(last + 1, count), frame, out);
}

function traceColumn(
  data: LineData,
  start: number,
  end: number,
  edge: number,
  sign: number,
  frame: LineFrame,
  out: Points,
): void {
  const { y } = frame;
  const [low, high] = extremesBetween(data.ys, start, end);
  if (!(y.has(low) && y.has(high))) {
    traceRuns(data, start, end, edge, sign, frame, out);
    return;
  }
  const values = data.ys.data;
  pushColumn(
    y.place(values.at(start)),
    y.place(low),
    y.place(high),
    y.place(values.at(end - 1)),
    edge,
    sign,
    frame.spread,
    out,
  );
}

// A column with missing numbers in it: what is between them is reduced by itself.
function traceRuns(
  data: LineData,
  start: number,
  end: number,
  edge: number,
  sign: number,
  frame: LineFrame,
  out: Points,
): void {
  const values = data.ys.data;
  let from = start;
  while (from < end) {
    if (!frame.y.has(values.at(from))) {
      if (!frame.joinGaps) out.gap();
      from++;
      continue;
    }
    let to = from + 1;
    while (to < end && frame.y.has(values.at(to))) to++;
    if (to - from <= DENSE) tracePoints(data, from, to, frame, out);
    else traceColumn(data, from, to, edge, sign, frame, out);
    from = to;
  }
}

function traceVisits(data: LineData, frame: LineFrame, out: Points): void {
  const { x, y, joinGaps } = frame;
  const values = data.ys.data;
  const visits = new Visits(frame.left, frame.spread, out);
  for (let index = 0; index < values.length; index++) {
    const across = xAt(data.xs, index);
    const value = values.at(index);
    if (x.has(across) && y.has(value)) visits.push(x.place(across), y.place(value));
    else if (!joinGaps) visits.gap();
  }
  visits.end();
}
