// What series promise beyond reading: following what grows, noticing what is gone, refusing what is no number.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { isSeriesLike, linspace, Pool, range, records, series, type SeriesLike, vec } from "@millpond/core";
import { refused, smallPool } from "../pool/modes.ts";

test("a series of a vector follows it to its next block and reads no other", () => {
  const pool = smallPool({ check: "checked" });
  using xs = vec(pool, Float64Array).extend([1, 2, 3]);
  const live = series(xs);
  const doubled = live.map((x) => x * 2);
  const { array } = live;
  assert.equal(array, xs.array);
  while (xs.length < 5000) xs.push(xs.length + 1);
  assert.equal(live.length, 5000);
  assert.equal(live.at(-1), 5000);
  assert.equal(doubled.at(4999), 10_000);
  assert.equal(live.array, xs.array);
  xs.truncate(2);
  assert.deepEqual([...live], [1, 2]);
});

test("a window keeps its length and throws when elements of it are gone", () => {
  const pool = smallPool();
  using xs = vec(pool, Float64Array).extend([1, 2, 3, 4, 5]);
  const tail = series(xs, { start: -2 });
  const odd = series(xs, { step: 2 });
  const back = series(xs, { step: -1 });
  assert.equal(tail.array, tail.array, "the part is kept");
  xs.extend(new Float64Array(1000));
  assert.deepEqual([...tail], [4, 5]);
  assert.deepEqual([...back], [5, 4, 3, 2, 1]);
  assert.equal(tail.array?.buffer, xs.array.buffer);
  assert.equal(tail.array?.byteOffset, xs.array.byteOffset + 24);
  xs.truncate(4);
  assert.equal(tail.at(0), 4);
  assert.deepEqual(odd.subarray(0, 2).toArray(), Float64Array.of(1, 3));
  for (const gone of [
    () => tail.at(1),
    () => tail.array,
    () => tail.toArray(),
    () => odd.at(2),
    () => odd.toArray(),
    () => back.at(0),
    () => back.toArray(),
    () => back.copyTo(new Float64Array(1)),
  ]) {
    refused(gone, "OUT_OF_BOUNDS");
  }
});

test("a series of a released vector throws", () => {
  const xs = vec(smallPool(), Float64Array).extend([1, 2, 3]);
  const [live, tail] = [series(xs), series(xs, { start: 1 })];
  xs.release();
  for (const found of [live, tail]) {
    refused(() => found.at(0), "USE_AFTER_RELEASE");
    refused(() => found.array, "USE_AFTER_RELEASE");
    refused(() => found.copyTo(new Float64Array(1), 0, 1), "USE_AFTER_RELEASE");
  }
});

test("in a strict pool a series of a released array has no elements left", () => {
  const pool = new Pool({ check: "strict" });
  const xs = pool.acquire(Float64Array, 10);
  const [whole, odd] = [series(xs), series(xs, { start: 1, step: 2 })];
  assert.equal(odd.at(4), 0);
  pool.release(xs);
  for (const found of [whole, odd]) refused(() => found.at(4), "OUT_OF_BOUNDS");
});

test("a column of records is a series, also after the table has moved", () => {
  const points = records(new Pool(), { x: "f64", y: "f32" }, { capacity: 1 });
  const xs = series(points.column("x"));
  for (let i = 0; i < 100; i++) points.add({ x: i, y: -i });
  assert.equal(xs.length, 100);
  assert.deepEqual(
    xs.toArray(),
    Float64Array.from({ length: 100 }, (_, index) => index),
  );
  assert.equal(series(points.column("y")).at(-1), -99);
});

test("a plain array may grow, and what is no number is refused with its index", () => {
  const items: number[] = [1, 2];
  const found = series(items);
  items.push(3, "four" as unknown as number);
  assert.equal(found.at(2), 3);
  refused(() => found.at(3), "BAD_ARGUMENT", /index 3/, /"four"/);
  refused(() => found.toArray(), "BAD_ARGUMENT", /index 3/);
  refused(() => series(["one"] as unknown as number[]), "BAD_ARGUMENT", /index 0/);
  refused(() => series([true] as unknown as number[]), "BAD_ARGUMENT");
});

test("a holder whose array changes its class is followed, and one that loses it is refused", () => {
  const holder: { array: Float64Array | Int8Array | undefined } = { array: Float64Array.of(1.5) };
  const found = series(holder as { array: Float64Array });
  holder.array = Int8Array.of(7, 8);
  assert.equal(found.at(1), 8);
  assert.equal(found.array, holder.array);
  holder.array = undefined;
  assert.throws(() => found.at(0));
});

test("subclasses of typed arrays are read as what they are", () => {
  const bytes = Buffer.from([1, 2, 3]);
  assert.equal(series(bytes).array, bytes);
});

test("without options a series of a series is that series", () => {
  const found = series([1, 2]);
  assert.equal(series(found), found);
  assert.deepEqual([...series(found, {})], [1, 2]);
});

