// Real threads: many operations at once, and workers killed at random moments. In the end every block is free, on exactly
// one stack, and nothing was handed out twice.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { MiB, randomFrom, SharedPool, SharedRing, type Token } from "@millpond/core";
import { SHARED_CLASSES } from "../../src/sharing/shared-classes.ts";
import { THREADS } from "../../src/sharing/layout.ts";
import { SharedMemory } from "../../src/sharing/shared-memory.ts";

const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const random = randomFrom(seed);
// About 20 ms each on two idle processors, most of which is the start of a thread.
const kills = Number(process.env["KILLS"] ?? (process.env["CI"] === "true" ? 2000 : 300));

function start(pool: SharedPool, data: object): Worker {
  const workerData = { pool: pool.share(), seed: Math.floor(random() * 2 ** 31), ...data };
  return new Worker(new URL("./worker.ts", import.meta.url), { workerData });
}

// Every block is free and on exactly one stack.
function checkBlocks(pool: SharedPool): void {
  const { blocks, free, inFlight, held } = pool.audit();
  assert.deepEqual({ free, inFlight, held: [...held] }, { free: blocks, inFlight: 0, held: [] });
  const memory = SharedMemory.attach(pool.share().memory);
  const stacked = new Map<number, number>();
  for (let set = 0; set <= THREADS; set++) {
    for (let sizeClass = 0; sizeClass < SHARED_CLASSES; sizeClass++) {
      for (const block of memory.snapshot(set, sizeClass)) stacked.set(block, (stacked.get(block) ?? 0) + 1);
    }
  }
  assert.equal(stacked.size, blocks, "blocks on stacks");
  assert.ok(
    [...stacked.values()].every((times) => times === 1),
    "a block is on two stacks",
  );
}

// Whatever a killed worker had written, it had written whole.
function readAll(ring: SharedRing): void {
  const look = (bytes: Uint8Array): true => {
    const { length } = bytes;
    assert.ok(
      bytes.every((byte) => byte === bytes[0]),
      `a record of ${length} bytes is torn`,
    );
    return true;
  };
  while (ring.tryRead(look) === true);
}

test(`${kills} workers killed in the middle of anything lose no block (SEED=${seed})`, async () => {
  const pool = SharedPool.create({ limitBytes: 64 * MiB, orphanMs: Infinity });
  const many = SharedRing.create(pool, { bytes: 16_384 });
  async function killOne(two: SharedRing): Promise<void> {
    const worker = start(pool, { job: "anything", ring: many.share(), two: two.share(), count: Infinity });
    worker.on("message", ({ token }: { token: Token }) => pool.adopt(token).release());
    const broken = once(worker, "error").then(([error]) => Promise.reject(error as Error));
    await Promise.race([once(worker, "online"), broken]);
    await Promise.race([new Promise((resolve) => setTimeout(resolve, random() * 25)), broken]);
    broken.catch(() => {});
    await worker.terminate();
    readAll(two);
  }
  async function killMany(): Promise<void> {
    const two = SharedRing.create(pool, { bytes: 4096, threads: "two" });
    for (let killed = 0; killed < kills / 2; killed++) await killOne(two);
    two.destroy();
  }
  await Promise.all([killMany(), killMany()]);
  // Nobody is left who could hold the ring up. Tokens in it, and those that were never posted, are nobody's.
  while (many.tryRead(() => true) === true);
  assert.equal(many.used, 0);
  many.destroy();
  const { inFlight, orphaned } = pool.audit();
  assert.equal(inFlight, orphaned);
  assert.equal(pool.reclaimOrphans(), orphaned);
  pool.close();
  checkBlocks(pool);
});

test(`four threads do ten million operations and leave every block free (SEED=${seed})`, async () => {
  const pool = SharedPool.create({ limitBytes: 64 * MiB });
  const workers = Array.from({ length: 4 }, () => start(pool, { job: "churn", count: 2_500_000 }));
  for (const worker of workers) {
    worker.on("message", ({ token }: { token: Token }) => pool.adopt(token).release());
  }
  const codes = await Promise.all(workers.map((worker) => once(worker, "exit")));
  assert.deepEqual(codes.flat(), [0, 0, 0, 0]);
  pool.close();
  checkBlocks(pool);
});

test(`a ring between two writers and two readers loses, doubles and reorders nothing (SEED=${seed})`, async () => {
  const pool = SharedPool.create({ limitBytes: 16 * MiB });
  const ring = SharedRing.create(pool, { bytes: 4096 });
  const count = 40_000;
  const readers = [1, 2].map(() => start(pool, { job: "read", ring: ring.share(), count }));
  const seen = readers.map((reader) => once(reader, "message"));
  const writers = [1, 2].map(() => start(pool, { job: "write", ring: ring.share(), count }));
  await Promise.all(writers.map((writer) => once(writer, "exit")));
  const bothSaw = (await Promise.all(seen)).map(
    ([message]) => (message as { seen: [number, number][] }).seen,
  );
  await Promise.all(readers.map((reader) => reader.terminate()));
  // Each reader sees each writer's records in the order of writing; together they see each once.
  for (const saw of bothSaw) {
    const last = new Map<number, number>();
    for (const [writer, number] of saw) {
      assert.ok(number > (last.get(writer) ?? -1), `record ${number} of ${writer} came late`);
      last.set(writer, number);
    }
  }
  const all = new Set(bothSaw.flat().map(([writer, number]) => `${writer}:${number}`));
  assert.equal(all.size, 2 * count);
  assert.equal(bothSaw.flat().length, 2 * count);
  ring.destroy();
  pool.close();
});
