// The random programs of records-model.test.ts, longer and more of them.

import { test } from "node:test";
import * as fc from "fast-check";

import { programs, run } from "./records-program.ts";

test("a table of records does what a Map of objects does over long programs", () => {
  fc.assert(fc.property(programs(600), run), { numRuns: 150 });
});
