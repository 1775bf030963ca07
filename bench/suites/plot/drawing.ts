// Measures how long a picture takes: jobs of some milliseconds to some seconds. A stretch of time to warm up, then as many
// as fit into another; the median of processor time counts. The first picture is timed by itself.

import { CollectionWatch, type Stretch } from "../../lib/collections.ts";
import type { Reading, Scale, Work } from "../../lib/definition.ts";
import { median } from "../../lib/statistics.ts";

const BUDGET_MS = 3000;
const FEWEST = 3;
const MOST = 300;

/** The bytes of a PNG, now or later. */
export type Draw = () => Uint8Array | Promise<Uint8Array>;

/** A subject that draws. All answer with the size of the picture, and that it is no blank one. */
export function drawing(draw: Draw, scale: Scale): Work {
  let png: Uint8Array = new Uint8Array(0);
  return {
    answer: () => {
      const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
      // A blank picture of this size takes less than 4 KB in any encoder.
      return { width: view.getUint32(16), height: view.getUint32(20), drawn: png.byteLength > 8000 };
    },
    readings: async () => {
      const started = performance.now();
      png = await draw();
      const cold = performance.now() - started;
      const budget = scale === "quick" ? 0 : BUDGET_MS;
      const warmedUp = performance.now() + budget / 2;
      while (performance.now() < warmedUp) png = await draw();
      globalThis.gc?.();
      globalThis.gc?.();
      const watch = new CollectionWatch();
      const stretches: Stretch[] = [];
      const cpu: number[] = [];
      const before = process.memoryUsage.rss();
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
      return readings(cpu, stretches, watch, { before, cold, bytes: png.byteLength });
    },
  };
}

function readings(
  cpu: readonly number[],
  stretches: readonly Stretch[],
  watch: CollectionWatch,
  { before, cold, bytes }: { readonly before: number; readonly cold: number; readonly bytes: number },
): Reading[] {
  const wall = stretches.map(({ start, end }) => end - start).toSorted((a, b) => a - b);
  const { minor, major, milliseconds } = watch.within(stretches);
  const reading = (metric: string, unit: string, value: number): Reading => ({
    metric,
    unit,
    value,
    better: "lower",
  });
  return [
    reading("time", "ms", median(cpu)),
    reading("wall", "ms", median(wall)),
    reading("wall.p99", "ms", wall[Math.min(wall.length - 1, Math.floor(wall.length * 0.99))]),
    reading("wall.first", "ms", cold),
    reading("gc.minor", "per plot", minor / cpu.length),
    reading("gc.major", "per plot", major / cpu.length),
    reading("gc.time", "ms per plot", milliseconds / cpu.length),
    reading("rss.added", "MiB", (process.memoryUsage.rss() - before) / 2 ** 20),
    reading("rss.peak", "MiB", process.resourceUsage().maxRSS / 1024),
    reading("bytes", "KB", bytes / 1000),
  ];
}
