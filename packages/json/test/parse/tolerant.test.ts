// The tolerant parser: the same verdict as the strict ones, a whole tree from anything, and damage that stays local.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { type Dialect, type FaultCode, JsonError, parse, parser, type UnicodeMode } from "../../src/index.ts";
import { attempt, textStart } from "../../src/parse/attempt.ts";
import { DIALECTS } from "../../src/parse/dialects.ts";
import { FaultLog } from "../../src/parse/faults.ts";
import { loadText } from "../../src/parse/load.ts";
import { parseTolerant } from "../../src/parse/tolerant.ts";
import { Tape } from "../../src/tape/tape.ts";
import { checkTape } from "../tape/check-tape.ts";
import { conformanceCases, missing } from "./conformance.ts";
import { damagedJson, tokenSoup } from "./texts.ts";

const PLAIN = { maxBytes: 1e9, maxNodes: 1e9, unicode: "strict", encoding: "utf-8" } as const;
const LIMITS = { maxDepth: 1e9, maxNodes: 1e9 };
const pool = new Pool();

/** Holds the tolerant parser against the strict one, and recovery against both. */
function agree(input: string | Uint8Array): void {
  const [strict, tolerant] = [new Tape(pool), new Tape(pool)];
  loadText(strict, input, PLAIN);
  loadText(tolerant, input, PLAIN);
  const accepted = attempt(strict, LIMITS, undefined);
  const faults = new FaultLog(100);
  parseTolerant(tolerant, textStart(tolerant), DIALECTS.json, LIMITS, faults);
  checkTape(tolerant);
  assert.equal(faults.count === 0, accepted, JSON.stringify(faults.list(tolerant.bytes)));
  for (const { offset, end, line, column } of faults.list(tolerant.bytes)) {
    assert(offset >= 0 && offset <= end && end <= tolerant.textBytes && line > 0 && column > 0);
  }
  if (accepted) {
    for (const name of ["kinds", "starts", "ends", "nexts", "parents"] as const) {
      assert.deepEqual(tolerant[name].subarray(0, tolerant.count), strict[name].subarray(0, strict.count));
    }
  }
  strict.close();
  tolerant.close();
}

test(
  "the suite: recovery finds a fault exactly where the strict parser refuses, and the tree is whole.",
  { skip: missing },
  () => {
    for (const { bytes, expected } of conformanceCases()) {
      agree(bytes);
      const document = parse(bytes, { recover: true, pool });
      checkTape(document.tape);
      if (expected === "accept") assert.equal(document.faultCount, 0);
      if (expected === "reject") assert(document.faultCount > 0);
      document.toValue();
      document.close();
      assert.equal(pool.stats().inUse, 0);
    }
  },
);

test("damaged JSON and random tokens: the same verdict as the strict parser, and the tree is whole.", () => {
  fc.assert(fc.property(damagedJson, agree), { numRuns: 10_000 });
  fc.assert(fc.property(tokenSoup, agree), { numRuns: 20_000 });
});

test("every dialect makes a whole tree of anything.", () => {
  const dialect = fc.constantFrom<Dialect>("json", "jsonc", "json5");
  fc.assert(
    fc.property(fc.oneof(damagedJson, tokenSoup), dialect, (text, dialect) => {
      const document = parse(text, { dialect, recover: true, pool });
      checkTape(document.tape);
      document.toValue();
      document.close();
    }),
    { numRuns: 10_000 },
  );
  assert.equal(pool.stats().inUse, 0);
});

test("a text cut off at any byte has a whole tree.", () => {
  const bytes = new TextEncoder().encode(
    '{"a": [1.5e+3, true, "\\u00e9\\n\u{1f600}", {"b": null}], "c": -0}',
  );
  for (let length = 0; length < bytes.length; length++) {
    const document = parse(bytes.subarray(0, length), { recover: true, pool });
    assert(document.faultCount > 0, `${length}`);
    checkTape(document.tape);
    document.close();
  }
  assert.equal(pool.stats().inUse, 0);
});

