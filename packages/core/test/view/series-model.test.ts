// Every kind of source, and windows into windows of them, beside a plain array of numbers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { linspace, range, type Series, series, type SeriesLike, vec } from "@millpond/core";
import * as fc from "fast-check";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { refused, smallPool } from "../pool/modes.ts";
import { elementsOf, isBigintType, plainOf } from "./kinds.ts";

/** A source, and the numbers that a series of it has. */
type Made = readonly [source: SeriesLike, numbers: readonly number[]];

const doubles = fc.array(fc.double(), { maxLength: 50 });
const pool = smallPool();

const SOURCES: Record<string, fc.Arbitrary<Made>> = {
  "a plain array with gaps": fc
    .array(
      fc.oneof(fc.double(), fc.bigInt(), fc.date({ noInvalidDate: true }), fc.constantFrom(null, undefined)),
    )
    .map((items) => [items, items.map((item) => (item === null || item === undefined ? NaN : Number(item)))]),
  "a Node Buffer": doubles.map((values) => [Buffer.from(values), [...Buffer.from(values)]]),
  "an object with at": doubles.map((values) => [
    { length: values.length, at: (i: number) => values[i] },
    values,
  ]),
  "an object with get": doubles.map((values) => [
    { length: values.length, get: (i: number) => values[i] },
    values,
  ]),
  "an object with copyTo": doubles.map((values) => [
    {
      length: values.length,
      at: (i: number) => values[i],
      copyTo: (target: Float64Array, start: number, end: number) => target.set(values.slice(start, end)),
    },
    values,
  ]),
  "a vector": doubles.map((values) => [vec(pool, Float64Array).extend(values), values]),
  "a vector of bigints": fc
    .array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
    .map((values) => [vec(pool, BigInt64Array).extend(values), values.map(Number)]),
  "a series": doubles.map((values) => [series(values), values]),
  "a mapped series": doubles.map((values) => [
    series(values).map((value, index) => value / 2 + index),
    values.map((value, index) => value / 2 + index),
  ]),
  "a range": fc
    .tuple(fc.integer({ min: -50, max: 50 }), fc.nat(60), fc.constantFrom(1, 2, -1, -3, 0.5))
    .map(([start, count, step]) => [
      range(start, start + count * step, step),
      Array.from({ length: count }, (_, index) => start + index * step),
    ]),
  "a linspace": fc
    .nat(40)
    .map((count) => [
      linspace(-1, 7, count),
      Array.from({ length: count }, (_, index) =>
        index > 0 && index === count - 1 ? 7 : -1 + (8 / (count - 1 || 1)) * index,
      ),
    ]),
};
for (const type of ARRAY_TYPES) {
  SOURCES[type.name] = fc
    .array(elementsOf(type), { maxLength: 50 })
    .map((values) => plainOf(type, values))
    .map((array) => [array, [...array].map(Number)]);
}

/** A window: bounds as `subarray` takes them, and a step. */
const windows = fc.record(
  {
    start: fc.integer({ min: -60, max: 60 }),
    end: fc.integer({ min: -60, max: 60 }),
    step: fc.integer({ min: -4, max: 4 }).filter((step) => step !== 0),
  },
  { requiredKeys: [] },
);

function windowOf(numbers: readonly number[], start?: number, end?: number, step = 1): number[] {
  const part = numbers.slice(start, end);
  if (step < 0) part.reverse();
  return part.filter((_, index) => index % Math.abs(step) === 0);
}

function checkSeries(found: Series, numbers: readonly number[]): void {
  const { length } = numbers;
  assert.equal(found.length, length);
  assert.deepEqual(
    numbers.map((_, index) => found.at(index)),
    numbers,
  );
  assert.deepEqual(
    numbers.map((_, index) => found.at(index - length)),
    numbers,
  );
  assert.deepEqual([...found], numbers);
  assert.deepEqual([...found.toArray()], numbers);
  if (found.array !== undefined) assert.deepEqual([...found.array], numbers);
  for (const index of [length, -length - 1, length + 7, 0.5, NaN, -0.5, Infinity, "0" as never]) {
    refused(() => found.at(index), "OUT_OF_BOUNDS");
  }
}

function checkCopy(
  found: Series,
  numbers: readonly number[],
  size: number,
  start?: number,
  end?: number,
): void {
  for (const type of [Float64Array, Float32Array, Uint8Array, Int32Array]) {
    const target = new type(size).fill(99);
    const expected = target.slice();
    const part = numbers.slice(start, end).slice(0, size);
    expected.set(part);
    assert.equal(found.copyTo(target, start, end), part.length);
    assert.deepEqual(target, expected);
  }
}

for (const [name, sources] of Object.entries(SOURCES)) {
  test(`a series of ${name} reads as the plain array does, through any windows`, () => {
    const bound = fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined });
    const property = fc.property(
      sources,
      fc.array(windows, { maxLength: 3 }),
      fc.nat(70),
      bound,
      bound,
      (made, chain, size, start, end) => {
        let found = series(made[0]);
        let numbers = made[1];
        checkSeries(found, numbers);
        for (const options of chain) {
          found = series(found, options);
          numbers = windowOf(numbers, options.start, options.end, options.step);
          checkSeries(found, numbers);
        }
        checkSeries(found.subarray(start, end), numbers.slice(start, end));
        checkSeries(
          found.map((value, index) => value * 2 - index),
          numbers.map((value, index) => value * 2 - index),
        );
        checkCopy(found, numbers, size, start, end);
      },
    );
    fc.assert(property, { numRuns: 100 });
  });
}

for (const type of ARRAY_TYPES) {
  test(`a series of a ${type.name} is that array, and its plain windows are parts of it`, () => {
    const array = plainOf(
      type,
      [1, 2, 3, 4].map((value) => (isBigintType(type) ? BigInt(value) : value)),
    );
    const found = series(array);
    if (isBigintType(type)) {
      assert.equal(found.array, undefined);
      return;
    }
    assert.equal(found.array, array);
    const part = series(array, { start: 1, end: -1 });
    assert.equal(part.array?.buffer, array.buffer);
    assert.equal(part.array?.byteOffset, type.BYTES_PER_ELEMENT);
    assert.equal(part.array?.length, 2);
    assert.equal(series(array, { step: 2 }).array, undefined);
    array[2] = 9;
    assert.equal(part.at(1), 9);
  });
}
