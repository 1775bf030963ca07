// A table with more places: what lies between the numbers is the nearest of them, or on lines or cubic curves through them.
import type { Workspace } from "../reduce/workspace.ts";

/** What lies between two numbers: the nearer one, a straight line, or a curve through both that knows their neighbours. */
export type Between = "nearest" | "linear" | "cubic";

/** Numbers at the places of a grid, row after row. */
export interface Grid {
  readonly numbers: Float64Array;
  readonly columns: number;
}

/** The grid with `factor` places for each step between two columns or rows; its corners stay where they are. */
export function refineTable(
  { numbers, columns }: Grid,
  between: Between,
  factor: number,
  workspace: Workspace,
): Grid {
  const rows = numbers.length / columns;
  const [wide, high] = [(columns - 1) * factor + 1, (rows - 1) * factor + 1];
  const stretched = workspace.numbers(wide * rows);
  for (let row = 0; row < rows; row++)
    refineLine(numbers, row * columns, 1, columns, stretched, row * wide, 1, between, factor);
  const refined = workspace.numbers(wide * high);
  for (let column = 0; column < wide; column++)
    refineLine(stretched, column, wide, rows, refined, column, wide, between, factor);
  return { numbers: refined, columns: wide };
}

// Every `step`-th number from `start` on, `count` of them, to every `toStep`-th from `to` on.
function refineLine(
  from: Float64Array,
  start: number,
  step: number,
  count: number,
  target: Float64Array,
  to: number,
  toStep: number,
  between: Between,
  factor: number,
): void {
  for (let place = 0; place <= (count - 1) * factor; place++) {
    const index = Math.min(Math.floor(place / factor), Math.max(0, count - 2));
    const at = start + index * step;
    const share = place / factor - index;
    const [a, b] = [from[at], from[Math.min(at + step, start + (count - 1) * step)]];
    // Numbers stay what they are, also beside one that is missing.
    const whole = share === 0 || share === 1 || between === "nearest";
    if (whole) target[to + place * toStep] = share < 0.5 ? a : b;
    else if (between === "linear") target[to + place * toStep] = a + (b - a) * share;
    else {
      const before = index > 0 ? from[at - step] : NaN;
      const after = index + 2 < count ? from[at + 2 * step] : NaN;
      target[to + place * toStep] = cubic(before, a, b, after, share);
    }
  }
}

// Catmull and Rom's curve. A neighbour that is missing is taken to lie on the line through the two.
function cubic(before: number, a: number, b: number, after: number, share: number): number {
  const first = before === before ? before : 2 * a - b;
  const last = after === after ? after : 2 * b - a;
  const [into, out] = [(b - first) / 2, (last - a) / 2];
  const rest = 1 - share;
  return (
    a * rest * rest * (1 + 2 * share) +
    b * share * share * (1 + 2 * rest) +
    share * rest * (into * rest - out * share)
  );
}
