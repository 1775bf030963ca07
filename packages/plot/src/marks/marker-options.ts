// Markers of marks that are more than markers: lines, stems, error bars, cumulative shares and polar lines.
import type { Looks } from "../figure/looks.ts";
import type { Color, MarkerKind, MarkerStyle } from "../paint/painter.ts";

/** Options of marks that can have markers. */
export interface MarkerOptions {
  /** A marker at each point. @defaultValue "none", but a circle on stems and error bars */
  readonly marker?: MarkerKind | "none" | undefined;
  /** Points: the diameter of markers. @defaultValue the theme's, 6 */
  readonly markerSize?: number | undefined;
  /** The colour of the line around markers that have an inside. @defaultValue no line */
  readonly markerEdgeColor?: string | undefined;
  /** Points: the width of that line, and of the lines of open markers. @defaultValue 0.8 */
  readonly markerEdgeWidth?: number | undefined;
}

/** The markers of a mark of some colour, if it has any. */
export function markerOf(
  { marker = "none", markerSize, markerEdgeColor, markerEdgeWidth = 0.8 }: MarkerOptions,
  color: Color,
  looks: Looks,
): MarkerStyle | undefined {
  if (marker === "none") return undefined;
  return {
    kind: marker,
    size: looks.pixels(markerSize ?? looks.theme.markerSize),
    color,
    edgeColor: markerEdgeColor === undefined ? undefined : looks.color(markerEdgeColor, (color % 256) / 255),
    edgeWidth: looks.pixels(markerEdgeWidth),
  };
}
