// Lines of a stream: each is split at commas, and the numbers of one column are added up. The stream gives chunks of 64 KiB
// that are in memory already, so that no disk is measured.

import { randomFrom, type TaskRunner } from "@millpond/core";
import { processLines, processLinesParallel, processLinesSync } from "@millpond/text";

import type { Piscina } from "piscina";

import type { Bar, Case, Look, Scale, Subject, Verdict } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import type { Sums } from "./lines-worker.ts";

const CHUNK_BYTES = 65_536;
const COLUMN = 2;

interface Answer {
  lines: number;
  /** In hundredths: a sum in the order of the lines would differ from one in the order of blocks. */
  sum: number;
}

function textOf(lines: number): Buffer {
  const random = randomFrom(4712);
  const line = (_: unknown, index: number): string =>
    `${index},sensor-${Math.floor(random() * 100)},${(random() * 1000).toFixed(2)},some words of text,${random() < 0.5}`;
  return Buffer.from(Array.from({ length: lines }, line).join("\n"));
}

function* chunksOf(text: Buffer): Generator<Buffer> {
  for (let at = 0; at < text.length; at += CHUNK_BYTES) yield text.subarray(at, at + CHUNK_BYTES);
}

async function* streamOf(text: Buffer): AsyncGenerator<Buffer> {
  yield* chunksOf(text);
}

async function ours(text: Buffer): Promise<Answer> {
  let sum = 0;
  const { lines } = await processLines(streamOf(text), ",", (line) => {
    sum += line.number(COLUMN);
  });
  return { lines, sum };
}

function add(answer: Answer, line: string): void {
  answer.lines++;
  answer.sum += Number(line.split(",")[COLUMN]);
}

async function plain(text: Buffer): Promise<Answer> {
  const answer = { lines: 0, sum: 0 };
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of streamOf(text)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() as string;
    for (const line of lines) add(answer, line);
  }
  if (rest !== "") add(answer, rest);
  return answer;
}

async function readline(text: Buffer): Promise<Answer> {
  const [{ createInterface }, { Readable }] = await Promise.all([
    import("node:readline"),
    import("node:stream"),
  ]);
  const answer = { lines: 0, sum: 0 };
  const input = createInterface({ input: Readable.from(chunksOf(text), { objectMode: false }) });
  input.on("line", (line) => add(answer, line));
  await new Promise<void>((resolve) => input.once("close", resolve));
  return answer;
}

async function bySplit2(text: Buffer): Promise<Answer> {
  const [{ default: split2 }, { Readable }] = await Promise.all([import("split2"), import("node:stream")]);
  const answer = { lines: 0, sum: 0 };
  const lines = Readable.from(chunksOf(text), { objectMode: false }).pipe(split2());
  for await (const line of lines) add(answer, line as string);
  return answer;
}

function subject(
  name: string,
  role: Subject["role"],
  text: Buffer,
  sum: (text: Buffer) => Promise<Answer>,
): Subject {
  return {
    name,
    role,
    setup: async () => {
      const { lines, sum: total } = await sum(text);
      const run = async (count: number): Promise<void> => {
        for (let i = 0; i < count; i++) await sum(text);
      };
      return { run, answer: () => [lines, Math.round(total * 100)] };
    },
  };
}

const STREAM = "lines of a stream";

function streamCase(scale: Scale): Case {
  const text = textOf(scale === "full" ? 100_000 : 50);
  return {
    group: "lines of a stream, split at commas, the sum of one column",
    name: STREAM,
    row: "100,000 lines",
    metric: "throughput",
    bytesPerOperation: text.length,
    subjects: [
      subject("millpond", "ours", text, ours),
      subject("plain", "plain", text, plain),
      subject("readline", "peer", text, readline),
      subject("split2", "peer", text, bySplit2),
    ],
  };
}

type Group = (text: Buffer) => Promise<Sums>;

// Sums in hundredths, by name: what is added up in another order differs in the last bits.
function grouping(
  name: string,
  role: Subject["role"],
  text: Buffer,
  open: () => Promise<[Group, () => Promise<void>]>,
): Subject {
  const setup = async () => {
    const [group, close] = await open();
    const sums = await group(text);
    const run = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await group(text);
    };
    const answer = (): unknown =>
      [...sums]
        .map(([key, sum]) => [key, Math.round(sum * 100)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    return { run, answer, close };
  };
  return { name, role, setup };
}

async function startWorkers(threads: number): Promise<Piscina> {
  const { Piscina } = await import("piscina");
  // Compiled, this file and the worker end in .js.
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const filename = new URL("./lines-worker.ts", import.meta.url).href.replace(/ts$/, ending);
  return new Piscina({ filename, minThreads: threads, maxThreads: threads });
}

async function groupBy(piscina: Piscina, text: Buffer): Promise<Sums> {
  const runner = piscina as unknown as TaskRunner;
  const { results } = await processLinesParallel<Sums>(text, { runner, name: "sums" });
  const all: Sums = new Map();
  for (const part of results) for (const [key, sum] of part) all.set(key, (all.get(key) ?? 0) + sum);
  return all;
}

async function openWorkers(threads: number): Promise<[Group, () => Promise<void>]> {
  const piscina = await startWorkers(threads);
  return [(text) => groupBy(piscina, text), () => piscina.destroy()];
}

// Somebody who has one text to read starts the threads for it.
async function coldGroups(text: Buffer): Promise<Sums> {
  const piscina = await startWorkers(2);
  const sums = await groupBy(piscina, text);
  await piscina.destroy();
  return sums;
}

async function oneThread(text: Buffer): Promise<Sums> {
  const sums: Sums = new Map();
  processLinesSync(text, ",", (line) => {
    const name = line.text(1);
    sums.set(name, (sums.get(name) ?? 0) + line.number(COLUMN));
  });
  return sums;
}

async function plainGroups(text: Buffer): Promise<Sums> {
  const sums: Sums = new Map();
  for (const line of text.toString("latin1").split("\n")) {
    const fields = line.split(",");
    sums.set(fields[1], (sums.get(fields[1]) ?? 0) + Number(fields[COLUMN]));
  }
  return sums;
}

const WORKERS = "lines over workers";

function workerCase(scale: Scale): Case {
  const text = textOf(scale === "full" ? 400_000 : 50);
  const nothing = async (): Promise<void> => undefined;
  return {
    group: "400,000 lines in memory over worker threads, sums by name; wall time",
    name: WORKERS,
    row: "400,000 lines",
    metric: "wall",
    subjects: [
      grouping("millpond", "ours", text, () => openWorkers(2)),
      grouping("one worker", "variant", text, () => openWorkers(1)),
      grouping("no worker", "variant", text, async () => [oneThread, nothing]),
      grouping("two, started for it", "variant", text, async () => [coldGroups, nothing]),
      grouping("plain", "plain", text, async () => [plainGroups, nothing]),
    ],
  };
}

/** The cases about lines. */
export function lineCases(scale: Scale): Case[] {
  return [streamCase(scale), workerCase(scale)];
}

function judgeWorkers(look: Look): Verdict | undefined {
  const one = look(WORKERS, "one worker", "wall");
  const two = look(WORKERS, "millpond", "wall");
  if (one === undefined || two === undefined) return undefined;
  return { measured: `${digits(one / two)}x`, met: one / two >= 1.7 };
}

/** What lines are meant to reach. */
export const lineBars: readonly Bar[] = [
  { name: "lines over two workers: speed over one", wanted: ">= 1.7x", judge: judgeWorkers },
];
