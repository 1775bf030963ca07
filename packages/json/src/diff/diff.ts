// diff(): what has to be done to one document to make it equal to another, as a JSON Patch (RFC 6902).
//
// Pairs of nodes that may differ lie on a list, so nothing is recursive. Hashes of all values keep the work linear: unequal
// values are known without looking into them.

import type { Pool } from "@millpond/core";

import { equalNodes } from "../compare/equal.ts";
import { membersByName } from "../compare/members.ts";
import { pointerOf } from "../read/path.ts";
import { type JsonTarget, type Spot, spotOf } from "../read/target.ts";
import { kindOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { fillHashes } from "./hashes.ts";
import { losslessValue } from "./lossless.ts";
import type { PatchOperation } from "./patch.ts";
import { align } from "./sequence.ts";

/**
 * The operations that make the first document equal to the second. Members are equal in any order, numbers by their value;
 * of equal keys the last one counts. Arrays keep as many elements as possible. Integers that no double holds are bigints in
 * the result; other numbers beyond the precision of doubles are rounded to the nearest one.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyPatch, diff, parse } from "@millpond/json";
 *
 * const before = parse('{"name": "pond", "sizes": [1, 2, 3]}');
 * const after = parse('{"name": "mill", "sizes": [2, 3], "open": true}');
 * const patch = diff(before, after);
 * assert.deepEqual(patch, [
 *   { op: "add", path: "/open", value: true },
 *   { op: "remove", path: "/sizes/0" },
 *   { op: "replace", path: "/name", value: "mill" },
 * ]);
 * assert.equal(applyPatch(before, patch), '{"name": "mill", "sizes": [2, 3], "open": true}');
 * before.close();
 * after.close();
 * ```
 */
export function diff(before: JsonTarget, after: JsonTarget): PatchOperation[] {
  const left = spotOf(before);
  const right = spotOf(after);
  const { pool } = left.tape;
  const leftHashes = pool.acquireUnsafe(Uint32Array, left.tape.count);
  try {
    const rightHashes = pool.acquireUnsafe(Uint32Array, right.tape.count);
    try {
      fillHashes(left.tape, leftHashes);
      fillHashes(right.tape, rightHashes);
      return new Differ(pool, left, right, leftHashes, rightHashes).run();
    } finally {
      pool.release(rightHashes);
    }
  } finally {
    pool.release(leftHashes);
  }
}

/** Two nodes that may differ, and the pointer to their place in the result. */
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly path: string;
}

class Differ {
  readonly #pool: Pool;
  readonly #left: Tape;
  readonly #right: Tape;
  readonly #leftHashes: Uint32Array;
  readonly #rightHashes: Uint32Array;
  readonly #pairs: Pair[];
  readonly #patch: PatchOperation[] = [];

  constructor(pool: Pool, left: Spot, right: Spot, leftHashes: Uint32Array, rightHashes: Uint32Array) {
    this.#pool = pool;
    this.#left = left.tape;
    this.#right = right.tape;
    this.#leftHashes = leftHashes;
    this.#rightHashes = rightHashes;
    this.#pairs = [{ a: left.node, b: right.node, path: "" }];
  }

  run(): PatchOperation[] {
    for (let pair = this.#pairs.pop(); pair !== undefined; pair = this.#pairs.pop()) {
      if (!this.#same(pair.a, pair.b)) this.#compare(pair);
    }
    return this.#patch;
  }

  #same(a: number, b: number): boolean {
    if (this.#leftHashes[a] !== this.#rightHashes[b]) return false;
    return equalNodes(this.#left, a, this.#right, b);
  }

  #compare({ a, b, path }: Pair): void {
    const kind = kindOf(this.#left, a);
    const container = kind === Kind.ARRAY || kind === Kind.OBJECT;
    if (!container || kind !== kindOf(this.#right, b)) {
      this.#patch.push({ op: "replace", path, value: losslessValue(this.#right, b) });
    } else if (kind === Kind.OBJECT) this.#compareMembers(a, b, path);
    else this.#compareElements(a, b, path);
  }

  #compareMembers(a: number, b: number, path: string): void {
    const mine = membersByName(this.#left, a);
    const theirs = membersByName(this.#right, b);
    for (const name of mine.keys()) {
      if (!theirs.has(name)) this.#patch.push({ op: "remove", path: path + pointerOf([name]) });
    }
    for (const [name, value] of theirs) {
      const inner = path + pointerOf([name]);
      const other = mine.get(name);
      if (other !== undefined) this.#pairs.push({ a: other, b: value, path: inner });
      else this.#patch.push({ op: "add", path: inner, value: losslessValue(this.#right, value) });
    }
  }

  // `place` counts in the result, and what comes later in the list does not move what is in front of it. Pairs are looked
  // into when all elements have their final places.
  #compareElements(a: number, b: number, path: string): void {
    const mine = elementsOf(this.#left, a);
    const theirs = elementsOf(this.#right, b);
    let place = 0;
    align(this.#pool, mine.length, theirs.length, (left, right) => this.#same(mine[left], theirs[right]), {
      pair: (left, right) => {
        this.#pairs.push({ a: mine[left], b: theirs[right], path: `${path}/${place++}` });
      },
      remove: () => {
        this.#patch.push({ op: "remove", path: `${path}/${place}` });
      },
      add: (right) => {
        const value = losslessValue(this.#right, theirs[right]);
        this.#patch.push({ op: "add", path: `${path}/${place++}`, value });
      },
    });
  }
}

function elementsOf({ nexts }: Tape, array: number): number[] {
  const elements: number[] = [];
  for (let child = array + 1; child < nexts[array]; child = nexts[child]) elements.push(child);
  return elements;
}
