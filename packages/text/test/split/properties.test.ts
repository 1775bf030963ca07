// split() against the naive reference, with random texts, delimiters and options.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { expectNoLeaks, Pool } from "@millpond/core";
import { type Segment, split, splitter, type SplitOptions } from "../../src/index.ts";
import { type ReferenceOptions, referenceSplit } from "./reference.ts";

const pool = new Pool({ name: "properties", check: "checked" });

// One character a byte, and back.
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (unit) => unit.charCodeAt(0));
const unitsOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

// Few different characters, so that delimiters, quotes and escapes meet; and white space of one to three bytes.
const pieces = [
  "a",
  "b",
  "c",
  ",",
  ":",
  '"',
  "'",
  "\\",
  "n",
  " ",
  "\n",
  "(",
  ")",
  "\u00c2\u00a0",
  "\u00e2\u0080\u0083",
  "\u00ff",
];
const source = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((list) => list.join(""));
const shortDelimiter = fc
  .array(fc.constantFrom("a", "b", ",", ":", " ", '"'), { minLength: 1, maxLength: 4 })
  .map((list) => list.join(""));
// Longer than a trie takes, so that the automaton is used.
const longDelimiter = fc
  .array(fc.constantFrom("a", "b"), { minLength: 9, maxLength: 14 })
  .map((list) => list.join(""));
const delimiters = fc.oneof(
  fc.array(fc.constantFrom("a", ",", ":", " "), { maxLength: 3 }),
  fc.array(shortDelimiter, { maxLength: 4 }),
  fc.array(fc.oneof(shortDelimiter, longDelimiter), { minLength: 1, maxLength: 5 }),
);
const mark = fc.constantFrom('"', "'", "(", ")", "((", "ab", '""');
const quoting = fc.oneof(
  fc.constant(false as const),
  fc.record({
    pairs: fc.array(fc.tuple(mark, mark), { minLength: 1, maxLength: 3 }),
    escapes: fc.constantFrom("backslash" as const, "doubled" as const, "none" as const),
  }),
);
const options: fc.Arbitrary<ReferenceOptions> = fc.record({
  preserveEmpty: fc.boolean(),
  preserveDelimiters: fc.boolean(),
  stripping: fc.boolean(),
  preserveQuoting: fc.boolean(),
  prefer: fc.constantFrom("shortest" as const, "longest" as const, "listed" as const),
  quoting,
});

function ourOptions(options: ReferenceOptions): SplitOptions {
  const { quoting } = options;
  if (quoting === false) return { ...options, quoting, pool };
  const pairs = quoting.pairs.map(([prefix, postfix]) => [bytesOf(prefix), bytesOf(postfix)] as const);
  return { ...options, quoting: { ...quoting, pairs }, pool };
}

function check(text: string, list: readonly string[], given: ReferenceOptions): void {
  const expected = referenceSplit(text, list, given);
  expectNoLeaks(pool, () => {
    const segments = split(bytesOf(text), list.map(bytesOf), ourOptions(given));
    const found = segments.toArray().map(({ kind, start, end, quoted }, index) => {
      return { text: unitsOf(segments.bytes(index)), kind, start, end, quoted };
    });
    segments.release();
    assert.deepEqual(found, expected);
  });
}

test("segments are those of the reference, for random bytes, delimiters and options.", () => {
  fc.assert(fc.property(source, delimiters, options, check), { numRuns: 3000 });
});

test("long delimiters in long texts are found across blocks, whatever overlaps.", () => {
  const text = fc.array(fc.constantFrom("a", "ab", "b", "aab"), { minLength: 3000, maxLength: 6000 });
  const plain: ReferenceOptions = {
    preserveEmpty: true,
    preserveDelimiters: true,
    stripping: false,
    preserveQuoting: false,
    prefer: "shortest",
    quoting: false,
  };
  const prefer = fc.constantFrom("shortest" as const, "longest" as const, "listed" as const);
  const long = fc.array(fc.oneof(longDelimiter, shortDelimiter), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(text, long, prefer, (list, delimiters, prefer) => {
      check(list.join(""), [...delimiters, "aabaabaab"], { ...plain, prefer });
    }),
    { numRuns: 60 },
  );
});

test("the ways to read a text agree: table, objects, strings, count, one by one.", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 80 });
  fc.assert(
    fc.property(text, delimiters, options, (source, list, given) => {
      expectNoLeaks(pool, () => {
        const use = splitter(list, ourOptions(given));
        const segments = use.split(source);
        const whole: Segment[] = segments.toArray();
        assert.deepEqual([...segments], whole);
        assert.deepEqual(
          segments.texts(),
          whole.map(({ text }) => text),
        );
        segments.release();
        assert.deepEqual([...use.segments(source)], whole);
        assert.deepEqual(
          use.texts(source),
          whole.map(({ text }) => text),
        );
        assert.equal(use.count(source), whole.length);
        const bytes = new TextEncoder().encode(source);
        assert.deepEqual([...use.segments(bytes)], whole);
      });
    }),
    { numRuns: 1000 },
  );
});

test("pieces and delimiters together are the text, when nothing is left out.", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), delimiters, (source, list) => {
      const kept = { preserveEmpty: true, preserveDelimiters: true, pool };
      assert.equal(splitter(list, kept).texts(source).join(""), source.toWellFormed());
    }),
    { numRuns: 1000 },
  );
});
