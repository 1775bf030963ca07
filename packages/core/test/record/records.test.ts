// What a user of record tables sees: fields, handles, columns, growth, and what is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MiB, Pool, type PoolErrorCode, records } from "@millpond/core";

const point = { x: "f64", y: "f64", kind: "u8" } as const;

function code(expected: PoolErrorCode, pattern: RegExp = /./): { code: PoolErrorCode; message: RegExp } {
  return { code: expected, message: pattern };
}

test("a record is added, read, written and released by its handle", () => {
  const points = records(new Pool(), point);
  const a = points.add({ x: 1, y: 2, kind: 3 });
  assert.deepEqual(points.read(a), { x: 1, y: 2, kind: 3 });
  points.set(a, "y", 20);
  points.write(a, { kind: 30, x: undefined });
  assert.equal(points.get(a, "y"), 20);
  assert.deepEqual(points.read(a), { x: 1, y: 20, kind: 30 });
  points.release(a);
  assert.equal(points.size, 0);
  assert.equal(points.has(a), false);
});

test("every element type has its own column, and tuples lie element by element", () => {
  const table = records(new Pool(), {
    a: "f64",
    b: "f32",
    c: "i32",
    d: "u32",
    e: "i16",
    f: "u16",
    g: "i8",
    h: "u8",
    i: "i64",
    j: "u64",
    k: ["f32", 3],
    l: ["u64", 2],
    m: ["u8", 1],
  });
  const values = { a: 0.1, b: 0.5, c: -3, d: 4e9, e: -5, f: 65_535, g: -7, h: 255, i: -9n, j: 2n ** 63n };
  const handle = table.add({ ...values, k: [1, 2, 3], l: [4n, 5n], m: [6] });
  assert.deepEqual(table.read(handle), { ...values, k: [1, 2, 3], l: [4n, 5n], m: [6] });
  const { columns } = table;
  assert.ok(columns.a instanceof Float64Array && columns.j instanceof BigUint64Array);
  assert.equal(columns.k.length, 3 * table.capacity);
  assert.deepEqual(table.get(handle, "k"), Float32Array.of(1, 2, 3));
  assert.equal(table.get(handle, "l").buffer, columns.l.buffer, "a window, not a copy");
});

test("columns start on a cache line", () => {
  const table = records(new Pool(), { a: "u8", b: "u16", c: "f64", d: ["u8", 3] }, { capacity: 5 });
  for (const column of Object.values(table.columns)) assert.equal(column.byteOffset % 64, 0);
});

test("a released record is zero at once, and so is the next one at its place", () => {
  const points = records(new Pool(), point);
  const a = points.add({ x: 1, y: 2, kind: 3 });
  const index = points.indexOf(a);
  points.release(a);
  assert.deepEqual([points.columns.x[index], points.columns.kind[index]], [0, 0]);
  const b = points.acquire();
  assert.equal(points.indexOf(b), index, "the place freed last is taken first");
  assert.deepEqual(points.read(b), { x: 0, y: 0, kind: 0 });
});

test("a handle of a record that is gone is refused when its place has another one: no ABA", () => {
  const points = records(new Pool(), point);
  const old = points.add({ x: 1 });
  points.release(old);
  const present = points.add({ x: 2 });
  assert.equal(points.indexOf(present), 0);
  assert.throws(() => points.get(old, "x"), code("STALE_HANDLE"));
  assert.throws(() => points.set(old, "x", 9), code("STALE_HANDLE"));
  assert.throws(() => points.indexOf(old), code("STALE_HANDLE"));
  assert.throws(() => points.release(old), code("STALE_RELEASE"));
  assert.equal(points.get(present, "x"), 2);
  assert.equal(points.size, 1);
});

test("double release, foreign handles and what is no handle at all are told apart", () => {
  const pool = new Pool();
  const points = records(pool, point, { name: "points" });
  const others = records(pool, point);
  const a = points.add({});
  const b = points.add({});
  points.release(a);
  assert.throws(() => points.release(a), code("DOUBLE_RELEASE", /"points" was released before/));
  assert.throws(() => points.get(a, "x"), code("STALE_HANDLE"));
  const foreign = others.add({});
  assert.throws(() => points.release(foreign), code("FOREIGN_RELEASE"));
  assert.throws(() => points.get(foreign, "x"), code("OUT_OF_BOUNDS"));
  assert.throws(() => others.release(b), code("FOREIGN_RELEASE"));
  assert.throws(() => points.indexOf(b + 100_000), code("OUT_OF_BOUNDS"));
  assert.throws(() => points.release(b + 100_000), code("FOREIGN_RELEASE"));
  for (const wrong of [0, -b, b + 0.5, NaN, Infinity, undefined, null, "1", 1n, {}] as number[]) {
    assert.equal(points.has(wrong), false);
    assert.throws(() => points.release(wrong), code("BAD_ARGUMENT", /is not a handle/));
    assert.throws(() => points.indexOf(wrong), code("BAD_ARGUMENT"));
  }
  assert.equal(points.size, 1);
});

