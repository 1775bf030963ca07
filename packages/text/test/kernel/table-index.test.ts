// The index of rows: kernel and twin against a plain reading, over texts in pieces.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MiB, Region } from "@millpond/core";
import * as fc from "fast-check";

import { drive, type Indexer, kernelOver, twinOver } from "./index-driver.ts";
import { reference, type ReferenceDialect } from "./index-reference.ts";

const encoder = new TextEncoder();
const regions = [Region.reserve(1 * MiB), Region.reserve(1 * MiB, "shared")];
const indexers: readonly Indexer[] = [
  ...regions.map(kernelOver),
  twinOver(regions[0]),
  twinOver(Region.reserve(1 * MiB, "arraybuffer")),
];
const plain: ReferenceDialect = {
  delimiter: [0x2c],
  quote: 0x22,
  escape: 256,
  terminators: [0x0a, 0x0d],
  comment: [],
  skipEmpty: false,
  lenient: false,
  trim: false,
};

function bytesOf(text: string): number[] {
  return [...encoder.encode(text)];
}

const dialects: fc.Arbitrary<ReferenceDialect> = fc.record({
  delimiter: fc.constantFrom(",", "\t", "||", ",a", "§").map(bytesOf),
  quote: fc.constantFrom(0x22, 0x22, 0x22, 256),
  escape: fc.constantFrom(256, 256, 0x5c),
  terminators: fc.constantFrom<[number, number]>([0x0a, 0x0d], [0x0a, 0x0d], [0x0a, 0x0a], [0x1e, 0x1e]),
  comment: fc.constantFrom("", "", "#", "//").map(bytesOf),
  skipEmpty: fc.boolean(),
  lenient: fc.boolean(),
  trim: fc.boolean(),
});

// Mostly fields, so that separators come at all distances, and everything that can go wrong.
const token = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(",", "\n", "\r\n", ",", "\n") },
  {
    weight: 4,
    arbitrary: fc.constantFrom("a", "word", "12.5", "é", "some longer text in a field", "x".repeat(70)),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '"a,b"',
      '"q""q"',
      '"line\nline\r\nline\rline"',
      '""',
      `"${"long ".repeat(30)}"`,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '"',
      "\r",
      "#",
      "//",
      "\\",
      " ",
      "\t",
      "||",
      "|",
      "§",
      "\u00c2",
      "\u001e",
      '\\"',
    ),
  },
);
const texts = fc.array(token, { maxLength: 120 }).map((tokens) => encoder.encode(tokens.join("")));
// Legal tables, in which the fast half need not be left.
const cell = fc.constantFrom(
  "a",
  "",
  "12",
  '"x,y"',
  '"a""b"',
  '"l\nm"',
  "plain words",
  '""',
  '"\r\n"',
  "é",
  "y".repeat(64),
);
const legal = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 60 })
  .chain((rows) =>
    fc.constantFrom("\n", "\r\n", "\r").map((end) => rows.map((row) => row.join(",")).join(end)),
  )
  .map((text) => encoder.encode(text));

function compare(
  text: Uint8Array,
  dialect: ReferenceDialect,
  sizes: readonly number[],
  room: number,
  base: number,
): void {
  const expected = reference(text, dialect);
  const outcomes = indexers.map((indexer) => {
    let turn = 0;
    const pieces = (): number => sizes[turn++ % sizes.length];
    const limits = { fieldLimit: Math.max(room, 1 + longest(expected.rows)), rowLimit: room };
    const outcome = drive(indexer, text, dialect, { pieces, base: 65_536 + base, ...limits });
    assert.deepEqual(outcome.rows, expected.rows, `${indexer.name}, pieces of ${sizes.join()}, room ${room}`);
    assert.deepEqual(outcome.error, expected.error, indexer.name);
    return [outcome.lines, outcome.high] as const;
  });
  for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0], "lines and high bits");
}

function longest(rows: readonly (readonly [number, readonly number[]])[]): number {
  return Math.max(200, ...rows.map(([, ends]) => ends.length));
}

const pieceSizes = fc.oneof(
  fc.constantFrom([1], [2], [3], [7], [64], [65], [1e6]),
  fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
);
const rooms = fc.constantFrom(1, 5, 64, 70, 300);

test("kernel and twin read legal tables as they are, in any pieces and with any room.", () => {
  fc.assert(
    fc.property(legal, pieceSizes, rooms, fc.nat(17), (text, sizes, room, base) => {
      compare(text, plain, sizes, room, base);
    }),
    { numRuns: 1500 },
  );
});

test("kernel and twin read anything as the plain reading does, in every dialect.", () => {
  fc.assert(
    fc.property(texts, dialects, pieceSizes, rooms, fc.nat(17), (text, dialect, sizes, room, base) => {
      compare(text, dialect, sizes, room, base);
    }),
    { numRuns: 10000 },
  );
});

test("an empty row is left out wherever the text is cut, also between its CR and LF.", () => {
  const dialect = { ...plain, skipEmpty: true };
  for (let before = 0; before < 140; before++) {
    const text = encoder.encode(`${"x".repeat(before)}\n\r\n${"y".repeat(200)}`);
    for (let size = 1; size <= before + 3; size++) compare(text, dialect, [size], 300, 0);
  }
});

test("separators and quotes at every place of a block are found.", () => {
  const kinds = ['"q"', ",", "\n", "\r\n", "\r", '""', '"a""b"', '"', 'x"', '"x"y'];
  for (const kind of kinds) {
    for (let before = 0; before < 70; before++) {
      for (const lead of ["x", ",", '"', '"x'].map((mark) => mark.repeat(before).slice(0, before))) {
        const text = encoder.encode(`${lead}${kind},${"z".repeat(140)}\n1,2`);
        compare(text, plain, [1e6], 200, before % 5);
      }
    }
  }
});

test("lines are counted between quotes too, and once when the fast half gives up.", () => {
  const text = `"a\nb\r\nc\rd${"e".repeat(100)}"x,1\n${"f,g\r\n".repeat(50)}`;
  for (const indexer of indexers) {
    const feeding = { pieces: () => 1e6, base: 65_536, fieldLimit: 500, rowLimit: 500 };
    const outcome = drive(indexer, encoder.encode(text), { ...plain, lenient: true }, feeding);
    assert.equal(outcome.lines, 54, indexer.name);
    assert.equal(outcome.rows.length, 51);
  }
});
