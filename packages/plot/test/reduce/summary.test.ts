// Summaries: kernel and twin against a plain reading, at all lengths and offsets about a block, in painted memory.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MiB, Pool, Region, series } from "@millpond/core";
import * as fc from "fast-check";

import { columnsKernel } from "../../src/kernel/columns.wasm.ts";
import { ascends, BLOCK, blockExtremes } from "../../src/reduce/summary-twin.ts";
import { extentOf, extremesBetween, firstMissing, isAscending, summarize } from "../../src/reduce/summary.ts";
import { Workspace } from "../../src/reduce/workspace.ts";

const BASE = 65_536;
const PAINT = -12345.5;

interface Implementation {
  readonly name: string;
  readonly memory: Float64Array;
  extremes(at: number, count: number, lows: number, highs: number): void;
  ascends(at: number, count: number, before: number): boolean;
}

function implementations(): Implementation[] {
  const found: Implementation[] = [];
  for (const kind of ["wasm", "shared"] as const) {
    const region = Region.reserve(1 * MiB, kind);
    const memory = new Float64Array(region.buffer, BASE, 20_000);
    const kernel = columnsKernel.on(region)!;
    const address = (index: number): number => BASE + 8 * index;
    found.push({
      name: `${kind} kernel`,
      memory,
      extremes: (at, count, lows, highs) =>
        kernel.blockExtremes(address(at), count, address(lows), address(highs)),
      ascends: (at, count, before) => kernel.ascends(address(at), count, before) === 1,
    });
  }
  const memory = new Float64Array(20_000);
  found.push({
    name: "twin",
    memory,
    extremes: (at, count, lows, highs) =>
      blockExtremes(memory, at, count, memory.subarray(lows), memory.subarray(highs), 0),
    ascends: (at, count, before) => ascends(memory, at, count, before),
  });
  return found;
}

const all = implementations();
const numbers = fc.array(
  fc.oneof(
    { weight: 40, arbitrary: fc.double({ noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, -0, 0) },
  ),
  {
    minLength: 1,
    maxLength: 40,
  },
);

test("blocks have the extremes of their numbers, and NaN where one of them is", () => {
  fc.assert(
    fc.property(
      numbers,
      fc.integer({ min: 0, max: 1100 }),
      fc.integer({ min: 0, max: 15 }),
      (few, count, offset) => {
        const values = Array.from(
          { length: count },
          (_, index) => few[(index * 3 + (index >> 6)) % few.length],
        );
        const blocks = Math.ceil(count / BLOCK);
        for (const implementation of all) {
          const { memory } = implementation;
          memory.fill(PAINT);
          memory.set(values, offset);
          implementation.extremes(offset, count, 3000, 4000);
          for (let block = 0; block < blocks; block++) {
            const part = values.slice(BLOCK * block, BLOCK * (block + 1));
            // Adding zero makes one zero of the two.
            assert.deepEqual(memory[3000 + block], Math.min(...part) + 0, implementation.name);
            assert.deepEqual(memory[4000 + block], Math.max(...part) + 0, implementation.name);
          }
          assert.equal(memory[3000 + blocks], PAINT);
          assert.equal(memory[4000 + blocks], PAINT);
          assert.equal(memory[2999], PAINT);
        }
      },
    ),
  );
});

test("a fall or a NaN anywhere in a list ends its ascent", () => {
  const counts = [0, 1, 2, 3, 255, 256, 511, 512, 513, 514, 1024, 1025, 1500];
  for (const implementation of all) {
    const { memory } = implementation;
    for (const count of counts) {
      for (let index = 0; index < count + 2; index++) memory[index] = index >> 1;
      assert(implementation.ascends(0, count, -Infinity), `${implementation.name} ${count}`);
      assert.equal(implementation.ascends(0, count, 1), count === 0);
      for (const bad of [-1, NaN]) {
        for (const place of [0, 1, count >> 1, count - 2, count - 1]) {
          if (place < 0 || place >= count || (place === 0 && bad === -1)) continue;
          const kept = memory[place];
          memory[place] = bad;
          assert(
            !implementation.ascends(0, count, -Infinity),
            `${implementation.name} ${count} ${place} ${bad}`,
          );
          memory[place] = kept;
        }
      }
    }
  }
});

test("extremes between any two places, the extent of what can be drawn, and the first that cannot", () => {
  const pool = new Pool();
  const few = fc.oneof(
    { weight: 500, arbitrary: fc.double({ min: -9, max: 9, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
  );
  const lists = fc.array(few, { maxLength: 1500, size: "max" });
  fc.assert(
    fc.property(lists, fc.nat(1500), fc.nat(1500), fc.boolean(), (list, a, b, plain) => {
      const workspace = new Workspace(pool);
      const data = series(plain ? list : Float64Array.from(list));
      const summary = summarize(data, workspace);
      const [start, end] = [Math.min(a, b, list.length), Math.min(Math.max(a, b), list.length)];
      const part = list.slice(start, end);
      assert.deepEqual(
        [...extremesBetween(summary, start, end)].map((x) => x + 0),
        [Math.min(...part) + 0, Math.max(...part) + 0],
      );
      const good = list.filter((value) => value >= -5 && value < Infinity);
      const extent = extentOf(summary, -5);
      assert.deepEqual([extent.low + 0, extent.high + 0], [Math.min(...good) + 0, Math.max(...good) + 0]);
      assert.equal(
        firstMissing(summary, -5),
        list.findIndex((value) => !(value >= -5 && value < Infinity)),
      );
      assert.equal(
        isAscending(data, workspace),
        list.every((value, index) => value >= (list[index - 1] ?? -Infinity)),
      );
      workspace.release();
    }),
    { endOnFailure: true },
  );
  assert.equal(pool.stats().bytesInUse, 0);
});

test("the extremes of an array in another region are the same as those of a copy.", () => {
  const pool = new Pool();
  const other = new Pool({ name: "another memory" });
  for (const count of [9, BLOCK - 1, BLOCK, 3 * BLOCK + 5]) {
    const values = other.acquire(Float64Array, count);
    for (let index = 0; index < count; index++) values[index] = Math.sin(index * 7);
    if (count > 3 * BLOCK) values[BLOCK + 2] = NaN;
    const workspace = new Workspace(pool);
    const apart = summarize(series(values), workspace);
    const copied = summarize(series(Float64Array.from(values)), workspace);
    assert.deepEqual(apart.lows, copied.lows);
    assert.deepEqual(apart.highs, copied.highs);
    assert.notEqual(values.buffer, apart.lows.buffer);
    workspace.release();
    other.release(values);
  }
});
