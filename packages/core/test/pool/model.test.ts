// Random programs against the model, in every check mode and over both kinds of memory. fast-check prints the seed
// and the shortest failing program.
import { test } from "node:test";
import * as fc from "fast-check";
import { programs, runProgram, settings, VARIANTS } from "./program.ts";

for (const [check, memory, chaos] of VARIANTS) {
  test(`random programs leave the pool as the model says (${check}, ${memory}${chaos ? ", chaos" : ""})`, () => {
    fc.assert(fc.property(settings(check, memory, chaos), programs(80), runProgram), { numRuns: 300 });
  });
}
