// What threads know of each other: tokens whose sender has ended, and counters while others work.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { MiB, SharedPool, type SharedPoolOptions, type Token } from "@millpond/core";
import { PAGE_BYTES } from "../../src/memory/region.ts";
import { ROW_ALIVE, ROW_FREE, spanWordOf } from "../../src/sharing/layout.ts";
import { sharedClassBytes, sharedClassOf } from "../../src/sharing/shared-classes.ts";
import { SharedMemory } from "../../src/sharing/shared-memory.ts";

function start(pool: SharedPool, data: object): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { pool: pool.share(), seed: 1, count: 1, ...data },
  });
}

// Looks so often that what is to happen has happened, or never will.
async function until(isSo: () => boolean): Promise<void> {
  for (let looks = 0; looks < 5000; looks++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  assert.fail("it did not happen");
}

// A token of a worker that is gone. The pool is told of its end before this returns.
async function tokenOfTheDead(
  options: SharedPoolOptions,
): Promise<{ readonly pool: SharedPool; readonly token: Token }> {
  const pool = SharedPool.create({ limitBytes: 8 * MiB, ...options });
  const worker = start(pool, { job: "send" });
  const [{ token }] = (await once(worker, "message")) as [{ token: Token }];
  await worker.terminate();
  assert.equal(pool.threads().length, 1);
  return { pool, token };
}

test("a token is good after its sender has ended", async () => {
  const { pool, token } = await tokenOfTheDead({});
  assert.deepEqual([pool.audit().inFlight, pool.audit().orphaned], [1, 1]);
  const lease = pool.adopt(token, Float64Array);
  assert.equal(lease.array[99], 42);
  assert.equal(pool.reclaimOrphans(), 0);
  lease.release();
  assert.equal(pool.audit().orphaned, 0);
  pool.close();
});

test("blocks of a span whose thread died before it put them anywhere are found", () => {
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  const memory = SharedMemory.attach(pool.share().memory);
  const dead = 9;
  const border = memory.settleBorder();
  assert.ok(memory.changeRow(dead, ROW_FREE, ROW_ALIVE));
  // It got as far as the word in the page table; the border was not moved.
  memory.pageTable[border] = spanWordOf(sharedClassOf(1000), 1, dead);
  const blocks = Math.floor(PAGE_BYTES / sharedClassBytes(sharedClassOf(1000)));
  assert.equal(pool.reclaim(dead), blocks);
  const { free, blocks: all } = pool.audit();
  assert.deepEqual([free, all], [blocks, blocks]);
  pool.seal();
  for (let taken = 0; taken < blocks; taken++) pool.acquire(Uint8Array, 1000);
  assert.throws(() => pool.acquire(Uint8Array, 1000), { code: "POOL_SEALED" });
  pool.close({ force: true });
});

test("orphans are freed when asked for, once, and only they", async () => {
  const { pool, token } = await tokenOfTheDead({ orphanMs: Infinity });
  const own = pool.lease(Uint8Array, 1000).detach();
  const held = pool.audit().held.get(pool.thread);
  assert.equal(pool.reclaimOrphans(), 1);
  assert.equal(pool.audit().held.get(pool.thread), held);
  assert.throws(() => pool.adopt(token), { code: "STALE_HANDLE" });
  assert.equal(pool.reclaimOrphans(), 0);
  pool.adopt(own).release();
  pool.close();
  const { blocks, free } = pool.audit();
  assert.equal(free, blocks);
});

test("orphans that nobody adopts are freed by themselves after a while", async () => {
  const { pool, token } = await tokenOfTheDead({ orphanMs: 20 });
  await until(() => pool.audit().orphaned === 0);
  assert.throws(() => pool.adopt(token), { code: "STALE_HANDLE" });
  pool.close();
  assert.throws(() => SharedPool.create({ orphanMs: -1 }), { code: "BAD_ARGUMENT" });
});

test("a thread that works publishes its counters when another one asks for them", async (context) => {
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  const worker = start(pool, { job: "busy", count: 1e9 });
  context.after(() => worker.terminate());
  const seen = new Set<number>();
  // The worker never returns to its event loop, and nobody else makes it publish.
  await until(() => {
    const other = pool.threads().find(({ thread }) => thread !== pool.thread);
    if (other !== undefined && other.acquired > 0) {
      assert.ok(other.inUse >= 0 && other.inUse <= 50, `${other.inUse} in use`);
      assert.ok(Math.abs(Date.now() - other.publishedAt) < 3_600_000);
      seen.add(other.acquired);
    }
    return seen.size === 3;
  });
  await worker.terminate();
  pool.close();
});
