// Ranges of whole rows: read one after the other, they give the rows of the whole.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import { rows, type RowsOptions, TextError } from "@millpond/text";
import * as fc from "fast-check";

import { rowRanges } from "../../src/table/row-ranges.ts";
import { settle } from "../../src/table/options.ts";

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
        const ranges = rowRanges(readerOf(bytes, step), bytes.length, parts, settle({ delimiter }));
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
  const ranges = rowRanges(readAt, bytes.length, 4, settle({ maxRowBytes: 1000 }));
  assert.deepEqual(
    ranges.map(({ start }) => start % 4),
    [0, 0, 0, 0],
  );
  assert(most < 300_000 + 70_000, "the cut at three quarters was the last one");
  assert.deepEqual(rowRanges(read, 0, 4, settle({ maxRowBytes: 1000 })), []);
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
        const ranges = rowRanges(readerOf(bytes, step), bytes.length, parts, settle({}));
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
  const ranges = rowRanges(readerOf(bytes, 1e6), 3 * bytes.length, 2, settle({}));
  assert.deepEqual([ranges[0].start, ranges.at(-1)?.end], [0, 3 * bytes.length]);
});

test("where an escape, a comment, a blank or leniency makes quotes plain, the text before a cut is read.", () => {
  const pool = new Pool();
  const dialects: readonly RowsOptions[] = [
    { escape: "\\" },
    { quote: false, escape: "\\" },
    { comment: "#" },
    { trim: true },
    { quotes: "lenient" },
    { skipLines: 2 },
    { escape: "\\", comment: "#", trim: true, quotes: "lenient", newline: "\n" },
  ];
  const parts = [
    "a",
    ",",
    "\n",
    "\r\n",
    '"',
    '"x\ny"',
    '\\"',
    "\\",
    "\\\n",
    ' "',
    '" ',
    "#",
    '\n# it"s\n',
    "long words",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...dialects),
      fc.array(fc.constantFrom(...parts), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 50 }),
      (dialect, words, count, step) => {
        const bytes = encoder.encode(words.join(""));
        const read = (part: Uint8Array, options: RowsOptions): unknown[] => [
          ...rows(part, { ...options, ragged: "keep", emptyLines: "keep", pool }).arrays(),
        ];
        const options = { ...dialect, pool };
        const whole = attempt(() => read(bytes, options));
        const ranges = attempt(() => rowRanges(readerOf(bytes, step), bytes.length, count, settle(options)));
        assert.equal(pool.stats().inUse, 0);
        if (whole === undefined || ranges === undefined) return;
        const pieces = ranges.flatMap(({ start, end }) =>
          read(bytes.subarray(start, end), {
            ...options,
            skipLines: start === 0 ? (dialect.skipLines ?? 0) : 0,
          }),
        );
        assert.deepEqual(pieces, whole);
        assert(ranges.length <= count);
      },
    ),
    { numRuns: 2000 },
  );
});

test("quotes behind a byte order mark open a field.", () => {
  const bytes = encoder.encode('\ufeff"a\nb",c\n');
  assert.deepEqual(rowRanges(readerOf(bytes, 99), bytes.length, 9, settle({})), [{ start: 0, end: 11 }]);
});

test("a text in UTF-16 is not cut.", () => {
  for (const mark of [Uint8Array.of(0xff, 0xfe, 0x61, 0), Uint8Array.of(0xfe, 0xff, 0, 0x61)]) {
    assert.throws(() => rowRanges(readerOf(mark, 99), 4, 2, settle({})), { code: "BAD_ARGUMENT" });
  }
});

// Undefined where a text has a fault in it.
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    assert(error instanceof TextError);
    return undefined;
  }
}
