// Steps over the tape, on node numbers. These create nothing; JsonNode wraps them for comfort.

import { unlike } from "../check.ts";
import { Kind, KIND_MASK } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { equalsText } from "./text.ts";

/** The kind of a node, without flags. */
export function kindOf(tape: Tape, node: number): number {
  return tape.kinds[node] & KIND_MASK;
}

/** The container of a node, or -1 for the root. */
export function parentOf(tape: Tape, node: number): number {
  return tape.parents[node] | 0;
}

/** The value of the last member called `name`, or -1. */
export function findMember(tape: Tape, object: number, name: string): number {
  if (typeof name !== "string") throw unlike("a name as a string; at() takes numbers", name);
  const { starts, ends, nexts } = tape;
  if (kindOf(tape, object) !== Kind.OBJECT) return -1;
  const behind = nexts[object];
  let found = -1;
  for (let key = object + 1; key < behind; key = nexts[key + 1]) {
    if (ends[key] - starts[key] < name.length) continue;
    if (equalsText(tape, starts[key], ends[key], name)) found = key + 1;
  }
  return found;
}

/** The element or member value at `index`, counted from 0, or -1. Without lists of children, steps over those in front. */
export function childAt(tape: Tape, container: number, index: number): number {
  if (tape.children !== undefined) return tape.children.at(container, index);
  const { nexts } = tape;
  const step = childStep(tape, container);
  const behind = nexts[container];
  let child = container + 1 + step;
  for (let left = index; child < behind; left--) {
    if (left === 0) return child;
    child = nexts[child] + step;
  }
  return -1;
}

/** The element or member value at `index` from the end, where 1 is the last, or -1. Steps over those behind it. */
export function childFromEnd(tape: Tape, container: number, index: number): number {
  const { nexts, parents } = tape;
  const step = childStep(tape, container);
  let behind = nexts[container];
  for (let left = index; behind > container + 1; left--) {
    // The last node of a child is inside of it; the way up leads to the child.
    let child = behind - 1;
    while (parents[child] !== container) child = parents[child];
    if (left <= 1) return child;
    behind = child - step;
  }
  return -1;
}

/** How many elements or members a container has; 0 for other nodes. Without lists of children, steps over all of them. */
export function childCount(tape: Tape, container: number): number {
  if (tape.children !== undefined) return tape.children.count(container);
  const { nexts } = tape;
  const step = childStep(tape, container);
  const behind = nexts[container];
  let count = 0;
  for (let child = container + 1 + step; child < behind; child = nexts[child] + step) count++;
  return count;
}

/** 1 where a key stands in front of each child, 0 elsewhere: children begin at `container + 1 + childStep`. */
export function childStep(tape: Tape, container: number): number {
  return kindOf(tape, container) === Kind.OBJECT ? 1 : 0;
}

/** The key of a member's value, or -1 for values that are no members, and for keys. */
export function keyOf(tape: Tape, node: number): number {
  const parent = parentOf(tape, node);
  if (parent < 0 || kindOf(tape, parent) !== Kind.OBJECT) return -1;
  return kindOf(tape, node) === Kind.KEY ? -1 : node - 1;
}
