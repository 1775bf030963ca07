// What a user of vectors sees: rows in place, addresses that stay, kernels over segments, and what is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kernels, MiB, Pool, type PoolErrorCode, randomFrom, vectors } from "@millpond/core";

function code(expected: PoolErrorCode, pattern: RegExp = /./): { code: PoolErrorCode; message: RegExp } {
  return { code: expected, message: pattern };
}

test("a vector is copied in, read in place, replaced, and zero after its release", () => {
  const index = vectors(new Pool(), { dimensions: 3 });
  const a = index.add([1, 2, 3]);
  const row = index.row(a);
  assert.ok(row instanceof Float32Array);
  assert.deepEqual([...row], [1, 2, 3]);
  row[1] = 20;
  assert.equal(index.row(a)[1], 20, "a window, not a copy");
  index.set(a, Float64Array.of(4, 5, 6));
  assert.deepEqual([...row], [4, 5, 6]);
  index.release(a);
  assert.deepEqual([...row], [0, 0, 0]);
  assert.equal(index.size, 0);
});

test("rows start at multiples of align, in 4 and in 8 bytes an element", () => {
  for (const [dimensions, type, align, stride] of [
    [100, "f32", 32, 416],
    [100, "f32", 64, 448],
    [3, "f64", 8, 24],
    [3, "f64", 16, 32],
    [1, "f32", 8, 8],
  ] as const) {
    const index = vectors(new Pool(), { dimensions, type, align });
    assert.equal(index.stride, stride);
    for (let i = 0; i < 5; i++) assert.equal(index.address(index.acquire()) % align, 0);
  }
});

test("growth adds segments, and no row moves", () => {
  const pool = new Pool();
  const index = vectors(pool, { dimensions: 8, segmentRows: 32 });
  const first = index.add(new Float32Array(8).fill(7));
  const row = index.row(first);
  const address = index.address(first);
  for (let i = 0; i < 1000; i++) index.add(new Float32Array(8).fill(i));
  assert.equal(index.segments().length, 32);
  assert.equal(index.address(first), address);
  assert.ok(row.every((value) => value === 7));
  assert.equal(index.regionOf(first), pool.regionOf(row));
  assert.equal(index.regionOf(first)?.buffer, row.buffer);
});

test("walks go in memory order over all segments and skip empty ones", () => {
  const index = vectors(new Pool(), { dimensions: 1, segmentRows: 32 });
  const handles = Array.from({ length: 200 }, (_, i) => index.add([i]));
  for (let i = 0; i < 200; i++) if (![3, 40, 41, 170].includes(i)) index.release(handles[i]);
  assert.deepEqual([...index.indices()], [3, 40, 41, 170]);
  assert.deepEqual([...index], [handles[3], handles[40], handles[41], handles[170]]);
  assert.deepEqual([index.first(), index.next(41), index.next(170)], [3, 170, -1]);
});

test("a kernel over segments finds what comparing row by row finds", () => {
  const pool = new Pool();
  const random = randomFrom(7);
  const index = vectors(pool, { dimensions: 37, segmentRows: 64 });
  const handles = Array.from({ length: 300 }, () => index.add(Float32Array.from({ length: 37 }, random)));
  for (let i = 0; i < 300; i += 5) index.release(handles[i]);
  const query = pool.acquire(Float32Array, 37).map(random);
  const found = new Map<number, number>();
  for (const segment of index.segments()) {
    const scores = new Float32Array(segment.end);
    kernels.distances(query, segment.array, { metric: "l2", stride: segment.stride }, scores);
    for (let row = segment.next(0); row >= 0; row = segment.next(row + 1)) {
      found.set(index.handleAt(segment.first + row), scores[row]);
    }
  }
  assert.equal(found.size, 240);
  for (const [handle, distance] of found) {
    assert.equal(distance, Math.fround(kernels.l2(query, index.row(handle))));
  }
});

test("handles that are stale, released twice or foreign are refused as those of records are", () => {
  const index = vectors(new Pool(), { dimensions: 2, name: "embeddings" });
  const other = vectors(new Pool(), { dimensions: 2 });
  const old = index.add([1, 2]);
  index.release(old);
  assert.throws(() => index.release(old), code("DOUBLE_RELEASE", /"embeddings" was released before/));
  const present = index.add([3, 4]);
  assert.equal(index.indexOf(present), 0);
  assert.throws(() => index.release(old), code("STALE_RELEASE"));
  for (const use of ["row", "address", "regionOf", "indexOf"] as const) {
    assert.throws(() => index[use](old), code("STALE_HANDLE"));
  }
  assert.throws(() => index.set(old, [1, 2]), code("STALE_HANDLE"));
  assert.throws(() => index.row(other.add([5, 6])), code("OUT_OF_BOUNDS"));
  assert.throws(() => index.release(present + 1e6), code("FOREIGN_RELEASE"));
  assert.throws(() => index.release(NaN), code("BAD_ARGUMENT"));
  assert.throws(() => index.handleAt(1), code("OUT_OF_BOUNDS"));
  assert.deepEqual([...index.row(present)], [3, 4]);
});

