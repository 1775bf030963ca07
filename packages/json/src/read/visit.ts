// One call for each node, in the order of the text, without recursion.

import { unlike } from "../check.ts";
import { Kind } from "../tape/kinds.ts";
import { JsonCursor } from "./cursor.ts";
import type { Tape } from "../tape/tape.ts";
import { kindOf, parentOf } from "./walk.ts";

/** What `visit` calls. The cursor is the same object each time: read it, and do not keep it. */
export interface JsonVisitor {
  /** A value; for a container, before what is inside it. Return false to pass over the inside; `leave` is called still. */
  enter?(node: JsonCursor, depth: number): boolean | void;
  /** The end of a container. */
  leave?(node: JsonCursor, depth: number): void;
}

/** Walks over a node and all that is inside it. */
export function visitNodes(tape: Tape, root: number, visitor: JsonVisitor): void {
  if (typeof visitor?.enter !== "function" && typeof visitor?.leave !== "function") {
    throw unlike("a visitor, an object with enter or leave", visitor);
  }
  const { nexts } = tape;
  const cursor = new JsonCursor(tape, root);
  const behind = nexts[root];
  let open = -1;
  let depth = 0;
  let node = root;
  while (node < behind) {
    if (kindOf(tape, node) === Kind.KEY) {
      node++;
      continue;
    }
    const inside = visitor.enter?.(cursor.to(node), depth) !== false;
    if (kindOf(tape, node) >= Kind.ARRAY && kindOf(tape, node) !== Kind.ERROR) {
      open = node;
      depth++;
      node = inside ? node + 1 : nexts[node];
    } else node++;
    while (open >= 0 && nexts[open] <= node) {
      visitor.leave?.(cursor.to(open), --depth);
      open = open === root ? -1 : parentOf(tape, open);
    }
  }
}
