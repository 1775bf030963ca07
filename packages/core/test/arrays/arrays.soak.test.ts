// Long runs of array pools: flat memory under churn, and regions that are let go of.
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import { arrays, KiB, MiB, Pool, randomFrom } from "@millpond/core";
import { STRATEGIES } from "./strategies.ts";

function collect(): void {
  assert.ok(globalThis.gc !== undefined, "run node with --expose-gc");
  globalThis.gc();
  globalThis.gc();
}

for (const strategy of STRATEGIES) {
  test(`${strategy}: a million random operations end with nothing in use and with flat memory`, () => {
    const memory = new Pool();
    const pool = arrays(memory, Float64Array, { strategy, maxIdle: 64 });
    const random = randomFrom(11);
    const held: Float64Array[] = [];
    const operate = (count: number): void => {
      for (let i = 0; i < count; i++) {
        if (held.length < 1000 && random() < 0.5) {
          const length = random() < 0.9 ? Math.floor(random() * 20) : Math.floor(random() * 300);
          held.push(pool.acquireUnsafe(length).fill(held.length));
        } else if (held.length > 0) {
          const place = Math.floor(random() * held.length);
          const last = held.pop() as Float64Array;
          pool.release(place < held.length ? held[place] : last);
          if (place < held.length) held[place] = last;
        }
      }
    };
    operate(300_000);
    collect();
    const before = process.memoryUsage();
    operate(700_000);
    collect();
    const after = process.memoryUsage();
    assert.ok(after.heapUsed - before.heapUsed < 1 * MiB, `heap grew by ${after.heapUsed - before.heapUsed}`);
    assert.ok(after.arrayBuffers - before.arrayBuffers < 64 * KiB, "the columns of the table grew");
    assert.equal(pool.size, held.length);
    pool.releaseAll();
    pool.close();
    assert.equal(memory.stats().inUse, 0);
  });

  test(`${strategy}: a region that no slab lies in any more is not kept alive`, async () => {
    const memory = new Pool({ regionBytes: 1 * MiB });
    const pool = arrays(memory, Float64Array, { strategy, maxIdle: 0 });
    const fill = (): WeakRef<ArrayBufferLike> => {
      const held = Array.from({ length: 2000 }, () => pool.acquire(256));
      const buffer = new WeakRef(held[1999].buffer);
      for (const array of held) pool.release(array);
      return buffer;
    };
    const buffer = fill();
    pool.trim();
    memory.trim();
    // A WeakRef is kept until the end of the turn that made it.
    await setImmediate();
    collect();
    assert.equal(buffer.deref(), undefined);
    assert.equal(pool.acquire(1).length, 1);
  });
}
