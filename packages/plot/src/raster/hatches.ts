// Hatches: the coverage of lines or dots at every pixel of an area, computed from the place in the figure.
import type { Bounds } from "../paint/bounds.ts";
import type { Hatch } from "../paint/painter.ts";

/** Coverage, 0 to 1, at the middle of a pixel. */
export type HatchPattern = (x: number, y: number) => number;

/** Reduces the mask to where the hatch is. */
export function hatchMask(mask: Uint8Array, maskStride: number, bounds: Bounds, pattern: HatchPattern): void {
  const { left, top, right, bottom } = bounds;
  for (let row = top; row < bottom; row++) {
    for (let x = left; x < right; x++) {
      const at = row * maskStride + x;
      if (mask[at] !== 0) mask[at] = Math.round(mask[at] * pattern(x + 0.5, row + 0.5));
    }
  }
}

/** The pattern of a hatch. */
export function patternOf({ kind, spacing = 8, width = 1 }: Hatch): HatchPattern {
  if (kind === "dots") return dots(spacing, width);
  // Thin lines get fainter instead of thinner, as strokes do.
  const reach = Math.max(width, 1) / 2 + 0.5;
  const strength = Math.min(width, 1);
  const line = (position: number): number => {
    const distance = Math.abs(position - spacing * Math.round(position / spacing));
    return strength * Math.min(1, Math.max(0, reach - distance));
  };
  const slope = Math.SQRT1_2;
  switch (kind) {
    case "horizontal":
      return (_, y) => line(y - spacing / 2);
    case "vertical":
      return (x) => line(x - spacing / 2);
    case "cross":
      return (x, y) => Math.max(line(x - spacing / 2), line(y - spacing / 2));
    case "diagonal":
      return (x, y) => line((x + y) * slope);
    case "back-diagonal":
      return (x, y) => line((x - y) * slope);
    default:
      return (x, y) => Math.max(line((x + y) * slope), line((x - y) * slope));
  }
}

function dots(spacing: number, width: number): HatchPattern {
  return (x, y) => {
    const dx = x - spacing * (Math.floor(x / spacing) + 0.5);
    const dy = y - spacing * (Math.floor(y / spacing) + 0.5);
    return Math.min(1, Math.max(0, width / 2 + 0.5 - Math.hypot(dx, dy)));
  };
}
