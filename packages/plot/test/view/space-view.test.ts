// Views of panels in space: what is turned and enlarged stays where it was held, and the nearest point is one that is seen.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { type Hit, plot3d, type Plot3d, type Plot3dOptions, subplots, type View } from "../../src/index.ts";

const pool = new Pool({ name: "views in space", check: "checked" });
const WIDTH = 240;
const HEIGHT = 180;
const bad = { code: "BAD_ARGUMENT" };

afterEach(() => assert.equal(pool.stats().bytesInUse, 0));

function empty(options: Plot3dOptions = {}): Plot3d {
  return plot3d({ width: WIDTH, height: HEIGHT, dpi: 50, pool, ...options });
}

function bytesOf(figure: Pick<View, "pixels">): Uint8Array {
  return figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
}

function drawn(figure: Plot3d): View {
  const view = figure.view();
  bytesOf(view);
  return view;
}

const corners = (): Plot3d =>
  empty({ azimuth: 30, projection: "perspective" })
    .scatter([0, 4, 1], [0, 9, 2], [0, 7, 5], { label: "points" })
    .line([0, 1, 2], [1, 3, 2], [5, 4, 3], { label: "path" })
    .legend("upper left");

test("a view that was moved draws what a figure with that camera draws, and reset brings it back", () => {
  const view = drawn(corners());
  const home = bytesOf(view);
  assert.deepEqual(home, bytesOf(corners()));
  view.pan(25, -10);
  view.zoom(100, 80, 1.5);
  const { lookAt, ...moved } = view.camera()!;
  assert.equal(moved.zoom, 1.5);
  assert.deepEqual([moved.azimuth, moved.elevation], [20, 26]);
  const anew = empty({ ...moved, lookAt: lookAt! });
  anew.scatter([0, 4, 1], [0, 9, 2], [0, 7, 5], { label: "points" });
  anew.line([0, 1, 2], [1, 3, 2], [5, 4, 3], { label: "path" }).legend("upper left");
  assert.deepEqual(bytesOf(view), bytesOf(anew));
  view.look({ roll: 30 });
  assert.equal(view.camera()!.azimuth, 20);
  assert.notDeepEqual(bytesOf(view), bytesOf(anew));
  view.reset();
  assert.deepEqual(bytesOf(view), home);
  view.release();
});

test("what is enlarged around a pixel stays there, and a part that is chosen comes to the middle", () => {
  const angle = fc.double({ min: -90, max: 90, noNaN: true });
  const pixel = fc.tuple(fc.integer({ min: 70, max: 170 }), fc.integer({ min: 50, max: 130 }));
  fc.assert(
    fc.property(
      angle,
      angle,
      angle,
      pixel,
      fc.double({ min: 0.3, max: 4, noNaN: true }),
      (azimuth, elevation, roll, [x, y], factor) => {
        const view = drawn(empty({ azimuth, elevation, roll }).scatter([0, 1], [0, 1], [0, 1]));
        // Values that are seen at the pixel: those that come to the middle when it is chosen.
        view.zoomTo({ left: x - 5, top: y - 4, right: x + 5, bottom: y + 4 });
        const [px, py, z] = view.camera()!.lookAt!;
        const { left } = view.place(px, py, { z });
        const middle = view.box();
        assert(Math.abs(left - (middle.left + middle.right) / 2) < 1e-6);
        assert(view.camera()!.zoom > 10);
        view.reset();
        const held = view.place(px, py, { z });
        assert(Math.abs(held.left - x) < 1e-6 && Math.abs(held.top - y) < 1e-6);
        view.zoom(x, y, factor);
        const after = view.place(px, py, { z });
        assert(Math.abs(after.left - x) < 1e-6 && Math.abs(after.top - y) < 1e-6);
        assert(Math.abs(view.camera()!.zoom - factor) < 1e-9);
        view.release();
      },
    ),
    { numRuns: 30, endOnFailure: true },
  );
});

