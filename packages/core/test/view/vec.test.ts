// What vectors promise beyond being arrays: errors that leave them as they were, memory that goes back, views.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GiB, KiB, MiB, Pool, type PoolErrorCode, series, Vec, vec } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { MODES, refused, refusedUnchanged, smallPool } from "../pool/modes.ts";

test("a vector holds no memory until it has an element, and none after its release", () => {
  const pool = smallPool();
  const xs = vec(pool, Float64Array);
  assert.equal(pool.stats().inUse, 0);
  assert.equal(xs.capacity, 0);
  assert.equal(xs.array.length, 0);
  xs.push(1);
  assert.equal(pool.stats().inUse, 1);
  xs.release();
  assert.equal(pool.stats().inUse, 0);
  vec(pool, Float64Array).release();
  pool.close();
});

test("a vector is released at the end of a using block, unless it was before", () => {
  const pool = smallPool();
  {
    using xs = vec(pool, Int8Array).extend([1, 2, 3]);
    using ys = xs.clone();
    ys.release();
    assert.equal(pool.stats().inUse, 1);
  }
  assert.equal(pool.stats().inUse, 0);
});

test("reserve makes room once, and pushes up to there move nothing", () => {
  const pool = smallPool();
  using xs = vec(pool, Uint16Array, { capacity: 1000 });
  const { capacity } = xs;
  assert.ok(capacity >= 1000);
  const { acquired } = pool.stats();
  for (let i = 0; i < capacity; i++) xs.push(i);
  assert.equal(pool.stats().acquired, acquired);
  assert.equal(xs.capacity, capacity);
  xs.push(1);
  assert.ok(xs.capacity >= capacity * 1.5);
});

test("n pushes move the vector a logarithmic number of times", () => {
  const pool = smallPool({ limitBytes: 64 * MiB });
  using xs = vec(pool, Uint8Array);
  for (let i = 0; i < 1_000_000; i++) xs.push(i);
  const moves = pool.stats().acquired;
  assert.ok(moves >= 10 && moves <= 25, `${moves} moves`);
});

test("shrinking moves to a smaller block if there is one, and otherwise not at all", () => {
  const pool = smallPool();
  using xs = vec(pool, Uint8Array, { capacity: 1000 }).extend([1, 2, 3]);
  xs.shrinkToFit();
  const { acquired } = pool.stats();
  assert.equal(xs.capacity, pool.capacityFor(Uint8Array, 3));
  xs.shrinkToFit();
  assert.equal(pool.stats().acquired, acquired);
  xs.clear().shrinkToFit();
  assert.equal(pool.stats().inUse, 0);
});

test("values are converted as a typed array converts them", () => {
  const pool = smallPool();
  using bytes = vec(pool, Uint8Array).extend([300, -1, 2.9]);
  using clamped = vec(pool, Uint8ClampedArray).extend([300, -1, 2.5]);
  using longs = vec(pool, BigInt64Array).extend([2n ** 63n]);
  assert.deepEqual([...bytes], [44, 255, 2]);
  assert.deepEqual([...clamped], [255, 0, 2]);
  assert.deepEqual([...longs], [-(2n ** 63n)]);
});

test("the view is one object while the length stays, never the block itself, and the pool refuses to release it", () => {
  const pool = smallPool();
  using xs = vec(pool, Float64Array);
  xs.resize(pool.capacityFor(Float64Array, 100));
  assert.equal(xs.length, xs.capacity);
  const { array } = xs;
  assert.equal(xs.array, array);
  array[3] = 7;
  assert.equal(xs.get(3), 7);
  assert.equal(xs.at(3), 7);
  refusedUnchanged(pool, () => pool.release(array), "SUBVIEW_RELEASE");
  xs.pop();
  assert.equal(xs.array.length, array.length - 1);
  assert.equal(xs.array.buffer, array.buffer);
});

test("a loop visits what is pushed meanwhile, even when the vector moves", () => {
  const pool = smallPool({ check: "checked" });
  using xs = vec(pool, Int32Array).extend([1, 2, 3]);
  const seen: number[] = [];
  for (const x of xs) {
    seen.push(x);
    if (xs.length < 1000) xs.push(x + 1);
  }
  assert.equal(seen.length, 1000);
  assert.deepEqual(seen, [...xs]);
});

test("when reading the values throws, the vector is as it was", () => {
  const pool = smallPool();
  using xs = vec(pool, Float64Array).extend([1, 2, 3]);
  function* failing(): Generator<number> {
    for (let i = 0; i < 1000; i++) yield i;
    throw new RangeError("no more");
  }
  assert.throws(() => xs.extend(failing()), RangeError);
  assert.throws(() => xs.insert(1, failing()), RangeError);
  assert.throws(() => xs.extend([1n] as unknown as number[]), TypeError);
  assert.throws(() => xs.insert(0, [Symbol("x")] as unknown as number[]), TypeError);
  assert.throws(() => xs.push(1n as unknown as number), TypeError);
  assert.throws(() => xs.resize(10, 1n as unknown as number), TypeError);
  assert.deepEqual([...xs], [1, 2, 3]);
  assert.equal(pool.stats().inUse, 1);
});

