// Many rectangles in one call, for backends that draw them one after the other.
import { checkCount } from "./check-columns.ts";
import type { Coordinates, FillStyle, Painter } from "./painter.ts";

/** Fills `count` rectangles, each in the style's colour, or in its own. */
export function fillEach(
  painter: Pick<Painter, "fillRect">,
  xs: Coordinates,
  ys: Coordinates,
  widths: Coordinates,
  heights: Coordinates,
  count: number,
  style: FillStyle,
  colors: Uint32Array | undefined,
): void {
  checkCount(count, xs, ys, widths, heights);
  if (colors !== undefined) checkCount(count, colors);
  // One style for all of them: one each would be garbage by the thousand.
  const own: { -readonly [Key in keyof FillStyle]: FillStyle[Key] } = { ...style };
  for (let index = 0; index < count; index++) {
    if (colors !== undefined) own.color = colors[index];
    painter.fillRect(xs[index], ys[index], widths[index], heights[index], own);
  }
}
