// Splitting is linear in the text whatever the delimiters are: counted in bytes that are read and edges that are
// looked up, not in seconds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool } from "@millpond/core";
import type { SplitOptions } from "../../src/index.ts";
import { Edges } from "../../src/split/automaton.ts";
import type { DelimiterInput } from "../../src/split/delimiters.ts";
import { planOf } from "../../src/split/options.ts";
import { run } from "../../src/split/scan.ts";
import { scanOf } from "../../src/split/scan-state.ts";

const pool = new Pool({ name: "linear" });

// Steps that one pass over a text takes, with a table of so many words that is filled again and again.
function stepsOf(
  text: string,
  delimiters: DelimiterInput,
  options: SplitOptions = {},
  tableWords = 48,
): number {
  let steps = 0;
  const bytes = new Proxy(new TextEncoder().encode(text), {
    get(target, key) {
      if (typeof key === "string" && /^\d+$/.test(key)) steps++;
      return target[key as unknown as number];
    },
  });
  const plan = planOf(delimiters, { ...options, pool });
  const matcher = plan.delimiters.open(pool);
  const scan = scanOf(bytes, 0, text.length, plan.home);
  scan.words = new Uint32Array(tableWords);
  scan.limit = tableWords;
  const get = Object.getOwnPropertyDescriptor(Edges.prototype, "get") as PropertyDescriptor;
  const lookUp = get.value as (this: Edges, node: number, byte: number) => number;
  Edges.prototype.get = function count(this: Edges, node: number, byte: number): number {
    steps++;
    return lookUp.call(this, node, byte);
  };
  try {
    while (!scan.done) {
      scan.top = 0;
      run(scan, plan, matcher);
    }
  } finally {
    Object.defineProperty(Edges.prototype, "get", get);
    matcher.close();
    scan.unescaped?.release();
  }
  return steps;
}

const texts: readonly (readonly [name: string, make: (length: number) => string])[] = [
  ["commas everywhere", (length) => "a,".repeat(length / 2)],
  ["one letter again and again", (length) => "a".repeat(length)],
  ["two letters in turn", (length) => "xa".repeat(length / 2)],
  ["quoted sections without a delimiter", (length) => '"a"'.repeat(length / 3)],
  ["quotes that never close", (length) => `"${"\\a".repeat(length / 2)}`],
];

const sets: readonly (readonly [name: string, delimiters: string[]])[] = [
  ["one that occurs and one that does not", [",", "\u0001"]],
  ["one that occurs and four that do not", [",", "|", ";", "::", "<=>"]],
  ["a letter and a run of it with another end", ["a", `${"a".repeat(500)}b`]],
  ["a letter in the middle of a long absent one", ["a", `${"xa".repeat(300)}b`]],
  ["many suffixes of one another", Array.from({ length: 60 }, (_, i) => "a".repeat(i + 1))],
  ["a long absent one", ["a".repeat(3000) + "b"]],
  ["short ones with common beginnings", ["a", "aaaaaaab", "xaxaxaxb"]],
];

for (const [setName, delimiters] of sets) {
  for (const prefer of ["shortest", "longest", "listed"] as const) {
    test(`splitting at ${setName} takes a bounded number of steps a byte (${prefer}).`, () => {
      for (const [, make] of texts) {
        for (const quoting of [false, true]) {
          const length = 12_000;
          const options = { prefer, quoting, preserveEmpty: true, preserveDelimiters: true };
          // Nine reads a byte by a trie; two reads and four edges by the automaton; some for quotes.
          const steps = stepsOf(make(length), delimiters, options);
          assert.ok(steps <= 12 * length, `${steps} steps for ${length} bytes`);
        }
      }
    });
  }
}

test("twice the text takes at most twice the steps, and some.", () => {
  for (const [, delimiters] of sets) {
    for (const [, make] of texts) {
      const once = stepsOf(make(12_000), delimiters, { prefer: "longest", quoting: true });
      const twice = stepsOf(make(24_000), delimiters, { prefer: "longest", quoting: true });
      assert.ok(twice <= 2.2 * once + 100, `${once} and then ${twice} steps`);
    }
  }
});
