// Reduced lines: in every visit of every pixel column the same first, lowest, highest and last point as in the data, on all
// scales, with gaps, infinities, reversed axes and x that turns back; from arrays in a pool, outside it and of other kinds.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool, series, type SeriesLike } from "@millpond/core";
import * as fc from "fast-check";

import { type LineFrame, traceLine } from "../../src/reduce/line.ts";
import { Points } from "../../src/reduce/points.ts";
import { isAscending, summarize } from "../../src/reduce/summary.ts";
import { Workspace } from "../../src/reduce/workspace.ts";
import { Scale, type ScaleKind } from "../../src/scale/scale.ts";

const LEFT = 40;
const RIGHT = 70;

type Visit = [column: number, first: number, low: number, high: number, last: number];

// Visits of columns, with undefined for each gap between them.
function visitsOf(
  points: Iterable<readonly [number, number]>,
  columnOf: (x: number) => number,
): (Visit | undefined)[] {
  const found: (Visit | undefined)[] = [];
  for (const [x, y] of points) {
    if (Number.isNaN(y)) {
      if (found.length > 0 && found.at(-1) !== undefined) found.push(undefined);
      continue;
    }
    const last = found.at(-1);
    const column = columnOf(x);
    if (last?.[0] !== column) found.push([column, y, y, y, y]);
    else found[found.length - 1] = [column, last[1], Math.min(last[2], y), Math.max(last[3], y), y];
  }
  if (found.at(-1) === undefined) found.pop();
  return found;
}

interface Drawing {
  readonly xs: number[] | undefined;
  readonly ys: number[];
  readonly xKind: ScaleKind;
  readonly yKind: ScaleKind;
  readonly inverted: boolean;
  readonly limits: readonly [number, number] | undefined;
  readonly joinGaps: boolean;
  readonly store: "pool" | "typed" | "plain";
}

function draw(pool: Pool, drawing: Drawing): void {
  const workspace = new Workspace(pool);
  try {
    compare(workspace, drawing);
  } finally {
    workspace.release();
  }
  assert.equal(pool.stats().bytesInUse, 0);
}

function compare(workspace: Workspace, drawing: Drawing): void {
  const place = (values: number[]): SeriesLike => {
    if (drawing.store === "plain") return values;
    if (drawing.store === "typed") return Float64Array.from(values);
    const array = workspace.numbers(values.length);
    array.set(values);
    return array;
  };
  const xs = drawing.xs === undefined ? undefined : series(place(drawing.xs));
  const ascending = xs === undefined || isAscending(xs, workspace);
  const ys = summarize(series(place(drawing.ys)), workspace);
  const extent = { low: 1, high: Math.max(2, drawing.ys.length) };
  const options = { scale: drawing.xKind, inverted: drawing.inverted, limits: drawing.limits };
  const x = new Scale("x axis", options, extent).mapping(LEFT, RIGHT);
  const y = new Scale("y axis", { scale: drawing.yKind }, { low: 0.01, high: 100 }).mapping(90, 10);
  const frame: LineFrame = { x, y, left: LEFT, right: RIGHT, joinGaps: drawing.joinGaps, spread: false };
  const out = new Points(workspace, 0);
  traceLine({ xs, ys, ascending }, frame, out);
  const rightwards = ascending && drawing.inverted;
  const columnOf = (at: number): number => (rightwards ? Math.floor(RIGHT - at) : Math.floor(at - LEFT));
  const inside = (visits: (Visit | undefined)[]): (Visit | undefined)[] =>
    visits
      .filter((visit) => visit === undefined || (visit[0] >= 0 && visit[0] < RIGHT - LEFT))
      .filter((visit, index, kept) => visit !== undefined || (index > 0 && kept[index - 1] !== undefined));
  const got = inside(visitsOf(pairs(out), columnOf));
  const expected = inside(visitsOf(reference(drawing, frame), columnOf));
  // Beyond the last column one point is kept; gaps behind it are of no interest.
  if (got.at(-1) === undefined) got.pop();
  if (expected.at(-1) === undefined) expected.pop();
  assert.deepEqual(got, expected);
}

function* pairs(points: Points): Generator<readonly [number, number]> {
  for (let index = 0; index < points.count; index++) yield [points.xs[index], points.ys[index]];
}

function* reference(
  { xs, ys, joinGaps }: Drawing,
  { x, y }: LineFrame,
): Generator<readonly [number, number]> {
  for (const [index, value] of ys.entries()) {
    const across = xs === undefined ? index : xs[index];
    if (x.has(across) && y.has(value)) yield [x.place(across), y.place(value)];
    else if (!joinGaps) yield [NaN, NaN];
  }
}

const value = fc.oneof(
  { weight: 300, arbitrary: fc.double({ min: -50, max: 150, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, -1, 1e308, 5e-324) },
);
const ys = fc.oneof(
  fc.array(value, { minLength: 0, maxLength: 300 }),
  // Long, from few numbers: the blocks of a summary come to be used.
  fc
    .tuple(fc.array(value, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 20_000 }))
    .map(([few, count]) =>
      Array.from({ length: count }, (_, index) => few[(index * 7 + (index >> 9)) % few.length]),
    ),
);
const kinds = fc.constantFrom<ScaleKind>("linear", "log", "symlog");

const drawings: fc.Arbitrary<Drawing> = fc
  .record({
    ys,
    shape: fc.constantFrom("index", "ascending", "ascending", "turning", "holes"),
    xKind: kinds,
    yKind: kinds,
    inverted: fc.boolean(),
    zoom: fc.option(
      fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })),
      { nil: undefined },
    ),
    joinGaps: fc.boolean(),
    store: fc.constantFrom<Drawing["store"]>("pool", "typed", "plain"),
  })
  .map(({ shape, zoom, ys, ...rest }) => {
    const count = ys.length;
    const xs: Record<string, number[] | undefined> = {
      index: undefined,
      ascending: ys.map((_, index) => Math.floor(index * 1.7) - 3),
      turning: ys.map((_, index) => Math.abs(count * 0.6 - index) + Math.sin(index)),
      holes: ys.map((_, index) => (index % 701 === 700 ? NaN : index)),
    };
    const limits =
      zoom === undefined || Math.abs(zoom[0] - zoom[1]) < 0.01
        ? undefined
        : ([zoom[0], zoom[1]].map((part) => part * count + 0.5).sort((a, b) => a - b) as [number, number]);
    return { ...rest, ys, xs: xs[shape], limits };
  });

test("every visit of a pixel column keeps its first, lowest, highest and last point", () => {
  for (const pool of [new Pool(), new Pool({ memory: "arraybuffer" })]) {
    fc.assert(
      fc.property(drawings, (drawing) => draw(pool, drawing)),
      { numRuns: 300, endOnFailure: true },
    );
  }
});

test("dense lines come down to four points a column, and no fewer than the extremes need", () => {
  const pool = new Pool();
  const workspace = new Workspace(pool);
  const values = Float64Array.from({ length: 100_000 }, (_, index) => Math.sin(index * index));
  const ys = summarize(series(values), workspace);
  const x = new Scale("x axis", { margin: 0 }, { low: 0, high: 99_999 }).mapping(0, 500);
  const y = new Scale("y axis", {}, { low: -1, high: 1 }).mapping(100, 0);
  const out = new Points(workspace, 16);
  traceLine(
    { xs: undefined, ys, ascending: true },
    { x, y, left: 0, right: 500, joinGaps: false, spread: false },
    out,
  );
  assert(out.count >= 2000 && out.count <= 2002, `${out.count}`);
  workspace.release();
});
