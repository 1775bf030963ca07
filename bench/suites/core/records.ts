// Records as columns against JavaScript objects: short-lived ones, a pass over a million, and what a million that are
// held cost at each full collection.

import { type Pool as PoolType, type Records, Pool, MiB, records } from "@millpond/core";

import type { Bar, Case, Reading, Scale, Subject, Verdict, Look } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { median } from "../../lib/statistics.ts";

const schema = { x: "f64", y: "f64", id: "u32", kind: "u8" } as const;

type Table = Records<typeof schema>;

/** What a row is without a table. */
interface Thing {
  x: number;
  y: number;
  id: number;
  kind: number;
}

// Coordinates have fractions, as most have; V8 keeps such numbers in boxes of their own.
function thing(i: number): Thing {
  return { x: i + 0.5, y: i * 0.25, id: i, kind: i & 7 };
}

function openPool(): PoolType {
  return new Pool({ limitBytes: 512 * MiB });
}

// Short-lived: a thousand are in use, each operation replaces the oldest.

function replaceRecords(table: Table, held: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const place = i % held.length;
    const old = held[place];
    sum += table.columns.x[table.indexOf(old)];
    table.release(old);
    held[place] = addRecord(table, i);
  }
  return sum;
}

function addRecord(table: Table, i: number): number {
  const handle = table.acquire();
  const index = table.indexOf(handle);
  const { x, y, id, kind } = table.columns;
  x[index] = i + 0.5;
  y[index] = i * 0.25;
  id[index] = i;
  kind[index] = i & 7;
  return handle;
}

function replaceObjects(held: Thing[], count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const place = i % held.length;
    sum += held[place].x;
    held[place] = thing(i);
  }
  return sum;
}

function shortLived(scale: Scale): Case {
  const inUse = scale === "full" ? 1000 : 10;
  const ours = () => {
    const table = records(openPool(), schema, { capacity: inUse });
    const held = Float64Array.from({ length: inUse }, (_, i) => addRecord(table, i));
    return { run: (count: number) => replaceRecords(table, held, count), held };
  };
  const objects = () => {
    const held = Array.from({ length: inUse }, (_, i) => thing(i));
    return { run: (count: number) => replaceObjects(held, count) };
  };
  const asSubject = (
    name: string,
    role: Subject["role"],
    open: () => { run: (count: number) => number },
  ): Subject => ({
    name,
    role,
    setup: () => {
      const { run } = open();
      let sum = 0;
      return {
        run: (count: number) => {
          sum += run(count);
        },
        answer: () => {
          // The first pass leaves known values behind, whatever was there; the second adds them up.
          run(inUse);
          return { sum: run(inUse), finite: Number.isFinite(sum) };
        },
      };
    },
  });
  return {
    group: "records: four fields, 1,000 in use, the oldest replaced",
    name: "records, short-lived",
    row: "replace one",
    subjects: [asSubject("millpond", "ours", ours), asSubject("plain", "plain", objects)],
  };
}

// Held: a million of them.

function fillTable(size: number): Table {
  const table = records(openPool(), schema, { capacity: size });
  for (let i = 0; i < size; i++) addRecord(table, i);
  return table;
}

function fillObjects(size: number): Thing[] {
  return Array.from({ length: size }, (_, i) => thing(i));
}

function sumColumn(x: Float64Array, end: number): number {
  let sum = 0;
  for (let i = 0; i < end; i++) sum += x[i];
  return sum;
}

function sumLive(table: Table): number {
  const { x } = table.columns;
  let sum = 0;
  for (let i = table.first(); i >= 0; i = table.next(i)) sum += x[i];
  return sum;
}

function sumObjects(things: readonly Thing[]): number {
  let sum = 0;
  for (let i = 0; i < things.length; i++) sum += things[i].x;
  return sum;
}

function passSubject<S>(
  name: string,
  role: Subject["role"],
  open: () => S,
  sum: (state: S) => number,
): Subject {
  const setup = () => {
    const state = open();
    let total = 0;
    return {
      run: (count: number) => {
        for (let i = 0; i < count; i++) total += sum(state);
      },
      answer: () => ({ sum: sum(state), finite: Number.isFinite(total) }),
    };
  };
  return { name, role, setup };
}

function pass(size: number): Case {
  const table = (): Table => fillTable(size);
  return {
    group: "records: one field of 1,000,000 added up",
    name: "records, one pass",
    row: "one pass",
    subjects: [
      passSubject("millpond", "ours", table, (state) => sumColumn(state.columns.x, state.end)),
      passSubject("only live ones", "variant", table, sumLive),
      passSubject("plain", "plain", () => fillObjects(size), sumObjects),
    ],
  };
}

const COLLECTIONS = 15;

// How long full collections take while something is alive; processor time, threads of the collector included.
function collectionCost(): Reading[] {
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let i = 0; i < COLLECTIONS + 3; i++) {
    const before = process.cpuUsage();
    const start = performance.now();
    globalThis.gc?.();
    wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  // The first ones still move what was just made.
  return [
    { metric: "collection", unit: "ms", value: median(cpu.slice(3)), better: "lower" },
    { metric: "collection.wall", unit: "ms", value: median(wall.slice(3)), better: "lower" },
    { metric: "heap", unit: "MiB", value: process.memoryUsage().heapUsed / 2 ** 20, better: "lower" },
    { metric: "rss", unit: "MiB", value: process.memoryUsage.rss() / 2 ** 20, better: "lower" },
  ];
}

function heldSubject(name: string, role: Subject["role"], open: () => { sum: () => number }): Subject {
  const setup = () => {
    const held = open();
    return { readings: collectionCost, answer: () => held.sum() };
  };
  return { name, role, setup };
}

const HELD = "records, 1,000,000 held";

function held(size: number): Case {
  const ours = () => {
    const table = fillTable(size);
    return { sum: () => sumColumn(table.columns.x, table.end) };
  };
  const objects = () => {
    const things = fillObjects(size);
    return { sum: () => sumObjects(things) };
  };
  return {
    group: "records: a full collection while 1,000,000 are held, processor time",
    name: HELD,
    row: "gc()",
    metric: "collection",
    subjects: [
      heldSubject("millpond", "ours", ours),
      heldSubject("empty heap", "variant", () => ({ sum: () => (size * size) / 2 })),
      heldSubject("plain", "plain", objects),
    ],
  };
}

/** All cases about records. */
export function recordCases(scale: Scale): Case[] {
  const size = scale === "full" ? 1_000_000 : 50;
  return [shortLived(scale), pass(size), held(size)];
}

function judgeHeld(look: Look): Verdict | undefined {
  const [ours, empty, plain] = ["millpond", "empty heap", "plain"].map((subject) => look(HELD, subject));
  if (ours === undefined || empty === undefined || plain === undefined) return undefined;
  const measured = `${digits(ours / empty)}x; objects ${digits(plain / empty)}x`;
  return { measured, met: ours <= 1.2 * empty };
}

/** What records are meant to reach. */
export const recordBars: readonly Bar[] = [
  {
    name: "1,000,000 records held: full collection over an empty heap's",
    wanted: "<= 1.2x",
    judge: judgeHeld,
  },
];
