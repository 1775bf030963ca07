// Tests of the `kernels` functions: where they send an array, what they refuse, and how exact they are.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import {
  distancesF32Kernel,
  distancesF64Kernel,
  kernels,
  type KernelModule,
  MiB,
  numbersKernel,
  Pool,
  randomFrom,
  Region,
} from "@millpond/core";
import * as fc from "fast-check";

import * as reference from "./reference.ts";

type FloatArray = kernels.FloatArray;

const regions = {
  plain: Region.reserve(1 * MiB),
  shared: Region.reserve(1 * MiB, "shared"),
  buffer: Region.reserve(1 * MiB, "arraybuffer"),
};
const modules: readonly KernelModule<object>[] = [numbersKernel, distancesF32Kernel, distancesF64Kernel];

// An array of `length` numbers at an address of a region, or in a buffer of its own.
function numbersIn(
  region: Region | undefined,
  Type: typeof Float64Array | typeof Float32Array,
  length: number,
  address = 65_536,
): FloatArray {
  const array =
    region === undefined ? new Type(length) : new Type(region.buffer as ArrayBuffer, address, length);
  const random = randomFrom(length + address);
  for (let i = 0; i < length; i++) array[i] = random() - 0.5;
  return array;
}

// Runs `action` and tells how often a kernel was found for a buffer.
function kernelsFound(action: () => void): number {
  const spies = modules.map((module) => mock.method(module, "over"));
  try {
    action();
    return spies.flatMap((spy) => spy.mock.calls).filter((call) => call.result !== undefined).length;
  } finally {
    for (const spy of spies) spy.mock.restore();
  }
}

const ofOne: readonly ((array: FloatArray) => unknown)[] = [
  kernels.sum,
  kernels.mean,
  kernels.variance,
  kernels.min,
  kernels.max,
  kernels.minMax,
];
const ofTwo: readonly ((a: FloatArray, b: FloatArray) => unknown)[] = [
  kernels.dot,
  kernels.l2,
  kernels.l2Squared,
  kernels.cosine,
];

for (const Type of [Float32Array, Float64Array]) {
  test(`a ${Type.name} in wasm memory goes to a kernel, any other to a twin`, () => {
    for (const run of ofOne) {
      for (const [kind, region] of Object.entries(regions)) {
        const expected = kind === "buffer" ? 0 : 1;
        assert.equal(
          kernelsFound(() => run(numbersIn(region, Type, 100))),
          expected,
          `${run.name} in ${kind}`,
        );
      }
      assert.equal(
        kernelsFound(() => run(numbersIn(undefined, Type, 100))),
        0,
        `${run.name} in the heap`,
      );
    }
  });

  test(`two ${Type.name}s go to a kernel when they lie in one wasm memory`, () => {
    const low = numbersIn(regions.plain, Type, 100);
    const others: readonly [FloatArray, number][] = [
      [numbersIn(regions.plain, Type, 100, 131_072), 1],
      [numbersIn(regions.shared, Type, 100), 0],
      [numbersIn(regions.buffer, Type, 100), 0],
      [numbersIn(undefined, Type, 100), 0],
    ];
    for (const run of ofTwo) {
      for (const [other, expected] of others) {
        assert.equal(
          kernelsFound(() => run(other, low)),
          expected,
          run.name,
        );
        assert.equal(
          kernelsFound(() => run(low, other)),
          expected,
          run.name,
        );
      }
    }
  });

  test(`a kernel and a twin give one answer for a ${Type.name}, whatever the call`, () => {
    for (const length of [0, 1, 7, 16, 17, 100, 5000]) {
      const pooled = numbersIn(regions.plain, Type, length);
      const other = numbersIn(regions.plain, Type, length, 262_144);
      const own = [pooled.slice(), other.slice()];
      for (const run of ofOne) assert.deepEqual(run(pooled), run(own[0]));
      for (const run of ofTwo) assert.deepEqual(run(pooled, other), run(own[0], own[1]));
    }
  });

  test(`a small ${Type.name} is left to the twin, so that V8 need not move it out of its heap`, () => {
    const small = numbersIn(regions.plain, Type, 64 / Type.BYTES_PER_ELEMENT);
    for (const run of ofOne)
      assert.equal(
        kernelsFound(() => run(small)),
        0,
      );
    for (const run of ofTwo)
      assert.equal(
        kernelsFound(() => run(small, small)),
        0,
      );
  });
}

test("an empty array has the sum 0, and no mean, variance or extremes", () => {
  const none = new Float64Array(0);
  assert.equal(kernels.sum(none), 0);
  assert.deepEqual(
    [kernels.mean(none), kernels.variance(none), ...kernels.minMax(none)],
    [NaN, NaN, NaN, NaN],
  );
  assert.deepEqual([kernels.dot(none, none), kernels.l2(none, none), kernels.cosine(none, none)], [0, 0, 0]);
});

