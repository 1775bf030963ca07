// PDF: the file is one that PDFium reads, which draws what the rasterizer draws.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";

import { PDFiumLibrary } from "@hyzyla/pdfium";
import { create } from "fontkit";

import {
  type FontkitFont,
  FontSet,
  type Painter,
  PdfPainter,
  plot,
  type TextStyle,
} from "../../src/index.ts";
import { type Comparison, compareWithPixels, onWhite } from "../paint/compare.ts";
import { checkRefusals } from "../paint/refusals.ts";
import { columns, drawings, HEIGHT, WIDTH } from "../paint/drawings.ts";

const pdfium = await PDFiumLibrary.init();
after(() => pdfium.destroy());
const latin1 = new TextDecoder("latin1");
const DPI = 144;

async function rendered(bytes: Uint8Array): Promise<Uint8Array> {
  const document = await pdfium.loadDocument(bytes);
  const page = await document.getPage(0).render({ scale: DPI / 72 });
  document.destroy();
  assert.deepEqual([page.width, page.height], [WIDTH, HEIGHT]);
  return page.data;
}

async function textOf(bytes: Uint8Array): Promise<string[]> {
  const document = await pdfium.loadDocument(bytes);
  const text = document.getPage(0).getText();
  document.destroy();
  return text.split("\r\n").map((line) => line.trim());
}

async function compare(draw: (painter: Painter) => void, fonts?: FontSet): Promise<Comparison> {
  const pdf = onWhite(new PdfPainter({ width: WIDTH, height: HEIGHT, dpi: DPI, fonts }), draw);
  return compareWithPixels(await rendered(pdf.toBytes()), draw, fonts);
}

for (const [name, draw] of Object.entries(drawings)) {
  test(`PDF and pixels agree: ${name}.`, async () => {
    const { mean, far, ink } = await compare(draw);
    assert(ink > 300, `${ink} inked bytes`);
    // Hatches are all edges, which PDFium smooths in another way.
    assert(mean < (name === "hatches" ? 6 : 2), `mean ${mean}`);
    assert(far < (name === "hatches" ? 0.03 : 0.01), `${far} of all pixels are far off`);
  });
}

test("cells that are not opaque let through what is behind them", async () => {
  const { mean, far } = await compare((painter) => {
    painter.fillRect(0, 0, 80, HEIGHT, { color: 0x1f77b4ff });
    const palette = Uint32Array.of(0xff0000ff, 0xff000080, 0x00000000, 0x00ff0040);
    painter.image({ width: 2, height: 2, indices: Uint8Array.of(0, 1, 2, 3), palette }, 20, 20, 120, 80);
  });
  assert(mean < 1 && far < 0.01, `mean ${mean}, far ${far}`);
});

test("a figure is a page as large as it is in inches, and the same file each time", async () => {
  const draw = (): Uint8Array =>
    plot({ width: 320, height: 240, dpi: 160 }).line([1, 3, 2]).pdf({ title: "Größe 年 (1)" });
  const bytes = draw();
  assert.deepEqual(draw(), bytes);
  const text = latin1.decode(bytes);
  assert(text.startsWith("%PDF-1.4\n") && text.endsWith("%%EOF\n"));
  assert(text.includes("/MediaBox [0 0 144 108]"));
  assert(text.includes("/Title <feff0047007200f600df006500205e740020002800310029>"));
  const document = await pdfium.loadDocument(bytes);
  assert.equal(document.getPageCount(), 1);
  document.destroy();
});

const sourceSans = (path: string): FontkitFont =>
  create(readFileSync(new URL(import.meta.resolve(`source-sans-pro/${path}`)))) as FontkitFont;
const fonts = new FontSet()
  .add("Source Sans (CFF)", sourceSans("OTF/SourceSansPro-Regular.otf"))
  .add("Source Sans (glyf)", sourceSans("WOFF2/TTF/SourceSansPro-Regular.ttf.woff2"));

function written(texts: readonly string[], style: Partial<TextStyle> = {}): PdfPainter {
  const painter = new PdfPainter({ width: 600, height: 600, dpi: 72, fonts });
  for (const [index, text] of texts.entries()) {
    painter.text(text, 100, 60 + 60 * index, { size: 12, color: 0x000000ff, ...style });
  }
  return painter;
}

