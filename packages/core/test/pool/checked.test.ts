// Invariant 4, mode "checked": paint, guards, stacks and tags find who wrote where they may not. And mode "off", which
// is plain allocation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { GUARD_BYTES, PAINT } from "../../src/memory/paint.ts";
import { allEqual, bytesOf } from "./bytes.ts";
import { refused, smallPool } from "./modes.ts";

test("released memory is painted, all of its block", () => {
  const pool = smallPool({ check: "checked" });
  for (const length of [1, 64, 1000, 200_000]) {
    const array = pool.acquire(Uint8Array, length);
    const block = new Uint8Array(
      array.buffer,
      array.byteOffset,
      pool.capacityFor(Uint8Array, length) + GUARD_BYTES,
    );
    array.fill(1);
    pool.release(array);
    assert.ok(allEqual(block, PAINT), `${length} bytes`);
  }
});

test("painted bytes do not show in what is acquired, while acquireUnsafe shows them", () => {
  const pool = smallPool({ check: "checked" });
  pool.release(pool.acquire(Float64Array, 100));
  const raw = pool.acquireUnsafe(Float64Array, 100);
  assert.ok(allEqual(raw, PAINT));
  pool.release(raw);
  assert.ok(allEqual(pool.acquire(Float64Array, 100), 0));
});

test("a write after release is reported when the block is given out again, and names the last holder", () => {
  const pool = smallPool({ check: "checked", stackEvery: 1 });
  const lease = pool.lease(Uint8Array, 500, { tag: "parser" });
  const { array } = lease;
  lease.release();
  array[123] = 7;
  const error = refused(
    () => pool.acquire(Uint8Array, 500),
    "WRITE_AFTER_RELEASE",
    /byte 123 /,
    /tagged "parser"/,
    /checked\.test\.ts/,
  );
  assert.equal(error.details["byte"], 123);
  assert.equal(error.details["tag"], "parser");
  assert.match(String(error.details["stack"]), /checked\.test\.ts/);
});

test("the byte written after release may be any of the block, also behind the array", () => {
  for (const at of [0, 1, 499, 500, 563, 575]) {
    const pool = smallPool({ check: "checked" });
    const array = pool.acquire(Uint8Array, 500);
    const { buffer, byteOffset } = array;
    pool.release(array);
    new Uint8Array(buffer)[byteOffset + at]++;
    refused(() => pool.acquire(Uint8Array, 500), "WRITE_AFTER_RELEASE", new RegExp(`byte ${at} `));
  }
});

test("after a report the block is good again, and no figure is off", () => {
  const pool = smallPool({ check: "checked" });
  const array = pool.acquire(Uint8Array, 500);
  pool.release(array);
  array[0] = 1;
  refused(() => pool.acquire(Uint8Array, 500), "WRITE_AFTER_RELEASE");
  assert.equal(pool.stats().inUse, 0);
  assert.equal(pool.stats().bytesInUse, 0);
  const again = pool.acquire(Uint8Array, 500);
  assert.equal(again.byteOffset, array.byteOffset);
  assert.ok(allEqual(again, 0));
  pool.release(again);
});

test("a write behind the end is reported at release, wherever in the guard, and the block comes back all the same", () => {
  for (const check of ["checked", "strict"] as const) {
    for (const type of ARRAY_TYPES) {
      for (const length of [0, 1, 7, 100, 5000]) {
        const pool = smallPool({ check, stackEvery: 1 });
        const lease = pool.lease(type, length, { tag: "writer" });
        const { array } = lease;
        new Uint8Array(array.buffer)[array.byteOffset + array.byteLength + (length % GUARD_BYTES)] = 1;
        const error = refused(() => lease.release(), "GUARD_DAMAGED", /tagged "writer"/, /checked\.test\.ts/);
        assert.equal(error.details["byte"], length % GUARD_BYTES);
        assert.equal(error.details["bytes"], length * type.BYTES_PER_ELEMENT);
        assert.equal(pool.stats().inUse, 0);
        refused(() => pool.release(array), "DOUBLE_RELEASE");
        pool.release(pool.acquire(type, length));
      }
    }
  }
});

