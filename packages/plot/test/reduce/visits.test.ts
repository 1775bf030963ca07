// Lines that go anywhere, reduced: no point further than the tolerance from what is left, the same picture, few points.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { plot, RasterPainter } from "../../src/index.ts";
import { Points } from "../../src/reduce/points.ts";
import { Visits } from "../../src/reduce/visits.ts";
import { Workspace } from "../../src/reduce/workspace.ts";

type Place = readonly [x: number, y: number];

const pool = new Pool({ name: "visits" });

// What is left of points, with NaN for gaps.
function reduced(places: Iterable<Place>): Place[] {
  const workspace = new Workspace(pool);
  const out = new Points(workspace, 0);
  const visits = new Visits(0, false, out);
  for (const [x, y] of places) {
    if (Number.isNaN(y)) visits.gap();
    else visits.push(x, y);
  }
  visits.end();
  const left = Array.from({ length: out.count }, (_, index): Place => [out.xs[index], out.ys[index]]);
  workspace.release();
  assert.equal(pool.stats().bytesInUse, 0);
  return left;
}

function distanceTo([x, y]: Place, [x0, y0]: Place, [x1, y1]: Place): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

// The largest distance of a place from the line through others, which it goes along.
function farthest(places: readonly Place[], line: readonly Place[]): number {
  if (line.length === 1) return Math.max(...places.map((place) => distanceTo(place, line[0], line[0])));
  let most = 0;
  let from = 0;
  for (const place of places) {
    let best = Infinity;
    let at = from;
    // Neither goes back: the next segments are enough.
    for (let index = from; index + 1 < line.length && index < from + 30; index++) {
      const distance = distanceTo(place, line[index], line[index + 1]);
      if (distance < best - 1e-12) [best, at] = [distance, index];
    }
    most = Math.max(most, best);
    from = at;
  }
  return most;
}

function curve(a: number, b: number, phase: number, count: number, size: number): Place[] {
  return Array.from({ length: count }, (_, index): Place => {
    const turn = (2 * Math.PI * index) / count;
    return [size * (1 + Math.sin(a * turn)), size * (1 + Math.sin(b * turn + phase))];
  });
}

test("every point of a smooth curve lies within a thirty-second of a pixel of what is left of it.", () => {
  const turns = fc.integer({ min: 1, max: 5 });
  const phase = fc.double({ min: 0.2, max: 1.3, noNaN: true });
  fc.assert(
    fc.property(turns, turns, phase, fc.constantFrom(20, 90, 300), (a, b, angle, size) => {
      const places = curve(a, b, angle, 20_000, size);
      const left = reduced(places);
      assert(left.length < 6 * size * a * 2 + 200, `${left.length} points`);
      const most = farthest(places, left);
      assert(most <= 1 / 32, `${most}`);
    }),
    { numRuns: 40 },
  );
});

test("small steps in any direction lose no more than the tolerance either, where they are not noise.", () => {
  const step = fc.tuple(
    fc.double({ min: -0.02, max: 0.3, noNaN: true }),
    fc.double({ min: -0.05, max: 0.05, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const places: Place[] = [[3.5, 10]];
      for (const [dx, dy] of steps) places.push([places.at(-1)![0] + dx, places.at(-1)![1] + dy]);
      const left = reduced(places);
      const inColumn = Map.groupBy(left, ([x]) => Math.floor(x));
      // Of noise four points are left, in the middle of the column.
      const isNoise = (column: readonly Place[]): boolean =>
        column.length >= 4 && column.every(([x]) => x % 1 === 0.5);
      if ([...inColumn.values()].some(isNoise)) return;
      const most = farthest(places, left);
      assert(most <= 1 / 32, `${most}`);
      assert.deepEqual([left[0], left.at(-1)], [places[0], places.at(-1)]);
    }),
  );
});

test("a line that turns back within a column goes to where it turned.", () => {
  for (const back of [1.125, 1.13, 1.5]) {
    const places: Place[] = [
      [1.125, 5],
      [1.875, 5],
      [back, 5],
    ];
    assert.deepEqual(reduced(places), places);
  }
});

test("noise in a column comes down to its first, lowest, highest and last point in the middle.", () => {
  const places = Array.from({ length: 1000 }, (_, index): Place => [
    7 + ((index * 7) % 10) / 10,
    (index * 37) % 91,
  ]);
  assert.deepEqual(reduced(places), [
    [7.5, 0],
    [7.5, 0],
    [7.5, 90],
    [7.5, (999 * 37) % 91],
  ]);
});

test("gaps, single points, points on top of one another and huge ones come through.", () => {
  assert.deepEqual(reduced([]), []);
  assert.deepEqual(reduced([[1.5, 2]]), [[1.5, 2]]);
  assert.deepEqual(reduced(Array.from({ length: 50 }, (): Place => [1.5, 2])), [[1.5, 2]]);
  const left = reduced([
    [0, 0],
    [0, NaN],
    [0, NaN],
    [5, 1e300],
    [5, -1e300],
    [5, 1e300],
    [1e300, 7],
    [0, NaN],
    [2, 3],
  ]);
  assert.deepEqual(left, [
    [0, 0],
    [NaN, NaN],
    [5, 1e300],
    [5, -1e300],
    [5, 1e300],
    [1e300, 7],
    [NaN, NaN],
    [2, 3],
  ]);
});

test("a phase plot of many points is drawn as if all of them were.", () => {
  const [width, height, count] = [320, 240, 60_000];
  const places = curve(3, 4, 0.4, count, 100);
  const draw = (list: readonly Place[]): Uint8Array => {
    using painter = new RasterPainter({ width, height, pool });
    painter.fillRect(0, 0, width, height, { color: 0xffffffff });
    const [xs, ys] = [0, 1].map((side) => Float64Array.from(list, (place) => 20 + place[side]));
    painter.strokeLine(xs, ys, list.length, { color: 0x000000ff, width: 1.5 });
    return Uint8Array.from(painter.pixels);
  };
  const [all, left] = [draw(places), draw(reduced(places))];
  const most = all.reduce((worst, value, index) => Math.max(worst, Math.abs(value - left[index])), 0);
  assert(most <= 9, `${most} of 255`);
});

test("a polar line of many points looks like one of enough points, and has all its markers.", () => {
  const draw = (count: number, marker?: "circle"): Uint8Array => {
    const angles = Float64Array.from({ length: count }, (_, index) => (2 * Math.PI * index) / (count - 1));
    const distances = angles.map((angle) => 2 + Math.sin(3 * angle));
    const figure = plot({ width: 200, height: 200, dpi: 60, pool });
    figure.polar(angles, { a: distances }, { marker, markerSize: 2, fill: 0.2 });
    const pixels = figure.pixels({ into: new Uint8Array(4 * 200 * 200) });
    assert.equal(pool.stats().bytesInUse, 0);
    return pixels;
  };
  const [few, many] = [draw(601), draw(60_001)];
  const most = few.reduce((worst, value, index) => Math.max(worst, Math.abs(value - many[index])), 0);
  assert(most <= 16, `${most} of 255`);
  assert.notDeepEqual(draw(60_001, "circle"), many);
});
