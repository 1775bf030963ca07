// A coarse grid over a panel that remembers where something was drawn, so that the legend finds the emptiest place.

const COLUMNS = 48;
const ROWS = 36;

/** Which parts of a panel are taken. */
export class Occupancy {
  readonly #left: number;
  readonly #top: number;
  readonly #cellWidth: number;
  readonly #cellHeight: number;
  readonly #taken: Uint8Array;

  /** `cells` are COLUMNS * ROWS zeroed bytes, or none where nobody will ask: then nothing is remembered. */
  constructor(cells: Uint8Array, left: number, top: number, right: number, bottom: number) {
    this.#taken = cells;
    this.#left = left;
    this.#top = top;
    this.#cellWidth = (right - left) / COLUMNS;
    this.#cellHeight = (bottom - top) / ROWS;
  }

  /** How many cells a grid needs. */
  static readonly cells: number = COLUMNS * ROWS;

  /** A point was drawn. */
  point(x: number, y: number): void {
    if (this.#taken.length === 0) return;
    const column = Math.floor((x - this.#left) / this.#cellWidth);
    const row = Math.floor((y - this.#top) / this.#cellHeight);
    if (column >= 0 && column < COLUMNS && row >= 0 && row < ROWS) this.#taken[row * COLUMNS + column] = 1;
  }

  /** A line through points was drawn; NaN is a gap. */
  line(xs: Float64Array, ys: Float64Array, count: number): void {
    if (this.#taken.length === 0) return;
    for (let index = 0; index < count; index++) {
      this.point(xs[index], ys[index]);
      if (index > 0) this.#between(xs[index - 1], ys[index - 1], xs[index], ys[index]);
    }
  }

  /** A rectangle was filled. */
  rect(x: number, y: number, width: number, height: number): void {
    const [fromColumn, toColumn] = span(x, width, this.#left, this.#cellWidth, COLUMNS);
    const [fromRow, toRow] = span(y, height, this.#top, this.#cellHeight, ROWS);
    for (let row = fromRow; row <= toRow; row++) {
      for (let column = fromColumn; column <= toColumn; column++) this.#taken[row * COLUMNS + column] = 1;
    }
  }

  /** How many cells of a rectangle are taken. */
  count(x: number, y: number, width: number, height: number): number {
    const [fromColumn, toColumn] = span(x, width, this.#left, this.#cellWidth, COLUMNS);
    const [fromRow, toRow] = span(y, height, this.#top, this.#cellHeight, ROWS);
    let taken = 0;
    for (let row = fromRow; row <= toRow; row++) {
      for (let column = fromColumn; column <= toColumn; column++)
        taken += this.#taken[row * COLUMNS + column];
    }
    return taken;
  }

  // Points on a long segment, one in each cell or so. Dense lines have no long segments, and ends far away are left out.
  #between(x0: number, y0: number, x1: number, y1: number): void {
    const steps = Math.max(Math.abs(x1 - x0) / this.#cellWidth, Math.abs(y1 - y0) / this.#cellHeight);
    if (!(steps > 1 && steps < 4 * COLUMNS)) return;
    const count = Math.ceil(steps);
    for (let step = 1; step < count; step++)
      this.point(x0 + ((x1 - x0) * step) / count, y0 + ((y1 - y0) * step) / count);
  }
}

function span(from: number, size: number, edge: number, cell: number, count: number): [number, number] {
  const first = Math.floor((Math.min(from, from + size) - edge) / cell);
  const last = Math.ceil((Math.max(from, from + size) - edge) / cell) - 1;
  return [Math.max(0, first), Math.min(count - 1, last)];
}
