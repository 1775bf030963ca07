// Invariant 3: releasing what one does not hold is refused in every mode, with the code that says what is wrong, and
// the pool is as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ArrayType, Pool, type PoolErrorCode, type TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { BLOCK_MODES, MODES, refused, refusedUnchanged, smallPool } from "./modes.ts";

for (const check of MODES) {
  test(`releasing twice is DOUBLE_RELEASE for all eleven kinds (${check})`, () => {
    for (const type of ARRAY_TYPES) {
      const pool = smallPool({ check });
      for (const length of [0, 1, 100, 100_000]) {
        const array = pool.acquire(type, length);
        pool.release(array);
        refusedUnchanged(pool, () => pool.release(array), "DOUBLE_RELEASE", /released before/);
        refusedUnchanged(pool, () => pool.release(array), "DOUBLE_RELEASE");
      }
    }
  });

  test(`releasing an array of nobody, or of another pool, is FOREIGN_RELEASE (${check})`, () => {
    const pool = smallPool({ check, name: "mine" });
    const other = smallPool({ check });
    const foreign = other.acquire(Uint8Array, 100);
    pool.release(pool.acquire(Uint8Array, 100));
    for (const array of [
      foreign,
      new Uint8Array(100),
      new Uint8Array(0),
      new Uint8Array(new SharedArrayBuffer(70_000), 65_536, 100),
      Buffer.from("text"),
    ]) {
      refusedUnchanged(pool, () => pool.release(array), "FOREIGN_RELEASE", /"mine"/);
    }
    other.release(foreign);
  });

  test(`releasing another view of an array in use is SUBVIEW_RELEASE (${check})`, () => {
    const pool = smallPool({ check });
    const array = pool.acquire(Float64Array, 1000);
    const { buffer, byteOffset } = array;
    const views: TypedArray[] = [
      array.subarray(0),
      array.subarray(1),
      array.subarray(0, 1),
      array.subarray(999),
      new Float64Array(buffer, byteOffset, 1000),
      new Uint8Array(buffer, byteOffset, 8000),
      new Float64Array(buffer, byteOffset, 0),
    ];
    for (const view of views)
      refusedUnchanged(pool, () => pool.release(view), "SUBVIEW_RELEASE", /another view/);
    pool.release(array);
  });

  test(`releasing through the wrong pool of a family is FOREIGN_RELEASE and names the right one (${check})`, () => {
    const pool = smallPool({ check, name: "root" });
    const left = pool.child({ name: "left" });
    const right = pool.child({ name: "right" });
    const low = left.child({ name: "low" });
    const family = [pool, left, right, low];
    for (const owner of family) {
      const array = owner.acquire(Int16Array, 50);
      for (const other of family) {
        if (other === owner) continue;
        const name = new RegExp(`"${owner.name}"`);
        refusedUnchanged(pool, () => other.release(array), "FOREIGN_RELEASE", name);
      }
      owner.release(array);
    }
  });

  test(`releasing what is no typed array is BAD_ARGUMENT and says what it got (${check})`, () => {
    const pool = smallPool({ check });
    const array = pool.acquire(Uint8Array, 100);
    const table: [unknown, RegExp][] = [
      [undefined, /got undefined/],
      [null, /got null/],
      [7, /got 7/],
      ["text", /got "text"/],
      [[1, 2], /got an object \(\[object Array\]\)/],
      [{ byteOffset: array.byteOffset, length: 100 }, /got an object/],
      [{ byteOffset: 2 ** 32 + array.byteOffset }, /got an object/],
      [new DataView(array.buffer, array.byteOffset, 100), /got DataView of 100 bytes/],
      [array.buffer, /got an object/],
      [Uint8Array, /got Uint8Array/],
    ];
    for (const [what, got] of table)
      refusedUnchanged(pool, () => pool.release(what as TypedArray), "BAD_ARGUMENT", /typed array/, got);
    pool.release(array);
  });

  test(`a detached array of somebody else's is FOREIGN_RELEASE (${check})`, () => {
    const pool = smallPool({ check });
    pool.release(pool.acquire(Uint8Array, 100));
    const array = new Uint8Array(100);
    structuredClone(array, { transfer: [array.buffer] });
    refusedUnchanged(pool, () => pool.release(array), "FOREIGN_RELEASE");
  });
}

const STALE: Readonly<Record<string, PoolErrorCode>> = { fast: "STALE_RELEASE", checked: "STALE_RELEASE" };

for (const check of BLOCK_MODES) {
  test(`releasing an array whose block was given out again as another type or length is refused (${check})`, () => {
    const others: [ArrayType, number][] = [
      [Float32Array, 30],
      [Uint8Array, 101],
      [BigUint64Array, 12],
    ];
    for (const [type, length] of others) {
      const pool = smallPool({ check });
      const stale = pool.acquire(Uint8Array, 100);
      pool.release(stale);
      const array = pool.acquire(type, length);
      assert.notEqual(array, stale);
      assert.equal(array.byteOffset, stale.byteOffset);
      refusedUnchanged(pool, () => pool.release(stale), STALE[check], /belongs to somebody else/);
      pool.release(array);
    }
  });
}

