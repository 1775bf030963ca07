// The members of an object by name.

import { decodeString } from "../read/text.ts";
import type { Tape } from "../tape/tape.ts";

/** Values by decoded name. Of equal keys the last one counts, as for `JSON.parse`; the order is that of the first. */
export function membersByName(tape: Tape, object: number): Map<string, number> {
  const { starts, ends, nexts } = tape;
  const members = new Map<string, number>();
  const behind = nexts[object];
  for (let key = object + 1; key < behind; key = nexts[key + 1]) {
    members.set(decodeString(tape, starts[key], ends[key]), key + 1);
  }
  return members;
}
