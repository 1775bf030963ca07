// SVG: the document is well formed, and a renderer of SVG draws what the rasterizer draws.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Resvg } from "@resvg/resvg-js";
import * as fc from "fast-check";

import { type Figure, type Painter, plot, plot3d, subplots, SvgPainter } from "../../src/index.ts";
import { type Comparison, compareWithPixels, onWhite } from "../paint/compare.ts";
import { checkRefusals } from "../paint/refusals.ts";
import { columns, drawings, HEIGHT, WIDTH } from "../paint/drawings.ts";

function compare(draw: (painter: Painter) => void): Comparison {
  const svg = onWhite(new SvgPainter({ width: WIDTH, height: HEIGHT }), draw);
  const image = new Resvg(svg.toString()).render();
  assert.deepEqual([image.width, image.height], [WIDTH, HEIGHT]);
  return compareWithPixels(image.pixels, draw);
}

for (const [name, draw] of Object.entries(drawings)) {
  test(`SVG and pixels agree: ${name}.`, () => {
    const { mean, far, ink } = compare(draw);
    assert(ink > 300, `${ink} inked bytes`);
    assert(mean < 1.5, `mean ${mean}`);
    assert(far < 0.0015, `${far} of all pixels are far off`);
  });
}

test("texts as elements are escaped, and keep their fonts, lines and maths.", () => {
  const painter = new SvgPainter({
    width: 100,
    height: 100,
    text: "elements",
    idPrefix: "a",
    title: 'x < y & "z"',
  });
  painter.text("a < b & \u0001c\nE = $mc^2$", 10, 20, {
    size: 10,
    color: 0x102030ff,
    rotation: 45,
    anchor: "end",
  });
  const svg = painter.toString();
  assert(svg.includes("<title>x &lt; y &amp; &quot;z&quot;</title>"));
  assert(svg.includes(">a &lt; b &amp; \uFFFDc</text>"));
  assert(svg.includes(`font-family="'DejaVu Sans', sans-serif"`));
  assert(svg.includes('<tspan dy="-3.6" font-size="7">2</tspan>'));
  assert(svg.includes('text-anchor="end"') && svg.includes("rotate(45 10 20)"));
  assert.equal(new Resvg(svg).render().width, 100);
  checkRefusals(painter);
});

test("what is used again is defined once, and open clips are closed.", () => {
  const painter = new SvgPainter({ width: 10, height: 10 });
  for (let round = 0; round < 3; round++) {
    painter.markers(columns(1, 2), columns(3, 4), 2, { kind: "star", size: 5, color: 0xff });
    painter.pushClip(0, 0, 5, 5);
  }
  const svg = painter.toString();
  assert.equal(svg.split("<clipPath").length, 2);
  assert.equal(svg.split("<use").length, 7);
  // Two markers a call, whose colour is said once.
  assert.equal(svg.split('fill="#000000"').length, 4);
  assert.equal(svg.split("<g ").length, svg.split("</g>").length);
  painter.popClip();
  painter.popClip();
  painter.popClip();
  assert.throws(() => new SvgPainter({ width: 10, height: 10, idPrefix: '"' }), { code: "BAD_ARGUMENT" });
  assert.throws(() => new SvgPainter({ width: NaN, height: 10 }), { code: "BAD_ARGUMENT" });
});

// Any units of UTF-16, halves of pairs among them, and what XML is made of.
const odd = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "]]>",
        "<!--",
        "&amp;",
        "\u0001",
        "\ud800",
        "\udc00",
        "\uffff",
        "'",
        '"',
        "$",
        "\r",
        "\n",
      ),
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(""));

test("any title and any label give a document that a strict reader takes.", () => {
  fc.assert(
    fc.property(odd, odd, fc.constantFrom("paths" as const, "elements" as const), (title, label, text) => {
      const svg = plot({ width: 80, height: 60 }).line([1, 2], { label }).title(title).legend().svg({ text });
      assert.equal(new Resvg(svg, { font: { loadSystemFonts: false } }).width, 80);
      assert(svg.isWellFormed());
    }),
    { numRuns: 100 },
  );
});

test("what cannot be drawn is refused, and what is nowhere leaves nothing behind.", () => {
  const painter = new SvgPainter({ width: 20, height: 20 });
  const empty = painter.toString();
  checkRefusals(painter);
  assert.equal(painter.toString(), empty);
});

test("figures are pictures with their title, unless they are given another one, or none.", () => {
  const title = "$E = mc^2$ & more";
  const figures: Figure[] = [
    plot().title(title),
    subplots(1, 2, { title }),
    plot3d().title(title),
    plot().title(title).view(),
  ];
  for (const figure of figures) {
    const svg = figure.svg();
    assert.match(svg, /^<svg [^>]*role="img"[^>]*><title>E = mc2 &amp; more<\/title>/);
    assert.match(figure.svg({ title: "other" }), /><title>other<\/title>/);
    assert(!figure.svg({ title: "" }).includes("<title>"));
    assert(new TextDecoder("latin1").decode(figure.pdf()).includes("/Title <feff00450020003d"));
  }
  assert(!plot().svg().includes("<title>"));
});

test("ids differ between pictures, and stay the same for the same picture.", () => {
  const draw = (ys: readonly number[], idPrefix?: string): string =>
    plot({ width: 200, height: 100 }).scatter(ys).svg({ idPrefix });
  const idsOf = (svg: string): string[] => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(draw([1, 2, 3]), draw([1, 2, 3]));
  const ids = [...idsOf(draw([1, 2, 3])), ...idsOf(draw([3, 2, 1])), ...idsOf(draw([1, 2, 3], "mine"))];
  assert(ids.length >= 6);
  assert.equal(new Set(ids).size, ids.length);
  for (const svg of [draw([1, 2, 3]), draw([1, 2, 3], "mine")]) {
    const used = [...svg.matchAll(/(?:url\(|href=")#([^)"]+)/g)].map(([, id]) => id);
    assert.deepEqual(new Set(used), new Set(idsOf(svg)));
  }
});
