// The heap behind a pool: regions, cut into spans of pages, cut into blocks of one size class.
//
//     region ──▶ pages ──▶ span (run of pages, one size class) ──▶ blocks (a slot each, once used)
//
// Idle blocks wait on the list of their class. When that is empty, a block that was never used is cut from a
// span of the class; when there is none, a span is carved from a region; when no region has room, one is
// reserved. Trimming goes the same way back.
import type { TypedArray } from "../memory/elements.ts";
import { MAX_REGION_BYTES, PAGE_BYTES, Region, type RegionKind } from "../memory/region.ts";
import { BlockHeap, type Keep, NO_SLOT, type TakeFailure, type Trimmed } from "./block-heap.ts";
import type { TrimReason } from "./ledger.ts";
import { PageMap } from "./page-map.ts";
import {
  BIG_BYTES,
  bigPages,
  BLOCK_ALIGN,
  SMALL_CLASSES,
  smallClassBytes,
  smallClassOf,
  spanPages,
} from "./size-classes.ts";
import { IdleList, Slot, type Span } from "./slot.ts";

// Once this many classes exist, further page counts share eight steps a doubling.
const MAX_EXACT_CLASSES = 384;
// A class that keeps growing is carved in ever larger pieces, up to this many pages at once.
const MAX_GROWTH_PAGES = 16;

const KEEP_ALL: Keep = { least: Infinity, enough: Infinity };
const KEEP_NONE: Keep = { least: 0, enough: 0 };
const keepNone = (): Keep => KEEP_NONE;

/** What a heap needs to know. */
export interface HeapOptions {
  readonly limitBytes: number;
  readonly regionBytes: number;
  readonly memory: RegionKind;
}

export class Heap extends BlockHeap {
  readonly regionBytes: number;
  readonly memory: RegionKind;
  readonly #spans = new Set<Span>();
  #carvedBytes = 0;
  #sealed = false;
  // Where slots of dropped spans stood, by how many blocks those had, to be used again.
  readonly #freeRuns = new Map<number, number[]>();
  // The class of a big request by its page count; 0 where none was made yet.
  #exactClass: Uint16Array = new Uint16Array(64);

  constructor(options: HeapOptions) {
    super(options.limitBytes, false);
    this.regionBytes = options.regionBytes;
    this.memory = options.memory;
    for (let index = 0; index < SMALL_CLASSES; index++)
      this.lists.push(new IdleList(index, smallClassBytes(index)));
  }

  override get carvedBytes(): number {
    return this.#carvedBytes;
  }

  override get sealed(): boolean {
    return this.#sealed;
  }

  override seal(): void {
    this.#sealed = true;
  }

  /** The class that serves `bytes`; big classes are made when first asked for. */
  override listFor(bytes: number): IdleList {
    if (bytes <= BIG_BYTES) return this.lists[smallClassOf(bytes)];
    const pages = bigPages(bytes);
    const known = pages < this.#exactClass.length ? this.#exactClass[pages] : 0;
    return known !== 0 ? this.lists[known] : this.#learn(pages);
  }