test("dragging turns the box with the pointer, and no further than straight above and below", () => {
  const view = drawn(corners());
  const before = view.place(4, 0, { z: 0 });
  view.pan(0, 1000);
  assert.equal(view.camera()!.elevation, 90);
  view.pan(0, -1000);
  assert.equal(view.camera()!.elevation, -90);
  view.reset();
  // The near corner goes along with the pointer.
  view.pan(20, 0);
  assert(view.place(4, 0, { z: 0 }).left > before.left);
  view.look({ roll: 90, azimuth: 30 });
  view.pan(0, 20);
  assert(Math.abs(view.camera()!.elevation - 30) < 1e-9, "along the picture as it is turned");
  assert(view.camera()!.azimuth > 30);
  view.release();
});

test("the nearest point has its series, number and values", () => {
  const view = drawn(corners());
  const there = view.place(4, 9, { z: 7 });
  const hit = view.nearest(there.left + 2, there.top - 1)!;
  assert.deepEqual(
    [hit.series, hit.mark, hit.index, hit.x, hit.y, hit.z, hit.xText, hit.zText],
    ["points", 0, 1, 4, 9, 7, "4", "7"],
  );
  assert(Math.abs(hit.distance - Math.hypot(2, 1)) < 1e-9);
  assert.deepEqual([hit.left, hit.top], [there.left, there.top]);
  const second = view.place(1, 3, { z: 4 });
  assert.deepEqual(view.nearest(second.left, second.top)?.series, "path");
  assert.equal(view.nearest(there.left + 9, there.top, { within: 5 }), undefined);
  assert.deepEqual(view.point({ panel: 0, mark: 1 }, 2)?.z, 3);
  for (const index of [3, -1, 0.5]) assert.equal(view.point({ panel: 0, mark: 1 }, index), undefined);
  assert.equal(view.point({ panel: 0, mark: 2 }, 0), undefined);
  view.toggle(view.legend()[0]);
  assert.notEqual(view.nearest(there.left, there.top)?.series, "points", "it is hidden");
  bytesOf(view);
  assert.deepEqual(
    view.legend().map(({ label, hidden }) => [label, hidden]),
    [
      ["points", true],
      ["path", false],
    ],
  );
  view.toggle(view.legend()[1]);
  assert.equal(view.nearest(second.left, second.top), undefined);
  view.release();
});

test("a point behind a face is not found, and one before it or behind glass is", () => {
  const wall = (alpha: number): View =>
    drawn(
      empty({ azimuth: -90, elevation: 0 })
        // A wall in the middle of y, as wide and high as the axes.
        .surface([0, 0, 10, 10], { columns: 2, extent: { x: [0, 10], y: [5, 5.001] }, alpha, label: "wall" })
        .scatter([3, 7], [9, 1], [4, 6], { label: "points" })
        .xaxis({ limits: [-1, 11] })
        .yaxis({ limits: [0, 10] })
        .zaxis({ limits: [-1, 11] }),
    );
  const at = (view: View, x: number, y: number, z: number): Hit | undefined => {
    const { left, top } = view.place(x, y, { z });
    return view.nearest(left, top, { within: 8 });
  };
  const solid = wall(1);
  assert.equal(at(solid, 3, 9, 4), undefined);
  assert.deepEqual(at(solid, 7, 1, 6)?.index, 1);
  solid.look({ azimuth: 90 });
  assert.deepEqual(at(solid, 3, 9, 4)?.index, 0, "seen from the other side");
  assert.equal(at(solid, 7, 1, 6), undefined);
  assert.equal(at(solid, 10, 5, 10)?.series, "wall", "its own corner is not behind it");
  solid.release();
  const glass = wall(0.5);
  assert.deepEqual(at(glass, 3, 9, 4)?.index, 0);
  glass.release();
});

