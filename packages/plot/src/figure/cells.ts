// The cells of a figure with several panels: where they begin and end. Cells are even, or so large that the frames of panels
// that share axes are: the outer ones then have more room, for their texts.
import type { Box } from "./axes.ts";

/** A panel and the cells that it takes. */
export interface Placed {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Pixels at which columns and rows begin, and where the last one ends. */
export interface Borders {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** Columns of one width, and rows of one height. */
export function evenBorders({ left, top, right, bottom }: Box, rows: number, columns: number): Borders {
  const even = (count: number, from: number, to: number): number[] =>
    Array.from({ length: count + 1 }, (_, index) => from + (index * (to - from)) / count);
  return { xs: even(columns, left, right), ys: even(rows, top, bottom) };
}

/** The room of a panel; what lies between two cells is free. */
export function cellBox({ xs, ys }: Borders, place: Placed, between: number): Box {
  const [column, row] = [place.column + place.columns, place.row + place.rows];
  const half = (isInner: boolean): number => (isInner ? between / 2 : 0);
  return {
    left: Math.round(xs[place.column] + half(place.column > 0)),
    top: Math.round(ys[place.row] + half(place.row > 0)),
    right: Math.round(xs[column] - half(column < xs.length - 1)),
    bottom: Math.round(ys[row] - half(row < ys.length - 1)),
  };
}

/** Cells of which the frames are even that were found in other cells; the same cells if there is no room for that. */
export function bordersOfFrames(
  borders: Borders,
  places: readonly Placed[],
  frames: readonly Box[],
): Borders {
  const { xs, ys } = borders;
  const across = places.map(({ column, columns }, index) => {
    const { left, right } = frames[index];
    return {
      first: column,
      end: column + columns,
      before: left - xs[column],
      after: xs[column + columns] - right,
    };
  });
  const down = places.map(({ row, rows }, index) => {
    const { top, bottom } = frames[index];
    return { first: row, end: row + rows, before: top - ys[row], after: ys[row + rows] - bottom };
  });
  return { xs: bordersAround(xs, across), ys: bordersAround(ys, down) };
}

interface Span {
  readonly first: number;
  readonly end: number;
  /** Pixels between the first cell's beginning and the frame, and between the frame and the last cell's end. */
  readonly before: number;
  readonly after: number;
}

function bordersAround(borders: readonly number[], spans: readonly Span[]): readonly number[] {
  const count = borders.length - 1;
  const [before, after] = [new Float64Array(count), new Float64Array(count)];
  for (const span of spans) {
    before[span.first] = Math.max(before[span.first], span.before);
    after[span.end - 1] = Math.max(after[span.end - 1], span.after);
  }
  const taken = before.reduce((sum, each) => sum + each, 0) + after.reduce((sum, each) => sum + each, 0);
  const inner = (borders[count] - borders[0] - taken) / count;
  if (!(inner >= 1)) return borders;
  const found = [borders[0]];
  for (let cell = 0; cell < count; cell++) found.push(found[cell] + before[cell] + inner + after[cell]);
  return found;
}
