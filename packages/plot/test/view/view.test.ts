// Views: they draw what the figure draws, move on every scale, and find what lies where.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { type Plot, plot, type ScaleKind, subplots, type View } from "../../src/index.ts";
import { gallery, HEIGHT, WIDTH } from "../golden/gallery.ts";

const pool = new Pool({ name: "views" });
const size = { width: WIDTH, height: HEIGHT, pool };
const bytesOf = (drawn: Plot | View): Uint8Array =>
  drawn.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });

function waves(options: { scale?: ScaleKind } = {}): Plot {
  return plot(size)
    .line([1, 2, 3, 4, 5], [1, 30, 2, 40, 3], { label: "first" })
    .scatter([1.5, 2.5], [10, 20], { label: "second" })
    .xaxis(options)
    .yaxis(options)
    .grid(false)
    .legend();
}

test("a view draws what the figure draws, once and again, from data that it looks at once", () => {
  for (const [name, figure] of gallery({ pool })) {
    const expected = figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
    const view = figure.view();
    for (let frame = 0; frame < 2; frame++) {
      assert.deepEqual(view.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) }), expected, name);
    }
    view.release();
    assert.equal(pool.stats().bytesInUse, 0, name);
  }
});

test("frames take no memory that the frame before did not have", () => {
  const view = waves().view();
  const taken = [0, 1, 2].map(() => {
    bytesOf(view);
    view.pan(3, 1);
    return pool.stats().bytesInUse;
  });
  assert(taken[0] > 0);
  assert.deepEqual(new Set(taken).size, 1);
  view.release();
  assert.equal(pool.stats().bytesInUse, 0);
});

test("data that change are looked at anew when the view is told, and what is shown stays", () => {
  const ys = Float64Array.of(1, 2, 3);
  const figure = plot(size).line(ys);
  const view = figure.view();
  bytesOf(view);
  const before = view.limits();
  ys[2] = 300;
  bytesOf(view);
  assert.deepEqual(view.limits(), before);
  view.refresh();
  assert.deepEqual(bytesOf(view), bytesOf(figure));
  assert(view.limits().y[1] > 300);
  view.zoom(100, 100, 2);
  const zoomed = view.limits();
  view.refresh();
  bytesOf(view);
  near(view.limits().y, zoomed.y);
  view.release();
});

test("places and values lead to each other on every scale, turned round or not", () => {
  for (const scale of ["linear", "log", "symlog"] as const) {
    for (const inverted of [false, true]) {
      const view = waves({ scale }).xaxis({ inverted }).view();
      bytesOf(view);
      for (const [x, y] of [
        [1, 1],
        [2.5, 33],
        [5, 40],
      ]) {
        const { left, top } = view.place(x, y);
        const found = view.locate(left, top);
        assert.equal(found?.panel, 0);
        near([found.x, found.y], [x, y]);
        assert.equal(found.y2, undefined);
      }
      assert.equal(view.locate(1, 1), undefined);
      view.release();
    }
  }
});

test("what is under the pointer stays there when zooming, and goes with it when panning", () => {
  for (const scale of ["linear", "log", "symlog"] as const) {
    const view = waves({ scale }).view();
    bytesOf(view);
    const here = view.locate(150, 100)!;
    for (const factor of [1.5, 3, 0.2]) view.zoom(150, 100, factor);
    const there = view.locate(150, 100)!;
    near([there.x, there.y], [here.x, here.y]);
    view.pan(20, -10);
    const moved = view.locate(170, 90)!;
    near([moved.x, moved.y], [here.x, here.y]);
    const asked = view.limits();
    bytesOf(view);
    near(view.limits().x, asked.x);
    near(view.limits().y, asked.y);
    view.release();
  }
});

test("a rectangle fills the panel, on axes that are turned round too", () => {
  const view = waves()
    .xaxis({ limits: [6, 0] })
    .view();
  bytesOf(view);
  const one = view.locate(100, 50)!;
  const other = view.locate(200, 150)!;
  view.zoomTo({ left: 100, top: 50, right: 200, bottom: 150 });
  bytesOf(view);
  near(view.limits().x, [other.x, one.x]);
  near(view.limits().y, [other.y, one.y]);
  assert(view.place(one.x, one.y).left < view.place(other.x, other.y).left);
  view.release();
});

