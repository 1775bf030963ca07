// The memory of an arena: chunks that are in use, chunks that wait, and the way from an address to a chunk.
//
// Chunks are of two sorts. Ordinary ones all have `chunkBytes` bytes and are filled one after the other. A block
// that fits in none of them gets a chunk of its own, while filling goes on where it was.
//
//     active:   [ ordinary, full ] [ own: one large block ] [ ordinary: being filled ]
//     address:  0                  1 stride                 4 strides                 5 strides
//
// Chunks in use have consecutive addresses, in strides of `chunkBytes`, a power of two. So the chunk of an
// address is a shift or a multiplication and one load from a table away, an address is a number that can exceed 2 GiB,
// and it stays the same however much the arena grows.
import type { Allocator } from "../memory/allocator.ts";
import { PAINT } from "../memory/paint.ts";

/** A piece of memory of an arena, as its users see it. */
export interface ArenaChunk {
  /** All bytes of the chunk. The byte at arena address `a` is `bytes[a - address]`. */
  readonly bytes: Uint8Array;
  /** The arena address of the first byte. */
  readonly address: number;
  /** How many bytes, from the first one, were taken when the chunk was asked for. */
  readonly usedBytes: number;
}

const NO_BYTES: Uint8Array = new Uint8Array(0);
const ORDINARY = -1;
// `reset("trim")` keeps what was in use in so many rounds.
const TRIM_ROUNDS = 8;
// An own chunk is rounded up to one of so many sizes a doubling, so that a similar block can use it again.
const OWN_STEPS = 16;

/** A chunk. Fields are for the arena; users see an {@link ArenaChunk}. */
export class Chunk implements ArenaChunk {
  bytes: Uint8Array;
  address = 0;
  /** Its first place in the table of strides, while in use. */
  slot = 0;
  /** Of the chunk that is being filled, the arena itself knows better. */
  usedBytes = 0;
  /** The last round in which it was in use. */
  round = 0;
  /** Which list it waits on; -1 for ordinary chunks. */
  readonly sizeClass: number;

  constructor(bytes: Uint8Array, sizeClass: number) {
    this.bytes = bytes;
    this.sizeClass = sizeClass;
  }
}

/** Stands for "no chunk yet": nothing fits into it. */
export const NO_CHUNK: Chunk = new Chunk(NO_BYTES, ORDINARY);

/** The chunks of one arena. */
export class ChunkStore {
  readonly name: string;
  readonly chunkBytes: number;
  /** True when free bytes are painted, so that every use of them shows. */
  readonly painted: boolean;
  /** In order of address. */
  readonly active: Chunk[] = [];
  /** The place in `active` of the chunk that is being filled; -1 at first. */
  currentIndex = -1;
  /** Bytes of all chunks, in use or waiting. */
  reservedBytes = 0;

  readonly #allocator: Allocator;
  // Chunks that go out of use are given back, so that mode "strict" can detach them.
  readonly #strict: boolean;
  // For addresses above 4 GiB, where a shift would not do.
  readonly #strides: number;
  readonly #shift: number;
  readonly #idle: Chunk[] = [];
  // By size class.
  readonly #idleOwn: (Chunk[] | undefined)[] = [];
  // By stride. Entries from `#slotCount` on are left over.
  #slots: Chunk[] = [];
  #slotCount = 0;
  #round = 1;

  constructor(allocator: Allocator, name: string, chunkBytes: number) {
    this.name = name;
    this.chunkBytes = chunkBytes;
    this.#allocator = allocator;
    this.#strict = allocator.check === "strict";
    this.painted = this.#strict || allocator.check === "checked";
    this.#strides = 1 / chunkBytes;
    this.#shift = 31 - Math.clz32(chunkBytes);
  }

  /** The chunk in use at an address; for other numbers, none or any. */
  at(address: number): Chunk | undefined {
    const slot = address < 2 ** 32 ? address >>> this.#shift : Math.floor(address * this.#strides);
    return slot < this.#slotCount ? this.#slots[slot] : undefined;
  }

  /** Goes on to another ordinary chunk. */
  advance(): Chunk {
    const chunk = this.#idle.pop() ?? this.#acquire(this.chunkBytes, ORDINARY, false);
    this.#activate(chunk);
    this.currentIndex = this.active.length - 1;
    return chunk;
  }

  /** A chunk for one large block. When `zeroed`, which painted chunks never are, its first `bytes` bytes are zero. */
  own(bytes: number, zeroed: boolean): Chunk {
    const waiting = this.#waiting(bytes);
    if (waiting === undefined) this.#exchange();
    else if (zeroed) waiting.bytes.fill(0, 0, bytes);
    const chunk = waiting ?? this.#acquireOwn(bytes, zeroed);
    this.#activate(chunk);
    return chunk;
  }

