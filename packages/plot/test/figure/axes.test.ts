// How many ticks an axis gets: as many as have room for their labels, and more than one where it is short.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { type Box, layAxis } from "../../src/figure/axes.ts";
import type { LegendPlace } from "../../src/figure/legend.ts";
import { type Plot, plot } from "../../src/figure/plot.ts";
import { plot3d } from "../../src/figure/plot3d.ts";
import { Looks } from "../../src/figure/looks.ts";
import { RasterPainter } from "../../src/raster/raster-painter.ts";
import { Scale } from "../../src/scale/scale.ts";
import { SvgPainter } from "../../src/svg/svg-painter.ts";
import { themeOf } from "../../src/theme/theme.ts";

const looks = new Looks(themeOf("light"), 100 / 72);
const painter = new RasterPainter({ width: 1, height: 1, pool: new Pool({ name: "axes" }) });

test("labels along an axis of any length and scale do not touch each other", () => {
  const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  const kinds = fc.constantFrom("linear" as const, "log" as const, "symlog" as const, "time" as const);
  const side = fc.constantFrom("bottom" as const, "left" as const);
  fc.assert(
    fc.property(
      kinds,
      side,
      number,
      number,
      fc.integer({ min: 1, max: 1500 }),
      (kind, where, a, b, length) => {
        const low = kind === "log" ? Math.max(1e-3, Math.min(a, b)) : Math.min(a, b);
        const scale = new Scale("axis", { scale: kind }, { low, high: Math.max(low, a, b) });
        const { ticks } = layAxis(where, scale, {}, length, 300, looks, painter);
        const mapping = scale.mapping(0, length);
        const font = looks.font(looks.theme.tickSize);
        const shown = ticks.majors.map((_, index) => index).filter((index) => ticks.labels[index] !== "");
        for (const [at, index] of shown.entries()) {
          if (at === 0) continue;
          const before = shown[at - 1];
          const apart = Math.abs(mapping.place(ticks.majors[index]) - mapping.place(ticks.majors[before]));
          const extents = [before, index].map((one) => painter.measure(ticks.labels[one], font));
          const sizes = extents.map(({ width, height }) => (where === "bottom" ? width : height));
          assert(apart >= (sizes[0] + sizes[1]) / 2, `${ticks.labels.join(" ")} along ${length} pixels`);
        }
      },
    ),
  );
});

test("names are turned where they would touch, and some are left out where even turned ones would", () => {
  const names = Array.from({ length: 100 }, (_, index) => `number ${index}`);
  const scale = new Scale("axis", { scale: "category", categories: names }, { low: 0, high: 99 });
  const axis = layAxis("bottom", scale, {}, 400, 300, looks, painter);
  const shown = axis.ticks.labels.filter((label) => label !== "");
  assert.equal(axis.rotation, -90);
  assert.equal(axis.ticks.majors.length, shown.length, "a hundred lines would be a grey panel");
  assert(shown.length >= 15 && shown.length <= 40, `${shown.length} shown`);
});

test("a panel of 250 pixels has at least three ticks for data from 1 to 4 and from -3 to 3", () => {
  for (const [low, high] of [
    [1, 4],
    [-3, 3],
  ]) {
    const { ticks } = layAxis("bottom", new Scale("axis", {}, { low, high }), {}, 250, 300, looks, painter);
    assert(ticks.majors.length >= 3, ticks.labels.join(" "));
  }
});

test("what reaches to zero or below has an end on a logarithmic axis: three powers of ten, or where other data begin", () => {
  const limits = (fill: (figure: Plot) => Plot): readonly [number, number] => {
    const figure = fill(plot({ width: 200, height: 150 }));
    const view = figure.xaxis({ scale: "log", margin: 0 }).view();
    view.draw(new SvgPainter({ width: 200, height: 150 }));
    const { x } = view.limits();
    view.release();
    return [Number(x[0].toPrecision(6)), Number(x[1].toPrecision(6))];
  };
  const bar = (figure: Plot): Plot =>
    figure.candlestick([1, 10, 100], { open: [1, 2, 3], high: [3, 4, 5], low: [1, 1, 1], close: [2, 3, 4] });
  assert.deepEqual(limits(bar), [0.1045, 104.5]);
  assert.deepEqual(
    limits((figure) => bar(figure).line([0.002, 7], [1, 2])),
    [0.002, 104.5],
  );
  assert.deepEqual(
    limits((figure) => figure.box({ a: [-5, -2] }, { orientation: "horizontal" })),
    [1, 10],
  );
  assert.equal(limits((figure) => figure.kde([-3, 0, 2, 3, 5, 100]))[0], 2);
  assert.deepEqual(
    limits((figure) => figure.box({ a: [0, 100] }, { orientation: "horizontal" })),
    [0.1, 100],
  );
  assert.deepEqual(
    limits((figure) => figure.box({ a: [0, 5e-324] }, { orientation: "horizontal" }))[0],
    5e-324,
  );
});

