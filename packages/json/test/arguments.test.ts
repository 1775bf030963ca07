// Arguments that cannot be meant: each is refused at once with a JsonError that says what was expected and what was got.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  applyEdits,
  applyEditsToBytes,
  applyFixes,
  applyMergePatch,
  applyPatch,
  diff,
  edit,
  format,
  formatToBytes,
  inferSchema,
  type JsonDocument,
  jsonPath,
  lint,
  mergePatch,
  minify,
  minifyToBytes,
  normalizedPath,
  outline,
  parse,
  parser,
  pointerOf,
  statistics,
} from "../src/index.ts";

type Use = (target: JsonDocument) => unknown;

const other = parse("{}");

// What takes a whole document, and what takes a node as well.
const OF_DOCUMENTS: Readonly<Record<string, Use>> = {
  applyEdits: (target) => applyEdits(target, []),
  applyEditsToBytes: (target) => applyEditsToBytes(target, []),
  applyFixes: (target) => applyFixes(target, []),
  applyMergePatch: (target) => applyMergePatch(target, {}),
  applyPatch: (target) => applyPatch(target, []),
  edit,
  format,
  formatToBytes,
  lint,
  minify,
  minifyToBytes,
};
const OF_TARGETS: Readonly<Record<string, Use>> = {
  count: (target) => jsonPath("$").count(target),
  diffAfter: (target) => diff(other, target),
  diffBefore: (target) => diff(target, other),
  first: (target) => jsonPath("$").first(target),
  inferSchema,
  mergePatch: (target) => mergePatch(target, other),
  outline,
  select: (target) => jsonPath("$").select(target),
  statistics,
};
const NONE: readonly unknown[] = ['{"a": 1}', 1, null, undefined, {}, [], { tape: {} }, parser()];

test("What takes a document refuses everything else, and says what makes one.", () => {
  for (const [name, use] of Object.entries({ ...OF_DOCUMENTS, ...OF_TARGETS })) {
    for (const value of NONE) {
      const expected = { name: "JsonError", code: "BAD_ARGUMENT", message: /expected a document.*parse\(\)/ };
      assert.throws(() => use(value as JsonDocument), expected, `${name} of ${String(value)}`);
    }
  }
  assert.throws(() => normalizedPath(other as never), { code: "BAD_ARGUMENT" });
});

test("What works on a whole text refuses a node, and the rest takes one.", () => {
  const { root } = other;
  for (const [name, use] of Object.entries(OF_DOCUMENTS)) {
    assert.throws(() => use(root as never), { code: "BAD_ARGUMENT" }, name);
  }
  for (const [name, use] of Object.entries(OF_TARGETS)) assert.doesNotThrow(() => use(root as never), name);
});

test("A document that was closed is refused by everything, and so are its nodes.", () => {
  const document = parse('{"a": [1]}');
  const { root } = document;
  document.close();
  for (const [name, use] of Object.entries({ ...OF_DOCUMENTS, ...OF_TARGETS })) {
    assert.throws(() => use(document), { code: "CLOSED" }, name);
  }
  for (const [name, use] of Object.entries(OF_TARGETS)) {
    assert.throws(() => use(root as never), { code: "CLOSED" }, name);
  }
});

test("Options have to be an object.", () => {
  for (const options of ["{}", null, 1, []] as never[]) {
    for (const use of [
      () => parse("1", options),
      () => format(other, options),
      () => minify(other, options),
      () => lint(other, options),
      () => lint(other, { severities: options }),
      () => inferSchema(other, options),
      () => outline(other, options),
      () => jsonPath("$", options),
    ]) {
      const expected = { code: "BAD_ARGUMENT", message: /expected options to be an object/ };
      assert.throws(use, expected, String(use));
    }
  }
});

test("Arguments of readers are checked: names, numbers, pointers, offsets, visitors.", () => {
  const document = parse('{"a": [1, 2]}');
  const { root } = document;
  const wrong = undefined as never;
  for (const use of [
    () => root.get(wrong),
    () => root.get(1 as never),
    () => root.getAll(1 as never),
    () => root.at("a" as never),
    () => root.at(0.5),
    () => root.at(NaN),
    () => root.resolve(wrong),
    () => root.resolve("a"),
    () => document.cursor().get(wrong),
    () => document.cursor().at(wrong),
    () => document.cursor().to(5),
    () => document.cursor().to(1.5),
    () => document.cursor().to("1" as never),
    () => document.placeOf(-1),
    () => document.placeOf(14),
    () => document.placeOf(NaN),
    () => document.visit(wrong),
    () => document.visit({}),
    () => document.visit((() => true) as never),
    () => jsonPath(wrong),
    () => jsonPath(document as never),
    () => {
      jsonPath("$").each(document, wrong);
    },
    () => pointerOf("a" as never),
    () => applyEdits(document, "x" as never),
    () => applyEdits(document, [{ start: 0, end: 1 } as never]),
    () => applyFixes(document, wrong),
    () => applyPatch(document, {} as never),
    () => applyPatch(document, [{ op: "remove" } as never]),
    () => parse("1", { recover: "yes" as never }),
    () => parse("1", { internStrings: 1 as never }),
    () => inferSchema(document, { title: 1 as never }),
    () => parse(new ArrayBuffer(2) as never),
    () => parse("1", { pool: {} as never }),
    () => format(document, { pool: "pool" as never }),
    () => minify(document, { pool: 1 as never }),
    () => edit(document).set("/a", new Date() as never),
    () => edit(document).set("/a", { b: [new Map()] } as never),
  ]) {
    assert.throws(use, { name: "JsonError", code: "BAD_ARGUMENT" }, String(use));
  }
  assert.equal(document.placeOf(13).column, 14);
  assert.equal(document.cursor().to(-1).missing, true);
  document.close();
});