test("writing an array to its very end damages no guard", () => {
  for (const check of ["checked", "strict"] as const) {
    const pool = smallPool({ check });
    for (const type of ARRAY_TYPES) {
      for (let length = 0; length < 200; length++) {
        const array = pool.acquire(type, length);
        bytesOf(array).fill(0xee);
        pool.release(array);
      }
    }
  }
});

test("a sampled stack points at the line that acquired, whichever way it did", () => {
  for (const check of ["checked", "strict"] as const) {
    const pool = smallPool({ check, stackEvery: 1 });
    const ways: Record<string, () => unknown> = {
      byAcquire: () => pool.acquire(Uint8Array, 8),
      byAcquireUnsafe: () => pool.acquireUnsafe(Uint8Array, 8),
      byLease: () => pool.lease(Uint8Array, 8),
      byTaggedLease: () => pool.lease(Uint8Array, 8, { tag: "x" }),
      byChild: () => pool.child().child().acquire(Uint8Array, 8),
    };
    for (const act of Object.values(ways)) act();
    let count = 0;
    pool.use(Uint8Array, 8, function byUse() {
      const stacks = pool.outstanding().map(({ stack }) => stack ?? "");
      for (const name of [...Object.keys(ways), "checked.test.ts"]) {
        assert.ok(
          stacks.some((stack) => stack.includes(name)),
          name,
        );
        count++;
      }
      assert.ok(stacks.every((stack) => stack.includes("checked.test.ts")));
    });
    assert.equal(count, 6);
  }
});

test("taking a stack leaves Error.stackTraceLimit as it was", () => {
  const { stackTraceLimit } = Error;
  try {
    for (const limit of [0, 3, 50]) {
      Error.stackTraceLimit = limit;
      smallPool({ check: "checked", stackEvery: 1 }).acquire(Uint8Array, 1);
      assert.equal(Error.stackTraceLimit, limit);
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
});

test("of stackEvery acquisitions one keeps its stack, the first one included", () => {
  for (const [stackEvery, expected] of [
    [1, 12],
    [3, 4],
    [16, 1],
    [2.5, 4],
    [Infinity, 1],
  ]) {
    const pool = smallPool({ check: "checked", stackEvery });
    for (let i = 0; i < 12; i++) pool.acquire(Uint8Array, 8);
    const stacks = pool.outstanding().filter(({ stack }) => stack !== undefined);
    assert.equal(stacks.length, expected, `one in ${stackEvery}`);
  }
});

test("a leak report has pool, type, length, bytes, tag and age", () => {
  for (const check of ["checked", "strict"] as const) {
    const pool = smallPool({ check, name: "reports" });
    pool.lease(Float64Array, 25, { tag: "figure" });
    const [{ pool: name, type, length, bytes, tag, ageMs }] = pool.outstanding();
    assert.deepEqual([name, type, length, bytes, tag], ["reports", "Float64Array", 25, 200, "figure"]);
    assert.ok(ageMs !== undefined && ageMs >= 0 && ageMs < 60_000);
  }
});

test("modes fast and off keep neither tags nor stacks", () => {
  const fast = smallPool({ check: "fast" });
  fast.lease(Uint8Array, 8, { tag: "x" });
  const [{ tag, ageMs, stack }] = fast.outstanding();
  assert.deepEqual([tag, ageMs, stack], [undefined, undefined, undefined]);
  const off = smallPool({ check: "off" });
  off.lease(Uint8Array, 8, { tag: "x" });
  assert.deepEqual(off.outstanding(), []);
});

test("mode off is plain allocation: a buffer of its own for each array, never the same again", () => {
  const pool = smallPool({ check: "off" });
  for (const type of ARRAY_TYPES) {
    const array = pool.acquire(type, 10);
    assert.equal(array.byteOffset, 0);
    assert.equal(array.buffer.byteLength, array.byteLength);
    assert.equal(pool.regionOf(array), undefined);
    pool.release(array);
    assert.notEqual(pool.acquire(type, 10), array);
    assert.equal(array.length, 10);
  }
  assert.equal(pool.stats().bytesReserved, 0);
});
