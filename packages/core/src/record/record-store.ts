// The memory of a record table at one capacity: its block, and every view that looks at it. Growth makes a new one
// and copies; nothing in here changes its place.
import type { Allocator } from "../memory/allocator.ts";
import type { TypedArray } from "../memory/elements.ts";
import { capacityWithin, layoutOf, type RecordLayout } from "./record-layout.ts";
import type { Field } from "./schema.ts";
import { planWipe, type WipePlan, type WipeViews, wipe, wipeViews } from "./wipe.ts";

/** A block and its views. */
export class RecordStore {
  /** What the pool gave. */
  readonly block: Uint8Array;
  /** Where what lies. */
  readonly layout: RecordLayout;
  /** A word a slot. */
  readonly words: Float64Array;
  /** A bit a slot. */
  readonly live: Uint32Array;
  /** In the order of the fields. */
  readonly columns: readonly TypedArray[];
  readonly #fields: readonly Field[];
  readonly #views: WipeViews;
  readonly #plan: WipePlan;

  constructor(allocator: Allocator, fields: readonly Field[], leastCapacity: number, mostCapacity: number) {
    this.#fields = fields;
    const least = layoutOf(fields, leastCapacity);
    const room = allocator.capacityFor(Uint8Array, least.bytes);
    const capacity = Math.min(mostCapacity, capacityWithin(fields, room, leastCapacity));
    this.layout = layoutOf(fields, capacity);
    const block = allocator.acquire(Uint8Array, this.layout.bytes);
    const { buffer, byteOffset } = block;
    const { liveOffset, columnOffsets } = this.layout;
    this.block = block;
    this.words = new Float64Array(buffer, byteOffset, capacity);
    this.live = new Uint32Array(buffer, byteOffset + liveOffset, Math.ceil(capacity / 32));
    this.columns = fields.map(
      ({ type, count }, at) => new type(buffer, byteOffset + columnOffsets[at], capacity * count),
    );
    this.#views = wipeViews(block);
    this.#plan = planWipe(fields, columnOffsets);
  }

  /** Zeroes the fields of one record. */
  wipe(index: number): void {
    wipe(this.#views, this.#plan, index);
  }

  /** Whether all fields of a record are zero. */
  isBlank(index: number): boolean {
    return this.#fields.every(({ bytes }, at) => {
      const start = this.layout.columnOffsets[at] + index * bytes;
      return this.block.subarray(start, start + bytes).every((byte) => byte === 0);
    });
  }

  /** Zeroes the fields of the records from `first` on and below `end`. */
  wipeRange(first: number, end: number): void {
    for (const [at, { bytes }] of this.#fields.entries()) {
      const start = this.layout.columnOffsets[at];
      this.block.fill(0, start + first * bytes, start + end * bytes);
    }
  }

  /** Moves the fields of `count` records that lie together to a lower place. */
  moveRun(from: number, to: number, count: number): void {
    for (const [at, { bytes }] of this.#fields.entries()) {
      const start = this.layout.columnOffsets[at];
      this.block.copyWithin(start + to * bytes, start + from * bytes, start + (from + count) * bytes);
    }
  }

  /** Copies the fields and live bits of the first `end` records of another store. The words are the slots' own. */
  copyFrom(other: RecordStore, end: number): void {
    this.live.set(other.live.subarray(0, Math.ceil(end / 32)));
    for (const [at, { bytes }] of this.#fields.entries()) {
      const start = other.layout.columnOffsets[at];
      this.block.set(other.block.subarray(start, start + end * bytes), this.layout.columnOffsets[at]);
    }
  }
}
