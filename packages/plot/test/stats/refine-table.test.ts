// Tables with more places: the numbers of the table stay where they are, and what lies between them is what it is said to be.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { Workspace } from "../../src/reduce/workspace.ts";
import { type Between, type Grid, refineTable } from "../../src/stats/refine-table.ts";

const pool = new Pool();

function refined(numbers: readonly number[], columns: number, between: Between, factor: number): Grid {
  const workspace = new Workspace(pool);
  const grid = refineTable({ numbers: Float64Array.from(numbers), columns }, between, factor, workspace);
  const copy = { numbers: grid.numbers.slice(), columns: grid.columns };
  workspace.release();
  assert.equal(pool.stats().bytesInUse, 0);
  return copy;
}

const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(NaN));
const tables = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([columns, rows, factor]) =>
    fc.record({
      numbers: fc.array(value, { minLength: columns * rows, maxLength: columns * rows }),
      columns: fc.constant(columns),
      factor: fc.constant(factor),
      between: fc.constantFrom<Between[]>("nearest", "linear", "cubic"),
    }),
  );

test("the numbers of a table stay at their places", () => {
  fc.assert(
    fc.property(tables, ({ numbers, columns, factor, between }) => {
      const fine = refined(numbers, columns, between, factor);
      const rows = numbers.length / columns;
      assert.equal(fine.columns, (columns - 1) * factor + 1);
      assert.equal(fine.numbers.length, fine.columns * ((rows - 1) * factor + 1));
      for (const [index, number] of numbers.entries()) {
        const at = Math.floor(index / columns) * factor * fine.columns + (index % columns) * factor;
        assert.equal(fine.numbers[at], number);
      }
    }),
  );
});

test("between numbers lies the nearer one, a straight line, or a curve", () => {
  assert.deepEqual([...refined([0, 4, 0, 4], 2, "nearest", 4).numbers.subarray(0, 5)], [0, 0, 4, 4, 4]);
  assert.deepEqual([...refined([0, 4, 8, 12], 2, "linear", 4).numbers.subarray(0, 5)], [0, 1, 2, 3, 4]);
  assert.deepEqual([...refined([0, 4, 8, 12], 2, "linear", 2).numbers], [0, 2, 4, 4, 6, 8, 8, 10, 12]);
});

test("a cubic table of a parabola is the parabola, where neighbours are known", () => {
  const numbers = Array.from({ length: 12 }, (_, index) => ((index % 6) - 2) ** 2);
  const fine = refined(numbers, 6, "cubic", 4);
  for (let place = 4; place <= 16; place++)
    assert(Math.abs(fine.numbers[place] - (place / 4 - 2) ** 2) < 1e-12, `${place}`);
});

test("a number that is missing leaves a hole as large as its neighbours are far, and no larger", () => {
  const fine = refined([1, 1, 1, 1, 1, 1, 1, NaN, 1, 1, 1, 1, 1, 1, 1], 5, "cubic", 2);
  const holes = [...fine.numbers].filter((number) => Number.isNaN(number)).length;
  assert.equal(holes, 9);
});
