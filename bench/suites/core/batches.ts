// Text in batches of 1,000 lines: every field of a batch is kept until the batch is done, then all are let go. Beside
// time, this counts what was allocated and how much memory a batch needed at its end.
//
// Allocations are those that V8's sampling heap profiler reports at an interval of one byte, where it looks at
// practically every one. Memory is the growth of V8's heap while no collection ran, and the most that was ever in use of
// the pool.

import { Pool, randomFrom, type StringArena, strings } from "@millpond/core";

import type { Bar, Case, Look, Reading, Scale, Subject } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";

interface Batches {
  /** Takes a batch apart, keeps all fields until its end, and returns how many there were. */
  readonly run: () => number;
  /** Fields of the batch that was taken apart last. */
  readonly field: (index: number) => string;
  /** Bytes outside of V8's heap. */
  readonly outside: () => number;
}

const FIELDS = 8;
const COMMA = 44;
const NEWLINE = 10;

// Numbers, words of 3 to 20 letters and empty fields, in turn.
function makeText(lines: number): Uint8Array {
  const random = randomFrom(3);
  const word = (): string => "abcdefghijklmnopqrst".slice(0, 3 + Math.floor(random() * 18));
  const line = (_: unknown, number: number): string =>
    [number, word(), Math.floor(random() * 1e6), word(), "", random().toFixed(4), word(), word()].join(",");
  return new TextEncoder().encode(Array.from({ length: lines }, line).join("\n"));
}

function addFields(fields: StringArena, text: Uint8Array): number {
  let start = 0;
  let count = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && text[i] !== COMMA && text[i] !== NEWLINE) continue;
    fields.addSpan(text, start, i);
    start = i + 1;
    count++;
  }
  return count;
}

function byArena(text: Uint8Array): Batches {
  const pool = new Pool();
  const fields = strings(pool, { chunkBytes: text.length });
  return {
    run: () => {
      fields.reset();
      return addFields(fields, text);
    },
    field: (index) => fields.get(fields.firstId + index),
    outside: () => pool.stats().bytesPeak,
  };
}

function bySplit(text: Uint8Array): Batches {
  const decoder = new TextDecoder();
  let rows: string[][] = [];
  return {
    run: () => {
      rows = decoder
        .decode(text)
        .split("\n")
        .map((line) => line.split(","));
      return rows.reduce((sum, row) => sum + row.length, 0);
    },
    field: (index) => rows[Math.floor(index / FIELDS)][index % FIELDS],
    outside: () => 0,
  };
}

// Fields that keep nothing else alive: each is decoded on its own.
function byDecoding(text: Uint8Array): Batches {
  const source = Buffer.from(text.buffer, text.byteOffset, text.length);
  let fields: string[] = [];
  return {
    run: () => {
      fields = [];
      let start = 0;
      for (let i = 0; i <= source.length; i++) {
        if (i < source.length && source[i] !== COMMA && source[i] !== NEWLINE) continue;
        fields.push(source.toString("latin1", start, i));
        start = i + 1;
      }
      return fields.length;
    },
    field: (index) => fields[index],
    outside: () => 0,
  };
}

async function allocationsOf(work: () => unknown): Promise<number> {
  const { Session } = await import("node:inspector/promises");
  const session = new Session();
  session.connect();
  const options = {
    samplingInterval: 1,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  };
  await session.post("HeapProfiler.startSampling", options);
  work();
  const { profile } = await session.post("HeapProfiler.stopSampling");
  session.disconnect();
  // Missing from the declarations of Node.
  return (profile as unknown as { samples: unknown[] }).samples.length;
}

async function readings(batches: Batches): Promise<Reading[]> {
  const allocations = await allocationsOf(batches.run);
  globalThis.gc?.();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  batches.run();
  const memory = process.memoryUsage().heapUsed - before + batches.outside();
  return [
    { metric: "allocations", unit: "per batch", value: allocations, better: "lower" },
    { metric: "memory", unit: "KiB", value: memory / 1024, better: "lower" },
  ];
}

function subject(
  name: string,
  role: Subject["role"],
  open: (text: Uint8Array) => Batches,
  lines: number,
): Subject {
  const setup = () => {
    const batches = open(makeText(lines));
    return {
      run: (count: number) => {
        for (let i = 0; i < count; i++) batches.run();
      },
      readings: () => readings(batches),
      answer: () => {
        const count = batches.run();
        return { count, some: [0, 1, 4, 5, FIELDS + 1, count - 1].map((index) => batches.field(index)) };
      },
    };
  };
  return { name, role, setup };
}

// One table for each metric, over the same work.
const metrics = [
  ["cpu", "time"],
  ["allocations", "allocations"],
  ["memory", "memory at the end of a batch"],
] as const;

function caseName(title: string): string {
  return `batches of lines, ${title}`;
}

/** The cases about batches of lines. */
export function batchCases(scale: Scale): Case[] {
  const lines = scale === "full" ? 1000 : 20;
  return metrics.map(([metric, title]) => ({
    group: `strings: ${lines} lines of ${FIELDS} fields, all kept until the batch ends; ${title}`,
    name: caseName(title),
    row: "one batch",
    metric,
    subjects: [
      subject("millpond", "ours", byArena, lines),
      subject("plain", "plain", bySplit, lines),
      subject("a string each", "variant", byDecoding, lines),
    ],
  }));
}

// The share of what the plain way takes.
function share(look: Look, metric: string, title: string): number | undefined {
  const [ours, plain] = ["millpond", "plain"].map((name) => look(caseName(title), name, metric));
  return ours === undefined || plain === undefined ? undefined : ours / plain;
}

function bar(wanted: string, most: number, [metric, title]: (typeof metrics)[number]): Bar {
  const judge: Bar["judge"] = (look) => {
    const found = share(look, metric, title);
    return found === undefined ? undefined : { measured: `${digits(found)}x`, met: found <= most };
  };
  return { name: `batches of 1,000 lines: ${title}, over those of the plain way`, wanted, judge };
}

/** What string arenas are meant to reach. */
export const batchBars: readonly Bar[] = [bar("<= 0.2x", 0.2, metrics[1]), bar("<= 0.7x", 0.7, metrics[2])];
