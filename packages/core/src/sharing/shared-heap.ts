// One thread's side of a shared memory. Its idle lists are private: taking from them and giving to them needs no
// atomic operation. When a list is empty a batch comes from the thread's own shelf, the centre, or another thread's
// shelf; when it is full, a batch goes to the shelf or the centre.
import type { TypedArray } from "../memory/elements.ts";
import { PAGE_BYTES } from "../memory/region.ts";
import { BlockHeap, type Keep, NO_SLOT, type TakeFailure, type Trimmed } from "../pool/block-heap.ts";
import type { TrimReason } from "../pool/ledger.ts";
import { PageMap } from "../pool/page-map.ts";
import { spanPages } from "../pool/size-classes.ts";
import { DIRTY, IdleList, Slot, type Span } from "../pool/slot.ts";
import { KiB } from "../memory/units.ts";
import {
  BATCH,
  BLOCKS_PER_PAGE,
  GROWTHS_AT,
  HELD,
  IN_FLIGHT,
  LAST_THREAD_AT,
  NEXT_PAGE_AT,
  SEALED_AT,
  spanClassOf,
  spanPagesOf,
  spanWordOf,
  stateOf,
  turnAfter,
  turnOf,
  wordOf,
} from "./layout.ts";
import { isAsked } from "./shared-ledger.ts";
import { SHARED_CLASSES, sharedClassBytes, sharedClassOf } from "./shared-classes.ts";
import type { SharedMemory } from "./shared-memory.ts";

// A private cache holds blocks that no other thread can get at, so it is kept small.
const CACHE_BYTES = 256 * KiB;

// More blocks than any cache can come to hold.
const ALL = 0x3fffffff;

/** Counts of how a thread came by its blocks; read by the ledger. */
export interface Traffic {
  /** Batches that came from the thread's own shelf, the centre, and other threads' shelves. */
  shelf: number;
  centre: number;
  stolen: number;
  /** Batches that went out. */
  spilled: number;
  /** Blocks sent to and received from other threads. */
  sent: number;
  adopted: number;
}

export class SharedHeap extends BlockHeap {
  readonly thread: number;
  readonly traffic: Traffic = { shelf: 0, centre: 0, stolen: 0, spilled: 0, sent: 0, adopted: 0 };
  /** Blocks that are too large for any class, and what is asked of them, end here. */
  readonly tooLarge: IdleList = new IdleList(SHARED_CLASSES, 0);
  /** Called where batches move, when somebody wants to know this thread's counters. */
  onAsked: () => void = () => {};
  readonly #memory: SharedMemory;
  readonly #map: PageMap;
  // By first page; places in the slot table are this thread's own, so that it stays dense.
  readonly #spans = new Map<number, Span>();
  // Neighbours in a batch often come from the same span.
  #lastSpan: Span | undefined;
  readonly #journal: number;
  // How many blocks this thread put on its shelf, by class, less what it took; others may have taken some.
  readonly #shelved: Int32Array = new Int32Array(SHARED_CLASSES);
  // Where stealing begins next time: not always with the same victim.
  #victim = 0;

