// The same sum in a process that does nothing else: how much memory such a program takes in all, its start and the code of
// the packages included. The packages are those that are built, since a process that strips types has 50 MiB more.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Bar, Case, Reading, Scale, Subject, Work } from "../../lib/definition.ts";
import { digits } from "../../lib/format.ts";
import { tableFile } from "./table-data.ts";
import type { Sum } from "./table-peers.ts";

const SIZES = [
  { row: "81 MB", turns: 1 },
  { row: "1 GB", turns: 13 },
] as const;
const MOST_MIB = 80e6 / 2 ** 20;
const caseName = (row: string): string => `bare process, ${row}`;

// What the scripts have in common: the file read again and again, header aside, and what there is to say in the end.
// Only collections of the work itself count: V8 collects once when a program has loaded its modules and takes its
// first large buffer, which a pool does when it is first used.
const FRAME = `
import { closeSync, openSync, readSync } from "node:fs";
import { PerformanceObserver } from "node:perf_hooks";
const [path, turns, headerBytes] = [process.argv[1], Number(process.argv[2]), Number(process.argv[3])];
const fd = openSync(path);
let turn = 1, at = 0, fields = 0, sum = 0, major = 0, begin = Infinity;
function fill(target) {
  let bytes = readSync(fd, target, 0, target.length, at);
  if (bytes === 0 && turn++ < turns) bytes = readSync(fd, target, 0, target.length, at = headerBytes);
  at += bytes;
  return bytes;
}
const watch = new PerformanceObserver((list) => {
  for (const { detail, startTime } of list.getEntries()) if (detail.kind === 4 && startTime > begin) major++;
});
watch.observe({ entryTypes: ["gc"] });
warm();
await new Promise((resolve) => setTimeout(resolve, 100));
begin = performance.now();
const { user, system } = process.cpuUsage();
await work();
const cpu = process.cpuUsage();
closeSync(fd);
await new Promise((resolve) => setTimeout(resolve, 50));
console.log(JSON.stringify({
  fields, sum: Math.round(sum), major,
  milliseconds: (cpu.user - user + cpu.system - system) / 1000,
  mebibytes: process.resourceUsage().maxRSS / 1024,
}));
`;

const OURS = `
import { kernels } from "@millpond/core";
import { rows } from "@millpond/text";
function warm() {
  for (const batch of rows("a,b\\n1,2\\n").batches()) batch.floats(1);
}
async function work() {
  for (const batch of rows({ sync: true, read: fill }, { header: true }).batches()) {
    fields += batch.fieldCount;
    sum += kernels.sum(batch.floats(4));
  }
}`;

const PLAIN = `
function warm() {}
async function work() {
  const bytes = Buffer.alloc(65536);
  let rest = "", first = true;
  for (let count = fill(bytes); count > 0; count = fill(bytes)) {
    const lines = (rest + bytes.latin1Slice(0, count)).split("\\n");
    rest = lines.pop();
    if (first) lines.shift();
    first = false;
    for (const line of lines) {
      const row = line.split(",");
      fields += row.length;
      sum += Number(row[4]);
    }
  }
}`;

interface Told extends Sum {
  readonly major: number;
  readonly milliseconds: number;
  readonly mebibytes: number;
}

const HEADER_BYTES = "c0,c1,c2,c3,c4,c5,c6,c7,c8,c9\n".length;

function runBare(script: string, path: string, turns: number, flags: readonly string[]): Told {
  const options = [...flags, "--input-type=module", "--eval", FRAME + script, "--"];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, path, String(turns), String(HEADER_BYTES)],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`a bare process ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Told;
}

// Answers can be compared without a build, figures cannot.
function flagsFor(scale: Scale): string[] {
  if (scale === "quick" && import.meta.url.endsWith(".ts")) return ["--conditions=source"];
  if (existsSync(join("packages", "text", "dist", "index.js"))) return [];
  throw new Error(
    "bare processes run the built packages: run npm run build first, from the root of the repository",
  );
}

function bareWork(script: string, turns: number, scale: Scale): Work {
  const { path, byteLength } = tableFile("plain", scale);
  let told: Told | undefined;
  const run = (): Told => (told ??= runBare(script, path, turns, flagsFor(scale)));
  const readings = (): Reading[] => {
    const { major, milliseconds, mebibytes } = run();
    return [
      { metric: "rss.peak", unit: "MiB", value: mebibytes, better: "lower" },
      { metric: "gc.majorPerRun", unit: "per run", value: major, better: "lower" },
      { metric: "speed", unit: "MB/s", value: (turns * byteLength) / 1e3 / milliseconds, better: "higher" },
    ];
  };
  return { readings, answer: () => [run().fields, run().sum] };
}

/** The cases about processes that do nothing else. */
export function bareCases(scale: Scale): Case[] {
  const subject = (name: string, role: Subject["role"], script: string, turns: number): Subject => ({
    name,
    role,
    setup: () => bareWork(script, turns, scale),
  });
  return SIZES.map(({ row, turns }) => ({
    group: "Count fields and add up a column in a process of its own: resident memory at its peak",
    name: caseName(row),
    row,
    metric: "rss.peak",
    subjects: [subject("millpond", "ours", OURS, turns), subject("plain", "plain", PLAIN, turns)],
  }));
}

/** How little memory such a process is meant to take. */
export const bareBars: readonly Bar[] = SIZES.flatMap(({ row }) => [
  {
    name: `bare process, ${row}: resident memory in all`,
    wanted: "<= 80 MB",
    judge: (look) => {
      const peak = look(caseName(row), "millpond", "rss.peak");
      if (peak === undefined) return undefined;
      return { measured: `${digits((peak * 2 ** 20) / 1e6)} MB`, met: peak <= MOST_MIB };
    },
  },
  {
    name: `bare process, ${row}: mark-compacts`,
    wanted: "<= 0",
    judge: (look) => {
      const major = look(caseName(row), "millpond", "gc.majorPerRun");
      return major === undefined ? undefined : { measured: digits(major), met: major === 0 };
    },
  },
]);
