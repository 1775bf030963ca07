// The same sum by one worker thread and by two, each with a range of the file. Wall time: two threads take no less of the
// processors' time than one.

import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { rows } from "@millpond/text";
import { fileRanges, fileSync } from "@millpond/text/node";

import type { Bar, Case, Scale, Subject, Work } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { longWork } from "./long-work.ts";
import { tableFile } from "./table-data.ts";

interface Part {
  readonly fields: number;
  readonly sum: number;
}

const kinds = ["plain", "quoted"] as const;
const ending = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
const caseName = (kind: string): string => `count and sum by workers, ${kind}`;

async function byWorkers(path: string, byteLength: number, count: number): Promise<Work> {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL(`./table-worker${ending}`, import.meta.url)),
  );
  const names = rows(fileSync(path), { header: true });
  const columns = names.names;
  names.close();
  await Promise.all(workers.map((worker) => once(worker, "online")));
  const run = async (): Promise<unknown> => {
    const parts = await Promise.all(
      fileRanges(path, count).map(async (range, index) => {
        workers[index].postMessage({ path, names: columns, ...range });
        const [part] = (await once(workers[index], "message")) as [Part];
        return part;
      }),
    );
    const add = (of: (part: Part) => number): number => parts.reduce((total, part) => total + of(part), 0);
    return { fields: add((part) => part.fields), sum: Math.round(add((part) => part.sum)) };
  };
  const close = (): void => {
    for (const worker of workers) worker.unref();
  };
  return longWork(byteLength, run, { close });
}

/** The cases about workers. */
export function workerCases(scale: Scale): Case[] {
  return kinds.map((kind) => {
    const { path, byteLength } = tableFile(kind, scale);
    const subject = (name: string, role: Subject["role"], count: number): Subject => ({
      name,
      role,
      setup: () => byWorkers(path, byteLength, count),
    });
    const subjects = [subject("two workers", "ours", 2), subject("one worker", "variant", 1)];
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
