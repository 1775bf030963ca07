// Random programs run on all three strategies at once, beside a model: every array is painted with a number of its own,
// so that two owners of one byte are seen; every step has to have the same result under all strategies; and what the
// model says is in use is exactly what the pools say.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { type ArrayPool, type ArrayPoolOptions, arrays, KiB, Pool, PoolError } from "@millpond/core";
import { STRATEGIES } from "./strategies.ts";

type Step =
  | { readonly do: "acquire" | "acquireUnsafe" | "acquireAtLeast"; readonly length: number }
  | {
      readonly do: "release" | "again" | "slice" | "prefix" | "staleSlice" | "arrayOf";
      readonly pick: number;
    }
  | { readonly do: "foreign" | "trim" | "releaseAll" };

// One acquisition: its array in each of the pools, by strategy.
interface Held {
  readonly arrays: readonly Uint32Array[];
  readonly paint: number;
}

const CLASSES = [4, 20, 5000];
const lengths = fc.oneof(fc.integer({ min: 0, max: 24 }), fc.constantFrom(4999, 5000, 5001, 9000));
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom("acquire", "acquireUnsafe", "acquireAtLeast"),
      length: lengths,
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("release"), pick: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("again", "slice", "prefix", "staleSlice", "arrayOf"),
      pick: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("foreign") }) },
);
const returning: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom("trim", "releaseAll") });

class Run {
  readonly pools: readonly ArrayPool<Uint32Array>[];
  readonly memories: readonly Pool[];
  readonly live: Held[] = [];
  readonly gone: Held[] = [];
  readonly #exactCodes: boolean;
  #paint = 1;

  constructor(options: ArrayPoolOptions, exactCodes: boolean) {
    this.memories = STRATEGIES.map(() => new Pool({ memory: "arraybuffer", regionBytes: 512 * KiB }));
    this.pools = STRATEGIES.map((strategy, i) =>
      arrays(this.memories[i], Uint32Array, { ...options, strategy }),
    );
    this.#exactCodes = exactCodes;
  }

  step(step: Step): void {
    this.#take(step);
    for (const pool of this.pools) assert.equal(pool.size, this.live.length, pool.strategy);
    for (const held of this.live) this.#checkPaint(held);
  }

  #take(step: Step): void {
    switch (step.do) {
      case "acquire":
      case "acquireUnsafe":
      case "acquireAtLeast":
        return this.#acquire(step.do, step.length);
      case "release":
        return this.#release(step.pick);
      case "foreign":
        return this.#refused(() => new Uint32Array(4));
      case "trim":
        for (const pool of this.pools) pool.trim();
        return undefined;
      case "releaseAll":
        for (const pool of this.pools) assert.equal(pool.releaseAll(), this.live.length);
        this.gone.push(...this.live.splice(0));
        return undefined;
      case "again":
        return this.#releaseAgain(step.pick);
      case "staleSlice":
        return this.#offer(this.gone, step.pick, (array) => array.subarray(1));
      case "arrayOf":
        return this.#arrayOf(step.pick);
      default:
        return this.#offer(this.live, step.pick, (array) => array.subarray(step.do === "slice" ? 1 : 0));
    }
  }

  #acquire(how: "acquire" | "acquireUnsafe" | "acquireAtLeast", length: number): void {
    const found = this.pools.map((pool) => pool[how](length));
    for (const array of found) {
      if (how === "acquireAtLeast") assert.ok(array.length >= length);
      else assert.equal(array.length, length);
      if (how !== "acquireUnsafe")
        assert.ok(
          array.every((x) => x === 0),
          "zeroed",
        );
      array.fill(this.#paint);
    }
    this.live.push({ arrays: found, paint: this.#paint++ });
  }

  #release(pick: number): void {
    if (this.live.length === 0) return;
    const [held] = this.live.splice(pick % this.live.length, 1);
    for (const [i, pool] of this.pools.entries()) pool.release(held.arrays[i]);
    this.gone.push(held);
  }

  // Direct cannot tell a former owner from the present one that has the same object: documented, and no mistake of the
  // program that any strategy could be compared on.
  #releaseAgain(pick: number): void {
    if (this.gone.length === 0) return;
    const held = this.gone[pick % this.gone.length];
    if (this.live.some(({ arrays }) => arrays[0] === held.arrays[0])) return;
    this.#refused((i) => held.arrays[i], true);
  }

  #offer(from: readonly Held[], pick: number, part: (array: Uint32Array) => Uint32Array): void {
    if (from.length === 0) return;
    const held = from[pick % from.length];
    this.#refused((i) => part(held.arrays[i]));
  }

  // The array of an owner before the former one cannot be told from a slice, where array objects are not reused.
  #refused(offered: (pool: number) => Uint32Array, former = false): void {
    const codes = this.pools.map((pool, i) => codeOf(() => pool.release(offered(i))));
    for (const code of codes) assert.match(code, /^(?:DOUBLE|STALE|FOREIGN|SUBVIEW)_RELEASE$/);
    if (!this.#exactCodes) return;
    const told = codes.map((code) => (former && code === "SUBVIEW_RELEASE" ? "STALE_RELEASE" : code));
    assert.equal(new Set(told).size, 1, codes.join(", "));
  }

  #arrayOf(pick: number): void {
    const held = this.live[pick % Math.max(1, this.live.length)];
    if (held === undefined || held.arrays[0].length === 0) return;
    for (const [i, pool] of this.pools.entries()) {
      const array = held.arrays[i];
      const at = pick % array.length;
      assert.equal(pool.arrayOf(array.subarray(at, at + 1)), array);
    }
  }

  #checkPaint({ arrays, paint }: Held): void {
    for (const array of arrays) {
      const { length } = array;
      for (const at of [0, length >> 1, length - 1]) {
        if (length > 0) assert.equal(array[at], paint, "somebody else wrote here");
      }
      if (length < 100)
        assert.ok(
          array.every((x) => x === paint),
          "somebody else wrote here",
        );
    }
  }

  end(): void {
    while (this.live.length > 0) this.#release(0);
    for (const pool of this.pools) pool.close();
    for (const memory of this.memories) assert.equal(memory.stats().inUse, 0);
  }
}

function codeOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    if (error instanceof PoolError) return error.code;
    throw error;
  }
  return "accepted";
}

function check(program: fc.Arbitrary<Step>, options: ArrayPoolOptions, exactCodes: boolean): void {
  fc.assert(
    fc.property(fc.array(program, { maxLength: 120, size: "max" }), (program) => {
      const run = new Run({ classes: CLASSES, ...options }, exactCodes);
      for (const step of program) run.step(step);
      run.end();
    }),
    { numRuns: 400 },
  );
}

test("as long as no memory goes back, all strategies give every program the same results, code by code", () => {
  check(steps, { maxIdle: Infinity }, true);
});

test("while memory goes back all the time, they accept and refuse the same", () => {
  const all = fc.oneof({ weight: 16, arbitrary: steps }, { weight: 1, arbitrary: returning });
  check(all, { maxIdle: 0 }, false);
});
