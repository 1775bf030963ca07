// Fonts from files: each kind of file, kerning and ligatures, fonts that fill in for each other, and what goes wrong.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { type FontSet, plot, RasterPainter, SvgPainter } from "../../src/index.ts";
import { readFonts } from "../../src/node.ts";
import { peer } from "../../src/node/peer.ts";

const source = (path: string): URL => new URL(path, import.meta.resolve("source-sans-pro/package.json"));
const kinds = {
  OTF: source("OTF/SourceSansPro-Regular.otf"),
  TTF: source("TTF/SourceSansPro-Regular.ttf"),
  "WOFF of OTF": source("WOFF/OTF/SourceSansPro-Regular.otf.woff"),
  "WOFF of TTF": source("WOFF/TTF/SourceSansPro-Regular.ttf.woff"),
  "WOFF2 of OTF": source("WOFF2/OTF/SourceSansPro-Regular.otf.woff2"),
  "WOFF2 of TTF": source("WOFF2/TTF/SourceSansPro-Regular.ttf.woff2"),
};
const folder = await mkdtemp(join(tmpdir(), "millpond-fonts-"));
after(() => rm(folder, { recursive: true }));
const fonts = await readFonts({
  ...kinds,
  Serif: new URL(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSerif.ttf")),
});

function drawn(text: string, family: string, set: FontSet = fonts): { ink: Uint8Array; width: number } {
  const painter = new RasterPainter({ width: 500, height: 60, fonts: set });
  painter.text(text, 10, 42, { size: 32, color: 0x000000ff, family });
  const { width } = painter.measure(text, { size: 32, family });
  const ink = Uint8Array.from({ length: 500 * 60 }, (_, pixel) => painter.pixels[4 * pixel + 3]);
  painter.release();
  return { ink, width };
}

const total = (ink: Uint8Array): number => ink.reduce((sum, value) => sum + value, 0) / 255;

test("one font has the same pixels from all kinds of files", () => {
  const text = "Sensor Größe µm² Ж AVATAR";
  const expected = drawn(text, "OTF");
  assert(total(expected.ink) > 500);
  for (const name of Object.keys(kinds)) {
    const { ink, width } = drawn(text, name);
    assert.equal(width, expected.width, name);
    // Curves of two control points, or of one: the outlines differ by less than a hundredth of a pixel.
    const worst = ink.reduce((most, value, at) => Math.max(most, Math.abs(value - expected.ink[at])), 0);
    assert(worst <= (name.includes("TTF") ? 40 : 0), `${name}: ${worst}`);
    assert(Math.abs(total(ink) / total(expected.ink) - 1) < 0.003, name);
  }
});

test("letters are kerned, and joined where the font joins them", () => {
  const width = (text: string): number => drawn(text, "OTF").width;
  assert(Math.abs(width("T") + width("o") - width("To") - 0.066 * 32) < 1e-9);
  assert.equal(width("HH"), 2 * width("H"));
  // "ff" is one glyph in this font; a joiner that is no joiner keeps the letters apart.
  assert.notDeepEqual(drawn("ff", "OTF").ink, drawn("f\u200Cf", "OTF").ink);
});

test("where a font has no character, the next one in the list fills in, and the bundled one behind all", () => {
  assert.deepEqual(fonts.missing("Aℵ→年", "OTF, Serif"), ["年"]);
  const own = drawn("ℵ", "Serif").width;
  const width = (text: string, family: string): number => drawn(text, family).width;
  assert(Math.abs(width("Aℵ", "OTF, Serif") - width("A", "OTF") - own) < 1e-9);
  assert.equal(width("Aℵ", "OTF"), width("A", "OTF") + width("ℵ", "sans-serif"));
});

test("what has no picture of its own is neither drawn nor missing", () => {
  assert.deepEqual(drawn("a\uFE0F\u00ADb\u2060", "sans-serif"), drawn("ab", "sans-serif"));
  assert.deepEqual(fonts.missing("a\uFE0F\u200D\u00AD"), []);
});

test("a figure in a font of the user is written to all formats", () => {
  const figure = plot({ width: 300, height: 200, fonts, theme: { font: "OTF" } })
    .line([1, 3, 2])
    .title("Office");
  const bundled = plot({ width: 300, height: 200 }).line([1, 3, 2]).title("Office");
  const pixels = (one: typeof figure): Uint8Array => one.pixels({ into: new Uint8Array(4 * 300 * 200) });
  assert.notDeepEqual(pixels(figure), pixels(bundled));
  assert.notEqual(figure.svg(), bundled.svg());
  const painter = new SvgPainter({ width: 10, height: 10, text: "elements", fonts });
  painter.text("a", 1, 5, { size: 5, color: 0xff, family: "WOFF2 of OTF" });
  assert(painter.toString().includes("font-family=\"'WOFF2 of OTF', 'DejaVu Sans', sans-serif\""));
});

test("what is no font, no file or not installed is told", async () => {
  const path = join(folder, "text.ttf");
  await writeFile(path, "this is no font");
  await assert.rejects(readFonts({ Mine: path }), {
    code: "BAD_FONT",
    message: /file of "Mine" to be a font/,
  });
  await assert.rejects(readFonts({ Mine: join(folder, "none.ttf") }), { code: "ENOENT" });
  await assert.rejects(peer("millpond-not-there", "testing"), {
    code: "NOT_INSTALLED",
    message: "testing needs the package millpond-not-there: npm install millpond-not-there",
  });
});
