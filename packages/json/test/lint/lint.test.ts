// The ten rules: for each, texts that it finds something in, texts that it does not, and fixes that mend.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import {
  applyEdits,
  applyFixes,
  type Diagnostic,
  lint,
  type LintOptions,
  type LintRule,
  type LintSeverity,
  parse,
  parser,
} from "../../src/index.ts";
import { damagedJson, tokenSoup } from "../parse/texts.ts";
import { strictText } from "../format/sources.ts";

const ALL: LintOptions = {
  severities: { "number-precision": "warning", "large-structure": "warning" },
  maxDepth: 4,
  nestingDepth: 3,
  maxMembers: 3,
  maxElements: 3,
  maxStringBytes: 14,
};

function found(text: string | Uint8Array, options: LintOptions = ALL): Diagnostic[] {
  using document = parse(text, { recover: true });
  return lint(document, options);
}

// Rule, text, the part that is meant, and the text after the fix; undefined where there is none.
const POSITIVE: [LintRule, string, string, string | undefined][] = [
  ["no-duplicate-keys", '{"a":1,"a":2}', '"a"', '{"a":2}'],
  ["no-duplicate-keys", '[{"x":{"a":1, "\\u0061":2}}]', '"\\u0061"', '[{"x":{"\\u0061":2}}]'],
  ["no-duplicate-keys", '{\n  "a": [1],\n  "b": 0,\n  "a": 2\n}', '"a"', '{\n  "b": 0,\n  "a": 2\n}'],
  ["no-leading-zeros", "[007]", "007", "[7]"],
  ["no-leading-zeros", "[-00.50e1]", "-00.50e1", "[-0.50e1]"],
  ["valid-string-encoding", '["\t"]', "\t", '["\\t"]'],
  ["valid-string-encoding", '["\u0001"]', "\u0001", '["\\u0001"]'],
  ["valid-string-encoding", '["\\ud800x"]', "\\ud800", '["\\uFFFDx"]'],
  ["valid-string-encoding", '{"\\\\\\udc00":1}', "\\udc00", '{"\\\\\\uFFFD":1}'],
  ["max-depth", "[[[[[[]]]]]]", "[", undefined],
  ["number-precision", "[9007199254740993]", "9007199254740993", "[9007199254740992]"],
  ["number-precision", "[0.10000000000000000001]", "0.10000000000000000001", "[0.1]"],
  ["number-precision", "[1e400]", "1e400", undefined],
  ["large-structure", "[1,2,3,4]", "[", undefined],
  ["large-structure", '{"a":1,"b":2,"c":3,"d":4}', "{", undefined],
  ["large-structure", '"1234567890123"', '"1234567890123"', undefined],
  ["deep-nesting", '[{"a":[[]]}]', "[", undefined],
  ["valid-number", "[+1]", "+1", "[1]"],
  ["valid-number", "[.5]", ".5", "[0.5]"],
  ["valid-number", "[-5.e2]", "-5.e2", "[-5e2]"],
  ["valid-number", "[-0x1F]", "-0x1F", "[-31]"],
  ["valid-number", "[1.2.3]", "1.2.3", undefined],
  ["valid-number", "[-]", "-", undefined],
  ["valid-escape", '["\\x"]', "\\x", '["\\\\x"]'],
  ["valid-escape", '["\\u12"]', "\\u", '["\\\\u12"]'],
  ["valid-syntax", "[1,]", ",", "[1]"],
  ["valid-syntax", "[1 2]", "", "[1, 2]"],
  ["valid-syntax", '{"a" 1}', "", '{"a": 1}'],
  ["valid-syntax", '{"a"=1}', "=", '{"a":1}'],
  ["valid-syntax", '{"a":}', "", '{"a":null}'],
  ["valid-syntax", "[1", "[", "[1]"],
  ["valid-syntax", '{"a":1', "{", '{"a":1}'],
  ["valid-syntax", '"abc', '"abc', '"abc"'],
  ["valid-syntax", "{a:1}", "a", '{"a":1}'],
  ["valid-syntax", "['it\\'s']", "'it\\'s'", '["it\'s"]'],
  ["valid-syntax", "[None]", "None", "[null]"],
  ["valid-syntax", "[1/*a*/]", "/*a*/", "[1 ]"],
  ["valid-syntax", "[NULL]", "NULL", "[null]"],
  ["valid-syntax", "[constructor]", "constructor", undefined],
  ["valid-syntax", "[*]", "*", undefined],
  ["valid-syntax", '["a":]', ":", '["a"]'],
  ["valid-syntax", '{"a":1,,"b":2}', ",", '{"a":1,"b":2}'],
  ["valid-syntax", "{[1]}", "", undefined],
  ["valid-syntax", '{"a":[1},"b":2}', "}", '{"a":[1],"b":2}'],
  ["valid-syntax", "[1],2]", "]", "[1,2]"],
  ["valid-syntax", "[nul]", "nul", undefined],
  ["valid-syntax", "[1] 2", "2", undefined],
];