test("axes at the top and at the right take room there, the second y axis opposite, and a view knows them", () => {
  const boxOf = (fill: (figure: Plot) => Plot): Box => {
    const view = fill(plot({ width: 300, height: 200 }).line([100, 300], { label: "a" })).view();
    view.draw(new SvgPainter({ width: 300, height: 200 }));
    assert.deepEqual(view.axesAt(150, 3), { panel: 0, axes: "x" });
    assert.deepEqual(view.axesAt(297, 100), { panel: 0, axes: "y" });
    const box = view.box();
    view.release();
    return box;
  };
  const usual = boxOf((figure) => figure.xlabel("x").ylabel("y"));
  const other = boxOf((figure) => figure.xlabel("x", { side: "top" }).ylabel("y", { side: "right" }));
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1;
  assert(near(other.top, 200 - usual.bottom) && near(200 - other.bottom, usual.top));
  assert(near(300 - other.right, usual.left) && near(other.left, 300 - usual.right));
  const second = boxOf((figure) => figure.yaxis({ side: "right" }).line([1, 2], { axis: "right" }));
  assert(second.left > other.left && second.right > other.right);
});

test("a legend stands where its position says, by any of its places", () => {
  const keyOf = (position: LegendPlace | "upper left"): number[] => {
    const view = plot({ width: 300, height: 200 }).line([1, 2], { label: "a" }).legend({ position }).view();
    view.draw(new SvgPainter({ width: 300, height: 200 }));
    const [{ box }] = view.legend();
    const panel = view.box();
    view.release();
    return [box.left - panel.left, panel.right - box.right, box.top - panel.top, panel.bottom - box.bottom];
  };
  const [left, right, top, bottom] = keyOf({ x: 0, y: 1 });
  const pad = left;
  assert(left > 0 && left < 12 && top > 0 && top < 12 && right > 100 && bottom > 50);
  const [, far, , low] = keyOf({ x: 1, y: 0, anchor: "lower right" });
  assert(Math.abs(far - pad) <= 1.5 && Math.abs(low - top) <= 1.5);
  const [west, east, north, south] = keyOf({ x: 0.5, y: 0.5, anchor: "center" });
  assert(Math.abs(west - east) <= 1.5 && Math.abs(north - south) <= 1.5);
  assert(keyOf({ x: 1, y: 0.5, anchor: "left" })[1] < 0, "outside of the panel");
  assert(keyOf({ x: 0.2, y: 0.2 })[2] > keyOf({ x: 0.2, y: 0.9 })[2], "y goes upwards");
});

test("sides and places that there are not are refused", () => {
  const bad = { code: "BAD_ARGUMENT" };
  assert.throws(() => plot().xaxis({ side: "left" }), {
    ...bad,
    message: /x axis: .*bottom or top, got "left"/,
  });
  assert.throws(() => plot().ylabel("y", { side: "top" }), { ...bad, message: /y axis: .*left or right/ });
  assert.throws(() => plot().y2axis({ side: "left" }), { ...bad, message: /right y axis: .*no side/ });
  assert.throws(() => plot3d().zaxis({ side: "left" }), { ...bad, message: /z axis: .*no side/ });
  for (const position of [{ x: 1 }, { x: NaN, y: 0 }, { x: 0, y: 0, anchor: "middle" }, null, 5, "outside"])
    assert.throws(() => plot().legend({ position: position as never }), { ...bad, message: /legend: / });
});
