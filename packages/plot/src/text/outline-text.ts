// A text as rings: its layout put in place by anchor, baseline and rotation.
import { unlike } from "../check.ts";
import type { TextStyle } from "../paint/painter.ts";
import type { Path } from "../paint/path.ts";
import type { FontFace, GlyphPlace } from "./font-face.ts";
import type { FontSet, TextLayout } from "./font-set.ts";

/** Adds the rings of a text to a path. */
export function outlineText(
  path: Path,
  fonts: FontSet,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
): void {
  placeGlyphs(fonts, text, x, y, style, (face, glyph, place) => face.outline(path, glyph, place));
}

/** Tells where each glyph of a text goes, line by line, and which characters it stands for. */
export function placeGlyphs(
  fonts: FontSet,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
  use: (face: FontFace, glyph: number, place: GlyphPlace, text: string) => void,
): void {
  const layout = fonts.layout(text, style);
  const { anchor = "start" } = style;
  const { cos, sin } = turn(rotationOf(style));
  const down = firstBaseline(layout, style);
  for (let line = 0; line < layout.lines.length; line++) {
    const { glyphs, width } = layout.lines[line];
    const right = anchor === "start" ? 0 : anchor === "middle" ? -width / 2 : -width;
    for (const glyph of glyphs) {
      const dx = right + glyph.x;
      const dy = down + line * layout.lineHeight + glyph.y;
      const place = { x: x + dx * cos - dy * sin, y: y + dx * sin + dy * cos, size: glyph.size, cos, sin };
      use(glyph.face, glyph.glyph, place, glyph.text);
    }
  }
}

/** Degrees, clockwise. */
export function rotationOf({ rotation = 0 }: TextStyle): number {
  if (!Number.isFinite(rotation)) throw unlike("a finite rotation in degrees", rotation);
  return rotation;
}

// Cosine and sine, exact for quarter turns: Math.cos(Math.PI / 2) is not 0.
function turn(degrees: number): { cos: number; sin: number } {
  const quarters = degrees / 90;
  if (Number.isInteger(quarters)) {
    const index = ((quarters % 4) + 4) % 4;
    return { cos: [1, 0, -1, 0][index], sin: [0, 1, 0, -1][index] };
  }
  const radians = (degrees * Math.PI) / 180;
  return { cos: Math.cos(radians), sin: Math.sin(radians) };
}

/** How far below the given point the first baseline is. */
export function firstBaseline({ extent }: TextLayout, { baseline = "alphabetic" }: TextStyle): number {
  switch (baseline) {
    case "alphabetic":
      return 0;
    case "top":
      return extent.ascent;
    case "middle":
      return extent.ascent - extent.height / 2;
    case "bottom":
      return extent.ascent - extent.height;
  }
  throw unlike('baseline to be "top", "middle", "alphabetic" or "bottom"', baseline);
}
