// Random programs against the model, in every check mode and over both kinds of memory. fast-check prints the seed
// and the shortest failing program; MODEL_RUNS in the environment asks for more programs.
import { test } from "node:test";
import fc from "fast-check";
import { PoolModel, type Setting, type Step, VERB_COUNT } from "./model.ts";

const RUNS = Number(process.env["MODEL_RUNS"] ?? 200);

const program: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(fc.nat(VERB_COUNT - 1), fc.nat(1000), fc.nat(1000), fc.nat(100_000)),
  { maxLength: 80, size: "max" },
);

const rest = {
  zero: fc.constantFrom<Setting["zero"]>("acquire", "release"),
  regionPages: fc.constantFrom(2, 3, 8, 40),
  limitPages: fc.constantFrom(1, 2, 5, 20, 60),
  fallback: fc.boolean(),
};

for (const check of ["off", "fast", "checked", "strict"] as const) {
  for (const memory of ["wasm", "arraybuffer"] as const) {
    for (const chaosSeed of check === "fast" || check === "checked" ? [0, 1] : [0]) {
      const name = `${check}, ${memory}${chaosSeed === 0 ? "" : ", chaos"}`;
      test(`random programs leave the pool as the model says (${name})`, () => {
        const setting = fc.record({
          ...rest,
          check: fc.constant(check),
          memory: fc.constant(memory),
          chaosSeed: chaosSeed === 0 ? fc.constant(0) : fc.integer({ min: 1, max: 1e6 }),
        });
        fc.assert(
          fc.property(setting, program, (given, steps) => new PoolModel(given).run(steps)),
          { numRuns: RUNS },
        );
      });
    }
  }
}
