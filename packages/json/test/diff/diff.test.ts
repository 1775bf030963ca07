// Structural diffs and patches: what they say, and that applying them gives the other document.

import assert from "node:assert/strict";
import { test } from "node:test";

import { expectNoLeaks, Pool } from "@millpond/core";
import * as fc from "fast-check";

import {
  applyMergePatch,
  applyPatch,
  diff,
  JsonError,
  type JsonValue,
  mergePatch,
  parse,
  parser,
  type PatchOperation,
} from "../../src/index.ts";

const small = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1, 2.5, "", "a", "/~"),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom("a", "b", "a/b", "m~n", "", "__proto__", "é"), tie("value"), {
      maxKeys: 4,
    }),
  ),
}));
const anyText = small.value.map((value) => JSON.stringify(value));

function patchOf(before: string, after: string): PatchOperation[] {
  using left = parse(before);
  using right = parse(after);
  return diff(left, right);
}

function patched(text: string, patch: readonly PatchOperation[]): string {
  using document = parse(text, { dialect: "jsonc" });
  return applyPatch(document, patch);
}

function merged(text: string, patch: JsonValue): string {
  using document = parse(text);
  return applyMergePatch(document, patch);
}

test("diff(a, b) applied to a equals b, and nothing is said about what is equal.", () => {
  const [left, right, result] = [parser(), parser(), parser()];
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const before = left.parse(a);
      const patch = diff(before, right.parse(b));
      const after = result.parse(applyPatch(before, patch));
      assert.deepEqual(after.toValue(), JSON.parse(b));
      assert.deepEqual(diff(after, right.parse(b)), []);
      assert.deepEqual(diff(before, before), []);
    }),
    { numRuns: 2000 },
  );
  for (const reader of [left, right, result]) reader.close();
});

test("mergePatch(a, b) applied to a equals b wherever a merge patch can say so.", () => {
  const [left, right, result] = [parser(), parser(), parser()];
  let said = 0;
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const before = left.parse(a);
      let patch;
      try {
        patch = mergePatch(before, right.parse(b));
      } catch (error) {
        assert(error instanceof JsonError && error.code === "CONFLICT");
        const from = error.place?.offset ?? 0;
        assert.equal(new TextDecoder().decode(new TextEncoder().encode(b).slice(from, from + 4)), "null");
        return;
      }
      said++;
      assert.deepEqual(result.parse(applyMergePatch(before, patch)).toValue(), JSON.parse(b));
    }),
    { numRuns: 2000 },
  );
  assert(said > 1000);
  for (const reader of [left, right, result]) reader.close();
});

test("Elements that stay are kept, wherever others come and go.", () => {
  assert.deepEqual(patchOf("[1,2,3,4,5]", "[1,3,4,5]"), [{ op: "remove", path: "/1" }]);
  assert.deepEqual(patchOf("[1,2,3,4]", "[0,1,2,9,3,4]"), [
    { op: "add", path: "/0", value: 0 },
    { op: "add", path: "/3", value: 9 },
  ]);
  assert.deepEqual(patchOf('[{"x":1,"y":[1]},5]', '[{"x":1,"y":[2]},5]'), [
    { op: "replace", path: "/0/y/0", value: 2 },
  ]);
});

test("Order of members, ways to write a number and escapes are no difference; large integers are one.", () => {
  assert.deepEqual(patchOf('{"a":1.0,"b":"x"}', '{"b":"\\u0078","a":1e0}'), []);
  assert.deepEqual(patchOf("[0, 1]", "[-0.0, 1]"), []);
  assert.deepEqual(patchOf("[9007199254740993]", "[9007199254740992]"), [
    { op: "replace", path: "/0", value: 9007199254740992 },
  ]);
  const patch = patchOf("[9007199254740992]", "[9007199254740993]");
  assert.deepEqual(patch, [{ op: "replace", path: "/0", value: 9007199254740993n }]);
  assert.equal(patched("[9007199254740992]", patch), "[9007199254740993]");
});

test("A patch leaves alone what it does not name.", () => {
  const text = '{\n  // first\n  "a": 1.00,\n  "b": [1, /* two */ 2],\n}';
  assert.equal(
    patched(text, [
      { op: "replace", path: "/a", value: 2 },
      { op: "copy", from: "/b/1", path: "/b/-" },
    ]),
    '{\n  // first\n  "a": 2,\n  "b": [1, /* two */ 2, 2],\n}',
  );
});

