// What real threads saw of a ring, judged: each history must be one that a queue could have given. Every order of steps
// of small programs: ring-interleavings.test.ts.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import { Worker } from "node:worker_threads";
import { MiB, type RingThreads, SharedPool, SharedRing } from "@millpond/core";
import type { HistoryJob } from "./history-worker.ts";
import { isLinearizable, type Operation } from "./linearizable.ts";

const ROUNDS = Number(process.env["HISTORIES"] ?? 4);
const RECORDS = 500;

async function history(threads: RingThreads, kinds: readonly Operation["kind"][]): Promise<Operation[]> {
  const pool = SharedPool.create({ limitBytes: 8 * MiB });
  const ring = SharedRing.create(pool, { bytes: 1024, threads });
  const clock = new Int32Array(new SharedArrayBuffer(12));
  const histories = kinds.map(async (kind, place) => {
    const workerData: HistoryJob = {
      pool: pool.share(),
      ring: ring.share(),
      kind,
      from: place * 10_000,
      records: RECORDS,
      clock,
      threads: kinds.length,
      writers: kinds.filter((each) => each === "write").length,
    };
    const worker = new Worker(new URL("./history-worker.ts", import.meta.url), { workerData });
    const [[found]] = await Promise.all([once(worker, "message"), once(worker, "exit")]);
    return found as Operation[];
  });
  const all = (await Promise.all(histories)).flat();
  ring.destroy();
  pool.close();
  return all;
}

async function judge(
  context: TestContext,
  threads: RingThreads,
  kinds: readonly Operation["kind"][],
): Promise<void> {
  let met = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const all = await history(threads, kinds);
    const written = all.filter(({ kind, done }) => kind === "write" && done).length;
    const read = all.filter(({ kind, value }) => kind === "read" && value !== undefined).length;
    assert.equal(read, written);
    met += all.filter(({ call, end }) => end > call + 1).length;
    assert.ok(isLinearizable(all), JSON.stringify(all.toSorted((a, b) => a.call - b.call)));
  }
  // How many depends on the machine: on one processor, few.
  context.diagnostic(`${met} operations met another one`);
}

test("what two writers and two readers saw of a ring of many can be explained by a queue", (context) =>
  judge(context, "many", ["write", "write", "read", "read"]));

test("what one writer and one reader saw of a ring of two can be explained by a queue", (context) =>
  judge(context, "two", ["write", "read"]));
