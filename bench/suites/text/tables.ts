// Delimited tables of 81 MB: count the fields and add up a column, or make every field a string and keep all of them.

import { kernels } from "@millpond/core";
import { rows } from "@millpond/text";
import { file, fileSync } from "@millpond/text/node";

import type { Bar, Case, Look, Scale, Subject, Work } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { longWork } from "./long-work.ts";
import { tableFile } from "./table-data.ts";
import * as peers from "./table-peers.ts";
import type { Sum } from "./table-peers.ts";

type Kind = "plain" | "quoted";

const kinds: readonly Kind[] = ["plain", "quoted"];
const { SUMMED } = peers;

/** The names of cases; bars look them up. */
const sumCase = (kind: Kind): string => `count and sum, ${kind}`;
const keepCase = (kind: Kind): string => `keep strings, ${kind}`;

/** A batch of rows after the other. */
export function batchSum(path: string): Sum {
  let fields = 0;
  let sum = 0;
  for (const batch of rows(fileSync(path), { header: true }).batches()) {
    fields += batch.fieldCount;
    sum += kernels.sum(batch.floats(SUMMED));
  }
  return { fields, sum: Math.round(sum) };
}

async function awaitedSum(path: string): Promise<Sum> {
  let fields = 0;
  let sum = 0;
  for await (const batch of rows(file(path), { header: true }).batches()) {
    fields += batch.fieldCount;
    sum += kernels.sum(batch.floats(SUMMED));
  }
  return { fields, sum: Math.round(sum) };
}

function rowSum(path: string): Sum {
  let fields = 0;
  let sum = 0;
  for (const row of rows(fileSync(path), { header: true })) {
    fields += row.length;
    sum += row.number(SUMMED);
  }
  return { fields, sum: Math.round(sum) };
}

function stringSum(path: string): Sum {
  let fields = 0;
  let sum = 0;
  for (const row of rows(fileSync(path), { header: true })) {
    fields += row.length;
    sum += Number(row.string(SUMMED));
  }
  return { fields, sum: Math.round(sum) };
}

function ownRows(path: string): string[][] {
  return rows(fileSync(path), { header: true }).arrays().toArray();
}

// A subject whose setup may load something, and whose job is a function of the path.
function subject(
  name: string,
  role: Subject["role"],
  { path, byteLength }: { path: string; byteLength: number },
  job: (path: string) => unknown,
): Subject {
  return { name, role, setup: () => longWork(byteLength, () => job(path)) };
}

function summing(kind: Kind, scale: Scale): Case {
  const data = tableFile(kind, scale);
  const lazily = (name: string, load: (path: string) => Promise<() => unknown>): Subject => ({
    name,
    role: "peer",
    setup: async (): Promise<Work> => longWork(data.byteLength, await load(data.path)),
  });
  const subjects = [
    subject("millpond", "ours", data, batchSum),
    subject("millpond awaited", "variant", data, awaitedSum),
    subject("millpond rows", "variant", data, rowSum),
    subject("millpond strings", "variant", data, stringSum),
    ...(kind === "plain"
      ? [
          subject("plain", "plain", data, peers.splitSum),
          subject("readline", "peer", data, peers.readlineSum),
        ]
      : []),
    subject("udsv", "peer", data, peers.udsvSum),
    subject("d3-dsv", "peer", data, peers.d3Sum),
    subject("papaparse", "peer", data, peers.papaSum),
    subject("csv-parse", "peer", data, peers.csvParseSum),
    lazily("duckdb", peers.duckdbSum),
    lazily("polars", peers.polarsSum),
  ];
  return {
    group: "Count 10 M fields and add up a column",
    name: sumCase(kind),
    row: kind,
    subjects,
    metric: "speed",
  };
}

function keeping(kind: Kind, scale: Scale): Case {
  const data = tableFile(kind, scale);
  const keep = (
    name: string,
    role: Subject["role"],
    load: () => Promise<(path: string) => string[][]>,
  ): Subject => ({
    name,
    role,
    setup: async () => {
      const read = await load();
      return keepingWork(data.byteLength, () => read(data.path));
    },
  });
  const subjects = [
    keep("millpond", "ours", () => Promise.resolve(ownRows)),
    ...(kind === "plain" ? [keep("plain", "plain", () => Promise.resolve(peers.splitRows))] : []),
    keep("udsv", "peer", peers.udsvRows),
    keep("d3-dsv", "peer", peers.d3Rows),
    keep("papaparse", "peer", peers.papaRows),
    keep("csv-parse", "peer", peers.csvParseRows),
  ];
  return {
    group: "Every field a string, all rows kept",
    name: keepCase(kind),
    row: kind,
    subjects,
    metric: "speed",
  };
}

// What is kept is let go before the next run; counting it is not measured.
function keepingWork(byteLength: number, read: () => string[][]): Work {
  let kept: string[][] = [];
  const letGo = (): void => {
    kept = [];
  };
  const run = (): void => {
    kept = read();
  };
  return { ...longWork(byteLength, run, { letGo }), answer: () => peers.countKept(kept) };
}

/** The cases about tables. */
export function tableCases(scale: Scale): Case[] {
  return [...kinds.map((kind) => summing(kind, scale)), ...kinds.map((kind) => keeping(kind, scale))];
}

const scripts = ["readline", "udsv", "d3-dsv", "papaparse", "csv-parse"];
const natives = ["duckdb", "polars"];

// How much faster ours is than the fastest of some others.
function atLeast(name: string, wanted: number, caseName: string, others: readonly string[]): Bar {
  return {
    name,
    wanted: `>= ${wanted}x`,
    judge: (look: Look) => {
      const ours = look(caseName, "millpond");
      const speeds = others.map((other) => look(caseName, other) ?? 0);
      const best = Math.max(...speeds);
      if (ours === undefined || best === 0) return undefined;
      const ratio = ours / best;
      return { measured: `${digits(ratio)}x (${others[speeds.indexOf(best)]})`, met: ratio >= wanted };
    },
  };
}

function atMost(name: string, wanted: number, unit: string, caseName: string, metric: string): Bar {
  return {
    name,
    wanted: `<= ${wanted} ${unit}`,
    judge: (look: Look) => {
      const value = look(caseName, "millpond", metric);
      return value === undefined ? undefined : { measured: `${digits(value)} ${unit}`, met: value <= wanted };
    },
  };
}

/** What the cases about tables are meant to show. */
export const tableBars: readonly Bar[] = kinds.flatMap((kind) => [
  atLeast(`count and sum, ${kind}: speed over the fastest JavaScript library`, 8, sumCase(kind), scripts),
  atLeast(`count and sum, ${kind}: speed over the fastest native library`, 2, sumCase(kind), natives),
  atMost(
    `count and sum, ${kind}: resident memory added to that of the harness`,
    30,
    "MiB",
    sumCase(kind),
    "rss.added",
  ),
  atMost(`count and sum, ${kind}: mark-compacts`, 0, "per run", sumCase(kind), "gc.majorPerRun"),
  atLeast(`keep strings, ${kind}: speed over the fastest JavaScript library`, 1.2, keepCase(kind), [
    "plain",
    ...scripts,
  ]),
]);