test("in checked mode a stale release is seen however often the block was given out since", () => {
  const pool = smallPool({ check: "checked" });
  const stale = pool.acquire(Uint8Array, 100);
  pool.release(stale);
  for (const length of [100, 90, 80, 100]) {
    const array = pool.acquire(Uint8Array, length);
    assert.notEqual(array, stale);
    refusedUnchanged(pool, () => pool.release(stale), "STALE_RELEASE");
    pool.release(array);
    refusedUnchanged(pool, () => pool.release(stale), "DOUBLE_RELEASE");
  }
});

test("in checked mode a double release is called that even when the block is gone", () => {
  const pool = smallPool({ check: "checked" });
  const array = pool.acquire(Uint8Array, 100);
  pool.release(array);
  pool.trim();
  refusedUnchanged(pool, () => pool.release(array), "DOUBLE_RELEASE");
});

test("a release is refused whatever address it has, beyond 4 GiB too", () => {
  const pool = smallPool();
  const array = pool.acquire(Uint8Array, 100);
  const far = new ArrayBuffer(2 ** 32 + 2 ** 20);
  for (const at of [0, 65_536, 2 ** 31, 2 ** 32 - 64, 2 ** 32, 2 ** 32 + 65_536])
    refusedUnchanged(pool, () => pool.release(new Uint8Array(far, at, 100)), "FOREIGN_RELEASE");
  pool.release(array);
});

test("views at any address of a pool's memory are refused, whatever lies there", () => {
  for (const bytes of [64, 320, 960, 5000, 60_000, 200_000]) {
    const pool = smallPool({ regionBytes: 4 * 65_536 });
    const array = pool.acquire(Uint8Array, bytes);
    const { buffer } = array;
    for (let at = 0; at < buffer.byteLength; at += 61) {
      assert.throws(() => pool.release(new Uint8Array(buffer, at, 1)), {
        code: /^(?:SUBVIEW|FOREIGN|DOUBLE)_RELEASE$/,
      });
    }
    assert.throws(() => pool.release(new Uint8Array(buffer, buffer.byteLength)), { code: "FOREIGN_RELEASE" });
    pool.release(array);
  }
});

test("the program goes on after each mistake", () => {
  for (const check of MODES) {
    const pool = smallPool({ check });
    for (let round = 0; round < 50; round++) {
      const array = pool.acquire(Float32Array, 100 + round);
      refused(() => pool.release(array.subarray(1)), "SUBVIEW_RELEASE");
      refused(() => pool.release(new Float32Array(100)), "FOREIGN_RELEASE");
      pool.release(array);
      refused(() => pool.release(array), "DOUBLE_RELEASE");
    }
    const { acquired, released, inUse, bytesInUse } = pool.stats();
    assert.deepEqual(
      { acquired, released, inUse, bytesInUse },
      { acquired: 50, released: 50, inUse: 0, bytesInUse: 0 },
    );
  }
});

test("a pool that was closed does not release the arrays of a later one with its number", () => {
  const pool = smallPool();
  const first = pool.child();
  first.close();
  const second = pool.child();
  const array = second.acquire(Uint8Array, 10);
  refusedUnchanged(pool, () => first.release(array), "POOL_CLOSED");
  second.release(array);
});

test("after closing by force every release is POOL_CLOSED, of what was in use too", () => {
  for (const check of MODES) {
    const pool = smallPool({ check });
    const child = pool.child();
    const ours = [pool.acquire(Uint8Array, 10), pool.acquire(Uint8Array, 2000)];
    const childs = [child.acquire(Uint8Array, 10), child.acquire(Float64Array, 10)];
    child.close({ force: true });
    for (const array of childs) refusedUnchanged(pool, () => child.release(array), "POOL_CLOSED");
    pool.close({ force: true });
    for (const array of [...ours, ...childs, new Uint8Array(3)])
      refusedUnchanged(pool, () => pool.release(array), "POOL_CLOSED", /was closed/);
  }
});

test("arrays of two pools at the same address are not confused", () => {
  const first = new Pool({ check: "fast", trimAfterMs: Infinity });
  const second = new Pool({ check: "fast", trimAfterMs: Infinity });
  const a = first.acquire(Uint8Array, 100);
  const b = second.acquire(Uint8Array, 100);
  assert.equal(a.byteOffset, b.byteOffset);
  refusedUnchanged(first, () => first.release(b), "FOREIGN_RELEASE");
  refusedUnchanged(second, () => second.release(a), "FOREIGN_RELEASE");
  first.release(a);
  second.release(b);
});
