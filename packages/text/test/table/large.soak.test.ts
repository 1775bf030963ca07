// Texts beyond 2 and 4 GiB, in the memory of one window; they are made up while they are read. And rows that are large.

import assert from "node:assert/strict";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { GiB, kernels, MiB, Pool } from "@millpond/core";
import { rows, type SyncReader, TextError } from "@millpond/text";
import { file as open, fileSync } from "@millpond/text/node";

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

test("kept rows share the strings that their columns repeat, as lists and as objects.", () => {
  const pool = new Pool();
  const names = Array.from({ length: 8 }, (_, i) => `a name of some length: ${i}`);
  const text = Array.from({ length: 200_000 }, (_, i) => `${names[(i * 5) % 8]},"${names[i % 8]}"\n`).join(
    "",
  );
  const bytes = new TextEncoder().encode(text);
  for (const read of [
    () => Array.from(rows(bytes, { pool }).arrays(), ([, name]) => name),
    () => Array.from(rows(bytes, { pool, header: ["first", "name"] }).objects(), ({ name }) => name),
  ]) {
    globalThis.gc!();
    const before = process.memoryUsage().heapUsed;
    const kept = read();
    globalThis.gc!();
    globalThis.gc!();
    const held = process.memoryUsage().heapUsed - before;
    assert.equal(kept[123_457], names[123_457 % 8]);
    // Eight bytes for each place in the list; a string of its own would take forty more.
    assert(held < 200_000 * 16, `200,000 strings hold ${held} bytes`);
  }
});

test("a row of 100 MB is refused where it passes the limit, and read where it may have as many bytes.", () => {
  const pool = new Pool();
  const row = (bytes: number): SyncReader => {
    let given = 0;
    return {
      sync: true,
      read(target) {
        const count = Math.min(target.length, bytes - given);
        target.fill(0x78, 0, count);
        if (given === 0) target.set([0x61, 0x0a, 0x22]);
        given += count;
        if (given === bytes) target[count - 1] = 0x22;
        return count;
      },
    };
  };
  let failure: unknown;
  try {
    for (const { length } of rows(row(100e6), { pool })) assert.equal(length, 1);
  } catch (error) {
    failure = error;
  }
  assert(failure instanceof TextError);
  assert.equal(failure.code, "ROW_TOO_LONG");
  assert.deepEqual(failure.place, { line: 2, column: 1, offset: 2 });
  assert.equal(pool.stats().inUse, 0);
  const lengths: number[] = [];
  for (const each of rows(row(100e6), { pool, maxRowBytes: 100e6 })) lengths.push(each.bytes(0).length);
  assert.deepEqual(lengths, [1, 100e6 - 4]);
  assert.equal(pool.stats().inUse, 0);
});

test("a million columns are read, named, chosen and, where one is missing, refused.", () => {
  const pool = new Pool();
  const names = Array.from({ length: 1e6 }, (_, index) => `c${index}`);
  const values = names.map((_, index) => String(index % 7));
  const text = `${names.join(",")}\n${values.join(",")}\n`;
  const [last] = rows(text, { header: true, columns: { c999999: "int" }, pool }).objects();
  assert.deepEqual(last, { c999999: 999_999 % 7 });
  assert.deepEqual([...rows(text, { pool }).arrays()], [names, values]);
  using columns = rows(text, { header: true, columns: ["c0", "c500000"], pool }).columns();
  assert.deepEqual(columns.get("c500000"), [String(500_000 % 7)]);
  const ragged = `${text}${values.slice(1).join(",")}\n`;
  assert.throws(() => [...rows(ragged, { pool }).arrays()], { code: "RAGGED_ROW" });
  assert.throws(() => rows(`${names.join(",")},c7\n`, { header: true, pool }).names, { code: "BAD_HEADER" });
  assert.equal(pool.stats().inUse, 0);
});

test("a file is read behind its first 4 GiB.", async () => {
  const path = join(tmpdir(), `sparse-${process.pid}.csv`);
  const start = 4 * GiB + 12_345;
  try {
    // All before the text is a hole, which takes no room on the disk.
    const file = openSync(path, "w");
    writeSync(file, "a,b\n1,2\n", start);
    closeSync(file);
    const expected = [
      ["a", "b"],
      ["1", "2"],
    ];
    assert.deepEqual([...rows(fileSync(path, { start })).arrays()], expected);
    assert.deepEqual(await Array.fromAsync(rows(open(path, { start, end: start + 8 })).arrays()), expected);
    // Without the range, the hole is one row of NUL bytes.
    assert.throws(() => [...rows(fileSync(path))], { code: "ROW_TOO_LONG" });
    assert.throws(() => [...rows(fileSync(path), { maxRowBytes: 1000 })], { code: "ROW_TOO_LONG" });
  } finally {
    rmSync(path);
  }
});
