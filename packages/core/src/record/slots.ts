// Slots with generations: who lives where, which slot is free, and whether a handle still means what it meant.
//
// A handle is one number. With a span of 2^k slots (2^28, or the next power of two above `maxRecords`) it is
//
//      53 bits   ┌──────────────── 53 - k bits ─────────────────┬──── k bits ────┐
//                │  generation: how often the slot was taken    │  index         │     handle = generation * 2^k + index
//                └──────────────────────────────────────────────┴────────────────┘
//
// so it is a safe integer, an ordinary key, and exact in a Float64Array. Generations begin at 1 or later: 0 is never
// a handle. Each slot has one word of 64 bits, a double, that tells everything:
//
//      word > 0     the slot is taken, and the word is its handle
//      word < 0     the slot is free: -(generation last used * 2^k + index of the next free slot)
//      word = 0     the slot was never used
//
// To check a handle is to compare it with the word of its index: dead, stale and foreign handles, fractions and NaN
// all differ from it. A slot whose generations are used up is retired, because the next handle would be an old one.
//
// Tables begin at different generations, so that a handle of one table does not fit another.

/** The most slots of a table; indices have 28 bits at most. */
export const MAX_SLOTS: number = 2 ** 28 - 1;

/** How many beginnings there are; half of all generations is for telling tables apart, half for use. */
const BEGINNINGS = 64;

const EMPTY = new Float64Array(0);

let tablesMade = 0;

/** What is wrong with a handle that is not live. */
export type HandleFault = "shape" | "outside" | "foreign" | "double" | "stale";

/** The generations and the free list of a table, over memory that the table provides. */
export class Slots {
  /** A word a slot, as described above. */
  words: Float64Array = EMPTY;
  /** Slots that may be used; there may be more words. */
  capacity = 0;
  /** Live slots lie below; from here on, slots are taken in order when no freed one is left. */
  end = 0;
  /** One more than the highest slot ever taken and not dropped since: the words from here on may be forgotten. */
  used = 0;
  /** How often a slot was taken. */
  taken = 0;
  /** How often a slot was given back. */
  returned = 0;
  /** Slots whose generations are used up. */
  retired = 0;
  /** The most slots that were taken at a time. */
  peak = 0;
  /** The power of two above the highest index. */
  readonly span: number;
  /** `handle & mask` is the index. It is also the end of the free list, since no slot has it as its index. */
  readonly mask: number;
  readonly #maxGeneration: number;
  // Handles from here on are of the last generation.
  readonly #lastHandles: number;
  readonly #firstGeneration: number;
  // Unused slots begin here: it rises when slots are dropped, whose generations must not come again.
  #floor: number;
  #free: number;

  constructor(maxSlots: number, maxGeneration: number = Infinity, beginning: number = tablesMade++) {
    this.span = 2 ** (32 - Math.clz32(maxSlots));
    this.mask = this.span - 1;
    this.#maxGeneration = Math.min(maxGeneration, 2 ** 53 / this.span - 1);
    this.#lastHandles = this.#maxGeneration * this.span;
    this.#firstGeneration = (beginning % BEGINNINGS) * Math.floor(this.#maxGeneration / (2 * BEGINNINGS));
    this.#floor = this.#firstGeneration;
    this.#free = this.mask;
  }

  /** Slots in use. */
  get size(): number {
    return this.taken - this.returned;
  }

  /** Whether `take` will find a slot. */
  get hasFree(): boolean {
    return this.#free !== this.mask;
  }

  /**
   * Takes the slot that was freed last and returns its new handle; there has to be one. Without a branch, on purpose:
   * a handle that came on one of two ways is put into a box on the heap wherever it may go into a call.
   */
  take(): number {
    const index = this.#free;
    const word = -this.words[index];
    const next = word & this.mask;
    const handle = word - next + this.span + index;
    this.words[index] = handle;
    this.#free = next;
    this.taken++;
    return handle;
  }

