// SVG: the document is well formed, and a renderer of SVG draws what the rasterizer draws.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Resvg } from "@resvg/resvg-js";

import { type Painter, RasterPainter, SvgPainter } from "../../src/index.ts";
import { columns, drawings, HEIGHT, WIDTH } from "../paint/drawings.ts";

// How far the two backends are apart: the mean over all channels, and the share of pixels that differ much.
function compare(draw: (painter: Painter) => void): { mean: number; far: number; ink: number } {
  const raster = new RasterPainter({ width: WIDTH, height: HEIGHT });
  const svg = new SvgPainter({ width: WIDTH, height: HEIGHT });
  for (const painter of [raster, svg]) {
    painter.fillRect(0, 0, WIDTH, HEIGHT, { color: 0xffffffff });
    draw(painter);
  }
  const image = new Resvg(svg.toString()).render();
  assert.deepEqual([image.width, image.height], [WIDTH, HEIGHT]);
  const expected = image.pixels;
  let sum = 0;
  let far = 0;
  let ink = 0;
  for (let byte = 0; byte < 4 * WIDTH * HEIGHT; byte++) {
    const difference = Math.abs(raster.pixels[byte] - expected[byte]);
    sum += difference;
    if (difference > 64) far++;
    if (raster.pixels[byte] < 200) ink++;
  }
  raster.release();
  return { mean: sum / (4 * WIDTH * HEIGHT), far: far / (4 * WIDTH * HEIGHT), ink };
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
  assert.equal(svg.split("<g ").length, svg.split("</g>").length);
  painter.popClip();
  painter.popClip();
  painter.popClip();
  assert.throws(() => painter.popClip(), { code: "BAD_ARGUMENT" });
  assert.throws(() => new SvgPainter({ width: 10, height: 10, idPrefix: '"' }), { code: "BAD_ARGUMENT" });
  assert.throws(() => new SvgPainter({ width: NaN, height: 10 }), { code: "BAD_ARGUMENT" });
});
