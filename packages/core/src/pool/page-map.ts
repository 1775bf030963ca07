// The pages of one region: which are taken, and the arithmetic that leads from an address to a block.
import { PAGE_BYTES, type Region } from "../memory/region.ts";

/**
 * One region's pages. A span is a run of pages cut into blocks of one size; the slots of its blocks stand
 * side by side, so that of the block at `address` is at `floor(address * scale + bias)`, with
 * scale = 1 / blockBytes and bias = firstSlot - spanAddress / blockBytes + 1/2. The half makes the result
 * exact at the start of every block in spite of rounding; other addresses may give a neighbour, which is
 * why the caller compares the block's array with the one it was asked about.
 */
export class PageMap {
  readonly region: Region;
  readonly pages: number;
  /** Scale and bias of each page, side by side: they are read together. */
  readonly lines: Float64Array;
  /** 1 where a page belongs to a span (or to the kernels: page 0). */
  readonly taken: Uint8Array;
  freePages: number;
  /** Pages from here on were never used: their bytes are zero, and resident memory was never spent on them. */
  untouched = 1;
  // No free page lies below this one.
  #firstFree = 1;

  constructor(region: Region) {
    this.region = region;
    this.pages = region.byteLength / PAGE_BYTES;
    this.lines = new Float64Array(2 * this.pages);
    this.taken = new Uint8Array(this.pages);
    this.taken[0] = 1;
    this.freePages = this.pages - 1;
  }

  /** True when no span is left, so that the region can be dropped. */
  get empty(): boolean {
    return this.freePages === this.pages - 1;
  }

  /** True when `count` neighbouring pages are free. */
  fits(count: number): boolean {
    return count <= this.freePages && findRun(this.taken, this.#firstFree, count) >= 0;
  }

  /** Takes `count` neighbouring pages, lowest address first; the caller has asked whether they fit. */
  take(count: number): number {
    const start = findRun(this.taken, this.#firstFree, count);
    this.taken.fill(1, start, start + count);
    this.freePages -= count;
    if (start === this.#firstFree) this.#firstFree = start + count;
    this.untouched = Math.max(this.untouched, start + count);
    return start;
  }

  /** Enters a span's arithmetic for its pages. */
  map(start: number, count: number, blockBytes: number, firstSlot: number): void {
    const bias = firstSlot - (start * PAGE_BYTES) / blockBytes + 0.5;
    for (let page = start; page < start + count; page++) {
      this.lines[2 * page] = 1 / blockBytes;
      this.lines[2 * page + 1] = bias;
    }
  }

  /** Gives a span's pages back. */
  give(start: number, count: number): void {
    this.lines.fill(0, 2 * start, 2 * (start + count));
    this.taken.fill(0, start, start + count);
    this.freePages += count;
    this.#firstFree = Math.min(this.#firstFree, start);
  }
}

/** The first run of `count` zero bytes at or after `from`, or -1. */
function findRun(taken: Uint8Array, from: number, count: number): number {
  let run = 0;
  for (let page = from; page < taken.length; page++) {
    run = taken[page] === 0 ? run + 1 : 0;
    if (run === count) return page - count + 1;
  }
  return -1;
}
