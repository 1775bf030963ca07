// Whether two nodes have the same value, without making values: objects regardless of order, numbers as decimals.
//
// Pairs that are still to be compared lie on a list, so nothing is recursive.

import { toDouble } from "../read/numbers.ts";
import { decodeString, sourceText } from "../read/text.ts";
import { kindOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { membersByName } from "./members.ts";
import { compareNumbers } from "./numbers.ts";

/** Whether the values of two nodes, on one tape or two, are equal. */
export function equalNodes(left: Tape, leftNode: number, right: Tape, rightNode: number): boolean {
  const pairs = [leftNode, rightNode];
  while (pairs.length > 0) {
    const b = pairs.pop() as number;
    const a = pairs.pop() as number;
    const kind = kindOf(left, a);
    if (kind !== kindOf(right, b)) return false;
    if (kind === Kind.ARRAY) {
      if (!pairElements(left, a, right, b, pairs)) return false;
    } else if (kind === Kind.OBJECT) {
      if (!pairMembers(left, a, right, b, pairs)) return false;
    } else if (!equalScalars(left, a, right, b)) return false;
  }
  return true;
}

/** Whether two nodes of the same kind, neither of them a container, have the same value. */
function equalScalars(left: Tape, a: number, right: Tape, b: number): boolean {
  if (equalSource(left, a, right, b)) return true;
  const kind = kindOf(left, a);
  if (kind === Kind.STRING) {
    return (
      decodeString(left, left.starts[a], left.ends[a]) === decodeString(right, right.starts[b], right.ends[b])
    );
  }
  return kind === Kind.NUMBER ? compareNodes(left, a, right, b) === 0 : kind < Kind.NUMBER;
}

/** How two numbers compare: less than, equal to or greater than zero. */
export function compareNodes(left: Tape, a: number, right: Tape, b: number): number {
  return compareNumbers(
    toDouble(left, left.starts[a], left.ends[a]),
    sourceText(left, left.starts[a], left.ends[a]),
    toDouble(right, right.starts[b], right.ends[b]),
    sourceText(right, right.starts[b], right.ends[b]),
  );
}

/** Whether two nodes are written in the same bytes. */
function equalSource(left: Tape, a: number, right: Tape, b: number): boolean {
  const length = left.ends[a] - left.starts[a];
  if (right.ends[b] - right.starts[b] !== length) return false;
  const start = left.starts[a];
  const shift = right.starts[b] - start;
  for (let at = start; at < start + length; at++)
    if (left.bytes[at] !== right.bytes[at + shift]) return false;
  return true;
}

function pairElements(left: Tape, a: number, right: Tape, b: number, pairs: number[]): boolean {
  let mine = a + 1;
  let theirs = b + 1;
  while (mine < left.nexts[a] && theirs < right.nexts[b]) {
    pairs.push(mine, theirs);
    mine = left.nexts[mine];
    theirs = right.nexts[theirs];
  }
  return mine === left.nexts[a] && theirs === right.nexts[b];
}

function pairMembers(left: Tape, a: number, right: Tape, b: number, pairs: number[]): boolean {
  const mine = membersByName(left, a);
  const theirs = membersByName(right, b);
  if (mine.size !== theirs.size) return false;
  for (const [name, value] of mine) {
    const other = theirs.get(name);
    if (other === undefined) return false;
    pairs.push(value, other);
  }
  return true;
}
