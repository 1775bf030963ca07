// The random programs of model.test.ts, longer and more of them.
import { test } from "node:test";
import * as fc from "fast-check";
import { MODES } from "../pool/modes.ts";
import { programs, runProgram, settings } from "./program.ts";

for (const check of MODES) {
  test(`long random programs leave an arena as the model says (${check})`, () => {
    fc.assert(fc.property(settings(check), programs(250), runProgram), { numRuns: 100 });
  });
}
