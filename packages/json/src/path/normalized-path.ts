// Normalized paths: the one JSONPath of RFC 9535, section 2.7, that each node has.

import { unlike } from "../check.ts";
import { NodeReader } from "../read/node-reader.ts";
import type { PathStep } from "../read/path.ts";

/**
 * The JSONPath of a node that names each step in one fixed way, so that equal nodes have equal paths.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalizedPath, parse } from "@millpond/json";
 *
 * const document = parse(`{"it's": [10, 20]}`);
 * assert.equal(normalizedPath(document.root.at(0)!.at(1)!), "$['it\\'s'][1]");
 * document.close();
 * ```
 */
export function normalizedPath(node: NodeReader): string {
  if (!(node instanceof NodeReader)) throw unlike("a node of a document", node);
  return `$${node.path.map(normalizedStep).join("")}`;
}

function normalizedStep(step: PathStep): string {
  if (typeof step === "number") return `[${step}]`;
  return `['${Array.from(step, escaped).join("")}']`;
}

const LETTERS: Readonly<Record<string, string>> = {
  "'": "\\'",
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escaped(character: string): string {
  const letter = LETTERS[character];
  if (letter !== undefined || character >= " ") return letter ?? character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
