// Random programs for vectors, run beside a plain array. After each step everything that can be seen of the vector
// must be what the plain array says, and the painted arrays around it must be intact.
import assert from "node:assert/strict";
import { type ArrayType, type Pool, type TypedArray, type Values, type Vec, vec } from "@millpond/core";
import { refused } from "../pool/modes.ts";
import { type Element, isBigintType, plainOf, stored } from "./kinds.ts";
import { Neighbours } from "./neighbours.ts";

/** One step: what to do, two numbers that say where, and some values. */
export type Step = readonly [verb: number, a: number, b: number, values: readonly Element[]];

/** A vector and the plain array that it must equal. */
class VecModel {
  readonly type: ArrayType;
  readonly pool: Pool;
  readonly neighbours: Neighbours;
  vector: Vec;
  model: Element[] = [];

  constructor(pool: Pool, type: ArrayType) {
    this.pool = pool;
    this.type = type;
    this.neighbours = new Neighbours(pool);
    this.vector = vec(pool, type);
  }

  /** The values as the vector will hold them. */
  convert(values: readonly Element[]): Element[] {
    return values.map((value) => stored(this.type, value));
  }

  /** A place from 0 to `length`. */
  place(number: number): number {
    return number % (this.model.length + 1);
  }

  verify(): void {
    const { vector, model } = this;
    assert.equal(vector.length, model.length);
    assert.ok(vector.capacity >= model.length);
    assert.equal(vector.array, vector.array, "the view is cached");
    assert.equal(vector.array.constructor, this.type);
    assert.deepEqual([...vector.array], model);
    assert.deepEqual([...vector], model);
    this.neighbours.verify();
  }

  finish(): void {
    this.vector.release();
    this.neighbours.release();
    assert.equal(this.pool.stats().inUse, 0);
  }
}

type Verb = (run: VecModel, a: number, b: number, values: readonly Element[]) => void;

// The same values in each form that vectors accept.
const FORMS: readonly ((
  type: ArrayType,
  values: readonly Element[],
) => Iterable<Element> | ArrayLike<Element>)[] = [
  (_, values) => values,
  (type, values) => plainOf(type, values),
  (_, values) => new Set(values.map((value) => [value])).values().map(([value]) => value),
  (_, values) =>
    Object.assign({ length: 0 }, Object.fromEntries(values.entries()), { length: values.length }),
  (type, values) => ({ length: values.length, array: plainOf(type, values) }),
];

function inForm(run: VecModel, form: number, values: readonly Element[]): Values<TypedArray> {
  return FORMS[form % FORMS.length](run.type, values) as Values<TypedArray>;
}

