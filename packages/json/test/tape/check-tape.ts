// The rules of the format page, checked on a tape of any origin.

import assert from "node:assert/strict";

import { Kind, KIND_MASK, type Tape } from "../../src/index.ts";

/** Fails where a tape breaks a rule that readers rely on. */
export function checkTape(tape: Tape): void {
  const { kinds, starts, ends, nexts, parents, count, textBytes } = tape;
  assert(count > 0, "there is a root");
  assert.equal(parents[0], 0xffffffff);
  assert.equal(nexts[0], count);
  for (let node = 0; node < count; node++) {
    const at = `node ${node}`;
    const kind = kinds[node] & KIND_MASK;
    assert(kind >= Kind.NULL && kind <= Kind.ERROR, at);
    assert(starts[node] <= ends[node] && ends[node] <= textBytes, at);
    assert(nexts[node] > node && nexts[node] <= count, at);
    if (kind !== Kind.ARRAY && kind !== Kind.OBJECT) assert.equal(nexts[node], node + 1, at);
    else checkChildren(tape, node, kind);
    if (node > 0) {
      assert(starts[node] >= starts[node - 1], at);
      assert(starts[node] >= starts[parents[node]] && ends[node] <= ends[parents[node]], at);
    }
  }
}

function checkChildren({ kinds, nexts, parents, ends, starts }: Tape, node: number, kind: number): void {
  let end = starts[node];
  let isKey = kind === Kind.OBJECT;
  let child = node + 1;
  for (; child < nexts[node]; child = nexts[child]) {
    assert.equal(parents[child], node);
    assert.equal((kinds[child] & KIND_MASK) === Kind.KEY, isKey, `kind of node ${child}`);
    assert(starts[child] >= end, `node ${child} starts before its neighbour ends`);
    end = ends[child];
    if (kind === Kind.OBJECT) isKey = !isKey;
  }
  assert.equal(child, nexts[node]);
  assert(kind !== Kind.OBJECT || isKey, "every key has a value");
}
