// A query over the tape: lists of node numbers, one segment after another, in pooled memory. No value is made.
//
// Going down visits the nodes of a subtree in the order of the tape, which is the order that RFC 9535 asks for, so there
// is no recursion over the document; only filters in filters recurse, and the parser limits those.

import { vec } from "@millpond/core";

import { JsonError } from "../errors.ts";
import { childAt, childCount, childStep, findMember, kindOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import type { Query, Segment, Selector, Slice } from "./query.ts";
import type { NodeList, Scope } from "./scope.ts";

/** The nodes that a query leads to, the first `most` of them. The list is to be released. */
export function selectNodes(scope: Scope, query: Query, start: number, most: number): NodeList {
  let current = vec(scope.pool, Uint32Array);
  let next = vec(scope.pool, Uint32Array);
  try {
    current.push(query.absolute ? scope.root : start);
    query.segments.forEach((segment, place) => {
      const last = place === query.segments.length - 1;
      next.clear();
      applySegment(scope, segment, current.array, next, last ? most : Infinity);
      [current, next] = [next, current];
    });
  } catch (error) {
    current.release();
    throw error;
  } finally {
    next.release();
  }
  return current;
}

/** The node that a query of names and indices leads to, or -1. Creates nothing. */
export function selectOne(scope: Scope, query: Query, start: number): number {
  const { tape } = scope;
  let node = query.absolute ? scope.root : start;
  for (let place = 0; place < query.segments.length && node >= 0; place++) {
    const selector = query.segments[place].selectors[0];
    if (selector.type === "name") node = findMember(tape, node, selector.name);
    else if (selector.type === "index") node = elementAt(tape, node, selector.index);
  }
  return node;
}

function elementAt(tape: Tape, node: number, index: number): number {
  if (kindOf(tape, node) !== Kind.ARRAY) return -1;
  const place = index < 0 ? index + childCount(tape, node) : index;
  return place < 0 ? -1 : childAt(tape, node, place);
}

function applySegment(scope: Scope, segment: Segment, from: Uint32Array, out: NodeList, most: number): void {
  const { tape, maxNodes } = scope;
  for (let place = 0; place < from.length; place++) {
    const behind = segment.descends ? tape.nexts[from[place]] : from[place] + 1;
    for (let node = from[place]; node < behind; node++) {
      const kind = kindOf(tape, node);
      if (kind !== Kind.ARRAY && kind !== Kind.OBJECT) continue;
      for (const selector of segment.selectors) applySelector(scope, selector, node, out, most);
      if (out.length > maxNodes) throw tooMany(maxNodes);
      if (out.length >= most) {
        out.truncate(most);
        return;
      }
    }
  }
}

function applySelector(scope: Scope, selector: Selector, node: number, out: NodeList, most: number): void {
  const { tape } = scope;
  if (selector.type === "wildcard") pushChildren(tape, node, out);
  else if (selector.type === "slice") pushSlice(tape, node, selector, out);
  else if (selector.type === "filter") {
    const step = childStep(tape, node);
    const behind = tape.nexts[node];
    for (let child = node + 1 + step; child < behind && out.length < most; child = tape.nexts[child] + step) {
      if (scope.passes(scope, selector.test, child)) out.push(child);
    }
  } else {
    const found =
      selector.type === "name"
        ? findMember(tape, node, selector.name)
        : elementAt(tape, node, selector.index);
    if (found >= 0) out.push(found);
  }
}

function pushChildren(tape: Tape, node: number, out: NodeList): void {
  const step = childStep(tape, node);
  const behind = tape.nexts[node];
  for (let child = node + 1 + step; child < behind; child = tape.nexts[child] + step) out.push(child);
}

// RFC 9535, section 2.3.4.2. Backwards, the elements are collected forwards and turned around.
function pushSlice(tape: Tape, node: number, { start, end, step }: Slice, out: NodeList): void {
  if (kindOf(tape, node) !== Kind.ARRAY || step === 0) return;
  const length = childCount(tape, node);
  const from = bound(start ?? (step > 0 ? 0 : length - 1), length, step, start === undefined);
  const to = bound(end ?? (step > 0 ? length : -1), length, step, end === undefined);
  // In ascending places, whichever way the slice goes.
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (count === 0) return;
  const stride = Math.abs(step);
  let wanted = step > 0 ? from : from + (count - 1) * step;
  const first = out.length;
  let child = node + 1;
  for (let place = 0; out.length - first < count; place++, child = tape.nexts[child]) {
    if (place !== wanted) continue;
    out.push(child);
    wanted += stride;
  }
  if (step < 0) out.subarray(first).reverse();
}

function bound(value: number, length: number, step: number, isDefault: boolean): number {
  const place = value >= 0 || isDefault ? value : value + length;
  return step > 0 ? Math.min(Math.max(place, 0), length) : Math.min(Math.max(place, -1), length - 1);
}

function tooMany(most: number): JsonError {
  return new JsonError(
    "LIMIT_EXCEEDED",
    `a segment of the JSONPath selects more than maxNodes = ${most} nodes; raise it, or ask for less`,
  );
}
