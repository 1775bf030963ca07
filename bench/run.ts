// `npm run bench -- SUITE`: measures Millpond beside plain JavaScript and beside its peers. README.md in this folder
// says how, and what the figures cannot tell.

import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";

import { ask, attempt, type Ended, type Launcher, type Measured } from "./lib/cell.ts";
import type { Case, Suite } from "./lib/definition.ts";
import { launcherFor, versionOf } from "./lib/launchers.ts";
import type { Plan } from "./lib/measure.ts";
import { report } from "./lib/report.ts";
import { type Cell, disagreement, overRounds } from "./lib/results.ts";
import { loadSuite, suiteNames } from "./lib/suites.ts";

const usage = `usage: npm run bench -- SUITE [options]
  SUITE            ${suiteNames().join(", ")}, or all
  --quick          run every subject once on tiny inputs and compare the answers; no times
  --json           one object a line on standard output, and nothing else
  --case TEXT      only cases whose name contains TEXT
  --details        every figure of every subject, wall time and memory included
  --rounds N       how often the subjects of a case take turns (default 3)
  --node PATH|own  measure the built packages on another Node; own is the machine's`;

interface Options {
  readonly launcher: Launcher;
  readonly quick: boolean;
  readonly json: boolean;
  readonly details: boolean;
  readonly pattern: string;
  readonly rounds: number;
}

const plan: Plan = { warmMs: 150, batchMs: 20, batches: 9 };

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      details: { type: "boolean", default: false },
      case: { type: "string", default: "" },
      rounds: { type: "string", default: "3" },
      node: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help || positionals.length !== 1) return fail(usage);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    return fail(`--rounds wants a whole number, got ${values.rounds}`);
  const { quick, json, details, case: pattern } = values;
  const options = { launcher: launcherFor(values.node), quick, json, details, pattern, rounds };
  for (const name of positionals[0] === "all" ? suiteNames() : positionals) {
    const suite = await loadSuite(name);
    if (quick) await check(suite, options);
    else await measureSuite(suite, options);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

// All subjects in one process: answers do not depend on who ran before.
async function check(suite: Suite, { launcher, pattern, json }: Options): Promise<void> {
  const { answers } = await ask(launcher, { suite: suite.name, pattern });
  const names = [...new Set(answers.map((answer) => answer.case))];
  for (const name of names) {
    const own = answers.filter((answer) => answer.case === name);
    compare(name, new Map(own.map(({ subject, answer }) => [subject, answer])));
  }
  if (names.length === 0) return fail(`suite ${suite.name} has no case whose name contains "${pattern}"`);
  if (json) return;
  console.log(`${suite.name}: ${names.length} cases, ${answers.length} subjects, answers compared`);
}

function compare(name: string, answers: ReadonlyMap<string, string>): void {
  const complaint = disagreement(name, answers);
  if (complaint !== undefined) fail(complaint);
}

async function measureSuite(suite: Suite, options: Options): Promise<void> {
  const cases = suite.cases("full").filter(({ name }) => name.includes(options.pattern));
  if (cases.length === 0)
    return fail(`suite ${suite.name} has no case whose name contains "${options.pattern}"`);
  if (!options.json) console.log(machineLine(suite.name, options.launcher));
  const cells: Cell[] = [];
  for (const [index, found] of cases.entries()) {
    progress(`${suite.name} ${index + 1}/${cases.length} ${found.name}`);
    const measured = await (found.limitSeconds === undefined
      ? measureCase(suite.name, found, options)
      : measureOnce(suite.name, found, options, found.limitSeconds));
    cells.push(...measured);
    if (options.json) for (const cell of measured) printLines(cell);
  }
  progress("");
  if (!options.json) console.log(`\n${report(cells, suite.bars, options.details)}`);
}

// A B C, A B C, A B C: whatever else the machine does then falls on all of them alike.
async function measureCase(suite: string, found: Case, options: Options): Promise<Cell[]> {
  const rounds = new Map<string, Measured[]>(found.subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const { name } of found.subjects) {
      const request = { suite, case: found.name, subject: name, scale: "full", plan } as const;
      rounds.get(name)?.push(await ask(options.launcher, request));
    }
    compare(found.name, new Map([...rounds].map(([name, measured]) => [name, measured[round].answer])));
  }
  return found.subjects.map((subject) => {
    const readings = overRounds(rounds.get(subject.name) ?? []);
    return { suite, case: found, subject, readings };
  });
}

// Each subject once, whatever becomes of it. A peer that answers otherwise than ours says so in the table.
async function measureOnce(
  suite: string,
  found: Case,
  { launcher }: Options,
  limitSeconds: number,
): Promise<Cell[]> {
  const cells: Cell[] = [];
  const answers = new Map<string, string>();
  for (const subject of found.subjects) {
    const request = { suite, case: found.name, subject: subject.name, scale: "full", plan } as const;
    const result = await attempt(launcher, request, limitSeconds);
    const [first] = answers.values();
    const differs =
      "answer" in result && subject.role === "peer" && result.answer !== (first ?? result.answer);
    const ended = "ended" in result ? result.ended : differs ? "other answer" : undefined;
    if ("answer" in result && !differs) answers.set(subject.name, result.answer);
    cells.push({ suite, case: found, subject, readings: readingsOf(result, ended), ended });
  }
  compare(found.name, answers);
  return cells;
}

function readingsOf(result: Measured | Ended, ended: string | undefined): Cell["readings"] {
  return "ended" in result || ended !== undefined ? new Map() : overRounds([result]);
}

function printLines({ suite, case: found, subject, readings }: Cell): void {
  for (const { metric, unit, value, better } of readings.values()) {
    const line = { suite, case: found.name, subject: subject.name, metric, unit, value, better };
    console.log(JSON.stringify(line));
  }
}

function machineLine(suite: string, launcher: Launcher): string {
  const processors = cpus();
  const load = loadavg()[0].toFixed(1);
  const date = new Date().toISOString().slice(0, 10);
  const model = processors[0]?.model.trim() ?? "unknown processor";
  return `${suite}: ${processors.length} x ${model}, ${process.platform}, Node ${versionOf(launcher)}, ${date}, load ${load}`;
}

// One line that overwrites itself, for somebody who watches.
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
