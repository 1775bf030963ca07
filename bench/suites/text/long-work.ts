// Measures jobs that take from fifty milliseconds to some seconds: the harness repeats what it measures some hundred
// times, which is too often for them. One run to warm up, then as many as fit into a stretch of time, of which the best
// counts: on a busy machine the others tell about the machine.

import { CollectionWatch, type Stretch } from "../../lib/collections.ts";
import type { Reading, Work } from "../../lib/definition.ts";

const BUDGET_MS = 2500;
const FEWEST_RUNS = 3;
const MOST_RUNS = 25;

/** What is done around the runs. */
interface Around {
  /** Lets go of what the run before kept, so that the collector can be done with it before the next is measured. */
  readonly letGo?: () => void;
  /** Ends what keeps the process alive. */
  readonly close?: () => void | Promise<void>;
}

/** A job over so many bytes; `run` gives the answer. */
export function longWork(bytes: number, run: () => unknown, { letGo, close }: Around = {}): Work {
  let answer: unknown;
  return {
    answer: () => answer,
    readings: async () => {
      const before = process.memoryUsage.rss();
      answer = await run();
      const watch = new CollectionWatch();
      const stretches: Stretch[] = [];
      const cpu: number[] = [];
      for (const begin = performance.now(); cpu.length < MOST_RUNS;) {
        if (cpu.length >= FEWEST_RUNS && performance.now() - begin > BUDGET_MS) break;
        // What earlier runs left behind is not this one's to collect, and does not decide how large the heap may grow
        // before all of it is collected.
        letGo?.();
        globalThis.gc?.();
        const from = process.cpuUsage();
        const start = performance.now();
        answer = await run();
        stretches.push({ start, end: performance.now() });
        const { user, system } = process.cpuUsage(from);
        cpu.push((user + system) / 1000);
      }
      await watch.settle();
      watch.stop();
      return readings(bytes, cpu, stretches, watch, before);
    },
    ...(close === undefined ? {} : { close }),
  };
}

function readings(
  bytes: number,
  cpu: readonly number[],
  stretches: readonly Stretch[],
  watch: CollectionWatch,
  rssBefore: number,
): Reading[] {
  const wall = Math.min(...stretches.map(({ start, end }) => end - start));
  const speed = (milliseconds: number): number => bytes / 1e3 / milliseconds;
  const collections = watch.within(stretches);
  const peak = process.resourceUsage().maxRSS / 1024;
  return [
    { metric: "speed", unit: "MB/s", value: speed(Math.min(...cpu)), better: "higher" },
    { metric: "speed.wall", unit: "MB/s", value: speed(wall), better: "higher" },
    { metric: "gc.majorPerRun", unit: "per run", value: collections.major / cpu.length, better: "lower" },
    { metric: "rss.peak", unit: "MiB", value: peak, better: "lower" },
    { metric: "rss.added", unit: "MiB", value: peak - rssBefore / 2 ** 20, better: "lower" },
  ];
}
