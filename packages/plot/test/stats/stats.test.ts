// Statistics of figures against plain readings: bins, quantiles, densities and contours.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool, series } from "@millpond/core";
import * as fc from "fast-check";

import { Workspace } from "../../src/reduce/workspace.ts";
import { type BinRule, binEdges, countInBins } from "../../src/stats/bins.ts";
import { areaAbove } from "../../src/stats/contour-areas.ts";
import { contourLines } from "../../src/stats/contours.ts";
import { bandwidthOf, densities } from "../../src/stats/density.ts";
import { densityTable } from "../../src/stats/density-table.ts";
import { boxNumbers, quantile, sortedNumbers } from "../../src/stats/quantiles.ts";

const workspace = new Workspace(new Pool());
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const numbers = fc.array(fc.oneof({ weight: 20, arbitrary: finite }, fc.constantFrom(NaN, Infinity, 0, 1)), {
  minLength: 1,
  maxLength: 200,
});

test("each number is counted in the bin whose edges it lies between, the last edge included", () => {
  const bins = fc.oneof(
    fc.integer({ min: 1, max: 50 }),
    fc.constantFrom<BinRule>("sturges", "scott", "freedman-diaconis", "sqrt"),
  );
  fc.assert(
    fc.property(numbers, bins, fc.boolean(), (list, rule, plain) => {
      const data = series(plain ? list : Float64Array.from(list));
      const good = list.filter((value) => Number.isFinite(value));
      if (good.length === 0) return;
      const edges = binEdges(rule, Math.min(...good), Math.max(...good), data, workspace);
      const counts = new Float64Array(edges.length - 1);
      const total = countInBins(data, edges, counts, workspace);
      assert.equal(
        total,
        good.filter((value) => value >= edges[0] && value <= edges[edges.length - 1]).length,
      );
      for (const [bin, count] of counts.entries()) {
        const last = bin === counts.length - 1;
        const inside = good.filter(
          (value) => value >= edges[bin] && (last ? value <= edges[bin + 1] : value < edges[bin + 1]),
        );
        assert.equal(count, inside.length, `bin ${bin}`);
      }
    }),
    { endOnFailure: true },
  );
});

test("numbers on the edges of bins, and those next to them, are in the bins that the edges say", () => {
  for (let bins = 1; bins <= 120; bins++) {
    const edges = binEdges(bins, 0.1, 0.7 + bins / 3, series([]), workspace);
    const below = edges.map((edge) => edge - edge * 2 ** -53);
    const data = Float64Array.of(...edges, ...below.subarray(1));
    const counts = new Float64Array(bins);
    assert.equal(countInBins(series(data), edges, counts, workspace), 2 * bins + 1);
    // Its lower edge and the number below its upper edge; the last one has its upper edge as well.
    assert.deepEqual(
      [...counts],
      Array.from({ length: bins }, (_, bin) => (bin === bins - 1 ? 3 : 2)),
      `${bins} bins`,
    );
  }
});

test("edges of bins can be given, and are refused where they do not ascend", () => {
  const counts = new Float64Array(2);
  assert.equal(countInBins(series([0, 1, 5, 10, 11]), Float64Array.of(0, 1, 10), counts, workspace), 4);
  assert.deepEqual([...counts], [1, 3]);
  for (const edges of [[1], [2, 1], [0, NaN]]) {
    assert.throws(() => binEdges(edges, 0, 1, series([1]), workspace), { code: "BAD_ARGUMENT" });
  }
});

test("quantiles, quartiles and whiskers are those of the sorted numbers", () => {
  const sorted = sortedNumbers(series([5, 1, NaN, 3, 2, 4, 100]), workspace);
  assert.deepEqual([...sorted], [1, 2, 3, 4, 5, 100]);
  assert.deepEqual(
    [0, 0.5, 1, 0.1].map((share) => quantile(sorted, share)),
    [1, 3.5, 100, 1.5],
  );
  const { lowWhisker, highWhisker, above, median } = boxNumbers(sorted, "tukey");
  assert.deepEqual([lowWhisker, median, highWhisker, above], [1, 3.5, 5, 5]);
  assert.equal(boxNumbers(sorted, "min-max").highWhisker, 100);
});

test("a density covers an area of one, and is that of bells at the numbers", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 60 }),
      (list) => {
        const sorted = Float64Array.from(list).sort();
        const width = bandwidthOf(sorted, 0.7);
        const out = new Float64Array(801);
        densities(sorted, width, -20, 20, out);
        const area = out.reduce((sum, value) => sum + value, 0) * 0.05;
        assert(Math.abs(area - 1) < 1e-3, `${area}`);
        for (const index of [100, 400, 555]) {
          const at = -20 + index * 0.05;
          const exact = list.reduce((sum, value) => sum + Math.exp(-0.5 * ((at - value) / width) ** 2), 0);
          const expected = exact / (list.length * width * Math.sqrt(2 * Math.PI));
          assert(Math.abs(out[index] - expected) < 2e-3, `${out[index]} at ${at}, not ${expected}`);
        }
      },
    ),
    { endOnFailure: true },
  );
});

