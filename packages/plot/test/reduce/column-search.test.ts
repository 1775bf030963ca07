// The search for columns: the same places as looking at every point, in ascending x of any shape.

import assert from "node:assert/strict";
import { test } from "node:test";

import { series } from "@millpond/core";
import * as fc from "fast-check";

import { ColumnSearch } from "../../src/reduce/column-search.ts";
import { LINEAR, Mapping } from "../../src/scale/mapping.ts";

test("every column begins where the first point lies far enough from the edge.", () => {
  const gaps = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true })), {
    maxLength: 400,
    size: "max",
  });
  fc.assert(
    fc.property(gaps, fc.boolean(), fc.boolean(), (steps, turned, plain) => {
      let sum = 0;
      const list = Float64Array.from(steps, (step) => (sum += step));
      const xs = plain ? undefined : series(list);
      const x = new Mapping(LINEAR, 0, 50, turned ? 110 : 10, turned ? 10 : 110);
      const [edge, sign] = turned ? [110, -1] : [10, 1];
      const search = new ColumnSearch(xs, x, edge, sign);
      let from = 0;
      for (let distance = 0; distance <= 100; distance++) {
        const far = (_: number, index: number): boolean =>
          (x.place(xs === undefined ? index : list[index]) - edge) * sign >= distance;
        const first = list.findIndex(far);
        const expected = first < 0 ? list.length : first;
        from = search.find(distance, from, list.length);
        assert.equal(from, expected);
      }
    }),
    { endOnFailure: true },
  );
});
