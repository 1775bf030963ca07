// Wrong releases. The published designs of array pools lose memory or hand one block to two owners on a double release,
// on a release after release and reuse, and on the release of an interior slice; here each is refused by name, and
// afterwards the pool hands out no block twice and has lost none.
import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, test } from "node:test";
import { type ArrayPool, arrays, Pool } from "@millpond/core";
import { rejects, STRATEGIES } from "./strategies.ts";

for (const strategy of STRATEGIES) {
  const make = (): ArrayPool<Float64Array> => arrays(new Pool(), Float64Array, { strategy });

  describe(`strategy ${strategy}`, () => {
    test("double release is refused, and the block gets one owner", () => {
      const pool = make();
      const array = pool.acquire(10);
      pool.release(array);
      rejects(() => pool.release(array), "DOUBLE_RELEASE");
      rejects(() => pool.release(array), "DOUBLE_RELEASE");
      assertSound(pool, 0);
      assert.notEqual(pool.acquire(10).byteOffset, pool.acquire(10).byteOffset);
    });

    test("release, reuse, stale release is refused, and the new owner keeps the block", () => {
      const pool = make();
      const old = pool.acquire(10);
      pool.release(old);
      const owner = pool.acquire(10).fill(5);
      assert.equal(owner.byteOffset, old.byteOffset);
      rejects(() => pool.release(old), "STALE_RELEASE");
      assert.notEqual(pool.acquire(10).byteOffset, owner.byteOffset);
      assert.ok(owner.every((x) => x === 5));
      pool.release(owner);
      assertSound(pool, 1);
    });

    test("release, reuse with another length, stale release is refused", () => {
      const pool = make();
      const old = pool.acquire(16);
      pool.release(old);
      const owner = pool.acquire(0);
      rejects(() => pool.release(old), "STALE_RELEASE");
      pool.release(owner);
      rejects(() => pool.release(old), "DOUBLE_RELEASE");
      assertSound(pool, 0);
    });

    test("an interior slice is refused, and so is a prefix, a copy of the view and a view of another type", () => {
      const pool = make();
      const array = pool.acquire(16).fill(5);
      const { buffer, byteOffset } = array;
      rejects(() => pool.release(array.subarray(2, 5)), "SUBVIEW_RELEASE");
      rejects(() => pool.release(array.subarray(15)), "SUBVIEW_RELEASE");
      rejects(() => pool.release(array.subarray(0, 7)), "SUBVIEW_RELEASE");
      rejects(() => pool.release(array.subarray()), "SUBVIEW_RELEASE");
      rejects(() => pool.release(new Uint8Array(buffer, byteOffset, 128)), "SUBVIEW_RELEASE");
      rejects(() => pool.release(new Uint8Array(buffer, byteOffset + 3, 1)), "SUBVIEW_RELEASE");
      assertSound(pool, 1);
      assert.ok(array.every((x) => x === 5));
      pool.release(array);
    });

    test("a slice of a released array is refused, before and after the block has a new owner", () => {
      const pool = make();
      const array = pool.acquire(16);
      const slice = array.subarray(4, 8);
      pool.release(array);
      rejects(() => pool.release(slice), "DOUBLE_RELEASE");
      const owner = pool.acquire(16);
      rejects(() => pool.release(slice), "SUBVIEW_RELEASE");
      assertSound(pool, 1);
      pool.release(owner);
    });

    test("an interior slice in front of which the header's bytes stand is refused", () => {
      const pool = make();
      const array = pool.acquire(16);
      // The published tagged design looks for its magic word in front of whatever is released.
      const block = new Uint8Array(array.buffer, array.byteOffset - 64, 64);
      new Uint8Array(array.buffer, array.byteOffset, 64).set(block);
      rejects(() => pool.release(array.subarray(8)), "SUBVIEW_RELEASE");
      assertSound(pool, 1);
      pool.release(array);
    });

    test("what was never acquired here is refused", () => {
      const memory = new Pool();
      const pool = arrays(memory, Float64Array, { strategy });
      const other = arrays(memory, Float64Array, { strategy });
      const mine = pool.acquire(10);
      const theirs = other.acquire(10);
      const raw = memory.acquire(Float64Array, 10);
      rejects(() => pool.release(theirs), "FOREIGN_RELEASE");
      rejects(() => pool.release(raw), "FOREIGN_RELEASE");
      rejects(() => pool.release(new Float64Array(10)), "FOREIGN_RELEASE");
      rejects(() => pool.release(new Float64Array(0)), "FOREIGN_RELEASE");
      rejects(() => pool.release(new Uint8Array(mine.buffer, 0, 100)), "FOREIGN_RELEASE");
      rejects(() => memory.release(mine), "SUBVIEW_RELEASE");
      assertSound(pool, 1);
      other.release(theirs);
      memory.release(raw);
      pool.release(mine);
    });

    test("a view of a block that nobody ever had is foreign", () => {
      const pool = make();
      const array = pool.acquire(16);
      const next = new Float64Array(array.buffer, array.byteOffset + pool.stats().classes[0].blockBytes, 16);
      rejects(() => pool.release(next), "FOREIGN_RELEASE");
      assertSound(pool, 1);
      pool.release(array);
    });

    test("long arrays refuse the same mistakes", () => {
      const memory = new Pool();
      const pool = arrays(memory, Float64Array, { strategy });
      const array = pool.acquire(1000);
      rejects(() => pool.release(array.subarray(1)), "SUBVIEW_RELEASE");
      rejects(() => pool.release(array.subarray()), "SUBVIEW_RELEASE");
      pool.release(array);
      rejects(() => pool.release(array), "DOUBLE_RELEASE");
      rejects(() => pool.release(array.subarray(1)), "FOREIGN_RELEASE");
      const raw = memory.acquire(Float64Array, 2000);
      rejects(() => pool.release(raw), "FOREIGN_RELEASE");
      memory.release(raw);
      assert.equal(memory.stats().inUse, 0);
    });

    test("arrayOf finds the array in use that a slice is a part of, so that releasing it can be meant", () => {
      const pool = make();
      const [short, long] = [pool.acquire(16), pool.acquire(1000)];
      for (const array of [short, long]) {
        assert.equal(pool.arrayOf(array), array);
        assert.equal(pool.arrayOf(array.subarray(3, 9)), array);
        assert.equal(pool.arrayOf(new Uint8Array(array.buffer, array.byteOffset + 127, 1)), array);
        assert.equal(
          pool.arrayOf(new Uint8Array(array.buffer, array.byteOffset, array.byteLength + 1)),
          undefined,
        );
      }
      assert.equal(pool.arrayOf(new Float64Array(3)), undefined);
      const slice = short.subarray(3, 9);
      pool.release(pool.arrayOf(slice) as Float64Array);
      assert.equal(pool.arrayOf(slice), undefined);
      pool.release(long);
      assert.equal(pool.arrayOf(long), undefined);
    });

    test("arrayOf finds the owner of every byte of every block, and of none between", () => {
      const pool = arrays(new Pool(), Uint8Array, { strategy, classes: [70, 4000] });
      const all = Array.from({ length: 1000 }, (_, i) => pool.acquire(i % 50 === 0 ? 4000 : 70));
      const { blockBytes } = pool.stats().classes[0];
      for (const array of all) {
        const step = array.length === 70 ? 1 : 333;
        for (let byte = 0; byte < array.length; byte += step) {
          assert.equal(pool.arrayOf(array.subarray(byte, byte + 1)), array);
        }
        if (array.length !== 70) continue;
        for (let byte = 70; byte < blockBytes; byte++) {
          assert.equal(pool.arrayOf(new Uint8Array(array.buffer, array.byteOffset + byte, 1)), undefined);
        }
      }
    });

    test("a mistake is published with its code", () => {
      const pool = make();
      const seen: unknown[] = [];
      const listen = (message: unknown): void => void seen.push((message as { code: string }).code);
      subscribe("millpond:pool.misuse", listen);
      rejects(() => pool.release(new Float64Array(3)), "FOREIGN_RELEASE");
      unsubscribe("millpond:pool.misuse", listen);
      assert.deepEqual(seen, ["FOREIGN_RELEASE"]);
    });
  });
}