test("arrays of a wrong length or kind are refused, and no row is taken for them", () => {
  const index = vectors(new Pool(), { dimensions: 2 });
  for (const wrong of [[1], [1, 2, 3], new Float32Array(0), new Uint8Array(3)]) {
    assert.throws(() => index.add(wrong), code("LENGTH_MISMATCH"));
  }
  for (const wrong of [null, 5, "12", ["1", 2], [1n, 2n], new BigInt64Array(2), { length: 2 }] as never[]) {
    assert.throws(() => index.add(wrong), code("BAD_ARGUMENT"));
  }
  assert.equal(index.size, 0);
  assert.equal(index.stats().acquired, 0);
});

test("options that cannot be meant are refused", () => {
  const pool = new Pool();
  const wrong: object[] = [
    {},
    { dimensions: 0 },
    { dimensions: 1.5 },
    { dimensions: 3, type: "f16" },
    { dimensions: 3, align: 48 },
    { dimensions: 3, align: 128 },
    { dimensions: 3, capacity: -1 },
    { dimensions: 3, capacity: 3, maxVectors: 2 },
    { dimensions: 3, segmentRows: 0 },
  ];
  for (const options of wrong) assert.throws(() => vectors(pool, options as never), code("BAD_ARGUMENT"));
  assert.equal(pool.stats().inUse, 0);
});

test("maxVectors and the pool's budget are answered with an error that changes nothing", () => {
  const bounded = vectors(new Pool(), { dimensions: 2, maxVectors: 40 });
  const handles = Array.from({ length: 40 }, (_, i) => bounded.add([i, i]));
  assert.throws(() => bounded.add([1, 2]), code("POOL_EXHAUSTED", /maxVectors is 40/));
  assert.throws(() => bounded.reserve(41), code("POOL_EXHAUSTED"));
  bounded.release(handles[3]);
  assert.equal(bounded.indexOf(bounded.add([1, 2])), 3);

  const pool = new Pool({ limitBytes: 1 * MiB });
  const index = vectors(pool, { dimensions: 100, segmentRows: 1024 });
  const added: number[] = [];
  assert.throws(
    () => {
      for (;;) added.push(index.add(new Float32Array(100).fill(added.length)));
    },
    code("POOL_EXHAUSTED", /limitBytes/),
  );
  assert.ok(added.length >= 1024);
  for (const [i, handle] of added.entries()) assert.equal(index.row(handle)[99], i);
  assert.throws(() => vectors(pool, { dimensions: 100, capacity: 100_000 }), code("POOL_EXHAUSTED"));
  index.close();
  assert.equal(pool.stats().inUse, 0, "what had been acquired for the second one is given back too");
});

test("trim gives back empty segments at the end, and their handles stay refused", () => {
  const pool = new Pool();
  const index = vectors(pool, { dimensions: 16, segmentRows: 64 });
  const handles = Array.from({ length: 640 }, () => index.acquire());
  for (const handle of handles.slice(70)) index.release(handle);
  const dead = handles[600];
  assert.ok(index.trim() >= 8 * 64 * 64);
  assert.equal(index.capacity, 128);
  assert.equal(index.trim(), 0);
  const again = Array.from({ length: 570 }, () => index.acquire());
  assert.equal(new Set([...handles, ...again]).size, 1210);
  assert.equal(index.has(dead), false);
  index.clear();
  index.trim();
  assert.equal(index.capacity, 0);
  assert.equal(index.indexOf(index.acquire()), 0);
});

test("closed vectors have given their memory back and refuse everything", () => {
  const pool = new Pool();
  const index = vectors(pool, { dimensions: 4, capacity: 100, name: "gone" });
  const handle = index.add([1, 2, 3, 4]);
  index.close();
  index.close();
  pool.close();
  assert.deepEqual([index.size, index.capacity, index.has(handle), [...index].length], [0, 0, false, 0]);
  const calls: (() => unknown)[] = [
    () => index.add([1, 2, 3, 4]),
    () => index.acquire(),
    () => index.release(handle),
    () => index.row(handle),
    () => index.set(handle, [1, 2, 3, 4]),
    () => index.address(handle),
    () => index.handleAt(0),
    () => index.reserve(1),
    () => index.trim(),
    () => index.clear(),
  ];
  for (const call of calls) assert.throws(call, code("USE_AFTER_RELEASE", /"gone" was closed/));
});

test("in every check mode vectors do the same, and checked ones see writes to free rows", () => {
  for (const check of ["off", "fast", "checked", "strict"] as const) {
    const pool = new Pool({ check });
    const index = vectors(pool, { dimensions: 5, segmentRows: 32 });
    const handles = Array.from({ length: 100 }, (_, i) => index.add([i, i, i, i, i]));
    assert.equal(index.row(handles[99])[4], 99);
    const row = index.row(handles[50]);
    index.release(handles[50]);
    row[0] = 1;
    if (check === "checked" || check === "strict") {
      assert.throws(() => index.acquire(), code("WRITE_AFTER_RELEASE", /record 50 of "vectors"/));
    }
    index.acquire();
    index.close();
    pool.close();
  }
});

test("statistics count vectors, segments and bytes", () => {
  const index = vectors(new Pool(), { dimensions: 10, segmentRows: 32, name: "v" });
  const handles = Array.from({ length: 33 }, () => index.acquire());
  index.release(handles[0]);
  const { bytesReserved, ...stats } = index.stats();
  assert.deepEqual(stats, {
    name: "v",
    size: 32,
    capacity: 64,
    peak: 33,
    acquired: 33,
    released: 1,
    retired: 0,
    segments: 2,
    vectorBytes: 40,
  });
  assert.ok(bytesReserved >= 64 * (64 + 8));
});