test("the columns object stays while its arrays move when the table grows", () => {
  const points = records(new Pool(), point, { capacity: 1 });
  const { columns } = points;
  const before = columns.x;
  const xs = points.column("x");
  const handles = Array.from({ length: 1000 }, (_, i) => points.add({ x: i, y: -i, kind: i % 256 }));
  assert.equal(points.columns, columns);
  assert.notEqual(columns.x, before);
  for (const [i, handle] of handles.entries()) {
    assert.deepEqual(points.read(handle), { x: i, y: -i, kind: i % 256 });
  }
  assert.equal(xs.length, 1000);
  assert.equal(xs.at(999), 999);
  assert.equal(xs.at(-1), 999);
  assert.equal(xs.at(1000), undefined);
  assert.equal(xs.array, xs.array, "nothing is created when nothing moved");
  points.reserve(1001);
  assert.equal(xs.array.length, 1000);
  points.add({ x: 0 });
  assert.equal(xs.array.length, 1001, "also when no memory moved");
  assert.equal(
    xs.array.reduce((sum, x) => sum + x, 0),
    499_500,
  );
});

test("a column of several elements a record has as many elements as all of them together", () => {
  const table = records(new Pool(), { rgb: ["u8", 3] });
  table.add({ rgb: [1, 2, 3] });
  table.add({ rgb: [4, 5, 6] });
  assert.deepEqual([...table.column("rgb").array], [1, 2, 3, 4, 5, 6]);
});

test("a table with maxRecords of capacity never grows, and answers exhaustion with an error", () => {
  const pool = new Pool();
  const points = records(pool, point, { name: "ticks", capacity: 100, maxRecords: 100 });
  const { x } = points.columns;
  const handles = Array.from({ length: 100 }, () => points.acquire());
  assert.throws(() => points.acquire(), code("POOL_EXHAUSTED", /"ticks" is full: maxRecords is 100/));
  assert.throws(() => points.add({ x: 1 }), code("POOL_EXHAUSTED"));
  assert.throws(() => points.reserve(101), code("POOL_EXHAUSTED"));
  assert.equal(points.tryAcquire(), undefined);
  assert.equal(points.size, 100);
  points.release(handles[50]);
  assert.equal(points.indexOf(points.tryAcquire() as number), 50);
  assert.equal(points.columns.x, x);
  assert.equal(points.stats().growths, 0);
});

test("growth that the pool refuses keeps the table as it was", () => {
  const pool = new Pool({ limitBytes: 1 * MiB });
  const points = records(pool, point, { capacity: 20_000 });
  const handles: number[] = [];
  while (handles.length < points.capacity) handles.push(points.add({ x: handles.length }));
  const before = points.stats();
  assert.throws(() => points.acquire(), code("POOL_EXHAUSTED", /limitBytes/));
  assert.throws(() => points.reserve(1_000_000), code("POOL_EXHAUSTED"));
  assert.equal(points.tryAcquire(), undefined);
  assert.deepEqual(points.stats(), before);
  for (const [i, handle] of handles.entries()) assert.equal(points.get(handle, "x"), i);
  points.release(handles[7]);
  assert.equal(points.indexOf(points.acquire()), 7);
});

test("values of the wrong kind are refused, and a record that could not be written is not there", () => {
  const table = records(new Pool(), { n: "f64", id: "u64", rgb: ["u8", 3] }, { name: "pixels" });
  const wrong = [
    { n: 1n },
    { n: "1" },
    { n: null },
    { id: 1 },
    { rgb: 5 },
    { rgb: [1, 2] },
    { rgb: [1, 2, "3"] },
    { rgb: null },
    { z: 1 },
  ];
  for (const values of wrong) {
    assert.throws(() => table.add(values as never), code("BAD_ARGUMENT", /field/));
    assert.equal(table.size, 0);
  }
  const handle = table.add({ n: 1 });
  assert.throws(
    () => table.get(handle, "z" as "n"),
    code("BAD_ARGUMENT", /"pixels" has no field "z"; it has n, id, rgb/),
  );
  assert.throws(() => table.column("toString" as "n"), code("BAD_ARGUMENT"));
});

