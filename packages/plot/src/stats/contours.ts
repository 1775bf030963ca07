// Lines of equal height through a table of numbers: marching squares. Each square of four numbers is crossed by no, one or
// two pieces of the line; where it could be two ways, the mean of the four decides. Pieces are then joined into lines.

/** Takes one point after the other; a gap ends a line. Places are in cells, from the middle of the first one. */
export interface LineSink {
  push(x: number, y: number): void;
  gap(): void;
}

// Which sides of a square a piece of the line joins, for each way its corners can be above (bit set) or below: corners are
// counted 1, 2, 4, 8 from the upper left clockwise, sides 0 to 3 from the upper one clockwise.
const PIECES: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

// The other way through the two squares that are crossed twice.
const TWISTED: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  5: [
    [0, 1],
    [2, 3],
  ],
  10: [
    [3, 0],
    [1, 2],
  ],
};

/** Writes the lines at a level. Squares with a number that is not finite are left out. */
export function contourLines(values: Float64Array, columns: number, level: number, out: LineSink): void {
  const rows = Math.floor(values.length / columns);
  // Each crossed side of a square is met by at most two pieces; a piece is kept under both of its sides.
  const next = new Map<number, number[]>();
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) addPieces(values, columns, row, column, level, next);
  }
  // Lines that end at the border first, from an end; what is left are rings.
  for (const [side, neighbours] of next)
    if (neighbours.length === 1) walk(side, next, values, columns, level, out);
  for (const side of next.keys()) walk(side, next, values, columns, level, out);
}

function addPieces(
  values: Float64Array,
  columns: number,
  row: number,
  column: number,
  level: number,
  next: Map<number, number[]>,
): void {
  const at = row * columns + column;
  const corners = [values[at], values[at + 1], values[at + columns + 1], values[at + columns]];
  if (!corners.every((value) => Number.isFinite(value))) return;
  const shape = corners.reduce((bits, value, corner) => (value >= level ? bits | (1 << corner) : bits), 0);
  const middle = corners.reduce((sum, value) => sum + value / 4, 0);
  const twisted = TWISTED[shape] !== undefined && middle >= level;
  for (const [from, to] of twisted ? TWISTED[shape] : PIECES[shape]) {
    const [a, b] = [sideOf(at, columns, from), sideOf(at, columns, to)];
    link(next, a, b);
    link(next, b, a);
  }
}

// A side by a number that both squares beside it give it: twice its first corner, and one more if it goes down.
function sideOf(at: number, columns: number, side: number): number {
  if (side === 0) return 2 * at;
  if (side === 1) return 2 * (at + 1) + 1;
  return side === 2 ? 2 * (at + columns) : 2 * at + 1;
}

function link(next: Map<number, number[]>, from: number, to: number): void {
  const known = next.get(from);
  if (known === undefined) next.set(from, [to]);
  else known.push(to);
}

// Follows a line from a side until it ends or comes back, and takes out what it has passed.
function walk(
  start: number,
  next: Map<number, number[]>,
  values: Float64Array,
  columns: number,
  level: number,
  out: LineSink,
): void {
  if ((next.get(start)?.length ?? 0) === 0) return;
  pushCrossing(start, values, columns, level, out);
  let at = start;
  for (let to = next.get(at)!.pop(); to !== undefined; to = next.get(at)!.pop()) {
    const back = next.get(to)!;
    back.splice(back.indexOf(at), 1);
    pushCrossing(to, values, columns, level, out);
    at = to;
  }
  out.gap();
}

function pushCrossing(
  side: number,
  values: Float64Array,
  columns: number,
  level: number,
  out: LineSink,
): void {
  const first = Math.floor(side / 2);
  const down = side % 2 === 1;
  const [a, b] = [values[first], values[first + (down ? columns : 1)]];
  // Halves, since the numbers may be further apart than can be subtracted.
  const share = a === b ? 0.5 : (level / 2 - a / 2) / (b / 2 - a / 2);
  const column = first % columns;
  const row = Math.floor(first / columns);
  out.push(down ? column : column + share, down ? row + share : row);
}
