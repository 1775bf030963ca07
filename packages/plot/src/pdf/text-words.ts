// Texts as PDF writes them: pieces of one font and size on one baseline, each with the numbers of its glyphs and what has
// to be added to their widths.
import { number } from "../paint/number.ts";
import type { FontFace, GlyphPlace } from "../text/font-face.ts";
import { UNITS } from "./charstring.ts";
import type { EmbeddedFont } from "./embedded-font.ts";
import { hexadecimal } from "./pdf-file.ts";

/** A font of a document, and the name by which its page calls it. */
export interface NamedFont {
  readonly name: string;
  readonly font: EmbeddedFont;
}

/** Writes the glyphs of a text, one after the other. */
export class TextWords {
  readonly #fontOf: (face: FontFace) => NamedFont;
  readonly #words: string[] = [];
  #font: EmbeddedFont | undefined;
  // Where the piece begins, and how far along its baseline the next glyph would go by itself.
  #start: GlyphPlace | undefined;
  #along = 0;

  constructor(fontOf: (face: FontFace) => NamedFont) {
    this.#fontOf = fontOf;
  }

  /** Adds a glyph that stands for some characters. */
  add(face: FontFace, glyph: number, place: GlyphPlace, text: string): void {
    const { name, font } = this.#fontOf(face);
    const along = this.#alongOf(font, place);
    if (along === undefined) this.#begin(name, font, place);
    else this.#skip(along, place.size);
    const code = font.numberOf(glyph, text);
    this.#words.push(`<${hexadecimal(code)}>`);
    this.#along += (font.widthOf(code) * place.size) / UNITS;
  }

  /** All words: an object of text, or nothing. */
  toString(): string {
    return this.#words.length === 0 ? "" : `BT ${this.#words.join("").replaceAll("><", "")}] TJ ET\n`;
  }

  // How far along the baseline of the piece a place is; undefined where it does not belong to the piece.
  #alongOf(font: EmbeddedFont, { x, y, size }: GlyphPlace): number | undefined {
    const start = this.#start;
    if (start === undefined || font !== this.#font || size !== start.size) return undefined;
    const [right, down] = [x - start.x, y - start.y];
    const off = down * start.cos - right * start.sin;
    return Math.abs(off) < size / UNITS ? right * start.cos + down * start.sin : undefined;
  }

  #begin(name: string, font: EmbeddedFont, place: GlyphPlace): void {
    const { x, y, size, cos, sin } = place;
    // Fonts are made for pages whose y grows upwards.
    const turn = [cos, sin, sin, -cos].map((part) => Math.round(part * 1e6) / 1e6).join(" ");
    const end = this.#start === undefined ? "" : "] TJ ";
    this.#words.push(`${end}${name} ${number(size)} Tf ${turn} ${number(x)} ${number(y)} Tm [`);
    this.#font = font;
    this.#start = place;
    this.#along = 0;
  }

  // Kerning, and what is left of rounding the widths: thousandths of the size, to the left.
  #skip(along: number, size: number): void {
    const back = ((this.#along - along) * UNITS) / size;
    if (Math.abs(back) < 0.5) return;
    this.#words.push(String(Math.round(back)));
    this.#along -= (Math.round(back) * size) / UNITS;
  }
}
