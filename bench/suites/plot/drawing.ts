// Measures how long a picture takes: jobs of some milliseconds to some seconds. A stretch of time to warm up, then as many
// as fit into another; the median of processor time counts. The first picture is timed by itself.

import { setImmediate } from "node:timers/promises";

import { CollectionWatch, type Stretch } from "../../lib/collections.ts";
import type { Reading, Scale, Work } from "../../lib/definition.ts";
import { median } from "../../lib/statistics.ts";

const BUDGET_MS = 3000;
const FEWEST = 3;
const MOST = 300;

/** The bytes of a PNG, now or later. */
export type Draw = () => Uint8Array | Promise<Uint8Array>;

/**
 * A subject that draws, which took some time to load. All answer with the size of the picture, and that it is no blank
 * one.
 */
export function drawing(draw: Draw, scale: Scale, loadMs: number): Work {
  let png: Uint8Array = new Uint8Array(0);
  return {
    answer: () => answerOf(png),
    readings: async () => {
      const started = performance.now();
      png = await draw();
      const first = performance.now() - started;
      const budget = scale === "quick" ? 0 : BUDGET_MS;
      const warmedUp = performance.now() + budget / 2;
      while (performance.now() < warmedUp) png = await draw();
      collectTwice();
      const watch = new CollectionWatch();
      const stretches: Stretch[] = [];
      const cpu: number[] = [];
      for (const begin = performance.now(); cpu.length < MOST;) {
        if (cpu.length >= FEWEST && performance.now() - begin > budget) break;
        const from = process.cpuUsage();
        const start = performance.now();
        png = await draw();
        stretches.push({ start, end: performance.now() });
        const { user, system } = process.cpuUsage(from);
        cpu.push((user + system) / 1000);
      }
      await watch.settle();
      watch.stop();
      return [
        lower("time", "ms", median(cpu)),
        ...wallTimes(stretches),
        lower("wall.first", "ms", first),
        lower("wall.cold", "ms", loadMs + first),
        ...collections(watch, stretches),
        lower("rss.peak", "MiB", process.resourceUsage().maxRSS / 1024),
        lower("bytes", "KB", png.byteLength / 1000),
      ];
    },
  };
}

/** A subject that draws so many pictures in a row: what matters is whether memory still grows in the second half. */
export function enduring(draw: Draw, count: number): Work {
  let png: Uint8Array = new Uint8Array(0);
  return {
    answer: () => answerOf(png),
    readings: async () => {
      for (let index = 0; index < count / 2; index++) {
        png = await draw();
        await setImmediate();
      }
      const watch = new CollectionWatch();
      const stretches: Stretch[] = [];
      const resident: number[] = [];
      for (let index = 0; index < count / 2; index++) {
        const start = performance.now();
        png = await draw();
        // What native libraries hold is given back between tasks.
        await setImmediate();
        stretches.push({ start, end: performance.now() });
        resident.push(process.memoryUsage.rss() / 1024);
      }
      await watch.settle();
      watch.stop();
      return [
        lower("rss.slope", "KB per plot", slopeOf(resident)),
        ...wallTimes(stretches),
        ...collections(watch, stretches),
        lower("rss.peak", "MiB", process.resourceUsage().maxRSS / 1024),
      ];
    },
  };
}

function answerOf(png: Uint8Array): unknown {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  // A blank picture of this size takes less than 4 KB in any encoder.
  return { width: view.getUint32(16), height: view.getUint32(20), drawn: png.byteLength > 8000 };
}

function collectTwice(): void {
  globalThis.gc?.();
  globalThis.gc?.();
}

function lower(metric: string, unit: string, value: number): Reading {
  return { metric, unit, value, better: "lower" };
}

function wallTimes(stretches: readonly Stretch[]): Reading[] {
  const wall = stretches.map(({ start, end }) => end - start).toSorted((a, b) => a - b);
  return [
    lower("wall", "ms", median(wall)),
    lower("wall.p99", "ms", wall[Math.min(wall.length - 1, Math.floor(wall.length * 0.99))]),
  ];
}

function collections(watch: CollectionWatch, stretches: readonly Stretch[]): Reading[] {
  const { minor, major, milliseconds, longestMs } = watch.within(stretches);
  return [
    lower("gc.minor", "per plot", minor / stretches.length),
    lower("gc.major", "per plot", major / stretches.length),
    lower("gc.time", "ms per plot", milliseconds / stretches.length),
    lower("gc.longest", "ms", longestMs),
  ];
}

// The line through the values that is nearest to them.
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const along = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  const across = values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  return across === 0 ? 0 : along / across;
}
