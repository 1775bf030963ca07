// What lies above a level in a table of numbers, as rings: the area that the lines of `contourLines` are the edge of. Each
// square of four numbers gives its own ring, and neighbouring squares that lie above it wholly give one for all, so the
// rings touch and never overlap. Filled as one path, no seam is seen between them.
import type { LineSink } from "./contours.ts";

/** Writes rings around all that is at least `level`; squares with a number that is not finite are left out. */
export function areaAbove(values: Float64Array, columns: number, level: number, out: LineSink): void {
  const rows = Math.floor(values.length / columns);
  for (let row = 0; row + 1 < rows; row++) {
    let start = -1;
    for (let column = 0; column < columns; column++) {
      const shape = column + 1 < columns ? shapeOf(values, row * columns + column, columns, level) : 0;
      if (shape === 15 && start < 0) start = column;
      if (shape === 15 || (start < 0 && shape === 0)) continue;
      if (start >= 0) pushBlock(start, column, row, out);
      start = -1;
      if (shape !== 0) pushSquare(values, columns, row, column, level, shape, out);
    }
  }
}

// Which corners are at least the level, counted 1, 2, 4, 8 from the upper left clockwise; 0 where one is no number.
function shapeOf(values: Float64Array, at: number, columns: number, level: number): number {
  const [a, b] = [values[at], values[at + 1]];
  const [c, d] = [values[at + columns + 1], values[at + columns]];
  const finite = a - a === 0 && b - b === 0 && c - c === 0 && d - d === 0;
  if (!finite) return 0;
  return (a >= level ? 1 : 0) + (b >= level ? 2 : 0) + (c >= level ? 4 : 0) + (d >= level ? 8 : 0);
}

function pushBlock(from: number, to: number, row: number, out: LineSink): void {
  out.push(from, row);
  out.push(to, row);
  out.push(to, row + 1);
  out.push(from, row + 1);
  out.gap();
}

// Columns and rows of the corners, clockwise.
const ACROSS = [0, 1, 1, 0];
const DOWN = [0, 0, 1, 1];

// Once around the square: corners above the level, and the places where its sides cross it.
function pushSquare(
  values: Float64Array,
  columns: number,
  row: number,
  column: number,
  level: number,
  shape: number,
  out: LineSink,
): void {
  const corner = (index: number): number =>
    values[(row + DOWN[index % 4]) * columns + column + ACROSS[index % 4]];
  const above = (index: number): boolean => (shape >> (index % 4)) % 2 === 1;
  const cross = (index: number): void => {
    const [a, b] = [corner(index), corner(index + 1)];
    // Halves, since the numbers may be further apart than can be subtracted.
    const share = (level / 2 - a / 2) / (b / 2 - a / 2);
    const [from, to] = [index % 4, (index + 1) % 4];
    const across = ACROSS[from] + (ACROSS[to] - ACROSS[from]) * share;
    out.push(column + across, row + DOWN[from] + (DOWN[to] - DOWN[from]) * share);
  };
  const twice = shape === 5 || shape === 10;
  const apart = twice && corner(0) / 4 + corner(1) / 4 + corner(2) / 4 + corner(3) / 4 < level;
  for (let index = 0; index < 4; index++) {
    if (apart && above(index)) cross(index + 3);
    if (above(index)) out.push(column + ACROSS[index], row + DOWN[index]);
    if (above(index) !== above(index + 1) && (!apart || above(index))) cross(index);
    if (apart && above(index)) out.gap();
  }
  if (!apart) out.gap();
}
