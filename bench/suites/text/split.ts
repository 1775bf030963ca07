// split() on strings: many small ones, batches of a thousand lines, and long texts at several delimiters.
//
// Kept pieces must not keep the text they come from: a program that keeps one field of a line would otherwise keep the
// line. `plain` copies what V8 would represent as a reference, in the fastest way known; the row without copying is
// shown beside it.

import { randomFrom } from "@millpond/core";
import { processLinesSync, type Segments, type Splitter, splitter, withArena } from "@millpond/text";

import type { Bar, Case, Look, Reading, Scale, Subject, Verdict } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";

const HEAP_TURNS = 10;
// V8 copies parts of strings up to this length.
const MOST_COPIED_UNITS = 12;

interface Kind {
  readonly row: string;
  /** The lengths of the pieces: at least, and how many more at most. */
  readonly pieces: readonly (readonly [least: number, more: number])[];
}

const SHORT: Kind = {
  row: "8 short pieces, 44 characters",
  pieces: Array.from({ length: 8 }, () => [4, 2] as const),
};
const MIXED: Kind = {
  row: "6 pieces of a log line, 76 characters",
  pieces: [
    [19, 1],
    [4, 1],
    [8, 8],
    [20, 12],
    [3, 0],
    [1, 4],
  ],
};
const KINDS: readonly Kind[] = [SHORT, MIXED];

function linesOf({ pieces }: Kind, count: number): string[] {
  const random = randomFrom(4711);
  const piece = ([least, more]: readonly [number, number]): string => {
    const length = least + Math.floor(random() * (more + 1));
    return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join("");
  };
  // Through bytes: a string that is put together from parts is otherwise flattened when it is split first.
  return Array.from({ length: count }, () => Buffer.from(pieces.map(piece).join(",")).toString("latin1"));
}

/** A part as a string that keeps nothing else alive. */
function owned(piece: string): string {
  return piece.length <= MOST_COPIED_UNITS ? piece : ` ${piece}`.slice(1);
}

function splitOwned(text: string): string[] {
  const pieces = text.split(",");
  for (let i = 0; i < pieces.length; i++) pieces[i] = owned(pieces[i]);
  return pieces;
}

type Split<R> = (text: string) => R;

/** The loop of all subjects: splits one text after the other and keeps the result in the place of an older one. */
function splitAll<R>(
  texts: readonly string[],
  held: R[],
  count: number,
  split: Split<R>,
  drop: (old: R) => void,
): void {
  for (let i = 0; i < count; i++) {
    const place = i % held.length;
    drop(held[place]);
    held[place] = split(texts[place]);
  }
}

function nothing(): void {}

function keeping<R>(
  texts: readonly string[],
  split: Split<R>,
  drop: (old: R) => void,
  look: (kept: R) => string[],
): Subject["setup"] {
  return () => {
    const held = texts.map((text) => split(text));
    const run = (count: number): void => splitAll(texts, held, count, split, drop);
    const readings = (): Reading[] => [heapBytes(() => run(texts.length), texts.length)];
    return { run, readings, answer: () => held.slice(0, 3).map((kept) => look(kept)) };
  };
}

// What an operation leaves to the collector: so few turns that it does not run meanwhile, and the first, which may still
// compile something, is not counted.
function heapBytes(run: () => void, operations: number): Reading {
  globalThis.gc?.();
  run();
  const before = process.memoryUsage().heapUsed;
  for (let turn = 0; turn < HEAP_TURNS; turn++) run();
  const value = Math.max(0, process.memoryUsage().heapUsed - before) / (HEAP_TURNS * operations);
  return { metric: "heap", unit: "B/op", value, better: "lower" };
}

function smallCase(kind: Kind, scale: Scale): Case {
  const texts = linesOf(kind, scale === "full" ? 1000 : 5);
  const use = splitter(",", { preserveEmpty: true });
  const release = (old: Segments): void => old.release();
  const ours = keeping(
    texts,
    (text) => use.split(text),
    release,
    (kept) => kept.texts(),
  );
  return {
    group: "split(): many small strings, the pieces of 1,000 are kept; per string",
    name: `small strings, ${kind.row}`,
    row: kind.row,
    subjects: [
      { name: "millpond", role: "ours", setup: ours },
      {
        name: "millpond, strings",
        role: "variant",
        setup: keeping(
          texts,
          (text) => use.texts(text),
          nothing,
          (kept) => kept,
        ),
      },
      { name: "plain", role: "plain", setup: keeping(texts, splitOwned, nothing, (kept) => kept) },
      {
        name: "plain, not owned",
        role: "variant",
        setup: keeping(
          texts,
          (text) => text.split(","),
          nothing,
          (kept) => kept,
        ),
      },
    ],
  };
}

// A batch: a text of 1,000 lines is split into lines and fields, something is looked at, and all goes.
function batchOfOurs(text: string): number {
  let bytes = 0;
  processLinesSync(text, ",", (line) => void (bytes += line.end(2) - line.start(2)));
  return bytes;
}

// The same with all lines in memory at once.
function batchInArena(text: string, use: Splitter): number {
  return withArena((arena) => {
    let bytes = 0;
    const batch = text.split("\n").map((line) => use.split(line, arena));
    for (const fields of batch) bytes += fields.end(2) - fields.start(2);
    return bytes;
  });
}

