// One thread and two: a task that computes, and one that is bound by memory. The machine decides what can be gained.

import { parallel, SharedPool, type TaskRunner } from "@millpond/core";
import { Piscina } from "piscina";

import type { Case, Reading, Scale, Subject } from "../../lib/definition.ts";
import type { ScalingItem } from "./scaling-worker.ts";

const ROUNDS = 5;

async function timed(
  pool: SharedPool,
  threads: number,
  items: readonly ScalingItem[],
): Promise<[number, number]> {
  const filename = new URL("./scaling-worker.ts", import.meta.url).href;
  const runner = new Piscina({ filename, minThreads: threads, maxThreads: threads });
  const options = { runner: runner as unknown as TaskRunner, name: "work", concurrency: threads };
  const times: number[] = [];
  let sum = 0;
  // The first round is for the compiler. Of the others the fastest counts: a program next door that has one of the
  // processors would halve two threads and leave one alone.
  for (let round = 0; round <= ROUNDS; round++) {
    const before = performance.now();
    const results = await parallel<ScalingItem, Float64Array>(pool, items, options);
    if (round > 0) times.push(performance.now() - before);
    sum = 0;
    for (const lease of results) {
      sum += lease.array[0];
      lease.release();
    }
  }
  await runner.destroy();
  return [Math.min(...times), sum];
}

function subject(
  name: string,
  role: Subject["role"],
  threads: number,
  kind: ScalingItem["kind"],
  scale: Scale,
): Subject {
  const size = scale === "full" ? (kind === "compute" ? 400_000 : 4_000_000) : 1000;
  const items = Array.from({ length: scale === "full" ? 16 : 2 }, (_, seed) => ({ kind, size, seed }));
  const setup = () => {
    const pool = SharedPool.create({ limitBytes: 1024 * 1024 * 1024, check: "fast" });
    let sum = 0;
    const readings = async (): Promise<Reading[]> => {
      const [value, result] = await timed(pool, threads, items);
      sum = result;
      return [{ metric: "elapsed", unit: "ms", value, better: "lower" }];
    };
    return { readings, answer: () => ({ sum }) };
  };
  return { name, role, setup };
}

/** The same items on one worker and on two. */
export function scalingCases(scale: Scale): Case[] {
  const kinds = ["compute", "memory"] as const;
  return kinds.map((kind) => ({
    group: "16 tasks over one worker and two",
    name: `16 tasks bound by ${kind}`,
    row: `bound by ${kind}`,
    metric: "elapsed",
    subjects: [subject("millpond", "ours", 2, kind, scale), subject("plain", "plain", 1, kind, scale)],
  }));
}
