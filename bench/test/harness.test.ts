// Tests of the harness itself: the comparison of answers, medians over rounds, ratios in tables, and the counting of
// collections. What it measures is no test's business.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, attempt } from "../lib/cell.ts";
import { CollectionWatch } from "../lib/collections.ts";
import type { Bar, Case, Reading, Role } from "../lib/definition.ts";
import { alignedTable, digits, formatValue } from "../lib/format.ts";
import { measure } from "../lib/measure.ts";
import { report } from "../lib/report.ts";
import { type Cell, disagreement, lookIn, overRounds } from "../lib/results.ts";
import { median } from "../lib/statistics.ts";
import { loadSuite, suiteNames } from "../lib/suites.ts";

const tinyPlan = { warmMs: 1, batchMs: 1, batches: 3 };

function cell(found: Case, name: string, role: Role, ...readings: Reading[]): Cell {
  const subject = { name, role, setup: () => ({ answer: () => 0 }) };
  return { suite: "s", case: found, subject, readings: new Map(readings.map((r) => [r.metric, r])) };
}

function cpu(value: number): Reading {
  return { metric: "cpu", unit: "ns/op", value, better: "lower" };
}

const example: Case = { group: "table", name: "case", row: "row", subjects: [] };

test("a median is the middle value, or between the two middle ones", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});

test("each metric gets its median over the rounds", () => {
  const rounds = [5, 1, 3].map((value) => ({ answer: "0", readings: [cpu(value)] }));
  assert.deepEqual([...overRounds(rounds).values()], [cpu(3)]);
});

test("subjects that answer alike are not complained about, others are by name", () => {
  assert.equal(
    disagreement(
      "c",
      new Map([
        ["a", "1"],
        ["b", "1"],
      ]),
    ),
    undefined,
  );
  const complaint = disagreement(
    "c",
    new Map([
      ["a", "1"],
      ["b", "2"],
      ["d", "1"],
    ]),
  );
  assert.match(complaint ?? "", /case "c": the answers differ\n {2}a, d: 1\n {2}b: 2/);
});

test("figures have three digits and the unit that suits them", () => {
  assert.deepEqual([0, 0.1234, 1.234, 12.34, 123.4, 1234].map(digits), [
    "0",
    "0.123",
    "1.23",
    "12.3",
    "123",
    "1,234",
  ]);
  assert.equal(formatValue(1290, "ns/op"), "1.29 us");
  assert.equal(formatValue(362_000_000, "ns/op"), "362 ms");
  assert.equal(formatValue(55, "MiB"), "55.0 MiB");
});

test("tables are aligned", () => {
  assert.equal(
    alignedTable([
      ["", "a"],
      ["row", "1 ns"],
    ]),
    "        a\n---  ----\nrow  1 ns",
  );
});

test("ratios are above one where ours is better, whichever way is better", () => {
  const lower = [cell(example, "millpond", "ours", cpu(10)), cell(example, "plain", "plain", cpu(70))];
  const peers = [cell(example, "slow", "peer", cpu(50)), cell(example, "quick", "peer", cpu(5))];
  assert.match(report([...lower, ...peers], [], false), /7\.00x +0\.500x +quick/);
  const rate = (value: number): Reading => ({ metric: "rate", unit: "MiB/s", value, better: "higher" });
  const found = { ...example, metric: "rate" };
  const higher = [cell(found, "millpond", "ours", rate(90)), cell(found, "plain", "plain", rate(30))];
  assert.match(report(higher, [], false), /3\.00x/);
});

test("bars are met, missed or not run", () => {
  const cells = [cell(example, "millpond", "ours", cpu(10))];
  const bar = (most: number, name: string): Bar => ({
    name: `at most ${most}`,
    wanted: `<= ${most}`,
    judge: (look) => {
      const value = look(name, "millpond");
      return value === undefined ? undefined : { measured: String(value), met: value <= most };
    },
  });
  const text = report(cells, [bar(20, "case"), bar(5, "case"), bar(5, "other")], false);
  assert.match(text, /at most 20 .* 10 +yes/);
  assert.match(text, /at most 5 .* 10 +no/);
  assert.match(text, /at most 5 .*not run/);
  assert.equal(lookIn(cells)("case", "millpond", "wall"), undefined);
});

test("a watch counts the collections within a stretch and no others", async () => {
  const watch = new CollectionWatch();
  globalThis.gc?.();
  const start = performance.now();
  globalThis.gc?.();
  globalThis.gc?.();
  const end = performance.now();
  globalThis.gc?.();
  await watch.settle();
  watch.stop();
  assert.equal(watch.within([{ start, end }]).major, 2);
  assert.equal(watch.within([{ start: 0, end: Infinity }]).major, 4);
});

test("a measurement reads times, collections and memory", async () => {
  let operations = 0;
  const readings = await measure((count) => {
    for (let i = 0; i < count; i++) operations += new Float64Array(1000).length;
  }, tinyPlan);
  const metrics = readings.map(({ metric }) => metric);
  assert.deepEqual(metrics, [
    "cpu",
    "wall",
    "gc.minor",
    "gc.major",
    "gc.other",
    "gc.time",
    "rss",
    "rss.peak",
  ]);
  assert.ok(operations > 0);
  for (const { metric, value } of readings) assert.ok(value >= 0, metric);
});

test("a measurement waits for work that returns promises", async () => {
  let running = 0;
  await measure(async () => {
    assert.equal(running++, 0);
    await new Promise(setImmediate);
    running--;
  }, tinyPlan);
});

test("an unknown suite is refused by name, with the names that there are", async () => {
  await assert.rejects(loadSuite("nothing"), /no suite "nothing"; there are .*core/);
});

test("in every suite, cases and their subjects have names of their own, and one subject is ours", async () => {
  for (const name of suiteNames()) {
    const { cases } = await loadSuite(name);
    for (const scale of ["full", "quick"] as const) {
      const names = cases(scale).map((found) => found.name);
      assert.equal(new Set(names).size, names.length, name);
      for (const { name: title, subjects } of cases(scale)) {
        assert.equal(new Set(subjects.map((subject) => subject.name)).size, subjects.length, title);
        assert.equal(subjects.filter(({ role }) => role === "ours").length, 1, title);
      }
    }
  }
});

// Programs in place of bench/cell.ts; the request is an argument that they do not read.
const launcherOf = (program: string) => ({ node: process.execPath, flags: ["-e"], program });
const request = { suite: "s", case: "c", subject: "a", scale: "full", plan: tinyPlan } as const;

test("a subject that is too slow or too deep is reported, and other failures are thrown", async () => {
  const answering = launcherOf(`console.log('{"answer":"1","readings":[]}')`);
  assert.deepEqual(await attempt(answering, request, 60), { answer: "1", readings: [] });
  const slow = launcherOf("setInterval(() => {}, 1000)");
  assert.deepEqual(await attempt(slow, request, 0.1), { ended: "over 0.1 s" });
  const deep = launcherOf("const f = () => f() + 1; f()");
  assert.deepEqual(await attempt(deep, request, 60), { ended: "stack overflow" });
  await assert.rejects(attempt(launcherOf("throw new Error('other')"), request, 60), /exit 1/);
  await assert.rejects(ask(launcherOf("throw new Error('other')"), request), /other/);
});

test("a table says how a subject ended that gave no answer", () => {
  const ended = { ...cell(example, "theirs", "peer"), ended: "over 60 s" };
  assert.match(report([cell(example, "ours", "ours", cpu(5)), ended], [], false), /5\.00 ns +over 60 s/);
});