test("numbers and bigints are not mixed, and what is no list of values is refused", () => {
  const pool = smallPool();
  using xs = vec(pool, Float64Array).extend([1]);
  using longs = vec(pool, BigInt64Array).extend([1n]);
  for (const wrong of [
    longs,
    BigInt64Array.of(1n),
    "12",
    5,
    null,
    undefined,
    {},
    () => 1,
    new DataView(new ArrayBuffer(8)),
  ]) {
    refused(() => xs.extend(wrong as never), "BAD_ARGUMENT");
    refused(() => xs.insert(0, wrong as never), "BAD_ARGUMENT");
  }
  refused(() => longs.extend(xs as never), "BAD_ARGUMENT", /expected bigints/);
  assert.deepEqual([...xs, ...longs], [1, 1n]);
});

test("a series is appended without a detour, also one over the vector itself", () => {
  const pool = smallPool({ check: "checked" });
  using xs = vec(pool, Int32Array).extend([1, 2, 3, 4]);
  xs.reserve(500).shrinkToFit();
  while (xs.length < xs.capacity) xs.push(xs.length);
  const expected = [...xs, ...[...xs].filter((_, index) => index % 2 === 1)];
  xs.extend(series(xs, { start: 1, step: 2 }));
  assert.deepEqual([...xs], expected);
});

for (const check of MODES) {
  test(`when the budget is used up, a vector keeps its elements and nothing leaks (${check})`, () => {
    const root = smallPool({ check, limitBytes: 64 * MiB });
    const pool = root.child({ limitBytes: 20 * KiB });
    const xs = vec(pool, Float64Array);
    refused(() => {
      for (;;) xs.push(xs.length);
    }, "POOL_EXHAUSTED");
    const expected = Array.from({ length: xs.length }, (_, index) => index);
    const growing: readonly (() => unknown)[] = [
      () => xs.push(1),
      () => xs.extend(xs),
      () => xs.extend([1]),
      () => xs.extend(new Set([1])),
      () => xs.insert(0, [1]),
      () => xs.insert(5, xs.subarray(0, 2)),
      () => xs.resize(xs.length * 2),
      () => xs.reserve(xs.length * 2),
      () => xs.clone(),
    ];
    for (const grow of growing) {
      refused(grow, "POOL_EXHAUSTED");
      assert.deepEqual([...xs], expected);
      assert.equal(pool.stats().inUse, 1);
    }
    xs.release();
    assert.equal(root.stats().inUse, 0);
    root.close();
  });
}

test("near the budget a vector grows to what it needs when room to spare does not fit", () => {
  const pool = smallPool({ limitBytes: 64 * MiB }).child({ limitBytes: 100 * KiB });
  using xs = vec(pool, Uint8Array);
  xs.resize(44 * KiB);
  xs.resize(50 * KiB);
  assert.ok(xs.capacity < 60 * KiB, `${xs.capacity}`);
});

test("a sealed pool refuses growth and the vector goes on with what it has", () => {
  const pool = smallPool();
  using xs = vec(pool, Float64Array, { capacity: 100 });
  pool.seal();
  xs.extend(new Float64Array(100).fill(5));
  refused(() => xs.reserve(10_000), "POOL_SEALED");
  assert.ok(xs.array.every((x) => x === 5));
});

test("lengths and capacities that cannot be are refused, and the vector is as it was", () => {
  const pool = smallPool();
  using xs = vec(pool, Float64Array).extend([1, 2]);
  for (const wrong of [-1, 0.5, NaN, Infinity, 2 ** 40, "3", undefined]) {
    refused(() => xs.reserve(wrong as number), "BAD_ARGUMENT");
    refused(() => xs.resize(wrong as number), "BAD_ARGUMENT");
    if (wrong !== 2 ** 40) refused(() => xs.truncate(wrong as number), "BAD_ARGUMENT");
  }
  for (const wrong of [-1, 0.5, 3, NaN, "0"]) {
    refused(() => xs.insert(wrong as number, [9]), "OUT_OF_BOUNDS");
    refused(() => xs.remove(wrong as number, 0), "OUT_OF_BOUNDS");
    refused(() => xs.remove(0, wrong as number), "OUT_OF_BOUNDS");
  }
  refused(() => vec(pool, Array as never), "BAD_ARGUMENT");
  refused(() => vec(pool, Float64Array, { capacity: -1 }), "BAD_ARGUMENT");
  assert.deepEqual([...xs], [1, 2]);
});

