// Edits on texts against the same edits on values, and what has to stay as it was.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import {
  applyEdits,
  edit,
  type JsonEditor,
  type JsonValue,
  parse,
  parser,
  pointerOf,
} from "../../src/index.ts";
import { randomJsonc } from "./random-jsonc.ts";

type Box = { [name: string]: JsonValue } | JsonValue[];
type Operation = {
  readonly type: string;
  readonly at: number;
  readonly to: number;
  readonly value: JsonValue;
  readonly name: string;
};

const operation: fc.Arbitrary<Operation> = fc.record({
  type: fc.constantFrom("set", "add", "insert", "remove", "rename", "move", "copy"),
  at: fc.nat(),
  to: fc.nat(),
  value: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  name: fc.constantFrom("a", "b", "c", "d e", 'q"', "ü"),
});

function plain(value: JsonValue): unknown {
  return JSON.parse(JSON.stringify(value));
}

// All places of a value, the root first.
function placesOf(root: JsonValue): (string | number)[][] {
  const found: (string | number)[][] = [];
  const visit = (value: JsonValue, path: (string | number)[]): void => {
    found.push(path);
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value))
      visit(inner, [...path, Array.isArray(value) ? Number(name) : name]);
  };
  visit(root, []);
  return found;
}

function boxAt(root: JsonValue, path: readonly (string | number)[]): Box {
  return path.reduce<JsonValue>((value, step) => (value as never)[step], root) as Box;
}

function addTo(box: Box, step: string | number, value: JsonValue): void {
  if (Array.isArray(box)) box.splice(Number(step), 0, value);
  else Object.defineProperty(box, step, { value, writable: true, enumerable: true, configurable: true });
}

function removeFrom(box: Box, step: string | number): JsonValue {
  const value = (box as never)[step] as JsonValue;
  if (Array.isArray(box)) box.splice(Number(step), 1);
  else delete box[step];
  return value;
}

// Some container of the value, and a step in it that is free.
function freePlace(root: JsonValue, { to, name }: Operation): (string | number)[] | undefined {
  const boxes = placesOf(root).filter(
    (path) => typeof boxAt(root, path) === "object" && boxAt(root, path) !== null,
  );
  if (boxes.length === 0) return undefined;
  const path = boxes[to % boxes.length];
  const box = boxAt(root, path);
  if (Array.isArray(box)) return [...path, to % (box.length + 1)];
  return Object.hasOwn(box, name) ? undefined : [...path, name];
}

// Does one operation to the value and to the text. Returns the value.
function perform(root: JsonValue, editor: JsonEditor, entry: Operation): JsonValue {
  const places = placesOf(root);
  const path = places[entry.at % places.length];
  const step = path.at(-1);
  const value = structuredClone(entry.value);
  if (entry.type === "set") {
    editor.set(pointerOf(path), value);
    if (step === undefined) return value;
    (boxAt(root, path.slice(0, -1)) as never as Record<string, JsonValue>)[step] = value;
    return root;
  }
  if (entry.type === "add" || entry.type === "insert") {
    const free = freePlace(root, entry);
    if (free === undefined) return root;
    if (entry.type === "insert" || typeof free.at(-1) === "number") editor.insert(pointerOf(free), value);
    else editor.set(pointerOf(free), value);
    addTo(boxAt(root, free.slice(0, -1)), free.at(-1) as string, value);
    return root;
  }
  if (step === undefined) return root;
  const box = boxAt(root, path.slice(0, -1));
  if (entry.type === "remove") {
    editor.remove(pointerOf(path));
    removeFrom(box, step);
  } else if (entry.type === "rename") {
    if (Array.isArray(box) || Object.hasOwn(box, entry.name)) return root;
    editor.rename(pointerOf(path), entry.name);
    addTo(box, entry.name, removeFrom(box, step));
  } else relocate(root, editor, entry, path);
  return root;
}

