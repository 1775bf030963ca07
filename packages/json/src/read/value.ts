// From the tape to plain JavaScript values, the same that JSON.parse gives: the last of several equal keys wins, in the
// place of the first; `__proto__` is a key like any other. Not recursive, so depth is bounded by memory.

import { DAMAGED, Kind, KIND_MASK } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { toDouble } from "./numbers.ts";
import { decodeString } from "./text.ts";

/** What JSON can say. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

/** What a number becomes. */
export type NumberReader = (tape: Tape, node: number) => number | null;

type Container = JsonValue[] | { [name: string]: JsonValue };

/** The value of a node and all that is inside it. A place without a value, which only recovery leaves, is null. */
export function toValue(tape: Tape, root: number, number: NumberReader = numberValue): JsonValue {
  const { kinds, nexts, parents } = tape;
  const behind = nexts[root];
  if (behind === root + 1 && (kinds[root] & KIND_MASK) < Kind.ARRAY) return scalar(tape, root, number);
  const open: Container[] = [];
  let owner = parents[root] | 0;
  let container: Container = [];
  let name = "";
  let first: JsonValue = null;
  for (let node = root; node < behind; node++) {
    const kind = kinds[node] & KIND_MASK;
    // A node with another parent says that what was open has ended.
    for (; owner !== (parents[node] | 0); owner = parents[owner] | 0) container = open.pop() as Container;
    if (kind === Kind.KEY) {
      name = decodeString(tape, tape.starts[node], tape.ends[node]);
      continue;
    }
    const value = kind === Kind.ARRAY ? [] : kind === Kind.OBJECT ? {} : scalar(tape, node, number);
    if (node === root) first = value;
    else put(container, name, value);
    if (kind === Kind.ARRAY || kind === Kind.OBJECT) {
      open.push(container);
      container = value as Container;
      owner = node;
    }
  }
  return first;
}

function put(container: Container, name: string, value: JsonValue): void {
  if (Array.isArray(container)) container.push(value);
  else if (name !== "__proto__") container[name] = value;
  else
    Object.defineProperty(container, name, { value, writable: true, enumerable: true, configurable: true });
}

/** The value of a node that is no container. */
function scalar(tape: Tape, node: number, number: NumberReader): JsonValue {
  const { kinds, starts, ends } = tape;
  switch (kinds[node] & KIND_MASK) {
    case Kind.TRUE:
      return true;
    case Kind.FALSE:
      return false;
    case Kind.NUMBER:
      return number(tape, node);
    case Kind.STRING:
    case Kind.KEY:
      return decodeString(tape, starts[node], ends[node]);
    default:
      return null;
  }
}

// A number that recovery found to break the grammar may have no value; JSON has no NaN, so it is null.
function numberValue(tape: Tape, node: number): number | null {
  const value = toDouble(tape, tape.starts[node], tape.ends[node]);
  return Number.isNaN(value) && (tape.kinds[node] & DAMAGED) !== 0 ? null : value;
}