test("extremes skip NaN, and are +0 for either zero", () => {
  assert.deepEqual(kernels.minMax(Float64Array.of(NaN, 4, NaN, -2, NaN)), [-2, 4]);
  assert.deepEqual(kernels.minMax(Float32Array.of(-0, -0)), [0, 0]);
  assert.deepEqual(kernels.minMax(Float32Array.of(Infinity, NaN)), [Infinity, Infinity]);
  assert.deepEqual(kernels.minMax(new Float32Array(100).fill(NaN)), [NaN, NaN]);
});

test("the extremes are written into the array that was given", () => {
  const out = new Float64Array(3).fill(9);
  assert.equal(kernels.minMax(Float64Array.of(1, 2), out), out);
  assert.deepEqual([...out], [1, 2, 9]);
  assert.throws(() => kernels.minMax(Float64Array.of(1), new Float64Array(1)), { code: "BAD_ARGUMENT" });
});

test("a variance keeps its digits when the mean is large against the spread", () => {
  const length = 10_000;
  const random = randomFrom(7);
  const spread = Float64Array.from({ length }, () => random() - 0.5);
  const expected = kernels.variance(spread);
  const moved = spread.map((x) => x + 2 ** 30);
  // Moving by 2^30 rounds each number to a multiple of 2^-22; that is all that may be lost.
  assert(Math.abs(kernels.variance(moved) / expected - 1) < 1e-6);
  assert.equal(kernels.variance(moved, { sample: true }), (kernels.variance(moved) * length) / (length - 1));
  assert.equal(kernels.variance(Float64Array.of(5), { sample: true }), NaN);
});

test("results stay close to plain loops, which add in another order", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 9000 }), fc.boolean(), (seed, length, wide) => {
      const random = randomFrom(seed);
      const Type = wide ? Float64Array : Float32Array;
      const [a, b] = [new Type(length), new Type(length)];
      for (let i = 0; i < length; i++) [a[i], b[i]] = [random() - 0.5, random() - 0.5];
      let [sum, dot, l2] = [0, 0, 0];
      for (let i = 0; i < length; i++)
        [sum, dot, l2] = [sum + a[i], dot + a[i] * b[i], l2 + (a[i] - b[i]) ** 2];
      const unit = wide ? 2 ** -53 : 2 ** -24;
      // At most 264 roundings before terms leave their lanes and rests, and each is half a unit of terms below 1.
      const bound = 264 * unit * length + length * 2 ** -53 * length;
      assert(Math.abs(kernels.sum(a) - sum) <= bound);
      assert(Math.abs(kernels.dot(a, b) - dot) <= bound);
      assert(Math.abs(kernels.l2Squared(a, b) - l2) <= bound);
      const cosine = kernels.cosine(a, b);
      assert(cosine >= -1 && cosine <= 1);
    }),
    { numRuns: 50 },
  );
});

test("arguments of the wrong class or length are refused by every function", () => {
  const bad = [undefined, null, 1, "1", [1, 2], new Int32Array(4), new DataView(new ArrayBuffer(8))];
  for (const value of bad as unknown as FloatArray[]) {
    for (const run of ofOne) assert.throws(() => run(value), { name: "PoolError", code: "BAD_ARGUMENT" });
    for (const run of ofTwo) {
      assert.throws(() => run(value, new Float64Array(2)), { name: "PoolError", code: "BAD_ARGUMENT" });
      assert.throws(() => run(new Float32Array(2), value), { name: "PoolError", code: "BAD_ARGUMENT" });
    }
  }
  for (const run of ofTwo) {
    assert.throws(() => run(new Float32Array(2), new Float64Array(2)), { code: "BAD_ARGUMENT" });
    assert.throws(() => run(new Float32Array(2), new Float32Array(3)), {
      code: "LENGTH_MISMATCH",
      message: "expected two arrays of one length, got lengths 2 and 3",
    });
  }
});

test("arrays of a pool meet in one region, and distances come from a kernel", () => {
  const pool = new Pool();
  const [query, rows, out] = [30, 300, 10].map((length) => pool.acquire(Float32Array, length));
  rows.forEach((_, i) => (rows[i] = Math.sin(i)));
  query.set(rows.subarray(60, 90));
  const found = kernelsFound(() => kernels.distances(query, rows, { metric: "l2" }, out));
  assert.equal(found, 1);
  assert.equal(out[2], 0);
  assert(out.every((distance, row) => row === 2 || distance > 0));
  for (const array of [query, rows, out]) pool.release(array);
  pool.close();
});

