// Measures one subject in the process it has for itself: warm-up until the time per operation stands still, two full
// collections so that what lives long is where it will stay, a second short warm-up, then batches.
//
// The metric is processor time, user and system, of the whole process: threads of the collector included, and other
// programs on a busy machine mostly not. Wall time is recorded beside it.

import { CollectionWatch, type Stretch } from "./collections.ts";
import type { Reading, Work } from "./definition.ts";
import { median } from "./statistics.ts";

/** How long to measure. */
export interface Plan {
  /** The least time of the first warm-up; the second takes a quarter of it. */
  readonly warmMs: number;
  /** The least time of one batch. */
  readonly batchMs: number;
  /** How many batches. */
  readonly batches: number;
}

interface Batch extends Stretch {
  readonly count: number;
  readonly cpuMs: number;
}

type Run = NonNullable<Work["run"]>;

/** Measures `run`, and says what it read. */
export async function measure(run: Run, plan: Plan): Promise<Reading[]> {
  const estimate = await warmUp(run, plan.warmMs);
  collectTwice();
  await warmUp(run, plan.warmMs / 4);
  const watch = new CollectionWatch();
  const count = Math.max(1, Math.ceil(plan.batchMs / estimate));
  const batches: Batch[] = [];
  while (batches.length < plan.batches) {
    batches.push(await runBatch(run, count));
    await watch.settle();
  }
  watch.stop();
  return [...times(batches), ...collections(batches, watch), ...memory()];
}

// Two full collections: what survives both is in the old generation.
function collectTwice(): void {
  if (globalThis.gc === undefined) throw new Error("run node with --expose-gc");
  globalThis.gc();
  globalThis.gc();
}

const STABLE_WITHIN = 1.05;
const LONGEST_WARM_UP = 5;
const LAST_CALLS = 4;
// A loop over ten million numbers went from 85 to 44 ms in its sixth call.
const FEWEST_CALLS = 10;

// Many short calls rather than a long one: the compiler then replaces the function between two calls, and not in the
// middle of a loop, where it sometimes does so badly. Returns the milliseconds that one operation takes.
async function warmUp(run: Run, leastMs: number): Promise<number> {
  const recent: number[] = [];
  let count = 1;
  let totalMs = 0;
  for (let calls = 0; ; calls++) {
    const { start, end } = await runBatch(run, count);
    totalMs += end - start;
    recent.push((end - start) / count);
    if (recent.length > LAST_CALLS) recent.shift();
    const stable = Math.max(...recent) < STABLE_WITHIN * Math.min(...recent);
    if (calls >= FEWEST_CALLS && totalMs >= leastMs && (stable || totalMs > LONGEST_WARM_UP * leastMs)) break;
    if (end - start < leastMs / 50) count *= 2;
  }
  return Math.max(1e-7, median(recent));
}

async function runBatch(run: Run, count: number): Promise<Batch> {
  const before = process.cpuUsage();
  const start = performance.now();
  const pending = run(count);
  if (pending !== undefined) await pending;
  const end = performance.now();
  const { user, system } = process.cpuUsage(before);
  return { start, end, count, cpuMs: (user + system) / 1000 };
}

function times(batches: readonly Batch[]): Reading[] {
  const cpu = batches.map(({ cpuMs, count }) => (cpuMs / count) * 1e6);
  const wall = batches.map(({ start, end, count }) => ((end - start) / count) * 1e6);
  return [
    { metric: "cpu", unit: "ns/op", value: median(cpu), better: "lower" },
    { metric: "wall", unit: "ns/op", value: median(wall), better: "lower" },
  ];
}

function collections(batches: readonly Batch[], watch: CollectionWatch): Reading[] {
  const operations = batches.reduce((total, { count }) => total + count, 0);
  const { minor, major, other, milliseconds } = watch.within(batches);
  const perMillion = (value: number): number => (value / operations) * 1e6;
  return [
    { metric: "gc.minor", unit: "per 1M ops", value: perMillion(minor), better: "lower" },
    { metric: "gc.major", unit: "per 1M ops", value: perMillion(major), better: "lower" },
    { metric: "gc.other", unit: "per 1M ops", value: perMillion(other), better: "lower" },
    { metric: "gc.time", unit: "ms per 1M ops", value: perMillion(milliseconds), better: "lower" },
  ];
}

// Resident memory of this process, now and at its highest.
function memory(): Reading[] {
  const peak = process.resourceUsage().maxRSS / 1024;
  return [
    { metric: "rss", unit: "MiB", value: process.memoryUsage.rss() / 2 ** 20, better: "lower" },
    { metric: "rss.peak", unit: "MiB", value: peak, better: "lower" },
  ];
}
