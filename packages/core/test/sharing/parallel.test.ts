// Tasks over a real worker pool, with results in shared memory.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Piscina } from "piscina";
import { MiB, parallel, SharedPool, type TaskRunner } from "@millpond/core";
import type { Item } from "./task-worker.ts";

const pool = SharedPool.create({ limitBytes: 64 * MiB });
const piscina = new Piscina({
  filename: new URL("./task-worker.ts", import.meta.url).href,
  minThreads: 2,
  maxThreads: 2,
});
const runner = piscina as unknown as TaskRunner;
after(() => piscina.destroy());

// In use anywhere: neither free nor in a private cache is not told apart by the words, so threads are asked.
const inUse = (): number => pool.stats().inUse + pool.audit().inFlight;

test("results come in the order of the items, without a copy, with progress on the way", async () => {
  const items: Item[] = Array.from({ length: 40 }, (_, i) => ({
    length: 1 + ((i * 37) % 50),
    delayMs: (i * 7) % 5,
  }));
  const progress: number[] = [];
  const onProgress = (done: number, of: number): void => void progress.push(done / of);
  const leases = await parallel<Item, Float64Array>(pool, items, { runner, name: "work", onProgress });
  leases.forEach((lease, place) => {
    assert.ok(lease.array.buffer instanceof SharedArrayBuffer);
    assert.deepEqual(
      [...lease.array],
      Array.from({ length: items[place].length }, () => items[place].length),
    );
  });
  assert.equal(inUse(), 40);
  for (const lease of leases) lease.release();
  assert.equal(inUse(), 0);
  assert.equal(progress.length, 40);
  assert.ok(pool.threads().length <= 3, "each worker is attached once, however many tasks it runs");
  assert.equal(progress.at(-1), 1);
});

test("plain results are plain", async () => {
  const items: Item[] = [
    { length: 3, plain: true },
    { length: 5, plain: true },
  ];
  assert.deepEqual(await parallel<Item, number>(pool, items, { runner, name: "work" }), [3, 5]);
  assert.equal(inUse(), 0);
});

test("a task that throws ends the work with its error and loses nothing", async () => {
  const items: Item[] = Array.from({ length: 30 }, (_, i) => ({ length: i + 1, fail: i === 12 }));
  await assert.rejects(parallel(pool, items, { runner, name: "work" }), /item of 13 fails/);
  assert.equal(inUse(), 0);
  for (const { inUse: there } of pool.threads()) assert.equal(there, 0);
});

test("an abort ends the work with its reason, kills what runs, and what that held comes back", async () => {
  const abort = new AbortController();
  const items: Item[] = Array.from({ length: 10 }, () => ({ length: 1000, delayMs: 10_000 }));
  const work = parallel<Item, Float64Array>(pool, items, { runner, name: "work", signal: abort.signal });
  setTimeout(() => abort.abort(new RangeError("enough")), 50);
  await assert.rejects(work, RangeError);
  const again = await parallel<Item, Float64Array>(pool, [{ length: 2 }], { runner, name: "work" });
  const [lease] = again;
  assert.deepEqual([...lease.array], [2, 2]);
  lease.release();
  assert.equal(inUse(), 0);
});

test("a worker that ends in the middle of a task ends the work, and what it held comes back", async () => {
  const items: Item[] = Array.from({ length: 10 }, (_, i) => ({ length: 1000, exit: i === 5 }));
  await assert.rejects(parallel(pool, items, { runner, name: "work" }), /exit/);
  assert.equal(inUse(), 0);
  // Of the blocks that are held, each is in use or in the cache of a thread that is there.
  const alive = new Set(pool.threads().map(({ thread }) => thread));
  for (const thread of pool.audit().held.keys()) assert.ok(alive.has(thread), `thread ${thread} is gone`);
  assert.ok(alive.size <= 3);
});

test("while many items are worked on, another user of the workers gets his turn", async () => {
  let done = 0;
  const onProgress = (): void => void done++;
  const items: Item[] = Array.from({ length: 60 }, () => ({ length: 10, delayMs: 2 }));
  const work = parallel<Item, Float64Array>(pool, items, {
    runner,
    name: "work",
    concurrency: 4,
    onProgress,
  });
  const [other] = await parallel<Item, Float64Array>(pool, [{ length: 5 }], { runner, name: "work" });
  // Behind the four that were there before, and those that took the place of them meanwhile.
  assert.ok(done < 30, `${done} of 60 were done before`);
  other.release();
  for (const lease of await work) lease.release();
  assert.equal(inUse(), 0);
});

test("a concurrency that cannot be is refused", async () => {
  await assert.rejects(parallel(pool, [1], { runner, concurrency: 0 }), { code: "BAD_ARGUMENT" });
});
