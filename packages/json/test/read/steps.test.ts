// How many nodes are looked at: looking something up in a large text must not walk over it, but for the first time.

import assert from "node:assert/strict";
import { test } from "node:test";

import { randomFrom } from "@millpond/core";
import * as fc from "fast-check";

import { type JsonDocument, parse, parser } from "../../src/index.ts";
import { EndMaxima } from "../../src/tape/end-maxima.ts";

/** How many elements of the columns are read by what is done. */
function reads(document: JsonDocument, act: () => void): number {
  const { tape } = document;
  const names = ["kinds", "starts", "ends", "nexts", "parents"] as const;
  const kept = names.map((name) => tape[name]);
  let count = 0;
  const counting = <T extends object>(column: T): T =>
    new Proxy(column, {
      get: (target, key) => {
        if (typeof key === "string" && /^\d+$/.test(key)) count++;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  names.forEach((name) => Object.assign(tape, { [name]: counting(tape[name]) }));
  try {
    act();
  } finally {
    names.forEach((name, place) => Object.assign(tape, { [name]: kept[place] }));
  }
  return count;
}

// A thousand for some millions of nodes: twenty of a binary search, and a few times 64.
const FEW = 1000;

test("elements, counts and paths in a long array take few steps after the first look.", () => {
  const length = 300_000;
  const document = parse(`{"a": [${"[1,2],".repeat(length - 1)}{"b": [0]}]}`);
  const list = document.root.get("a")!;
  assert.equal(list.length, length);
  const random = randomFrom(3);
  const places = Array.from({ length: 20 }, () => Math.floor(random() * length));
  for (const place of [...places, length - 1, 64, 63, 0]) {
    const steps = reads(document, () => {
      const node = list.at(place)!;
      assert.deepEqual(node.path, ["a", place]);
      assert.equal(list.at(place - length)?.index, node.index);
      assert.equal(document.nodeAt(node.start)?.index, node.index);
    });
    assert(steps < FEW, `${steps} steps for element ${place}`);
  }
  assert(reads(document, () => assert.equal(list.length, length)) < FEW);
  assert.equal(list.at(length), undefined);
  assert.equal(list.at(-length - 1), undefined);
  document.close();
});

test("the node at any offset takes few steps, however deep it is, after the first look.", () => {
  const depth = 100_000;
  const document = parse("[".repeat(depth) + "1" + "]".repeat(depth));
  document.nodeAt(2 * depth - 1);
  for (const offset of [0, 5, depth - 1, depth, depth + 1, depth + 70, 2 * depth - 70, 2 * depth]) {
    const steps = reads(document, () => {
      const expected = offset <= depth ? offset : 2 * depth - offset;
      assert.equal(document.nodeAt(offset)?.index, expected, `offset ${offset}`);
    });
    assert(steps < FEW, `${steps} steps at offset ${offset}`);
  }
  assert.equal(document.nodeAt(2 * depth + 1), undefined);
  document.close();
});

test("the last end behind an offset is found among any ends.", () => {
  const random = randomFrom(4);
  for (const count of [1, 63, 64, 65, 4095, 4096, 4097, 9000]) {
    // Few large ones, so that groups without any are passed over.
    const ends = Uint32Array.from({ length: count + 9 }, () => Math.floor(1000 * random() ** 40));
    const maxima = new EndMaxima(ends, count);
    for (let turn = 0; turn < 300; turn++) {
      const [node, offset] = [Math.floor(random() * count), Math.floor(random() * 1000)];
      const expected = ends.subarray(0, node + 1).findLastIndex((end) => end > offset);
      assert.equal(maxima.lastBehind(node, offset), expected, `${node} of ${count}, ${offset}`);
    }
  }
});

test("long containers of any text in one parser have their own children, also after an update.", () => {
  const reader = parser();
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 100, maxLength: 300 }), (values) => {
      const members = Object.fromEntries(values.map((value, place) => [`m${place}`, value]));
      const text = JSON.stringify([values, members]);
      let { root } = reader.parse(text);
      for (let turn = 0; turn < 2; turn++) {
        const [list, object] = [...root];
        assert.deepEqual([list.length, object.length], [values.length + turn, values.length]);
        for (let place = 0; place < values.length; place += 7) {
          assert.deepEqual(list.at(place + turn)?.toValue(), JSON.parse(JSON.stringify(values[place])));
          assert.deepEqual(object.at(place)?.name, `m${place}`);
          assert.deepEqual(list.at(place + turn)?.path, [0, place + turn]);
        }
        root = reader.update([{ start: 2, end: 2, text: "0," }]).root;
      }
    }),
    { numRuns: 30 },
  );
  reader.close();
});
