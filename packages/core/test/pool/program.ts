// Random programs for the model: a program is a list of small integers, which shrinks well.
import { PoolModel, type Setting } from "./model.ts";
import * as fc from "fast-check";

/** One step: what to do, and three numbers that say with what. */
export type Step = readonly [verb: number, which: number, how: number, size: number];

/** Runs a program beside the model. */
export function runProgram(setting: Setting, steps: readonly Step[]): void {
  const model = new PoolModel(setting);
  for (const [verb, which, how, size] of steps) {
    VERBS[verb % VERBS.length](model, which, how, size);
    model.verify();
  }
  model.finish(steps.length % 2 === 0);
}

type Verb = (model: PoolModel, which: number, how: number, size: number) => void;

/** What a program can do; those named twice happen twice as often. */
const VERBS: readonly Verb[] = [
  (model, which, how, size) => model.acquireOne(which, how, size),
  (model, which, how, size) => model.acquireOne(which, how, size),
  (model, which, how, size) => model.acquireOne(which, how, size),
  (model, which, how, size) => model.acquireOne(which, how, size),
  (model, which, how, size) => model.acquireOne(which, how, size),
  (model, which, how) => model.releaseOne(which, how),
  (model, which, how) => model.releaseOne(which, how),
  (model, which, how) => model.releaseOne(which, how),
  (model, which, how) => model.releaseOne(which, how),
  (model, which, how, size) => model.useOne(which, how, size),
  (model, which, how) => model.releaseGone(which, how),
  (model, which) => model.releaseTwice(which),
  (model, which, how) => model.releasePart(which, how),
  (model, which, how) => model.releaseElsewhere(which, how),
  (model, which, how) => model.releaseStrange(which, how),
  (model, which, how) => model.askWrongly(which, how),
  (model, which) => model.releaseEndedLease(which),
  (model, which) => model.trim(which),
  (model) => model.decay(),
  (model, which, how, size) => model.warm(which, how, size),
  (model, which, how, size) => model.capacity(which, how, size),
  (model, which, how) => model.seal(which, how),
  (model, which, how, size) => model.addChild(which, how, size),
  (model, which, how) => model.closeChild(which, how),
];

/** Programs of up to `most` steps. */
export function programs(most: number): fc.Arbitrary<Step[]> {
  const step = fc.tuple(fc.nat(VERBS.length - 1), fc.nat(1000), fc.nat(1000), fc.nat(100_000));
  return fc.array(step, { maxLength: most, size: "max" });
}

/** All settings of one check mode. */
export function settings(
  check: Setting["check"],
  memory: Setting["memory"],
  chaos: boolean,
): fc.Arbitrary<Setting> {
  return fc.record({
    check: fc.constant(check),
    memory: fc.constant(memory),
    chaosSeed: chaos ? fc.integer({ min: 1, max: 1e6 }) : fc.constant(0),
    zero: fc.constantFrom<Setting["zero"]>("acquire", "release"),
    regionPages: fc.constantFrom(2, 3, 8, 40),
    limitPages: fc.constantFrom(1, 2, 5, 20, 60),
    fallback: fc.boolean(),
  });
}

/** What the tests over random programs go through: mode, kind of memory, chaos or not. */
export const VARIANTS: readonly (readonly [Setting["check"], Setting["memory"], boolean])[] = [
  ["off", "wasm", false],
  ["fast", "wasm", false],
  ["fast", "wasm", true],
  ["fast", "arraybuffer", false],
  ["checked", "wasm", false],
  ["checked", "arraybuffer", true],
  ["strict", "wasm", false],
];
