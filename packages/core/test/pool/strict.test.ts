// Invariant 4, mode "strict": what was released cannot be used any more, with `transfer` and without it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { ArrayType, TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { allEqual, bytesOf } from "./bytes.ts";
import { refused, smallPool } from "./modes.ts";

const buffers = ArrayBuffer.prototype;
const transfer = Object.getOwnPropertyDescriptor(buffers, "transfer");
assert.ok(transfer !== undefined, "this Node has ArrayBuffer.prototype.transfer");

function restore(): void {
  Reflect.defineProperty(buffers, "transfer", transfer as PropertyDescriptor);
}

after(restore);

function acquired(type: ArrayType, length: number): { array: TypedArray; release: () => void } {
  const pool = smallPool({ check: "strict" });
  const array = pool.acquire(type, length);
  return { array, release: () => pool.release(array) };
}

for (const way of ["transfer", "structuredClone"]) {
  test(`an array has no length and its methods throw after release (${way})`, (t) => {
    t.after(restore);
    // Node 20 has no `transfer`.
    if (way === "structuredClone") Reflect.deleteProperty(buffers, "transfer");
    assert.equal("transfer" in buffers, way === "transfer");
    for (const type of ARRAY_TYPES) {
      const { array, release } = acquired(type, 100);
      const part = array.subarray(10, 20);
      bytesOf(array).fill(1);
      release();
      for (const view of [array, part]) {
        assert.equal(view.length, 0);
        assert.equal(view.byteLength, 0);
        assert.equal(view[0], undefined);
        assert.throws(() => view.reverse(), TypeError);
        assert.throws(() => view.slice(), TypeError);
      }
      refused(release, "DOUBLE_RELEASE");
    }
  });
}

test("an empty array can be released, and released only once", () => {
  for (const type of ARRAY_TYPES) {
    const { release } = acquired(type, 0);
    release();
    refused(release, "DOUBLE_RELEASE");
  }
});

test("no view of a pool is detached in the other modes", () => {
  for (const check of ["off", "fast", "checked"] as const) {
    const pool = smallPool({ check });
    const array = pool.acquire(Float64Array, 100);
    pool.release(array);
    assert.equal(array.length, 100);
    assert.equal(array.slice().length, 100);
  }
});

test("each array has a buffer of its own, so that its neighbours live on", () => {
  const pool = smallPool({ check: "strict" });
  const first = pool.acquire(Uint8Array, 100).fill(1);
  const second = pool.acquire(Uint8Array, 100).fill(2);
  assert.notEqual(first.buffer, second.buffer);
  pool.release(first);
  assert.ok(allEqual(second, 2));
  pool.release(second);
});

test("an array that the user transferred away can still be released, zeroing pools included", () => {
  for (const zero of ["acquire", "release"] as const) {
    for (const check of ["off", "strict"] as const) {
      for (const length of [0, 100]) {
        const pool = smallPool({ check, zero });
        const array = pool.acquire(Uint8Array, length);
        structuredClone(array, { transfer: [array.buffer as ArrayBuffer] });
        pool.release(array);
        assert.equal(pool.stats().inUse, 0);
        assert.equal(pool.stats().bytesInUse, 0);
        refused(() => pool.release(array), "DOUBLE_RELEASE");
      }
    }
  }
});

test("budgets hold in the modes off and strict, to the byte that the pool counts", () => {
  for (const check of ["off", "strict"] as const) {
    const pool = smallPool({ check, limitBytes: 65_536, name: "small" });
    const child = pool.child({ name: "smaller", limitBytes: 1000 });
    const array = child.acquire(Uint8Array, 900);
    refused(
      () => child.acquire(Uint8Array, 100),
      "POOL_EXHAUSTED",
      /"smaller"/,
      /960 B of limitBytes = 1000 B/,
    );
    const rest = pool.acquire(Uint8Array, 65_536 - 960);
    refused(() => pool.acquire(Uint8Array, 1), "POOL_EXHAUSTED", /"small"/, /64 KiB of limitBytes = 64 KiB/);
    pool.release(rest);
    child.release(array);
    pool.release(pool.acquire(Uint8Array, 65_536));
  }
});

test("a refusal of the machine is POOL_EXHAUSTED with the machine's words, and no figure is off", (t) => {
  const pool = smallPool({ check: "strict" });
  const mock = t.mock.method(globalThis, "ArrayBuffer", function refuse() {
    throw new RangeError("no more of this");
  });
  const error = refused(() => pool.acquire(Uint8Array, 1000), "POOL_EXHAUSTED", /1000 B/, /no more of this/);
  mock.mock.restore();
  assert.ok(error.cause instanceof RangeError);
  assert.equal(pool.stats().acquired, 0);
  pool.release(pool.acquire(Uint8Array, 1000));
});
