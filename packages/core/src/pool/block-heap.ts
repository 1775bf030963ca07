// What a pool needs of the heap behind it, and the parts that all heaps share: lists of idle blocks by class, the
// table of slots, and the way from an array to its slot.
import { ARRAY_TYPES, type TypedArray } from "../memory/elements.ts";
import type { TrimReason } from "./ledger.ts";
import type { PageMap } from "./page-map.ts";
import { IdleList, NO_REQUEST, NO_VIEW, requestOf, Slot, type Span } from "./slot.ts";

/** Why no block could be had. */
export type TakeFailure = "limit" | "sealed";

/** What `trim` gave back. */
export interface Trimmed {
  /** Bytes of spans that no class holds any longer. */
  bytes: number;
  /** Regions that were dropped; the collector returns their memory to the system. */
  regions: number;
}

/** How many idle blocks of a class a trim leaves. */
export interface Keep {
  /** No span goes that would leave fewer. */
  readonly least: number;
  /** No span goes once so few are left. */
  readonly enough: number;
}

/** Stands for all blocks that have no slot. */
export const NO_SLOT: Slot = new Slot(new IdleList(-1, 0), { fresh: true } as Span, 0);

export abstract class BlockHeap {
  readonly limitBytes: number;
  /** Whether its memory is shared with other threads. */
  readonly isShared: boolean;
  /** By class. */
  readonly lists: IdleList[] = [];
  readonly maps: PageMap[] = [];
  growths = 0;
  regionsReserved = 0;
  regionsDropped = 0;
  readonly trims: Record<TrimReason, number> = { call: 0, decay: 0, pressure: 0, budget: 0 };
  bytesTrimmed = 0;

  // By place. The arithmetic may lead past the last one, so that what is read there is tested before use.
  protected readonly slotTable: Slot[] = [NO_SLOT, NO_SLOT];
  // The map that led to a slot last.
  protected current: PageMap | undefined;
  // The place of the slot found last, and the one expected next; -1 where there is no reason to expect any.
  #found = 0;
  #expected = -1;

  constructor(limitBytes: number, isShared: boolean) {
    this.limitBytes = limitBytes;
    this.isShared = isShared;
  }

  /** Bytes in spans: what `limitBytes` bounds. */
  abstract get carvedBytes(): number;

  /** True once growth is forbidden. */
  abstract get sealed(): boolean;

  /** Forbids growth. */
  abstract seal(): void;

  /** The class that serves `bytes`. */
  abstract listFor(bytes: number): IdleList;

  /** A block for an empty list, from wherever blocks come from, of at most `mostUnits`. */
  protected abstract refill(list: IdleList, mostUnits: number): Slot | TakeFailure;

  /** Takes blocks off a list that holds more than `list.most`. */
  abstract spill(list: IdleList): void;

  /** Every slot, in use or idle. */
  abstract slots(): IterableIterator<Slot>;

  /** The slot of the block that contains the first byte of `array`, whoever holds it. Slow: for messages. */
  abstract slotUnder(array: TypedArray): Slot | undefined;

  /** Gives idle memory back. `keep` says how many idle blocks a class shall keep; without it, none. */
  abstract trimIdle(reason: TrimReason, keep?: (list: IdleList) => Keep): Trimmed;

  /** Lets go of all memory. */
  abstract close(): void;

  /**
   * The slot whose current view is exactly `array`, or undefined. Arrays that were acquired one after the other
   * tend to be neighbours and to be released one after the other, so after two neighbours the next one is asked
   * first; otherwise arithmetic leads from the address to the slot. In both cases comparing identities is what
   * proves it.
   */
  find(array: TypedArray): Slot | undefined {
    const place = this.#expected;
    if (place >= 0) {
      const slot: Slot | undefined = this.slotTable[place];
      if (slot !== undefined && slot.array === array) {
        this.#expected = place + place - this.#found;
        this.#found = place;
        return slot;
      }
    }
    return this.#locate(array);
  }

  #locate(array: TypedArray): Slot | undefined {
    if (array === undefined || array === null) return undefined;
    const address = array.byteOffset;
    // The region of the last search first; programs seldom alternate.
    const map = this.current;
    if (map === undefined) return undefined;
    const place = placeAt(map, address);
    // Beyond 4 GiB, or in something that is no array, an address may lead past all slots.
    const slot: Slot | undefined = this.slotTable[place];
    if (slot === undefined || slot.array !== array) return this.#locateElsewhere(array, address);
    this.#note(place);
    return slot;
  }

  #locateElsewhere(array: TypedArray, address: number): Slot | undefined {
    for (const map of this.maps) {
      const place = placeAt(map, address);
      const slot: Slot | undefined = this.slotTable[place];
      if (slot === undefined || slot.array !== array) continue;
      this.current = map;
      this.#note(place);
      return slot;
    }
    return undefined;
  }

  // A guess without reason would cost a look at memory that is in no cache.
  #note(place: number): void {
    const step = place - this.#found;
    this.#expected = step === 1 || step === -1 ? place + step : -1;
    this.#found = place;
  }

  /** Makes the slot's view one of `kind` and `length`; true when one had to be created. */
  setView(slot: Slot, kind: number, length: number): boolean {
    if (slot.kind === kind && slot.length === length) return false;
    const type = ARRAY_TYPES[kind];
    const spare = slot.spare;
    const fits = spare !== NO_VIEW && spare.length === length && spare.constructor === type;
    slot.spare = slot.array;
    slot.array = fits ? spare : new type(slot.span.map.region.buffer, slot.address, length);
    slot.kind = kind;
    slot.length = length;
    slot.request = requestOf(kind, length);
    return !fits;
  }

  /** Forgets the views of a slot, so that arrays given out earlier are recognised as stale. */
  dropViews(slot: Slot): void {
    slot.array = NO_VIEW;
    slot.spare = NO_VIEW;
    slot.kind = -1;
    slot.length = -1;
    slot.request = NO_REQUEST;
  }

  /** An idle slot of the class, or of a near one of at most `mostUnits`; a reason where none can be had. */
  take(list: IdleList, mostUnits: number): Slot | TakeFailure {
    if (list.top === 0) return this.refill(list, mostUnits);
    const slot = list.idle[--list.top];
    if (list.top < list.low) list.low = list.top;
    return slot;
  }

  /** Puts a slot on its list; the caller has checked that it may. */
  give(slot: Slot): void {
    const list = slot.list;
    list.idle[list.top++] = slot;
    if (list.top > list.most) this.spill(list);
  }

  /** Drops all that leads to memory. */
  protected forget(): void {
    this.maps.length = 0;
    this.lists.length = 0;
    this.slotTable.splice(0, this.slotTable.length, NO_SLOT, NO_SLOT);
    this.current = undefined;
    this.#found = 0;
    this.#expected = -1;
  }
}

/** The place of the slot at an address, by arithmetic; proof of nothing until its view is compared. */
function placeAt(map: PageMap, address: number): number {
  const at = (address >>> 16) * 2;
  return (address * map.lines[at] + map.lines[at + 1]) >>> 0;
}