test("one axis moves by itself, and axes that can go no further stay", () => {
  const view = waves().view();
  bytesOf(view);
  const before = view.limits();
  view.zoom(150, 100, 4, { axes: "x" });
  near(view.limits().y, before.y);
  assert(view.limits().x[1] < before.x[1]);
  view.zoom(150, 100, 4, { axes: "y" });
  const reached = view.limits();
  for (const factor of [1e-320, 1e300]) view.zoom(150, 100, factor);
  view.zoomTo({ left: 10, top: 10, right: 10, bottom: 10 });
  view.zoomTo({ left: 50, top: 10, right: 90, bottom: 10 });
  assert.deepEqual(view.limits(), reached);
  view.release();
  // A logarithmic axis never gets to zero.
  const powers = waves({ scale: "log" }).view();
  bytesOf(powers);
  const shown = powers.limits();
  powers.zoomTo({ left: -1e6, top: 10, right: 200, bottom: 90 });
  assert.deepEqual(powers.limits(), shown);
  powers.release();
});

test("after a reset the bytes are those of the figure again", () => {
  const figure = waves();
  const view = figure.view();
  const expected = bytesOf(view);
  view.zoom(150, 100, 3);
  view.pan(5, 5);
  assert.notDeepEqual(bytesOf(view), expected);
  view.reset();
  const home = view.limits();
  assert.deepEqual(bytesOf(view), expected);
  assert.deepEqual(view.limits(), home);
  assert.deepEqual(bytesOf(figure), expected);
  view.release();
});

test("a hidden series is gone with its points, the axes stay, and restored it has the same bytes", () => {
  const figure = waves();
  const view = figure.view();
  const expected = bytesOf(view);
  const limits = view.limits();
  const [first, second] = view.legend();
  assert.deepEqual([first.label, first.hidden, second.label], ["first", false, "second"]);
  const middle = {
    left: (first.box.left + first.box.right) / 2,
    top: (first.box.top + first.box.bottom) / 2,
  };
  assert.deepEqual(view.legendAt(middle.left, middle.top), first);
  const peak = view.place(4, 40);
  assert.equal(view.nearest(peak.left, peak.top)?.series, "first");
  view.toggle(first);
  const without = bytesOf(view);
  assert.notDeepEqual(without, expected);
  assert.deepEqual(view.limits(), limits);
  assert.equal(view.legend()[0].hidden, true);
  assert.equal(view.nearest(peak.left, peak.top), undefined);
  // The line is gone from its peak, and its entry of the legend is fainter.
  assert.deepEqual(pixelAt(without, peak.left, peak.top + 1), [255, 255, 255, 255]);
  assert(ink(without, first.box) < 0.6 * ink(expected, first.box));
  const swatch = { ...first.box, right: first.box.left + 8 };
  assert(ink(without, swatch) > 0 && ink(without, swatch) < 0.6 * ink(expected, swatch));
  assert.equal(ink(without, second.box), ink(expected, second.box));
  view.toggle(first);
  assert.deepEqual(bytesOf(view), expected);
  view.release();
});

test("the nearest point is that of a search through all, on all scales", () => {
  const numbers = fc.oneof(fc.double({ min: 0.1, max: 100, noNaN: true }), fc.constant(NaN));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(numbers, numbers), { minLength: 1, maxLength: 700 }),
      fc.constantFrom<ScaleKind>("linear", "log", "symlog"),
      fc.boolean(),
      fc.integer({ min: 60, max: 300 }),
      fc.integer({ min: 20, max: 200 }),
      fc.constantFrom(5, 20, 500),
      (points, scale, sorted, left, top, within) => {
        const kept = sorted ? points.filter(([x]) => x === x).toSorted(([a], [b]) => a - b) : points;
        const xs = kept.map(([x]) => x);
        const ys = kept.map(([, y]) => y);
        const view = plot(size).scatter(xs, ys).xaxis({ scale }).yaxis({ scale }).view();
        bytesOf(view);
        const distances = kept.map(([x, y]) => {
          const at = view.place(x, y);
          return Math.hypot(at.left - left, at.top - top);
        });
        const least = Math.min(Infinity, ...distances.filter((distance) => distance < within));
        const found = view.panelAt(left, top) === undefined ? undefined : view.nearest(left, top, { within });
        const inside = view.panelAt(left, top) !== undefined;
        assert.equal(found?.index, inside && least < within ? distances.indexOf(least) : undefined);
        view.release();
      },
    ),
    { numRuns: 150 },
  );
});

