// What backends refuse: counts and ends of rings that reach beyond their columns, and markers that are none.
import { show, unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import { isMarker } from "./marker-shapes.ts";
import type { Coordinates, MarkerStyle } from "./painter.ts";

/** Refuses a count that one of the columns has not. */
export function checkCount(count: number, ...columns: readonly ArrayLike<number>[]): void {
  const most = Math.min(...columns.map(({ length }) => length));
  if (Number.isInteger(count) && count >= 0 && count <= most) return;
  throw new PlotError("BAD_ARGUMENT", `expected a count of 0 to ${most}, got ${show(count)}`);
}

/** Refuses ends of rings that do not rise, or that the columns have not. */
export function checkEnds(xs: Coordinates, ys: Coordinates, ringEnds: ArrayLike<number>): void {
  let start = 0;
  for (let ring = 0; ring < ringEnds.length; ring++) {
    const end = ringEnds[ring];
    if (!(Number.isInteger(end) && end >= start)) throw unlike("ends of rings that rise", end);
    start = end;
  }
  checkCount(start, xs, ys);
}

/** Refuses markers whose points, colours or sizes are fewer than their count, and those of no kind or size. */
export function checkMarkers(xs: Coordinates, ys: Coordinates, count: number, style: MarkerStyle): void {
  checkCount(count, xs, ys);
  if (style.colors !== undefined) checkCount(count, style.colors);
  if (style.sizes !== undefined) checkCount(count, style.sizes);
  if (!isMarker(style.kind)) throw unlike("a kind of marker", style.kind);
  if (!(style.size >= 0 && style.size < Infinity))
    throw unlike("a marker size of 0 or more pixels", style.size);
}
