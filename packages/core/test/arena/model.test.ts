// Random programs against the model of an arena, in every check mode. fast-check prints the seed and the shortest
// failing program.
import { test } from "node:test";
import * as fc from "fast-check";
import { MODES } from "../pool/modes.ts";
import { programs, runProgram, settings } from "./program.ts";

for (const check of MODES) {
  test(`random programs leave an arena as the model says (${check})`, () => {
    fc.assert(fc.property(settings(check), programs(60), runProgram), { numRuns: 150 });
  });
}