test("schemas and options that cannot be meant are refused before anything is acquired", () => {
  const pool = new Pool();
  const schemas: unknown[] = [
    null,
    7,
    [],
    {},
    { x: "f65" },
    { x: "toString" },
    { x: ["f32"] },
    { x: ["f32", 0] },
    { x: ["f32", 1.5] },
    { x: ["f32", 2, 3] },
    { x: Float64Array },
    JSON.parse('{ "__proto__": "f64" }'),
  ];
  for (const schema of schemas) assert.throws(() => records(pool, schema as never), code("BAD_ARGUMENT"));
  const options: object[] = [
    { capacity: 0 },
    { capacity: 1.5 },
    { capacity: "8" },
    { maxRecords: 0 },
    { maxRecords: 2 ** 28 },
    { capacity: 10, maxRecords: 9 },
    { growth: 1 },
    { growth: NaN },
  ];
  for (const wrong of options) assert.throws(() => records(pool, point, wrong), code("BAD_ARGUMENT"));
  assert.equal(pool.stats().inUse, 0);
});

test("walks go in memory order and skip what is free", () => {
  const points = records(new Pool(), point);
  const handles = Array.from({ length: 200 }, (_, i) => points.add({ x: i }));
  for (let i = 0; i < 200; i++) if (i % 67 !== 3) points.release(handles[i]);
  assert.deepEqual([...points.indices()], [3, 70, 137]);
  assert.deepEqual([...points], [handles[3], handles[70], handles[137]]);
  assert.deepEqual([...points.handles()], [...points]);
  assert.deepEqual([points.first(), points.next(3), points.next(70), points.next(137)], [3, 70, 137, -1]);
  assert.equal(points.handleAt(70), handles[70]);
  assert.throws(() => points.handleAt(71), code("OUT_OF_BOUNDS"));
  assert.throws(() => points.handleAt(-1), code("OUT_OF_BOUNDS"));
  assert.throws(() => points.handleAt(1e9), code("OUT_OF_BOUNDS"));
  for (const handle of points) points.release(handle);
  assert.equal(points.first(), -1);
});

test("compact moves records together in their order, and says where they went", () => {
  const points = records(new Pool(), point);
  const handles = Array.from({ length: 100 }, (_, i) => points.add({ x: i, kind: 1 }));
  for (let i = 0; i < 100; i++) if (i % 3 !== 0) points.release(handles[i]);
  const moves = points.compact();
  assert.equal(points.end, 34);
  assert.equal(moves.size, 33);
  assert.deepEqual(
    [...points.column("x").array],
    Array.from({ length: 34 }, (_, i) => 3 * i),
  );
  assert.equal(moves.get(handles[0]), handles[0], "what did not move keeps its handle");
  const moved = moves.get(handles[99]);
  assert.equal(points.get(moved, "x"), 99);
  assert.throws(() => points.get(handles[99], "x"), code("STALE_HANDLE", /moved by compact/));
  assert.throws(() => points.release(handles[99]), code("STALE_RELEASE"));
  assert.ok(points.columns.x.subarray(34).every((x) => x === 0));
  assert.equal(points.compact().size, 0);
});

test("trim gives memory back, and handles of dropped records stay refused when the table grows again", () => {
  const pool = new Pool();
  const points = records(pool, point, { capacity: 1 });
  const handles = Array.from({ length: 10_000 }, (_, i) => points.add({ x: i }));
  for (const handle of handles.splice(10)) points.release(handle);
  const dead = points.add({});
  points.release(dead);
  const before = pool.stats().bytesInUse;
  assert.ok(points.trim() > 100_000);
  assert.ok(points.capacity < 1000);
  assert.ok(pool.stats().bytesInUse < before / 10);
  for (const [i, handle] of handles.entries()) assert.equal(points.get(handle, "x"), i);
  const again = Array.from({ length: 10_000 }, () => points.acquire());
  assert.equal(new Set([...again, dead]).size, 10_001);
  assert.equal(points.has(dead), false);
  points.trim();
  assert.equal(points.trim(), 0);
});

test("clear releases all, zeroes all, and starts again at index 0", () => {
  const points = records(new Pool(), point);
  const handles = Array.from({ length: 50 }, (_, i) => points.add({ x: i, kind: 9 }));
  points.clear();
  assert.equal(points.size, 0);
  assert.equal(points.end, 0);
  assert.ok(points.columns.kind.every((kind) => kind === 0));
  assert.ok(handles.every((handle) => !points.has(handle)));
  const next = points.acquire();
  assert.equal(points.indexOf(next), 0);
  assert.ok(!handles.includes(next));
});

