// What threads that died leave behind in rings of both kinds, and how the others go on. Where a thread can die, step by
// step: ring-interleavings.test.ts.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { MiB, SharedPool, SharedRing } from "@millpond/core";
import {
  CONTROL_WORDS,
  HEAD_AT,
  READING,
  recordLap,
  recordSlots,
  recordWord,
  WRITING,
} from "../../src/sharing/ring-words.ts";

const pool = SharedPool.create({ limitBytes: 8 * MiB });
const bytes = (read: Uint8Array): number[] => [...read];

// Makes the oldest record of a ring of many look as if `thread` had died over it.
function abandon(ring: SharedRing, state: number, thread: number): void {
  const { address, slots } = ring.share();
  const words = new Int32Array(pool.region.buffer, address + CONTROL_WORDS * 4, slots);
  const head = new Int32Array(pool.region.buffer, address, CONTROL_WORDS)[HEAD_AT];
  const place = head & (slots - 1);
  words[place] = recordWord(state, recordLap(words[place]), recordSlots(words[place]), thread);
}

test("a record whose writer died blocks readers until the writer is reclaimed, and is skipped then", () => {
  const ring = SharedRing.create(pool, { bytes: 1024 });
  ring.tryWrite(new Uint8Array(100));
  abandon(ring, WRITING, 9);
  ring.tryWrite(Uint8Array.of(5));
  assert.equal(ring.tryRead(bytes), undefined);
  assert.deepEqual(ring.reclaim(9), { unwritten: 1, unread: 0 });
  assert.deepEqual(ring.tryRead(bytes), [5]);
  ring.destroy();
});

test("a record whose reader died makes room again when the reader is reclaimed", () => {
  const ring = SharedRing.create(pool, { bytes: 1024 });
  for (let round = 0; round < 20; round++) {
    while (ring.tryWrite(new Uint8Array(200)));
    abandon(ring, READING, 9);
    assert.deepEqual(ring.reclaim(9), { unwritten: 0, unread: 1 });
    assert.equal(ring.tryWrite(new Uint8Array(200)), true);
    while (ring.tryRead(() => true) === true);
    assert.equal(ring.used, 0);
  }
  ring.destroy();
});

// Runs `code` in a worker that has `pool` and `ring`, and kills it when it says something.
async function killedWhile(ring: SharedRing, code: string): Promise<number> {
  const index = new URL("../../src/index.ts", import.meta.url).href;
  const worker = new Worker(
    `const { parentPort, workerData } = require("node:worker_threads");
    import(${JSON.stringify(index)}).then(({ SharedPool, SharedRing }) => {
      const pool = SharedPool.attach(workerData.pool);
      const ring = SharedRing.attach(pool, workerData.ring);
      const die = () => {
        parentPort.postMessage(pool.thread);
        for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      };
      ${code}
    });`,
    { eval: true, workerData: { pool: pool.share(), ring: ring.share() } },
  );
  const [thread] = (await once(worker, "message")) as [number];
  await worker.terminate();
  return thread;
}

test("a writer killed in the middle of a record is cleaned up after by itself", async () => {
  for (const threads of ["many", "two"] as const) {
    const ring = SharedRing.create(pool, { bytes: 1024, threads });
    await killedWhile(ring, "ring.tryWrite(Uint8Array.of(1)); ring.tryWriteWith(100, die);");
    assert.deepEqual(ring.tryRead(bytes), [1]);
    assert.equal(ring.tryWrite(Uint8Array.of(2)), true);
    assert.deepEqual(ring.tryRead(bytes), [2]);
    assert.equal(ring.used, 0);
    ring.destroy();
  }
});

test("a reader killed in the middle of a record loses it in a ring of many, and not in a ring of two", async () => {
  for (const threads of ["many", "two"] as const) {
    const ring = SharedRing.create(pool, { bytes: 1024, threads });
    for (const value of [1, 2]) ring.tryWrite(Uint8Array.of(value));
    await killedWhile(ring, "ring.tryRead(die);");
    if (threads === "two") assert.deepEqual(ring.tryRead(bytes), [1]);
    assert.deepEqual(ring.tryRead(bytes), [2]);
    assert.equal(ring.used, 0);
    ring.destroy();
  }
});

test("a ring of two has one writer and one reader, until they leave or are reclaimed", async (context) => {
  const ring = SharedRing.create(pool, { bytes: 1024, threads: "two" });
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { job: "hold", pool: pool.share(), ring: ring.share(), seed: 1, count: 1 },
  });
  context.after(() => worker.terminate());
  await once(worker, "message");
  // The worker has written a record, and tried to read.
  assert.throws(() => ring.tryWrite(Uint8Array.of(1)), { code: "WRONG_THREAD" });
  assert.throws(() => ring.tryRead(bytes), { code: "WRONG_THREAD" });
  worker.postMessage("leave");
  await once(worker, "message");
  assert.deepEqual(ring.tryRead(bytes), [7]);
  assert.equal(ring.tryWrite(Uint8Array.of(8)), true);
  worker.postMessage("try");
  assert.deepEqual((await once(worker, "message"))[0], "WRONG_THREAD");
  await worker.terminate();
  ring.destroy();
});

test("a ring outlives the thread that made it, and a ring that is gone is left alone", async () => {
  const other = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { job: "make", pool: pool.share(), seed: 1, count: 1 },
  });
  const [{ handle, thread }] = await once(other, "message");
  const ring = SharedRing.attach(pool, handle);
  assert.deepEqual(ring.tryRead(bytes), [3]);
  await other.terminate();
  pool.reclaim(thread, { inFlight: true });
  assert.equal(pool.reclaimOrphans(), 0);
  assert.equal(SharedRing.attach(pool, handle).tryWrite(Uint8Array.of(4)), true);
  assert.deepEqual(ring.tryRead(bytes), [4]);
  ring.destroy();
  // Its memory is somebody else's now, and must not be taken for a ring.
  const xs = pool.acquire(Int32Array, 400);
  assert.equal(xs.byteOffset, handle.address);
  xs.fill(recordWord(WRITING, 0, 1, 9));
  assert.deepEqual(SharedRing.prototype.reclaim.call(ring, 9), { unwritten: 0, unread: 0 });
  assert.ok(xs.every((x) => x === recordWord(WRITING, 0, 1, 9)));
  pool.release(xs);
});
