// The pictures of the suite as Millpond draws them. It is loaded here, and not at the top, so that loading can be timed.

import type { Pool } from "@millpond/core";
import type { Plot } from "@millpond/plot";

import { HEIGHT, type Points, TITLE, WIDTH, X_LABEL, Y_LABEL } from "./data.ts";
import type { Draw } from "./drawing.ts";

type Fill = (figure: Plot) => Plot;

async function drawer(fill: Fill): Promise<(pool?: Pool) => Plot> {
  const { plot } = await import("@millpond/plot");
  return (pool) =>
    fill(plot({ width: WIDTH, height: HEIGHT, pool }))
      .title(TITLE)
      .xlabel(X_LABEL)
      .ylabel(Y_LABEL);
}

async function kept(fill: Fill): Promise<Draw> {
  const figure = (await drawer(fill))();
  return () => figure.png();
}

/** A line. */
export function line({ xs, ys }: Points): Promise<Draw> {
  return kept((figure) => figure.line(xs, ys));
}

/** A line whose x is declared to ascend. */
export function sortedLine({ xs, ys }: Points): Promise<Draw> {
  return kept((figure) => figure.line(xs, ys, { sorted: true }));
}

/** A line over evenly spaced x, which are said by their ends. */
export async function evenLine({ xs, ys }: Points): Promise<Draw> {
  const { linspace } = await import("@millpond/core");
  const even = linspace(xs[0], xs[xs.length - 1], xs.length);
  return kept((figure) => figure.line(even, ys));
}

/** A line without x. */
export function indexLine({ ys }: Points): Promise<Draw> {
  return kept((figure) => figure.line(ys));
}

/** A line in memory that is fetched for each figure and given back to the machine. */
export async function freshLine({ xs, ys }: Points): Promise<Draw> {
  const { Pool } = await import("@millpond/core");
  const draw = await drawer((figure) => figure.line(xs, ys));
  return () => {
    using pool = new Pool({ name: "one figure" });
    return draw(pool).png();
  };
}

/** A disc for each point. */
export function scatter({ xs, ys }: Points): Promise<Draw> {
  return kept((figure) => figure.scatter(xs, ys, { size: 3 }));
}

/** A histogram. */
export function histogram(values: Float64Array, bins: number): Promise<Draw> {
  return kept((figure) => figure.histogram(values, { bins }));
}

/** A heatmap of a square table. */
export function heatmap(values: Float64Array, side: number): Promise<Draw> {
  return kept((figure) => figure.heatmap(values, { columns: side }));
}
