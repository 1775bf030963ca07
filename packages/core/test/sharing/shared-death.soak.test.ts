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
const kills = Number(process.env["KILLS"] ?? 300);

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

test(`workers killed at random moments lose no block (SEED=${seed})`, async () => {
  const pool = SharedPool.create({ limitBytes: 64 * MiB });
  async function killOne(): Promise<void> {
    const worker = start(pool, { job: "churn", count: Infinity });
    worker.on("message", ({ token }: { token: Token }) => pool.adopt(token).release());
    await once(worker, "online");
    await new Promise((resolve) => setTimeout(resolve, random() * 25));
    await worker.terminate();
  }
  async function killMany(): Promise<void> {
    for (let killed = 0; killed < kills / 2; killed++) await killOne();
  }
  await Promise.all([killMany(), killMany()]);
  // Tokens that were on their way to this thread when their sender was killed, and never arrived.
  for (const token of lostTokens(pool)) pool.adopt(token).release();
  pool.close();
  checkBlocks(pool);
});

function lostTokens(pool: SharedPool): Token[] {
  const memory = SharedMemory.attach(pool.share().memory);
  const tokens: Token[] = [];
  memory.words.forEach((word, block) => {
    if (word >>> 30 === 2) tokens.push([memory.poolId, block, word & 0x3fffff, 0, 1]);
  });
  return tokens;
}

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
