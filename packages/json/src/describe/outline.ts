// outline(): what an editor shows beside a document. A flat list in the order of the text; each entry says how deep it is.

import { countOf, optionsOf } from "../check.ts";
import { type JsonTarget, spotOf } from "../read/target.ts";
import { decodeString } from "../read/text.ts";
import { kindOf, parentOf } from "../read/walk.ts";
import { Kind, KIND_MASK, KIND_NAMES, type KindName } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";

/** Options of `outline()`. */
export interface OutlineOptions {
  /** How deep entries are listed; 1 lists the members or elements of the root only. Default: all. */
  readonly maxDepth?: number;
  /** The most entries. Default 10,000; `truncated` says that there are more. */
  readonly maxSymbols?: number;
}

/** A member, or an element that is a container. */
export interface OutlineSymbol {
  /** The decoded key, or the number of the element. */
  readonly name: string | number;
  /** What the value is. */
  readonly kind: KindName;
  /** How many containers are around it, from 0 for what is in the root. */
  readonly depth: number;
  /** The place in the list of the entry around it, or -1. */
  readonly parent: number;
  /** The node of the value. */
  readonly node: number;
  /** Where it starts in the text: its key, or the element. */
  readonly start: number;
  /** Where its value ends. */
  readonly end: number;
  /** Where the name ends that an editor would select: the key, or the bracket. */
  readonly nameEnd: number;
}

/** What `outline()` gives. */
export interface Outline {
  /** The entries, in the order of the text. */
  readonly symbols: readonly OutlineSymbol[];
  /** Whether there were more than `maxSymbols`. */
  readonly truncated: boolean;
}

/**
 * Lists the members of a document, and those elements of arrays that are containers.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { outline, parse } from "@millpond/json";
 *
 * const document = parse('{"a": {"b": 1}, "list": [1, {"c": 2}]}');
 * const { symbols } = outline(document);
 * assert.deepEqual(symbols.map(({ depth, name }) => `${depth} ${name}`), ["0 a", "1 b", "0 list", "1 1", "2 c"]);
 * document.close();
 * ```
 */
export function outline(target: JsonTarget, options: OutlineOptions = {}): Outline {
  const { tape, node: root } = spotOf(target);
  const maxDepth = countOf("maxDepth", optionsOf(options).maxDepth, Infinity, Infinity);
  const maxSymbols = countOf("maxSymbols", options.maxSymbols, 10_000, Infinity);
  const symbols: OutlineSymbol[] = [];
  const open: Level[] = [{ node: root, symbol: -1, index: 0 }];
  const behind = tape.nexts[root];
  for (let node = root + 1; node < behind;) {
    while (open[open.length - 1].node !== parentOf(tape, node)) open.pop();
    const level = open[open.length - 1];
    const key = kindOf(tape, node) === Kind.KEY ? node : -1;
    const value = key < 0 ? node : node + 1;
    const container = isContainer(tape, value);
    const name = key < 0 ? level.index++ : decodeString(tape, tape.starts[key], tape.ends[key]);
    const listed = open.length <= maxDepth && (key >= 0 || container);
    if (listed && symbols.length >= maxSymbols) return { symbols, truncated: true };
    if (listed) symbols.push(symbolOf(tape, key, value, name, open.length - 1, level.symbol));
    // What would be too deep is passed over.
    const enters = container && open.length < maxDepth;
    if (enters) open.push({ node: value, symbol: symbols.length - 1, index: 0 });
    node = enters ? value + 1 : tape.nexts[value];
  }
  return { symbols, truncated: false };
}

/** A container that is being listed, its entry, and the number of the next element. */
interface Level {
  readonly node: number;
  readonly symbol: number;
  index: number;
}

function isContainer(tape: Tape, node: number): boolean {
  const kind = kindOf(tape, node);
  return kind === Kind.ARRAY || kind === Kind.OBJECT;
}

function symbolOf(
  { kinds, starts, ends }: Tape,
  key: number,
  node: number,
  name: string | number,
  depth: number,
  parent: number,
): OutlineSymbol {
  const start = key < 0 ? starts[node] : starts[key];
  const nameEnd = key < 0 ? start + 1 : ends[key];
  return {
    name,
    kind: KIND_NAMES[kinds[node] & KIND_MASK],
    depth,
    parent,
    node,
    start,
    end: ends[node],
    nameEnd,
  };
}
