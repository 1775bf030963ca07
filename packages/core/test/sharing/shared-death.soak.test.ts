// Real threads: many operations at once, and workers killed at random moments. In the end every block is free, on exactly
// one stack, and nothing was handed out twice.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Worker } from "node:worker_threads";
import type { AnythingJob } from "./anything-worker.ts";
import { MiB, randomFrom, SharedPool, SharedRing, type Token } from "@millpond/core";
import { SHARED_CLASSES } from "../../src/sharing/shared-classes.ts";
import { THREADS } from "../../src/sharing/layout.ts";
import { SharedMemory } from "../../src/sharing/shared-memory.ts";

const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const random = randomFrom(seed);
// The time is that of starting threads, which takes a quarter of it when compiled code is kept between them.
const cache = mkdtempSync(join(tmpdir(), "millpond-compiled-"));
after(() => rmSync(cache, { recursive: true }));
const BOOTSTRAP = `
  require("node:module").enableCompileCache(${JSON.stringify(cache)});
  import(${JSON.stringify(new URL("./anything-worker.ts", import.meta.url).href)});
`;
const kills = Number(process.env["KILLS"] ?? (process.env["CI"] === "true" ? 2000 : 200));

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
  let held = 0;
  async function killOne(two: SharedRing): Promise<void> {
    const workerData: AnythingJob = {
      pool: pool.share(),
      many: many.share(),
      two: two.share(),
      seed: Math.floor(random() * 2 ** 31),
    };
    const worker = new Worker(BOOTSTRAP, { eval: true, workerData });
    await new Promise<void>((resolve, reject) => {
      worker.on("error", reject);
      worker.on("message", ({ token, thread }: { token?: Token; thread?: number }) => {
        if (token !== undefined) pool.adopt(token).release();
        if (thread !== undefined) setTimeout(resolve, random() * 5);
      });
    });
    held += pool.audit().held.size;
    await worker.terminate();
    readAll(two);
  }
  async function killMany(): Promise<void> {
    const two = SharedRing.create(pool, { bytes: 4096, threads: "two" });
    for (let killed = 0; killed < kills / 2; killed++) await killOne(two);
    two.destroy();
  }
  await Promise.all([killMany(), killMany()]);
  assert.ok(held >= kills, "workers were killed that held nothing");
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
