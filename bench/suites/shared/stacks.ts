// Free blocks that two threads share: batches and a lock-free stack, a mutex, and a stack with BigInt atomics. Each
// subject is measured in this thread while another one does the same, or while nobody does.
//
// The figure is wall time over the operations of all threads at work: threads that wait for each other use no processor
// time, and what one of them wins the other may lose. Two threads that never meet halve the figure of one.

import { once } from "node:events";
import { Worker } from "node:worker_threads";

import type { Case, Reading, Scale, Subject } from "../../lib/definition.ts";
import { CONTENDED, WALL } from "./names.ts";
import { type Cycle, openSource, type SourceName, sourceMessage } from "./stack-sources.ts";

interface Rival {
  /** Operations done so far. */
  count(): number;
  stop(): Promise<void>;
}

const nobody: Rival = { count: () => 0, stop: async () => {} };

async function startRival(name: SourceName, length: number, message: unknown): Promise<Rival> {
  const done = new Int32Array(new SharedArrayBuffer(128));
  const worker = new Worker(new URL("./stack-rival.ts", import.meta.url), {
    workerData: { name, length, message, done },
  });
  await once(worker, "message");
  return {
    count: () => Atomics.load(done, 0) >>> 0,
    stop: async () => {
      await worker.terminate();
    },
  };
}

const STRETCH = 960;

// Nanoseconds of wall time for an operation of any of the threads, in one batch.
function batch(work: Cycle, rival: Rival, milliseconds: number): number {
  const start = performance.now();
  const before = rival.count();
  let mine = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    if (work(STRETCH, 1) !== 0) throw new Error("a block was with two threads");
    mine += STRETCH;
    elapsed = performance.now() - start;
  }
  return (elapsed * 1e6) / (mine + ((rival.count() - before) >>> 0));
}

function subject(
  name: string,
  role: Subject["role"],
  source: SourceName,
  contended: boolean,
  scale: Scale,
): Subject {
  const length = scale === "full" ? 1000 : 10;
  const [batches, milliseconds] = scale === "full" ? [15, 30] : [1, 1];
  const setup = async () => {
    const message = sourceMessage(source, length);
    const work = openSource(source, length, message);
    for (let warm = 0; warm < 20; warm++) work(STRETCH * 10, 1);
    const rival = contended ? await startRival(source, length, message) : nobody;
    const readings = (): Reading[] => {
      const times = Array.from({ length: batches }, () => batch(work, rival, milliseconds));
      const value = times.sort((a, b) => a - b)[times.length >>> 1];
      return [{ metric: WALL, unit: "ns", value, better: "lower" }];
    };
    return { readings, answer: () => ({ bad: work(STRETCH, 1) }), close: () => rival.stop() };
  };
  return { name, role, setup };
}

/** Alone and against a second thread. */
export function stackCases(scale: Scale): Case[] {
  const one = (contended: boolean): Subject[] => [
    subject("millpond", "ours", "pool", contended, scale),
    subject("mutex over Atomics", "plain", "mutex", contended, scale),
    subject("tagged stack, BigInt atomics", "peer", "bigint", contended, scale),
    subject("one block a trip, kernel", "variant", "kernel", contended, scale),
  ];
  const bursts = (contended: boolean): Subject[] => [
    subject("millpond", "ours", "pool bursts", contended, scale),
    subject("mutex over Atomics", "plain", "mutex bursts", contended, scale),
  ];
  const group = "blocks that threads share, f64 x 1,000, wall time over the operations of all threads";
  const metric = WALL;
  const name = "acquire + release, f64 x 1,000";
  return [
    { group, metric, name: `${name}, alone`, row: "alone", subjects: one(false) },
    { group, metric, name: CONTENDED, row: "two threads at once", subjects: one(true) },
    {
      group,
      metric,
      name: `${name}, bursts of 48, alone`,
      row: "bursts of 48, alone",
      subjects: bursts(false),
    },
    {
      group,
      metric,
      name: `${name}, bursts of 48, two threads`,
      row: "bursts of 48, two threads",
      subjects: bursts(true),
    },
  ];
}