test("panels of subplots move for themselves, and the right axis moves with the left one", () => {
  const figure = subplots(1, 2, size);
  figure.at(0, 0).line([1, 2, 3]);
  figure.at(0, 1).line([1, 2, 3]).line([100, 300], { axis: "right", label: "right" });
  const view = figure.view();
  view.png();
  const [one, other] = [view.limits(0), view.limits(1)];
  assert.equal(view.panelAt(100, 100), 0);
  assert.equal(view.panelAt(220, 100), 1);
  assert.equal(view.locate(220, 100)?.panel, 1);
  view.pan(0, 30, 1);
  assert.deepEqual(view.limits(0), one);
  assert(view.limits(1).y2![0] > other.y2![0]);
  const { left, top } = view.place(1, 300, { panel: 1, axis: "right" });
  assert.equal(view.nearest(left, top)?.series, "right");
  view.reset(1);
  assert.deepEqual(view.limits(1), other);
  view.release();
});

test("a view is drawn before it is asked, and not used when it was released", () => {
  const view = waves().view();
  assert.throws(() => view.locate(1, 1), { code: "BAD_ARGUMENT", message: /not drawn yet/ });
  bytesOf(view);
  assert.throws(() => view.limits(1), { code: "BAD_ARGUMENT" });
  assert.throws(() => view.zoom(1, 1, 0), { code: "BAD_ARGUMENT" });
  assert.throws(() => view.nearest(1, 1, { within: NaN }), { code: "BAD_ARGUMENT" });
  assert.throws(() => view.toggle({ panel: 0, mark: 2 }), { code: "BAD_ARGUMENT" });
  view.release();
  view.release();
  assert.throws(() => bytesOf(view), { code: "BAD_ARGUMENT", message: /released/ });
  assert.equal(pool.stats().bytesInUse, 0);
});

function near(got: readonly number[], expected: readonly number[]): void {
  for (const [index, value] of got.entries()) {
    assert(
      Math.abs(value - expected[index]) <= 1e-9 * Math.max(1, Math.abs(value)),
      `${got.join()} and ${expected.join()}`,
    );
  }
}

function pixelAt(pixels: Uint8Array, left: number, top: number): number[] {
  const at = 4 * (Math.floor(top) * WIDTH + Math.floor(left));
  return [...pixels.subarray(at, at + 4)];
}

// How dark a rectangle is.
function ink(pixels: Uint8Array, box: Readonly<Record<"left" | "top" | "right" | "bottom", number>>): number {
  let sum = 0;
  for (let y = Math.ceil(box.top); y < box.bottom; y++) {
    for (let x = Math.ceil(box.left); x < box.right; x++) sum += 255 - pixelAt(pixels, x, y)[1];
  }
  return sum;
}

test("a point says its values as its axes do: local times, names, and digits enough", () => {
  const start = Date.UTC(2025, 2, 30, 0, 59, 59, 500);
  const figure = subplots(1, 3, { ...size, width: 900 });
  figure
    .at(0, 0)
    .scatter([start, start + 1000], [1e6, 1e6 + 1e-3])
    .xaxis({ scale: "time", zone: "Europe/Berlin" });
  figure
    .at(0, 1)
    .scatter([0, 1, 2], [0.1, 0.2, 1 / 3])
    .xaxis({ scale: "category", categories: ["a", "b", "c"] });
  figure.at(0, 2).scatter([4751.525, 4751.5265], [1e-9, 1e12]);
  const view = figure.view();
  view.png();
  const said = (panel: number, index: number): unknown[] => {
    const hit = view.point({ panel, mark: 0 }, index);
    return [hit?.xText, hit?.yText];
  };
  assert.deepEqual(said(0, 0), ["2025-03-30 01:59:59.500", "10⁶"]);
  assert.deepEqual(said(0, 1), ["2025-03-30 03:00:00.500", "1.000000001×10⁶"]);
  assert.deepEqual(said(1, 2), ["c", "0.333333"]);
  assert.deepEqual(said(2, 1), ["4751.5265", "10¹²"]);
  assert.equal(view.point({ panel: 0, mark: 0 }, 2), undefined);
  assert.equal(view.point({ panel: 0, mark: 1 }, 0), undefined);
  assert.deepEqual(view.axesAt(5, 100), { panel: 0, axes: "y" });
  assert.deepEqual(view.axesAt(100, HEIGHT - 3), { panel: 0, axes: "x" });
  view.release();
});

test("panels that share an axis go where the panel that was moved last goes", () => {
  const figure = subplots(2, 1, { ...size, shareX: true });
  figure.at(0, 0).line([1, 2, 3]);
  figure.at(1, 0).line([3, 1, 2]);
  const view = figure.view();
  view.png();
  const home = view.limits(0).x;
  near(view.limits(1).x, home);
  view.pan(30, 0, 0);
  view.png();
  const moved = view.limits(0).x;
  assert(moved[0] < home[0]);
  near(view.limits(1).x, moved);
  view.pan(-30, 0, 1);
  view.png();
  near(view.limits(0).x, home);
  near(view.limits(1).x, home);
  view.release();
});
