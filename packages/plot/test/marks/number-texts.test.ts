// Numbers in cells and at bars: as many digits as fit, smaller letters where that is not enough, and none that cannot be
// read.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { Looks } from "../../src/figure/looks.ts";
import { plot } from "../../src/figure/plot.ts";
import { numberTexts } from "../../src/marks/number-texts.ts";
import { RasterPainter } from "../../src/raster/raster-painter.ts";
import { themeOf } from "../../src/theme/theme.ts";

const looks = new Looks(themeOf("light"), 1);
const painter = new RasterPainter({ width: 4, height: 4 });

test("numbers are written no wider than their room, and the same value always alike", () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 9 }),
      fc.double({ min: 1, max: 200, noNaN: true }),
      (values, width) => {
        const texts = numberTexts(values, true, width, 9, looks, painter);
        if (texts === undefined) return;
        assert(texts.size >= 4 && texts.size <= 9);
        for (const number of values) {
          const extent = painter.measure(texts.write(number), looks.font(texts.size));
          assert(extent.width <= width * 1.001, `${texts.write(number)} is ${extent.width} of ${width} wide`);
        }
      },
    ),
  );
});

test("digits are given up before letters get smaller, and letters before nothing is written", () => {
  const at = (width: number): string => {
    const texts = numberTexts([123.456, 9], true, width, 9, looks, painter);
    return texts === undefined ? "" : `${texts.write(123.456)} ${texts.size}`;
  };
  assert.equal(at(100), "123.456 9");
  assert.equal(at(34), "123.5 9");
  assert.equal(at(20), "123 9");
  assert.match(at(12), /^123 [4-8]/);
  assert.equal(at(3), "");
});

test("a function that writes numbers keeps its text, and parts of stacks that are too small have none", () => {
  const texts = numberTexts([1], () => "a rather long text", 30, 9, looks, painter);
  assert.equal(texts, undefined);
  const svg = plot({ width: 400, height: 300 })
    .bars(["one"], { large: [10], small: [0.01] }, { mode: "stacked", barText: (value) => `${value} t` })
    .svg({ text: "elements" });
  assert(svg.includes("10 t") || svg.includes(">10<"), "the large part has its number");
  assert(!svg.includes("0.01"));
});