function batchOfStrings(text: string, split: Split<string[]>): number {
  let bytes = 0;
  const batch = text.split("\n").map((line) => split(line));
  for (const fields of batch) bytes += fields[2].length;
  return bytes;
}

function batching(batch: () => number): Subject["setup"] {
  return () => {
    const run = (count: number): void => {
      for (let i = 0; i < count; i++) batch();
    };
    return { run, readings: () => [heapBytes(() => run(1), 1)], answer: batch };
  };
}

function batchCase(kind: Kind, scale: Scale): Case {
  const text = linesOf(kind, scale === "full" ? 1000 : 5).join("\n");
  const use = splitter(",", { preserveEmpty: true });
  return {
    group: "batches: a text of 1,000 lines into lines and fields, the length of one field of each; per batch",
    name: `batches, ${kind.row}`,
    row: kind.row,
    bytesPerOperation: text.length,
    subjects: [
      { name: "millpond", role: "ours", setup: batching(() => batchOfOurs(text)) },
      { name: "millpond, arena", role: "variant", setup: batching(() => batchInArena(text, use)) },
      { name: "plain", role: "plain", setup: batching(() => batchOfStrings(text, splitOwned)) },
      {
        name: "plain, not owned",
        role: "variant",
        setup: batching(() => batchOfStrings(text, (line) => line.split(","))),
      },
    ],
  };
}

interface LongText {
  readonly row: string;
  readonly delimiters: string | readonly string[];
  /** How plain code splits at the same. */
  readonly pattern: string | RegExp;
}

const LONG: readonly LongText[] = [
  { row: "at one byte", delimiters: ",", pattern: "," },
  { row: "at three bytes", delimiters: [",", "b", "c"], pattern: /[,bc]/ },
  {
    row: "at one that occurs, four that do not",
    delimiters: [",", "|", ";", "::", "<=>"],
    pattern: /,|\||;|::|<=>/,
  },
  { row: "at a word", delimiters: "abc", pattern: "abc" },
];

function longCase({ row, delimiters, pattern }: LongText, scale: Scale): Case {
  const text = linesOf(SHORT, scale === "full" ? 23_000 : 20).join(",");
  const bytes = new TextEncoder().encode(text);
  const use = splitter(delimiters, { preserveEmpty: true });
  const subject = (name: string, role: Subject["role"], once: () => number): Subject => {
    const run = (count: number): void => {
      for (let i = 0; i < count; i++) once();
    };
    return { name, role, setup: () => ({ run, answer: once }) };
  };
  const count = (source: string | Uint8Array): number => {
    const segments = use.split(source);
    const { length } = segments;
    segments.release();
    return length;
  };
  return {
    group: "split(): a text of 1 MB, all pieces in memory at once",
    name: `long text, ${row}`,
    row,
    bytesPerOperation: bytes.length,
    metric: "throughput",
    subjects: [
      subject("millpond", "ours", () => count(bytes)),
      subject("millpond, string", "variant", () => count(text)),
      subject("plain", "plain", () => text.split(pattern).length),
    ],
  };
}

/** The cases about splitting strings. */
export function splitCases(scale: Scale): Case[] {
  return [
    ...KINDS.map((kind) => smallCase(kind, scale)),
    ...KINDS.map((kind) => batchCase(kind, scale)),
    ...LONG.map((text) => longCase(text, scale)),
  ];
}

function ratio(look: Look, name: string, metric?: string): number {
  return (look(name, "plain", metric) ?? NaN) / (look(name, "millpond", metric) ?? NaN);
}

// Both rows are shown; the worse one decides.
function judge(prefix: string, wanted: number) {
  return (look: Look): Verdict | undefined => {
    const ratios = KINDS.map(({ row }) => ratio(look, `${prefix}, ${row}`));
    if (ratios.some((value) => Number.isNaN(value))) return undefined;
    const measured = ratios.map((value) => `${digits(value)}x`).join(" and ");
    return { measured, met: Math.min(...ratios) >= wanted };
  };
}

// How many bytes fewer an operation leaves to the collector; both rows are shown, and the worse one decides.
function judgeAllocations(prefix: string) {
  return (look: Look): Verdict | undefined => {
    const left = KINDS.map(({ row }) => 1 / ratio(look, `${prefix}, ${row}`, "heap"));
    if (left.some((value) => Number.isNaN(value))) return undefined;
    const measured = left.map((value) => `${digits(100 * (1 - value))} %`).join(" and ");
    return { measured, met: Math.max(...left) <= 0.2 };
  };
}

/** What splitting is meant to reach. */
export const splitBars: readonly Bar[] = [
  {
    name: "split(), many small strings: times faster than the plain way of keeping owned pieces",
    wanted: ">= 2.5x",
    judge: judge("small strings", 2.5),
  },
  {
    name: "split(), batches of 1,000 lines: times faster than the plain way",
    wanted: ">= 1.4x",
    judge: judge("batches", 1.4),
  },
  {
    name: "split(), batches of 1,000 lines, seen through a view: fewer bytes left to the collector",
    wanted: ">= 80 %",
    judge: judgeAllocations("batches"),
  },
  {
    name: "split(), many small strings, all results kept: fewer bytes left to the collector",
    wanted: ">= 80 %",
    judge: judgeAllocations("small strings"),
  },
];
