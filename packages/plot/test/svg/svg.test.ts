// SVG: the document is well formed, and a renderer of SVG draws what the rasterizer draws.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Resvg } from "@resvg/resvg-js";

import { type Painter, Path, RasterPainter, SvgPainter } from "../../src/index.ts";

const WIDTH = 160;
const HEIGHT = 120;

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

const columns = (...values: number[]): Float64Array => Float64Array.from(values);

const drawings: Record<string, (painter: Painter) => void> = {
  "areas with holes": (painter) => {
    const path = new Path();
    path.arc(60, 60, 45, 0, 2 * Math.PI);
    path.end();
    path.arc(60, 60, 20, 2 * Math.PI, 0);
    path.end();
    painter.fillPath(path.xs, path.ys, path.ringEnds, { color: 0x1f77b4ff });
    painter.fillPath(columns(100, 150, 150, 100), columns(20, 90, 20, 90), [4], {
      color: 0xd6272880,
      rule: "evenodd",
    });
    painter.fillRects(columns(5.5, 20.25), columns(100, 100), columns(9, 9.5), columns(12, -30), 2, {
      color: 0x2ca02cff,
    });
  },
  "strokes with joins, caps and gaps": (painter) => {
    for (const [row, join] of (["round", "miter", "bevel"] as const).entries()) {
      const ys = columns(30 + 30 * row, 10 + 30 * row, 30 + 30 * row);
      const cap = (["butt", "round", "square"] as const)[row];
      painter.strokeLine(columns(10, 30, 50), ys, 3, { color: 0x9467bd90, width: 8, join, cap });
    }
    painter.strokeLine(columns(70, 90, NaN, 110, 150), columns(20, 40, 40, 40, 20), 5, {
      color: 0x000000ff,
      width: 2,
    });
    painter.strokeRings(columns(80, 140, 110), columns(110, 110, 60), [3], {
      color: 0xff7f0eff,
      width: 4,
      join: "miter",
    });
  },
  dashes: (painter) => {
    painter.strokeLine(columns(10, 150), columns(20, 20.5), 2, { color: 0x000000ff, width: 3, dash: [9, 5] });
    painter.strokeLine(columns(10, 150), columns(40, 60), 2, {
      color: 0xff,
      width: 3,
      dash: [0, 6],
      cap: "round",
    });
    painter.strokeLine(columns(10, 80, 150), columns(110, 70, 110), 3, {
      color: 0x17becfff,
      width: 5,
      dash: [12, 6, 2],
      dashOffset: 7,
    });
  },
  markers: (painter) => {
    const kinds = [
      "circle",
      "square",
      "triangle-up",
      "triangle-down",
      "diamond",
      "plus",
      "cross",
      "star",
    ] as const;
    for (const [index, kind] of kinds.entries()) {
      const style = { kind, size: 11, color: 0xe377c2ff, edgeColor: 0x000000ff, edgeWidth: 1.5 };
      painter.markers(columns(15.25 + 18 * index), columns(30.5), 1, style);
    }
    const open = ["open-circle", "open-square", "open-triangle", "open-diamond"] as const;
    for (const [index, kind] of open.entries()) {
      painter.markers(columns(20 + 30 * index), columns(80), 1, {
        kind,
        size: 14,
        color: 0x1f77b4ff,
        edgeWidth: 2,
      });
    }
  },
  hatches: (painter) => {
    const kinds = [
      "horizontal",
      "vertical",
      "cross",
      "diagonal",
      "back-diagonal",
      "diagonal-cross",
      "dots",
    ] as const;
    for (const [index, kind] of kinds.entries()) {
      const hatch = { kind, color: 0x000000ff, width: kind === "dots" ? 4 : 2 };
      painter.fillRect(5 + 22 * index, 10, 20, 100, { color: 0xccddeeff, hatch });
    }
  },
  "images and clips": (painter) => {
    const palette = Uint32Array.of(0xff0000ff, 0x00ff00ff, 0x0000ffff, 0xffff00ff);
    painter.image({ width: 2, height: 2, indices: Uint8Array.of(0, 1, 2, 3), palette }, 10, 10, 60, 40);
    painter.image({ width: 2, height: 2, indices: Uint8Array.of(0, 1, 2, 3), palette }, 150, 10, -60, 40);
    painter.pushClip(20, 70, 100, 30);
    painter.pushClip(40, 60, 100, 100);
    painter.fillRect(0, 0, WIDTH, HEIGHT, { color: 0x7f7f7fff });
    painter.popClip();
    painter.strokeLine(columns(0, 160), columns(60, 110), 2, { color: 0xff0000ff, width: 3 });
    painter.popClip();
    painter.fillRect(150, 110, 20, 20, { color: 0x000000ff });
  },
  texts: (painter) => {
    painter.text("Sensor AV $10^{-3}$", 8, 30, { size: 15, color: 0x000000ff });
    painter.text("middle\nlines", 80, 60, {
      size: 12,
      color: 0x1f77b4ff,
      anchor: "middle",
      baseline: "middle",
    });
    painter.text("up", 150, 110, { size: 20, color: 0xd62728ff, rotation: -90 });
  },
  "huge coordinates": (painter) => {
    painter.strokeLine(columns(-1e308, 1e308), columns(20, 20.2), 2, { color: 0x000000ff, width: 2 });
    painter.fillPath(columns(-1e300, 1e300, 1e300, -1e300), columns(60, 60, 1e300, 1e300), [4], {
      color: 0x2ca02cff,
    });
    painter.fillRect(100, -1e308, 20, 1.7e308, { color: 0xff7f0eff });
    painter.fillRect(120, -1e9, 20, 2e9, { color: 0xff7f0eff });
  },
};

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
