// Names around a circle stay in their panel, whatever its shape, as long as the circle has room beside them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import type { Canvas } from "../../src/figure/mark.ts";
import { Looks } from "../../src/figure/looks.ts";
import { wheelWithin, writeRimName } from "../../src/marks/wheel.ts";
import type { Painter, TextStyle } from "../../src/paint/painter.ts";
import { RasterPainter } from "../../src/raster/raster-painter.ts";
import { themeOf } from "../../src/theme/theme.ts";

const looks = new Looks(themeOf("light"), 100 / 72);

interface Written {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

// Measures as the raster does, and notes where texts come to lie.
function noting(measuring: RasterPainter, written: Written[]): Painter {
  const text = (string: string, x: number, y: number, style: TextStyle): void => {
    const { width, height } = measuring.measure(string, style);
    const left = style.anchor === "middle" ? x - width / 2 : style.anchor === "end" ? x - width : x;
    written.push({ left, right: left + width, top: y - height / 2, bottom: y + height / 2 });
  };
  const measure: Painter["measure"] = (string, font) => measuring.measure(string, font);
  return { text, measure } as Partial<Painter> as Painter;
}

test("every name around a circle lies inside the panel", () => {
  const measuring = new RasterPainter({ width: 1, height: 1, pool: new Pool({ name: "wheel" }) });
  const names = fc.array(
    fc.record({ text: fc.string({ maxLength: 12 }), turn: fc.double({ min: 0, max: 1, noNaN: true }) }),
  );
  const side = fc.integer({ min: 300, max: 900 });
  fc.assert(
    fc.property(names, side, side, (list, width, height) => {
      const written: Written[] = [];
      const painter = noting(measuring, written);
      const canvas = { painter, left: 10, top: 20, right: 10 + width, bottom: 20 + height } as Canvas;
      const wheel = wheelWithin(list, canvas, looks);
      for (const name of wheel.names) writeRimName(name, wheel, canvas, looks);
      for (const box of written) {
        assert(box.left >= canvas.left - 1e-6 && box.right <= canvas.right + 1e-6, JSON.stringify(box));
        assert(box.top >= canvas.top - 1e-6 && box.bottom <= canvas.bottom + 1e-6, JSON.stringify(box));
      }
      assert(wheel.radius >= 0.15 * Math.min(width, height));
    }),
  );
  measuring.release();
});

test("without names a circle takes nearly the whole panel", () => {
  const canvas = { painter: {} as Painter, left: 0, top: 0, right: 200, bottom: 100 } as Canvas;
  assert.deepEqual(wheelWithin([], canvas, looks), { x: 100, y: 50, radius: 47, names: [] });
});
