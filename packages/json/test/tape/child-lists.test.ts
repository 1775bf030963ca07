// Lists of children: the same results for every strategy, and everything back in the pool.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import * as fc from "fast-check";

import { type ChildStrategy, type JsonNode, parse, parser } from "../../src/index.ts";

const strategies: readonly ChildStrategy[] = ["tape", "direct", "tracked", "tagged", "arena"];

// What length and at say about every container.
function listing(node: JsonNode): unknown[] {
  const children = [...node];
  const byIndex = children.map((_, index) => node.at(index)?.index);
  return [
    node.pointer,
    node.length,
    byIndex,
    node.at(-1)?.index,
    node.at(children.length)?.index,
    ...children.map((child) => listing(child)),
  ];
}

for (const strategy of strategies) {
  test(`with "${strategy}" children are what they are on the tape, over many texts in one parser.`, () => {
    const pool = new Pool();
    // What memory held before must not matter.
    const painted = Array.from({ length: 20 }, (_, place) =>
      pool.acquire(Uint8Array, 64 << (place % 12)).fill(0xaa),
    );
    for (const array of painted) pool.release(array);
    const plain = parser();
    const reader = parser({ pool, children: strategy, recover: true });
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(), (text, at) => {
        const input = at % 3 === 0 ? text.slice(0, at % text.length) : text;
        const document = reader.parse(input);
        if (document.faultCount === 0)
          assert.deepEqual(listing(document.root), listing(plain.parse(input).root));
        assert.deepEqual(document.root.length, [...document.root].length);
      }),
      { numRuns: 300 },
    );
    reader.parse(`[${"[1,2],".repeat(5000)}{"a":{}}]`);
    assert.equal(reader.parse("[[1]]").root.at(0)?.at(0)?.toValue(), 1);
    for (const index of [-1, 1, 2]) assert(reader.parse("[[1]]").cursor().at(0).at(index).missing);
    reader.close();
    assert.equal(pool.stats().inUse, 0);
    assert.equal(reader.parse("[[2]]").root.at(0)?.at(0)?.toValue(), 2);
    reader.close();
    assert.equal(pool.stats().inUse, 0);
  });
}

test("an unknown strategy is refused, and an error in the text leaves nothing behind.", () => {
  assert.throws(() => parse("1", { children: "heap" as never }), { code: "BAD_ARGUMENT" });
  const pool = new Pool();
  for (const children of strategies)
    assert.throws(() => parse("[[1],", { pool, children }), { code: "BAD_SYNTAX" });
  assert.equal(pool.stats().inUse, 0);
});
