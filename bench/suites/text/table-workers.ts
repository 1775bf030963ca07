// The same sum by one worker thread, by two and by none. Wall time: two threads take no less of the processors' time than
// one.

import type { TaskRunner } from "@millpond/core";
import { rowsParallel } from "@millpond/text/node";

import type { Piscina } from "piscina";

import type { Bar, Case, Scale, Subject, Work } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { longWork } from "./long-work.ts";
import { tableFile } from "./table-data.ts";
import type { Part } from "./table-worker.ts";
import { batchSum } from "./tables.ts";

const kinds = ["plain", "quoted"] as const;
const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
const caseName = (kind: string): string => `count and sum by workers, ${kind}`;

async function byWorkers(path: string, byteLength: number, threads: number): Promise<Work> {
  const { Piscina } = await import("piscina");
  const filename = new URL("./table-worker.ts", import.meta.url).href.replace(/ts$/, ending);
  const piscina = new Piscina({ filename, minThreads: threads, maxThreads: threads });
  return longWork(byteLength, () => sumOf(path, piscina), { close: () => piscina.destroy() });
}

async function sumOf(path: string, piscina: Piscina): Promise<Part> {
  const runner = piscina as unknown as TaskRunner;
  const { results } = await rowsParallel<Part>(path, { runner, name: "sums", header: true });
  const add = (of: (part: Part) => number): number => results.reduce((total, part) => total + of(part), 0);
  return { fields: add((part) => part.fields), sum: Math.round(add((part) => part.sum)) };
}

/** The cases about workers. */
export function workerCases(scale: Scale): Case[] {
  return kinds.map((kind) => {
    const { path, byteLength } = tableFile(kind, scale);
    const subjects: Subject[] = [
      { name: "two workers", role: "ours", setup: () => byWorkers(path, byteLength, 2) },
      { name: "one worker", role: "variant", setup: () => byWorkers(path, byteLength, 1) },
      { name: "no worker", role: "variant", setup: async () => longWork(byteLength, () => batchSum(path)) },
    ];
    const group = "Count and add up on threads, wall time";
    return { group, name: caseName(kind), row: kind, subjects, metric: "speed.wall" };
  });
}

/** What two workers are meant to show. */
export const workerBars: readonly Bar[] = kinds.map((kind) => ({
  name: `count and sum, ${kind}: two workers over one, wall time`,
  wanted: ">= 1.7x",
  judge: (look) => {
    const two = look(caseName(kind), "two workers");
    const one = look(caseName(kind), "one worker");
    if (two === undefined || one === undefined) return undefined;
    return { measured: `${digits(two / one)}x`, met: two / one >= 1.7 };
  },
}));