  /** Takes the chunks from place `count` on out of use, and goes back to filling the one at `currentIndex`. */
  rewindTo(count: number, currentIndex: number): void {
    this.currentIndex = currentIndex;
    if (this.active.length === count) return;
    while (this.active.length > count) this.#deactivate(this.active.pop() as Chunk);
    if (this.#strict) this.#giveBack(() => true);
  }

  /** Ends a round, in which all chunks were taken out of use. */
  endRound(trim: boolean): void {
    const first = ++this.#round - TRIM_ROUNDS;
    if (trim) this.#giveBack((chunk) => chunk.round < first);
  }

  /** Gives all chunks back. */
  release(): void {
    this.rewindTo(0, -1);
    this.#giveBack(() => true);
  }

  #activate(chunk: Chunk): void {
    chunk.slot = this.#slotCount;
    chunk.address = chunk.slot * this.chunkBytes;
    chunk.usedBytes = 0;
    chunk.round = this.#round;
    this.active.push(chunk);
    const strides = Math.ceil(chunk.bytes.length * this.#strides);
    for (let i = 0; i < strides; i++) this.#slots[this.#slotCount++] = chunk;
  }

  #deactivate(chunk: Chunk): void {
    this.#slotCount = chunk.slot;
    if (this.painted) chunk.bytes.fill(PAINT, 0, chunk.usedBytes);
    if (chunk.sizeClass === ORDINARY) this.#idle.push(chunk);
    else (this.#idleOwn[chunk.sizeClass] ??= []).push(chunk);
  }

  // The smallest waiting chunk that holds a block of `bytes`.
  #waiting(bytes: number): Chunk | undefined {
    for (let at = sizeClassOf(bytes); at < this.#idleOwn.length; at++) {
      const list = this.#idleOwn[at];
      if (list !== undefined && list.length > 0 && list[list.length - 1].bytes.length >= bytes) {
        return list.pop();
      }
    }
    return undefined;
  }

  // Before another own chunk is acquired, the largest waiting one goes back: none that waits was large enough.
  // So there are never more own chunks than were in use at once, though every block may have another size.
  #exchange(): void {
    const list = this.#idleOwn.findLast((candidate) => candidate !== undefined && candidate.length > 0);
    if (list !== undefined) this.#release(list.pop() as Chunk);
  }

  #acquireOwn(bytes: number, zeroed: boolean): Chunk {
    const sizeClass = sizeClassOf(bytes);
    // The last classes before the largest possible block cannot be rounded up.
    const rounded = sizeClassBytes(sizeClass);
    return this.#acquire(rounded < 2 ** 32 ? rounded : bytes, sizeClass, zeroed);
  }

  #acquire(bytes: number, sizeClass: number, zeroed: boolean): Chunk {
    const memory = this.#allocator;
    const array = zeroed ? memory.acquire(Uint8Array, bytes) : memory.acquireUnsafe(Uint8Array, bytes);
    this.reservedBytes += bytes;
    if (this.painted) array.fill(PAINT);
    return new Chunk(array, sizeClass);
  }

  #release(chunk: Chunk): void {
    const { bytes } = chunk;
    this.reservedBytes -= bytes.length;
    // Whoever kept the chunk sees no memory of the next user.
    chunk.bytes = NO_BYTES;
    this.#allocator.release(bytes);
  }

  // Gives back the waiting chunks that `unneeded` says. When the allocator finds damage in one of them, the
  // others go back all the same.
  #giveBack(unneeded: (chunk: Chunk) => boolean): void {
    const errors: unknown[] = [];
    for (const list of [this.#idle, ...this.#idleOwn]) {
      for (const chunk of takeOut(list ?? [], unneeded)) {
        try {
          this.#release(chunk);
        } catch (error) {
          errors.push(error);
        }
      }
    }
    this.#slots.length = this.#slotCount;
    if (errors.length > 0) throw errors[0];
  }
}

// Removes from a list what is unneeded, and returns it.
function takeOut(list: Chunk[], unneeded: (chunk: Chunk) => boolean): Chunk[] {
  const out: Chunk[] = [];
  let kept = 0;
  for (const chunk of list) {
    if (unneeded(chunk)) out.push(chunk);
    else list[kept++] = chunk;
  }
  list.length = kept;
  return out;
}

/** The class of own chunks that hold a block of more than sixteen bytes: sixteen classes a doubling. */
function sizeClassOf(bytes: number): number {
  const doubling = 31 - Math.clz32(bytes - 1);
  const base = 2 ** doubling;
  return doubling * OWN_STEPS + Math.ceil(((bytes - base) * OWN_STEPS) / base) - 1;
}

/** The bytes of an own chunk of a class: the inverse of `sizeClassOf`. */
function sizeClassBytes(sizeClass: number): number {
  const base = 2 ** Math.floor(sizeClass / OWN_STEPS);
  return base + ((sizeClass % OWN_STEPS) + 1) * (base / OWN_STEPS);
}
