// Clusters against a plain reading of what they are: of all pairs of clusters, the two nearest are joined, and how near they
// are is computed from their points each time.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { Workspace } from "../../src/reduce/workspace.ts";
import { clusterTree, type Linkage } from "../../src/stats/linkage.ts";

type Point = readonly [number, number];

const workspace = new Workspace(new Pool());

function apart(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function middle(points: readonly Point[]): Point {
  const sum = points.reduce(([x, y], point) => [x + point[0], y + point[1]] as const, [0, 0] as const);
  return [sum[0] / points.length, sum[1] / points.length];
}

const byDefinition: Readonly<Record<Linkage, (a: readonly Point[], b: readonly Point[]) => number>> = {
  single: (a, b) => Math.min(...a.flatMap((p) => b.map((q) => apart(p, q)))),
  complete: (a, b) => Math.max(...a.flatMap((p) => b.map((q) => apart(p, q)))),
  average: (a, b) =>
    a.flatMap((p) => b.map((q) => apart(p, q))).reduce((x, y) => x + y) / (a.length * b.length),
  ward: (a, b) => Math.sqrt((2 * a.length * b.length) / (a.length + b.length)) * apart(middle(a), middle(b)),
};

// Undefined where two pairs were as good as equally near: which of them is joined first changes what comes after.
function heightsOf(points: readonly Point[], linkage: Linkage): number[] | undefined {
  const clusters = points.map((point) => [point]);
  const heights: number[] = [];
  while (clusters.length > 1) {
    let best: [number, number, number] = [Infinity, 0, 0];
    let second = Infinity;
    for (let a = 0; a < clusters.length; a++) {
      for (let b = a + 1; b < clusters.length; b++) {
        const distance = byDefinition[linkage](clusters[a], clusters[b]);
        second = Math.min(second, Math.max(distance, best[0]));
        if (distance < best[0]) best = [distance, a, b];
      }
    }
    if (linkage !== "single" && second - best[0] < 1e-9) return undefined;
    heights.push(best[0]);
    clusters[best[1]].push(...clusters.splice(best[2], 1)[0]);
  }
  return heights;
}

const place = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((number) => number / 10_007);

for (const linkage of ["single", "complete", "average", "ward"] as const) {
  test(`${linkage}: clusters are joined at the heights of their definition, and each of them once`, () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 14 }), (points) => {
        const expected = heightsOf(points, linkage);
        fc.pre(expected !== undefined);
        const { left, right, heights } = clusterTree(Float64Array.from(points.flat()), 2, linkage, workspace);
        assert.equal(heights.length, expected.length);
        for (const [join, height] of heights.entries()) {
          assert(Math.abs(height - expected[join]) < 1e-6, `${height} instead of ${expected[join]}`);
          assert(left[join] < points.length + join && right[join] < points.length + join);
        }
        assert.equal(new Set([...left, ...right]).size, 2 * heights.length);
      }),
      { endOnFailure: true },
    );
  });

  test(`${linkage}: points with many equal distances are clustered, each of them once`, () => {
    const few = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(fc.array(fc.tuple(few, few), { minLength: 1, maxLength: 30 }), (points) => {
        const { left, right, heights } = clusterTree(Float64Array.from(points.flat()), 2, linkage, workspace);
        assert.equal(new Set([...left, ...right]).size, 2 * (points.length - 1));
        assert.deepEqual(heights, heights.toSorted());
        if (linkage !== "single") return;
        // The others may join other pairs of those that are as near.
        for (const [join, height] of (heightsOf(points, linkage) ?? []).entries())
          assert(Math.abs(heights[join] - height) < 1e-9);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  test(`${linkage}: equal points and points too far apart to subtract are clustered`, () => {
    const same = clusterTree(Float64Array.of(3, 3, 3, 3), 1, linkage, workspace);
    assert.deepEqual([...same.heights], [0, 0, 0]);
    const far = clusterTree(Float64Array.of(-1e308, 0, 1e308), 1, linkage, workspace);
    assert(far.heights.every((height) => height <= Number.MAX_VALUE));
  });
}
