// The strict parser in TypeScript: one pass over the bytes, columns out, no recursion and nothing allocated. It is the
// twin of the kernel, with the same columns to the last bit, and runs where there is no wasm memory.
//
// It only says that something is wrong and about where. The tolerant parser then finds out what: texts with faults are
// the exception, and a hot loop is better off without messages.

import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { CLOSER, COLON_BYTE, COMMA_BYTE, SPACE, STARTS } from "./characters.ts";
import * as p from "./progress.ts";
import { numberEnd, stringEnd, wordEnd } from "./tokens.ts";

const CLOSE_OBJECT = 0x7d;
const AFTER_VALUE: number = p.CLOSE | p.COMMA;

/** Reads from where the tape's state says to the end, a fault, or the last node that fits. Returns which of the three. */
export function parseStrict(tape: Tape, maxDepth: number): number {
  const { bytes: text, kinds, starts, ends, nexts, parents, state, nodeCapacity: room } = tape;
  let at = state[p.AT];
  let count = state[p.COUNT];
  let parent = state[p.PARENT] | 0;
  let expect = state[p.EXPECT];
  let depth = state[p.DEPTH];
  while (count < room) {
    const byte = text[at];
    let kind = STARTS[byte];
    let end = 0;
    if (kind >= SPACE) {
      // Punctuation; what is out of place ends the loop below, because it is no value either.
      if (kind === SPACE) {
        at++;
        continue;
      }
      if (kind === COMMA_BYTE && (expect & p.COMMA) !== 0) {
        expect = kinds[parent] === Kind.OBJECT ? p.KEY : p.VALUE;
        at++;
        continue;
      }
      if (kind === COLON_BYTE && expect === p.COLON) {
        expect = p.VALUE;
        at++;
        continue;
      }
      const fits = (byte === CLOSE_OBJECT) === (kinds[parent] === Kind.OBJECT);
      if (kind !== CLOSER || (expect & p.CLOSE) === 0 || !fits) break;
      ends[parent] = ++at;
      nexts[parent] = count;
      parent = parents[parent] | 0;
      depth--;
      expect = parent === -1 ? 0 : AFTER_VALUE;
      continue;
    }
    if (kind === Kind.STRING && (expect & p.KEY) !== 0) kind = Kind.KEY;
    else if ((expect & p.VALUE) === 0) break;
    if (kind === Kind.KEY || kind === Kind.STRING) end = stringEnd(text, at);
    else if (kind === Kind.NUMBER) end = numberEnd(text, at);
    else if (kind >= Kind.ARRAY) end = ++depth > maxDepth ? 0 : at + 1;
    else if (kind !== 0) end = wordEnd(text, at);
    if (end === 0) break;
    write(kinds, starts, ends, nexts, parents, count, kind, at, end, parent);
    at = end;
    if (kind >= Kind.ARRAY) parent = count;
    expect = EXPECT_AFTER[kind];
    if (parent === -1) expect = 0;
    count++;
  }
  store(state, at, count, parent, expect, depth);
  if (count === room) return p.FULL;
  return expect === 0 && at === tape.textBytes ? p.DONE : p.FAULT;
}

// What may follow a node, by its kind.
const EXPECT_AFTER: Uint8Array = Uint8Array.of(
  0,
  AFTER_VALUE,
  AFTER_VALUE,
  AFTER_VALUE,
  AFTER_VALUE,
  AFTER_VALUE,
  p.COLON,
  p.VALUE | p.CLOSE,
  p.KEY | p.CLOSE,
);

// Small enough for the compiler to put in place.
function write(
  kinds: Uint8Array,
  starts: Uint32Array,
  ends: Uint32Array,
  nexts: Uint32Array,
  parents: Uint32Array,
  node: number,
  kind: number,
  start: number,
  end: number,
  parent: number,
): void {
  kinds[node] = kind;
  starts[node] = start;
  ends[node] = end;
  nexts[node] = node + 1;
  parents[node] = parent;
}

function store(
  state: Uint32Array,
  at: number,
  count: number,
  parent: number,
  expect: number,
  depth: number,
): void {
  state[p.AT] = at;
  state[p.COUNT] = count;
  state[p.PARENT] = parent;
  state[p.EXPECT] = expect;
  state[p.DEPTH] = depth;
}
