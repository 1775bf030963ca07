// Reading nodes: handles, cursors, paths, pointers, offsets, lines and visitors, each against a plain way to the same.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { type JsonDocument, type JsonNode, type JsonValue, parse, parser } from "../../src/index.ts";

const anyJson = fc.json({ maxDepth: 5, stringUnit: "grapheme" });

function* nodesOf(node: JsonNode): IterableIterator<JsonNode> {
  yield node;
  for (const child of node) yield* nodesOf(child);
}

function valueAt(root: JsonValue, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], root);
}

test("path, pointer, resolve and get lead to the same node and value.", () => {
  const reader = parser();
  fc.assert(
    fc.property(anyJson, (text) => {
      const document = reader.parse(text);
      const value = document.toValue();
      for (const node of nodesOf(document.root)) {
        const expected = valueAt(value, node.path);
        assert.deepEqual(node.toValue(), expected);
        assert.equal(document.resolve(node.pointer)?.index, node.index);
        const cursor = document.cursor();
        for (const step of node.path)
          if (typeof step === "number") cursor.at(step);
          else cursor.get(step);
        assert.equal(cursor.index, node.index);
        assert.deepEqual(JSON.parse(node.text), expected);
        const children = [...node];
        for (let back = 1; back <= children.length; back++) {
          assert.equal(node.at(-back)?.index, children.at(-back)?.index);
        }
        assert.equal(node.at(-children.length - 1), undefined);
        if (node.parent !== undefined) assert([...node.parent].some(({ index }) => index === node.index));
      }
    }),
  );
  reader.close();
});

test("at counts from both ends, and steps that lead nowhere say so.", () => {
  const document = parse('{"a": [1, 2, 3], "b": {}}');
  const list = document.root.get("a");
  assert.deepEqual(
    [list?.at(0)?.toValue(), list?.at(-1)?.toValue(), list?.at(3), list?.at(-4)],
    [1, 3, undefined, undefined],
  );
  assert.deepEqual(
    [document.root.get("c"), list?.get("a"), document.root.at(0)?.length],
    [undefined, undefined, 3],
  );
  assert.equal(document.root.get("b")?.length, 0);
  assert.deepEqual(
    [document.root.parent, document.root.key, list?.key?.toText(), list?.name],
    [undefined, undefined, "a", "a"],
  );
  const cursor = document.cursor().get("a").at(7);
  assert(cursor.missing && cursor.get("x").at(0).nextSibling().toParent().missing);
  assert.equal(cursor.toNumber(), undefined);
  assert.equal(cursor.toRoot().get("a").firstChild().nextSibling().toNumber(), 2);
  assert.equal(cursor.toParent().nextSibling().kind, "object");
  assert(cursor.nextSibling().missing);
  document.close();
});

test("equal keys are all there; get takes the last, by decoded name.", () => {
  const document = parse('{"a": 1, "\\u0061": 2, "b": 3, "a": 4}');
  assert.deepEqual(
    document.root.getAll("a").map((node) => node.toValue()),
    [1, 2, 4],
  );
  assert.equal(document.root.get("a")?.toValue(), 4);
  assert.deepEqual(document.toValue(), { a: 4, b: 3 });
  assert.deepEqual(
    [...document.root.members()].map(([key]) => key.text),
    ['"a"', '"\\u0061"', '"b"', '"a"'],
  );
  document.close();
});

test("__proto__ is a key like any other.", () => {
  const document = parse('{"__proto__": {"x": 1}, "y": 2}');
  assert.deepEqual(document.toValue(), JSON.parse('{"__proto__": {"x": 1}, "y": 2}'));
  assert(Object.hasOwn(document.toValue() as object, "__proto__"));
  assert.equal(document.root.get("__proto__")?.get("x")?.toValue(), 1);
  document.close();
});

