// A font file in the Compact Font Format (Adobe Technical Note 5176), with the glyphs that a document shows and nothing
// else: no names of glyphs, no hints, no kerning. Glyphs are numbered from 1 on; 0 is the glyph that is missing.
//
//   header | name | top dictionary | strings | no subroutines | numbers | dictionary of each | charstrings | dictionary
import { charstringNumber } from "./charstring.ts";
import { joined, lengthOf } from "./join.ts";

// The two strings of a font without names stand behind the 391 that every reader knows.
const REGISTRY = 391;
const ORDERING = 392;
const ascii = new TextEncoder();

// Operators of dictionaries.
const FONT_BOX = [5];
const CHARSET = [15];
const CHARSTRINGS = [17];
const PRIVATE = [18];
const DEFAULT_WIDTH = [20];
const NOMINAL_WIDTH = [21];
const REGISTRY_ORDERING_SUPPLEMENT = [12, 30];
const COUNT = [12, 34];
const FONTS = [12, 36];
const FONT_OF_GLYPH = [12, 37];

/** The font of some charstrings, the first of which is glyph 1. */
export function cffFont(
  name: string,
  box: readonly number[],
  charstrings: readonly Uint8Array[],
): Uint8Array {
  const count = charstrings.length + 1;
  const missing = Uint8Array.of(...charstringNumber(0), 14);
  const glyphs = table([missing, ...charstrings]);
  // One run of numbers from 1 on, and one dictionary for all glyphs.
  const numbers = Uint8Array.of(2, 0, 1, (count - 2) >> 8, (count - 2) & 0xff);
  const fontOfGlyph = Uint8Array.of(3, 0, 1, 0, 0, 0, count >> 8, count & 0xff);
  const widths = Uint8Array.of(...entry(DEFAULT_WIDTH, 0), ...entry(NOMINAL_WIDTH, 0));
  const before = [
    Uint8Array.of(1, 0, 4, 4),
    table([ascii.encode(name)]),
    table([topDictionary(box, count, 0, 0, 0, 0)]),
    table([ascii.encode("Adobe"), ascii.encode("Identity")]),
    table([]),
  ];
  // Places are written with the same number of bytes whatever they are, so they can be found before they are known.
  const numbersAt = lengthOf(before);
  const fontOfGlyphAt = numbersAt + numbers.length;
  const glyphsAt = fontOfGlyphAt + fontOfGlyph.length;
  const widthsAt = glyphsAt + glyphs.length;
  const fontsAt = widthsAt + widths.length;
  const fonts = table([Uint8Array.of(...entry(PRIVATE, widths.length, widthsAt))]);
  before[2] = table([topDictionary(box, count, numbersAt, fontOfGlyphAt, glyphsAt, fontsAt)]);
  return joined([...before, numbers, fontOfGlyph, glyphs, widths, fonts]);
}

function topDictionary(
  box: readonly number[],
  count: number,
  numbersAt: number,
  fontOfGlyphAt: number,
  glyphsAt: number,
  fontsAt: number,
): Uint8Array {
  return Uint8Array.of(
    ...entry(REGISTRY_ORDERING_SUPPLEMENT, REGISTRY, ORDERING, 0),
    ...entry(FONT_BOX, ...box),
    ...entry(COUNT, count),
    ...entry(CHARSET, numbersAt),
    ...entry(FONT_OF_GLYPH, fontOfGlyphAt),
    ...entry(CHARSTRINGS, glyphsAt),
    ...entry(FONTS, fontsAt),
  );
}

// Numbers of a dictionary, five bytes each, and what they are.
function entry(operator: readonly number[], ...numbers: readonly number[]): number[] {
  return [...numbers.flatMap((number) => [29, ...bigEndian(number)]), ...operator];
}

// Things one behind the other, with the places where they begin and, last, where they end.
function table(things: readonly Uint8Array[]): Uint8Array {
  const count = Uint8Array.of(things.length >> 8, things.length & 0xff);
  if (things.length === 0) return count;
  const places: number[] = [];
  let place = 1;
  for (const { length } of [...things, new Uint8Array()]) {
    places.push(...bigEndian(place));
    place += length;
  }
  return joined([count, Uint8Array.of(4), Uint8Array.from(places), ...things]);
}

function bigEndian(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}
