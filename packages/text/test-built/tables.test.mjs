// The built package on this Node: long numbers, iterators, streams, signals, files and what is wrong with them.

import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { test } from "node:test";

import { formatRows, processLines, rows, writeRows } from "@millpond/text";
import { file, fileRanges, fileSync, rowsParallel, tableTask } from "@millpond/text/node";

test("the built package reads doubles that were printed in full", () => {
  const values = Array.from({ length: 1000 }, (_, index) => Math.sin(index) * 10 ** ((index % 120) - 60));
  const batched = [];
  for (const batch of rows(values.join("\n")).batches()) batched.push(...batch.floats(0));
  assert.deepEqual(batched, values);
  const single = Array.from(rows(values.join("\n")), (row) => row.number(0));
  assert.deepEqual(single, values);
});

test("the built package reads and writes streams, and a signal ends a read that does not", async () => {
  const table = Array.from({ length: 20_000 }, (_, index) => [String(index), `x${index % 7}, "y"`]);
  const stream = new PassThrough({ highWaterMark: 16 * 1024 * 1024 });
  await writeRows(table, stream);
  stream.end();
  const back = [];
  for await (const row of rows(stream).arrays()) back.push(row);
  assert.deepEqual(back, table);
  const controller = new AbortController();
  const stalled = new ReadableStream({ pull: () => new Promise(() => undefined) });
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(rows(stalled, { signal: controller.signal }).columns(), { code: "ABORTED" });
  assert.throws(() => rows(Readable.from(["a"]).destroy()), { code: "ALREADY_READ" });
});

test("the built package reads files, as a whole, in ranges and line by line", async () => {
  const path = join(tmpdir(), `millpond-built-${process.pid}.csv`);
  writeFileSync(path, `#c "\n${formatRows(Array.from({ length: 5000 }, (_, index) => [index, 'a "b"\n']))}`);
  try {
    const options = { comment: "#", columns: { 0: "int" } };
    let sum = 0;
    for (const range of fileRanges(path, 3, { comment: "#" })) {
      for (const object of rows(fileSync(path, range), options).objects()) sum += object[0];
    }
    assert.equal(sum, 12_497_500);
    const task = tableTask((table) => [...table.objects()].length, { columns: { 0: "int" } });
    const runner = { run: (message) => task(message) };
    const { results } = await rowsParallel(path, { runner, comment: "#", partBytes: 10_000 });
    assert.deepEqual([results.length > 5, results.reduce((all, count) => all + count)], [true, 5000]);
    const { lines } = await processLines(file(path), ",", () => undefined);
    assert.equal(lines, 10_001);
  } finally {
    rmSync(path);
  }
});
