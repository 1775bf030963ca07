// A block as the pool sees it, and the list of the idle blocks of one size class.
//
// Why objects and not columns of numbers: acquiring and releasing touches one slot instead of eight columns,
// which with a thousand arrays in use costs less than half (measured when the pool was designed). There is
// one slot for each block that was ever used, not for each block that a span has room for.
import type { TypedArray } from "../memory/elements.ts";
import type { Span } from "./heap.ts";

/** Stands where there is no view; no user ever holds it, so nothing they release can equal it. */
export const NO_VIEW: TypedArray = new Uint8Array(0);

/** What one pool counts of one size class. */
export class Row {
  acquired = 0;
  released = 0;
  /** Requests that needed a block no release had left, or a new view. */
  misses = 0;
  /** The pool the row belongs to, if its arrays may be released the hot way; undefined in careful modes. */
  readonly hotOwner: object | undefined;
  /** The number of the pool the row belongs to. */
  readonly pool: number;

  constructor(pool: number, hotOwner: object | undefined) {
    this.pool = pool;
    this.hotOwner = hotOwner;
  }
}

/** Nobody's row: that of a slot before its first use. */
export const NO_ROW: Row = new Row(0, undefined);

/** The idle blocks of one size class. */
export class IdleList {
  readonly index: number;
  readonly blockBytes: number;
  /** The block size in units of 64 bytes: sums of it stay small integers up to 128 GiB. */
  readonly units: number;
  /** A stack; entries from `top` on have no meaning. The block released last, still in the cache, is on top. */
  idle: Slot[] = [];
  top = 0;
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
    this.units = blockBytes / 64;
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

/** One block: where it is, who holds it, and the views over it that are kept. */
export class Slot {
  // The first five are what a release reads: with the object's header they fill one cache line.
  /** The view that was last given out; being this very object is what proves an array to be ours. */
  array: TypedArray = NO_VIEW;
  /** Counts acquisitions and releases, so it is odd while the block is in use; `DIRTY` is set beside the count. */
  turn: number;
  row: Row = NO_ROW;
  readonly list: IdleList;
  type: unknown = undefined;
  length = -1;
  kind = -1;
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

  get live(): boolean {
    return (this.turn & 1) === 1;
  }

  /** All bytes of the block, for painting and guards. */
  bytes(): Uint8Array {
    return new Uint8Array(this.span.map.region.buffer, this.address, this.list.blockBytes);
  }
}

/**
 * Set in `turn` once the bytes of a block may be something else than zero. Without it nothing was ever written
 * there, and its pages may not even be resident.
 */
export const DIRTY = 0x20000000;

// The count wraps here; a lease would have to outlive half a billion uses of its block to be mistaken.
const COUNT_MASK = 0x1fffffff;

/** The turn after a release: one on, and dirty. */
export function nextTurn(turn: number): number {
  return ((turn + 1) & COUNT_MASK) | DIRTY;
}