test("texts can be read: any script, kerning, lines, and characters that no font has", async () => {
  const texts = ["AVATAR Te. Größe in µm²", "Ж→∞ σ ≤ 5 · 10", "first\nsecond", "a 年 b", "(a) \\ <b>"];
  const lines = ["AVATAR Te. Größe in µm²", "Ж→∞ σ ≤ 5 · 10", "first", "second", "a \uFFFD b", "(a) \\ <b>"];
  assert.deepEqual(await textOf(written(texts).toBytes()), lines);
});

test("texts can be read whichever way they are turned, and so can maths", async () => {
  for (const rotation of [-90, 90, 180, 30]) {
    const [text] = await textOf(written(["speed in km/h"], { rotation, anchor: "middle" }).toBytes());
    assert.equal(text, "speed in km/h", `turned by ${rotation}`);
  }
  const lines = await textOf(written(["$E = mc^2$", "$\\alpha_{max}$ and more"]).toBytes());
  assert.deepEqual(lines.join("").replaceAll(" ", ""), "E=mc2αmaxandmore");
});

test("fonts of the user are embedded with their ligatures, and the bundled one fills in", async () => {
  for (const family of ["Source Sans (CFF)", "Source Sans (glyf)"]) {
    const text = "file offshore ⊂ ∀";
    const painter = written([text], { family });
    assert.deepEqual(await textOf(painter.toBytes()), [text]);
    const file = latin1.decode(painter.toBytes());
    const names = [...file.matchAll(/\/Subtype \/Type0 \/BaseFont \/([A-Z]{6}\+[\w-]+)/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual(
      names.map((name) => name.slice(7)),
      [family.replaceAll(/[ ()]/g, ""), "DejaVuSans"],
    );
  }
});

test("a glyph that stands for several characters is read as the one that was meant", async () => {
  const glyph = (codePoint: number): ReturnType<FontkitFont["getGlyph"]> => ({
    id: 1,
    codePoints: codePoint === 0 ? [] : [codePoint],
    advanceWidth: 6,
    path: {
      commands: [
        { command: "moveTo", args: [0, 0] },
        { command: "lineTo", args: [5, 0] },
        { command: "lineTo", args: [5, 7] },
      ],
    },
  });
  const wedges: FontkitFont = {
    unitsPerEm: 10,
    ascent: 8,
    descent: -2,
    hasGlyphForCodePoint: () => true,
    layout: (text) => ({
      glyphs: Array.from(text, (character) => glyph(character.codePointAt(0)!)),
      positions: Array.from(text, () => ({ xAdvance: 6, xOffset: 0, yOffset: 0 })),
    }),
    getGlyph: () => glyph(0),
  };
  const painter = new PdfPainter({ width: 100, height: 50, fonts: new FontSet().add("Wedges", wedges) });
  painter.text("µμ·⋅", 10, 30, { size: 12, color: 0xff, family: "Wedges" });
  assert.deepEqual(await textOf(painter.toBytes()), ["µμ·⋅"]);
});

test("kerned pairs stand as close as in pixels", async () => {
  const { far } = await compare((painter) => {
    painter.text("AVAVAVAVAV", 5, 50, { size: 22, color: 0x000000ff });
    painter.text("ToToToToTo", 5, 90, { size: 22, color: 0x000000ff });
  });
  assert(far < 0.012, `${far} of all pixels are far off`);
});

test("embedded glyphs look like those of the rasterizer, at any size", async () => {
  const draw = (painter: Painter): void => {
    const families = ["Source Sans (CFF)", "Source Sans (glyf)", "DejaVu Sans"];
    for (const [row, family] of families.entries()) {
      painter.text("Rg@&8", 5, 36 + 40 * row, { size: 42, color: 0x1f77b4ff, family });
      painter.text("small", 150, 30 + 40 * row, { size: 7, color: 0xff, family, anchor: "end" });
    }
  };
  const { mean, far, ink } = await compare(draw, fonts);
  assert(ink > 3000, `${ink} inked bytes`);
  assert(mean < 3 && far < 0.003, `mean ${mean}, far ${far}`);
});

test("each glyph is embedded once, and the file can be asked for again as more is drawn", async () => {
  const painter = written(["one"]);
  const first = painter.toBytes();
  assert.deepEqual(painter.toBytes(), first);
  painter.text("noon", 100, 300, { size: 30, color: 0xff });
  assert.deepEqual(await textOf(painter.toBytes()), ["one", "noon"]);
  const count = (bytes: Uint8Array): number =>
    latin1.decode(bytes).split("beginbfchar")[1].split("\n").length;
  assert.equal(count(painter.toBytes()), count(first));
});

test("every object lies where the table says", () => {
  const painter = new PdfPainter({ width: WIDTH, height: HEIGHT });
  for (const draw of Object.values(drawings)) draw(painter);
  const text = latin1.decode(painter.toBytes());
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  assert.equal(text.slice(start, start + 5), "xref\n");
  const rows = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)];
  assert(rows.length > 10);
  for (const [index, [, place]] of rows.entries()) {
    assert.equal(text.slice(Number(place)).split("\n", 1)[0], `${index + 1} 0 obj`);
  }
});

