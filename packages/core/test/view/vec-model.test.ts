// Random programs on vectors of all eleven kinds, beside a plain array and between painted neighbours.
import { test } from "node:test";
import { MiB } from "@millpond/core";
import * as fc from "fast-check";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { MODES, smallPool } from "../pool/modes.ts";
import { elementsOf } from "./kinds.ts";
import { runVecProgram, type Step, VERB_COUNT } from "./vec-program.ts";

for (const type of ARRAY_TYPES) {
  test(`random programs leave a vector of ${type.name} as they leave a plain array`, () => {
    const values = fc.array(elementsOf(type), { maxLength: 70, size: "max" });
    const step: fc.Arbitrary<Step> = fc.tuple(fc.nat(VERB_COUNT - 1), fc.nat(200), fc.nat(200), values);
    const programs = fc.array(step, { maxLength: 40, size: "max" });
    const property = fc.property(fc.constantFrom(...MODES), programs, (check, steps) => {
      const pool = smallPool({ check, limitBytes: 64 * MiB });
      runVecProgram(pool, type, steps);
      pool.close();
    });
    fc.assert(property, { numRuns: 60 });
  });
}
