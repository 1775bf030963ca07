// What only shows with many records: none of them is on the JavaScript heap, and addresses above 2 GiB are addresses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GiB, Pool, records, vectors } from "@millpond/core";

function heapUsed(): number {
  assert.ok(globalThis.gc !== undefined, "run with --expose-gc");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

test("a million records add less than a byte each to the JavaScript heap", () => {
  const pool = new Pool();
  const points = records(pool, { x: "f64", y: "f64", kind: "u8", flags: "u32" });
  for (let i = 0; i < 1000; i++) points.release(points.add({ x: i }));
  const before = heapUsed();
  for (let i = 0; i < 1_000_000; i++) points.add({ x: i, y: -i, kind: i & 255, flags: i });
  const grown = heapUsed() - before;
  assert.equal(points.size, 1_000_000);
  assert.ok(grown < 1_000_000, `${grown} bytes of heap for a million records`);
  points.close();
});

test("a million rounds of acquire and release leave nothing on the heap and no new memory", () => {
  const pool = new Pool();
  const points = records(pool, { x: "f64", id: "u64", rgb: ["u8", 3] }, { capacity: 1000 });
  const handles = new Float64Array(1000);
  const round = (): void => {
    for (let i = 0; i < handles.length; i++) handles[i] = points.acquire();
    for (let i = 0; i < handles.length; i++) points.release(handles[(i * 7) % handles.length]);
  };
  for (let i = 0; i < 100; i++) round();
  const heap = heapUsed();
  const before = pool.stats();
  for (let i = 0; i < 1000; i++) round();
  assert.ok(heapUsed() - heap < 200_000);
  assert.deepEqual(pool.stats().bytesReserved, before.bytesReserved);
  assert.equal(points.stats().growths, 0);
});

test("a table of more than 2 GiB reads, writes and wipes where it should", () => {
  const pool = new Pool({ limitBytes: 4 * GiB, regionBytes: 4 * GiB });
  // Half a MiB a record, so that few records reach far; what is not touched costs nothing.
  const table = records(
    pool,
    { page: ["f64", 65_536], tag: "u8", n: "u32" },
    { capacity: 6000, maxRecords: 6000 },
  );
  const handles = Array.from({ length: 6000 }, (_, i) => table.add({ tag: i % 256, n: i }));
  const { page, tag } = table.columns;
  assert.ok(tag.byteOffset > 3 * 1_000_000_000);
  for (const index of [4998, 4999, 5000]) page.fill(index, index * 65_536, (index + 1) * 65_536);
  assert.equal(table.get(handles[4999], "page")[65_535], 4999);
  table.release(handles[4999]);
  const wiped = page.subarray(4999 * 65_536, 5000 * 65_536);
  assert.ok(wiped.every((x) => x === 0));
  assert.deepEqual([page[4999 * 65_536 - 1], page[5000 * 65_536]], [4998, 5000]);
  assert.deepEqual([tag[4998], tag[4999], tag[5000]], [4998 % 256, 0, 5000 % 256]);
  assert.equal(table.get(handles[5999], "n"), 5999);
  table.close();
  pool.close();
});

test("addresses of vectors above 2 GiB are exact, and a kernel would find the row there", () => {
  const pool = new Pool({ limitBytes: 4 * GiB, regionBytes: 4 * GiB });
  const far = vectors(pool, { dimensions: 65_536, type: "f64", segmentRows: 64 });
  const handles = Array.from({ length: 6000 }, () => far.acquire());
  const handle = handles[5990];
  const address = far.address(handle);
  assert.ok(address > 2.9 * GiB);
  far.row(handle)[65_535] = 5;
  const bytes = new Uint8Array(far.regionOf(handle)?.buffer as ArrayBuffer, address + 65_535 * 8, 8);
  assert.equal(new Float64Array(bytes.slice().buffer)[0], 5);
  far.release(handle);
  assert.ok(bytes.every((byte) => byte === 0));
  far.close();
  pool.close();
});

test("a hundred thousand vectors add a few bytes each to the JavaScript heap", () => {
  const index = vectors(new Pool(), { dimensions: 64 });
  const row = new Float32Array(64).fill(1);
  for (let i = 0; i < 1000; i++) index.add(row);
  const before = heapUsed();
  for (let i = 0; i < 100_000; i++) index.add(row);
  assert.ok(heapUsed() - before < 800_000);
  assert.equal(index.size, 101_000);
});
