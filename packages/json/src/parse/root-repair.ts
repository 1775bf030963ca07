// What recovery does where a text goes on behind its root: a bracket at the start is missing, or one was too many.

import { DAMAGED, Kind, KIND_MASK, NO_NODE } from "../tape/kinds.ts";
import type { Tape } from "../tape/tape.ts";
import { looseStringEnd } from "./loose-tokens.ts";

const QUOTE = 0x22;
// `[` and `{`, and `]` and `}`, differ in one bit.
const OPENER = 0x7b;
const CLOSER = 0x7d;
const CASE = 0x20;

/** The offset of the first closing bracket from `start` on that closes nothing behind `start`, or -1. */
export function spareCloser({ bytes, textBytes }: Tape, start: number): number {
  let depth = 0;
  for (let at = start; at < textBytes; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = looseStringEnd(bytes, at, textBytes) - 1;
    else if ((byte | CASE) === OPENER) depth++;
    else if ((byte | CASE) === CLOSER && depth-- === 0) return at;
  }
  return -1;
}

/** Puts a container that lacks its bracket around the root, its first element or key. The tape has to have room. */
export function wrapRoot(tape: Tape, kind: number): void {
  const { kinds, starts, ends, nexts, parents, count } = tape;
  for (const column of [kinds, starts, ends, nexts, parents]) column.copyWithin(1, 0, count);
  for (let node = 1; node <= count; node++) {
    nexts[node]++;
    parents[node]++;
  }
  if (kind === Kind.OBJECT) {
    const isString = (kinds[0] & KIND_MASK) === Kind.STRING;
    kinds[1] = Kind.KEY | (isString ? kinds[0] & DAMAGED : DAMAGED);
  }
  kinds[0] = kind | DAMAGED;
  parents[0] = NO_NODE;
  tape.count = count + 1;
}

/**
 * Takes a root away that was made for nothing but words in front of a container: a bracket never closed it, and all else
 * inside it is damaged. The container is the root then.
 */
export function unwrapRoot(tape: Tape): void {
  const { kinds, starts, ends, nexts, parents, count } = tape;
  let last = 1;
  for (; nexts[last] < count; last = nexts[last]) {
    if ((kinds[last] & KIND_MASK) !== Kind.ERROR && (kinds[last] & DAMAGED) === 0) return;
  }
  if ((kinds[last] & KIND_MASK) !== Kind.ARRAY && (kinds[last] & KIND_MASK) !== Kind.OBJECT) return;
  for (const column of [kinds, starts, ends, nexts, parents]) column.copyWithin(0, last, count);
  tape.count = count - last;
  for (let node = 0; node < tape.count; node++) {
    nexts[node] -= last;
    parents[node] -= last;
  }
  parents[0] = NO_NODE;
}
