// What a user of array pools sees: arrays that come and go, bounds, options, figures, the end.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  arrays,
  type ArrayStrategy,
  GiB,
  KiB,
  MiB,
  Pool,
  PoolError,
  Region,
  SharedPool,
  type TypedArray,
} from "@millpond/core";
import { PackedMemory, rejects, STRATEGIES } from "./strategies.ts";

for (const strategy of STRATEGIES) {
  describe(`strategy ${strategy}`, () => {
    test("an array has exactly the length asked for, is zeroed and starts on a cache line", () => {
      const pool = arrays(new Pool(), Float64Array, { strategy });
      for (const length of [0, 1, 15, 16, 17, 256, 257, 5000]) {
        const array = pool.acquire(length);
        assert.ok(array instanceof Float64Array);
        assert.equal(array.length, length);
        assert.equal(array.byteOffset % 64, 0);
        assert.ok(array.every((x) => x === 0));
        array.fill(7);
        pool.release(array);
        assert.ok(
          pool.acquire(length).every((x) => x === 0),
          "zeroed again",
        );
      }
    });

    test("acquireUnsafe leaves what the last user wrote", () => {
      const pool = arrays(new Pool(), Uint32Array, { strategy });
      pool.release(pool.acquire(10).fill(7));
      assert.deepEqual([...pool.acquireUnsafe(3)], [7, 7, 7]);
    });

    test("acquireAtLeast gives all that the block has room for", () => {
      const pool = arrays(new Pool(), Uint32Array, { strategy, classes: [8, 100] });
      assert.equal(pool.acquireAtLeast(3).length, 8);
      assert.equal(pool.acquireAtLeast(9).length, 100);
      assert.ok(pool.acquireAtLeast(101).length >= 101);
      rejects(() => pool.acquireAtLeast(-1), "BAD_ARGUMENT");
    });

    test("works for all eleven types", () => {
      const memory = new Pool();
      const types = [
        Int8Array,
        Uint8Array,
        Uint8ClampedArray,
        Int16Array,
        Uint16Array,
        Int32Array,
        Uint32Array,
      ];
      for (const type of [...types, Float32Array, Float64Array]) {
        const pool = arrays<TypedArray>(memory, type, { strategy });
        const list = pool.acquire(16);
        assert.equal(list.constructor, type);
        pool.release(list);
        pool.close();
      }
      for (const type of [BigInt64Array, BigUint64Array]) {
        const pool = arrays<BigInt64Array | BigUint64Array>(memory, type, { strategy });
        pool.release(pool.acquire(16).fill(3n));
        assert.equal(pool.acquire(16)[15], 0n);
        pool.close({ force: true });
      }
      assert.equal(memory.stats().inUse, 0);
    });

    test("a released block is the next to be given out", () => {
      const pool = arrays(new Pool(), Float64Array, { strategy });
      const first = pool.acquire(12);
      pool.acquire(12);
      pool.release(first);
      assert.equal(pool.acquire(12).byteOffset, first.byteOffset);
    });

    test("in steady state no slab is added, and direct creates no array objects either", () => {
      const pool = arrays(new Pool(), Float64Array, { strategy });
      const held: Float64Array[] = [];
      const round = (): void => {
        for (let i = 0; i < 600; i++) held.push(pool.acquire(16));
        while (held.length > 0) pool.release(held.pop() as Float64Array);
      };
      // Blocks have two array objects in the strategy direct.
      round();
      round();
      const before = pool.stats();
      for (let rounds = 0; rounds < 50; rounds++) round();
      const after = pool.stats();
      assert.equal(after.bytesRetained, before.bytesRetained);
      const created = after.classes[0].viewsCreated - before.classes[0].viewsCreated;
      assert.equal(created, strategy === "direct" ? 0 : 50 * 600);
    });

    test("arrays of one pool never lie on each other, whatever the allocator puts where", () => {
      const memory = new Pool({ regionBytes: 1 * MiB });
      const pool = arrays(memory, Uint8Array, { strategy, classes: [5, 70, 3000, 70_000] });
      const all: Uint8Array[] = [];
      for (let i = 0; i < 400; i++) {
        all.push(pool.acquire([5, 70, 3000, 70_000, 80_000][i % 5]).fill(i % 251));
        // Something of somebody else's in between, so that slabs do not follow each other.
        if (i % 7 === 0) memory.acquire(Uint8Array, 100 * i).fill(255);
      }
      for (const [i, array] of all.entries()) assert.ok(array.every((byte) => byte === i % 251));
      for (const array of all) pool.release(array);
      assert.equal(pool.size, 0);
    });

    test("arrays are found in slabs that lie at no edge of a page and touch each other", () => {
      const memory = new PackedMemory();
      const pool = arrays(memory, Uint8Array, { strategy, classes: [10, 500, 70_000], maxIdle: 0 });
      const held: Uint8Array[] = [];
      for (let i = 0; i < 4000; i++) {
        held.push(pool.acquireUnsafe(i % 100 === 0 ? 70_000 : i % 2 === 0 ? 10 : 500).fill(i % 251));
      }
      for (const [i, array] of held.entries()) {
        assert.ok(array.every((byte) => byte === i % 251));
        assert.equal(pool.arrayOf(array.subarray(9)), array);
      }
      for (const array of held) pool.release(array);
      assert.equal(pool.size, 0);
      pool.trim();
      assert.equal(memory.inUse, 0);
    });

    test("arrays are found at addresses above 2 GiB, up to the last", () => {
      const region = Region.reserve(4 * GiB);
      const memory = new PackedMemory(region.buffer, 4 * GiB - 2 * 61_504);
      const pool = arrays(memory, Float64Array, { strategy });
      const held = Array.from({ length: 280 }, (_, i) => pool.acquire(16).fill(i));
      held.push(...Array.from({ length: 20 }, (_, i) => pool.acquire(256).fill(280 + i)));
      for (const [i, array] of held.entries()) {
        assert.ok(array.byteOffset > 2 * GiB);
        assert.ok(array.every((x) => x === i));
        assert.equal(pool.arrayOf(array.subarray(15)), array);
        pool.release(array);
        rejects(() => pool.release(array), "DOUBLE_RELEASE");
      }
      assert.equal(pool.size, 0);
    });

    test("arrays are found in slabs that have buffers of their own, in every check mode of the pool", () => {
      for (const check of ["fast", "off", "strict", "checked"] as const) {
        const memory = new Pool({ check });
        const pool = arrays(memory, Float64Array, { strategy, maxIdle: 0 });
        const held = Array.from({ length: 1500 }, () => pool.acquire(16));
        for (const array of held) pool.release(array);
        assert.equal(pool.size, 0);
        pool.close();
      }
    });

    test("releaseAll takes everything back, long arrays too", () => {
      const memory = new Pool();
      const pool = arrays(memory, Float64Array, { strategy });
      const held = [1, 16, 17, 256, 257, 10_000].map((length) => pool.acquire(length));
      assert.equal(pool.size, 6);
      assert.equal(pool.releaseAll(), 6);
      assert.equal(pool.size, 0);
      for (const array of held) rejects(() => pool.release(array), "DOUBLE_RELEASE");
      pool.close();
      assert.equal(memory.stats().inUse, 0);
    });

    test("close refuses while arrays are in use, unless forced, and leaves nothing behind", () => {
      const memory = new Pool();
      const pool = arrays(memory, Float64Array, { strategy });
      const array = pool.acquire(3);
      rejects(() => pool.close(), "POOL_IN_USE");
      pool.release(array);
      pool.acquire(1000);
      pool[Symbol.dispose]();
      pool.close();
      assert.equal(pool.closed, true);
      assert.equal(pool.size, 0);
      assert.equal(memory.stats().inUse, 0);
      rejects(() => pool.acquire(3), "POOL_CLOSED");
      rejects(() => pool.acquire(1000), "POOL_CLOSED");
      rejects(() => pool.release(array), "POOL_CLOSED");
      rejects(() => pool.trim(), "POOL_CLOSED");
      rejects(() => pool.releaseAll(), "POOL_CLOSED");
    });

    test("idle memory is bounded by maxIdle and one slab a class", () => {
      const memory = new Pool();
      const pool = arrays(memory, Float64Array, { strategy, classes: [1000], maxIdle: 20 });
      const held = Array.from({ length: 500 }, () => pool.acquire(1000));
      const slabBlocks = 500 / pool.stats().classes[0].slabs;
      for (const array of held) pool.release(array);
      const { idle } = pool.stats().classes[0];
      assert.ok(idle >= 20 && idle <= 20 + slabBlocks + 1, `${idle} idle blocks`);
      assert.equal(memory.stats().inUse, pool.stats().classes[0].slabs);
    });

    test("trim gives back every slab without an array in use", () => {
      const memory = new Pool();
      const pool = arrays(memory, Float64Array, { strategy });
      const held = Array.from({ length: 2000 }, () => pool.acquire(16));
      const kept = held.pop() as Float64Array;
      for (const array of held) pool.release(array);
      const bytes = pool.trim();
      assert.ok(bytes > 100 * KiB, `${bytes} bytes`);
      assert.equal(pool.stats().classes[0].slabs, 1);
      assert.equal(memory.stats().inUse, 1);
      kept.fill(1);
      pool.release(kept);
      pool.trim();
      assert.equal(memory.stats().inUse, 0);
      assert.equal(pool.acquire(16).length, 16);
    });

    test("when the memory behind is used up, acquire says so and the pool goes on", () => {
      const pool = arrays(new Pool({ limitBytes: 128 * KiB }), Float64Array, { strategy });
      const held: Float64Array[] = [];
      rejects(() => {
        for (;;) held.push(pool.acquire(256));
      }, "POOL_EXHAUSTED");
      assert.equal(pool.size, held.length);
      pool.release(held.pop() as Float64Array);
      held.push(pool.acquire(256));
      pool.releaseAll();
      assert.equal(pool.size, 0);
    });

    test("the figures add up", () => {
      const pool = arrays(new Pool(), Float64Array, { strategy, name: "points" });
      const [a, b, c] = [pool.acquire(10), pool.acquire(200), pool.acquire(3000)];
      pool.release(a);
      rejects(() => pool.release(a), "DOUBLE_RELEASE");
      const stats = pool.stats();
      assert.equal(stats.name, "points");
      assert.equal(stats.strategy, strategy);
      assert.deepEqual([stats.acquired, stats.released, stats.inUse], [3, 1, 2]);
      assert.deepEqual([stats.refused, stats.large, stats.largeInUse], [1, 1, 1]);
      assert.deepEqual(
        stats.classes.map(({ length, acquired, inUse }) => [length, acquired, inUse]),
        [
          [16, 1, 0],
          [256, 1, 1],
        ],
      );
      assert.ok(stats.bytesRetained >= 3000 * 8 + stats.classes.length * 50_000);
      pool.release(b);
      pool.release(c);
      assert.equal(pool.stats().inUse, 0);
      assert.equal(pool.stats().largeInUse, 0);
    });

    test("lengths that are none are refused, and so is releasing what is no array", () => {
      const pool = arrays(new Pool(), Float64Array, { strategy });
      const lengths = [-1, 1.5, NaN, Infinity, 2 ** 40, "16", null, undefined, {}];
      for (const length of lengths) rejects(() => pool.acquire(length as number), "BAD_ARGUMENT");
      for (const length of lengths) rejects(() => pool.acquireUnsafe(length as number), "BAD_ARGUMENT");
      const things = [
        undefined,
        null,
        16,
        "xs",
        {},
        [1, 2],
        new ArrayBuffer(8),
        new DataView(new ArrayBuffer(8)),
      ];
      for (const thing of things) rejects(() => pool.release(thing as TypedArray), "BAD_ARGUMENT");
      assert.equal(pool.size, 0);
    });
  });
}

