// What painters and those who call them share.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import type { Painter } from "../../src/paint/painter.ts";
import { uprightAngle } from "../../src/paint/upright-angle.ts";
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
