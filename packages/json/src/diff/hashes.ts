// A hash of each value, so that unequal values are known at once. Values that are equal as `equalNodes` says have the same
// hash: objects in any order, strings decoded, numbers by their double.

import { membersByName } from "../compare/members.ts";
import { toDouble } from "../read/numbers.ts";
import { decodeString } from "../read/text.ts";
import { kindOf } from "../read/walk.ts";
import { Kind } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

/** Fills in the hash of each node. Children stand behind their parents, so one pass from the end knows them all. */
export function fillHashes(tape: Tape, hashes: Uint32Array): void {
  for (let node = tape.count - 1; node >= 0; node--) hashes[node] = hashOf(tape, node, hashes);
}

function hashOf(tape: Tape, node: number, hashes: Uint32Array): number {
  const kind = kindOf(tape, node);
  if (kind === Kind.ARRAY) return arrayHash(tape, node, hashes);
  if (kind === Kind.OBJECT) return objectHash(tape, node, hashes);
  const { starts, ends } = tape;
  if (kind === Kind.STRING) return textHash(decodeString(tape, starts[node], ends[node]), kind);
  if (kind === Kind.NUMBER) return numberHash(toDouble(tape, starts[node], ends[node]));
  return mix(kind, 0);
}

function arrayHash({ nexts }: Tape, array: number, hashes: Uint32Array): number {
  let hash: number = Kind.ARRAY;
  for (let child = array + 1; child < nexts[array]; child = nexts[child]) hash = mix(hash, hashes[child]);
  return hash;
}

// A sum, so that order does not count. Of equal keys the last one counts.
function objectHash(tape: Tape, object: number, hashes: Uint32Array): number {
  let sum = 0;
  for (const [name, value] of membersByName(tape, object)) {
    sum = (sum + mix(textHash(name, Kind.KEY), hashes[value])) >>> 0;
  }
  return mix(Kind.OBJECT, sum);
}

function textHash(text: string, seed: number): number {
  let hash = seed;
  for (let place = 0; place < text.length; place++) hash = mix(hash, text.charCodeAt(place));
  return hash;
}

// Zero has two doubles and one value.
function numberHash(value: number): number {
  double[0] = value === 0 ? 0 : value;
  return mix(mix(Kind.NUMBER, halves[0]), halves[1]);
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
