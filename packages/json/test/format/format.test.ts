// Formatting and minifying: each option by example, and what holds for all texts under all options.

import assert from "node:assert/strict";
import { test } from "node:test";

import { expectNoLeaks, Pool } from "@millpond/core";
import * as fc from "fast-check";

import {
  type Dialect,
  format,
  type FormatOptions,
  formatToBytes,
  JsonError,
  minify,
  minifyToBytes,
  parse,
  parser,
} from "../../src/index.ts";
import { looseText, strictText } from "./sources.ts";

function formatted(text: string, options: FormatOptions = {}, dialect: Dialect = "json5"): string {
  const document = parse(text, { dialect });
  try {
    return format(document, options);
  } finally {
    document.close();
  }
}

const anyOptions: fc.Arbitrary<FormatOptions> = fc.record({
  indent: fc.constantFrom(0, 1, 2, 4, "tab" as const),
  lineWidth: fc.constantFrom(0, 10, 20, 80, Infinity),
  compactArrays: fc.constantFrom(0, 2, 100),
  compactObjects: fc.constantFrom(0, 2, 100),
  sortKeys: fc.boolean(),
  trailingCommas: fc.boolean(),
  keepBlankLines: fc.boolean(),
  quotes: fc.constantFrom("keep", "double", "single"),
  finalNewline: fc.boolean(),
});

const squeezed = (text: string): string => text.replaceAll(/\s/gu, "");

test("The defaults are two spaces, small containers on one line, and a line feed at the end.", () => {
  assert.equal(
    formatted('{"a":[1,2,{"b":null}],"long":[1,2,3,4,5,6],"e":{},"f":[ ],"g":true}'),
    '{\n  "a": [1, 2, {"b": null}],\n  "long": [\n    1,\n    2,\n    3,\n    4,\n    5,\n    6\n  ],\n  "e": {},\n  "f": [],\n  "g": true\n}\n',
  );
});

test("indent is a number of spaces or a tab, and 0 leaves the line breaks.", () => {
  const options = { compactArrays: 0, finalNewline: false };
  assert.equal(formatted("[[1]]", { ...options, indent: 4 }), "[\n    [\n        1\n    ]\n]");
  assert.equal(formatted("[[1]]", { ...options, indent: "tab" }), "[\n\t[\n\t\t1\n\t]\n]");
  assert.equal(formatted("[[1]]", { ...options, indent: 0 }), "[\n[\n1\n]\n]");
});

