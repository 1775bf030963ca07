// Ways through a document: from a node up to the root, from a pointer down to a node, from an offset to the node there.

import { listOf, stringOf, unlike } from "../check.ts";
import { Kind } from "../tape/kinds.ts";
import { firstAtLeast } from "../tape/search.ts";
import type { Tape } from "../tape/tape.ts";
import { decodeString } from "./text.ts";
import { childAt, findMember, keyOf, kindOf, parentOf, placeIn } from "./walk.ts";

/** The name of a member, or the number of an element. */
export type PathStep = string | number;

/** The steps from the root to a node; for a key, those to its value. */
export function pathOf(tape: Tape, node: number): PathStep[] {
  const steps: PathStep[] = [];
  let at = kindOf(tape, node) === Kind.KEY ? node + 1 : node;
  for (let parent = parentOf(tape, at); parent >= 0; at = parent, parent = parentOf(tape, at)) {
    const key = keyOf(tape, at);
    steps.push(key < 0 ? placeIn(tape, parent, at) : decodeString(tape, tape.starts[key], tape.ends[key]));
  }
  return steps.reverse();
}

/**
 * The JSON Pointer (RFC 6901) of a path.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { pointerOf } from "@millpond/json";
 *
 * assert.equal(pointerOf(["a/b", 0, "~"]), "/a~1b/0/~0");
 * ```
 */
export function pointerOf(path: readonly PathStep[]): string {
  return listOf("a list of names and numbers", path)
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** The node that a JSON Pointer leads to from `start`, or -1. Throws where the pointer is none. */
export function resolvePointer(tape: Tape, start: number, pointer: string): number {
  let node = start;
  for (const step of stepsOf(pointer)) {
    node = kindOf(tape, node) === Kind.ARRAY ? elementAt(tape, node, step) : findMember(tape, node, step);
    if (node < 0) return -1;
  }
  return node;
}

function elementAt(tape: Tape, array: number, step: string): number {
  const index = stepIndex(step);
  return index < 0 ? -1 : childAt(tape, array, index);
}

/** The number that a step of a pointer is, or -1. RFC 6901, section 4: digits without leading zeros. */
export function stepIndex(step: string): number {
  return /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
}

/** The decoded steps of a JSON Pointer. Throws where it is none. */
export function stepsOf(pointer: string): string[] {
  if (stringOf("a JSON Pointer", pointer) === "") return [];
  if (pointer[0] !== "/" || /~(?![01])/.test(pointer)) {
    throw unlike('a JSON Pointer, "" or starting with "/" and with ~0 and ~1 for ~ and /', pointer);
  }
  const steps = pointer.slice(1).split("/");
  if (!pointer.includes("~")) return steps;
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

// From here on the maxima of ends are quicker than the way up.
const MOST_STEPS = 64;

/**
 * The innermost node that the byte at `offset` belongs to, or -1 outside the root. A binary search finds the last node
 * that starts there or before; whatever contains the byte is that node or around it, mostly a few steps up.
 */
export function nodeAt(tape: Tape, offset: number): number {
  const { starts, ends, count } = tape;
  let node = firstAtLeast(starts, 0, count, offset + 1) - 1;
  for (let steps = 0; node >= 0 && ends[node] <= offset; steps++) {
    if (steps === MOST_STEPS) return tape.maxima.lastBehind(node, offset);
    node = parentOf(tape, node);
  }
  return node;
}