test("of points in one place the one in front is found, and what is farther away than asked can still hide", () => {
  const front = { azimuth: -90, elevation: 0 } as const;
  const ends = { limits: [0, 10] } as const;
  const cloud = (xs: number[], ys: number[], alpha: number): View =>
    drawn(empty(front).scatter(xs, ys, [5, 5], { alpha, size: 14.4 }).xaxis(ends).yaxis(ends).zaxis(ends));
  const found = (view: View, away = 0, within = 9): number | undefined => {
    const { left, top } = view.place(5, 5, { z: 5 });
    const before = pool.stats().bytesInUse;
    const hit = view.nearest(left - away, top, { within });
    assert.equal(pool.stats().bytesInUse, before);
    view.release();
    return hit?.index;
  };
  assert.equal(found(cloud([5, 5], [2, 8], 0.5)), 0);
  assert.equal(found(cloud([5, 5], [8, 2], 0.5)), 1);
  assert.equal(found(cloud([5, 5], [4, 4], 1)), 1, "the one that was drawn last");
  // The second one, in front, is 5 pixels large from its middle, which is too far away from the place.
  assert.equal(found(cloud([5, 5.2], [8, 2], 1), 4, 5), undefined);
  assert.equal(found(cloud([5, 5.2], [2, 8], 1), 4, 5), 0);
});

test("points behind a gap keep their numbers", () => {
  const view = drawn(empty().line([0, 1, NaN, 3, 4, 5], [0, 1, 2, 0, 4, 1], [0, 1, 2, 3, 1, 5]));
  const { left, top } = view.place(4, 4, { z: 1 });
  assert.equal(view.nearest(left, top)?.index, 4);
  view.release();
});

