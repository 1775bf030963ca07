// Text: layout, simple maths, fonts of the user, and what happens to characters that no font has.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { create } from "fontkit";

import { type FontkitFont, FontSet, type Painter, RasterPainter, type TextStyle } from "../../src/index.ts";
import { spansOf } from "../../src/text/maths.ts";

const file = new URL(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
const dejavu = create(readFileSync(file)) as FontkitFont;
const sentence = "Sensor AVATAR Größe µm² Ж→∞ 0123456789";

// The ink of a text on white, as bytes.
function inkOf(text: string, style: Partial<TextStyle> = {}, fonts?: FontSet): Uint8Array {
  const painter = new RasterPainter({ width: 420, height: 40, fonts });
  painter.fillRect(0, 0, 420, 40, { color: 0xffffffff });
  painter.text(text, 10, 28, { size: 16, color: 0x000000ff, ...style });
  const ink = Uint8Array.from({ length: 420 * 40 }, (_, pixel) => 255 - painter.pixels[4 * pixel]);
  painter.release();
  return ink;
}

function total(ink: Uint8Array): number {
  return ink.reduce((sum, value) => sum + value, 0) / 255;
}

function measured(text: string, size: number, fonts?: FontSet): number {
  const painter: Painter = new RasterPainter({ width: 1, height: 1, fonts });
  return painter.measure(text, { size }).width;
}

test("the bundled font is as wide as the font that it was taken from, kerning included.", () => {
  const shaped = dejavu.layout("Sensor AVATAR Te") as { positions: readonly { xAdvance: number }[] };
  const advance = shaped.positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
  assert(Math.abs(measured("Sensor AVATAR Te", dejavu.unitsPerEm) - advance) < 1e-6);
  assert(measured("AV", 100) < measured("A", 100) + measured("V", 100));
});

test("a font of the user gives the pixels of the bundled one when it is the same font.", () => {
  const fonts = new FontSet().add("Mine", dejavu);
  const own = inkOf(sentence, { family: "Mine" }, fonts);
  const bundled = inkOf(sentence);
  let worst = 0;
  for (let pixel = 0; pixel < own.length; pixel++)
    worst = Math.max(worst, Math.abs(own[pixel] - bundled[pixel]));
  // The bundled outlines are rounded to whole units of the font.
  assert(worst <= 6, `worst ${worst}`);
});

test("no character of a text of many scripts is left out, and those that no font has are told.", () => {
  const fonts = new FontSet();
  assert.deepEqual(fonts.missing(sentence), []);
  assert.deepEqual(fonts.missing("年 a 年\n한"), ["年", "한"]);
  assert(total(inkOf("年")) > 20);
  assert.deepEqual(inkOf("年"), inkOf("\uFFFD"));
  assert.deepEqual(inkOf("o\u0308"), inkOf("ö"));
});

test("a font of the user goes before the bundled one, and that one fills in.", () => {
  const narrow: FontkitFont = {
    unitsPerEm: 10,
    ascent: 8,
    descent: -2,
    hasGlyphForCodePoint: (codePoint) => codePoint === 0x61,
    layout: (text) => ({
      glyphs: Array.from(text, () => box),
      positions: Array.from(text, () => ({ xAdvance: 3, xOffset: 0, yOffset: 0 })),
    }),
    getGlyph: () => box,
  };
  const fonts = new FontSet().add("Narrow", narrow);
  const painter = new RasterPainter({ width: 60, height: 30, fonts });
  const width = painter.measure("ab", { size: 10, family: ["Narrow"] }).width;
  assert.equal(width, 3 + painter.measure("b", { size: 10 }).width);
  painter.text("a", 10, 20, { size: 10, color: 0xff0000ff, family: " narrow , Other" });
  assert.deepEqual(
    [...painter.pixels.subarray(4 * (15 * 60 + 11), 4 * (15 * 60 + 11) + 4)],
    [255, 0, 0, 255],
  );
  assert.throws(() => painter.text("a", 0, 0, { size: 10, color: 0, family: "Arial" }), {
    code: "BAD_FONT",
    message: /no font is named "Arial"; known are "DejaVu Sans", "narrow"/,
  });
  painter.release();
});

const box = {
  id: 1,
  codePoints: [0x61],
  advanceWidth: 3,
  path: {
    commands: [
      { command: "moveTo", args: [0, 0] },
      { command: "lineTo", args: [3, 0] },
      { command: "lineTo", args: [3, 8] },
      { command: "lineTo", args: [0, 8] },
      { command: "closePath", args: [] },
    ],
  },
};

test("what is no font is refused.", () => {
  const fonts = new FontSet();
  assert.throws(() => fonts.add("x", {} as never), { code: "BAD_FONT" });
  assert.throws(() => fonts.add("x", undefined as never), { code: "BAD_ARGUMENT" });
  assert.throws(() => fonts.add(" ", dejavu), { code: "BAD_ARGUMENT" });
  assert.throws(() => fonts.add("x", { fonts: [] } as never), { code: "BAD_FONT", message: /getFont/ });
});

test("simple maths raises, lowers and names signs.", () => {
  const texts = (line: string): string[] => spansOf(line).map(({ text }) => text);
  assert.deepEqual(texts("plain"), ["plain"]);
  assert.deepEqual(texts("cost \\$5 and $ 6"), ["cost $5 and $ 6"]);
  assert.deepEqual(texts("$10^{-3}$ m"), ["10", "−3", " m"]);
  assert.deepEqual(texts("$\\alpha_i \\leq \\Omega$"), ["α", "i", " ≤Ω"]);
  const [, power, index] = spansOf("$x^{2_k}$");
  assert(power.rise > 0 && power.scale < 1);
  assert(index.scale < power.scale && index.rise < power.rise);
  assert.deepEqual(texts("$x^$"), ["x", " "]);
  assert.deepEqual(texts("$\\unknown$"), ["\\unknown"]);
  assert.deepEqual(texts("$a{b"), ["$a{b"]);
});

test("anchors, baselines and rotation move a text, and its ink stays.", () => {
  const plain = total(inkOf("Ink"));
  const moved: Partial<TextStyle>[] = [
    { anchor: "middle" },
    { baseline: "middle" },
    { baseline: "bottom" },
    { rotation: 20 },
  ];
  for (const style of moved) {
    const painter = new RasterPainter({ width: 120, height: 120 });
    painter.text("Ink", 60, 60, { size: 16, color: 0x000000ff, ...style });
    const alphas = Array.from({ length: 120 * 120 }, (_, pixel) => painter.pixels[4 * pixel + 3]);
    const ink = total(Uint8Array.from(alphas));
    assert(Math.abs(ink - plain) < 0.03 * plain, `${JSON.stringify(style)}: ${ink} instead of ${plain}`);
    painter.release();
  }
});

test("a quarter turn is exact: turned back, the bytes are those of the text.", () => {
  const draw = (rotation: number): RasterPainter => {
    const painter = new RasterPainter({ width: 64, height: 64 });
    painter.text("Quick", 32, 32, { size: 14, color: 0xff, rotation, anchor: "middle", baseline: "middle" });
    return painter;
  };
  const straight = draw(0);
  const turned = draw(180);
  for (let pixel = 0; pixel < 64 * 64; pixel++) {
    const other = 64 * 64 - 1 - pixel;
    assert(Math.abs(straight.pixels[4 * pixel + 3] - turned.pixels[4 * other + 3]) <= 4);
  }
  straight.release();
  turned.release();
});

test("the extent of a text grows with its lines.", () => {
  const painter = new RasterPainter({ width: 8, height: 8 });
  const one = painter.measure("wide line", { size: 20 });
  const two = painter.measure("wide line\nx", { size: 20 });
  assert.equal(two.width, one.width);
  assert.equal(two.height, one.height + 24);
  assert.deepEqual(painter.measure("", { size: 20 }).width, 0);
  assert.throws(() => painter.measure("x", { size: 0 }), { code: "BAD_ARGUMENT" });
  painter.release();
});