const VERBS: readonly Verb[] = [
  (run, _a, _b, values) => {
    for (const value of values) {
      assert.equal(run.vector.push(value), run.model.push(stored(run.type, value)));
    }
  },
  (run) => assert.deepEqual(run.vector.pop(), run.model.pop()),
  (run, a, _b, values) => {
    run.vector.extend(inForm(run, a, values));
    run.model.push(...run.convert(values));
  },
  (run) => {
    run.vector.extend(run.vector);
    run.model.push(...run.model);
    shorten(run);
  },
  (run, a, b) => {
    const [start, end] = [run.place(a), run.place(b)];
    run.vector.extend(run.vector.subarray(start, end));
    run.model.push(...run.model.slice(start, end));
    shorten(run);
  },
  (run, a, b, values) => {
    run.vector.insert(run.place(a), inForm(run, b, values));
    run.model.splice(run.place(a), 0, ...run.convert(values));
  },
  (run, a, b) => {
    const [start, end] = [run.place(b), run.place(a + b)];
    run.vector.insert(run.place(a), run.vector.subarray(start, end));
    run.model.splice(run.place(a), 0, ...run.model.slice(start, end));
    shorten(run);
  },
  (run, a) => {
    run.vector.insert(run.place(a), run.vector);
    run.model.splice(run.place(a), 0, ...run.model);
    shorten(run);
  },
  (run, a, b) => {
    const index = run.place(a);
    const count = b % (run.model.length - index + 1);
    run.vector.remove(index, count);
    run.model.splice(index, count);
  },
  (run, a) => {
    run.vector.truncate(a);
    run.model.length = Math.min(run.model.length, a);
  },
  (run, a, _b, values) => {
    const filler = values.at(0) ?? (isBigintType(run.type) ? 0n : 0);
    run.vector.resize(a, values.at(0));
    while (run.model.length < a) run.model.push(stored(run.type, filler));
    run.model.length = a;
  },
  (run, a) => {
    run.vector.reserve(a);
    assert.ok(run.vector.capacity >= a);
  },
  (run) => {
    run.vector.shrinkToFit();
    const { length } = run.model;
    assert.equal(run.vector.capacity, length === 0 ? 0 : run.pool.capacityFor(run.type, length));
  },
  (run) => {
    run.vector.clear();
    run.model.length = 0;
  },
  (run) => {
    run.vector.sort();
    run.model = [...plainOf(run.type, run.model).sort()];
  },
  (run) => {
    run.vector.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
    run.model = [
      ...(plainOf(run.type, run.model) as Float64Array).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
    ];
  },
  (run) => {
    run.vector.reverse();
    run.model.reverse();
  },
  (run, a, b, values) => {
    if (values.length === 0) return;
    run.vector.fill(values[0], run.place(a), run.place(b));
    run.model.fill(stored(run.type, values[0]), run.place(a), run.place(b));
  },
  (run, a, b) => {
    const value =
      run.model.length === 0
        ? stored(run.type, isBigintType(run.type) ? 1n : 1)
        : run.model[a % run.model.length];
    assert.equal(run.vector.indexOf(value), run.model.indexOf(value));
    assert.equal(run.vector.indexOf(value, run.place(b)), run.model.indexOf(value, run.place(b)));
  },
  (run, a, _b, values) => {
    const index = run.place(a);
    if (index === run.model.length || values.length === 0) return;
    run.vector.set(index, values[0]);
    run.model[index] = stored(run.type, values[0]);
    assert.deepEqual(run.vector.get(index), run.model[index]);
    assert.deepEqual(run.vector.at(index - run.model.length), run.model[index]);
  },
  (run) => {
    const copy = run.vector.clone();
    run.vector.release();
    run.vector = copy;
  },
  (run) => {
    const array = run.vector.detach();
    assert.equal(array.length, run.model.length);
    assert.deepEqual([...array], run.model);
    run.pool.release(array);
    run.model.length = 0;
  },
  (run, a) => {
    const { length } = run.model;
    for (const index of [-1, length, length + a, 0.5, NaN]) {
      refused(() => run.vector.get(index), "OUT_OF_BOUNDS");
      refused(() => run.vector.set(index, isBigintType(run.type) ? 1n : 1), "OUT_OF_BOUNDS");
    }
    refused(() => run.vector.insert(length + 1 + a, []), "OUT_OF_BOUNDS");
    refused(() => run.vector.remove(0, length + 1), "OUT_OF_BOUNDS");
    refused(() => run.vector.remove(-1), "OUT_OF_BOUNDS");
    assert.equal(run.vector.at(length), undefined);
    assert.equal(run.vector.at(-length - 1), undefined);
  },
  (run, a) => run.neighbours.add(a * 8),
  (run, a) => run.neighbours.drop(a),
];

// Doubling again and again would make the programs slow.
function shorten(run: VecModel): void {
  if (run.model.length <= 500) return;
  run.vector.truncate(100);
  run.model.length = 100;
}

/** How many verbs there are. */
export const VERB_COUNT = VERBS.length;

/** Runs a program on a vector of that class. */
export function runVecProgram(pool: Pool, type: ArrayType, steps: readonly Step[]): void {
  const run = new VecModel(pool, type);
  for (const [verb, a, b, values] of steps) {
    VERBS[verb](run, a, b, values);
    run.verify();
  }
  run.finish();
}
