// JSONPath against another implementation, on deep documents, at limits, and what it keeps of memory.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";
import { JSONPathEnvironment } from "json-p3";

import { jsonPath, normalizedPath, parse, parser } from "../../src/index.ts";

const name = fc.constantFrom("a", "b", "c", "x y", "é", "");
const leaf = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(1.5, 1e3, "a", "ab", "é😀", "", true, false, null),
);
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(name, tie("node"), { maxKeys: 4 }),
  ),
})).node;

const part = fc
  .option(fc.integer({ min: -4, max: 4 }), { nil: undefined })
  .map((value) => String(value ?? ""));
const single = fc.oneof(
  name.map((text) => JSON.stringify(text)),
  fc.integer({ min: -3, max: 3 }).map(String),
);
const slice = fc.tuple(part, part, part).map((parts) => parts.join(":"));
const operand = fc.oneof(
  fc.array(single, { maxLength: 2 }).map((steps) => `@${steps.map((step) => `[${step}]`).join("")}`),
  fc.constantFrom(
    "1",
    "'a'",
    "true",
    "null",
    "1.5",
    "$[0]",
    "length(@)",
    "count(@.*)",
    "value(@..a)",
    "length(@.a)",
  ),
);
const comparison = fc
  .tuple(operand, fc.constantFrom("==", "!=", "<", "<=", ">", ">="), operand)
  .map(([left, operator, right]) => `${left} ${operator} ${right}`);
// Without match and search, for which json-p3 makes strings of arrays; the compliance suite has these two.
const basic = fc.oneof(comparison, fc.constantFrom("@.a", "@..b", "@[?@.a]", "!@.a", "!(@.a == 1)"));
const condition = fc
  .array(fc.tuple(basic, fc.constantFrom("&&", "||")), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([text, sign], place) => (place === 0 ? text : `${sign} ${text}`)).join(" "));
const selector = fc.oneof(
  single,
  slice,
  fc.constant("*"),
  condition.map((text) => `?${text}`),
);
const segment = fc
  .tuple(fc.boolean(), fc.array(selector, { minLength: 1, maxLength: 2 }))
  .map(([descends, selectors]) => `${descends ? ".." : ""}[${selectors.join(", ")}]`);
const query = fc.array(segment, { maxLength: 3 }).map((segments) => `$${segments.join("")}`);

test("nodes and paths are those that json-p3 finds.", () => {
  const pool = new Pool();
  const reader = parser({ pool });
  const other = new JSONPathEnvironment();
  let found = 0;
  fc.assert(
    fc.property(tree, query, (value, text) => {
      const document = reader.parse(JSON.stringify(value));
      const mine = jsonPath(text);
      const expected = other.query(text, document.toValue()).nodes;
      const nodes = mine.select(document);
      assert.deepEqual(
        nodes.map((node) => node.pointer),
        expected.map((node) => node.toPointer().toString()),
        text,
      );
      assert.equal(mine.count(document), expected.length);
      assert.equal(mine.first(document)?.index, nodes[0]?.index);
      for (const node of nodes)
        assert.equal(jsonPath(normalizedPath(node)).first(document)?.index, node.index);
      found += nodes.length;
    }),
    { numRuns: 2000 },
  );
  assert(found > 1000, `only ${found} nodes were selected in all`);
  reader.close();
  assert.equal(pool.stats().inUse, 0);
});

test("100,000 nested arrays are searched without recursion.", () => {
  const pool = new Pool();
  const depth = 100_000;
  const document = parse(`${"[".repeat(depth)}{"a": 1}${"]".repeat(depth)}`, { pool });
  assert.equal(jsonPath("$..a").first(document)?.toNumber(), 1);
  assert.equal(jsonPath("$..*").count(document), depth + 1);
  assert.equal(jsonPath("$[?@ == @]").count(document), 1);
  assert.equal(jsonPath("$[?@[0] == $[0]]").count(document), 0);
  document.close();
  assert.equal(pool.stats().inUse, 0);
});

test("a segment that selects too much is refused, and all memory is back.", () => {
  const pool = new Pool();
  const document = parse(JSON.stringify(Array.from({ length: 100 }, () => [1, 2])), { pool });
  const before = pool.stats().inUse;
  assert.throws(() => jsonPath("$..*", { maxNodes: 299 }).select(document), { code: "LIMIT_EXCEEDED" });
  assert.equal(jsonPath("$..*", { maxNodes: 300 }).count(document), 300);
  assert.throws(() => jsonPath("$[?@..*]..*", { maxNodes: 10 }).select(document), { code: "LIMIT_EXCEEDED" });
  assert.equal(pool.stats().inUse, before);
  assert.throws(() => jsonPath("$", { maxNodes: -1 }), { code: "BAD_ARGUMENT" });
  document.close();
});

