// Fonts of the user: TTF, OTF, WOFF and WOFF2 as fontkit reads them. The library is the user's to load, so that who
// needs no font of his own loads nothing; what is used of it is written down here.
import { unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import type { FontFace, GlyphPlace, OutlineSink, ShapedText } from "./font-face.ts";
import { GlyphPen } from "./glyph-pen.ts";

/** What is used of a font that `fontkit.create(bytes)` gives. */
export interface FontkitFont {
  /** Units of an em. */
  readonly unitsPerEm: number;
  /** From the baseline up to the top, in units. */
  readonly ascent: number;
  /** From the baseline to the bottom, in units; negative. */
  readonly descent: number;
  /** Whether there is a glyph for a character. */
  hasGlyphForCodePoint(codePoint: number): boolean;
  /** Shapes a text. */
  layout(text: string): {
    /** Glyphs from left to right. */
    readonly glyphs: readonly FontkitGlyph[];
    /** Where they go, in units. */
    readonly positions: readonly { xAdvance: number; xOffset: number; yOffset: number }[];
  };
  /** One glyph by its number. */
  getGlyph(id: number): FontkitGlyph;
}

/** What is used of a glyph of fontkit. */
export interface FontkitGlyph {
  /** The number of the glyph. */
  readonly id: number;
  /** The characters that it stands for. */
  readonly codePoints: readonly number[];
  /** Units from its start to the start of the next glyph. */
  readonly advanceWidth: number;
  /** Its outline, in units. */
  readonly path: { readonly commands: readonly { command: string; args: readonly number[] }[] };
}

/** A font of fontkit as a face. */
export class UserFace implements FontFace {
  readonly name: string;
  readonly ascent: number;
  readonly descent: number;
  readonly #font: FontkitFont;

  constructor(name: string, font: FontkitFont) {
    checkFont(font);
    this.name = name;
    this.#font = font;
    this.ascent = font.ascent / font.unitsPerEm;
    this.descent = -font.descent / font.unitsPerEm;
  }

  has(codePoint: number): boolean {
    return this.#font.hasGlyphForCodePoint(codePoint);
  }

  shape(text: string): ShapedText {
    const em = this.#font.unitsPerEm;
    const { glyphs, positions } = this.#font.layout(text);
    const xs: number[] = [];
    const ys: number[] = [];
    let x = 0;
    for (const { xAdvance, xOffset, yOffset } of positions) {
      xs.push((x + xOffset) / em);
      ys.push(yOffset / em);
      x += xAdvance;
    }
    const texts = glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints));
    return { glyphs: glyphs.map(({ id }) => id), texts, xs, ys, advance: x / em };
  }

  advance(glyph: number): number {
    return this.#font.getGlyph(glyph).advanceWidth / this.#font.unitsPerEm;
  }

  outline(path: OutlineSink, glyph: number, place: GlyphPlace): void {
    const pen = new GlyphPen(path, place, this.#font.unitsPerEm);
    for (const { command, args } of this.#font.getGlyph(glyph).path.commands) drawCommand(pen, command, args);
    path.end();
  }
}

function drawCommand(pen: GlyphPen, command: string, args: readonly number[]): void {
  switch (command) {
    case "moveTo":
      return pen.move(args[0], args[1]);
    case "lineTo":
      return pen.line(args[0], args[1]);
    case "quadraticCurveTo":
      return pen.quadratic(args[0], args[1], args[2], args[3]);
    case "bezierCurveTo":
      return pen.cubic(args[0], args[1], args[2], args[3], args[4], args[5]);
  }
}

function checkFont(font: FontkitFont): void {
  const given: unknown = font;
  if (typeof given !== "object" || given === null) throw unlike("a font that fontkit.create returned", given);
  if ("fonts" in given) {
    throw new PlotError("BAD_FONT", "got a collection of fonts; choose one of them with getFont(name)");
  }
  for (const method of ["layout", "getGlyph", "hasGlyphForCodePoint"] as const) {
    if (typeof font[method] !== "function") {
      throw new PlotError(
        "BAD_FONT",
        `expected a font that fontkit.create returned; this one has no ${method}`,
      );
    }
  }
  if (!(font.unitsPerEm > 0)) {
    throw new PlotError("BAD_FONT", `expected units of an em above 0, got ${font.unitsPerEm}`);
  }
}