function relocate(root: JsonValue, editor: JsonEditor, entry: Operation, path: (string | number)[]): void {
  const box = boxAt(root, path.slice(0, -1));
  const copies = entry.type === "copy";
  const moved = copies ? structuredClone(boxAt(root, path)) : removeFrom(box, path.at(-1) as string);
  const free = freePlace(root, entry);
  if (free === undefined) {
    if (!copies) addTo(box, path.at(-1) as string, moved);
    return;
  }
  if (copies) editor.copy(pointerOf(path), pointerOf(free));
  else editor.move(pointerOf(path), pointerOf(free));
  addTo(boxAt(root, free.slice(0, -1)), free.at(-1) as string, moved);
}

test("edits on texts with comments equal edits on values, and no comment outside what is removed is lost.", () => {
  const pool = new Pool();
  const reader = parser({ pool, dialect: "jsonc" });
  const again = parser({ pool, dialect: "jsonc" });
  fc.assert(
    fc.property(randomJsonc, fc.array(operation, { minLength: 1, maxLength: 6 }), (text, operations) => {
      const document = reader.parse(text);
      const editor = edit(document);
      let value = document.toValue();
      for (const entry of operations) value = perform(value, editor, entry);
      const result = editor.toText();
      let parsed: JsonValue;
      try {
        parsed = again.parse(result).toValue();
      } catch (error) {
        throw new Error(`the new text is broken:\n${result}\nfrom\n${text}`, { cause: error });
      }
      // New values are written as JSON.stringify does it, without the sign of zero.
      assert.deepEqual(plain(parsed), plain(value), `${text}\nbecame\n${result}`);
      assert.equal(applyEdits(document, editor.edits()), result);
      assert.deepEqual(new TextDecoder().decode(editor.toBytes()), result);
    }),
    { numRuns: 1500 },
  );
  reader.close();
  again.close();
  assert.equal(pool.stats().inUse, 0);
});

test("removing and adding keeps every comment that stands between elements.", () => {
  const reader = parser({ dialect: "jsonc" });
  const again = parser({ dialect: "jsonc" });
  fc.assert(
    fc.property(randomJsonc, fc.nat(), fc.boolean(), (text, at, adds) => {
      const document = reader.parse(text);
      const paths = placesOf(document.toValue()).filter((path) => path.length === 1);
      fc.pre(paths.length > 0);
      const pointer = pointerOf(paths[at % paths.length]);
      const node = document.resolve(pointer)!;
      const inside = document.comments.filter(({ start, end }) => start >= node.start && end <= node.end);
      const editor = edit(document).remove(pointer);
      if (adds) editor.insert(pointer, 1);
      const before = node.key?.end ?? node.start;
      const between = document.comments.filter(({ start, end }) => start >= before && end <= node.start);
      const kept = again.parse(editor.toText()).comments.length;
      assert.equal(kept, document.comments.length - inside.length - between.length, text);
    }),
    { numRuns: 800 },
  );
  reader.close();
  again.close();
});

