// parseRequests(): subjects, values, lists, and several requests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRequests, type RequestOptions } from "../../src/index.ts";

const plain = (text: string, options?: RequestOptions): unknown[] =>
  parseRequests(text, options).map(({ subject, values }) => [subject, Object.fromEntries(values)]);

test("a request is a subject and values by key.", () => {
  assert.deepEqual(plain("subj k: v k2: v2 ; subj2"), [
    ["subj", { k: "v", k2: "v2" }],
    ["subj2", {}],
  ]);
  assert.deepEqual(plain(" ; ;"), []);
  assert.deepEqual(plain("k:v"), [["", { k: "v" }]]);
});

test("subjects and values can be of several words.", () => {
  assert.deepEqual(plain("build the site out:  dist  dir r: c"), [
    ["build the site", { out: "dist  dir", r: "c" }],
  ]);
  assert.deepEqual(plain("a k: l: m"), [["a", { k: "", l: "m" }]]);
});

test("a quoted value can hold anything.", () => {
  assert.deepEqual(plain(`subj v: "a b" r: c`), [["subj", { v: "a b", r: "c" }]]);
  assert.deepEqual(plain(`subj v:'x;y: z'`), [["subj", { v: "x;y: z" }]]);
  assert.deepEqual(plain(`subj v: "a" b`), [["subj", { v: '"a" b' }]]);
  assert.deepEqual(plain(`"a: b" v: c`), [["a: b", { v: "c" }]]);
});

test("a value in brackets is a list.", () => {
  assert.deepEqual(plain(`s t: [a, "b, c" ,d e,it's, x:y] u: []`), [
    ["s", { t: ["a", "b, c", "d e", "it's", "x:y"], u: [] }],
  ]);
  assert.deepEqual(plain("s t: [1,2]", { lists: false }), [["s", { t: "[1,2]" }]]);
  assert.deepEqual(plain("s t: [a,,]"), [["s", { t: ["a", "", ""] }]]);
});

test("a key that occurs again replaces its value, or adds to it.", () => {
  assert.deepEqual(plain("s v:1 v:2"), [["s", { v: "2" }]]);
  assert.deepEqual(plain("s v:1 v:2 v:[3,4]", { severalValues: true }), [["s", { v: ["1", "2", "3", "4"] }]]);
});

test("separators can be others.", () => {
  assert.deepEqual(plain("s v = 1 | t", { separator: "=", requestDelimiter: "|" }), [
    ["s", { v: "1" }],
    ["t", {}],
  ]);
  assert.deepEqual(plain("s v=1|t", { separator: "=", requestDelimiter: "|" }), [
    ["s", { v: "1" }],
    ["t", {}],
  ]);
});

test("what makes no sense is refused with its place.", () => {
  for (const text of [": v", 's k: "a" : b', 's v: "a', "s v: [a, b", "s v: ['a]"]) {
    assert.throws(() => parseRequests(text), { code: "BAD_COMMAND" }, text);
  }
  const code = "BAD_ARGUMENT";
  assert.throws(() => parseRequests(5 as never), { code });
  assert.throws(() => parseRequests("a", { separator: ";" }), { code });
  assert.throws(() => parseRequests("a", { lists: 1 as never }), { code });
});