test("contours lie on their level, end at the border or close, and part what is above from what is below", () => {
  const tables = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(tables, (list) => {
      const values = Float64Array.from(list);
      const lines: [number, number][][] = [[]];
      contourLines(values, 6, 4.5, {
        push: (x, y) => lines.at(-1)!.push([x, y]),
        gap: () => lines.push([]),
      });
      assert.equal(lines.pop()!.length, 0);
      let crossings = 0;
      for (const line of lines) {
        const [first, last] = [line[0], line.at(-1)!];
        const closed = first[0] === last[0] && first[1] === last[1];
        const atBorder = ([x, y]: [number, number]): boolean => x === 0 || y === 0 || x === 5 || y === 4;
        assert(closed || (atBorder(first) && atBorder(last)), "a line ends inside");
        crossings += line.length - (closed ? 1 : 0);
        for (const [x, y] of line) assert(Math.abs(heightAt(values, x, y) - 4.5) < 1e-9);
      }
      let sides = 0;
      for (let at = 0; at < 30; at++) {
        const above = values[at] >= 4.5;
        if (at % 6 < 5 && values[at + 1] >= 4.5 !== above) sides++;
        if (at < 24 && values[at + 6] >= 4.5 !== above) sides++;
      }
      assert.equal(crossings, sides, "each side that the level crosses is passed once");
    }),
    { endOnFailure: true },
  );
});

test("the areas above a level and below it fill the table, touch without overlap, and keep to their side", () => {
  // No mean of four of them is 4.6, which would lie on both sides.
  const tables = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(tables, (list) => {
      const values = Float64Array.from(list);
      const above = ringsOf(values, 4.6);
      const below = ringsOf(
        values.map((value) => -value),
        -4.6,
      );
      for (const ring of [...above, ...below]) assert(areaOf(ring) > 0, "rings go clockwise");
      for (const ring of above) for (const [x, y] of ring) assert(heightAt(values, x, y) > 4.6 - 1e-9);
      const total = [...above, ...below].reduce((sum, ring) => sum + areaOf(ring), 0);
      assert(Math.abs(total - 20) < 1e-9, `${total} of 20 squares`);
    }),
    { endOnFailure: true },
  );
});

test("where a level crosses a square twice, areas are joined as the lines are", () => {
  const values = Float64Array.of(9, 0, 0, 9);
  // The middle is 4.5: above 4 the two corners are one area, above 5 they are two.
  assert.deepEqual(
    ringsOf(values, 4, 2).map((ring) => ring.length),
    [6],
  );
  assert.deepEqual(
    ringsOf(values, 5, 2).map((ring) => ring.length),
    [3, 3],
  );
});

test("squares with a missing number belong to no area, and nothing but numbers is one area", () => {
  const values = Float64Array.of(1, 2, 3, 4, NaN, 6, 7, 8, 9);
  assert.deepEqual(ringsOf(values, -Infinity, 3), []);
  assert.deepEqual(ringsOf(values.with(4, 5), -Infinity, 3).map(areaOf), [2, 2]);
});

test("the density of points in the plane is that of bells at the points, and covers a volume of one", () => {
  const place = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 20 }), (points) => {
      const xs = Float64Array.from(points, ([x]) => x);
      const ys = Float64Array.from(points, ([, y]) => y);
      const x = { low: -7, high: 7, count: 141, width: 0.6 };
      const y = { low: -9, high: 9, count: 181, width: 0.9 };
      const table = densityTable(xs, ys, x, y, workspace);
      const volume = table.reduce((sum, value) => sum + value, 0) * 0.01;
      assert(Math.abs(volume - 1) < 1e-5, `${volume}`);
      for (const [column, row] of [
        [70, 90],
        [40, 100],
        [85, 77],
      ]) {
        const [atX, atY] = [x.low + column * 0.1, y.low + row * 0.1];
        const bells = points.map(([px, py]) => ((atX - px) / 0.6) ** 2 + ((atY - py) / 0.9) ** 2);
        const exact = bells.reduce((sum, square) => sum + Math.exp(-0.5 * square), 0);
        const expected = exact / (points.length * 2 * Math.PI * 0.6 * 0.9);
        assert(Math.abs(table[row * 141 + column] - expected) < 3e-3);
      }
    }),
    { endOnFailure: true },
  );
});

function ringsOf(values: Float64Array, level: number, columns = 6): [number, number][][] {
  const rings: [number, number][][] = [[]];
  areaAbove(values, columns, level, {
    push: (x, y) => rings.at(-1)!.push([x, y]),
    gap: () => rings.push([]),
  });
  assert.equal(rings.pop()!.length, 0);
  return rings;
}

function areaOf(ring: readonly (readonly [number, number])[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

function heightAt(values: Float64Array, x: number, y: number): number {
  const at = Math.floor(y) * 6 + Math.floor(x);
  if (y % 1 === 0) return x % 1 === 0 ? values[at] : values[at] * (1 - (x % 1)) + values[at + 1] * (x % 1);
  return values[at] * (1 - (y % 1)) + values[at + 6] * (y % 1);
}

test("whiskers of standard deviations reach as many of them as wanted, and never end within the box", () => {
  const sorted = Float64Array.from({ length: 11 }, (_, index) => (index < 10 ? index : 40));
  const far = boxNumbers(sorted, "sigma");
  assert.deepEqual([far.lowWhisker, far.highWhisker, far.above], [0, 40, 11]);
  const near = boxNumbers(sorted, "sigma", 2);
  assert.deepEqual([near.lowWhisker, near.highWhisker, near.above], [0, 9, 10]);
  assert.equal(boxNumbers(sorted, "tukey", 50).highWhisker, 40);
  assert.equal(boxNumbers(sorted, "tukey", 0).highWhisker, 7.5, "the upper end of the box");
  // The mean of three tenths is a little more than each of them.
  const equal = boxNumbers(Float64Array.of(0.1, 0.1, 0.1), "sigma", 0);
  assert.deepEqual([equal.lowWhisker, equal.highWhisker, equal.below, equal.above], [0.1, 0.1, 0, 3]);
});