// Text, what the tree says, and what is wrong where.
const repairs: readonly (readonly [string, unknown, ...[FaultCode, number][]])[] = [
  ["", null, ["EXPECTED_VALUE", 0]],
  ['{"a":{"b" "c"},"d":2}', { a: { b: "c" }, d: 2 }, ["EXPECTED_COLON", 9]],
  ['{"a" "b": 1}', { a: null, b: 1 }, ["EXPECTED_COLON", 4]],
  ['{"a": , "b": 1}', { a: null, b: 1 }, ["EXPECTED_VALUE", 5]],
  ['{"a": 1 "b": 2}', { a: 1, b: 2 }, ["EXPECTED_COMMA", 7]],
  ["[1 2]", [1, 2], ["EXPECTED_COMMA", 2]],
  ["[1,,2]", [1, null, 2], ["EXPECTED_VALUE", 3]],
  ["[1,2,]", [1, 2], ["TRAILING_COMMA", 4]],
  ['{"a":1,}', { a: 1 }, ["TRAILING_COMMA", 6]],
  [
    '{"a":[1,2, "b":3}',
    { a: [1, 2, "b", 3] },
    ["UNCLOSED_ARRAY", 5],
    ["UNEXPECTED_COLON", 14],
    ["EXPECTED_COMMA", 14],
  ],
  ['{"a":[1,2}, "b":3}', { a: [1, 2], b: 3 }, ["UNEXPECTED_CLOSER", 9]],
  ['{"x":{"a":[1,2}, "b":3}', { x: { a: [1, 2] }, b: 3 }, ["UNCLOSED_ARRAY", 10]],
  ["[1}, 2]", [1, 2], ["UNEXPECTED_CLOSER", 2]],
  ["[1] [2]", [1], ["TEXT_AFTER_VALUE", 4]],
  ['{"a": "b\n, "c": 1}', { a: "b", c: 1 }, ["UNCLOSED_STRING", 6]],
  ['["\t"]', ["\t"], ["CONTROL_CHARACTER", 2]],
  ['["\\x41"]', ["A"], ["BAD_ESCAPE", 2]],
  ["['a']", ["a"], ["SINGLE_QUOTE", 1]],
  ["[01, 1., +1]", [1, 1, 1], ["LEADING_ZERO", 1], ["BAD_NUMBER", 5], ["BAD_NUMBER", 9]],
  ["[1.2.3, tru, NaN]", [null, null, null], ["BAD_NUMBER", 1], ["UNKNOWN_WORD", 8], ["UNKNOWN_WORD", 13]],
  ["{a: 1, 2: 3}", { a: 1, 2: 3 }, ["BAD_KEY", 1], ["BAD_KEY", 7]],
  ["{: 1}", { "": 1 }, ["EXPECTED_KEY", 1]],
  ["{[1]}", { "": [1] }, ["EXPECTED_KEY", 1]],
  ["{,}", {}, ["EXPECTED_KEY", 1]],
  ['{"a"', { a: null }, ["UNCLOSED_OBJECT", 0], ["EXPECTED_COLON", 4]],
  ['{"a"=1}', { a: 1 }, ["EXPECTED_COLON", 4]],
  ["[1 // one\n]", [1], ["COMMENT", 3]],
  ["[1 /* one", [1], ["UNCLOSED_ARRAY", 0], ["COMMENT", 3], ["UNCLOSED_COMMENT", 3]],
  ["[[[1", [[[1]]], ["UNCLOSED_ARRAY", 0], ["UNCLOSED_ARRAY", 1], ["UNCLOSED_ARRAY", 2]],
];

for (const [text, value, ...faults] of repairs) {
  test(`recovery of ${JSON.stringify(text)}.`, () => {
    const document = parse(text, { recover: true, pool });
    checkTape(document.tape);
    assert.deepEqual(
      document.faults.map(({ code, offset }) => [code, offset]),
      faults,
    );
    assert.deepEqual(document.toValue(), value);
    document.close();
  });
}

test("bytes that are not UTF-8 are faults, one for each run, and strings show U+FFFD there.", () => {
  const bytes = Uint8Array.of(0x5b, 0x22, 0xff, 0xfe, 0x61, 0xc3, 0x22, 0x5d);
  const document = parse(bytes, { recover: true });
  assert.deepEqual(
    document.faults.map(({ code, offset, end }) => [code, offset, end]),
    [
      ["BAD_UTF8", 2, 4],
      ["BAD_UTF8", 5, 6],
    ],
  );
  assert.deepEqual(document.toValue(), ["\ufffd\ufffda\ufffd"]);
  document.close();
  assert.throws(() => parse(bytes), { code: "BAD_SYNTAX", fault: "BAD_UTF8" });
});