test("A container goes on one line if it ends, with a comma, within lineWidth.", () => {
  assert.equal(formatted('["aé😀"]', { lineWidth: 8 }), '["aé😀"]\n');
  assert.equal(formatted('["aé😀"]', { lineWidth: 7 }), '[\n  "aé😀"\n]\n');
  const member = '{"a":[1,2],"b":0,"c":0,"d":0}';
  assert.match(formatted(member, { lineWidth: 14 }), /"a": \[1, 2\],/);
  assert.match(formatted(member, { lineWidth: 13 }), /"a": \[\n/);
  assert.match(formatted("[[1,2],0,0,0,0,0]", { lineWidth: 12, indent: "tab" }), /\[1, 2\],/);
  assert.match(formatted("[[1,2],0,0,0,0,0]", { lineWidth: 10, indent: "tab" }), /\[\n\t\t1,/);
});

test("compactArrays and compactObjects are the most elements and members on one line, also further inside.", () => {
  const text = '[{"a":1,"b":2},[3,4]]';
  assert.equal(formatted(text, { compactArrays: 2, compactObjects: 2 }), '[{"a": 1, "b": 2}, [3, 4]]\n');
  assert.equal(
    formatted(text, { compactArrays: 1, compactObjects: 2 }),
    '[\n  {"a": 1, "b": 2},\n  [\n    3,\n    4\n  ]\n]\n',
  );
  assert.equal(
    formatted(text, { compactArrays: 2, compactObjects: 1 }),
    '[\n  {\n    "a": 1,\n    "b": 2\n  },\n  [3, 4]\n]\n',
  );
});

test("sortKeys sorts by code points of decoded keys, keeps equal keys in order, and takes comments along.", () => {
  assert.equal(
    formatted('{"b":1,"\\u0061":2,"\uffff":3,"😀":4,"b":5,"":6,"ab":[{"d":1,"c":2}]}', {
      sortKeys: true,
      compactObjects: 9,
      lineWidth: Infinity,
    }),
    '{"": 6, "\\u0061": 2, "ab": [{"c": 2, "d": 1}], "b": 1, "b": 5, "\uffff": 3, "😀": 4}\n',
  );
  assert.equal(
    formatted(
      "{ // of the bracket\n // of b\n b: 1, // behind b\n /* of a */ a: 2 // behind a\n // at the end\n}",
      {
        sortKeys: true,
      },
    ),
    "{ // of the bracket\n  /* of a */ a: 2, // behind a\n  // of b\n  b: 1 // behind b\n  // at the end\n}\n",
  );
});

test("trailingCommas stand behind the last element of containers of several lines only.", () => {
  assert.equal(
    formatted("[[1],{a:[2]}]", { trailingCommas: true, compactObjects: 0 }),
    "[\n  [1],\n  {\n    a: [2],\n  },\n]\n",
  );
  assert.equal(formatted("[1 /* a */,]", { trailingCommas: true }), "[\n  1, /* a */\n]\n");
  assert.equal(formatted("[1 // a\n,]"), "[\n  1 // a\n]\n");
});

test("quotes change the quotes and their escapes and nothing else.", () => {
  const text = `["it's \\"\\u0022\\n", 'say "\\'"', {bare: 'x'}]`;
  assert.equal(formatted(text, { quotes: "keep" }), `["it's \\"\\u0022\\n", 'say "\\'"', {bare: 'x'}]\n`);
  assert.equal(
    formatted(text, { quotes: "double" }),
    `["it's \\"\\u0022\\n", "say \\"'\\"", {"bare": "x"}]\n`,
  );
  assert.equal(formatted(text, { quotes: "single" }), `['it\\'s "\\u0022\\n', 'say "\\'"', {'bare': 'x'}]\n`);
  assert.equal(formatted(`["'"]`, { quotes: "single", lineWidth: 7 }), `['\\'']\n`);
  assert.match(formatted(`["'"]`, { quotes: "single", lineWidth: 6 }), /\n {2}/);
});

test("finalNewline decides about the line feed at the end.", () => {
  assert.equal(formatted("1", { finalNewline: false }), "1");
  assert.equal(formatted("1\n\n"), "1\n");
});

test("Comments stay where they are: in front, behind, between key and value, and alone.", () => {
  assert.equal(
    formatted(
      "// top\n/* in */ [ // open\n1 /* x */, /* of 2 */ 2, // two\n\n// alone\n{a /* k */ : // v\n3}, [/* e */], [ // f\n]]/* end */ // last\n// bottom",
    ),
    "// top\n/* in */ [ // open\n  1, /* x */\n  /* of 2 */ 2, // two\n  // alone\n  {\n    a: /* k */ // v\n      3\n  },\n  [\n    /* e */\n  ],\n  [ // f\n  ]\n] /* end */ // last\n// bottom\n",
  );
});

test("keepBlankLines keeps one blank line between children and comments, and none behind a bracket.", () => {
  const text =
    '// top\n\n\n{\n\n  "b": 1, // one\n\n\n\n  // of a\n\n  "a": [\r\n\r\n1,\r\n2,\r\n\r\n3 ],\n "c": {}\n\n // end\n}\n\n// bottom';
  const options = { compactArrays: 0, keepBlankLines: true };
  assert.equal(
    formatted(text, options),
    '// top\n\n{\n  "b": 1, // one\n\n  // of a\n\n  "a": [\n    1,\n    2,\n\n    3\n  ],\n  "c": {}\n\n  // end\n}\n\n// bottom\n',
  );
  assert.equal(formatted("[\n\n// a\n\n// b\n]", options), "[\n  // a\n\n  // b\n]\n");
  assert.equal(formatted("[1,\n\n2]", { keepBlankLines: true }), "[1, 2]\n");
  const sorted = { ...options, compactObjects: 0, sortKeys: true };
  assert.equal(formatted("{c:1,\n\nb:2,a:3}", sorted), "{\n  a: 3,\n\n  b: 2,\n  c: 1\n}\n");
  assert.ok(!formatted(text).includes("\n\n"));
});

test("Numbers, escapes and line ends inside of strings are kept byte by byte.", () => {
  const text = "[1.0e+05,12345678901234567890,'\\x41\\\r\nb',+.5,0XfF]";
  assert.equal(squeezed(formatted(text)), squeezed(text));
  assert.equal(formatted("\ufeff[-0.0]", {}, "json"), "[-0.0]\n");
});

test("minify leaves tokens only.", () => {
  const document = parse('// a\n{ "b" : [ 1.0 , { } , [ ] ], /* c */ "a" : null , }', { dialect: "jsonc" });
  assert.equal(minify(document), '{"b":[1.0,{},[]],"a":null}');
  assert.equal(minify(document, { sortKeys: true }), '{"a":null,"b":[1.0,{},[]]}');
  document.close();
});

test("Any text under any options keeps its value and its comments, and formatting again changes nothing.", () => {
  const reader = parser({ dialect: "json5" });
  const texts = fc.oneof(strictText, looseText(false), looseText(true));
  fc.assert(
    fc.property(texts, anyOptions, ({ text, value }, options) => {
      const source = reader.parse(text);
      const comments = source.comments.map((comment) => comment.text).sort();
      const once = format(source, options);
      const document = reader.parse(once);
      assert.deepEqual(document.toValue(), value);
      assert.deepEqual(document.comments.map((comment) => comment.text).sort(), comments);
      assert.equal(format(document, options), once);
    }),
    { numRuns: 2000 },
  );
  reader.close();
});

test("Without comments, the order of tokens is that of JSON.stringify, and strict texts stay strict.", () => {
  const reader = parser();
  fc.assert(
    fc.property(strictText, anyOptions, ({ text, value }, options) => {
      const document = reader.parse(text);
      const plain = { ...options, sortKeys: false, trailingCommas: false, quotes: "keep" as const };
      assert.equal(minify(document), JSON.stringify(value));
      const expanded = { indent: 2, compactArrays: 0, compactObjects: 0, finalNewline: false };
      assert.equal(format(document, expanded), JSON.stringify(value, null, 2));
      const again = reader.parse(format(document, plain));
      assert.deepEqual(again.toValue(), value);
    }),
  );
  reader.close();
});

test("Bytes are the same text in UTF-8, and surrogates that stand alone are kept if the parser keeps them.", () => {
  const document = parse('["é😀"]');
  assert.equal(new TextDecoder().decode(formatToBytes(document)), format(document));
  assert.equal(new TextDecoder().decode(minifyToBytes(document)), minify(document));
  document.close();
  const permissive = parse('["\ud800"]', { unicode: "permissive" });
  assert.equal(minify(permissive), '["\ud800"]');
  permissive.close();
});

test("100,000 arrays inside each other are written without recursion.", () => {
  const text = "[".repeat(100_000) + "]".repeat(100_000);
  const document = parse(text);
  assert.equal(minify(document), text);
  assert.equal(format(document, { indent: 0, compactArrays: 0 }).length, 4 * 100_000 - 1);
  assert.equal(format(document, { indent: 0 }).length, 4 * 100_000 - 1 - 2 * 38);
  document.close();
});

test("What cannot be meant is refused, with all memory back.", () => {
  const pool = new Pool({ limitBytes: 1 << 20 });
  expectNoLeaks(pool, () => {
    const document = parse('{"a":1,,}', { pool, recover: true });
    assert.throws(
      () => format(document),
      (error) => error instanceof JsonError && error.code === "BAD_SYNTAX" && error.place?.offset === 6,
    );
    document.close();
    assert.throws(() => format(document), { code: "CLOSED" });
    const good = parse("[1]", { pool });
    for (const options of [
      { indent: -1 },
      { indent: 17 },
      { indent: 1.5 },
      { lineWidth: NaN },
      { quotes: "x" },
      { sortKeys: 1 },
    ])
      assert.throws(() => format(good, options as FormatOptions), { code: "BAD_ARGUMENT" });
    good.close();
  });
  pool.close();
});

test("All memory is back after formatting, and when the pool is too small for it.", () => {
  const pool = new Pool();
  const document = parse(
    JSON.stringify({ list: Array.from({ length: 2000 }, (_, i) => ({ b: i, a: [i] })) }),
  );
  expectNoLeaks(pool, () => void format(document, { pool, sortKeys: true, indent: 16, compactArrays: 0 }));
  for (const limitBytes of [100, 60_000, 100_000, 140_000]) {
    const child = pool.child({ limitBytes });
    assert.throws(() => format(document, { pool: child, sortKeys: true }), { code: "POOL_EXHAUSTED" });
    assert.equal(child.stats().bytesInUse, 0);
    child.close();
  }
  document.close();
  pool.close();
});
