// Records of 20 bytes through rings of both kinds: written and read by one thread, which is what the steps themselves
// cost, and from one thread to another as fast as they go, beside messages that carry copies.

import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { type RingThreads, SharedPool, SharedRing } from "@millpond/core";

import type { Case, Reading, Scale, Subject } from "../../lib/definition.ts";
import { WALL } from "./names.ts";

const LENGTH = 20;

/** Puts a record in and takes one out. */
type Queue = (record: Uint8Array) => number;

function ringQueue(threads: RingThreads): Queue {
  const ring = SharedRing.create(SharedPool.create({ check: "fast" }), { threads });
  const first = (bytes: Uint8Array): number => bytes[0];
  return (record) => {
    ring.tryWrite(record);
    return ring.tryRead(first) as number;
  };
}

function arrayQueue(): Queue {
  const queue: Uint8Array[] = [];
  return (record) => {
    queue.push(record.slice());
    return (queue.shift() as Uint8Array)[0];
  };
}

function cycle(queue: Queue, record: Uint8Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    record[0] = i & 7;
    sum += queue(record);
  }
  return sum;
}

function alone(name: string, role: Subject["role"], open: () => Queue): Subject {
  const setup = () => {
    const queue = open();
    const record = new Uint8Array(LENGTH);
    let sum = 0;
    return {
      run: (count: number) => {
        sum += cycle(queue, record, count);
      },
      answer: () => ({ sum: cycle(queue, record, 100), sound: Number.isFinite(sum) }),
    };
  };
  return { name, role, setup };
}

/** Sends so many records, and says what the sum of their first bytes was, and how long it took. */
type Stream = (count: number) => Promise<{ readonly sum: number; readonly milliseconds: number }>;

function ringStream(worker: Worker, ring: SharedRing): Stream {
  const first = (bytes: Uint8Array): number => bytes[0];
  return async (count) => {
    worker.postMessage({ ring: ring.share(), count });
    let sum = ring.read(first) as number;
    // From the first record on: the writer is at work.
    const start = performance.now();
    for (let read = 1; read < count; read++) sum += ring.read(first) as number;
    return { sum, milliseconds: performance.now() - start };
  };
}

function messageStream(worker: Worker): Stream {
  return async (count) => {
    worker.postMessage({ count });
    let sum = 0;
    let start = 0;
    await new Promise<void>((resolve) => {
      let read = 0;
      const take = (record: Uint8Array): void => {
        if (read === 0) start = performance.now();
        sum += record[0];
        read++;
        if (read < count) return;
        worker.off("message", take);
        resolve();
      };
      worker.on("message", take);
    });
    return { sum, milliseconds: performance.now() - start };
  };
}

function between(name: string, role: Subject["role"], scale: Scale, threads?: RingThreads): Subject {
  const [rounds, count] = scale === "full" ? [9, 100_000] : [1, 50];
  const setup = async () => {
    const pool = SharedPool.create({ check: "fast" });
    const worker = new Worker(new URL("./ring-writer.ts", import.meta.url), { workerData: pool.share() });
    await once(worker, "online");
    const stream =
      threads === undefined
        ? messageStream(worker)
        : ringStream(worker, SharedRing.create(pool, { threads }));
    let sum = 0;
    const readings = async (): Promise<Reading[]> => {
      const times: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        const done = await stream(count);
        if (round > 0) times.push(done.milliseconds);
        sum = done.sum;
      }
      const value = (times.toSorted((a, b) => a - b)[times.length >>> 1] * 1e6) / count;
      return [{ metric: WALL, unit: "ns", value, better: "lower" }];
    };
    return { readings, answer: () => ({ sum }), close: async () => void (await worker.terminate()) };
  };
  return { name, role, setup };
}

/** In one thread, and from one to another. */
export function ringCases(scale: Scale): Case[] {
  return [
    {
      group: "a record of 20 bytes, written and read by one thread",
      name: "ring, write + read",
      row: "write + read",
      subjects: [
        alone("millpond", "ours", () => ringQueue("two")),
        alone("ring of many", "variant", () => ringQueue("many")),
        alone("plain", "plain", arrayQueue),
      ],
    },
    {
      group: "records of 20 bytes from a thread to another, wall time of each",
      name: "ring, thread to thread",
      row: "100,000 records",
      metric: WALL,
      subjects: [
        between("millpond", "ours", scale, "two"),
        between("ring of many", "variant", scale, "many"),
        between("plain", "plain", scale),
      ],
    },
  ];
}
