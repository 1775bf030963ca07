// What functions over a parsed text take: a document, or a node of one.

import { unlike } from "../check.ts";
import { JsonDocument } from "../document.ts";
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
  if (target instanceof JsonDocument) return { tape: tapeOf(target), node: 0 };
  throw unlike("a document or a node of one; parse() makes documents of texts", target);
}

/** The tape of a document, for what works on a whole text. Throws where the text is no longer there. */
export function tapeOf(document: JsonDocument): Tape {
  if (document instanceof JsonDocument) return document._open();
  throw unlike("a document; parse() makes documents of texts", document);
}
