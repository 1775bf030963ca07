// Curves through points: they meet every point, and between two points they stay between their heights.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { smoothed } from "../../src/marks/smooth.ts";
import { Points } from "../../src/reduce/points.ts";
import { Workspace } from "../../src/reduce/workspace.ts";

const height = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.constant(NaN));
const step = fc.integer({ min: 1, max: 90 });

function curve(points: readonly (readonly [number, number])[]): [number, number][] {
  const workspace = new Workspace(new Pool());
  const given = new Points(workspace, points.length);
  for (const [x, y] of points) given.push(Number.isNaN(y) ? NaN : x, y);
  const { xs, ys, count } = smoothed(given, workspace);
  const found = Array.from({ length: count }, (_, index): [number, number] => [xs[index], ys[index]]);
  workspace.release();
  return found;
}

test("a curve meets every point and has no extreme of its own, to the right and to the left", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, height), { maxLength: 30 }), fc.boolean(), (steps, back) => {
      let x = 0;
      const points = steps.map(([by, y]): [number, number] => [(x += back ? -by : by), y]);
      const found = curve(points);
      const at = points.map(([px, py]) => found.findIndex(([cx, cy]) => cx === px && cy === py));
      for (const [index, [, y]] of points.entries()) {
        if (Number.isNaN(y)) continue;
        assert(at[index] >= 0, `point ${index} is left out`);
        const before = points[index - 1]?.[1] ?? NaN;
        if (Number.isNaN(before)) continue;
        const [low, high] = [Math.min(before, y) - 1e-9, Math.max(before, y) + 1e-9];
        for (const [, height] of found.slice(at[index - 1], at[index]))
          assert(height >= low && height <= high, `${height} is not between ${low} and ${high}`);
      }
    }),
  );
});

test("a curve bends: halfway between two points of a hill it is above the straight line", () => {
  const found = curve([
    [0, 0],
    [100, 50],
    [200, 0],
  ]);
  const halfway = found.find(([x]) => x === 50);
  assert(halfway !== undefined && halfway[1] > 30, String(halfway));
});

test("points that turn back are joined by straight lines", () => {
  const points: [number, number][] = [
    [0, 0],
    [100, 50],
    [50, 80],
    [120, 90],
  ];
  assert.deepEqual(curve(points).slice(0, 4), points);
});

test("the slope at a point is the harmonic mean of those beside it, and the longer side counts less", () => {
  const found = curve([
    [0, 0],
    [12, 12],
    [48, 24],
  ]);
  // Slopes 1 and 1/3 over lengths 12 and 36 come to 6/11; at the middle of the first part the curve is that much above it.
  const halfway = found.find(([x]) => x === 6);
  assert(
    halfway !== undefined && Math.abs(halfway[1] - (6 + (12 * (1 - 6 / 11)) / 8)) < 1e-12,
    String(halfway),
  );
});
