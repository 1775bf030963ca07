// Moving live records together. They slide towards the beginning and keep their order, so that a column stays sorted
// if it was. First all handles move, then each column, run by run: records that lie together move together.
//
// A slot that is retired, or that retires because its record leaves it, stays behind as a hole.
import { Forwarding } from "./forwarding.ts";
import { clearBits, hasBit, nextBit, setBit } from "./live-bits.ts";
import type { RecordStore } from "./record-store.ts";
import type { Slots } from "./slots.ts";

/** Leaves no free slot below the end of the table, and returns the handles that changed. */
export function compact(slots: Slots, store: RecordStore): Forwarding {
  const oldEnd = slots.end;
  const first = firstHole(slots);
  const moves = moveHandles(slots, store.live, first);
  moveRecords(store, moves, slots.mask);
  clearBits(store.live, first, oldEnd);
  for (let index = first; index < slots.end; index++) {
    if (slots.words[index] > 0) setBit(store.live, index);
    else store.wipe(index);
  }
  store.wipeRange(slots.end, oldEnd);
  return new Forwarding(moves.from, moves.to, slots.mask);
}

interface Moves {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

// The first slot that a record can move to; the end where there is none.
function firstHole(slots: Slots): number {
  let index = 0;
  while (index < slots.end && (slots.words[index] > 0 || slots.isRetired(index))) index++;
  return index;
}

function moveHandles(slots: Slots, live: Uint32Array, first: number): Moves {
  const most = countFrom(live, first, slots.end);
  const from = new Float64Array(most);
  const to = new Float64Array(most);
  let count = 0;
  let next = first;
  for (let index = nextBit(live, first, slots.end); index >= 0; index = nextBit(live, index + 1, slots.end)) {
    while (slots.isRetired(next)) next++;
    if (next < index) {
      from[count] = slots.words[index];
      slots.vacate(index);
      to[count++] = slots.occupy(next);
    }
    next++;
  }
  slots.finishCompaction(next);
  return { from: from.subarray(0, count), to: to.subarray(0, count) };
}

function moveRecords(store: RecordStore, { from, to }: Moves, mask: number): void {
  for (let at = 0; at < from.length;) {
    const source = from[at] & mask;
    const target = to[at] & mask;
    let count = 1;
    while (
      at + count < from.length &&
      (from[at + count] & mask) === source + count &&
      (to[at + count] & mask) === target + count
    ) {
      count++;
    }
    store.moveRun(source, target, count);
    at += count;
  }
}

function countFrom(live: Uint32Array, first: number, end: number): number {
  let count = 0;
  for (let index = first; index < end; index++) if (hasBit(live, index)) count++;
  return count;
}
