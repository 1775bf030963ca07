// A theme with its colours parsed and its lengths in pixels: made once for a figure.
import type { Color, FontStyle, StrokeStyle, TextStyle } from "../paint/painter.ts";
import { fade, mix, parseColor } from "../theme/colors.ts";
import type { Theme } from "../theme/theme.ts";

/** How one figure looks. */
export class Looks {
  readonly theme: Theme;
  /** Pixels in a point. */
  readonly unit: number;
  readonly background: Color;
  readonly panel: Color;
  readonly text: Color;
  readonly frame: Color;
  readonly grid: Color;
  readonly palette: readonly Color[];

  constructor(theme: Theme, unit: number) {
    this.theme = theme;
    this.unit = unit;
    this.palette = theme.palette.map((color) => parseColor(color));
    this.background = this.color(theme.background);
    this.panel = this.color(theme.panel);
    this.text = this.color(theme.text);
    this.frame = this.color(theme.frame);
    this.grid = this.color(theme.gridColor);
  }

  /** The same with fonts, lines and lengths of another size. */
  scaled(factor: number): Looks {
    return new Looks(this.theme, this.unit * factor);
  }

  /** A colour by its name, with its opacity multiplied. */
  color(name: string, alpha = 1): Color {
    return fade(parseColor(name, this.palette), alpha);
  }

  /** Pixels of a length in points. */
  pixels(points: number): number {
    return points * this.unit;
  }

  /** A font of a size in points. */
  font(points: number): FontStyle {
    return { size: this.pixels(points), family: this.theme.font };
  }

  /** A text in the colour of the theme. */
  textStyle(points: number, more: Partial<TextStyle> = {}): TextStyle {
    return { ...this.font(points), color: this.text, ...more };
  }

  /** A stroke of a width in points. */
  stroke(color: Color, points: number, more: Partial<StrokeStyle> = {}): StrokeStyle {
    return { color, width: this.pixels(points), ...more };
  }

  /** The edge of a patch that is filled with a colour. */
  edgeOf(fill: Color): Color {
    if (this.theme.patchEdge === "darker") return mix(fill, fill % 256, 0.4);
    return this.color(this.theme.patchEdge);
  }
}