test("streams are compressed by the function that is given", () => {
  const wave = Float64Array.from({ length: 500 }, (_, index) => Math.sin(index / 20));
  const draw = (deflate?: (bytes: Uint8Array) => Uint8Array): Uint8Array =>
    plot({ width: 320, height: 240 }).line(wave).pdf({ deflate });
  const plain = draw();
  const small = draw((bytes) => deflateSync(bytes));
  assert(small.length < 0.6 * plain.length, `${small.length} of ${plain.length}`);
  const text = latin1.decode(small);
  const length = Number(/\/Filter \/FlateDecode \/Length (\d+)/.exec(text)?.[1]);
  const start = text.indexOf("stream\n") + 7;
  const content = inflateSync(small.subarray(start, start + length)).toString("latin1");
  assert(latin1.decode(plain).includes(content));
});

test("colours are said once, and again after a clip", () => {
  const painter = new PdfPainter({ width: 10, height: 10 });
  const rect = (color: number): void => painter.fillRect(1, 1, 2, 2, { color });
  rect(0xff0000ff);
  rect(0xff0000ff);
  painter.pushClip(0, 0, 5, 5);
  rect(0x00ff00ff);
  painter.popClip();
  rect(0xff0000ff);
  rect(0x00ff00ff);
  const text = latin1.decode(painter.toBytes());
  assert.equal(text.split("1 0 0 rg").length, 2);
  assert.equal(text.split("0 1 0 rg").length, 3);
});

test("strokes say how they join, end and are dashed", () => {
  const said = (style: object): string | undefined => {
    const painter = new PdfPainter({ width: 10, height: 10 });
    painter.strokeLine(columns(1, 5, 9), columns(1, 9, 1), 3, { color: 0xff, width: 2, ...style });
    return / RG (.*?) 1 1 m/.exec(latin1.decode(painter.toBytes()))?.[1];
  };
  assert.equal(said({}), "2 w 0 J 1 j [] 0 d");
  assert.equal(said({ join: "miter", cap: "square" }), "2 w 2 J 0 j 4 M [] 0 d");
  assert.equal(said({ join: "bevel", cap: "round" }), "2 w 1 J 2 j [] 0 d");
  // Dashed strokes have round joins, as the rasterizer gives them.
  assert.equal(said({ join: "miter", dash: [3, 1, 2], dashOffset: 1.5 }), "2 w 0 J 1 j [3 1 2 3 1 2] 1.5 d");
});

test("what cannot be drawn is refused, and clips that are open are closed", () => {
  assert.throws(() => new PdfPainter({ width: 0, height: 1 }), { code: "BAD_ARGUMENT" });
  assert.throws(() => new PdfPainter({ width: 1, height: 1, dpi: NaN }), { code: "BAD_ARGUMENT" });
  const painter = new PdfPainter({ width: 10, height: 10 });
  const empty = painter.toBytes();
  checkRefusals(painter);
  assert.deepEqual(painter.toBytes(), empty);
  painter.pushClip(0, 0, 5, 5);
  assert(latin1.decode(painter.toBytes()).includes("re W n\nQ "));
});
