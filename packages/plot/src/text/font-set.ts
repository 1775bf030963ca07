// Fonts by name, and the layout of texts in them: which glyph of which font goes where.
import { show, unlike } from "../check.ts";
import { PlotError } from "../errors.ts";
import { Kept } from "../kept.ts";
import type { FontStyle, TextExtent } from "../paint/painter.ts";
import { bundledFace } from "./bundled-face.ts";
import type { FontFace } from "./font-face.ts";
import { spansOf } from "./maths.ts";
import { type FontkitFont, UserFace } from "./user-face.ts";

const LINE_SPACING = 1.2;
const REPLACEMENT = "\uFFFD";
/** Texts whose layout is kept: labels and ticks come again with every figure. */
const KEPT_LAYOUTS = 2048;

/** A glyph of a layout, in pixels from the start of the first baseline. */
interface PlacedGlyph {
  readonly face: FontFace;
  readonly glyph: number;
  /** The characters that it stands for. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** One line of a text. */
interface TextLine {
  readonly glyphs: readonly PlacedGlyph[];
  readonly width: number;
}

/** Where the glyphs of a text go, before anchor, baseline and rotation. */
export interface TextLayout {
  readonly lines: readonly TextLine[];
  /** Pixels from one baseline to the next. */
  readonly lineHeight: number;
  readonly extent: TextExtent;
}

/**
 * Fonts that texts may name. The bundled font, a part of DejaVu Sans, stands behind all others; a character that no font
 * has is drawn as U+FFFD, and `missing` tells which they are.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { FontSet } from "@millpond/plot";
 *
 * const fonts = new FontSet();
 * // fonts.add("Inter", fontkit.create(bytes)), with fontkit installed beside this package
 * assert.deepEqual(fonts.missing("Größe in µm², 年", "Inter, DejaVu Sans"), ["年"]);
 * ```
 */
export class FontSet {
  readonly #faces = new Map<string, FontFace>();
  readonly #layouts = new Kept<TextLayout>(KEPT_LAYOUTS);
  #version = 0;

  /** Adds a font, or replaces the one of that name. `font` is what `fontkit.create(bytes)` gives. */
  add(name: string, font: FontkitFont): this {
    if (typeof name !== "string" || name.trim() === "") throw unlike("a name for the font", name);
    this.#faces.set(key(name), new UserFace(name, font));
    this.#layouts.clear();
    this.#version++;
    return this;
  }

  /** Whether a name stands for a font of this set. */
  has(name: string): boolean {
    return this.#faces.has(key(name)) || isBundled(name);
  }

  /** The characters of a text that neither the named fonts nor the bundled one has, each once. */
  missing(text: string, family?: string | readonly string[]): string[] {
    const chain = this.#chain(family);
    const found = Array.from(text.normalize("NFC")).filter(
      (character) => faceOf(chain, character) === undefined,
    );
    return [...new Set(found)].filter((character) => character !== "\n" && !INVISIBLE.test(character));
  }

  /** How many fonts were added: texts may look otherwise with each. @internal */
  get _version(): number {
    return this.#version;
  }

  /** Lays a text out. @internal */
  layout(text: string, font: FontStyle): TextLayout {
    const { size, family } = font;
    if (!(size > 0 && size < 1e5)) throw unlike("a font size above 0 pixels", size);
    if (typeof text !== "string") throw unlike("a text", text);
    const name = `${size}\n${String(family ?? "")}\n${text}`;
    return this.#layouts.of(name, () => layOut(text, size, this.#chain(family)));
  }

  // Fonts by preference. A name that is not known is an error, not a silent change of font.
  #chain(family: string | readonly string[] | undefined): FontFace[] {
    const chain: FontFace[] = [];
    for (const name of family === undefined ? [] : namesOf(family)) {
      const face = isBundled(name) ? bundledFace() : this.#faces.get(key(name));
      if (face !== undefined) chain.push(face);
    }
    if (chain.length === 0 && family !== undefined && namesOf(family).length > 0) throw this.#unknown(family);
    return [...chain, bundledFace()];
  }

  #unknown(family: string | readonly string[]): PlotError {
    const known = ["DejaVu Sans", ...this.#faces.keys()].map((name) => show(name)).join(", ");
    const got = namesOf(family).map((name) => show(name));
    return new PlotError(
      "BAD_FONT",
      `no font is named ${got.join(" or ")}; known are ${known}; see FontSet.add`,
    );
  }
}

let bundled: FontSet | undefined;

/** A set with the bundled font only. @internal */
export function bundledFonts(): FontSet {
  bundled ??= new FontSet();
  return bundled;
}

/** Names of fonts, trimmed. */
export function namesOf(family: string | readonly string[]): string[] {
  const names = typeof family === "string" ? family.split(",") : [...family];
  return names.map((name) => name.trim()).filter((name) => name !== "");
}

function key(name: string): string {
  return name.trim().toLowerCase();
}

function isBundled(name: string): boolean {
  return ["dejavu sans", "sans-serif"].includes(key(name));
}

function faceOf(chain: readonly FontFace[], character: string): FontFace | undefined {
  const codePoint = character.codePointAt(0)!;
  return chain.find((face) => face.has(codePoint));
}

function layOut(text: string, size: number, chain: readonly FontFace[]): TextLayout {
  const lineHeight = LINE_SPACING * size;
  const lines = text
    .normalize("NFC")
    .split(/\r?\n/)
    .map((line) => layOutLine(line, size, chain));
  const [{ ascent, descent }] = chain;
  const extent: TextExtent = {
    width: Math.max(...lines.map(({ width }) => width)),
    ascent: ascent * size,
    descent: descent * size,
    height: (ascent + descent) * size + (lines.length - 1) * lineHeight,
  };
  return { lines, lineHeight, extent };
}

function layOutLine(line: string, size: number, chain: readonly FontFace[]): TextLine {
  const glyphs: PlacedGlyph[] = [];
  let width = 0;
  for (const { text, scale, rise } of spansOf(line)) {
    for (const run of runsOf(text, chain)) {
      const { face } = run;
      const { glyphs: drawn, texts, xs, ys, advance } = face.shape(run.text);
      for (const [index, glyph] of drawn.entries()) {
        const x = width + xs[index] * size * scale;
        const y = -(rise + ys[index] * scale) * size;
        glyphs.push({ face, glyph, text: texts[index], x, y, size: size * scale });
      }
      width += advance * size * scale;
    }
  }
  return { glyphs, width };
}

interface Run {
  readonly face: FontFace;
  text: string;
}

// Joiners, selectors, soft hyphens and the like have no picture of their own.
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;

const NON_JOINER = "\u200C";
// Those of them that a font may know: joiners and selectors of variants.
const TELLING = /^[\p{Join_Control}\p{Variation_Selector}]$/u;

// Pieces of a text that one font has, each as long as possible.
function runsOf(text: string, chain: readonly FontFace[]): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    if (INVISIBLE.test(character)) {
      const before = runs.at(-1);
      const known = TELLING.test(character) && before?.face.has(character.codePointAt(0)!) === true;
      if (known) before.text += character;
      // Letters on both sides of it are not joined: the font never sees them together.
      else if (character === NON_JOINER && before !== undefined) runs.push({ face: before.face, text: "" });
      continue;
    }
    const own = faceOf(chain, character);
    const face = own ?? chain.at(-1)!;
    const drawn = own === undefined ? REPLACEMENT : character;
    const last = runs.at(-1);
    if (last?.face === face) last.text += drawn;
    else runs.push({ face, text: drawn });
  }
  return runs;
}
