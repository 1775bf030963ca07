// A shared memory with its parts as typed arrays, and the steps that several parts of the package take on it.
import { PoolError } from "../memory/errors.ts";
import { PAGE_BYTES, Region, type WasmMemory } from "../memory/region.ts";
import { sharedStackKernel } from "../kernel/shared-stack.wasm.ts";
import {
  BLOCKS_PER_PAGE,
  LAST_THREAD_AT,
  type Layout,
  layoutOf,
  MAGIC,
  MAGIC_AT,
  NEXT_PAGE_AT,
  POOL_ID_AT,
  ROW_BYTES,
  ROW_JOURNAL_AT,
  ROW_STATE_AT,
  spanClassOf,
  spanPagesOf,
  VERSION,
  VERSION_AT,
} from "./layout.ts";
import { SHARED_CLASSES, sharedClassBytes } from "./shared-classes.ts";

/** What the kernel exports; its twin in test/sharing/steps.ts is the same, step by step. */
export interface StackKernel {
  fetchMany(head: number, next: number, words: number, journal: number, most: number, thread: number): number;
  freeMany(head: number, next: number, words: number, journal: number, count: number, thread: number): void;
}

/** A span as the page table tells of it. */
export interface SharedSpan {
  readonly startPage: number;
  readonly pages: number;
  readonly sizeClass: number;
  readonly word: number;
}

/** The number of a span's first block. */
export function firstBlockOf(span: SharedSpan): number {
  return span.startPage * BLOCKS_PER_PAGE;
}

/** How many blocks a span has. */
export function blocksOf(span: SharedSpan): number {
  return Math.floor((span.pages * PAGE_BYTES) / sharedClassBytes(span.sizeClass));
}

export class SharedMemory {
  readonly region: Region;
  readonly layout: Layout;
  readonly control: Int32Array;
  /** All words of all blocks. */
  readonly words: Int32Array;
  readonly pageTable: Int32Array;
  /** The whole memory in words, for rows and journals. */
  readonly all: Int32Array;
  readonly stack: StackKernel;

  private constructor(memory: WasmMemory) {
    this.region = Region.over(memory);
    const { buffer, byteLength } = this.region;
    this.layout = layoutOf(byteLength / PAGE_BYTES, SHARED_CLASSES);
    const { control, pageTable, words, pages } = this.layout;
    this.control = new Int32Array(buffer, control, 1024);
    this.pageTable = new Int32Array(buffer, pageTable, pages);
    this.words = new Int32Array(buffer, words, pages * BLOCKS_PER_PAGE);
    this.all = new Int32Array(buffer);
    this.stack = sharedStackKernel.on(this.region) as StackKernel;
  }

  /** Reserves a memory and writes its control block. */
  static reserve(bytes: number): SharedMemory {
    const shared = new SharedMemory(Region.reserve(bytes, "shared").memory as WasmMemory);
    shared.control[VERSION_AT] = VERSION;
    shared.control[POOL_ID_AT] = 1 + Math.floor(Math.random() * 0x7ffffffe);
    shared.control[NEXT_PAGE_AT] = shared.layout.firstPage;
    Atomics.store(shared.control, MAGIC_AT, MAGIC);
    return shared;
  }

  /** The memory that a handle carries. */
  static attach(memory: WasmMemory): SharedMemory {
    SharedMemory.poolIdOf(memory);
    return new SharedMemory(memory);
  }

  /** The number of the pool whose memory a handle carries; refuses what no pool has prepared. */
  static poolIdOf(memory: WasmMemory): number {
    const control = new Int32Array(memory.buffer, PAGE_BYTES, 3);
    if (Atomics.load(control, MAGIC_AT) === MAGIC && control[VERSION_AT] === VERSION)
      return control[POOL_ID_AT];
    throw new PoolError(
      "BAD_MESSAGE",
      `expected the memory of a shared pool of version ${VERSION}; use the same version of the package in all threads`,
      { magic: control[MAGIC_AT], version: control[VERSION_AT] },
    );
  }

  /** A number that tells pools apart. */
  get poolId(): number {
    return this.control[POOL_ID_AT];
  }

  /** The place of a thread's row in `all`. */
  rowAt(thread: number): number {
    return (this.layout.rows + thread * ROW_BYTES) / 4;
  }

  /** The state word of a thread's row. */
  rowState(thread: number): number {
    return Atomics.load(this.all, this.rowAt(thread) + ROW_STATE_AT);
  }

  /** Changes a row's state if it is still `expected`. */
  changeRow(thread: number, expected: number, wanted: number): boolean {
    return (
      Atomics.compareExchange(this.all, this.rowAt(thread) + ROW_STATE_AT, expected, wanted) === expected
    );
  }

  /** Lets those who look through all threads look as far as this one. */
  noteThread(thread: number): void {
    for (;;) {
      const last = Atomics.load(this.control, LAST_THREAD_AT);
      if (last >= thread) return;
      Atomics.compareExchange(this.control, LAST_THREAD_AT, last, thread);
    }
  }

  /** The address of a thread's journal. */
  journalOf(thread: number): number {
    return this.layout.rows + thread * ROW_BYTES + ROW_JOURNAL_AT * 4;
  }

  /** The address of a stack's head: set 0 is the centre, set t the shelf of thread t. */
  headOf(set: number, sizeClass: number): number {
    return this.layout.heads + set * this.layout.setBytes + sizeClass * 8;
  }

  /** The spans carved so far, in order of address. */
  *spans(): IterableIterator<SharedSpan> {
    const end = this.settleBorder();
    for (let startPage = this.layout.firstPage; startPage < end;) {
      const word = Atomics.load(this.pageTable, startPage);
      const pages = spanPagesOf(word);
      yield { startPage, pages, sizeClass: spanClassOf(word), word };
      startPage += pages;
    }
  }

  /** The first page without a span, after moving on for a thread that died before it could. */
  settleBorder(): number {
    for (;;) {
      const border = Atomics.load(this.control, NEXT_PAGE_AT);
      const word = border < this.layout.pages ? Atomics.load(this.pageTable, border) : 0;
      if (word === 0) return border;
      Atomics.compareExchange(this.control, NEXT_PAGE_AT, border, border + spanPagesOf(word));
    }
  }

  /** The numbers of the blocks on a stack at one moment. Asks again until nobody changed the stack meanwhile. */
  snapshot(set: number, sizeClass: number): Set<number> {
    const heads = new BigInt64Array(this.region.buffer, this.headOf(set, sizeClass), 1);
    const next = this.layout.next / 4;
    for (;;) {
      const seen = Atomics.load(heads, 0);
      const found = new Set<number>();
      for (let top = Number(seen & 0xffffffffn); top !== 0 && !found.has(top - 1);) {
        found.add(top - 1);
        top = Atomics.load(this.all, next + top - 1) >>> 0;
      }
      if (Atomics.load(heads, 0) === seen) return found;
    }
  }
}
