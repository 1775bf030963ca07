// Vector formats against pixels: every figure of the gallery, drawn by another rasterizer from its SVG document and by the
// one of Chromium from its PDF file, looks like its own pixels, and all of its texts can be read from the PDF file. Edges
// are smoothed differently, so a share may differ.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { deflateSync } from "node:zlib";

import { PDFiumLibrary } from "@hyzyla/pdfium";
import { Resvg } from "@resvg/resvg-js";

import type { Figure } from "../../src/index.ts";
import { gallery, HEIGHT, WIDTH } from "./gallery.ts";

// Dense lines and small text are nothing but edges.
const SHARE = 0.02;
const CLEARLY = 96;

const pdfium = await PDFiumLibrary.init();
after(() => pdfium.destroy());

// How large a share of the pixels differs clearly.
function shareOf(figure: Figure, other: Uint8Array): number {
  const own = figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
  let different = 0;
  for (let at = 0; at < own.length; at += 4) {
    const apart = [0, 1, 2].map((channel) => Math.abs(own[at + channel] - other[at + channel]));
    if (Math.max(...apart) > CLEARLY) different++;
  }
  return different / (WIDTH * HEIGHT);
}

// Readers guess where words and lines end.
function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, "");
}

// All texts of a figure, line by line.
function textsOf(figure: Figure): string[] {
  const signs: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };
  return [...figure.svg({ text: "elements" }).matchAll(/<text [^>]*>(.*?)<\/text>/gs)].map(([, content]) =>
    withoutSpace(content.replaceAll(/<[^>]*>/g, "")).replaceAll(/&(\w+);/g, (_, name: string) => signs[name]),
  );
}

for (const [name, figure] of gallery()) {
  test(`the SVG document of ${name} looks like its pixels`, () => {
    const document = figure.svg();
    assert(!document.includes("NaN") && !document.includes("Infinity"));
    const other = new Resvg(document, { font: { loadSystemFonts: false } }).render();
    assert.deepEqual([other.width, other.height], [WIDTH, HEIGHT]);
    const share = shareOf(figure, other.pixels);
    assert(share < SHARE, `${(100 * share).toFixed(2)} % of the pixels differ clearly`);
  });

  test(`the PDF file of ${name} looks like its pixels`, async () => {
    const document = await pdfium.loadDocument(figure.pdf({ deflate: deflateSync }));
    assert.equal(document.getPageCount(), 1);
    const first = document.getPage(0);
    const read = withoutSpace(first.getText());
    for (const text of textsOf(figure)) assert(read.includes(text), `${text} can be read`);
    const page = await first.render({ scale: WIDTH / first.getOriginalSize().originalWidth });
    document.destroy();
    assert.deepEqual([page.width, page.height], [WIDTH, HEIGHT]);
    const share = shareOf(figure, page.data);
    assert(share < SHARE, `${(100 * share).toFixed(2)} % of the pixels differ clearly`);
  });
}
