// Where everything stands in the memory of a SharedPool. Nobody else knows the numbers.
//
//     page 0          the kernels' static data, as in every region
//     page 1          control block: 32-bit words, named below
//     then            thread rows, 0 to THREADS, each ROW_BYTES; row 0 is nobody's
//     then            heads of the stacks: THREADS + 1 sets of CLASSES x 8 bytes, each set on cache lines of its own;
//                     set 0 is the centre, set t is the shelf of thread t
//     then            page table: one 32-bit word a page, 0 but at the first page of a span
//     then            words: one 32-bit word a block
//     then            next: one 32-bit word a block, the links of the stacks
//     then, from a page boundary, the spans
//
// Blocks are numbered by place: block k of a span that starts at page p is p * BLOCKS_PER_PAGE + k.
//
// The page table's word of a span, written once by compare-and-swap, which is how a span comes to be:
//
//     31         24 23           12 11        6 5       0
//     +------------+---------------+-----------+---------+
//     |  class + 1 |     pages     |   owner   |    0    |
//     +------------+---------------+-----------+---------+
//
// The word of a block is the truth about it, and changes by compare-and-swap where two threads could meet:
//
//     31    30 29        22 21                        0
//     +-------+------------+--------------------------+
//     | state |   owner    |          turn            |
//     +-------+------------+--------------------------+
//
// The turn counts changes of hands. A block is free: its number is on a stack, or on its way there, and `owner` is the
// thread that freed it. Or held by the thread `owner`: in use there, or in its private cache. Or in flight: detached by
// `owner`, to be adopted; the owner is 0 for what belongs to no thread, and ORPHAN once the sender has ended. A word of 0 belongs to a block that its span's owner has not put anywhere yet.
import { PAGE_BYTES } from "../memory/region.ts";

/** Threads that can be attached at once. Number 0 is nobody, so rows 1 to THREADS are used. */
export const THREADS = 63;
/** The owner of blocks in flight whose sender has ended. */
export const ORPHAN: number = THREADS + 1;
/** Blocks that move between a thread's cache and a stack at once, at most. */
export const BATCH = 32;

/** The smallest block of a shared pool: smaller ones would make the tables large. */
export const SMALLEST_BLOCK = 256;
export const BLOCKS_PER_PAGE: number = PAGE_BYTES / SMALLEST_BLOCK;

// Control block, in words of 32 bits.
export const MAGIC_AT = 0;
export const VERSION_AT = 1;
export const POOL_ID_AT = 2;
/** The first page that no span has. */
export const NEXT_PAGE_AT = 3;
export const SEALED_AT = 4;
/** How many spans were carved. */
export const GROWTHS_AT = 5;
/** The largest number that a thread has ever had. */
export const LAST_THREAD_AT = 6;

export const MAGIC = 0x4d505331;
export const VERSION = 1;

// A thread's row, in words.
export const ROW_BYTES = 1024;
/** One of the states below, or `ROW_RECLAIMED_BY` plus the number of the thread that cleans up. */
export const ROW_STATE_AT = 0;
/** The platform's number of the thread, such as Node's `threadId`; -1 where there is none. */
export const ROW_PLATFORM_AT = 1;
/** Not 0 when somebody wants the thread to publish its counters. */
export const ROW_ASKED_AT = 3;
/** What the thread last published of its counters, as doubles; the version before and after, odd while written. */
export const ROW_VERSION_AT = 2;
export const ROW_COUNTERS_AT = 4;
export const COUNTERS = 12;
/** How many blocks are on their way to or from a stack; then number and word of each. */
export const ROW_JOURNAL_AT = 64;

export const ROW_FREE = 0;
export const ROW_ALIVE = 1;
export const ROW_RECLAIMED_BY = 0x100;

// The word of a block.
export const FREE = 0;
export const HELD = 1;
export const IN_FLIGHT = 2;
const OWNER_SHIFT = 22;
const STATE_SHIFT = 30;
const TURN_BITS: number = (1 << OWNER_SHIFT) - 1;

/** A block's word. */
export function wordOf(state: number, owner: number, turn: number): number {
  return (state << STATE_SHIFT) | (owner << OWNER_SHIFT) | (turn & TURN_BITS);
}

/** Free, held or in flight. */
export function stateOf(word: number): number {
  return word >>> STATE_SHIFT;
}

/** The thread that holds or sent the block. */
export function ownerOf(word: number): number {
  return (word >>> OWNER_SHIFT) & 0xff;
}

/** How often the block changed hands. */
export function turnOf(word: number): number {
  return word & TURN_BITS;
}

/** The turn after a change of hands. Never 0: a word of 0 means that the block was never put anywhere. */
export function turnAfter(word: number): number {
  return (word + 1) & TURN_BITS || 1;
}

/** A span's word in the page table. */
export function spanWordOf(sizeClass: number, pages: number, owner: number): number {
  return ((sizeClass + 1) << 24) | (pages << 12) | (owner << 6);
}

/** The class of a span, from its word. */
export function spanClassOf(word: number): number {
  return (word >>> 24) - 1;
}

/** How many pages a span has, from its word. */
export function spanPagesOf(word: number): number {
  return (word >>> 12) & 0xfff;
}

/** The thread that carved a span, from its word. */
export function spanOwnerOf(word: number): number {
  return (word >>> 6) & 0x3f;
}

/** The parts of a shared memory, as byte addresses. */
export interface Layout {
  readonly pages: number;
  readonly classes: number;
  readonly control: number;
  readonly rows: number;
  readonly heads: number;
  /** From one set of heads to the next. */
  readonly setBytes: number;
  readonly pageTable: number;
  readonly words: number;
  readonly next: number;
  /** The first page that spans can have. */
  readonly firstPage: number;
}

/** Computes the layout; the same in every thread, since it depends on nothing but the two numbers. */
export function layoutOf(pages: number, classes: number): Layout {
  const tableBytes = pages * BLOCKS_PER_PAGE * 4;
  const control = PAGE_BYTES;
  const rows = control + 4096;
  const heads = rows + (THREADS + 1) * ROW_BYTES;
  // Two lines of 64 bytes are often fetched together.
  const setBytes = Math.ceil((classes * 8) / 128) * 128;
  const pageTable = heads + (THREADS + 1) * setBytes;
  const words = pageTable + pages * 4;
  const next = words + tableBytes;
  return {
    pages,
    classes,
    control,
    rows,
    heads,
    setBytes,
    pageTable,
    words,
    next,
    firstPage: Math.ceil((next + tableBytes) / PAGE_BYTES),
  };
}