const LAID_OUT: readonly (readonly [string, (editor: JsonEditor) => JsonEditor, string])[] = [
  ["[1, 2, 3]", (e) => e.remove("/0"), "[2, 3]"],
  ["[1, 2, 3]", (e) => e.remove("/1"), "[1, 3]"],
  ["[1, 2, 3]", (e) => e.remove("/2"), "[1, 2]"],
  ["[1,2]", (e) => e.insert("/1", { a: [3] }), '[1,{"a":[3]},2]'],
  ["[1, 2]", (e) => e.insert("/0", 0).insert("/-", 3), "[0, 1, 2, 3]"],
  ["[1, 2,]", (e) => e.insert("/-", 3), "[1, 2, 3,]"],
  ['{ "a": 1 }', (e) => e.set("/b", 2), '{ "a": 1, "b": 2 }'],
  ['{ "a": 1, "b": 2 }', (e) => e.remove("/a"), '{ "b": 2 }'],
  ["{}", (e) => e.set("/a", []), '{"a":[]}'],
  ['{\n  "a": {}\n}', (e) => e.set("/a/b", [1]), '{\n  "a": {\n    "b": [\n      1\n    ]\n  }\n}'],
  ['{\n\t"a": 1 // one\n}', (e) => e.set("/b", 2), '{\n\t"a": 1, // one\n\t"b": 2\n}'],
  ['{\n  "a": 1, // one\n  "b": 2 // two\n}', (e) => e.remove("/b"), '{\n  "a": 1 // one\n // two\n}'],
  ['{\r\n  "a": 1\r\n}', (e) => e.set("/b", 2), '{\r\n  "a": 1,\r\n  "b": 2\r\n}'],
  ["[1 // one\n]", (e) => e.insert("/-", 2), "[1, // one\n2\n]"],
  ["[/* no */ 1]", (e) => e.insert("/0", 0), "[/* no */ 0,1]"],
  ['{"a": 1e2, "\\u0062": 1.50}', (e) => e.move("/b", "/c").rename("/a", "x"), '{"x": 1e2, "c": 1.50}'],
  ['{"a": 1, "b": 2, "a": 3}', (e) => e.remove("/a"), '{"b": 2}'],
  ['{"a": 1, "b": 2, "a": 3}', (e) => e.set("/a", 4), '{"a": 1, "b": 2, "a": 4}'],
  [" [1] // end\n", (e) => e.set("", { a: 1 }), ' {"a":1} // end\n'],
  ['{"a": {"b": [1, 2]}}', (e) => e.remove("/a/b/0").move("/a/b", "/c"), '{"a": {}, "c": [2]}'],
  ['{"a": 1}', (e) => e.set("/b", {}).set("/b/c", {}).set("/b/c/d", 1n), '{"a": 1, "b": {"c": {"d": 1}}}'],
];

test("what is put in looks like its surroundings, and what is taken out leaves no holes.", () => {
  for (const [text, change, expected] of LAID_OUT) {
    const document = parse(text, { dialect: "jsonc" });
    assert.equal(change(edit(document)).toText(), expected, text);
    document.close();
  }
});

test("nodes are found under other names and numbers.", () => {
  const document = parse('{"a": [1, 2, {"b": 3}], "c": 4}');
  const list = document.root.get("a")!;
  const editor = edit(document).remove(list.at(0)!).rename(list, "x").set(list.at(2)!.get("b")!, 5);
  editor.insert("/x/0", 0).set(document.root.get("c")!.key!, 6);
  assert.equal(editor.toText(), '{"x": [0, 2, {"b": 5}], "c": 6}');
  assert.throws(() => editor.remove(list.at(0)!), { code: "NOT_FOUND" });
  const other = parse("[1]");
  assert.throws(() => editor.remove(other.root.at(0)!), { code: "BAD_ARGUMENT" });
  other.close();
  document.close();
});

test("what was changed before a container is taken apart stays changed, and so do copies of it.", () => {
  const document = parse('{"a": {"x": 1, "y": [1, 2], "z": 3}, "b": 0}');
  const editor = edit(document).set("/a/z", 30).set("/a/y/1", 20).copy("/a", "/c").set("/a/x", 10);
  editor.rename("/a/z", "w").remove("/a/x").insert("/a/y/0", 0);
  const expected = '{"a": {"y": [0, 1, 20], "w": 30}, "b": 0, "c": {"x": 1, "y": [1, 20], "z": 30}}';
  assert.equal(editor.toText(), expected);
  document.close();
});

