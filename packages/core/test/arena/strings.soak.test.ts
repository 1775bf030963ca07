// What strings keep alive: a decoded string nothing but itself, an arena nothing of the texts that were added.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MiB, Pool, strings } from "@millpond/core";

function heapAfterCollection(): number {
  const collect = globalThis.gc ?? assert.fail("run with --expose-gc");
  for (let i = 0; i < 3; i++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

// A text of some megabytes whose parts V8 makes as slices of it: one part keeps all of it alive.
function largeText(salt: number): string {
  return Buffer.alloc(4 * MiB, `some text ${salt} that goes on and on; `).toString("latin1");
}

test("slices of a large text keep it alive, and interning or adding them does not", () => {
  const pool = new Pool({ trimAfterMs: Infinity });
  const arena = strings(pool, { cachedStrings: 64 });
  const slice = (salt: number): string => largeText(salt).slice(100, 140);
  const decoded = (salt: number): string[] => {
    const part = slice(salt);
    return [arena.get(arena.intern(part)), arena.get(arena.add(part))];
  };
  decoded(100);
  const start = heapAfterCollection();
  let kept = Array.from({ length: 8 }, (_, salt) => slice(salt));
  const sliced = heapAfterCollection() - start;
  assert.ok(
    sliced > 7 * 4 * MiB,
    `slices kept ${sliced} bytes alive: V8 has changed, and this test tests nothing`,
  );
  kept = Array.from({ length: 8 }, (_, salt) => decoded(salt)).flat();
  const grown = heapAfterCollection() - start;
  assert.ok(grown < 2 * MiB, `${grown} bytes are kept alive`);
  assert.equal(kept.length, 16);
  arena.release();
  pool.close();
});

test("reset lets go of the strings that were remembered", () => {
  const pool = new Pool({ trimAfterMs: Infinity });
  const arena = strings(pool, { cachedStrings: 65_536 });
  const round = (): void => {
    for (let i = 0; i < 65_536; i++) arena.get(arena.add(`${"x".repeat(200)} ${i}`));
  };
  round();
  arena.reset();
  const before = heapAfterCollection();
  round();
  assert.ok(heapAfterCollection() - before > 10 * MiB);
  arena.reset();
  const left = heapAfterCollection() - before;
  assert.ok(left < 2 * MiB, `${left} bytes are left`);
  arena.release();
});

test("a decoded string, short or long, keeps no chunk alive", () => {
  const kept: string[] = [];
  const decode = (salt: number): void => {
    const pool = new Pool({ memory: "arraybuffer", regionBytes: 8 * MiB, trimAfterMs: Infinity });
    const arena = strings(pool, { chunkBytes: 4 * MiB });
    for (let i = 0; i < 4; i++) {
      for (const length of [5, 20, 50, 500])
        kept.push(arena.get(arena.add(largeText(salt).slice(i, i + length))));
    }
    arena.chunkOf(arena.firstId).bytes.fill(1);
    pool.close({ force: true });
  };
  decode(0);
  const before = heapAfterCollection();
  for (let salt = 1; salt < 9; salt++) decode(salt);
  const grown = heapAfterCollection() - before;
  assert.ok(grown < 2 * MiB, `${grown} bytes are kept alive by ${kept.length} strings`);
});

test("a thousand rounds of strings leave the heap and the pool as they were", () => {
  const pool = new Pool({ trimAfterMs: Infinity });
  const arena = strings(pool, { cachedStrings: 256 });
  const round = (): void => {
    for (let i = 0; i < 500; i++) arena.get(arena.intern(`string ${i % 100}`));
    for (let i = 0; i < 500; i++) arena.add(`another string ${i}`);
    arena.reset("trim");
  };
  for (let i = 0; i < 500; i++) round();
  const heap = heapAfterCollection();
  const { growths, acquired } = pool.stats();
  for (let i = 0; i < 1000; i++) round();
  const grown = heapAfterCollection() - heap;
  assert.ok(grown < 200_000, `the heap grew by ${grown} bytes`);
  assert.deepEqual([pool.stats().growths, pool.stats().acquired], [growths, acquired]);
  arena.release();
});
