// What a document consists of, in numbers, from one pass over the columns.

import { type JsonTarget, spotOf } from "../read/target.ts";
import { childCount, kindOf, parentOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";

/** What a document, or a part of one, consists of. Sizes are in bytes of the source. */
export interface JsonStatistics {
  /** How many values there are, containers included. */
  readonly values: number;
  /** How many members all objects have. */
  readonly members: number;
  /** How many values of each kind there are. */
  readonly kinds: Readonly<
    Record<"null" | "boolean" | "number" | "string" | "array" | "object" | "error", number>
  >;
  /** How many containers are inside each other at most; 0 for a single value. */
  readonly depth: number;
  /** The source from the first byte to the last. */
  readonly bytes: number;
  /** Of these, those of keys, strings and numbers, quotes included. */
  readonly keyBytes: number;
  /** Strings that are values. */
  readonly stringBytes: number;
  /** Numbers. */
  readonly numberBytes: number;
  /** The longest string, quotes included. */
  readonly longestString: number;
  /** The most elements in one array. */
  readonly longestArray: number;
  /** The most members in one object. */
  readonly largestObject: number;
}

/**
 * Counts what a document, or a part of one, consists of.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse, statistics } from "@millpond/json";
 *
 * const document = parse('{"a": [1, 2, "x"], "b": null}');
 * const { values, members, depth, kinds, longestArray } = statistics(document);
 * assert.deepEqual([values, members, depth, kinds.number, longestArray], [6, 2, 2, 2, 3]);
 * document.close();
 * ```
 */
export function statistics(target: JsonTarget): JsonStatistics {
  const { tape, node: root } = spotOf(target);
  const { starts, ends, nexts } = tape;
  const counts = new Float64Array(16);
  const bytes = new Float64Array(16);
  let depth = 0;
  let deepest = 0;
  let longestString = 0;
  let longestArray = 0;
  let largestObject = 0;
  let around = parentOf(tape, root);
  for (let node = root; node < nexts[root]; node++) {
    for (; around !== parentOf(tape, node); around = parentOf(tape, around)) depth--;
    const kind = kindOf(tape, node);
    const size = ends[node] - starts[node];
    counts[kind]++;
    bytes[kind] += size;
    if (kind === Kind.STRING) longestString = Math.max(longestString, size);
    if (kind !== Kind.ARRAY && kind !== Kind.OBJECT) continue;
    if (kind === Kind.ARRAY) longestArray = Math.max(longestArray, childCount(tape, node));
    else largestObject = Math.max(largestObject, childCount(tape, node));
    deepest = Math.max(deepest, ++depth);
    around = node;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    values: total - counts[Kind.KEY],
    members: counts[Kind.KEY],
    kinds: {
      null: counts[Kind.NULL],
      boolean: counts[Kind.TRUE] + counts[Kind.FALSE],
      number: counts[Kind.NUMBER],
      string: counts[Kind.STRING],
      array: counts[Kind.ARRAY],
      object: counts[Kind.OBJECT],
      error: counts[Kind.ERROR],
    },
    depth: deepest,
    bytes: ends[root] - starts[root],
    keyBytes: bytes[Kind.KEY],
    stringBytes: bytes[Kind.STRING],
    numberBytes: bytes[Kind.NUMBER],
    longestString,
    longestArray,
    largestObject,
  };
}
