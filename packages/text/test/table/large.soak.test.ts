// Texts beyond 2 and 4 GiB, in the memory of one window; they are made up while they are read.

import assert from "node:assert/strict";
import { test } from "node:test";

import { GiB, kernels, MiB, Pool } from "@millpond/core";
import { rows, type SyncReader, TextError } from "@millpond/text";

const line = new TextEncoder().encode('12345,"a, b",0.25\n');
const block = new Uint8Array(line.length * 10_000);
for (let at = 0; at < block.length; at += line.length) block.set(line, at);

// So many bytes of the same line again and again, then something else.
function repeating(bytes: number, tail: Uint8Array): SyncReader {
  let given = 0;
  return {
    sync: true,
    read(target) {
      const from = given < bytes ? block : tail;
      const start = given < bytes ? given % block.length : given - bytes;
      const left = given < bytes ? Math.min(bytes - given, from.length - start) : from.length - start;
      const count = Math.min(left, target.length);
      target.set(from.subarray(start, start + count));
      given += count;
      return count;
    },
  };
}

test("4.2 GiB are read in the memory of a window, and an error behind them has its place.", () => {
  const pool = new Pool();
  const lines = Math.ceil((4.2 * GiB) / line.length);
  const source = repeating(lines * line.length, new TextEncoder().encode("1,2\n"));
  for (const row of rows(repeating(50 * MiB, line.subarray(0, 0)), { pool, ragged: "keep" }))
    if (row.index > 1e6) break;
  globalThis.gc!();
  const before = process.memoryUsage.rss();
  let count = 0;
  let sum = 0;
  let failure: unknown;
  try {
    for (const batch of rows(source, { pool }).batches()) {
      count += batch.rowCount;
      sum += kernels.sum(batch.floats(2));
    }
  } catch (error) {
    failure = error;
  }
  assert(failure instanceof TextError);
  assert.equal(failure.code, "RAGGED_ROW");
  assert.deepEqual(failure.place, { line: lines + 1, column: 1, offset: lines * line.length });
  assert.equal(count, lines);
  assert.equal(sum, lines / 4);
  const grown = process.memoryUsage.rss() - before;
  assert(grown < 30 * MiB, `resident memory grew by ${grown} bytes`);
  assert.equal(pool.stats().inUse, 0);
});

test("kept fields hold their own bytes and nothing else.", () => {
  const kept: string[] = [];
  const pool = new Pool();
  for (const row of rows(repeating(80 * MiB, line.subarray(0, 0)), { pool, ragged: "keep" })) {
    if (row.index === 0) globalThis.gc!();
    if (row.index % 800 === 0) kept.push(row.string(0) + row.string(2));
  }
  const before = process.memoryUsage();
  const long: string[] = [];
  const text = `${"x".repeat(40)},y\n`.repeat(2_000_000);
  for (const row of rows(new TextEncoder().encode(text), { pool })) {
    // The short field has a page decoded, in which the long one of the next row lies.
    assert.equal(row.string(1), "y");
    if (row.index % 1600 === 0) long.push(row.string(0));
  }
  globalThis.gc!();
  globalThis.gc!();
  const after = process.memoryUsage();
  const held = after.heapUsed + after.external - before.heapUsed - before.external;
  assert.equal(long.length, 1250);
  assert(held < 2 * MiB, `1,250 strings of 40 characters hold ${held} bytes`);
  assert(kept.length > 5000);
});