test("JSON Pointers of RFC 6901, section 5, and some that are wrong.", () => {
  const text =
    '{"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5, "k\\"l": 6, " ": 7, "m~n": 8}';
  const document = parse(text);
  const pointers = ["/foo/0", "/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", '/k"l', "/ ", "/m~0n"];
  assert.deepEqual(
    pointers.map((pointer) => document.resolve(pointer)?.toValue()),
    ["bar", 0, 1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.equal(document.resolve("")?.index, 0);
  for (const pointer of ["/foo/2", "/foo/00", "/foo/-", "/foo/x", "/none", "/foo/0/1"])
    assert.equal(document.resolve(pointer), undefined);
  for (const pointer of ["foo", "/~2", "/a~"])
    assert.throws(() => document.resolve(pointer), { code: "BAD_ARGUMENT" });
  document.close();
});

// What nodeAt has to find, by looking at every node.
function slowNodeAt({ tape }: JsonDocument, offset: number): number {
  let found = -1;
  for (let node = 0; node < tape.count; node++) {
    if (tape.starts[node] <= offset && offset < tape.ends[node]) found = node;
  }
  return found;
}

test("nodeAt finds the innermost node of every byte, in whole and in broken texts.", () => {
  const reader = parser({ recover: true });
  fc.assert(
    fc.property(anyJson, fc.nat(), fc.boolean(), (text, at, broken) => {
      const cut = at % (text.length + 1);
      const document = reader.parse(broken ? text.slice(0, cut) + text.slice(cut + 1) : ` ${text} `);
      for (let offset = 0; offset <= document.tape.textBytes; offset++) {
        assert.equal(document.nodeAt(offset)?.index ?? -1, slowNodeAt(document, offset), `${offset}`);
      }
    }),
    { numRuns: 300 },
  );
  reader.close();
});

test("placeOf and offsetOf agree with counting, and give their memory back.", () => {
  const pool = new Pool();
  const line = fc.constantFrom("a", "é", "\n", "\r", "\r\n", "\n\n", " ");
  fc.assert(
    fc.property(fc.array(line), (parts) => {
      const text = JSON.stringify(0) + parts.map((part) => part.replace(/[aé]/, " ")).join("");
      const document = parse(text, { pool });
      const lines = text.split(/\r\n|\r|\n/);
      assert.equal(document.lineCount, lines.length);
      for (let offset = 0; offset <= text.length; offset++) {
        const before = text.slice(0, offset).split(/\r\n|\n|\r(?!\n)/);
        const split = text[offset - 1] === "\r" && text[offset] === "\n";
        const last = before.at(-1) ?? "";
        const place = document.placeOf(offset);
        if (!split) assert.deepEqual(place, { line: before.length, column: last.length + 1, offset });
        assert.equal(document.offsetOf(place.line, place.column), offset);
      }
      assert.equal(document.offsetOf(lines.length + 1, 1), undefined);
      // Behind the last byte of a line is the first of the next, which is not on this line.
      for (let line = 1; line < lines.length; line++) {
        const next = document.offsetOf(line + 1, 1) as number;
        const length = next - (document.offsetOf(line, 1) as number);
        assert.equal(document.offsetOf(line, length), next - 1);
        assert.equal(document.offsetOf(line, length + 1), undefined);
      }
      assert.equal(document.offsetOf(1, 1e6), undefined);
      document.close();
      assert.equal(pool.stats().inUse, 0);
    }),
    { numRuns: 200 },
  );
});

test("JSON.stringify takes documents and nodes for their values.", () => {
  const document = parse('{"a": [1, {"b": null}]}');
  assert.equal(
    JSON.stringify({ document, node: document.root.get("a") }),
    '{"document":{"a":[1,{"b":null}]},"node":[1,{"b":null}]}',
  );
  document.close();
});

test("visit sees each value once, in order, with the right depth, and passes over what it is told to.", () => {
  const reader = parser();
  fc.assert(
    fc.property(anyJson, (text) => {
      const document = reader.parse(text);
      const seen: string[] = [];
      document.visit({
        enter: (node, depth) => void seen.push(`${depth} ${node.pointer}`),
        leave: (node, depth) => void seen.push(`${depth} end ${node.pointer}`),
      });
      assert.deepEqual(seen, [...expectedVisit(document.root, 0)]);
    }),
    { numRuns: 300 },
  );
  const seen: string[] = [];
  reader.parse('[{"a": [1]}, 2]').visit({
    enter: (node) => {
      seen.push(node.text);
      return node.kind !== "object";
    },
    leave: (node) => void seen.push(`end ${node.index}`),
  });
  assert.deepEqual(seen, ['[{"a": [1]}, 2]', '{"a": [1]}', "end 1", "2", "end 0"]);
  reader.close();
});

function* expectedVisit(node: JsonNode, depth: number): IterableIterator<string> {
  yield `${depth} ${node.pointer}`;
  for (const child of node) yield* expectedVisit(child, depth + 1);
  if (node.kind === "array" || node.kind === "object") yield `${depth} end ${node.pointer}`;
}

test("interned strings are the same strings, however they collide.", () => {
  const reader = parser({ internStrings: true });
  const names = Array.from({ length: 20_000 }, (_, place) => `key${place}`);
  const text = JSON.stringify(names.map((name) => ({ [name]: name })));
  for (let round = 0; round < 2; round++) assert.deepEqual(reader.parse(text).toValue(), JSON.parse(text));
  fc.assert(fc.property(anyJson, (json) => assert.deepEqual(reader.parse(json).toValue(), JSON.parse(json))));
  reader.close();
});

test("comments say what they are and where.", () => {
  const document = parse("[ // one\n /* two */ 1]", { dialect: "jsonc" });
  assert.deepEqual(document.comments, [
    { kind: "line", start: 2, end: 8, text: "// one" },
    { kind: "block", start: 10, end: 19, text: "/* two */" },
  ]);
  document.close();
});

test("strings of all lengths and scripts are decoded as JSON.parse decodes them.", () => {
  const reader = parser();
  for (let length = 0; length < 80; length++) {
    for (const unit of ["x", "é", "東", "😀", "\n", '"', "\u0000", "\ud800"]) {
      const text = JSON.stringify("a".repeat(length % 7) + unit.repeat(length));
      assert.equal(reader.parse(text).root.toText(), JSON.parse(text));
    }
  }
  reader.close();
});
