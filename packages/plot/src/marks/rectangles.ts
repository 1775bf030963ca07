// Rectangles in pixels, collected and drawn together: bars of all kinds. Their edges are put on whole pixels, so that bars
// side by side neither overlap nor leave a seam.
import type { Canvas, LegendKey, MarkOptions, Setting } from "../figure/mark.ts";
import type { Color, FillStyle, Hatch, HatchKind, StrokeStyle } from "../paint/painter.ts";
import { strokeBox } from "../paint/stroke-box.ts";
import { Points } from "../reduce/points.ts";
import type { Workspace } from "../reduce/workspace.ts";

/** Options of filled things. */
export interface PatchOptions extends MarkOptions {
  /** The colour of the edge, or "none". @defaultValue the theme's */
  readonly edgeColor?: string | undefined;
  /** Points. @defaultValue 0.8 */
  readonly edgeWidth?: number | undefined;
  /** Lines or dots over the colour. */
  readonly hatch?: HatchKind | undefined;
}

/** How a patch is filled and edged. */
export interface PatchStyle {
  readonly fill: FillStyle;
  readonly edge: StrokeStyle | undefined;
}

/** The style of a patch of a colour. */
export function patchStyle(color: Color, options: PatchOptions, { looks }: Setting): PatchStyle {
  const { edgeColor, edgeWidth = 0.8, hatch: kind } = options;
  const edgeOf =
    edgeColor === undefined || edgeColor === "none"
      ? looks.edgeOf(color)
      : looks.color(edgeColor, options.alpha ?? 1);
  const edge =
    edgeColor === "none" || edgeWidth === 0 ? undefined : looks.stroke(edgeOf, edgeWidth, { join: "miter" });
  const hatch: Hatch | undefined =
    kind === undefined
      ? undefined
      : { kind, color: edgeOf, spacing: looks.pixels(6), width: looks.pixels(0.8) };
  return { fill: { color, hatch }, edge };
}

/** The key of a patch. */
export function patchKeys(label: string | undefined, { fill, edge }: PatchStyle): LegendKey[] {
  return label === undefined ? [] : [{ label, patch: fill, edge }];
}

// Of a bar that is narrower or lower than so many pixels, edges would be all that is seen.
const LEAST_WITH_EDGE = 4;

/** Rectangles to be drawn in one go. */
export class Rectangles {
  readonly #corners: Points;
  readonly #sizes: Points;
  readonly #snapped: boolean;

  /** `snapped` is false for narrow ones with gaps between them, which would come and go with the rounding. */
  constructor(workspace: Workspace, capacity: number, snapped = true) {
    this.#corners = new Points(workspace, capacity);
    this.#sizes = new Points(workspace, capacity);
    this.#snapped = snapped;
  }

  /** Adds what lies between two places in each direction; what is outside of the panel is cut off at some distance. */
  add(x0: number, x1: number, y0: number, y1: number, canvas: Canvas): void {
    const { left, right, top, bottom } = canvas;
    const placed = (pixel: number): number => (this.#snapped ? Math.round(pixel) : pixel);
    const [fromX, toX] = [x0, x1].map((x) => placed(clamp(x, left - 9, right + 9))).sort((a, b) => a - b);
    const [fromY, toY] = [y0, y1].map((y) => placed(clamp(y, top - 9, bottom + 9))).sort((a, b) => a - b);
    if (!(fromX <= toX && fromY <= toY)) return;
    this.#corners.push(fromX, fromY);
    this.#sizes.push(this.#snapped ? Math.max(toX - fromX, 1) : toX - fromX, toY - fromY);
    canvas.occupancy.rect(fromX, fromY, toX - fromX, toY - fromY);
  }

  /** Draws all of them. */
  draw({ painter }: Canvas, { fill, edge }: PatchStyle): void {
    const { xs, ys, count } = this.#corners;
    const { xs: widths, ys: heights } = this.#sizes;
    painter.fillRects(xs, ys, widths, heights, count, fill);
    if (edge === undefined) return;
    const half = Math.min(edge.width, 1) / 2;
    for (let index = 0; index < count; index++) {
      const x1 = xs[index] + widths[index];
      const y1 = ys[index] + heights[index];
      if (widths[index] < LEAST_WITH_EDGE || heights[index] < LEAST_WITH_EDGE) continue;
      strokeBox(painter, xs[index] + half, ys[index] + half, x1 - half, y1 - half, edge);
    }
  }
}

/** A number between two bounds; NaN stays what it is. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
