// A hash table from bytes to strings of an arena: open addressing, two words a slot, in pooled memory.
//
//     slot:  [ hash ][ tag ]      tag - base = index of a string of this generation; less than 0: free
//
// Tags ascend through generations, so that a reset leaves the table as it is: it raises `base` above all tags in
// it, and with that every slot is free. The table knows no bytes; the string arena compares them.
import type { Allocator } from "../memory/allocator.ts";

const LEAST_SLOTS = 256;
// Tags have 32 bits. Half of that is left to the strings of one generation.
const MOST_BASE = 2 ** 31;

const NO_PAIRS: Uint32Array = new Uint32Array(0);

/** Finds slots by hash, linearly from the place that it says. */
export class InternTable {
  readonly #allocator: Allocator;
  #pairs: Uint32Array = NO_PAIRS;
  #mask = -1;
  #base = 1;
  #count = 0;
  #leastSlots = LEAST_SLOTS;

  constructor(allocator: Allocator) {
    this.#allocator = allocator;
  }

  /** Makes room for one more string; does nothing or all of it. At most five slots of eight are taken. */
  makeRoom(): void {
    if ((this.#count + 1) * 8 > this.slotCount * 5) this.#grow();
  }

  /** How many slots there are: a power of two, or none. */
  get slotCount(): number {
    return this.#mask + 1;
  }

  /** Where to look first. There must be room. */
  first(hash: number): number {
    return hash & this.#mask;
  }

  /** Where to look next. */
  next(slot: number): number {
    return (slot + 1) & this.#mask;
  }

  /** The hash in a slot that is taken. */
  hashAt(slot: number): number {
    return this.#pairs[2 * slot];
  }

  /** The string in a slot; negative when it is free. */
  indexAt(slot: number): number {
    return this.#pairs[2 * slot + 1] - this.#base;
  }

  /** Takes a free slot. */
  put(slot: number, hash: number, index: number): void {
    this.#pairs[2 * slot] = hash;
    this.#pairs[2 * slot + 1] = this.#base + index;
    this.#count++;
  }

  /** Puts every string in its place again, under the hashes that `hashOf` gives. */
  rehash(hashOf: (index: number) => number): void {
    this.#refill(this.slotCount, (slot) => hashOf(this.indexAt(slot)));
  }

  /** Frees all slots, of a generation that had `strings` strings. */
  clear(strings: number): void {
    this.#count = 0;
    this.#base += strings;
    if (this.#base <= MOST_BASE) return;
    this.#pairs.fill(0);
    this.#base = 1;
  }

  /** Of an empty table: gives its memory back where four times fewer slots would have done for `strings`. */
  trim(strings: number): void {
    this.#leastSlots = Math.max(LEAST_SLOTS, 2 ** Math.ceil(Math.log2(strings * 2 + 1)));
    if (this.slotCount > 4 * this.#leastSlots) this.release();
  }

  /** Gives the memory back. */
  release(): void {
    const pairs = this.#pairs;
    this.#pairs = NO_PAIRS;
    this.#mask = -1;
    this.#count = 0;
    if (pairs !== NO_PAIRS) this.#allocator.release(pairs);
  }

  /** Bytes that the table takes. */
  get reservedBytes(): number {
    return this.#pairs.byteLength;
  }

  #grow(): void {
    this.#refill(Math.max(this.#leastSlots, this.slotCount * 2), (slot) => this.hashAt(slot));
  }

  // Moves all strings to a table of so many slots.
  #refill(slots: number, hashOf: (slot: number) => number): void {
    const pairs = this.#allocator.acquire(Uint32Array, slots * 2);
    const mask = slots - 1;
    for (let slot = 0; slot <= this.#mask; slot++) {
      if (this.indexAt(slot) < 0) continue;
      const hash = hashOf(slot);
      let place = hash & mask;
      while (pairs[2 * place + 1] !== 0) place = (place + 1) & mask;
      pairs[2 * place] = hash;
      pairs[2 * place + 1] = this.#pairs[2 * slot + 1];
    }
    const count = this.#count;
    this.release();
    this.#pairs = pairs;
    this.#mask = mask;
    this.#count = count;
  }
}
