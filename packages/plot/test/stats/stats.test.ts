// Statistics of figures against plain readings: bins, quantiles, densities and contours.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool, series } from "@millpond/core";
import * as fc from "fast-check";

import { Workspace } from "../../src/reduce/workspace.ts";
import { type BinRule, binEdges, countInBins } from "../../src/stats/bins.ts";
import { contourLines } from "../../src/stats/contours.ts";
import { bandwidthOf, densities } from "../../src/stats/density.ts";
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
      const total = countInBins(data, edges, counts);
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
    assert.equal(countInBins(series(data), edges, counts), 2 * bins + 1);
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
  assert.equal(countInBins(series([0, 1, 5, 10, 11]), Float64Array.of(0, 1, 10), counts), 4);
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

function heightAt(values: Float64Array, x: number, y: number): number {
  const at = Math.floor(y) * 6 + Math.floor(x);
  if (y % 1 === 0) return x % 1 === 0 ? values[at] : values[at] * (1 - (x % 1)) + values[at + 1] * (x % 1);
  return values[at] * (1 - (y % 1)) + values[at + 6] * (y % 1);
}
