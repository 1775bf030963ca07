// Damage stays local: what lies on other lines than the damage is found where it was.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { type JsonDocument, Kind, KIND_MASK, parse, parser } from "../../src/index.ts";
import { checkTape } from "../tape/check-tape.ts";

/** A byte of a text that is taken out, put in or replaced. */
interface Damage {
  readonly at: number;
  readonly cut: number;
  readonly put: string;
}

const damages: fc.Arbitrary<{ readonly place: number; readonly cut: number; readonly put: string }> =
  fc.record({
    place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    cut: fc.nat(1),
    put: fc.constantFrom("", ..."[]{},:\"\\ \nu0-.etnx'/*".split("")),
  });

// Kind, start and end of each node; a scalar may have become a key where an object lost a bracket.
function placesOf(
  document: JsonDocument,
  moved: (offset: number) => number,
  keep: (start: number, end: number) => boolean,
): string[] {
  const { tape } = document;
  const places: string[] = [];
  for (let node = 0; node < tape.count; node++) {
    const [start, end] = [tape.starts[node], tape.ends[node]];
    if (!keep(start, end)) continue;
    const kind = tape.kinds[node] & KIND_MASK;
    const isContainer = kind === Kind.ARRAY || kind === Kind.OBJECT;
    places.push(`${isContainer ? kind : "scalar"} ${moved(start)} ${moved(end)}`);
  }
  return places;
}

function damaged(text: string, { at, cut, put }: Damage): string {
  return text.slice(0, at) + put + text.slice(at + cut);
}

// A bracket more or less can be read in two ways, and a few damages in ten thousand are read in the other one.
test("A byte more, less or another one is a matter of its line: all nodes of other lines are found, but for one text in 500.", () => {
  const whole = parser();
  const broken = parser({ recover: true });
  // No brackets in strings: a quote more or less would make real ones of them, many at once.
  const value = fc.jsonValue({ maxDepth: 4, stringUnit: fc.constantFrom("a", "b", '"', "\\", ",", ":") });
  const lost: string[] = [];
  fc.assert(
    fc.property(value, damages, (tree, { place, cut, put }) => {
      // One bracket less in front of an array and one more behind it are the same text.
      fc.pre(!(Array.isArray(tree) && Array.isArray(tree[0])));
      const text = JSON.stringify(tree, null, 1);
      const at = Math.floor(place * text.length);
      const lineStart = text.lastIndexOf("\n", at - 1) + 1;
      const lineEnd = text.indexOf("\n", at + cut) < 0 ? text.length : text.indexOf("\n", at + cut);
      const shift = put.length - cut;
      const expected = placesOf(
        whole.parse(text),
        (offset) => (offset > at ? offset + shift : offset),
        (start, end) => end <= lineStart || start >= lineEnd,
      );
      const found = new Set(
        placesOf(
          broken.parse(damaged(text, { at, cut, put })),
          (offset) => offset,
          () => true,
        ),
      );
      if (!expected.every((node) => found.has(node))) lost.push(damaged(text, { at, cut, put }));
    }),
    { numRuns: 5000 },
  );
  assert(lost.length <= 10, `${lost.length} texts lose nodes, such as ${lost[0]}`);
  whole.close();
  broken.close();
});

// Texts whose root is torn apart, and what they are read as.
const ROOTS: readonly (readonly [text: string, value: unknown, faults: readonly string[]])[] = [
  ['{"id": 1},\n{"id": 2}\n]', [{ id: 1 }, { id: 2 }], ["TEXT_AFTER_VALUE"]],
  ['"a": 1,\n"b": [2]\n}', { a: 1, b: [2] }, ["TEXT_AFTER_VALUE"]],
  ['x\n"a": 1}', { x: null, a: 1 }, ["EXPECTED_VALUE", "TEXT_AFTER_VALUE"]],
  ["1, 2\n]", [1, 2], ["TEXT_AFTER_VALUE"]],
  ["1 2", [1, 2], ["TEXT_AFTER_VALUE"]],
  ["[1], 2, 3]", [1, 2, 3], ["UNEXPECTED_CLOSER"]],
  ['{"a": 1}, "b": 2}', { a: 1, b: 2 }, ["UNEXPECTED_CLOSER"]],
  ['x{"a": 1}', { a: 1 }, ["EXPECTED_VALUE", "TEXT_AFTER_VALUE"]],
  [
    ")]}'\n[1]",
    [1],
    [
      "EXPECTED_VALUE",
      "UNEXPECTED_CLOSER",
      "UNEXPECTED_CLOSER",
      "TEXT_AFTER_VALUE",
      "SINGLE_QUOTE",
      "UNCLOSED_STRING",
      "EXPECTED_COMMA",
    ],
  ],
  ['INFO: {"a": 1}', { a: 1 }, ["UNKNOWN_WORD", "TEXT_AFTER_VALUE", "UNEXPECTED_COLON", "EXPECTED_COMMA"]],
  // What is whole in front of other text stays as it is.
  ['{"a": 1}\n{"b": 2}', { a: 1 }, ["TEXT_AFTER_VALUE"]],
  ['{"a": 1},', { a: 1 }, ["TEXT_AFTER_VALUE"]],
  ['{"a": 1}, {"b": 2}', { a: 1 }, ["TEXT_AFTER_VALUE"]],
  ["[1]]", [1], ["TEXT_AFTER_VALUE"]],
];

test("A root that lacks a bracket, or has one too many, is read as what it was.", () => {
  const reader = parser({ recover: true });
  for (const [text, value, faults] of ROOTS) {
    const document = reader.parse(text);
    checkTape(document.tape);
    assert.deepEqual(document.toValue(), value, text);
    assert.deepEqual(
      document.faults.map(({ code }) => code),
      faults,
      text,
    );
  }
  reader.close();
});

test("Brackets that close the root again and again take no time that grows with their square.", () => {
  const document = parse(`[${"],1".repeat(200_000)}]`, { recover: true });
  assert.equal(document.root.length, 200_000);
  document.close();
  const spread = parse(`[${"],[]".repeat(100_000)}${"]}".repeat(100_000)}`, { recover: true });
  spread.close();
  // Quotes that only the parser takes for such hide the brackets that are looked for.
  parse(`[${"],'['".repeat(200_000)}${"]".repeat(200_001)}`, { recover: true }).close();
  assert.throws(() => parse("1, 2]", { recover: true, maxNodes: 1 }), { code: "LIMIT_EXCEEDED" });
});
