// The sample of a line: of points that are in it, in their order, and the same as by the plain rule.
import assert from "node:assert/strict";
import { test } from "node:test";

import { series } from "@millpond/core";
import * as fc from "fast-check";

import { largestTriangles } from "../../src/reduce/largest-triangles.ts";

function sample(
  xs: readonly number[] | undefined,
  ys: readonly number[],
  count: number,
): [number[], number[]] {
  const [toXs, toYs] = [new Float64Array(count), new Float64Array(count)];
  largestTriangles(xs === undefined ? undefined : series(xs), series(ys), count, toXs, toYs);
  return [[...toXs], [...toYs]];
}

// As the paper has it, over arrays of points.
function plain(points: readonly (readonly [number, number])[], count: number): (readonly [number, number])[] {
  const every = (points.length - 2) / (count - 2);
  const bucket = (place: number) =>
    points.slice(Math.floor((place - 1) * every) + 1, Math.floor(place * every) + 1);
  const chosen = [points[0]];
  for (let place = 1; place < count - 1; place++) {
    const behind = place === count - 2 ? [points.at(-1)!] : bucket(place + 1);
    const sum = behind.reduce(([a, b], [x, y]) => [a + x, b + y] as const, [0, 0] as const);
    const [cx, cy] = [sum[0] / behind.length, sum[1] / behind.length];
    const [ax, ay] = chosen.at(-1)!;
    const areas = bucket(place).map(([x, y]) => Math.abs((ax - cx) * (y - ay) - (ax - x) * (cy - ay)));
    chosen.push(bucket(place)[areas.indexOf(Math.max(...areas))]);
  }
  return [...chosen, points.at(-1)!];
}

test("the sample is that of the plain rule", () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.nat(200), (ys, more) => {
      const count = 3 + (more % (ys.length - 2));
      const expected = plain(
        ys.map((y, x) => [x, y] as const),
        count,
      );
      assert.deepEqual(sample(undefined, ys, count), [expected.map(([x]) => x), expected.map(([, y]) => y)]);
      const shifted = sample(
        ys.map((_, x) => 2 * x + 1),
        ys,
        count,
      );
      assert.deepEqual(
        shifted[1],
        expected.map(([, y]) => y),
      );
    }),
  );
});

test("missing numbers are never chosen, and a stretch of nothing else is a gap", () => {
  const ys = [1, NaN, 5, NaN, NaN, NaN, NaN, NaN, NaN, NaN, 3, 2, NaN, 4];
  const [xs, chosen] = sample(undefined, ys, 6);
  assert.equal(chosen[0], 1);
  assert.equal(chosen.at(-1), 4);
  assert(chosen.includes(NaN) && chosen.includes(5));
  for (const [place, x] of xs.entries()) assert(Number.isNaN(chosen[place]) || ys[x] === chosen[place]);
});
