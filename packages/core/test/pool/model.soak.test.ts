// The random programs of model.test.ts once more: longer ones, and many more of them.
import { test } from "node:test";
import * as fc from "fast-check";
import { programs, runProgram, settings, VARIANTS } from "./program.ts";

for (const [check, memory, chaos] of VARIANTS) {
  test(`long random programs leave the pool as the model says (${check}, ${memory}${chaos ? ", chaos" : ""})`, () => {
    fc.assert(fc.property(settings(check, memory, chaos), programs(400), runProgram), { numRuns: 500 });
  });
}
