// Writing 2 million fields of mixed values as UTF-8, a fifth of the texts with something that needs quotes.

import { randomFrom } from "@millpond/core";
import { encodeRows } from "@millpond/text";

import type { Bar, Case, Scale, Subject } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { longWork } from "./long-work.ts";

type Values = (string | number)[][];

const caseName = "write";
const encoder = new TextEncoder();

function table(scale: Scale): Values {
  const random = randomFrom(7);
  const text = (row: number): string => (random() < 0.2 ? `amber, no. ${row}` : `basalt ${row}`);
  return Array.from({ length: scale === "full" ? 200_000 : 500 }, (_, row) => [
    row,
    Math.floor(random() * 1e6),
    text(row),
    Math.round(random() * 1e6) / 100,
    "cedar",
    random() < 0.1 ? "" : "delta",
    -Math.floor(random() * 1e4),
    'ember "x"',
    Math.floor(random() * 1e9),
    "fjord granite",
  ]);
}

// Bytes are counted without the end of the last row, which not everybody writes.
function ours(rows: Values): number {
  let bytes = -1;
  for (const chunk of encodeRows(rows)) bytes += chunk.length;
  return bytes;
}

function plainField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function plain(rows: Values): number {
  return encoder.encode(rows.map((row) => row.map(plainField).join(",")).join("\n")).length;
}

async function papa(): Promise<(rows: Values) => number> {
  const { default: papa } = await import("papaparse");
  return (rows) => encoder.encode(papa.unparse(rows, { newline: "\n" })).length;
}

async function d3(): Promise<(rows: Values) => number> {
  const { csvFormatRows } = await import("d3-dsv");
  return (rows) => encoder.encode(csvFormatRows(rows as string[][])).length;
}

async function csvStringify(): Promise<(rows: Values) => number> {
  const { stringify } = await import("csv-stringify/sync");
  return (rows) => encoder.encode(stringify(rows)).length - 1;
}

/** The case about writing. */
export function writingCases(scale: Scale): Case[] {
  let values: Values | undefined;
  const rows = (): Values => (values ??= table(scale));
  const subject = (
    name: string,
    role: Subject["role"],
    load: () => Promise<(rows: Values) => number>,
  ): Subject => ({
    name,
    role,
    setup: async () => {
      const write = await load();
      return longWork(plain(rows()), () => write(rows()));
    },
  });
  const subjects = [
    subject("millpond", "ours", () => Promise.resolve(ours)),
    subject("plain", "plain", () => Promise.resolve(plain)),
    subject("papaparse", "peer", papa),
    subject("d3-dsv", "peer", d3),
    subject("csv-stringify", "peer", csvStringify),
  ];
  return [{ group: "Write 2 M fields as UTF-8", name: caseName, row: "mixed", subjects, metric: "speed" }];
}

/** What writing is meant to show. */
export const writingBars: readonly Bar[] = [
  {
    name: "write: speed over the fastest JavaScript library",
    wanted: ">= 1x",
    judge: (look) => {
      const mine = look(caseName, "millpond");
      const best = Math.max(
        ...["papaparse", "d3-dsv", "csv-stringify"].map((name) => look(caseName, name) ?? 0),
      );
      if (mine === undefined || best === 0) return undefined;
      return { measured: `${digits(mine / best)}x`, met: mine >= best };
    },
  },
];
