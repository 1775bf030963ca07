// What painters and those who call them share.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import type { Painter } from "../../src/paint/painter.ts";
import { uprightAngle } from "../../src/paint/upright-angle.ts";
import { PdfPainter } from "../../src/pdf/pdf-painter.ts";
import { RasterPainter } from "../../src/raster/raster-painter.ts";
import { SvgPainter } from "../../src/svg/svg-painter.ts";

test("rectangles in one call are those of single calls, each in its own colour where there are some", () => {
  const pool = new Pool();
  const xs = Float64Array.of(1, 4, 8);
  const sizes = Float64Array.of(2, 5, 1.5);
  const colors = Uint32Array.of(0xff0000ff, 0x00ff0080, 0x0000ffff);
  for (const own of [undefined, colors]) {
    const together = (painter: Painter): void =>
      painter.fillRects(xs, xs, sizes, sizes, 3, { color: 0x808080ff }, own);
    const apart = (painter: Painter): void => {
      for (let index = 0; index < 3; index++) {
        const color = own?.[index] ?? 0x808080ff;
        painter.fillRect(xs[index], xs[index], sizes[index], sizes[index], { color });
      }
    };
    const [pixels, documents] = [together, apart].reduce<[Uint8Array[], string[]]>(
      ([drawn, written], draw) => {
        const raster = new RasterPainter({ width: 12, height: 12, pool });
        draw(raster);
        drawn.push(Uint8Array.from(raster.pixels));
        raster.release();
        const svg = new SvgPainter({ width: 12, height: 12 });
        draw(svg);
        written.push(svg.toString());
        return [drawn, written];
      },
      [[], []],
    );
    assert.deepEqual(pixels[0], pixels[1]);
    assert.equal(documents[0], documents[1]);
  }
  const svg = new SvgPainter({ width: 12, height: 12 });
  assert.throws(() => svg.fillRects(xs, xs, sizes, sizes, 3, { color: 0 }, colors.subarray(1)), {
    code: "BAD_ARGUMENT",
  });
});

test("text along any direction is turned as the direction is, and never by more than a right angle", () => {
  for (let degrees = -180; degrees <= 180; degrees += 15) {
    const radians = (degrees / 180) * Math.PI;
    const angle = uprightAngle(Math.cos(radians), Math.sin(radians));
    assert(Math.abs(angle) <= 90 + 1e-9, `${degrees} gives ${angle}`);
    const apart = Math.abs(degrees - angle) % 180;
    assert(Math.min(apart, 180 - apart) < 1e-9, `${degrees} gives ${angle}`);
  }
});

test("clips are whole pixels in every backend, whichever way their sides go", () => {
  const size = { width: 12, height: 12 };
  const [raster, svg, pdf] = [new RasterPainter(size), new SvgPainter(size), new PdfPainter(size)];
  for (const painter of [raster, svg, pdf]) {
    painter.pushClip(7.6, 9.4, -5.2, -6.8);
    painter.fillRect(0, 0, 12, 12, { color: 0x000000ff });
  }
  const inked = (x: number, y: number): number => raster.pixels[4 * (12 * y + x) + 3];
  assert.deepEqual([inked(1, 5), inked(2, 5), inked(7, 5), inked(8, 5)], [0, 255, 255, 0]);
  assert.deepEqual([inked(5, 2), inked(5, 3), inked(5, 8), inked(5, 9)], [0, 255, 255, 0]);
  raster.release();
  assert(svg.toString().includes('"><rect x="2" y="3" width="6" height="6"/></clipPath>'));
  assert(new TextDecoder("latin1").decode(pdf.toBytes()).includes("q 2 3 6 6 re W n"));
});
