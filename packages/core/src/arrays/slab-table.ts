// The side table of an array pool: its slabs, and for every block of them a slot, which is a place in the columns.
//
//     allocator ──▶ slab (one acquired array) ──▶ blocks ──▶ slots: numbers, one a block
//
// From an array to its slot leads arithmetic (space.ts). That finds a candidate and proves nothing. The proof is
// that the candidate's present view is the very object in question, so that no number written anywhere can make
// memory change hands.
import type { Allocator } from "../memory/allocator.ts";
import type { TypedArray } from "../memory/elements.ts";
import { attemptAll } from "./attempt.ts";
import { NO_SLAB, type SizeClass, Slab } from "./slab.ts";
import { NO_SLOT, slotAt, Space } from "./space.ts";

export class SlabTable<A extends TypedArray> {
  /** Stands where there is no view; no user ever holds it. */
  readonly none: A;
  /** Two views a slot: that of the present owner, or of the last one while idle, and that of the owner before. */
  readonly views: A[];
  /**
   * By slot: 1 at first, and one more with every acquisition and every release. Even means in use. Half of it
   * counts the owners; the lowest bit of that says which of the two views is the present one.
   */
  turns: Uint32Array<ArrayBuffer> = Uint32Array.of(1);
  /** By slot. */
  readonly slabOf: Slab[] = [NO_SLAB];

  readonly #allocator: Allocator;
  // First slots that dropped slabs left, by how many blocks there is room for.
  readonly #freeRuns = new Map<number, number[]>();
  readonly #spaces = new Map<ArrayBufferLike, Space>();
  // Where the last search ended.
  #space: Space = new Space();

  constructor(allocator: Allocator, none: A) {
    this.#allocator = allocator;
    this.none = none;
    this.views = [none, none];
  }

  /** The slot whose present view is exactly `array`, or `NO_SLOT`. */
  find(array: TypedArray): number {
    const slot = slotAt(this.#space, array.byteOffset);
    return this.views[presentPlace(slot, this.turns[slot])] === array ? slot : this.#findElsewhere(array);
  }

  #findElsewhere(array: TypedArray): number {
    const space = this.#spaces.get(array.buffer);
    if (space === undefined || space === this.#space) return NO_SLOT;
    this.#space = space;
    const slot = slotAt(space, array.byteOffset);
    return this.presentView(slot) === array ? slot : NO_SLOT;
  }

  /** The slot of the block in which the first byte of `array` lies, whoever made it, or `NO_SLOT`. */
  slotAround(array: TypedArray): number {
    const space = this.#spaces.get(array.buffer);
    if (space === undefined) return NO_SLOT;
    const address = array.byteOffset;
    const near = slotAt(space, address);
    // The arithmetic rounds: from the second half of the last block it leads one too far.
    const slab = this.slabOf[near] === NO_SLAB ? this.slabOf[Math.max(near - 1, 0)] : this.slabOf[near];
    const block = Math.floor((address - slab.base) / slab.sizeClass.strideBytes);
    return block >= 0 && block < slab.blocks ? slab.firstSlot + block : NO_SLOT;
  }

  /** The view of a slot's present owner, or of its last one. */
  presentView(slot: number): A {
    return this.views[presentPlace(slot, this.turns[slot])];
  }

  /** The view of the owner before that. */
  formerView(slot: number): A {
    return this.views[presentPlace(slot, this.turns[slot]) ^ 1];
  }

  /** Takes a slab from the allocator and puts its blocks on the idle list. */
  add(sizeClass: SizeClass): Slab {
    const words = this.#allocator.acquireUnsafe(Uint32Array, sizeClass.slabBytes / 4);
    const room = sizeClass.blocksIn(words.byteLength);
    const slab = new Slab(sizeClass, words, this.#freeRuns.get(room)?.pop() ?? this.#newRun(room));
    this.#spaceOf(slab.buffer).add(slab);
    sizeClass.slabs.add(slab);
    sizeClass.blocks += slab.blocks;
    sizeClass.idle = grown(sizeClass.idle, sizeClass.blocks + 1);
    for (let slot = slab.firstSlot + slab.blocks - 1; slot >= slab.firstSlot; slot--) {
      this.slabOf[slot] = slab;
      sizeClass.idle[sizeClass.top++] = slot;
    }
    return slab;
  }

  // Consecutive slots that nobody ever had, and one more behind them, to which the arithmetic may lead.
  #newRun(count: number): number {
    const first = this.slabOf.length;
    for (let slot = first; slot <= first + count; slot++) {
      this.slabOf.push(NO_SLAB);
      this.views.push(this.none, this.none);
    }
    const before = this.turns.length;
    this.turns = grown(this.turns, this.slabOf.length).fill(1, before);
    return first;
  }

  #spaceOf(buffer: ArrayBufferLike): Space {
    let space = this.#spaces.get(buffer);
    if (space === undefined) {
      space = new Space();
      this.#spaces.set(buffer, space);
    }
    return space;
  }

  /** Gives slabs back to the allocator, whatever is in use there. */
  drop(slabs: readonly Slab[]): void {
    for (const slab of slabs) this.#forget(slab);
    for (const sizeClass of new Set(slabs.map((slab) => slab.sizeClass))) this.#unlink(sizeClass);
    // Only now, with the table in order: an allocator that finds damage throws.
    attemptAll(slabs, ({ words }) => this.#allocator.release(words));
  }

  #forget(slab: Slab): void {
    const { sizeClass, firstSlot, blocks, buffer } = slab;
    sizeClass.slabs.delete(slab);
    sizeClass.blocks -= blocks;
    for (let slot = firstSlot; slot < firstSlot + blocks; slot++) this.slabOf[slot] = NO_SLAB;
    this.views.fill(this.none, 2 * firstSlot, 2 * (firstSlot + blocks));
    this.turns.fill(1, firstSlot, firstSlot + blocks);
    this.#freeRun(sizeClass.blocksIn(slab.words.byteLength), firstSlot);
    const space = this.#spaceOf(buffer);
    space.remove(slab);
    // A region that no slab lies in any more is not to be kept alive by this table.
    if (space.slabs === 0) this.#spaces.delete(buffer);
  }

  #freeRun(room: number, firstSlot: number): void {
    const runs = this.#freeRuns.get(room);
    if (runs === undefined) this.#freeRuns.set(room, [firstSlot]);
    else runs.push(firstSlot);
  }

  // Takes the blocks of dropped slabs off the list of their class.
  #unlink(sizeClass: SizeClass): void {
    let top = 0;
    for (let place = 0; place < sizeClass.top; place++) {
      const slot = sizeClass.idle[place];
      if (this.slabOf[slot] !== NO_SLAB) sizeClass.idle[top++] = slot;
    }
    sizeClass.top = top;
  }
}

/** The place of the present view of a slot in `views`. */
export function presentPlace(slot: number, turn: number): number {
  return 2 * slot + ((turn >>> 1) & 1);
}

// Room for `least` entries at least; the same column where it has that.
function grown(column: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  if (column.length >= least) return column;
  const larger = new Uint32Array(Math.max(least, 2 * column.length));
  larger.set(column);
  return larger;
}