// The examples of RFC 6902, appendix A, each with what it has to give; undefined where it has to fail.
const EXAMPLES: [string, PatchOperation[], JsonValue | undefined][] = [
  ['{"foo":"bar"}', [{ op: "add", path: "/baz", value: "qux" }], { baz: "qux", foo: "bar" }],
  ['{"foo":["bar","baz"]}', [{ op: "add", path: "/foo/1", value: "qux" }], { foo: ["bar", "qux", "baz"] }],
  ['{"baz":"qux","foo":"bar"}', [{ op: "remove", path: "/baz" }], { foo: "bar" }],
  ['{"foo":["bar","qux","baz"]}', [{ op: "remove", path: "/foo/1" }], { foo: ["bar", "baz"] }],
  ['{"baz":"qux"}', [{ op: "replace", path: "/baz", value: "boo" }], { baz: "boo" }],
  [
    '{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}',
    [{ op: "move", from: "/foo/waldo", path: "/qux/thud" }],
    { foo: { bar: "baz" }, qux: { corge: "grault", thud: "fred" } },
  ],
  ['{"foo":["a","b","c"]}', [{ op: "move", from: "/foo/1", path: "/foo/2" }], { foo: ["a", "c", "b"] }],
  ['{"baz":"qux","foo":["a",2]}', [{ op: "test", path: "/foo/1", value: 2 }], { baz: "qux", foo: ["a", 2] }],
  ['{"baz":"qux"}', [{ op: "test", path: "/baz", value: "bar" }], undefined],
  ['{"foo":"bar"}', [{ op: "add", path: "/baz/bat", value: "qux" }], undefined],
  ['{"/":9,"~1":10}', [{ op: "test", path: "/~01", value: 10 }], { "/": 9, "~1": 10 }],
  ['{"/":9,"~1":10}', [{ op: "test", path: "/~01", value: "10" }], undefined],
  ['{"foo":["bar"]}', [{ op: "add", path: "/foo/-", value: ["x"] }], { foo: ["bar", ["x"]] }],
  ['{"a":1}', [{ op: "add", path: "/a", value: 2 }], { a: 2 }],
  ['{"a":{"b":1}}', [{ op: "move", from: "/a/b", path: "/a" }], { a: 1 }],
  ['{"a":{"b":1}}', [{ op: "move", from: "/a", path: "/a/b" }], undefined],
  ['{"a":1,"b":2}', [{ op: "copy", from: "/a", path: "/b" }], { a: 1, b: 1 }],
  ['{"a":1}', [{ op: "move", from: "/a", path: "/a" }], { a: 1 }],
  ['{"a":[1]}', [{ op: "copy", from: "/a", path: "" }], [1]],
  ['{"a":1}', [{ op: "add", path: "", value: null }], null],
  ['{"a":1}', [{ op: "replace", path: "/b", value: 2 }], undefined],
  ["[1]", [{ op: "add", path: "/2", value: 2 }], undefined],
  [
    "[1]",
    [
      { op: "add", path: "/0", value: 0 },
      { op: "test", path: "", value: [0, 1] },
    ],
    [0, 1],
  ],
  [
    "[1]",
    [
      { op: "add", path: "/0", value: 0 },
      { op: "test", path: "/0", value: 1 },
    ],
    undefined,
  ],
];

test("Patches do what RFC 6902 and its examples say.", () => {
  for (const [text, patch, expected] of EXAMPLES) {
    if (expected === undefined) assert.throws(() => patched(text, patch), JsonError, JSON.stringify(patch));
    else assert.deepEqual(JSON.parse(patched(text, patch)), expected);
  }
});

test("Merge patches do what the examples of RFC 7396 say.", () => {
  const examples: [string, JsonValue, JsonValue][] = [
    ['{"a":"b"}', { a: "c" }, { a: "c" }],
    ['{"a":"b"}', { b: "c" }, { a: "b", b: "c" }],
    ['{"a":"b"}', { a: null }, {}],
    ['{"a":"b","b":"c"}', { a: null }, { b: "c" }],
    ['{"a":["b"]}', { a: "c" }, { a: "c" }],
    ['{"a":"c"}', { a: ["b"] }, { a: ["b"] }],
    ['{"a":{"b":"c"}}', { a: { b: "d", c: null } }, { a: { b: "d" } }],
    ['{"a":[{"b":"c"}]}', { a: [1] }, { a: [1] }],
    ['["a","b"]', ["c", "d"], ["c", "d"]],
    ['{"a":"b"}', ["c"], ["c"]],
    ['{"a":"foo"}', null, null],
    ['{"a":"foo"}', "bar", "bar"],
    ['{"e":null}', { a: 1 }, { e: null, a: 1 }],
    ["[1,2]", { a: "b", c: null }, { a: "b" }],
    ["{}", { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [text, patch, expected] of examples) {
    assert.deepEqual(JSON.parse(merged(text, patch)), expected);
  }
});

test("Operations that are none are refused with their number.", () => {
  const bad: unknown[] = [
    { op: "swap", path: "" },
    null,
    { op: "add", value: 1 },
    { op: "move", path: "" },
    5,
  ];
  for (const operation of bad) {
    assert.throws(() => patched("[]", [{ op: "add", path: "/0", value: 1 }, operation as PatchOperation]), {
      code: "BAD_ARGUMENT",
      message: /^operation 1 of the patch: /,
    });
  }
  assert.throws(() => patched("[]", {} as never), { code: "BAD_ARGUMENT" });
});

test("100,000 arrays inside each other are compared without recursion, and in linear time.", () => {
  const deep = (end: string): string => "[".repeat(100_000) + end + "]".repeat(100_000);
  const patch = patchOf(deep("1"), deep("2"));
  assert.equal(patch.length, 1);
  assert.equal(patch[0].path, "/0".repeat(100_000));
  assert.equal(patched(deep("1"), patch), deep("2"));
});

test("All memory is back after diffs and patches, failed ones included.", () => {
  const pool = new Pool();
  expectNoLeaks(pool, () => {
    const before = parse("[1,2,3,4,5]", { pool });
    const after = parse("[5,1,3,9,8,7,4]", { pool });
    applyPatch(before, diff(before, after));
    mergePatch(before, after);
    assert.throws(() => applyPatch(before, [{ op: "test", path: "/0", value: 2 }]), { code: "CONFLICT" });
    assert.throws(
      () =>
        applyPatch(before, [
          { op: "add", path: "/0", value: 2 },
          { op: "test", path: "/9", value: 2 },
        ]),
      { code: "NOT_FOUND" },
    );
    before.close();
    after.close();
  });
  pool.close();
});
