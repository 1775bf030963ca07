// Members by name: a column that leads from each object to its first key, and from each key to the next one.

import type { Pool } from "@millpond/core";

import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { decodeString } from "../read/text.ts";
import { kindOf } from "../read/walk.ts";

const BACKSLASH = 0x5c;

/** Fills in, for each object, its first key, and for each key the next one; 0 stands for the end. */
export function fillOrder(tape: Tape, pool: Pool, order: Uint32Array): void {
  const keys = pool.acquireUnsafe(Uint32Array, tape.count);
  const compare = (a: number, b: number): number => compareKeys(tape, a, b) || a - b;
  try {
    for (let node = 0; node < tape.count; node++) {
      if (kindOf(tape, node) === Kind.OBJECT) sortMembers(tape, node, keys, order, compare);
    }
  } finally {
    pool.release(keys);
  }
}

function sortMembers(
  { nexts }: Tape,
  object: number,
  keys: Uint32Array,
  order: Uint32Array,
  compare: (a: number, b: number) => number,
): void {
  let count = 0;
  for (let key = object + 1; key < nexts[object]; key = nexts[key + 1]) keys[count++] = key;
  keys.subarray(0, count).sort(compare);
  let last = object;
  for (let place = 0; place < count; place++) last = order[last] = keys[place];
  order[last] = 0;
}

// By code points. UTF-8 sorts like that byte by byte, so only keys with escapes have to be decoded.
function compareKeys(tape: Tape, a: number, b: number): number {
  const { bytes, starts, ends } = tape;
  const fromA = contentStart(bytes, starts[a]);
  const fromB = contentStart(bytes, starts[b]);
  const toA = fromA === starts[a] ? ends[a] : ends[a] - 1;
  const toB = fromB === starts[b] ? ends[b] : ends[b] - 1;
  const shared = Math.min(toA - fromA, toB - fromB);
  if (hasEscape(bytes, fromA, toA) || hasEscape(bytes, fromB, toB)) return compareDecoded(tape, a, b);
  for (let place = 0; place < shared; place++) {
    const difference = bytes[fromA + place] - bytes[fromB + place];
    if (difference !== 0) return difference;
  }
  return toA - fromA - (toB - fromB);
}

function contentStart(bytes: Uint8Array, start: number): number {
  return bytes[start] === 0x22 || bytes[start] === 0x27 ? start + 1 : start;
}

function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}

function compareDecoded(tape: Tape, a: number, b: number): number {
  const { starts, ends } = tape;
  const textA = decodeString(tape, starts[a], ends[a]);
  const textB = decodeString(tape, starts[b], ends[b]);
  const shared = Math.min(textA.length, textB.length);
  for (let place = 0; place < shared; place++) {
    const unitA = textA.charCodeAt(place);
    const unitB = textB.charCodeAt(place);
    if (unitA !== unitB) return unitRank(unitA) - unitRank(unitB);
  }
  return textA.length - textB.length;
}

// Surrogates stand for code points above all others, but are smaller than units from U+E000 on.
function unitRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