  constructor(memory: SharedMemory, thread: number) {
    super((memory.layout.pages - memory.layout.firstPage) * PAGE_BYTES, true);
    this.#memory = memory;
    this.thread = thread;
    this.#map = new PageMap(memory.region);
    this.maps.push(this.#map);
    this.current = this.#map;
    this.#journal = memory.journalOf(thread);
    this.regionsReserved = 1;
    for (let index = 0; index < SHARED_CLASSES; index++) {
      const list = new IdleList(index, sharedClassBytes(index));
      list.most = Math.min(BATCH, Math.floor(CACHE_BYTES / list.blockBytes));
      this.lists.push(list);
    }
  }

  /** From now on no block leaves this thread's cache: there is nobody who could take it. */
  keepAll(): void {
    for (const list of this.lists) list.most = ALL;
  }

  override get carvedBytes(): number {
    return (Atomics.load(this.#memory.control, NEXT_PAGE_AT) - this.#memory.layout.firstPage) * PAGE_BYTES;
  }

  override get sealed(): boolean {
    return Atomics.load(this.#memory.control, SEALED_AT) !== 0;
  }

  override seal(): void {
    Atomics.store(this.#memory.control, SEALED_AT, 1);
  }

  override listFor(bytes: number): IdleList {
    const sizeClass = sharedClassOf(bytes);
    return sizeClass < 0 ? this.tooLarge : this.lists[sizeClass];
  }

  protected override refill(list: IdleList): Slot | TakeFailure {
    if (list === this.tooLarge) return "limit";
    // A batch, whatever the cache may keep.
    const wanted = Math.max(1, Math.min(list.most, BATCH) >>> 1);
    if (isAsked(this.#memory, this.thread)) this.onAsked();
    if (!this.#fetch(list, wanted)) {
      const failure = this.#carve(list, wanted);
      if (failure !== undefined) return failure;
    }
    list.top--;
    list.low = Math.min(list.low, list.top);
    return list.idle[list.top];
  }

  // Fills the list from the shelf, the centre, or somebody else's shelf.
  #fetch(list: IdleList, wanted: number): boolean {
    if (this.#shelved[list.index] > 0) {
      if (this.#pop(this.thread, list, wanted)) {
        this.traffic.shelf++;
        return true;
      }
      this.#shelved[list.index] = 0;
    }
    if (this.#pop(0, list, wanted)) {
      this.traffic.centre++;
      return true;
    }
    const threads = Atomics.load(this.#memory.control, LAST_THREAD_AT);
    for (let tried = 0; tried < threads; tried++) {
      this.#victim = this.#victim < threads ? this.#victim + 1 : 1;
      if (!this.#pop(this.#victim, list, wanted)) continue;
      this.traffic.stolen++;
      return true;
    }
    return false;
  }

  #pop(set: number, list: IdleList, wanted: number): boolean {
    const { stack, layout, all } = this.#memory;
    const head = this.#memory.headOf(set, list.index);
    const count = stack.fetchMany(head, layout.next, layout.words, this.#journal, wanted, this.thread);
    if (count === 0) return false;
    if (set === this.thread) this.#shelved[list.index] -= count;
    list.settlePeak();
    list.slots += count;
    const entries = this.#journal / 4 + 1;
    for (let place = 0; place < count; place++) {
      const slot = this.slotOf(all[entries + place * 2] >>> 0);
      // What other threads did to it is not known here.
      slot.turn |= DIRTY;
      slot.painted = false;
      list.idle[list.top++] = slot;
    }
    return true;
  }

  /** Takes all blocks that wait in private caches to where other threads can get them. */
  override trimIdle(reason: TrimReason, keep?: (list: IdleList) => Keep): Trimmed {
    for (const list of this.lists) {
      const kept = keep === undefined ? 0 : list.top - Math.ceil(list.low / 2);
      if (list.top > kept) this.#give(list, list.top - kept);
    }
    this.trims[reason]++;
    return { bytes: 0, regions: 0 };
  }

  override spill(list: IdleList): void {
    this.#give(list, Math.max(1, list.most >>> 1));
    this.traffic.spilled++;
  }

  // The coldest `count` blocks of a list go to the shelf, or to the centre once the shelf has as many as the cache.
  #give(list: IdleList, count: number): void {
    list.settlePeak();
    for (let from = 0; from < count; from += BATCH) this.#push(list, from, Math.min(BATCH, count - from));
    const { idle } = list;
    for (let place = count; place < list.top; place++) idle[place - count] = idle[place];
    list.top -= count;
    list.slots -= count;
    list.low = Math.min(list.low, list.top);
  }

  #push(list: IdleList, from: number, count: number): void {
    const { all } = this.#memory;
    const entries = this.#journal / 4 + 1;
    for (let place = 0; place < count; place++) {
      all[entries + place * 2] = this.#blockOf(list.idle[from + place]);
    }
    const onShelf = this.#shelved[list.index] < Math.max(1, list.most);
    if (onShelf) this.#shelved[list.index] += count;
    this.#freeNoted(count, onShelf ? this.thread : 0, list.index);
  }

  /** Frees up to `BATCH` blocks that this thread holds, and puts them on a stack. */
  freeBlocks(blocks: readonly number[], set: number, sizeClass: number): void {
    const entries = this.#journal / 4 + 1;
    for (let place = 0; place < blocks.length; place++) this.#memory.all[entries + place * 2] = blocks[place];
    this.#freeNoted(blocks.length, set, sizeClass);
  }

  #freeNoted(count: number, set: number, sizeClass: number): void {
    const { stack, layout } = this.#memory;
    const head = this.#memory.headOf(set, sizeClass);
    stack.freeMany(head, layout.next, layout.words, this.#journal, count, this.thread);
    if (isAsked(this.#memory, this.thread)) this.onAsked();
  }

  // A new span. Whoever writes its word first has it; whoever comes second moves the border on for both.
  #carve(list: IdleList, wanted: number): TakeFailure | undefined {
    if (this.sealed) return "sealed";
    const startPage =
      this.#claimPages(list, spanPages(list.blockBytes)) ?? this.#claimPages(list, leastPages(list));
    if (startPage === undefined) return "limit";
    Atomics.add(this.#memory.control, GROWTHS_AT, 1);
    this.growths++;
    const span = this.#spanAt(startPage);
    const first = startPage * BLOCKS_PER_PAGE;
    const kept = Math.min(wanted, span.blocks);
    for (let place = 0; place < kept; place++) {
      this.#memory.words[first + place] = wordOf(HELD, this.thread, 1);
      list.idle[list.top++] = this.#makeSlot(span, place);
      list.slots++;
    }
    for (let from = kept; from < span.blocks; from += BATCH) {
      const count = Math.min(BATCH, span.blocks - from);
      const blocks = Array.from({ length: count }, (_, place) => first + from + place);
      this.freeBlocks(blocks, 0, list.index);
    }
    return undefined;
  }

  #claimPages(list: IdleList, pages: number): number | undefined {
    const { control, pageTable, layout } = this.#memory;
    const word = spanWordOf(list.index, pages, this.thread);
    for (;;) {
      const start = Atomics.load(control, NEXT_PAGE_AT);
      if (start + pages > layout.pages) return undefined;
      const there = Atomics.compareExchange(pageTable, start, 0, word);
      const taken = there === 0 ? pages : spanPagesOf(there);
      Atomics.compareExchange(control, NEXT_PAGE_AT, start, start + taken);
      if (there === 0) return start;
    }
  }

  /** The slot of a block of this memory; made when this thread first has to do with the block. */
  slotOf(block: number): Slot {
    let span = this.#lastSpan;
    let place = span === undefined ? -1 : block - span.startPage * BLOCKS_PER_PAGE;
    if (span === undefined || place < 0 || place >= span.blocks) {
      span = this.#lastSpan = this.#spanAt(this.#startPageOf(block));
      place = block - span.startPage * BLOCKS_PER_PAGE;
    }
    const known = this.slotTable[span.firstSlot + place];
    if (known !== NO_SLOT) return known;
    const slot = this.#makeSlot(span, place);
    slot.turn |= DIRTY;
    return slot;
  }

  #makeSlot(span: Span, place: number): Slot {
    const slot = new Slot(span.list, span, span.startPage * PAGE_BYTES + place * span.list.blockBytes);
    this.slotTable[span.firstSlot + place] = slot;
    return slot;
  }

  // Blocks of a span of several pages are numbered from its first page on.
  #startPageOf(block: number): number {
    let page = Math.floor(block / BLOCKS_PER_PAGE);
    while (this.#memory.pageTable[page] === 0) page--;
    return page;
  }

  #spanAt(startPage: number): Span {
    const known = this.#spans.get(startPage);
    if (known !== undefined) return known;
    const word = Atomics.load(this.#memory.pageTable, startPage);
    const list = this.lists[spanClassOf(word)];
    const pages = spanPagesOf(word);
    const blocks = Math.floor((pages * PAGE_BYTES) / list.blockBytes);
    const firstSlot = this.slotTable.length - 1;
    for (let place = 0; place < blocks; place++) this.slotTable.push(NO_SLOT);
    const span = { map: this.#map, startPage, pages, list, firstSlot, blocks, fresh: true, cut: blocks };
    this.#map.map(startPage, pages, list.blockBytes, firstSlot);
    this.#spans.set(startPage, span);
    return span;
  }

  #blockOf(slot: Slot): number {
    const { span } = slot;
    const place = (slot.address - span.startPage * PAGE_BYTES) / span.list.blockBytes;
    return span.startPage * BLOCKS_PER_PAGE + place;
  }

  /** Sends a block off: from now on it belongs to whoever adopts it. Its number and turn. */
  send(slot: Slot): { readonly block: number; readonly turn: number } {
    const block = this.#blockOf(slot);
    const turn = turnAfter(this.#memory.words[block]);
    slot.list.slots--;
    this.traffic.sent++;
    Atomics.store(this.#memory.words, block, wordOf(IN_FLIGHT, this.thread, turn));
    return { block, turn };
  }

  /** Makes a block that this thread sent nobody's. */
  disown(block: number, turn: number): void {
    const { words } = this.#memory;
    const sent = wordOf(IN_FLIGHT, this.thread, turn);
    Atomics.compareExchange(words, block, sent, wordOf(IN_FLIGHT, 0, turn));
  }

  /** Takes a block that was sent, if it is still on its way with this turn. */
  adopt(block: number, turn: number): Slot | undefined {
    const { words } = this.#memory;
    // Once more, if the sender was found to have ended meanwhile: the word says so, and the turn is the same.
    for (;;) {
      const word = Atomics.load(words, block);
      if (stateOf(word) !== IN_FLIGHT || turnOf(word) !== turn) return undefined;
      const held = wordOf(HELD, this.thread, turnAfter(word));
      if (Atomics.compareExchange(words, block, word, held) === word) break;
    }
    const slot = this.slotOf(block);
    slot.turn |= DIRTY;
    slot.painted = false;
    slot.list.settlePeak();
    slot.list.slots++;
    this.traffic.adopted++;
    return slot;
  }

  /** True when a block was sent with this turn and nobody has adopted it. */
  isInFlight(block: number, turn: number): boolean {
    if (!this.hasBlock(block)) return false;
    const word = Atomics.load(this.#memory.words, block);
    return stateOf(word) === IN_FLIGHT && turnOf(word) === turn;
  }

  /** True for numbers that are blocks of some span. */
  hasBlock(block: number): boolean {
    const end = Atomics.load(this.#memory.control, NEXT_PAGE_AT) * BLOCKS_PER_PAGE;
    if (!(Number.isInteger(block) && block >= this.#memory.layout.firstPage * BLOCKS_PER_PAGE && block < end))
      return false;
    const startPage = this.#startPageOf(block);
    return block - startPage * BLOCKS_PER_PAGE < this.#spanAt(startPage).blocks;
  }

  override *slots(): IterableIterator<Slot> {
    for (const span of this.#spans.values()) {
      for (let place = 0; place < span.blocks; place++) {
        const slot = this.slotTable[span.firstSlot + place];
        if (slot !== NO_SLOT) yield slot;
      }
    }
  }

  override slotUnder(array: TypedArray): Slot | undefined {
    if (array.buffer !== this.#memory.region.buffer) return undefined;
    for (const slot of this.slots()) {
      if (array.byteOffset >= slot.address && array.byteOffset < slot.address + slot.list.blockBytes)
        return slot;
    }
    return undefined;
  }

  /** Gives everything idle to the others. What is in use stays with this thread's number until it is reclaimed. */
  override close(): void {
    this.trimIdle("call");
    this.maps.length = 0;
    this.slotTable.length = 2;
    this.#spans.clear();
    this.#lastSpan = undefined;
  }
}

function leastPages(list: IdleList): number {
  return Math.ceil(list.blockBytes / PAGE_BYTES);
}
