// SVG against pixels: every figure of the gallery, drawn by another rasterizer from its SVG document, looks like its own
// pixels. Edges are smoothed differently, so a share of the pixels may differ.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Resvg } from "@resvg/resvg-js";

import { gallery, HEIGHT, WIDTH } from "./gallery.ts";

// Dense lines and small text are nothing but edges.
const SHARE = 0.02;
const CLEARLY = 96;

for (const [name, figure] of gallery()) {
  test(`the SVG document of ${name} looks like its pixels`, () => {
    const document = figure.svg();
    assert(!document.includes("NaN") && !document.includes("Infinity"));
    const other = new Resvg(document, { font: { loadSystemFonts: false } }).render();
    assert.deepEqual([other.width, other.height], [WIDTH, HEIGHT]);
    const own = figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
    const pixels = other.pixels;
    let different = 0;
    for (let at = 0; at < own.length; at += 4) {
      const apart = [0, 1, 2].map((channel) => Math.abs(own[at + channel] - pixels[at + channel]));
      if (Math.max(...apart) > CLEARLY) different++;
    }
    const share = different / (WIDTH * HEIGHT);
    assert(share < SHARE, `${(100 * share).toFixed(2)} % of the pixels differ clearly`);
  });
}