  /** Puts the next unused slot on the empty free list, for `take`; false when there is none. */
  freeUnused(): boolean {
    let index = this.end;
    while (index < this.used && this.isRetired(index)) index++;
    if (index >= this.capacity) return false;
    this.end = index + 1;
    if (this.end > this.used) this.used = this.end;
    this.words[index] = -(this.#generationAt(index) * this.span + this.mask);
    this.#free = index;
    // All below are in use: no other moment can lead to a new peak.
    this.peak = Math.max(this.peak, this.size + 1);
    return true;
  }

  /** The index of a live handle, or -1. */
  indexOf(handle: number): number {
    if (typeof handle !== "number") return -1;
    const index = handle & this.mask;
    // A free slot's word is negative and an unused one's is 0: without the second test they would match themselves.
    return this.words[index] === handle && handle > 0 ? index : -1;
  }

  /** Gives a live slot back; `index` is that of `handle`. */
  giveBack(handle: number, index: number): void {
    this.returned++;
    if (handle >= this.#lastHandles) {
      this.words[index] = -(handle - index + this.mask);
      this.retired++;
      return;
    }
    this.words[index] = -(handle - index + this.#free);
    this.#free = index;
  }

  /** Whether a slot is free and stays so. */
  isRetired(index: number): boolean {
    return this.words[index] < 0 && this.#generationAt(index) >= this.#maxGeneration;
  }

  /** Lets `words` take the place of the present ones: a longer array of zeros, or a shorter one after `drop`. */
  moveTo(words: Float64Array, capacity: number): void {
    words.set(this.words.subarray(0, this.used));
    this.words = words;
    this.capacity = capacity;
  }

  /** Takes all slots out of use, for good. */
  close(): void {
    this.words = EMPTY;
    this.capacity = this.end = this.used = 0;
    this.returned = this.taken;
    this.#free = this.mask;
  }

  /** Gives all live slots back. */
  clear(): void {
    for (let index = 0; index < this.end; index++) {
      if (this.words[index] > 0) this.#end(index, 0);
    }
    this.finishCompaction(0);
    this.returned = this.taken;
  }

  /** Begins the move of a live record: its slot is free from now on, and old handles are stale. */
  vacate(index: number): void {
    this.#end(index, 1);
  }

  /** Ends the move of a record: a new handle for a slot that is free and not retired. */
  occupy(index: number): number {
    return (this.words[index] = (this.#generationAt(index) + 1) * this.span + index);
  }

  /** After records were moved: every slot below `end` is live or retired. */
  finishCompaction(end: number): void {
    this.end = end;
    this.#free = this.mask;
  }

  /** One more than the highest slot that cannot be dropped, because it is live or retired. */
  leastCapacity(): number {
    let index = this.used - 1;
    while (index >= 0 && this.words[index] < 0 && !this.isRetired(index)) index--;
    return index + 1;
  }

  /** Forgets the slots from `capacity` on, all of them free, but not how far their generations were. */
  drop(capacity: number): void {
    for (let index = capacity; index < this.used; index++) {
      this.#floor = Math.max(this.#floor, this.#generationAt(index));
    }
    this.used = Math.min(this.used, capacity);
    this.end = Math.min(this.end, capacity);
    this.capacity = Math.min(this.capacity, capacity);
    this.#relink();
  }

  /** Why a handle that is not live is not. */
  faultOf(handle: unknown): HandleFault {
    if (typeof handle !== "number" || !Number.isSafeInteger(handle) || handle <= 0) return "shape";
    const index = handle & this.mask;
    if (index >= this.capacity) return "outside";
    const generation = (handle - index) / this.span;
    const last = this.#generationAt(index);
    if (generation > last || generation <= this.#firstGeneration) return "foreign";
    return generation === last ? "double" : "stale";
  }

  #generationAt(index: number): number {
    const word = Math.abs(this.words[index]);
    return word === 0 ? this.#floor : (word - (word & this.mask)) / this.span;
  }

  // Frees a live slot without linking it; `skipped` generations are never given out.
  #end(index: number, skipped: number): void {
    const generation = Math.min(this.#generationAt(index) + skipped, this.#maxGeneration);
    if (generation === this.#maxGeneration) this.retired++;
    this.words[index] = -(generation * this.span + this.mask);
  }

  #relink(): void {
    this.#free = this.mask;
    for (let index = this.end - 1; index >= 0; index--) {
      if (this.words[index] > 0 || this.isRetired(index)) continue;
      this.words[index] = -(this.#generationAt(index) * this.span + this.#free);
      this.#free = index;
    }
  }
}
