// The line around a rectangle.
import type { Painter, StrokeStyle } from "./painter.ts";

/** Strokes the four sides between two corners. */
export function strokeBox(
  painter: Painter,
  left: number,
  top: number,
  right: number,
  bottom: number,
  style: StrokeStyle,
): void {
  const xs = Float64Array.of(left, right, right, left);
  painter.strokeRings(xs, Float64Array.of(top, top, bottom, bottom), [4], style);
}
