// How a record table lies in its one block of memory.
//
//      ┌───────────────┬───────────┬──────────────┬─────┬──────────────┐
//      │ slot words    │ live bits │ column 0     │ ... │ column n - 1 │
//      │ capacity * 8  │ 1 a slot  │              │     │              │
//      └───────────────┴───────────┴──────────────┴─────┴──────────────┘
//      every part starts at a multiple of 64 bytes from the start of the block
//
// One block, so that growth either happens or does not. Offsets may exceed 2 GiB: plain arithmetic, no shifts.
import type { Field } from "./schema.ts";

/** Where each part of a table begins, in bytes from the start of its block. */
export interface RecordLayout {
  /** Slots. */
  readonly capacity: number;
  /** Bytes of the block. */
  readonly bytes: number;
  /** The live bits; the slot words are at 0. */
  readonly liveOffset: number;
  /** The columns, in the order of the fields. */
  readonly columnOffsets: readonly number[];
}

const ALIGN = 64;
const WORD_BYTES = 8;

/** The layout of a table with room for `capacity` records. */
export function layoutOf(fields: readonly Field[], capacity: number): RecordLayout {
  const liveOffset = roundUp(capacity * WORD_BYTES);
  const columnOffsets: number[] = [];
  let bytes = liveOffset + roundUp(Math.ceil(capacity / 32) * 4);
  for (const field of fields) {
    columnOffsets.push(bytes);
    bytes += roundUp(capacity * field.bytes);
  }
  return { capacity, bytes, liveOffset, columnOffsets };
}

/** The bytes of one record, with its share of the bookkeeping: a word of 8 bytes and a bit. */
function bytesPerRecord(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + field.bytes, WORD_BYTES + 1 / 8);
}

/** A capacity that fills a block of so many bytes as well as it can be told beforehand, but at least `least`. */
export function capacityWithin(fields: readonly Field[], bytes: number, least: number): number {
  const rounding = ALIGN * (fields.length + 2);
  return Math.max(least, Math.floor((bytes - rounding) / bytesPerRecord(fields)));
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGN) * ALIGN;
}
