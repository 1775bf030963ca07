// How dense points lie in the plane: a sum of bells, one for each point. The points are first put onto the places of a
// table, each shared among its four neighbours; the table is then blurred along its rows and its columns, since a round
// bell is the product of two.
import type { Workspace } from "../reduce/workspace.ts";

/** A direction of the table: where its first and last place are, how many there are, and how wide a bell is. */
export interface TableSide {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly width: number;
}

// A bell is nothing from here on, in its own width.
const REACH = 5;

/** The density at each place of a table, row after row; all of `xs` and `ys` are finite and within its sides. */
export function densityTable(
  xs: Float64Array,
  ys: Float64Array,
  x: TableSide,
  y: TableSide,
  workspace: Workspace,
): Float64Array {
  const table = workspace.numbers(x.count * y.count).fill(0);
  addPoints(xs, ys, x, y, table);
  const blurred = workspace.numbers(table.length);
  const [across, up] = [bellOf(x, workspace), bellOf(y, workspace)];
  for (let row = 0; row < y.count; row++) blur(table, row * x.count, 1, x.count, across, blurred);
  for (let column = 0; column < x.count; column++) blur(blurred, column, x.count, y.count, up, table);
  for (let place = 0; place < table.length; place++) table[place] /= Math.max(1, xs.length);
  return table;
}

function addPoints(
  xs: Float64Array,
  ys: Float64Array,
  x: TableSide,
  y: TableSide,
  table: Float64Array,
): void {
  const [perX, perY] = [(x.count - 1) / (x.high - x.low), (y.count - 1) / (y.high - y.low)];
  for (let index = 0; index < xs.length; index++) {
    const across = (xs[index] - x.low) * perX;
    const up = (ys[index] - y.low) * perY;
    const column = Math.min(Math.floor(across), x.count - 2);
    const row = Math.min(Math.floor(up), y.count - 2);
    const [right, above] = [across - column, up - row];
    const at = row * x.count + column;
    table[at] += (1 - right) * (1 - above);
    table[at + 1] += right * (1 - above);
    table[at + x.count] += (1 - right) * above;
    table[at + x.count + 1] += right * above;
  }
}

// The right half of a bell at the places of the table, from its middle on; the whole of it covers an area of one.
function bellOf({ low, high, count, width }: TableSide, workspace: Workspace): Float64Array {
  const step = (high - low) / (count - 1);
  const bell = workspace.numbers(Math.min(count, Math.ceil((REACH * width) / step) + 1));
  let sum = 0;
  for (let index = 0; index < bell.length; index++) {
    bell[index] = Math.exp(-0.5 * ((index * step) / width) ** 2);
    sum += index === 0 ? bell[0] : 2 * bell[index];
  }
  for (let index = 0; index < bell.length; index++) bell[index] /= sum * step;
  return bell;
}

/** Spreads each number of one row (or column, with its stride) over its neighbours. */
function blur(
  source: Float64Array,
  start: number,
  stride: number,
  count: number,
  bell: Float64Array,
  target: Float64Array,
): void {
  for (let place = 0; place < count; place++) {
    let sum = source[start + place * stride] * bell[0];
    for (let away = 1; away < bell.length; away++) {
      if (place >= away) sum += source[start + (place - away) * stride] * bell[away];
      if (place + away < count) sum += source[start + (place + away) * stride] * bell[away];
    }
    target[start + place * stride] = sum;
  }
}
