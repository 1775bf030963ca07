// The bundled font, read from the bytes that `npm run font` writes.
//
// All numbers are whole and take one byte for every seven bits, the low bits first; signed ones are doubled, and one is
// taken off where they are negative:
//
//   units of an em, ascent, descent, glyphs
//   for each glyph: its character, as the difference to the character before
//   for each glyph: its width
//   for each glyph: bytes of its outline, and the outline: 1 move, 2 line, 3 quadratic, 4 cubic curve, each followed by
//     the signed differences between its points and the points before
//   pairs with kerning
//   for each pair: 65536 * first glyph + second glyph, as the difference to the pair before, and the signed kerning
import { dejavuSans } from "./dejavu-sans.ts";
import type { FontFace, GlyphPlace, OutlineSink, ShapedText } from "./font-face.ts";
import { GlyphPen } from "./glyph-pen.ts";

const MOVE = 1;
const LINE = 2;
const QUADRATIC = 3;

let face: FontFace | undefined;

/** The bundled font, read when it is first needed. @internal */
export function bundledFace(): FontFace {
  face ??= new BundledFace(bytesOf(dejavuSans));
  return face;
}

// `atob` is in every browser and in Node; `Uint8Array.fromBase64` is not in Node 20.
function bytesOf(base64: string): Uint8Array {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = characters.charCodeAt(index);
  return bytes;
}

/** Reads numbers one after the other. */
class ByteReader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/** DejaVu Sans, the part of it that is bundled: Latin, Greek, Cyrillic, arrows, mathematical and geometric signs. */
class BundledFace implements FontFace {
  readonly name = "DejaVuSans";
  readonly ascent: number;
  readonly descent: number;
  readonly #em: number;
  readonly #glyphs = new Map<number, number>();
  readonly #widths: Uint16Array;
  // The first byte of each outline, and the byte behind its last.
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #reader: ByteReader;
  readonly #kerning = new Map<number, number>();

  constructor(bytes: Uint8Array) {
    const reader = new ByteReader(bytes);
    this.#reader = reader;
    this.#em = reader.number();
    this.ascent = reader.number() / this.#em;
    this.descent = reader.number() / this.#em;
    const count = reader.number();
    let codePoint = 0;
    for (let glyph = 0; glyph < count; glyph++) {
      codePoint += reader.number();
      this.#glyphs.set(codePoint, glyph);
    }
    this.#widths = Uint16Array.from({ length: count }, () => reader.number());
    this.#starts = new Uint32Array(count);
    this.#ends = new Uint32Array(count);
    for (let glyph = 0; glyph < count; glyph++) {
      const length = reader.number();
      this.#starts[glyph] = reader.at;
      reader.at += length;
      this.#ends[glyph] = reader.at;
    }
    this.#readKerning(reader);
  }

  #readKerning(reader: ByteReader): void {
    const pairs = reader.number();
    let key = 0;
    for (let pair = 0; pair < pairs; pair++) {
      key += reader.number();
      this.#kerning.set(key, reader.signed());
    }
  }

  has(codePoint: number): boolean {
    return this.#glyphs.has(codePoint);
  }

  shape(text: string): ShapedText {
    const glyphs: number[] = [];
    const texts: string[] = [];
    const xs: number[] = [];
    let x = 0;
    let before = -1;
    for (const character of text) {
      const glyph = this.#glyphs.get(character.codePointAt(0)!);
      if (glyph === undefined) continue;
      if (before >= 0) x += this.#kerning.get(before * 0x10000 + glyph) ?? 0;
      glyphs.push(glyph);
      texts.push(character);
      xs.push(x / this.#em);
      x += this.#widths[glyph];
      before = glyph;
    }
    return { glyphs, texts, xs, ys: glyphs.map(() => 0), advance: x / this.#em };
  }

  advance(glyph: number): number {
    return this.#widths[glyph] / this.#em;
  }

  outline(path: OutlineSink, glyph: number, place: GlyphPlace): void {
    const reader = this.#reader;
    const pen = new GlyphPen(path, place, this.#em);
    const end = this.#ends[glyph];
    let x = 0;
    let y = 0;
    const nextX = (): number => (x += reader.signed());
    const nextY = (): number => (y += reader.signed());
    reader.at = this.#starts[glyph];
    while (reader.at < end) {
      const operation = reader.number();
      if (operation === MOVE) pen.move(nextX(), nextY());
      else if (operation === LINE) pen.line(nextX(), nextY());
      else if (operation === QUADRATIC) pen.quadratic(nextX(), nextY(), nextX(), nextY());
      else pen.cubic(nextX(), nextY(), nextX(), nextY(), nextX(), nextY());
    }
    path.end();
  }
}