test("hundreds of changes in one container, by pointer and by node, in any order, are all made.", () => {
  const value: Record<string, number[]> = {};
  for (let place = 0; place < 300; place++) value[`m${place}`] = [place, place];
  const document = parse(JSON.stringify(value));
  const editor = edit(document);
  for (let turn = 0; turn < 300; turn++) {
    const place = (turn * 7) % 300;
    const name = `m${place}`;
    const list = document.root.get(name)!;
    if (place % 3 === 0) editor.remove(list);
    else if (place % 3 === 1) editor.set(list.at(1)!, -1);
    else editor.set(`/${name}/0`, -2);
    if (place % 3 === 0) assert.throws(() => editor.set(list.at(0)!, 0), { code: "NOT_FOUND" });
    if (place % 3 === 0) delete value[name];
    else value[name][place % 3 === 1 ? 1 : 0] = place % 3 === 1 ? -1 : -2;
  }
  assert.deepEqual(JSON.parse(editor.toText()), value);
  assert.deepEqual(JSON.parse(applyEdits(document, editor.edits())), value);
  document.close();
});

test("an edit that is refused says why and changes nothing.", () => {
  const document = parse('{"a": [1], "b": 2}');
  const editor = edit(document);
  const circle: unknown[] = [];
  circle.push(circle);
  const refused: readonly (readonly [() => unknown, string])[] = [
    [() => editor.remove("/x"), "NOT_FOUND"],
    [() => editor.remove(""), "CONFLICT"],
    [() => editor.set("/a/2", 1), "NOT_FOUND"],
    [() => editor.set("/a/01", 1), "NOT_FOUND"],
    [() => editor.set("/b/x", 1), "NOT_FOUND"],
    [() => editor.insert("/b", 1), "CONFLICT"],
    [() => editor.insert("", 1), "CONFLICT"],
    [() => editor.rename("/a/0", "x"), "CONFLICT"],
    [() => editor.rename("/a", "b"), "CONFLICT"],
    [() => editor.move("/a", "/a/0"), "NOT_FOUND"],
    [() => editor.move("/a", "/b"), "CONFLICT"],
    [() => editor.move("", "/c"), "CONFLICT"],
    [() => editor.set("/a", Number.NaN), "BAD_ARGUMENT"],
    [() => editor.set("/a", undefined as never), "BAD_ARGUMENT"],
    [() => editor.set("/a", circle as never), "BAD_ARGUMENT"],
    [() => editor.set("a", 1), "BAD_ARGUMENT"],
  ];
  for (const [run, code] of refused) assert.throws(run, { name: "JsonError", code }, String(run));
  assert.deepEqual(editor.edits(), []);
  assert.equal(editor.toText(), '{"a": [1], "b": 2}');
  document.close();
  assert.throws(() => editor.toText(), { code: "CLOSED" });
  assert.throws(() => editor.remove("/a"), { code: "CLOSED" });
  const broken = parse("[1,]", { recover: true });
  assert.throws(() => edit(broken), { code: "BAD_ARGUMENT" });
  broken.close();
});

test("edits that overlap or lie outside are refused, and the memory is back.", () => {
  const pool = new Pool();
  const document = parse("[1, 2]", { pool });
  const before = pool.stats().inUse;
  for (const edits of [
    [
      { start: 0, end: 3, text: "" },
      { start: 2, end: 4, text: "" },
    ],
    [{ start: 0, end: 7, text: "" }],
    [{ start: 3, end: 2, text: "" }],
    [{ start: Number.NaN, end: 2, text: "" }],
  ]) {
    assert.throws(() => applyEdits(document, edits), { code: "BAD_ARGUMENT" });
  }
  assert.equal(pool.stats().inUse, before);
  document.close();
});

test("100,000 nested arrays are edited, and values as deep are put in, without recursion.", () => {
  const depth = 100_000;
  const document = parse("[".repeat(depth) + "]".repeat(depth));
  const editor = edit(document).set("/0".repeat(depth - 1) + "/0", 1);
  assert.equal(editor.toText(), `${"[".repeat(depth)}1${"]".repeat(depth)}`);
  let value: JsonValue = [];
  for (let level = 1; level < depth; level++) value = [value];
  editor.set("", value);
  assert.equal(editor.toText(), "[".repeat(depth) + "]".repeat(depth));
  document.close();
});
