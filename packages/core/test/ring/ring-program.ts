// Random programs for rings, run beside a plain array. After each step everything that can be seen of the ring must be
// what the plain array says, and the painted arrays around it must be intact.
import assert from "node:assert/strict";
import { type ArrayType, type Pool, type Ring, ring, vec } from "@millpond/core";
import { refused } from "../pool/modes.ts";
import { Neighbours } from "../view/neighbours.ts";
import { type Element, isBigintType, plainOf, stored } from "../view/kinds.ts";

/** One step: what to do, a number that says where, and some values. */
export type Step = readonly [verb: number, a: number, values: readonly Element[]];

/** A ring and the plain array that it must equal. */
class RingModel {
  readonly type: ArrayType;
  readonly neighbours: Neighbours;
  readonly ring: Ring;
  readonly capacity: number;
  readonly overwrites: boolean;
  model: Element[] = [];
  pushed = 0;

  constructor(pool: Pool, type: ArrayType, capacity: number, overwrites: boolean) {
    this.type = type;
    this.capacity = capacity;
    this.overwrites = overwrites;
    this.neighbours = new Neighbours(pool);
    this.neighbours.add(64);
    this.ring = ring(pool, type, { capacity, onFull: overwrites ? "overwrite" : "throw" });
    this.neighbours.add(64);
  }

  append(values: readonly Element[]): void {
    this.model.push(...values.map((value) => stored(this.type, value)));
    this.model.splice(0, Math.max(0, this.model.length - this.capacity));
    this.pushed += values.length;
  }

  room(): number {
    return this.capacity - this.model.length;
  }

  verify(): void {
    assert.equal(this.ring.length, this.model.length);
    assert.equal(this.ring.full, this.room() === 0);
    assert.equal(this.ring.pushed, this.pushed);
    assert.equal(this.ring.array, this.ring.array, "the view is cached");
    assert.equal(this.ring.array.constructor, this.type);
    assert.deepEqual([...this.ring.array], this.model);
    assert.deepEqual([...this.ring], this.model);
    for (let i = -this.model.length - 1; i <= this.model.length; i++)
      assert.deepEqual(this.ring.at(i), this.model.at(i));
    this.neighbours.verify();
  }
}

type Verb = (run: RingModel, a: number, values: readonly Element[], pool: Pool) => void;

// Appends all at once; a ring that does not overwrite refuses what it has no room for, and stays as it was.
function extend(run: RingModel, values: readonly Element[], form: Parameters<Ring["extend"]>[0]): void {
  if (!run.overwrites && values.length > run.room()) {
    refused(() => run.ring.extend(form), "POOL_EXHAUSTED", /capacity/);
    return;
  }
  run.ring.extend(form);
  run.append(values);
}

const VERBS: readonly Verb[] = [
  (run, _a, values) => {
    for (const value of values) {
      if (!run.overwrites && run.room() === 0) {
        refused(() => run.ring.push(value), "POOL_EXHAUSTED", /capacity/);
      } else {
        run.ring.push(value);
        run.append([value]);
      }
    }
  },
  (run, _a, values) => {
    for (const value of values) {
      const hasRoom = run.room() > 0;
      assert.equal(run.ring.tryPush(value), hasRoom);
      if (hasRoom) run.append([value]);
    }
  },
  (run, _a, values) => extend(run, values, plainOf(run.type, values)),
  (run, _a, values, pool) => {
    using vector = vec(pool, run.type).extend(values);
    extend(run, values, vector);
  },
  (run, a, values) => {
    // One after the other, in either form.
    const taken = run.overwrites ? values : values.slice(0, run.room());
    run.ring.extend(a % 2 === 0 ? taken : new Map(taken.entries()).values());
    run.append(taken);
  },
  (run) => extend(run, [...run.model], run.ring),
  (run, a) => extend(run, run.model.slice(a % 9), run.ring.subarray(a % 9)),
  (run, a) => {
    for (let i = 0; i < a % 20; i++) assert.deepEqual(run.ring.shift(), run.model.shift());
  },
  (run) => assert.deepEqual(run.ring.pop(), run.model.pop()),
  (run, a) => {
    run.ring.drop(a % 20);
    run.model.splice(0, a % 20);
  },
  (run, a) => {
    if (a % 5 !== 0) return;
    run.ring.clear();
    run.model.length = 0;
  },
  (run, a) => {
    const { length } = run.model;
    for (const index of [-1, length, length + a, 0.5, NaN])
      refused(() => run.ring.get(index), "OUT_OF_BOUNDS");
    if (length > 0) assert.deepEqual(run.ring.get(a % length), run.model[a % length]);
  },
  (run) => {
    const wrong = isBigintType(run.type) ? 1 : 1n;
    assert.throws(
      () => run.ring.push(wrong),
      run.overwrites || run.room() > 0 ? TypeError : { code: "POOL_EXHAUSTED" },
    );
  },
];

/** How many verbs there are. */
export const VERB_COUNT: number = VERBS.length;

/** Runs a program on a new ring of a pool, and ends with nothing of it in use. */
export function runRingProgram(
  pool: Pool,
  type: ArrayType,
  shape: { readonly capacity: number; readonly overwrites: boolean },
  steps: readonly Step[],
): void {
  const run = new RingModel(pool, type, shape.capacity, shape.overwrites);
  for (const [verb, a, values] of steps) {
    VERBS[verb](run, a, values, pool);
    run.verify();
  }
  run.ring.release();
  run.neighbours.release();
  assert.equal(pool.stats().inUse, 0);
}
