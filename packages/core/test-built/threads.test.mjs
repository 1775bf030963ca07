// Threads over the built package: on Node 20 as on newer ones, a token crosses to a worker and back, and a worker that is
// killed gives back what it held.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import { MiB, SharedPool, SharedRing } from "@millpond/core";

const WORKER = `
  const { parentPort, workerData } = require("node:worker_threads");
  import("@millpond/core").then(({ SharedPool, SharedRing }) => {
    const pool = SharedPool.attach(workerData.pool);
    const ring = SharedRing.attach(pool, workerData.ring);
    parentPort.on("message", (token) => {
      const lease = pool.adopt(token);
      lease.array[0] += 1;
      parentPort.postMessage(lease.detach());
    });
    pool.acquire(Float64Array, 5000); // never released
    ring.write(new Uint8Array([1, 2, 3]), { timeoutMs: 1000 });
    parentPort.postMessage("ready");
  });
`;

test("a token goes to a worker and back, and what a killed worker held comes back", async () => {
  const pool = SharedPool.create({ limitBytes: 16 * MiB });
  const ring = SharedRing.create(pool, { bytes: 4096 });
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: { pool: pool.share(), ring: ring.share() },
  });
  await once(worker, "message");
  assert.deepEqual(
    ring.tryRead((bytes) => [...bytes]),
    [1, 2, 3],
  );
  const lease = pool.lease(Float64Array, 100);
  lease.array[0] = 41;
  worker.postMessage(lease.detach());
  const [token] = await once(worker, "message");
  const back = pool.adopt(token, Float64Array);
  assert.equal(back.array[0], 42);
  back.release();
  await worker.terminate();
  ring.destroy();
  pool.close();
  const { blocks, free } = pool.audit();
  assert.equal(free, blocks);
});

test("a ring waits without blocking the thread", async () => {
  const pool = SharedPool.create({ limitBytes: 16 * MiB });
  const ring = SharedRing.create(pool, { bytes: 4096 });
  const later = ring.readAsync((bytes) => bytes[0], { timeoutMs: 5000 });
  ring.tryWrite(Uint8Array.of(7));
  assert.equal(await later, 7);
  await assert.rejects(
    ring.readAsync(() => 1, { signal: AbortSignal.timeout(5) }),
    {
      name: "TimeoutError",
    },
  );
  ring.destroy();
  pool.close();
});
