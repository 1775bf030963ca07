// What threads know of each other: tokens whose sender has ended, and counters while others work.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { MiB, SharedPool, type SharedPoolOptions, type Token } from "@millpond/core";

function start(pool: SharedPool, data: object): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { pool: pool.share(), seed: 1, count: 1, ...data },
  });
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

test("orphans are freed when asked for, once, and only they", async () => {
  const { pool, token } = await tokenOfTheDead({ orphanMs: Infinity });
  const own = pool.lease(Uint8Array, 1000).detach();
  assert.equal(pool.reclaimOrphans(), 1);
  assert.throws(() => pool.adopt(token), { code: "STALE_HANDLE" });
  assert.equal(pool.reclaimOrphans(), 0);
  pool.adopt(own).release();
  pool.close();
  const { blocks, free } = pool.audit();
  assert.equal(free, blocks);
});

test("orphans that nobody adopts are freed by themselves after a while", async () => {
  const { pool, token } = await tokenOfTheDead({ orphanMs: 20 });
  while (pool.audit().orphaned > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.throws(() => pool.adopt(token), { code: "STALE_HANDLE" });
  pool.close();
  assert.throws(() => SharedPool.create({ orphanMs: -1 }), { code: "BAD_ARGUMENT" });
});

test("a thread that works publishes its counters when another one asks for them", async () => {
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  const worker = start(pool, { job: "busy", count: 1e9 });
  const seen = new Set<number>();
  // The worker never returns to its event loop, and nobody else makes it publish.
  while (seen.size < 3) {
    const other = pool.threads().find(({ thread }) => thread !== pool.thread);
    if (other !== undefined && other.acquired > 0) {
      assert.ok(other.inUse >= 0 && other.inUse <= 50, `${other.inUse} in use`);
      assert.ok(Math.abs(Date.now() - other.publishedAt) < 3_600_000);
      seen.add(other.acquired);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await worker.terminate();
  pool.close();
});
