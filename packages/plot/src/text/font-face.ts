// What a font has to offer, whatever it comes from. Lengths are in ems: multiply them by the size of the text.
import type { Path } from "../paint/path.ts";

/** Glyphs of a piece of text, in the order in which they are drawn. */
export interface ShapedText {
  /** Numbers of glyphs, as the font counts them. */
  readonly glyphs: readonly number[];
  /** The characters that each glyph stands for: several for a ligature, none for a part of what the glyph before shows. */
  readonly texts: readonly string[];
  /** Where each glyph starts, from the start of the text. */
  readonly xs: readonly number[];
  /** How far each glyph is raised. */
  readonly ys: readonly number[];
  /** From the start of the text to its end. */
  readonly advance: number;
}

/** Where a glyph goes: its origin and its size in pixels, and the cosine and sine of its rotation. */
export interface GlyphPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly cos: number;
  readonly sin: number;
}

/** What takes outlines: a path, or what else lines and curves can be told to. */
export type OutlineSink = Pick<Path, "moveTo" | "lineTo" | "quadTo" | "cubicTo" | "end">;

/** A font. */
export interface FontFace {
  /** What it is called in files that it is embedded in. */
  readonly name: string;
  /** From the baseline up to the top of the font. */
  readonly ascent: number;
  /** From the baseline down to the bottom of the font. */
  readonly descent: number;
  /** Whether the font has a glyph for a character. */
  has(codePoint: number): boolean;
  /** Places glyphs one behind the other, with kerning, and ligatures where the font has them. */
  shape(text: string): ShapedText;
  /** From the start of a glyph to the start of the next, without kerning. */
  advance(glyph: number): number;
  /** Adds the rings of a glyph to a path. */
  outline(path: OutlineSink, glyph: number, place: GlyphPlace): void;
}
