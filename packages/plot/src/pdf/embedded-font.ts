// A font in a PDF file: the glyphs of one face that the document shows, with their outlines, widths and characters. All
// faces are embedded in the same way, from their outlines, be they the bundled one or TrueType, OpenType or WOFF fonts of
// the user. What is drawn by numbers of glyphs is read, searched and copied by the table of characters.
import { crc32 } from "../png/crc.ts";
import type { FontFace } from "../text/font-face.ts";
import { cffFont } from "./cff.ts";
import { CharstringPen, UNITS } from "./charstring.ts";
import { joined } from "./join.ts";
import { hexadecimal, type PdfFile, unicode } from "./pdf-file.ts";

/** Entries of one block of the table of characters; readers take no more. */
const BLOCK = 100;

/** A glyph that stands for some characters. */
interface EmbeddedGlyph {
  readonly glyph: number;
  readonly text: string;
  readonly width: number;
}

/** The part of a face that a document shows. */
export class EmbeddedFont {
  readonly #face: FontFace;
  readonly #glyphs: EmbeddedGlyph[] = [];
  // Numbers in the document, by glyph and characters: one glyph may stand for several.
  readonly #numbers = new Map<string, number>();

  constructor(face: FontFace) {
    this.#face = face;
  }

  /** The number, from 1 on, by which the document shows a glyph. */
  numberOf(glyph: number, text: string): number {
    const key = `${glyph} ${text}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const width = Math.round(UNITS * this.#face.advance(glyph));
    const number = this.#glyphs.push({ glyph, text, width });
    this.#numbers.set(key, number);
    return number;
  }

  /** How wide a glyph is, in thousandths of an em. */
  widthOf(number: number): number {
    return this.#glyphs[number - 1].width;
  }

  /** Adds the font as it is by now. Returns the number of its object. */
  addTo(file: PdfFile): number {
    const { name, ascent, descent } = this.#face;
    const charstrings = this.#glyphs.map(({ glyph, width }) => this.#charstring(glyph, width));
    const widest = Math.max(...this.#glyphs.map(({ width }) => width));
    const [bottom, top] = [Math.round(-UNITS * descent), Math.round(UNITS * ascent)];
    const box = [-UNITS, bottom - UNITS, widest + UNITS, top + UNITS];
    const plain = name.replaceAll(/[^A-Za-z0-9-]/g, "") || "Font";
    const tagged = `${tagOf(joined(charstrings))}+${plain}`;
    const program = file.addStream("/Subtype /CIDFontType0C", cffFont(tagged, box, charstrings));
    const descriptor = file.add(
      `<</Type /FontDescriptor /FontName /${tagged} /Flags 4 /FontBBox [${box.join(" ")}] /ItalicAngle 0 ` +
        `/Ascent ${top} /Descent ${bottom} /CapHeight ${top} /StemV 80 /FontFile3 ${program} 0 R>>`,
    );
    const widths = this.#glyphs.map(({ width }) => width).join(" ");
    const system = "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>";
    const glyphs = file.add(
      `<</Type /Font /Subtype /CIDFontType0 /BaseFont /${tagged} ${system} /FontDescriptor ${descriptor} 0 R ` +
        `/DW 0 /W [1 [${widths}]]>>`,
    );
    const characters = file.addText("", this.#characters());
    return file.add(
      `<</Type /Font /Subtype /Type0 /BaseFont /${tagged} /Encoding /Identity-H ` +
        `/DescendantFonts [${glyphs} 0 R] /ToUnicode ${characters} 0 R>>`,
    );
  }

  #charstring(glyph: number, width: number): Uint8Array {
    const pen = new CharstringPen(width);
    this.#face.outline(pen, glyph, { x: 0, y: 0, size: UNITS, cos: 1, sin: 0 });
    return pen.toBytes();
  }

  // What each glyph stands for, in the words of PostScript that readers expect.
  #characters(): string {
    const rows = this.#glyphs.flatMap(({ text }, index) =>
      text === "" ? [] : [`<${hexadecimal(index + 1)}> <${unicode(text)}>\n`],
    );
    const blocks: string[] = [];
    for (let at = 0; at < rows.length; at += BLOCK) {
      const block = rows.slice(at, at + BLOCK);
      blocks.push(`${block.length} beginbfchar\n${block.join("")}endbfchar\n`);
    }
    return [
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n",
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n",
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n",
      "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n",
      ...blocks,
      "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n",
    ].join("");
  }
}

// Six letters before the name of a font that is a part of one; other parts have other letters.
function tagOf(bytes: Uint8Array): string {
  let rest = crc32(bytes, 0);
  return Array.from({ length: 6 }, () => {
    const letter = String.fromCharCode(65 + (rest % 26));
    rest = Math.floor(rest / 26);
    return letter;
  }).join("");
}
