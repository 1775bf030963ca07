// What functions over a parsed text take: a document, or a node of one.

import type { JsonDocument } from "../document.ts";
import { JsonError } from "../errors.ts";
import type { Tape } from "../tape/tape.ts";
import { NodeReader } from "./node-reader.ts";

/** A document, which stands for its root, or a node of one. */
export type JsonTarget = JsonDocument | NodeReader;

/** A node number and the tape it is on. */
export interface Spot {
  readonly tape: Tape;
  readonly node: number;
}

/** Where a target lies. Throws where its text is no longer there. */
export function spotOf(target: JsonTarget): Spot {
  // The method is internal to the package, not to the class.
  if (target instanceof NodeReader) return { tape: target["_open"](), node: target.index };
  if (typeof target !== "object" || target === null || !("tape" in target)) {
    throw new JsonError("BAD_ARGUMENT", `expected a document or a node of one, got ${typeof target}`);
  }
  return { tape: target.tape, node: target.root.index };
}
