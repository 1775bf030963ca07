// Steps over the tape, on node numbers. These create nothing; JsonNode wraps them for comfort.

import { unlike } from "../check.ts";
import { STRIDE } from "../tape/child-marks.ts";
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

/** The element or member value at `index`, counted from 0, or -1: in some 64 steps at most, after the first time. */
export function childAt(tape: Tape, container: number, index: number): number {
  const { nexts, children } = tape;
  const behind = nexts[container];
  // Every child is a node at least.
  if (index < 0 || index >= behind - container - 1) return -1;
  if (children !== undefined) return children.at(container, index);
  const step = childStep(tape, container);
  if (index < STRIDE) return childBehind(nexts, container + 1 + step, behind, step, index);
  const { every, count } = tape.marks.of(nexts, container, step);
  if (index >= count) return -1;
  return childBehind(nexts, every[Math.floor(index / STRIDE)], behind, step, index % STRIDE);
}

// The child so many places behind another, or -1.
function childBehind(nexts: Uint32Array, from: number, behind: number, step: number, places: number): number {
  let child = from;
  for (let left = places; left > 0 && child < behind; left--) child = nexts[child] + step;
  return child < behind ? child : -1;
}

/** The element or member value at `index` from the end, where 1 is the last, or -1. */
export function childFromEnd(tape: Tape, container: number, index: number): number {
  if (index > STRIDE) return childAt(tape, container, childCount(tape, container) - index);
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

/** How many elements or members a container has; 0 for other nodes. Long ones are counted once. */
export function childCount(tape: Tape, container: number): number {
  if (tape.children !== undefined) return tape.children.count(container);
  const { nexts } = tape;
  const step = childStep(tape, container);
  const behind = nexts[container];
  if (behind - container > STRIDE) return tape.marks.of(nexts, container, step).count;
  let count = 0;
  for (let child = container + 1 + step; child < behind; child = nexts[child] + step) count++;
  return count;
}

/** Which element of an array a node is, counted from 0. */
export function placeIn(tape: Tape, array: number, element: number): number {
  if (tape.children !== undefined) return tape.children.indexOf(array, element);
  const { nexts } = tape;
  let place = 0;
  let child = array + 1;
  if (element - array > STRIDE) {
    const { every } = tape.marks.of(nexts, array, 0);
    const mark = lastAtMost(every, element);
    place = mark * STRIDE;
    child = every[mark];
  }
  for (; child < element; child = nexts[child]) place++;
  return place;
}

// The place of the last of ascending numbers that is not above `most`; the first one is not.
function lastAtMost(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] <= most) low = middle;
    else high = middle;
  }
  return low;
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
