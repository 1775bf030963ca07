// A block as the pool sees it, and the list of the idle blocks of one size class.
//
// Why objects and not columns of numbers: acquiring and releasing touches one slot instead of eight columns
// (with 1,000 arrays in use 38 ns went to 20). There is one slot for each block that was ever used, not for
// each block that a span has room for.
import type { TypedArray } from "../memory/elements.ts";
import type { PageMap } from "./page-map.ts";

/** Stands where there is no view; no user ever holds it, so nothing they release can equal it. */
export const NO_VIEW: TypedArray = new Uint8Array(0);

/** What one pool counts of one size class. */
export class Row {
  acquired = 0;
  /** Requests that needed a block no release had left, or a new view. */
  misses = 0;
}

/**
 * Set in `turn` once the bytes of a block may be something else than zero. Without it nothing was ever written
 * there, and its pages may not even be resident.
 */
export const DIRTY = 0x20000000;

// The count wraps here; a lease would have to outlive half a billion uses of its block to be mistaken.
const COUNT_MASK = 0x1fffffff;

/** The holder of an idle block. */
export const NOBODY = 0;

/** The request of a slot without a view, and of views too long for a small integer; never goes the hot way. */
export const NO_REQUEST = -1;

/** Type and length as one number, so that the hot way compares once. */
export function requestOf(kind: number, length: number): number {
  return length < 0x4000000 ? length * 16 + kind : NO_REQUEST;
}

/** The idle blocks of one size class. */
export class IdleList {
  readonly index: number;
  readonly blockBytes: number;
  /** The block size in units of 64 bytes: sums of it stay small integers up to 128 GiB. */
  readonly units: number;
  /** A stack; entries from `top` on have no meaning. The block released last, still in the cache, is on top. */
  idle: Slot[] = [];
  top = 0;
  /** From here on blocks are taken off the list: the size of a thread's private cache, where blocks are shared. */
  most = 0x3fffffff;
  /** The lowest `top` since the last trim interval began: so many blocks were idle all the time. */
  low = 0;
  /** Slots that exist, idle or in use. */
  slots = 0;
  /** The most blocks that were in use at once. */
  peak = 0;
  /** Spans with blocks that were never used. */
  readonly uncut: Span[] = [];
  /** Blocks that all spans of the class have room for. */
  blocks = 0;

  constructor(index: number, blockBytes: number) {
    this.index = index;
    this.blockBytes = blockBytes;
    // `>>> 0` keeps the engine from storing a double, which the hot way would have to load and box.
    this.units = (blockBytes / 64) >>> 0;
  }

  /** Blocks in use now. */
  get live(): number {
    return this.slots - this.top;
  }

  /** Enters what `low` says into `peak`; called before the number of slots changes and before reading. */
  settlePeak(): void {
    this.peak = Math.max(this.peak, this.slots - this.low);
  }
}

/** A run of pages cut into blocks of one class. */
export interface Span {
  readonly map: PageMap;
  readonly startPage: number;
  readonly pages: number;
  readonly list: IdleList;
  /** Where the slots of its blocks stand in the heap's table. */
  readonly firstSlot: number;
  readonly blocks: number;
  /** True when its pages were never used before: they are zero. */
  readonly fresh: boolean;
  /** Blocks that have a slot; the others were never used. */
  cut: number;
}

/** One block: where it is, who holds it, and the views over it that are kept. */
export class Slot {
  // The first five are what the hot ways read and write; with the object's header they fill one cache line.
  /** The view that was last given out; being this very object is what proves an array to be ours. */
  array: TypedArray = NO_VIEW;
  /** The number of the pool that has the block in use, negative if it must go the careful way; or `NOBODY`. */
  holder: number = NOBODY;
  /** Counts releases, which tells owners of the block apart; `DIRTY` is set beside the count. */
  turn: number;
  readonly list: IdleList;
  /** What the view answers. */
  request: number = NO_REQUEST;
  kind = -1;
  length = -1;
  /** True while a checked pool has known bytes in the released block. */
  painted = false;
  /** The view before that: two alternating requests create nothing. */
  spare: TypedArray = NO_VIEW;
  readonly span: Span;
  readonly address: number;

  constructor(list: IdleList, span: Span, address: number) {
    this.turn = span.fresh ? 0 : DIRTY;
    this.list = list;
    this.span = span;
    this.address = address;
  }

  /** The number of the pool that has the block in use, or `NOBODY`. */
  get owner(): number {
    return Math.abs(this.holder);
  }

  /** True once the bytes may be something else than zero. */
  get dirty(): boolean {
    return (this.turn & DIRTY) !== 0;
  }

  /** Ends an ownership: nobody holds the block, and its next owner has another turn. */
  end(): void {
    this.holder = NOBODY;
    this.turn = ((this.turn + 1) & COUNT_MASK) | DIRTY;
  }

  /** All bytes of the block, for painting and guards. */
  bytes(): Uint8Array {
    return new Uint8Array(this.span.map.region.buffer, this.address, this.list.blockBytes);
  }
}
