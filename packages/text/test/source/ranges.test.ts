// Ranges of whole rows: read one after the other, they give the rows of the whole.

import assert from "node:assert/strict";
import { test } from "node:test";

import { rows } from "@millpond/text";
import * as fc from "fast-check";

import { rowRanges } from "../../src/source/ranges.ts";
import { dialectBytes } from "../../src/table/dialect.ts";

const encoder = new TextEncoder();

function readerOf(bytes: Uint8Array, step: number): (target: Uint8Array, position: number) => number {
  return (target, position) => {
    const piece = bytes.subarray(position, position + Math.min(step, target.length));
    target.set(piece);
    return piece.length;
  };
}

test("ranges cover the text, and their rows are those of the whole.", () => {
  const cell = fc.constantFrom(
    "a",
    "",
    '"x,y"',
    '"a""b"',
    '""',
    '","',
    '"\n"',
    '""","""',
    '"\r\n,""\n"',
    '""""',
    '"""\n"""',
    "word",
    '"; \n;"',
  );
  const lines = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 40 }),
    );
  const newlines = fc.constantFrom("\n", "\r\n", "\r");
  const delimiters = fc.constantFrom(",", ";", "||");
  fc.assert(
    fc.property(
      lines,
      newlines,
      delimiters,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 50 }),
      (lines, newline, delimiter, parts, step) => {
        const text = lines.map((line) => line.join(delimiter)).join(newline);
        const bytes = encoder.encode(text);
        const ranges = rowRanges(
          readerOf(bytes, step),
          bytes.length,
          parts,
          dialectBytes({ delimiter }),
          1e6,
        );
        const read = (part: Uint8Array): unknown[] => [
          ...rows(part, { delimiter, ragged: "keep", emptyLines: "keep" }).arrays(),
        ];
        const whole = read(bytes);
        assert.deepEqual(
          ranges.flatMap(({ start, end }) => read(bytes.subarray(start, end))),
          whole,
        );
        let at = 0;
        for (const { start, end } of ranges) {
          assert.equal(start, at);
          assert(end > start);
          at = end;
        }
        assert.equal(at, bytes.length);
        assert(ranges.length <= parts);
      },
    ),
    { numRuns: 5000 },
  );
});

test("a table without quotes is cut after as many bytes as a row may have were looked at, and no more.", () => {
  const bytes = encoder.encode("a,b\n".repeat(100_000));
  let most = 0;
  const read = readerOf(bytes, 1e6);
  const readAt = (target: Uint8Array, position: number): number => {
    most = Math.max(most, position + target.length);
    return read(target, position);
  };
  const ranges = rowRanges(readAt, bytes.length, 4, dialectBytes({}), 1000);
  assert.deepEqual(
    ranges.map(({ start }) => start % 4),
    [0, 0, 0, 0],
  );
  assert(most < 300_000 + 70_000, "the cut at three quarters was the last one");
  assert.deepEqual(rowRanges(read, 0, 4, dialectBytes({}), 1000), []);
});

test("quotes that are far apart are found, however much of the text comes at once.", () => {
  const line = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom("word,a", ",", "a,longer words of no meaning") },
    { weight: 1, arbitrary: fc.constantFrom('"x\ny",b', 'a,"\n\n,"', '"""\n",""') },
  );
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 50, maxLength: 200, size: "max" }),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 700 }),
      (lines, parts, step) => {
        const bytes = encoder.encode(lines.join("\n"));
        const ranges = rowRanges(readerOf(bytes, step), bytes.length, parts, dialectBytes({}), 1e6);
        const read = (part: Uint8Array): unknown[] => [...rows(part).arrays()];
        assert.deepEqual(
          ranges.flatMap(({ start, end }) => read(bytes.subarray(start, end))),
          read(bytes),
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test("a file that is shorter than it was said to be is cut all the same.", () => {
  const bytes = encoder.encode("a,b\n".repeat(1000));
  const ranges = rowRanges(readerOf(bytes, 1e6), 3 * bytes.length, 2, dialectBytes({}), 1e6);
  assert.deepEqual([ranges[0].start, ranges.at(-1)?.end], [0, 3 * bytes.length]);
});