test("each stops when told to, and gives the list back when the visitor throws.", () => {
  const pool = new Pool();
  const document = parse("[1, 2, 3]", { pool });
  const before = pool.stats().inUse;
  const seen: number[] = [];
  jsonPath("$[*]").each(document, (cursor) => seen.push(cursor.toNumber() as number) < 2);
  assert.deepEqual(seen, [1, 2]);
  const stop = new Error("stop");
  assert.throws(
    () =>
      jsonPath("$[*]").each(document, () => {
        throw stop;
      }),
    stop,
  );
  assert.equal(pool.stats().inUse, before);
  document.close();
});

test("errors say where in the query, and nesting is limited.", () => {
  for (const [text, offset] of [
    ["$.a[", 4],
    ["a", 0],
    ["$[?@.a == ]", 10],
    ["$[?@.a", 6],
    ["$ ", 1],
    ["$['a", 4],
    ["$[?lengths(@)]", 3],
    ["$[?count(1) == 1]", 9],
    ["$[?@.* == 1]", 3],
    ["$[?1]", 4],
  ] as const) {
    assert.throws(
      () => jsonPath(text),
      (error: { code: string; place: { offset: number } }) => {
        assert.deepEqual([error.code, error.place.offset], ["BAD_SYNTAX", offset], text);
        return true;
      },
    );
  }
  const deep = 100_000;
  assert.throws(() => jsonPath(`$[?${"(".repeat(deep)}@${")".repeat(deep)}]`), { code: "LIMIT_EXCEEDED" });
  assert.throws(() => jsonPath(`$${"[?@".repeat(deep)}${"]".repeat(deep)}`), { code: "LIMIT_EXCEEDED" });
  assert.throws(() => jsonPath(`$[?${"length(".repeat(deep)}`), { code: "LIMIT_EXCEEDED" });
  assert.throws(() => jsonPath(1 as never), { code: "BAD_ARGUMENT" });
});

test("numbers are compared as they are written.", () => {
  const document = parse("[9007199254740993, 9007199254740992, 1.0, 1e400, 1e401, 0e5, -0, 1e-400]");
  const texts = (text: string) =>
    jsonPath(text)
      .select(document)
      .map((node) => node.text);
  assert.deepEqual(texts("$[?@ == 9007199254740993]"), ["9007199254740993"]);
  assert.deepEqual(texts("$[?@ == 1]"), ["1.0"]);
  assert.deepEqual(texts("$[?@ > 1e400]"), ["1e401"]);
  assert.deepEqual(texts("$[?@ == 0]"), ["0e5", "-0"]);
  assert.deepEqual(texts("$[?@ < $[2] && @ > 0]"), ["1e-400"]);
  document.close();
});

test("patterns are those of RFC 9485 and no others.", () => {
  const matches = (pattern: string, text: string): boolean => {
    const document = parse(JSON.stringify([{ text, pattern }]));
    const found = jsonPath("$[?match(@.text, @.pattern)]").count(document) === 1;
    assert.equal(jsonPath(`$[?match(@.text, ${JSON.stringify(pattern)})]`).count(document) === 1, found);
    document.close();
    return found;
  };
  for (const [pattern, text] of [
    ["a.c", "a\u2028c"],
    ["[a-c]{2,3}", "abc"],
    ["[-a]+", "-a"],
    ["[a-]+", "-a"],
    ["[^a]", "^"],
    ["\\p{Lu}\\P{L}", "A1"],
    ["(a|b)*\\-\\.", "abab-."],
    ["[\\]\\^]+", "]^"],
    ["[\\p{Lu}x]+", "AxB"],
    ["😀?", "😀"],
  ]) {
    assert(matches(pattern, text), `${pattern} on ${text}`);
  }
  for (const pattern of [
    "a**",
    "(?=a)a",
    "(a)\\1",
    "\\d",
    "[a",
    "a)",
    "(a",
    "[]",
    "a{2",
    "{2}",
    "[b-a]",
    "[a-\\p{L}]",
    "]",
    "[a-b-c]",
    "\\p{Xx}",
  ]) {
    for (const text of ["a", "aa", "1", "b"]) assert(!matches(pattern, text), pattern);
  }
});

test("strings are compared by characters, not by units of UTF-16.", () => {
  const document = parse('["\uffff", "\ud83d\ude00", "a"]');
  const found = jsonPath("$[?@ < '\u{1f600}']").select(document);
  assert.deepEqual(
    found.map((node) => node.toText()),
    ["\uffff", "a"],
  );
  document.close();
});