test("surrogates that stand alone: strict refuses them, sanitize replaces them, permissive keeps them.", () => {
  const lone = '["\ud800x", "\\udc00"]';
  const read = (text: string, unicode: UnicodeMode): unknown => {
    const document = parse(text, { unicode });
    const value = document.toValue();
    document.close();
    return value;
  };
  assert.throws(() => parse(lone), { fault: "BAD_UTF8", place: { line: 1, column: 3, offset: 2 } });
  assert.deepEqual(read(lone, "sanitize"), ["\ufffdx", "\ufffd"]);
  assert.deepEqual(read(lone, "permissive"), ["\ud800x", "\udc00"]);
  assert.deepEqual(read('["\\ud800"]', "strict"), ["\ud800"]);
  assert.deepEqual(read('["\\ud83d\\ude00 😀"]', "sanitize"), ["😀 😀"]);
});

test("places count lines and columns in bytes.", () => {
  const document = parse('{"é": 1,\r\n\n  "b": x,\r "c": y}', { recover: true });
  assert.deepEqual(
    document.faults.map(({ line, column, offset }) => [line, column, offset]),
    [
      [3, 8, 19],
      [4, 7, 28],
    ],
  );
  document.close();
});

test("more faults than maxFaults are counted and not listed.", () => {
  const document = parse("[".repeat(5000), { recover: true, maxFaults: 10 });
  assert.equal(document.faultCount, 5000);
  assert.equal(document.faults.length, 10);
  document.close();
});

test("limits hold for the tolerant parser too, and are errors even with recovery.", () => {
  for (const recover of [false, true]) {
    const options = { recover, dialect: "jsonc", pool } as const;
    assert.throws(() => parse("/**/[[[1]]]", { ...options, maxDepth: 2 }), { code: "LIMIT_EXCEEDED" });
    assert.throws(() => parse("/**/[1,2,3]", { ...options, maxNodes: 3 }), { code: "LIMIT_EXCEEDED" });
  }
  assert.equal(pool.stats().inUse, 0);
});

test("100,000 wrong brackets in a row take no time that grows with their square.", () => {
  const document = parse(`{"a":${"[".repeat(100_000)}${"}".repeat(100_000)}`, { recover: true });
  checkTape(document.tape);
  document.close();
});

test("comments are noted in order, are no nodes, and stand where they stand.", () => {
  const text = '// head\n{/*a*/ "x" /*b*/ : /*c*/ 1, // tail\n"y": [2,],}\n/* end */';
  const document = parse(text, { dialect: "jsonc" });
  checkTape(document.tape);
  const { commentCount, commentStarts, commentEnds } = document.tape;
  const comments = Array.from({ length: commentCount }, (_, at) =>
    text.slice(commentStarts[at], commentEnds[at]),
  );
  assert.deepEqual(comments, ["// head", "/*a*/", "/*b*/", "/*c*/", "// tail", "/* end */"]);
  assert.deepEqual(document.toValue(), { x: 1, y: [2] });
  document.close();
  assert.throws(
    () => parse(text),
    (error) => error instanceof JsonError && error.fault === "COMMENT",
  );
});

test("in JSONC a comma has to stand behind something.", () => {
  for (const text of ["[,]", "{,}", "[1,,]", '{"a":1,,}', ",", "[1] ,"]) {
    assert.throws(() => parse(text, { dialect: "jsonc" }), { code: "BAD_SYNTAX" }, text);
  }
});

test("a broken text is refused with the same place by both engines.", () => {
  fc.assert(
    fc.property(damagedJson, (text) => {
      const errors = (["auto", "typescript"] as const).map((engine) => {
        try {
          parse(text, { engine }).close();
          return undefined;
        } catch (error) {
          assert(error instanceof JsonError);
          return [error.fault, error.place, error.message];
        }
      });
      assert.deepEqual(errors[0], errors[1]);
    }),
    { numRuns: 3000 },
  );
});

test("a quote that is escaped closes no string, at the end of a line or of the text.", () => {
  for (const run of [1, 2, 3, 4]) {
    for (const tail of ["", "\n", "\n]"]) {
      const document = parse(`["a${"\\".repeat(run)}"${tail}`, { recover: true });
      const unclosed = document.faults.some(({ code }) => code === "UNCLOSED_STRING");
      assert.equal(unclosed, run % 2 === 1, JSON.stringify([run, tail]));
      document.close();
    }
  }
});

test("comments take memory of the pool, and give it back.", () => {
  const text = `[${"/**/".repeat(1000)}]`;
  const reader = parser({ dialect: "jsonc", pool });
  for (let round = 0; round < 3; round++) assert.equal(reader.parse(text).comments.length, 1000);
  assert.equal(reader.parse("[]").comments.length, 0);
  reader.close();
  assert.equal(pool.stats().inUse, 0);
});
