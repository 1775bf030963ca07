// Rings of numbers: random programs beside a plain array, and what they promise beyond that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { KiB, kernels, ring, series } from "@millpond/core";
import * as fc from "fast-check";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { MODES, refused, smallPool } from "../pool/modes.ts";
import { elementsOf } from "../view/kinds.ts";
import { runRingProgram, type Step, VERB_COUNT } from "./ring-program.ts";

for (const type of ARRAY_TYPES) {
  test(`random programs leave a ring of ${type.name} as they leave a plain array`, () => {
    const values = fc.array(elementsOf(type), { maxLength: 20, size: "max" });
    const step: fc.Arbitrary<Step> = fc.tuple(fc.nat(VERB_COUNT - 1), fc.nat(200), values);
    const programs = fc.array(step, { maxLength: 40, size: "max" });
    const shapes = fc.record({ capacity: fc.integer({ min: 1, max: 30 }), overwrites: fc.boolean() });
    const property = fc.property(fc.constantFrom(...MODES), shapes, programs, (check, shape, steps) => {
      const pool = smallPool({ check });
      runRingProgram(pool, type, shape, steps);
      pool.close();
    });
    fc.assert(property, { numRuns: 60 });
  });
}

test("a ring takes all its memory at the start and gives it back once", () => {
  const pool = smallPool();
  const xs = ring(pool, Float64Array, { capacity: 100 });
  const { acquired } = pool.stats();
  for (let i = 0; i < 10_000; i++) xs.push(i);
  assert.equal(pool.stats().acquired, acquired);
  assert.equal(pool.stats().inUse, 1);
  xs.release();
  assert.equal(pool.stats().inUse, 0);
  refused(() => xs.release(), "DOUBLE_RELEASE");
  pool.close();
});

test("a released ring refuses every use", () => {
  const pool = smallPool();
  const xs = ring(pool, Int32Array, { capacity: 4 });
  xs.push(1);
  xs[Symbol.dispose]();
  xs[Symbol.dispose]();
  const uses: (() => unknown)[] = [
    () => xs.push(1),
    () => xs.tryPush(1),
    () => xs.extend([1]),
    () => xs.extend([]),
    () => xs.shift(),
    () => xs.pop(),
    () => xs.at(0),
    () => xs.get(0),
    () => xs.array,
    () => xs.subarray(0),
    () => xs.drop(1),
    () => xs.clear(),
    () => [...xs],
  ];
  for (const use of uses) refused(use, "USE_AFTER_RELEASE");
  assert.equal(xs.released, true);
  pool.close();
});

test("a full ring that throws is released and refuses for that reason, not for being full", () => {
  const pool = smallPool();
  const xs = ring(pool, Int32Array, { capacity: 1, onFull: "throw" });
  xs.push(1);
  xs.release();
  refused(() => xs.push(2), "USE_AFTER_RELEASE");
  pool.close();
});

test("a series of a ring follows it, and kernels read it in place", () => {
  const pool = smallPool();
  using xs = ring(pool, Float64Array, { capacity: 1000 });
  const live = series(xs);
  for (let i = 0; i < 2500; i++) xs.push(i);
  assert.equal(live.length, 1000);
  assert.equal(live.at(0), 1500);
  assert.equal(live.at(-1), 2499);
  assert.equal(kernels.sum(xs.array), ((1500 + 2499) / 2) * 1000);
});

test("what cannot be a ring is refused, and no memory is taken", () => {
  const pool = smallPool({ limitBytes: 128 * KiB });
  for (const capacity of [0, -1, 1.5, NaN, Infinity, 2 ** 40, "4", undefined]) {
    refused(() => ring(pool, Float64Array, { capacity: capacity as number }), "BAD_ARGUMENT", /capacity/);
  }
  refused(() => ring(pool, Float64Array, undefined as never), "BAD_ARGUMENT", /options/);
  refused(() => ring(pool, Array as never, { capacity: 4 }), "BAD_ARGUMENT");
  refused(() => ring(pool, Int8Array, { capacity: 4, onFull: "grow" as never }), "BAD_ARGUMENT", /onFull/);
  refused(() => ring(pool, Float64Array, { capacity: 100_000 }), "POOL_EXHAUSTED");
  assert.equal(pool.stats().inUse, 0);
  using xs = ring(pool, Float64Array, { capacity: 4 });
  for (const values of [undefined, null, 3, "12"]) refused(() => xs.extend(values as never), "BAD_ARGUMENT");
});