test("isSeriesLike and series agree on what they take", () => {
  const takes: readonly unknown[] = [
    [],
    [null, 3],
    [undefined],
    [new Date(0)],
    new Float32Array(2),
    Buffer.alloc(2),
    series([1]),
    { array: new Int8Array(1) },
    { length: 1, at: () => 1 },
    { length: 1, get: () => null },
    vec(new Pool(), Uint8Array),
    range(3),
  ];
  const refuses: readonly unknown[] = [
    ["a"],
    [{}],
    [[1]],
    "12",
    12,
    null,
    undefined,
    {},
    { length: 3 },
    { at: () => 1 },
    { length: "3", at: () => 1 },
    new DataView(new ArrayBuffer(8)),
    new Set([1]),
    () => 1,
  ];
  for (const source of takes) {
    assert.equal(isSeriesLike(source), true);
    series(source as SeriesLike);
  }
  for (const source of refuses) {
    assert.equal(isSeriesLike(source), false);
    refused(() => series(source as SeriesLike), "BAD_ARGUMENT");
  }
  assert.equal(isSeriesLike([null, "a"]), false);
});

test("bounds, steps, targets and functions that cannot be are refused", () => {
  const found = series([1, 2, 3]);
  for (const wrong of [0.5, NaN, "1", null]) {
    refused(() => series([1], { start: wrong as number }), "BAD_ARGUMENT", /start/);
    refused(() => series([1], { end: wrong as number }), "BAD_ARGUMENT", /end/);
    refused(() => series([1], { step: wrong as number }), "BAD_ARGUMENT", /step/);
    refused(() => found.copyTo(new Float64Array(1), wrong as number), "BAD_ARGUMENT", /start/);
    if (wrong !== 0.5) refused(() => range(wrong as number, 5, 2), "BAD_ARGUMENT");
  }
  refused(() => series([1], { step: 0 }), "BAD_ARGUMENT", /step/);
  for (const wrong of [[1], new BigInt64Array(1), undefined, new DataView(new ArrayBuffer(8))]) {
    refused(() => found.copyTo(wrong as unknown as Float64Array), "BAD_ARGUMENT", /typed array of numbers/);
  }
  refused(() => found.map(3 as never), "BAD_ARGUMENT");
  refused(() => range(0, 5, 0), "BAD_ARGUMENT", /step/);
  refused(() => range(Infinity), "BAD_ARGUMENT");
  refused(() => range(2 ** 33), "BAD_ARGUMENT");
  refused(() => linspace(0, NaN, 3), "BAD_ARGUMENT");
  refused(() => linspace(0, 1, -1), "BAD_ARGUMENT", /count/);
});

test("ranges include their start, exclude their stop, and hit the ends of a linspace exactly", () => {
  assert.deepEqual([...range(0)], []);
  assert.deepEqual([...range(3, 3)], []);
  assert.deepEqual([...range(3, 0)], []);
  assert.deepEqual([...range(0, 10, 4)], [0, 4, 8]);
  assert.deepEqual([...linspace(2, 5, 1)], [2]);
  assert.deepEqual([...linspace(2, 5, 0)], []);
  assert.equal((1 / 49) * 49, 0.9999999999999999, "here 49 steps do not reach the end");
  const steps = linspace(0, 1, 50);
  assert.equal(steps.at(49), 1);
  assert.equal(steps.toArray()[49], 1);
  assert.equal(steps.copyTo(new Float64Array(2), 48), 2);
  assert.equal(steps.copyTo(new Float64Array(2), 49), 1);
});

test("a series says that it ascends only where it does, and upward ranges and parts of them do say so", () => {
  const bound = fc.oneof(
    fc.integer({ min: -50, max: 50 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(5e-324, -5e-324, 1e308, -1e308, Number.MAX_VALUE),
  );
  fc.assert(
    fc.property(bound, bound, fc.nat(40), fc.integer({ min: -3, max: 3 }), (start, stop, count, step) => {
      const whole = linspace(start, stop, count);
      const part = step === 0 ? whole : series(whole, { step });
      for (const found of [whole, part]) {
        const items = [...found];
        const ascends = items.every((item, index) => item >= (items[index - 1] ?? -Infinity));
        if (found.ascending) assert(ascends, String(items));
      }
      const apart = stop - start;
      if (apart > 1e-300 && apart < Infinity) assert(whole.ascending);
      assert.equal(part.ascending, whole.ascending && step >= 0);
    }),
    { numRuns: 2000 },
  );
  assert(range(0).ascending && range(7).ascending && !range(7, 0, -1).ascending);
  assert(!linspace(0, 5e-324 * 5, 8).ascending, "steps of the smallest number there is overshoot the end");
  assert(!series([1, 2]).ascending && !series(Float64Array.of(1, 2)).ascending);
});
