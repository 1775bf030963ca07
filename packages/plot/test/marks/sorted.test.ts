// Lines whose x is declared to ascend: the same pixels, few of x read, and no harm where the declaration is false.

import assert from "node:assert/strict";
import { test } from "node:test";

import { linspace, Pool, type SeriesLike } from "@millpond/core";
import * as fc from "fast-check";

import { PlotError } from "../../src/errors.ts";
import { type Plot, plot } from "../../src/figure/plot.ts";

const [WIDTH, HEIGHT] = [120, 90];
const pool = new Pool({ name: "sorted" });

function draw(fill: (figure: Plot) => Plot): Uint8Array {
  const figure = fill(plot({ width: WIDTH, height: HEIGHT, dpi: 50, pool }));
  try {
    return figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
  } finally {
    assert.equal(pool.stats().bytesInUse, 0);
  }
}

type Way = (figure: Plot, xs: SeriesLike, ys: SeriesLike, sorted: boolean | undefined) => Plot;

const ways: readonly Way[] = [
  (figure, xs, ys, sorted) => figure.line(xs, ys, { sorted }),
  (figure, xs, ys, sorted) => figure.step(xs, ys, { sorted }),
  (figure, xs, ys, sorted) => figure.area(xs, ys, { sorted }),
];

// Numbers that count how many of them were read.
function counted(numbers: ArrayLike<number>): { source: SeriesLike; reads: () => number } {
  let reads = 0;
  const at = (index: number): number => {
    reads++;
    return numbers[index];
  };
  return { source: { length: numbers.length, at }, reads: () => reads };
}

const values = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 50 });

test("declaring that x ascends changes no pixel, on any scale", () => {
  fc.assert(
    fc.property(
      values,
      fc.constantFrom(3, 900, 4000),
      fc.constantFrom("linear", "log", "symlog"),
      fc.boolean(),
      fc.option(fc.tuple(fc.double({ min: 1, max: 400, noNaN: true }), fc.integer({ min: 500, max: 900 })), {
        nil: undefined,
      }),
      (few, count, scale, inverted, limits) => {
        const xs = Float64Array.from({ length: count }, (_, index) => Math.floor(index / 1.7) - 3);
        const ys = xs.map((_, index) => few[(index * 7) % few.length]);
        for (const way of ways) {
          const made = (sorted: boolean | undefined): Uint8Array =>
            draw((figure) => way(figure, xs, ys, sorted).xaxis({ scale, inverted, limits }));
          assert.deepEqual(made(true), made(undefined));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("of x that is declared to ascend a few are read for each column of pixels", () => {
  const count = 200_000;
  const xs = Float64Array.from({ length: count }, (_, index) => index ** 1.5);
  const ys = xs.map((_, index) => Math.sin(index / 300));
  const [told, untold] = [counted(xs), counted(xs)];
  draw((figure) => figure.line(told.source, ys, { sorted: true }));
  draw((figure) => figure.line(untold.source, ys));
  assert(told.reads() < 30 * WIDTH, `${told.reads()} reads`);
  assert(untold.reads() > count);
});

test("evenly spaced x draws the same as its numbers in an array", () => {
  const even = linspace(-2, 7, 5000);
  const ys = Float64Array.from({ length: 5000 }, (_, index) => Math.sin(index * index));
  assert.deepEqual(
    draw((figure) => figure.line(even, ys)),
    draw((figure) => figure.line(even.toArray(), ys)),
  );
});

test("a false declaration gives a picture or a PlotError, and all memory back", () => {
  const any = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0, 1e308, -1e308));
  fc.assert(
    fc.property(
      fc.array(any, { minLength: 1, maxLength: 40 }),
      fc.nat(3000),
      values,
      (few, count, heights) => {
        const xs = Float64Array.from({ length: count }, (_, index) => few[(index * 13) % few.length]);
        const ys = xs.map((_, index) => heights[index % heights.length]);
        for (const way of ways) {
          try {
            draw((figure) => way(figure, xs, ys, true));
          } catch (error) {
            assert(error instanceof PlotError, String(error));
            assert.equal(error.code, "BAD_DATA");
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("x that ends before it starts is refused by name, and sorted is true or false", () => {
  assert.throws(() => draw((figure) => figure.line([3, 2, 1], [1, 2, 3], { sorted: true, label: "speed" })), {
    name: "PlotError",
    code: "BAD_DATA",
    message: /^line "speed": expected x that ascends, as sorted says, got 3 at its start and 1 at its end/,
  });
  assert.throws(() => plot().line([1, 2], { sorted: 1 as unknown as boolean }), { code: "BAD_ARGUMENT" });
});