test("Each rule finds what it is for, at its place, and its fix makes the finding go away.", () => {
  for (const [rule, text, part, mended] of POSITIVE) {
    using document = parse(text, { recover: true });
    const diagnostics = lint(document, ALL).filter((finding) => finding.rule === rule);
    assert.equal(diagnostics.length, 1, text);
    const [{ offset, end, line, column, fix }] = diagnostics;
    assert.equal(text.slice(offset, end), part, text);
    assert.deepEqual(document.offsetOf(line, column), offset);
    assert.equal(fix === undefined ? undefined : applyEdits(document, fix), mended, text);
    if (mended === undefined) continue;
    const left = found(mended).filter((finding) => finding.rule === rule);
    assert.deepEqual(left, [], mended);
  }
});

test("Two second halves of a pair are two findings.", () => {
  assert.deepEqual(
    found('"\\udc00\\udc00"').map(({ offset }) => offset),
    [1, 7],
  );
});

test("What is right is left alone, up to the limits of each rule.", () => {
  for (const text of [
    '{"a":{"a":1},"b":{"a":2}}',
    '{"a":1,"A":2}',
    "[-0,0.5,1e05]",
    '["\\ud83d\\ude00","\\\\ud800","é"]',
    "[[[1]],[[2]],[[3]]]",
    "[9007199254740992,0.1,1e300]",
    "[1,2,3]",
    '{"a":1,"b":2,"c":3}',
    '"123456789012"',
  ]) {
    assert.deepEqual(found(text), [], text);
  }
  assert.deepEqual(
    found("[[[[]]]]").map(({ rule }) => rule),
    ["deep-nesting"],
  );
});

test("Bytes that are not UTF-8 are found and replaced.", () => {
  using document = parse(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d), { recover: true });
  const diagnostics = lint(document);
  assert.deepEqual(
    diagnostics.map(({ rule, offset, end }) => [rule, offset, end]),
    [["valid-string-encoding", 2, 3]],
  );
  assert.equal(applyFixes(document, diagnostics), '["\ufffd"]');
});

test("A duplicate in front of comments goes without them.", () => {
  using document = parse('{\n "a": 1, // one\n "a": /* x */ 2 /* , */, // two\n "a": 3\n}', {
    dialect: "jsonc",
  });
  assert.equal(applyFixes(document, lint(document)), '{\n // one\n  /* , */ // two\n "a": 3\n}');
});

