// Invariant 8: an error in the middle of a pipeline returns every buffer, whichever step it is that fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pool } from "@millpond/core";
import { MODES, smallPool } from "./modes.ts";

class StepFailed extends Error {}

// A step doubles what it reads, unless it is the one that fails.
function step(number: number, failing: number, input: Float64Array, output: Float64Array): void {
  if (number === failing) throw new StepFailed(`step ${number}`);
  for (let i = 0; i < input.length; i++) output[i] = input[i] * 2;
}

function withUsing(pool: Pool, failing: number): number {
  using first = pool.lease(Float64Array, 100);
  first.array.fill(1);
  step(1, failing, first.array, first.array);
  using second = pool.lease(Float64Array, 100);
  step(2, failing, first.array, second.array);
  using third = pool.lease(Float64Array, 100);
  step(3, failing, second.array, third.array);
  using fourth = pool.lease(Float64Array, 100);
  step(4, failing, third.array, fourth.array);
  using fifth = pool.lease(Float64Array, 100);
  step(5, failing, fourth.array, fifth.array);
  return fifth.array[99];
}

function withUse(pool: Pool, failing: number, number = 1, input?: Float64Array): number {
  return pool.use(Float64Array, 100, (output) => {
    if (input === undefined) output.fill(1);
    step(number, failing, input ?? output, output);
    return number === 5 ? output[99] : withUse(pool, failing, number + 1, output);
  });
}

function withFinally(pool: Pool, failing: number): number {
  let input = pool.acquire(Float64Array, 100).fill(1);
  try {
    for (let number = 1; number <= 5; number++) {
      const output = pool.acquireUnsafe(Float64Array, 100);
      try {
        step(number, failing, input, output);
      } catch (error) {
        pool.release(output);
        throw error;
      }
      pool.release(input);
      input = output;
    }
    return input[99];
  } finally {
    pool.release(input);
  }
}

async function withAwait(pool: Pool, failing: number, number = 1, input?: Float64Array): Promise<number> {
  return pool.use(Float64Array, 100, async (output) => {
    if (input === undefined) output.fill(1);
    await Promise.resolve();
    step(number, failing, input ?? output, output);
    return number === 5 ? output[99] : withAwait(pool, failing, number + 1, output);
  });
}

const ways = { withUsing, withUse, withFinally, withAwait };

for (const check of MODES) {
  for (const [name, run] of Object.entries(ways)) {
    test(`a pipeline of five steps returns every buffer, whichever step fails (${name}, ${check})`, async () => {
      const pool = smallPool({ check });
      for (let round = 0; round < 3; round++) {
        for (let failing = 0; failing <= 5; failing++) {
          const before = pool.stats().acquired;
          if (failing === 0) assert.equal(await run(pool, 0), 32);
          else await assert.rejects(async () => run(pool, failing), StepFailed);
          const { acquired, released, inUse, bytesInUse } = pool.stats();
          assert.ok(acquired > before);
          assert.deepEqual({ inUse, bytesInUse, released }, { inUse: 0, bytesInUse: 0, released: acquired });
          assert.deepEqual(pool.outstanding(), []);
        }
      }
      pool.close();
    });
  }
}

test("steps of many pipelines that fail at the same time return every buffer", async () => {
  const pool = smallPool();
  const runs = Array.from({ length: 200 }, (_, index) => withAwait(pool, index % 6));
  const results = await Promise.allSettled(runs);
  assert.equal(results.filter(({ status }) => status === "fulfilled").length, 34);
  assert.equal(pool.stats().inUse, 0);
  pool.close();
});
