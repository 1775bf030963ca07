// Lists of children, by where their memory comes from: the design that pools short arrays, inside a real parser.
//
// "direct" makes a new Uint32Array for each list and is what the others are compared with; the bare tape has no lists.

import { Pool } from "@millpond/core";
import type { ChildStrategy, JsonParser } from "@millpond/json";

import type { Bar, Case, Look, Reading, Scale, Subject } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { generatedSources, type Source } from "./texts.ts";

const GROUP = "parse with lists of children, by strategy";
const GROUP_MEMORY = "the same 50 times in a fresh process: memory at its peak, text and tape included";
const PARSES = 50;

const strategies: readonly { readonly strategy: ChildStrategy; readonly role: Subject["role"] }[] = [
  { strategy: "arena", role: "ours" },
  { strategy: "tracked", role: "variant" },
  { strategy: "tagged", role: "variant" },
  { strategy: "direct", role: "plain" },
  { strategy: "tape", role: "variant" },
];

const nameOf = (label: string): string => `children, ${label}`;
const memoryNameOf = (label: string): string => `children memory, ${label}`;

function parsing(strategy: ChildStrategy, role: Subject["role"], source: Source): Subject {
  const setup = async () => {
    const parser = (await import("@millpond/json")).parser({ children: strategy });
    const { bytes } = source.open();
    const run = (count: number): void => {
      for (let i = 0; i < count; i++) parser.parse(bytes);
    };
    return { run, answer: () => lengths(parser, bytes) };
  };
  return { name: strategy, role, setup };
}

// What the collector has in its charge, and what the pool has given out.
function memoryUsed(pool: Pool): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers + pool.stats().bytesInUse;
}

function holding(strategy: ChildStrategy, role: Subject["role"], source: Source): Subject {
  const setup = async () => {
    const pool = new Pool();
    const parser = (await import("@millpond/json")).parser({ pool, children: strategy });
    const { bytes } = source.open();
    // The rest is loaded and compiled before, and what it left behind is gone.
    parser.parse("[[]]");
    globalThis.gc?.();
    const before = memoryUsed(pool);
    let peak = 0;
    for (let i = 0; i < PARSES; i++) {
      parser.parse(bytes);
      peak = Math.max(peak, memoryUsed(pool) - before);
    }
    const reading: Reading = { metric: "peak", unit: "MiB", value: peak / 2 ** 20, better: "lower" };
    return { answer: () => lengths(parser, bytes), readings: () => [reading] };
  };
  return { name: strategy, role, setup };
}

// Something that all lists have a part in.
function lengths(parser: JsonParser, bytes: Uint8Array): number {
  let sum = 0;
  parser.parse(bytes).visit({
    enter: (node) => {
      sum += node.length;
    },
  });
  return sum;
}

/** The cases of child lists. */
export function childCases(scale: Scale): Case[] {
  const sources = generatedSources(scale).filter(({ bytes }) => bytes < 1e7);
  const times = sources.map((source) => ({
    group: GROUP,
    name: nameOf(source.label),
    row: source.label,
    subjects: strategies.map(({ strategy, role }) => parsing(strategy, role, source)),
  }));
  const memory = sources.map((source) => ({
    group: GROUP_MEMORY,
    name: memoryNameOf(source.label),
    row: source.label,
    metric: "peak",
    subjects: strategies.map(({ strategy, role }) => holding(strategy, role, source)),
  }));
  return [...times, ...memory];
}

const POOLED = ["arena", "tracked", "tagged"];

// The lowest share of "direct" that a pooled strategy needs, of what `of` says; below 1 is a saving.
function saving(wanted: number, of: (look: Look, strategy: string) => number | undefined): Bar["judge"] {
  return (look) => {
    const direct = of(look, "direct");
    const found = POOLED.map((strategy) => ({ strategy, value: of(look, strategy) }))
      .filter((entry): entry is { strategy: string; value: number } => entry.value !== undefined)
      .sort((a, b) => a.value - b.value);
    if (direct === undefined || found.length === 0) return undefined;
    const change = found[0].value / direct - 1;
    return { measured: `${digits(change * 100)} % (${found[0].strategy})`, met: change <= wanted };
  };
}

const timeOf = (look: Look, strategy: string): number | undefined => look(nameOf("1 MB"), strategy);

function overheadOf(look: Look, strategy: string): number | undefined {
  const [with_, without] = [timeOf(look, strategy), timeOf(look, "tape")];
  return with_ === undefined || without === undefined ? undefined : with_ - without;
}

/** What the pooled strategies are meant to save against new arrays. */
export const childBars: readonly Bar[] = [
  {
    name: "lists of children, 1 MB: what the lists add to the parse",
    wanted: "-50 %",
    judge: saving(-0.5, overheadOf),
  },
  { name: "lists of children, 1 MB: the whole parse", wanted: "-30 %", judge: saving(-0.3, timeOf) },
  {
    name: "lists of children, 1 MB: peak of memory",
    wanted: "-25 %",
    judge: saving(-0.25, (look, strategy) => look(memoryNameOf("1 MB"), strategy)),
  },
];
