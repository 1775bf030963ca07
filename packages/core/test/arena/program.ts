// Random programs for the model of an arena: trees of small integers, since scopes nest.
import { type CheckMode, type Pool } from "@millpond/core";
import * as fc from "fast-check";
import { smallPool } from "../pool/modes.ts";
import { ArenaModel } from "./model.ts";

/** One step; where it opens a scope, `inner` is what happens inside. */
export interface Step {
  readonly verb: number;
  readonly which: number;
  readonly size: number;
  readonly inner: readonly Step[];
}

/** What a program runs on. */
export interface Setting {
  readonly check: CheckMode;
  readonly memory: "wasm" | "arraybuffer";
  /** The seed of a pool that gives out garbage where it may. */
  readonly chaos: number | undefined;
  readonly chunkBytes: number;
}

type Verb = (model: ArenaModel, step: Step) => void;

const ALIGNS = [1, 2, 4, 8, 8, 8, 16, 32, 64, 128, 256, 4096];

/** What a program can do; those named twice happen twice as often. */
const VERBS: readonly Verb[] = [
  (model, { which, size }) => model.alloc(which % 11, size >>> 4, align(which), size % 2 === 0),
  (model, { which, size }) => model.alloc(which % 11, size >>> 6, align(which), size % 2 === 0),
  (model, { which, size }) => model.allocBytes(size >>> 6, align(which), which % 2 === 0),
  (model, { which, size }) => model.allocBytes(size >>> 5, 8, which % 2 === 0),
  (model, { which, size }) => model.allocBytes(size >>> 2, align(which), which % 2 === 0),
  (model, { which, size }) => model.shrink(size >>> 3, which % ((size >>> 3) + 1), align(which)),
  (model, { which, size }) => model.copy(which, size >>> 5),
  (model) => model.mark(),
  (model) => model.mark(),
  (model, { which }) => model.rewind(which),
  (model, { which }) => model.rewindWrongly(which),
  (model, { which }) => model.askWrongly(which),
  (model, { which, inner }) => model.scope(which % 3 === 0, () => inner.forEach((step) => run(model, step))),
  (model, { which, inner }) => model.scope(which % 3 === 0, () => inner.forEach((step) => run(model, step))),
];

/** Steps that only make sense outside of all scopes. */
const OUTER_VERBS: readonly Verb[] = [(model) => model.reset("keep"), (model) => model.reset("trim")];

function align(which: number): number {
  return ALIGNS[which % ALIGNS.length];
}

function run(model: ArenaModel, step: Step): void {
  VERBS[step.verb % VERBS.length](model, step);
  model.verify();
}

/** Runs a program beside the model. */
export function runProgram(setting: Setting, steps: readonly Step[]): void {
  const model = new ArenaModel(poolFor(setting), setting.chunkBytes);
  for (const step of steps) {
    const outer = OUTER_VERBS[step.verb - VERBS.length];
    if (outer === undefined) {
      run(model, step);
    } else {
      outer(model, step);
      model.verify();
    }
  }
  model.finish();
}

function poolFor({ check, memory, chaos }: Setting): Pool {
  if (chaos === undefined) return smallPool({ check, memory });
  return smallPool({ check, memory, chaos: { seed: chaos, poison: 1 } });
}

/** Programs of up to `most` steps, and up to six in each scope, up to four scopes deep. */
export function programs(most: number): fc.Arbitrary<Step[]> {
  return fc.array(stepWithin(4), { maxLength: most, size: "max" });
}

function stepWithin(depth: number): fc.Arbitrary<Step> {
  const inner = depth === 0 ? fc.constant([]) : fc.array(stepWithin(depth - 1), { maxLength: 6 });
  return fc.record({
    verb: fc.nat(VERBS.length + OUTER_VERBS.length - 1),
    which: fc.nat(1000),
    size: fc.nat(20_000),
    inner,
  });
}

/** All settings of one check mode. */
export function settings(check: CheckMode): fc.Arbitrary<Setting> {
  return fc.record({
    check: fc.constant(check),
    memory: fc.constantFrom("wasm" as const, "arraybuffer" as const),
    chaos: check === "fast" ? fc.option(fc.nat(), { nil: undefined }) : fc.constant(undefined),
    chunkBytes: fc.constantFrom(1024, 2048, 3000, 65_536),
  });
}