test("a closed table has given its memory back and refuses everything", () => {
  const pool = new Pool();
  const points = records(pool, point, { name: "gone" });
  const handle = points.add({ x: 1 });
  points.close();
  points.close();
  pool.close();
  assert.equal(points.size, 0);
  assert.equal(points.columns.x.length, 0);
  assert.equal(points.has(handle), false);
  assert.deepEqual([...points], []);
  const calls: (() => unknown)[] = [
    () => points.acquire(),
    () => points.tryAcquire(),
    () => points.add({}),
    () => points.release(handle),
    () => points.get(handle, "x"),
    () => points.set(handle, "x", 1),
    () => points.read(handle),
    () => points.indexOf(handle),
    () => points.handleAt(0),
    () => points.reserve(1),
    () => points.compact(),
    () => points.trim(),
    () => points.clear(),
  ];
  for (const call of calls) assert.throws(call, code("USE_AFTER_RELEASE", /"gone" was closed/));
});

test("a table can be declared with using", () => {
  const pool = new Pool();
  {
    using points = records(pool, point);
    points.add({});
    assert.equal(pool.stats().inUse, 1);
  }
  assert.equal(pool.stats().inUse, 0);
});

test("statistics tell what is in use, how often, and in how many bytes", () => {
  const points = records(new Pool(), point, { name: "points", capacity: 10 });
  const handles = Array.from({ length: 100 }, () => points.acquire());
  for (const handle of handles.slice(40)) points.release(handle);
  const stats = points.stats();
  const { name, size, end, peak, acquired, released, retired, recordBytes } = stats;
  assert.deepEqual(
    { name, size, end, peak, acquired, released, retired, recordBytes },
    {
      name: "points",
      size: 40,
      end: 100,
      peak: 100,
      acquired: 100,
      released: 60,
      retired: 0,
      recordBytes: 17,
    },
  );
  assert.ok(stats.growths > 0 && stats.growths < 10);
  assert.ok(stats.bytesReserved >= 100 * 25);
});

test("in every check mode of the pool a table does the same", () => {
  for (const check of ["off", "fast", "checked", "strict"] as const) {
    const pool = new Pool({ check });
    const points = records(pool, point, { capacity: 1 });
    const handles = Array.from({ length: 300 }, (_, i) => points.add({ x: i }));
    for (let i = 0; i < 300; i += 2) points.release(handles[i]);
    const moves = points.compact();
    points.trim();
    assert.equal(points.get(moves.get(handles[299]), "x"), 299);
    points.close();
    pool.close();
  }
});

test("a checked pool sees a write to a column that growth had left behind", () => {
  const pool = new Pool({ check: "checked" });
  const points = records(pool, point, { capacity: 1 });
  const old = points.columns.x;
  const before = points.capacity;
  for (let i = 0; i <= before; i++) points.acquire();
  old[0] = 1;
  // The block that was left behind is checked when it is given out again, here to a table of the same size.
  assert.throws(() => records(pool, point, { capacity: 1 }), code("WRITE_AFTER_RELEASE"));
});

test("a checked table sees a write to a record that is free, once", () => {
  for (const check of ["checked", "strict"] as const) {
    const points = records(new Pool({ check }), point);
    const handle = points.add({ x: 1 });
    const index = points.indexOf(handle);
    points.release(handle);
    points.columns.kind[index] = 1;
    assert.throws(() => points.acquire(), code("WRITE_AFTER_RELEASE", /record 0 of "records"/));
    assert.equal(points.size, 0);
    assert.deepEqual(points.read(points.acquire()), { x: 0, y: 0, kind: 0 });
  }
});

test("the schema gives the types of columns, values and names", () => {
  const table = records(new Pool(), { x: "f64", id: "u64", rgb: ["u8", 3] });
  const handle = table.add({ x: 1, id: 2n, rgb: [3, 4, 5] });
  const x: number = table.get(handle, "x");
  const id: bigint = table.get(handle, "id");
  const rgb: Uint8Array = table.get(handle, "rgb");
  const column: BigUint64Array = table.columns.id;
  const copy: { x: number; id: bigint; rgb: number[] } = table.read(handle);
  assert.deepEqual([x, id, rgb[2], column[0], copy.rgb], [1, 2n, 5, 2n, [3, 4, 5]]);
  // @ts-expect-error: a field of bigints
  assert.throws(() => table.set(handle, "id", 2));
  // @ts-expect-error: a name that is not in the schema
  assert.throws(() => table.get(handle, "y"));
  // @ts-expect-error: an element type that does not exist
  assert.throws(() => records(new Pool(), { x: "f63" }));
});