test("Severities are those of the options, off is off, and the defaults are as documented.", () => {
  const text = `{"a":007,"a":[${"[".repeat(120)}${"]".repeat(120)}],"b":9007199254740993}`;
  const words = (options: LintOptions): string[] =>
    found(text, options).map(({ rule, severity }) => `${rule} ${severity}`);
  assert.deepEqual(words({}), [
    "no-leading-zeros warning",
    "no-duplicate-keys error",
    "deep-nesting warning",
    "max-depth error",
  ]);
  const severities = {
    "no-leading-zeros": "info",
    "no-duplicate-keys": "off",
    "deep-nesting": "off",
    "number-precision": "error",
  } as const;
  assert.deepEqual(words({ severities, maxDepth: Infinity }), [
    "no-leading-zeros info",
    "number-precision error",
  ]);
  const rules = Object.keys({ ...ALL.severities }) as LintRule[];
  const off = Object.fromEntries(
    [...rules, ...POSITIVE.map(([rule]) => rule)].map((rule): [string, LintSeverity] => [rule, "off"]),
  );
  for (const [, broken] of POSITIVE) assert.deepEqual(found(broken, { ...ALL, severities: off }), []);
});

test("maxDiagnostics bounds the list, and options that cannot be meant are refused.", () => {
  const text = `[${"007,".repeat(50)}0]`;
  assert.equal(found(text, { maxDiagnostics: 7 }).length, 7);
  assert.equal(found(text, { maxDiagnostics: 0 }).length, 0);
  for (const options of [
    { maxDepth: -1 },
    { maxMembers: 1.5 },
    { severities: { x: "off" } },
    { severities: { "max-depth": "bad" } },
  ])
    assert.throws(() => found("[]", options as LintOptions), { code: "BAD_ARGUMENT" });
});

test("Fixes of one text that do not touch are applied at once; the others take another round.", () => {
  assert.equal(found('{"a":[1').length, 2);
  let text = '{"a":[1';
  for (let round = 0; round < 2; round++) {
    using document = parse(text, { recover: true });
    text = applyFixes(document, lint(document));
  }
  assert.equal(text, '{"a":[1]}');
});

test("Strict texts without duplicates have no findings but those about size, depth and encoding.", () => {
  const reader = parser();
  fc.assert(
    fc.property(strictText, ({ text }) => {
      const rules = new Set(lint(reader.parse(text)).map(({ rule }) => rule));
      rules.delete("valid-string-encoding");
      assert.deepEqual([...rules], []);
    }),
  );
  reader.close();
});

test("Damaged texts never break the linter or a fix, and each fault is reported.", () => {
  const reader = parser({ recover: true });
  fc.assert(
    fc.property(damagedJson, (text) => {
      const document = reader.parse(text);
      const diagnostics = lint(document, { maxDiagnostics: Infinity });
      assert(diagnostics.length >= document.faultCount);
      for (const { fix } of diagnostics) if (fix !== undefined) applyEdits(document, fix);
      applyFixes(document, diagnostics);
    }),
    { numRuns: 1000 },
  );
  reader.close();
});

test("Fixes come to an end: after a few rounds no finding has one.", () => {
  for (const dialect of ["json", "jsonc", "json5"] as const) {
    const reader = parser({ recover: true, dialect });
    const round = (text: string): string => {
      const document = reader.parse(text);
      return applyFixes(document, lint(document, { ...ALL, maxDiagnostics: Infinity }));
    };
    fc.assert(
      fc.property(fc.oneof(damagedJson, tokenSoup), (broken) => {
        let text = broken;
        for (let rounds = 0; rounds < 20; rounds++) text = round(text);
        assert.equal(round(text), text);
        const left = lint(reader.parse(text), { ...ALL, maxDiagnostics: Infinity });
        assert.deepEqual(
          left.filter(({ fix }) => fix !== undefined),
          [],
        );
      }),
      { numRuns: 500 },
    );
    reader.close();
  }
});

test("100,000 arrays inside each other are checked without recursion, and all memory is back.", () => {
  const pool = new Pool();
  const document = parse("[".repeat(100_000) + "]".repeat(100_000), { pool });
  assert.deepEqual(
    lint(document).map(({ rule, column }) => [rule, column]),
    [
      ["deep-nesting", 21],
      ["max-depth", 101],
    ],
  );
  document.close();
  assert.equal(pool.stats().bytesInUse, 0);
  pool.close();
});