test("whatever is found is what a search of all pieces finds to be seen", () => {
  const place = fc.tuple(
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 0, max: 9 }),
  );
  const points = fc.array(place, { minLength: 2, maxLength: 25 });
  fc.assert(
    fc.property(points, fc.integer({ min: 40, max: 200 }), fc.integer({ min: 30, max: 150 }), (all, x, y) => {
      const column = (axis: 0 | 1 | 2): number[] => all.map((one) => one[axis]);
      // Markers of 10 pixels: the nearer one hides the middle of the other where they are less than 5 pixels apart.
      const view = drawn(empty({ zoom: 0.5 }).scatter(column(0), column(1), column(2), { size: 14.4 }));
      const seen = all.map(([px, py, pz]) => ({
        ...view.place(px, py, { z: pz }),
        depth: depthOf(px, py, pz, all),
      }));
      const hit = view.nearest(x, y, { within: 60 });
      const visible = seen.filter((one, index) =>
        seen.every((other, at) => {
          const over = other.depth - one.depth;
          const same = Math.hypot(other.left - one.left, other.top - one.top) < 1e-9 && Math.abs(over) < 1e-9;
          const before = over > 1e-9 || (Math.abs(over) <= 1e-9 && at > index && !same);
          return !before || Math.hypot(other.left - one.left, other.top - one.top) > 5;
        }),
      );
      const least = Math.min(...visible.map(({ left, top }) => Math.hypot(left - x, top - y)));
      if (least < 59.9)
        assert(hit !== undefined && Math.abs(hit.distance - least) < 1e-6, `${hit?.distance} ${least}`);
      else if (least > 60) assert.equal(hit, undefined);
      view.release();
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

// How near a point is to the default camera's eye, in the box of axes that hold all points and a margin.
function depthOf(x: number, y: number, z: number, all: readonly (readonly number[])[]): number {
  const [a, e] = [-Math.PI / 3, Math.PI / 6];
  const eye = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), 0.75 * Math.sin(e)];
  return [x, y, z].reduce((sum, value, axis) => {
    const column = all.map((one) => one[axis]);
    const [low, high] = [Math.min(...column), Math.max(...column)];
    return sum + (low === high ? 0 : (eye[axis] * (2 * value - low - high)) / (1.1 * (high - low)));
  }, 0);
}

test("panels in space beside others: each moves by itself, and what belongs to two axes is not there", () => {
  const figure = subplots(1, 2, { width: WIDTH, height: HEIGHT, dpi: 40, pool });
  figure.at(0, 0).line([1, 2, 3]);
  figure.at3d(0, 1).scatter([1, 2], [1, 2], [1, 2], { label: "cloud" }).legend();
  const view = figure.view();
  const home = bytesOf(view);
  assert.equal(view.camera(0), undefined);
  assert.throws(() => view.look({ azimuth: 5 }, 0), { ...bad, message: /panel in space/ });
  assert.throws(() => view.look({ zoom: -5 }, 1), bad);
  assert.throws(() => view.look(5 as never, 1), bad);
  assert.throws(() => view.place(1, 1, { panel: 1 }), { ...bad, message: /value of z/ });
  assert.deepEqual(view.limits(1), { x: [0.95, 2.05], y: [0.95, 2.05], y2: undefined, z: [0.95, 2.05] });
  assert.equal(view.limits(0).z, undefined);
  const { left, top } = view.place(2, 2, { panel: 1, z: 2 });
  assert.equal(view.locate(left, top), undefined);
  assert.deepEqual(view.nearest(left, top)?.panel, 1);
  const flat = view.limits(0);
  view.pan(20, 10, 1);
  assert.notDeepEqual(bytesOf(view), home);
  assert.deepEqual(view.limits(0), flat);
  view.reset(1);
  assert.deepEqual(bytesOf(view), home);
  view.toggle(view.legend()[0]);
  assert.equal(view.legend()[0].hidden, true);
  assert.notDeepEqual(bytesOf(view), home);
  view.release();
});

test("a camera that cannot go further stays where it is", () => {
  const view = drawn(empty().scatter([1, 10], [1, 10], [1, 10]).xaxis({ scale: "log" }));
  view.zoom(100, 80, 1e5);
  const before = view.camera();
  view.zoom(100, 80, 1e5);
  assert.deepEqual(view.camera(), before);
  view.release();
});

test("what is found is what the picture shows there: markers, lines and faces hide each other", () => {
  const value = fc.integer({ min: 0, max: 20 });
  const column = fc.array(value, { minLength: 6, maxLength: 6 });
  const colors = [
    [255, 0, 0],
    [0, 0, 255],
    [0, 128, 0],
  ];
  let found = 0;
  let missed = 0;
  fc.assert(
    fc.property(
      fc.array(column, { minLength: 7, maxLength: 7 }),
      fc.integer({ min: -180, max: 180 }),
      (all, azimuth) => {
        const [a, b, c, d, e, f, heights] = all;
        const view = drawn(
          empty({ azimuth, elevation: azimuth / 4 })
            .scatter(a, b, c, { color: "red", size: 14, label: "0" })
            .line(d, e, f, { color: "blue", width: 9, label: "1" })
            .surface(heights, {
              columns: 3,
              color: "green",
              shaded: false,
              extent: { x: [0, 20], y: [0, 20] },
              label: "2",
            }),
        );
        const pixels = bytesOf(view);
        for (let x = 60; x < 200; x += 20) {
          for (let y = 40; y < 140; y += 20) {
            const hit = view.nearest(x, y, { within: 15 });
            // A corner of a face is at its edge, where half of a pixel is something else.
            if (hit === undefined || hit.mark === 2) continue;
            found++;
            const around = aroundPixel(hit.left, hit.top);
            const best = Math.min(...around.map((at) => colorDistance(pixels, at, colors[hit.mark])));
            if (best > 60) missed++;
          }
        }
        view.release();
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
  assert(found > 500, `${found} were found`);
  // Of some, next to nothing is seen between two edges.
  assert(missed < found / 200, `${missed} of ${found} are not to be seen`);
});

// The bytes of a pixel and of those beside it: an edge that is blended may run over the middle of a marker.
function aroundPixel(left: number, top: number): number[] {
  const steps = [-2, -1, 0, 1, 2];
  const [column, row] = [Math.floor(left), Math.floor(top)];
  return steps.flatMap((x) => steps.map((y) => 4 * ((row + y) * WIDTH + column + x)));
}

function colorDistance(pixels: Uint8Array, at: number, color: readonly number[]): number {
  return color.reduce((sum, channel, index) => sum + Math.abs(pixels[at + index] - channel), 0);
}
