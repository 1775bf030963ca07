// Random programs over record tables against a Map, with painted memory around every block.

import { test } from "node:test";
import * as fc from "fast-check";

import { programs, run } from "./records-program.ts";

test("a table of records does what a Map of objects does, whatever the program", () => {
  fc.assert(fc.property(programs(60), run), { numRuns: 120 });
});
