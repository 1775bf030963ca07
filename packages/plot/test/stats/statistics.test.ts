// Statistics of many numbers: kernel and twin give the same bits, and both agree with a plain reading, in painted memory.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MiB, Pool, Region, series } from "@millpond/core";
import * as fc from "fast-check";

import { statisticsKernel } from "../../src/kernel/statistics.wasm.ts";
import { Workspace } from "../../src/reduce/workspace.ts";
import { binEdges, countInBins } from "../../src/stats/bins.ts";
import { colorPlaces } from "../../src/stats/color-places.ts";
import { deviation, sortedNumbers } from "../../src/stats/quantiles.ts";
import * as twin from "../../src/stats/statistics-twin.ts";

const BASE = 65_536;
const PAINT = 0x5a;
const kernels = (["wasm", "shared"] as const).map((kind) => {
  const region = Region.reserve(1 * MiB, kind);
  return { name: `${kind} kernel`, bytes: region.buffer, kernel: statisticsKernel.on(region)! };
});

// Numbers at an address that is a multiple of 8 and not always of 16, in memory full of paint.
function placed(buffer: ArrayBufferLike, values: readonly number[], offset: number): Float64Array {
  new Uint8Array(buffer, BASE).fill(PAINT);
  const array = new Float64Array(buffer, BASE + 8 * offset, values.length);
  array.set(values);
  return array;
}

function assertPaint(buffer: ArrayBufferLike, from: number, length: number): void {
  for (const byte of new Uint8Array(buffer, from, length)) assert.equal(byte, PAINT);
}

const any = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -3, max: 13, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 10, 5, 1e308, -1e308, 5e-324) },
);
const lists = fc.array(any, { maxLength: 300, size: "max" });
const offsets = fc.integer({ min: 0, max: 3 });

test("counts in bins are those of the edges.", () => {
  const workspace = new Workspace(new Pool());
  fc.assert(
    fc.property(lists, offsets, fc.integer({ min: 1, max: 30 }), (list, offset, bins) => {
      const edges = binEdges(bins, 0, 10, series([]), workspace);
      const bounds = Float64Array.from(edges).fill(Infinity, bins);
      const counts = new Uint32Array(bins);
      twin.countBins(Float64Array.from(list), 0, 10, bins / 10, bounds, counts);
      const within = (from: number, to: number, last: boolean): number =>
        list.filter((value) => value >= from && (last ? value <= to : value < to)).length;
      const expected = Array.from(counts, (_, bin) => within(edges[bin], edges[bin + 1], bin === bins - 1));
      assert.deepEqual([...counts], expected);
      for (const { name, bytes, kernel } of kernels) {
        const values = placed(bytes, list, offset);
        const from = BASE + 4096;
        new Float64Array(bytes, from, bins + 1).set(bounds);
        const to = BASE + 8192;
        const found = new Uint32Array(bytes, to, bins).fill(1);
        kernel.countBins(values.byteOffset, list.length, 0, 10, bins / 10, from, bins, to);
        const more = expected.map((count) => count + 1);
        assert.deepEqual([...found], more, name);
        assertPaint(bytes, to + 4 * bins, 64);
        assertPaint(bytes, to - 64, 64);
      }
    }),
    { endOnFailure: true },
  );
});

test("places on a scale of colours go from 1 to 255, and NaN has none.", () => {
  const placeOf = (value: number): number => {
    if (Number.isNaN(value)) return 0;
    return 1 + Math.min(254, Math.max(0, Math.floor(value * 25.5)));
  };
  fc.assert(
    fc.property(lists, offsets, (list, offset) => {
      const expected = list.map(placeOf);
      const places = new Uint8Array(list.length);
      twin.colorPlaces(Float64Array.from(list), 0, 25.5, places);
      assert.deepEqual([...places], expected);
      for (const { name, bytes, kernel } of kernels) {
        const values = placed(bytes, list, offset);
        const target = BASE + 8192 + offset;
        kernel.colorPlaces(values.byteOffset, list.length, 0, 25.5, target);
        assert.deepEqual([...new Uint8Array(bytes, target, list.length)], expected, name);
        assertPaint(bytes, target - 16, 16);
        assertPaint(bytes, target + list.length, 16);
      }
    }),
    { endOnFailure: true },
  );
});

