// The title of a panel: how much room it takes, and drawing it.
import { fittedText } from "../paint/fit-text.ts";
import type { FontStyle, Painter } from "../paint/painter.ts";
import type { Box } from "./axes.ts";
import type { Looks } from "./looks.ts";

/** Points around all that belongs to a panel. */
export const EDGE = 6;
// Of a low figure, the title takes so much only.
const TITLE_LINES = 3;
const TITLE_SHARE = 0.25;

/** Draws the title, if there is one. */
export function drawTitle(
  title: string | undefined,
  outer: Box,
  box: Box,
  looks: Looks,
  painter: Painter,
): void {
  if (title === undefined) return;
  const [text, font] = fittedTitle(title, outer, looks, painter);
  const style = looks.textStyle(looks.theme.titleSize, { anchor: "middle", baseline: "top" });
  const edge = looks.pixels(EDGE);
  // Above the middle of the panel, but within the figure.
  const half = painter.measure(text, font).width / 2;
  const middle = Math.min((box.left + box.right) / 2, outer.right - edge - half);
  painter.text(text, Math.max(middle, outer.left + edge + half), outer.top + edge, style);
}

/** The text of a title in as many lines as there is room for, and its font. */
export function fittedTitle(title: string, outer: Box, looks: Looks, painter: Painter): [string, FontStyle] {
  const font = looks.font(looks.theme.titleSize);
  const width = outer.right - outer.left - 2 * looks.pixels(EDGE);
  const lines = Math.floor((TITLE_SHARE * (outer.bottom - outer.top)) / font.size);
  return [fittedText(title, width, Math.min(lines, TITLE_LINES), font, painter), font];
}