test("distances to padded rows, to the first rows only, and in fewer dimensions", () => {
  for (const region of Object.values(regions)) {
    const rows = numbersIn(region, Float64Array, 50) as Float64Array;
    const query = numbersIn(region, Float64Array, 6, 131_072) as Float64Array;
    const out = numbersIn(region, Float64Array, 5, 262_144).fill(-7) as Float64Array;
    for (const metric of ["dot", "l2", "l2Squared", "cosine"] as const) {
      const found = kernels.distances(query, rows, { metric, dimensions: 4, stride: 80, count: 3 }, out);
      const expected = [0, 10, 20].map((start) =>
        reference.pairOf(metric, query.subarray(0, 4), rows.subarray(start, start + 4)),
      );
      assert.deepEqual([...found], [...expected, -7, -7]);
    }
  }
});

const region = regions.plain;
const refused: readonly [string, Parameters<typeof kernels.distances>, string][] = (() => {
  const [query, rows, out] = [4, 40, 10].map((length, slot) =>
    numbersIn(region, Float32Array, length, 65_536 * (slot + 1)),
  );
  const over = (address: number, length: number): FloatArray =>
    numbersIn(region, Float32Array, length, address);
  return [
    ["a metric that does not exist", [query, rows, { metric: "dots" as "dot" }, out], "BAD_ARGUMENT"],
    ["a metric of Object.prototype", [query, rows, { metric: "toString" as "dot" }, out], "BAD_ARGUMENT"],
    ["a query of another class", [new Float64Array(4), rows, { metric: "dot" }, out], "BAD_ARGUMENT"],
    [
      "a query that is no array",
      [null as unknown as FloatArray, rows, { metric: "dot" }, out],
      "BAD_ARGUMENT",
    ],
    ["rows of another class", [query, new Float64Array(40), { metric: "dot" }, out], "BAD_ARGUMENT"],
    ["a result of another class", [query, rows, { metric: "dot" }, new Float64Array(10)], "BAD_ARGUMENT"],
    ["fractional dimensions", [query, rows, { metric: "dot", dimensions: 1.5 }, out], "BAD_ARGUMENT"],
    ["negative dimensions", [query, rows, { metric: "dot", dimensions: -1 }, out], "BAD_ARGUMENT"],
    ["NaN dimensions", [query, rows, { metric: "dot", dimensions: NaN }, out], "BAD_ARGUMENT"],
    [
      "more dimensions than the query has",
      [query, rows, { metric: "dot", dimensions: 5 }, out],
      "LENGTH_MISMATCH",
    ],
    ["more rows than fit the result", [query, rows, { metric: "dot", count: 11 }, out], "LENGTH_MISMATCH"],
    ["a negative count", [query, rows, { metric: "dot", count: -1 }, out], "BAD_ARGUMENT"],
    ["a stride between elements", [query, rows, { metric: "dot", stride: 18 }, out], "BAD_ARGUMENT"],
    ["a negative stride", [query, rows, { metric: "dot", stride: -16 }, out], "BAD_ARGUMENT"],
    ["an endless stride", [query, rows, { metric: "dot", stride: Infinity }, out], "BAD_ARGUMENT"],
    [
      "rows that end one element early",
      [query, rows.subarray(0, 39), { metric: "dot" }, out],
      "OUT_OF_BOUNDS",
    ],
    [
      "rows beyond the end of their array",
      [query, rows, { metric: "dot", stride: 20 }, out],
      "OUT_OF_BOUNDS",
    ],
    ["a result among the rows", [query, rows, { metric: "dot" }, over(131_072 + 156, 10)], "BAD_ARGUMENT"],
    ["a result in the query", [query, rows, { metric: "dot" }, over(65_536 - 36, 10)], "BAD_ARGUMENT"],
  ];
})();

for (const [what, parameters, code] of refused) {
  test(`distances refuses ${what} and writes nothing`, () => {
    const out = parameters[3];
    const before = out.slice();
    assert.throws(() => kernels.distances(...parameters), { name: "PoolError", code });
    assert.deepEqual(out, before);
  });
}

test("a kernel is compiled once for each variant and instantiated once for each region", () => {
  assert.equal(numbersKernel.plain, numbersKernel.plain);
  assert.notEqual(numbersKernel.plain, numbersKernel.shared);
  assert.equal(numbersKernel.on(regions.plain), numbersKernel.over(regions.plain.buffer));
  assert.notEqual(numbersKernel.on(regions.plain), numbersKernel.on(Region.reserve(1 * MiB)));
  assert.equal(numbersKernel.on(regions.buffer), undefined);
  assert.equal(numbersKernel.over(new ArrayBuffer(8)), undefined);
});

test("kernels run in memories from one page on", () => {
  for (const kind of ["wasm", "shared"] as const) {
    const page = Region.reserve(1, kind);
    assert.equal(kernels.sum(new Float64Array(page.buffer, 32_768, 100).fill(2)), 200);
  }
});