test("sums and squares are the same bits in kernel and twin, and near those of a plain loop.", () => {
  fc.assert(
    fc.property(lists, offsets, fc.double({ min: -2, max: 2, noNaN: true }), (list, offset, middle) => {
      const numbers = Float64Array.from(list);
      const total = twin.sum(numbers, 0.5);
      const squares = twin.squares(numbers, middle);
      const tame = list.filter((value) => Math.abs(value) < 100);
      const plain = tame.reduce((sum, value) => sum + (value - middle) ** 2, 0);
      assert(Math.abs(twin.squares(Float64Array.from(tame), middle) - plain) <= 1e-9 * (1 + plain));
      for (const { name, bytes, kernel } of kernels) {
        const values = placed(bytes, list, offset);
        assert(Object.is(kernel.sum(values.byteOffset, list.length, 0.5), total), name);
        assert(Object.is(kernel.squares(values.byteOffset, list.length, middle), squares), name);
      }
    }),
    { endOnFailure: true },
  );
});

test("sorting leaves the numbers that were there, in ascending order, minus zero before zero.", () => {
  const ordered = fc.array(
    any.filter((value) => !Number.isNaN(value)),
    { maxLength: 300, size: "max" },
  );
  fc.assert(
    fc.property(ordered, offsets, (list, offset) => {
      const expected = Float64Array.from(list).sort();
      for (const { name, bytes, kernel } of kernels) {
        const values = placed(bytes, list, offset);
        const other = BASE + 8192;
        const table = other + 8 * list.length;
        kernel.sort(values.byteOffset, other, table, list.length);
        assert(
          values.every((value, index) => Object.is(value, expected[index])),
          name,
        );
        assertPaint(bytes, values.byteOffset + 8 * list.length, 64);
        assertPaint(bytes, table + 8192, 64);
      }
    }),
    { endOnFailure: true },
  );
});

function countsOf(values: Float64Array, workspace: Workspace): readonly number[] {
  const counts = new Float64Array(7);
  const total = countInBins(series(values), binEdges(7, 0, 10, series([]), workspace), counts, workspace);
  return [total, ...counts];
}

test("long lists are sorted, counted and coloured, the same with a kernel and without, also in pieces.", () => {
  const values = Float64Array.from({ length: 70_001 }, (_, index) => Math.sin(index * index) * 5 + 5);
  values[40_000] = NaN;
  const finite = values.filter((value) => Number.isFinite(value)).sort();
  const pools = [new Pool(), new Pool({ memory: "arraybuffer" })];
  const results = pools.map((pool) => {
    const workspace = new Workspace(pool);
    const pooled = workspace.numbers(values.length);
    pooled.set(values);
    const found = [values, pooled].map((source) => ({
      sorted: Float64Array.from(sortedNumbers(series(source), workspace)),
      places: Uint8Array.from(colorPlaces(series(source), 0, 10, workspace)),
      counts: countsOf(source, workspace),
    }));
    workspace.release();
    assert.equal(pool.stats().bytesInUse, 0);
    return found;
  });
  for (const { sorted, places, counts } of results.flat()) {
    assert.equal(counts[0], 70_000);
    assert.deepEqual(counts, results[0][0].counts);
    assert.deepEqual(sorted, finite);
    assert.deepEqual(places, results[0][0].places);
    assert.equal(places[40_000], 0);
    assert.equal(places[69_999], 1 + Math.floor(values[69_999] * 25.5));
  }
});

test("the spread of the largest numbers there are is finite as long as its square is.", () => {
  const large = Float64Array.of(1.7e308, 1.7e308, 1.7e308, 1.7e308);
  assert.equal(deviation(large), 0);
  assert.equal(deviation(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)), Math.sqrt(7.5));
});