  #learn(pages: number): IdleList {
    if (pages >= this.#exactClass.length) {
      const grown = new Uint16Array(Math.min(65_537, Math.max(pages + 1, this.#exactClass.length * 2)));
      grown.set(this.#exactClass);
      this.#exactClass = grown;
    }
    if (this.lists.length >= MAX_EXACT_CLASSES) {
      const step = 2 ** Math.max(0, 31 - Math.clz32(pages - 1) - 3);
      const rounded = Math.min(Math.ceil(pages / step) * step, 65_535);
      if (rounded !== pages) return this.listFor(rounded * PAGE_BYTES);
    }
    const list = new IdleList(this.lists.length, pages * PAGE_BYTES);
    this.lists.push(list);
    this.#exactClass[pages] = list.index;
    return list;
  }

  /** The slot of the block that contains the first byte of `array`, whoever holds it. Slow: for messages. */
  override slotUnder(array: TypedArray): Slot | undefined {
    for (const span of this.#spans) {
      if (span.map.region.buffer !== array.buffer) continue;
      const place = Math.floor((array.byteOffset - span.startPage * PAGE_BYTES) / span.list.blockBytes);
      if (place >= 0 && place < span.cut) return this.slotTable[span.firstSlot + place];
    }
    return undefined;
  }

  /** Every slot, in use or idle. */
  override *slots(): IterableIterator<Slot> {
    for (const span of this.#spans) {
      for (let place = 0; place < span.cut; place++) yield this.slotTable[span.firstSlot + place];
    }
  }

  // Lists are as long as it takes.
  override spill(): void {}

  protected override refill(list: IdleList, mostUnits: number): Slot | TakeFailure {
    const near = this.#nearList(list, Math.min(list.blockBytes * 1.125, mostUnits * BLOCK_ALIGN));
    return near === undefined ? this.#cut(list) : this.take(near, mostUnits);
  }

  // A big request may take an idle block that is up to an eighth larger than its own class.
  #nearList(list: IdleList, mostBytes: number): IdleList | undefined {
    if (list.index < SMALL_CLASSES || list.uncut.length > 0) return undefined;
    let best: IdleList | undefined;
    for (let index = SMALL_CLASSES; index < this.lists.length; index++) {
      const other = this.lists[index];
      const fits = other.blockBytes >= list.blockBytes && other.blockBytes <= mostBytes;
      if (other.top > 0 && fits && (best === undefined || other.blockBytes < best.blockBytes)) best = other;
    }
    return best;
  }

  // A block that was never used, from a span that has one or from a new span.
  #cut(list: IdleList): Slot | TakeFailure {
    if (list.uncut.length === 0) {
      const failure = this.#carve(list);
      if (failure !== undefined) return failure;
    }
    const span = list.uncut[list.uncut.length - 1];
    const address = span.startPage * PAGE_BYTES + span.cut * list.blockBytes;
    const slot = new Slot(list, span, address);
    this.slotTable[span.firstSlot + span.cut] = slot;
    span.cut++;
    if (span.cut === span.blocks) list.uncut.pop();
    list.settlePeak();
    list.slots++;
    list.low = 0;
    return slot;
  }

  #carve(list: IdleList): TakeFailure | undefined {
    if (this.sealed) return "sealed";
    const least = Math.ceil(list.blockBytes / PAGE_BYTES);
    if (list.index >= SMALL_CLASSES) this.#balanceBig(list.blockBytes);
    else if (this.#carveAhead(list)) return undefined;
    if (this.#carvePages(list, least)) return undefined;
    if (least * PAGE_BYTES > this.limitBytes) return "limit";
    this.trimIdle("budget");
    return this.#carvePages(list, least) ? undefined : "limit";
  }

  // Carves more than one block needs, unless that would be much of what is left of the limit.
  #carveAhead(list: IdleList): boolean {
    const pages = this.#usualPages(list);
    if (pages * PAGE_BYTES * 4 > this.limitBytes - this.carvedBytes) return false;
    return this.#carvePages(list, pages);
  }

  // Growing by half of what the class has keeps the number of carvings logarithmic.
  #usualPages(list: IdleList): number {
    const half = Math.ceil((list.blocks * list.blockBytes) / 2 / PAGE_BYTES);
    return Math.max(spanPages(list.blockBytes), Math.min(half, MAX_GROWTH_PAGES));
  }