test("the strategy is tracked where none is named, and the name tells type and strategy", () => {
  const pool = arrays(new Pool(), Uint16Array);
  assert.equal(pool.strategy, "tracked");
  assert.equal(pool.type, Uint16Array);
  assert.equal(pool.name, "Uint16Array arrays, tracked");
  assert.deepEqual(
    pool.stats().classes.map(({ length }) => length),
    [16, 256],
  );
});

test("options that cannot be meant are refused by name", () => {
  const bad = (options: object, word: RegExp): void => {
    assert.throws(
      () => arrays(new Pool(), Float64Array, options),
      (error) => error instanceof PoolError && error.code === "BAD_ARGUMENT" && word.test(error.message),
    );
  };
  bad({ strategy: "counted" as ArrayStrategy }, /strategy/);
  bad({ classes: [16, 16] }, /classes/);
  bad({ classes: [0] }, /classes/);
  bad({ classes: [1.5] }, /classes/);
  bad({ classes: [2 ** 21] }, /classes/);
  bad({ classes: "16" }, /classes/);
  bad({ classes: Array.from({ length: 33 }, (_, i) => i + 1) }, /classes/);
  bad({ maxIdle: -1 }, /maxIdle/);
  bad({ maxIdle: NaN }, /maxIdle/);
  assert.throws(() => arrays(new Pool(), Array as never), { code: "BAD_ARGUMENT" });
});

test("arrays lie in memory that threads share when the pool behind is a SharedPool", () => {
  const memory = SharedPool.create({ limitBytes: 4 * MiB });
  for (const strategy of STRATEGIES) {
    const pool = arrays(memory, Float64Array, { strategy });
    const held = Array.from({ length: 700 }, () => pool.acquire(16));
    assert.ok(held[0].buffer instanceof SharedArrayBuffer);
    for (const array of held) pool.release(array);
    rejects(() => pool.release(held[3]), "DOUBLE_RELEASE");
    pool.close();
  }
  assert.equal(memory.stats().inUse, 0);
  memory.close();
});

test("without classes every array goes straight to the pool", () => {
  const memory = new Pool();
  const pool = arrays(memory, Float64Array, { classes: [] });
  const xs = pool.acquire(3);
  assert.equal(memory.stats().bytesRequested, 24);
  pool.release(xs);
  assert.equal(memory.stats().inUse, 0);
});