test("every use after release throws, and a second release is refused", () => {
  const pool = smallPool();
  const xs = vec(pool, Float64Array).extend([1, 2]);
  const iterator = xs[Symbol.iterator]();
  iterator.next();
  xs.release();
  const uses: Record<string, () => unknown> = {
    array: () => xs.array,
    subarray: () => xs.subarray(),
    push: () => xs.push(1),
    pop: () => xs.pop(),
    at: () => xs.at(0),
    get: () => xs.get(0),
    set: () => xs.set(0, 1),
    extend: () => xs.extend([]),
    insert: () => xs.insert(0, []),
    remove: () => xs.remove(0, 0),
    truncate: () => xs.truncate(0),
    resize: () => xs.resize(0),
    reserve: () => xs.reserve(0),
    shrinkToFit: () => xs.shrinkToFit(),
    clear: () => xs.clear(),
    sort: () => xs.sort(),
    reverse: () => xs.reverse(),
    fill: () => xs.fill(0),
    indexOf: () => xs.indexOf(0),
    toArray: () => xs.toArray(),
    clone: () => xs.clone(),
    detach: () => xs.detach(),
    iterate: () => [...xs],
    "go on iterating": () => iterator.next(),
  };
  const methods = Object.getOwnPropertyNames(Vec.prototype).filter((name) => !(name in uses));
  assert.deepEqual(methods, ["length", "capacity", "release", "released"], "each method is tried");
  for (const [name, use] of Object.entries(uses)) {
    assert.throws(use, { code: "USE_AFTER_RELEASE" satisfies PoolErrorCode }, name);
  }
  refusedUnchanged(pool, () => xs.release(), "DOUBLE_RELEASE");
  assert.equal(xs.released, true);
  assert.equal(xs.length, 0);
});

test("detach hands a full block over as it is, and copies a part to a block of its size", () => {
  const pool = smallPool();
  using xs = vec(pool, Float64Array, { capacity: 300 });
  while (xs.length < xs.capacity) xs.push(xs.length);
  const { byteOffset } = xs.array;
  const full = xs.detach();
  assert.equal(full.byteOffset, byteOffset);
  xs.extend([1, 2, 3]);
  const part = xs.detach();
  assert.deepEqual(part, Float64Array.of(1, 2, 3));
  const empty = xs.detach();
  assert.equal(empty.length, 0);
  assert.equal(pool.stats().inUse, 3);
  for (const array of [full, part, empty]) pool.release(array);
  assert.equal(pool.stats().inUse, 0);
  xs.push(4);
  assert.deepEqual([...xs], [4]);
});

test("when there is no memory to detach into, the vector is as it was", () => {
  const pool = smallPool({ limitBytes: 64 * MiB }).child({ limitBytes: 20 * KiB });
  using xs = vec(pool, Uint8Array, { capacity: 12 * KiB });
  xs.resize(10 * KiB, 5);
  refused(() => xs.detach(), "POOL_EXHAUSTED");
  assert.equal(xs.length, 10 * KiB);
  assert.ok(xs.array.every((x) => x === 5));
});

for (const type of ARRAY_TYPES) {
  test(`vectors of ${type.name} that come and go create no views and no memory after the first round`, () => {
    const pool = smallPool();
    const values = new type(5000);
    function round(): void {
      const xs = vec(pool, type);
      for (let i = 0; i < 3000; i++) xs.push(values[i]);
      xs.extend(values).insert(7, xs.subarray(0, 100)).shrinkToFit().release();
    }
    round();
    round();
    const before = pool.stats();
    for (let i = 0; i < 20; i++) round();
    const { misses, growths, bytesRetained, inUse } = pool.stats();
    assert.deepEqual(
      { misses, growths, bytesRetained, inUse },
      { misses: before.misses, growths: before.growths, bytesRetained: before.bytesRetained, inUse: 0 },
    );
  });
}

test("a vector works at addresses above 2 GiB", () => {
  const pool = new Pool({ regionBytes: 4 * GiB, limitBytes: 8 * GiB, trimAfterMs: Infinity, check: "fast" });
  const low = [GiB, GiB, GiB / 4].map((bytes) => pool.acquireUnsafe(Uint8Array, bytes));
  using xs = vec(pool, Float64Array);
  for (let i = 0; i < 5000; i++) xs.push(i);
  assert.ok(xs.array.byteOffset > 2 * GiB);
  xs.insert(0, xs.subarray(4990));
  assert.equal(xs.get(9), 4999);
  assert.equal(xs.at(-1), 4999);
  for (const array of low) pool.release(array);
});