  // Big sizes that differ every time would pile up idle blocks of every size that ever was; before a new one
  // is carved, idle ones go until they are no more than what is in use, this one included.
  #balanceBig(blockBytes: number): void {
    let idle = 0;
    let live = blockBytes;
    for (let index = SMALL_CLASSES; index < this.lists.length; index++) {
      const list = this.lists[index];
      idle += list.top * list.blockBytes;
      live += list.live * list.blockBytes;
    }
    if (idle > live) this.trimIdle("budget", (list) => (list.index < SMALL_CLASSES ? KEEP_ALL : KEEP_NONE));
  }

  #carvePages(list: IdleList, pages: number): boolean {
    if (this.carvedBytes + pages * PAGE_BYTES > this.limitBytes) return false;
    const map = this.maps.find((candidate) => candidate.fits(pages)) ?? this.#addRegion(pages);
    const untouched = map.untouched;
    const startPage = map.take(pages);
    this.#addSpan(list, map, startPage, pages, startPage >= untouched);
    return true;
  }

  #addRegion(pages: number): PageMap {
    const least = (pages + 1) * PAGE_BYTES;
    // A block that would take most of a region gets one of its own, dropped when it goes idle.
    const bytes = least > this.regionBytes / 2 ? Math.min(least, MAX_REGION_BYTES) : this.regionBytes;
    const map = new PageMap(Region.reserve(bytes, this.memory));
    this.maps.push(map);
    this.current ??= map;
    this.regionsReserved++;
    return map;
  }

  #addSpan(list: IdleList, map: PageMap, startPage: number, pages: number, fresh: boolean): void {
    const blocks = Math.floor((pages * PAGE_BYTES) / list.blockBytes);
    const firstSlot = this.#slotRun(blocks);
    const span = { map, startPage, pages, list, firstSlot, blocks, fresh, cut: 0 };
    this.#spans.add(span);
    list.uncut.push(span);
    list.blocks += blocks;
    map.map(startPage, pages, list.blockBytes, firstSlot);
    this.#carvedBytes += pages * PAGE_BYTES;
    this.growths++;
  }

  // Consecutive places for slots: those of a dropped span of as many blocks, or new ones.
  #slotRun(blocks: number): number {
    const recycled = this.#freeRuns.get(blocks)?.pop();
    if (recycled !== undefined) return recycled;
    const first = this.slotTable.length - 1;
    for (let place = 0; place < blocks; place++) this.slotTable.push(NO_SLOT);
    return first;
  }

  /**
   * Takes spans without a block in use out of their classes, the newest first, and drops regions that are
   * left empty. `keep` says how many idle blocks a class shall keep; without it, none.
   */
  override trimIdle(reason: TrimReason, keep: (list: IdleList) => Keep = keepNone): Trimmed {
    const idle = this.#idleBySpan();
    const dropped = new Set<Span>();
    const left = this.lists.map((list) => list.blocks - list.live);
    for (const span of [...this.#spans].reverse()) {
      if ((idle.get(span) ?? 0) < span.cut) continue;
      const { least, enough } = keep(span.list);
      const before = left[span.list.index];
      if (before <= enough || before - span.blocks < least) continue;
      left[span.list.index] = before - span.blocks;
      dropped.add(span);
    }
    return this.#drop(dropped, reason);
  }

  #idleBySpan(): Map<Span, number> {
    const idle = new Map<Span, number>();
    for (const list of this.lists) {
      for (let place = 0; place < list.top; place++) {
        const { span } = list.idle[place];
        idle.set(span, (idle.get(span) ?? 0) + 1);
      }
    }
    return idle;
  }

  #drop(dropped: ReadonlySet<Span>, reason: TrimReason): Trimmed {
    const trimmed = { bytes: 0, regions: 0 };
    if (dropped.size === 0) return trimmed;
    for (const list of new Set([...dropped].map((span) => span.list))) unlink(list, dropped);
    for (const span of dropped) {
      this.#dropSpan(span);
      trimmed.bytes += span.pages * PAGE_BYTES;
    }
    trimmed.regions = this.#dropEmptyRegions();
    this.trims[reason]++;
    this.bytesTrimmed += trimmed.bytes;
    return trimmed;
  }

  #dropSpan(span: Span): void {
    for (let place = 0; place < span.blocks; place++) this.slotTable[span.firstSlot + place] = NO_SLOT;
    span.map.give(span.startPage, span.pages);
    span.list.blocks -= span.blocks;
    this.#carvedBytes -= span.pages * PAGE_BYTES;
    const runs = this.#freeRuns.get(span.blocks);
    if (runs === undefined) this.#freeRuns.set(span.blocks, [span.firstSlot]);
    else runs.push(span.firstSlot);
    this.#spans.delete(span);
  }

  #dropEmptyRegions(): number {
    const before = this.maps.length;
    for (let place = before - 1; place >= 0; place--) {
      if (this.maps[place].empty) this.maps.splice(place, 1);
    }
    this.current = this.maps[0];
    const count = before - this.maps.length;
    this.regionsDropped += count;
    return count;
  }

  /** Lets go of all memory. Arrays in use keep theirs alive, but nothing knows them any more. */
  override close(): void {
    this.#spans.clear();
    this.#carvedBytes = 0;
    this.forget();
  }
}

// Takes the blocks of dropped spans off the list of their class.
function unlink(list: IdleList, dropped: ReadonlySet<Span>): void {
  list.settlePeak();
  const kept = list.idle.slice(0, list.top).filter((slot) => !dropped.has(slot.span));
  list.slots -= list.top - kept.length;
  list.idle = kept;
  list.top = kept.length;
  list.low = Math.min(list.low, list.top);
  const uncut = list.uncut.filter((span) => !dropped.has(span));
  list.uncut.splice(0, list.uncut.length, ...uncut);
}
