// The area between a lower and an upper line in pixels: how sure a curve is.
import type { Canvas, Setting } from "../figure/mark.ts";
import type { Color } from "../paint/painter.ts";
import { Points } from "../reduce/points.ts";

/** Fills the area between two lines. */
export function fillBand(
  low: Points,
  high: Points,
  color: Color,
  { painter }: Canvas,
  workspace: Setting["workspace"],
): void {
  const ring = new Points(workspace, low.count + high.count);
  for (let index = 0; index < low.count; index++) ring.push(low.xs[index], low.ys[index]);
  for (let index = high.count - 1; index >= 0; index--) ring.push(high.xs[index], high.ys[index]);
  painter.fillPath(ring.xs, ring.ys, [ring.count], { color });
}