for (const strategy of ["tracked", "tagged"] as const) {
  test(`${strategy} refuses former owners however many owners ago`, () => {
    for (const length of [10, 1000]) {
      const pool = arrays(new Pool(), Float64Array, { strategy });
      const former: Float64Array[] = [];
      for (let owners = 0; owners < 50; owners++) {
        const array = pool.acquire(length);
        pool.release(array);
        former.push(array);
      }
      assert.equal(new Set(former).size, 50);
      const owner = pool.acquire(length);
      for (const array of former) assert.throws(() => pool.release(array), { name: "PoolError" });
      rejects(() => pool.release(former[49]), "STALE_RELEASE");
      pool.release(owner);
      for (const array of former) rejects(() => pool.release(array), "DOUBLE_RELEASE");
    }
  });
}

test("direct gives the object of the owner before the former one out again, and then cannot tell them apart", () => {
  const pool = arrays(new Pool(), Float64Array, { strategy: "direct" });
  const first = pool.acquire(10);
  pool.release(first);
  const second = pool.acquire(10);
  pool.release(second);
  assert.notEqual(second, first);
  assert.equal(pool.acquire(10), first);
});

// The next `blocks` blocks are all different, and there is room for the same number as before.
function assertSound(pool: ArrayPool<Float64Array>, inUse: number): void {
  assert.equal(pool.size, inUse);
  const { idle } = pool.stats().classes[0];
  const all = Array.from({ length: idle }, () => pool.acquire(16));
  assert.equal(new Set(all.map((array) => array.byteOffset)).size, idle);
  assert.equal(pool.stats().classes[0].slabs, 1, "no block was lost");
  for (const array of all.reverse()) pool.release(array);
  assert.equal(pool.size, inUse);
}
