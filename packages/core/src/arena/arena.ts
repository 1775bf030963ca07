// Arenas: many small blocks from a few chunks of pooled memory, given back all at once.
//
// Taking a block moves the end of what is used: some arithmetic on small integers, no free list, no view. What
// does not fit goes the slow way, to the next chunk or to a chunk of its own. In the painted check modes every
// block goes the slow way: `#clean` and `#end` stay at -1 there, and after release as well.
//
// Zeroing runs ahead of use, some kilobytes at a time: bytes from the end of what is used up to `#clean` are zero.
// So a zeroed block of 32 bytes costs hardly more than an unzeroed one, and a chunk that nobody asks zeros
// of is never zeroed.
import type { Allocator } from "../memory/allocator.ts";
import { type ArrayType, checkLength, type TypedArray } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import { PAINT, paintDamage } from "../memory/paint.ts";
import { MAX_REGION_BYTES } from "../memory/region.ts";
import { isThenable } from "../memory/thenable.ts";
import { KiB } from "../memory/units.ts";
import { checkAlign, checkChunkBytes, checkResetMode, checkWork, typeOf, widthOf } from "./arguments.ts";
import { type ArenaChunk, type Chunk, ChunkStore, NO_CHUNK } from "./chunks.ts";
import { MarkStack, type Position } from "./marks.ts";

/** Options of `arena()`; every one has a default. */
export interface ArenaOptions {
  /** Shown in error messages. Default "arena". */
  readonly name?: string;
  /** The size of a chunk, rounded up to a power of two: 1 KiB to 1 GiB. Default 64 KiB. */
  readonly chunkBytes?: number;
}

declare const markBrand: unique symbol;

/** What `mark()` returns: a number that only `rewind()` understands. */
export type ArenaMark = number & { readonly [markBrand]: never };

/** Takes the memory of released arenas, where it does not go back to the pool. @internal */
export interface ArenaHome {
  takeBack(store: ChunkStore): void;
}

// Chunks start on a cache line, so offsets are aligned as addresses are, up to this.
const CHUNK_ALIGN = 64;
// How far zeroing runs ahead: little at first, and twice as far each time.
const LEAST_AHEAD_BYTES = KiB / 2;
const MOST_AHEAD_BYTES = 32 * KiB;

const START: Readonly<Position> = { chunks: 0, currentIndex: -1, top: 0, padding: 0 };

/**
 * An arena over pooled memory. It acquires nothing until the first block is asked for.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { arena, MiB, Pool } from "@millpond/core";
 *
 * const pool = new Pool();
 * const scratch = arena(pool, { chunkBytes: 1 * MiB });
 * const xs = scratch.alloc(Float64Array, 1000);
 * const ys = scratch.copy(xs);
 * assert.equal(ys.length, 1000);
 * scratch.release(); // xs and ys with it
 * assert.equal(pool.stats().inUse, 0);
 * ```
 */
export function arena(allocator: Allocator, options: ArenaOptions = {}): Arena {
  const { name = "arena", chunkBytes = 64 * KiB } = options;
  return new Arena(new ChunkStore(allocator, name, checkChunkBytes(chunkBytes)));
}

/**
 * Memory for things that live equally long: a request, a document, a frame. Blocks are taken one after the
 * other and given back all together, by `reset`, or from a certain point on, by `rewind` or at the end of a
 * `scope`. Nothing is ever moved: an array of an arena stays where it is until its memory is given back.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { arena, Pool } from "@millpond/core";
 *
 * const scratch = arena(new Pool());
 * for (let frame = 0; frame < 3; frame++) {
 *   const xs = scratch.alloc(Float32Array, 100);
 *   assert.equal(xs[99], 0); // zeroed, though the last frame wrote to it
 *   xs.fill(frame);
 *   scratch.reset();
 * }
 * assert.equal(scratch.usedBytes, 0);
 * scratch.release();
 * ```
 *
 * **Addresses.** An array costs a JavaScript object. Code that takes very many small blocks works with
 * addresses instead: `allocBytes` returns a number and creates nothing. The bytes are found through the chunk
 * they lie in:
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { arena, Pool } from "@millpond/core";
 *
 * const scratch = arena(new Pool());
 * const address = scratch.allocBytes(32);
 * const chunk = scratch.chunkOf(address);
 * chunk.bytes[address - chunk.address] = 7;
 * assert.equal(scratch.view(Uint8Array, address, 32)[0], 7);
 * scratch.release();
 * ```
 *
 * An address is a whole number, 0 or more, good until its block is given back. It counts the bytes of the arena,
 * not those of a buffer: two blocks can be in different buffers.
 */
export class Arena {
  // The chunk that is being filled; how far it is filled, up to where its free bytes are known to be zero, how
  // far it can be filled, and the address of its first byte.
  #filling: Chunk = NO_CHUNK;
  #top = 0;
  #clean = 0;
  #end = 0;
  #base = 0;
  #aheadBytes = LEAST_AHEAD_BYTES;
  // Bytes lost to alignment.
  #padding = 0;
  // Undefined once released.
  #store: ChunkStore | undefined;
  /** @internal */
  readonly _home: ArenaHome | undefined;
  readonly #marks = new MarkStack();
  readonly #at: Position = { ...START };

  /** @internal */
  constructor(store: ChunkStore, home?: ArenaHome) {
    this.#store = store;
    this._home = home;
    this.#fill(NO_CHUNK, 0, store.painted);
  }

  /**
   * A typed array of `length` elements, all zero. `align` is a power of two up to 4096: what `byteOffset` is
   * to be a multiple of. The default, 8, suits every kind of array.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { arena, Pool } from "@millpond/core";
   *
   * const scratch = arena(new Pool());
   * const row = scratch.alloc(Float32Array, 384, 32);
   * assert.equal(row.byteOffset % 32, 0);
   * scratch.release();
   * ```
   *
   * Throws `BAD_ARGUMENT` for types, lengths and alignments that cannot be, and what the pool throws when the
   * arena has to grow and cannot: `POOL_EXHAUSTED`, `POOL_SEALED`, `POOL_CLOSED`. The arena then stays as it was.
   */
  alloc<A extends TypedArray>(type: ArrayType<A>, length: number, align = 8): A {
    const width = widthOf(type, length);
    const address = this.allocBytes(length * width, checkAlign(align, width));
    return length === 0 ? new type(0) : this.#viewAt(type, address, length);
  }

  /** `alloc` without zeroing: the bytes are whatever was there before. For callers that write them all. */
  allocUnsafe<A extends TypedArray>(type: ArrayType<A>, length: number, align = 8): A {
    const width = widthOf(type, length);
    const address = this.allocBytesUnsafe(length * width, checkAlign(align, width));
    return length === 0 ? new type(0) : this.#viewAt(type, address, length);
  }

  /** A copy of an array, of the same type; of a `Buffer`, a `Uint8Array`. */
  copy(array: Uint8Array): Uint8Array;
  copy<A extends TypedArray>(array: A): A;
  copy(array: TypedArray): TypedArray {
    const copy = this.allocUnsafe(typeOf(array), array.length);
    copy.set(array as never);
    return copy;
  }

  /**
   * The address of a block of zeros. Creates nothing. `align` is a power of two up to 4096; it is the place in
   * the buffer that is aligned, as `view` would show it in `byteOffset`.
   */
  allocBytes(bytes: number, align = 8): number {
    const top = this.#top;
    const start = (top & (align - 1)) === 0 ? top : (top + align - 1) & -align;
    const end = start + bytes;
    const valid =
      bytes >>> 0 === bytes && align > 0 && (align & (align - 1)) === 0 && (align & 127) === align;
    if (end <= this.#clean && valid) {
      if (start !== top) this.#padding += start - top;
      this.#top = end;
      return this.#base + start;
    }
    return this.#allocElse(bytes, align, true);
  }

  /** `allocBytes` without zeroing. The bytes are whatever was there before. */
  allocBytesUnsafe(bytes: number, align = 8): number {
    const top = this.#top;
    const start = (top & (align - 1)) === 0 ? top : (top + align - 1) & -align;
    const end = start + bytes;
    const valid =
      bytes >>> 0 === bytes && align > 0 && (align & (align - 1)) === 0 && (align & 127) === align;
    if (end <= this.#end && valid) {
      if (start !== top) this.#padding += start - top;
      this.#top = end;
      return this.#base + start;
    }
    return this.#allocElse(bytes, align, false);
  }

  /**
   * A typed array over memory that was taken before: `length` elements from `address` on. No copy.
   *
   * Throws `OUT_OF_BOUNDS` where the arena has not given out these bytes, and `BAD_ARGUMENT` where elements of
   * this type cannot start.
   */
  view<A extends TypedArray>(type: ArrayType<A>, address: number, length: number): A {
    const width = widthOf(type, length);
    const chunk = this.chunkOf(address);
    const offset = address - chunk.address;
    if (offset + length * width > chunk.usedBytes) throw this.#outside(address, length * width);
    if ((chunk.bytes.byteOffset + offset) % width !== 0) {
      throw new PoolError(
        "BAD_ARGUMENT",
        `expected an address where a ${type.name} can start, a multiple of ${width}, got ${address}`,
        { address, align: width },
      );
    }
    return length === 0 ? new type(0) : this.#viewAt(type, address, length);
  }

  /**
   * The chunk that a block lies in; a block never spans two. The byte at `address` is
   * `chunk.bytes[address - chunk.address]`; its place in the buffer, which kernels want, is
   * `chunk.bytes.byteOffset + address - chunk.address`.
   *
   * Throws `OUT_OF_BOUNDS` for numbers that are no address of this arena.
   */
  chunkOf(address: number): ArenaChunk {
    const offset = address - this.#base;
    if (offset < this.#top && offset >= 0) {
      this.#filling.usedBytes = this.#top;
      return this.#filling;
    }
    return this.#chunkElse(address);
  }

  /** The chunks in use, by address. */
  *chunks(): IterableIterator<ArenaChunk> {
    const store = this.#live();
    this.#filling.usedBytes = this.#top;
    yield* store.active;
  }

  /**
   * Gives back the end of the block that was taken last: of its `bytes` bytes, the first `kept` stay. For
   * writers that know only afterwards how much they needed.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { arena, Pool } from "@millpond/core";
   *
   * const scratch = arena(new Pool());
   * const address = scratch.allocBytesUnsafe(3 * 5, 1); // room for any text of five characters
   * const { written } = new TextEncoder().encodeInto("Mühle", scratch.view(Uint8Array, address, 15));
   * scratch.shrinkLast(address, 15, written);
   * assert.equal(scratch.usedBytes, 6);
   * scratch.release();
   * ```
   *
   * Throws `BAD_ARGUMENT` when that is not the last block, and `BAD_SCOPE` when a mark was taken or a scope
   * opened since.
   */
  shrinkLast(address: number, bytes: number, kept: number): void {
    const store = this.#live();
    checkLength(kept, bytes, "kept");
    const start = address - this.#base;
    if (start + bytes === this.#top && start >= 0 && this.#filling !== NO_CHUNK) {
      this.#refuseMarks(store.active.length, store.currentIndex, start + kept);
      if (store.painted) paint(this.#filling, start + kept, this.#top);
      this.#top = start + kept;
      if (this.#clean > this.#top) this.#clean = this.#top;
      return;
    }
    this.#shrinkOwn(store, address, bytes, kept);
  }

  /** Where the arena stands now, to `rewind` to. Costs some bytes that `reset` gives back. */
  mark(): ArenaMark {
    return this.#marks.mark(this.#here()) as ArenaMark;
  }

  /**
   * Gives back everything that was taken since `mark`. The mark stays good and can be rewound to again;
   * younger ones are gone.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { arena, Pool } from "@millpond/core";
   *
   * const scratch = arena(new Pool());
   * scratch.alloc(Uint8Array, 100);
   * const mark = scratch.mark();
   * scratch.alloc(Uint8Array, 1_000_000);
   * scratch.rewind(mark);
   * assert.equal(scratch.usedBytes, 100);
   * scratch.release();
   * ```
   *
   * Throws `STALE_HANDLE` for a mark from before the last reset, `BAD_SCOPE` for one that the arena was rewound
   * past, or that was taken outside of the scope that is open now.
   */
  rewind(mark: ArenaMark): void {
    const at = this.#here();
    this.#marks.rewind(mark, at);
    this.#goTo(at);
  }

  /**
   * Runs `work` and gives back everything that was taken meanwhile, whether it returns or throws, or, when it
   * returns a promise, when that settles. Scopes can be nested. Returns what `work` returns: that must not be
   * an array of the scope.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { arena, Pool } from "@millpond/core";
   *
   * const scratch = arena(new Pool());
   * const sum = scratch.scope(() => {
   *   const xs = scratch.alloc(Float64Array, 3).fill(2);
   *   return xs.reduce((total, x) => total + x, 0);
   * });
   * assert.equal(sum, 6);
   * assert.equal(scratch.usedBytes, 0);
   * scratch.release();
   * ```
   *
   * Two asynchronous scopes of one arena must not overlap except by nesting: the one that ends first while the
   * other is open throws `BAD_SCOPE`, and the memory of both goes when the other ends. Give each task an arena
   * of its own, from {@link arenas}.
   */
  scope<R>(work: (arena: this) => R): R {
    checkWork(work);
    const serial = this.#marks.open(this.#here());
    let result: R;
    try {
      result = work(this);
      if (isThenable(result)) return this.#closeWhenSettled(result, serial) as R;
    } catch (error) {
      this.#closeScope(serial);
      throw error;
    }
    if (!this.#closeScope(serial)) throw overlapping();
    return result;
  }

  /**
   * Gives back everything, and starts a new round: marks and addresses of the old one are stale.
   *
   * `"keep"` keeps all chunks, for a next round like the largest so far. `"trim"` keeps the chunks that were in
   * use at any time in the last eight rounds, the one that ends now included, and gives the others back to the
   * pool: as much as the largest of these rounds needed.
   *
   * Throws `BAD_SCOPE` while a scope is open.
   */
  reset(mode: "keep" | "trim" = "keep"): void {
    const store = this.#live();
    checkResetMode(mode);
    if (this.#marks.inScope) {
      throw new PoolError("BAD_SCOPE", `${store.name} was to be reset inside a scope; end the scope first`);
    }
    this.#marks.clear();
    this.#goTo(START);
    store.endRound(mode === "trim");
  }

  /**
   * Ends the arena: all its memory goes back to where it came from, the pool or the manager. Everything but
   * `released` and `Symbol.dispose` throws `USE_AFTER_RELEASE` from then on, a second release `DOUBLE_RELEASE`.
   */
  release(): void {
    const store = this.#store;
    if (store === undefined) {
      throw new PoolError("DOUBLE_RELEASE", "this arena was released before; release each arena once");
    }
    this.#filling.usedBytes = this.#top;
    this.#store = undefined;
    this.#fill(NO_CHUNK, 0, false);
    if (this._home === undefined) store.release();
    else this._home.takeBack(store);
  }

  /** For `using`: releases unless that has happened. */
  [Symbol.dispose](): void {
    if (this.#store !== undefined) this.release();
  }

  /** True after `release()`. */
  get released(): boolean {
    return this.#store === undefined;
  }

  /** The size of a chunk. */
  get chunkBytes(): number {
    return this.#live().chunkBytes;
  }

  /** Bytes of the blocks that are in use: the sum of what was asked for. */
  get usedBytes(): number {
    let filled = 0;
    for (const chunk of this.chunks()) filled += chunk.usedBytes;
    return filled - this.#padding;
  }

  /** Bytes of all chunks that the arena holds, those that wait for their next use included. */
  get reservedBytes(): number {
    return this.#live().reservedBytes;
  }

  /** Bytes between the blocks in use that cannot be used: lost to alignment, or to ends of chunks where a block did not fit. */
  get wastedBytes(): number {
    let wasted = this.#padding;
    for (const chunk of this.chunks()) {
      if (chunk !== this.#filling) wasted += chunk.bytes.length - chunk.usedBytes;
    }
    return wasted;
  }

  // What does not go the hot way: other alignments, full chunks, zeros that run out, painted modes, mistakes.
  #allocElse(bytes: number, align: number, zeroed: boolean): number {
    const store = this.#live();
    checkLength(bytes, MAX_REGION_BYTES, "bytes");
    checkAlign(align, 1);
    let start = alignIn(this.#filling, this.#top, align);
    if (this.#filling === NO_CHUNK || start + bytes > this.#filling.bytes.length) {
      const most = bytes + Math.max(0, align - CHUNK_ALIGN);
      if (this.#wantsOwn(store, most)) return this.#allocOwn(store, bytes, most, align, zeroed);
      this.#advance(store);
      start = alignIn(this.#filling, 0, align);
    }
    const end = start + bytes;
    if (store.painted) checkPaint(store, this.#filling, this.#top, end);
    if (zeroed) this.#zero(store, start, end);
    this.#padding += start - this.#top;
    this.#top = end;
    return this.#base + start;
  }

  // A chunk is left only when a quarter of it or less is lost.
  #wantsOwn(store: ChunkStore, bytes: number): boolean {
    const left = this.#filling.bytes.length - this.#top;
    return bytes > store.chunkBytes || left > store.chunkBytes / 4;
  }

  #advance(store: ChunkStore): void {
    const chunk = store.advance();
    this.#filling.usedBytes = this.#top;
    this.#fill(chunk, 0, store.painted);
  }

  #allocOwn(store: ChunkStore, bytes: number, most: number, align: number, zeroed: boolean): number {
    const chunk = store.own(most, zeroed && !store.painted);
    const start = alignIn(chunk, 0, align);
    if (store.painted) {
      try {
        checkPaint(store, chunk, 0, start + bytes);
      } catch (error) {
        store.rewindTo(store.active.length - 1, store.currentIndex);
        throw error;
      }
      if (zeroed) chunk.bytes.fill(0, start, start + bytes);
    }
    chunk.usedBytes = start + bytes;
    this.#padding += start;
    return chunk.address + start;
  }

  // Zeroes a block, and where it is not painted, some of what follows.
  #zero(store: ChunkStore, start: number, end: number): void {
    const { bytes } = this.#filling;
    if (store.painted) {
      bytes.fill(0, start, end);
    } else if (end > this.#clean) {
      const from = Math.max(start, this.#clean);
      this.#clean = Math.min(Math.max(end, from + this.#aheadBytes), bytes.length);
      bytes.fill(0, from, this.#clean);
      if (this.#aheadBytes < MOST_AHEAD_BYTES) this.#aheadBytes *= 2;
    }
  }

  // An address in another chunk than the one that is being filled, or one that is refused.
  #chunkElse(address: number): ArenaChunk {
    const store = this.#live();
    this.#filling.usedBytes = this.#top;
    // An empty block at the very end has the address behind the last chunk.
    const chunk = store.at(address) ?? store.at(address - 1);
    const offset = address - (chunk?.address ?? 0);
    if (chunk === undefined || offset < 0 || offset > chunk.usedBytes) throw this.#outside(address, 0);
    return chunk;
  }

  #viewAt<A extends TypedArray>(type: ArrayType<A>, address: number, length: number): A {
    const chunk = this.#live().at(address) as Chunk;
    return new type(chunk.bytes.buffer, chunk.bytes.byteOffset + (address - chunk.address), length);
  }

  #shrinkOwn(store: ChunkStore, address: number, bytes: number, kept: number): void {
    const chunk = store.active.at(-1);
    const start = address - (chunk?.address ?? 0);
    if (chunk === undefined || chunk === this.#filling || start < 0 || start + bytes !== chunk.usedBytes) {
      throw new PoolError(
        "BAD_ARGUMENT",
        `expected the block that was taken last, got one of ${show(bytes)} bytes at ${show(address)}; ` +
          "shrink a block before taking the next one",
        { address, bytes },
      );
    }
    const count = store.active.length - 1;
    this.#refuseMarks(count, -1, 0);
    if (store.painted) paint(chunk, start + kept, chunk.usedBytes);
    chunk.usedBytes = start + kept;
    if (chunk.usedBytes === 0) store.rewindTo(count, store.currentIndex);
  }

  #refuseMarks(chunks: number, currentIndex: number, top: number): void {
    if (!this.#marks.isBeyond(chunks, currentIndex, top)) return;
    throw new PoolError(
      "BAD_SCOPE",
      "the block was to be shrunk after a mark was taken or a scope opened behind it; shrink it before",
    );
  }

  // Starts filling a chunk, or goes on, from `top` on.
  #fill(chunk: Chunk, top: number, painted: boolean): void {
    const slow = painted || chunk === NO_CHUNK;
    this.#filling = chunk;
    this.#top = top;
    this.#base = chunk.address;
    this.#clean = slow ? -1 : top;
    this.#aheadBytes = LEAST_AHEAD_BYTES;
    this.#end = slow ? -1 : chunk.bytes.length;
  }

  #here(): Position {
    const store = this.#live();
    const at = this.#at;
    at.chunks = store.active.length;
    at.currentIndex = store.currentIndex;
    at.top = this.#top;
    at.padding = this.#padding;
    return at;
  }

  // Goes back to a place where the arena was before.
  #goTo(at: Position): void {
    const store = this.#live();
    this.#filling.usedBytes = this.#top;
    this.#padding = at.padding;
    const chunk = at.currentIndex < 0 ? NO_CHUNK : store.active[at.currentIndex];
    if (chunk !== this.#filling || at.top !== this.#top) {
      if (store.painted) paint(chunk, at.top, chunk.usedBytes);
      // The next round will want about as much as this one did.
      const wanted = chunk === this.#filling ? this.#top - at.top : MOST_AHEAD_BYTES;
      this.#fill(chunk, at.top, store.painted);
      this.#aheadBytes = Math.min(Math.max(wanted, LEAST_AHEAD_BYTES), MOST_AHEAD_BYTES);
    }
    store.rewindTo(at.chunks, at.currentIndex);
  }

  // True when the scope's memory could be given back.
  #closeScope(serial: number): boolean {
    if (this.#store === undefined) return true;
    const at = this.#here();
    const closed = this.#marks.close(serial, at);
    if (closed) this.#goTo(at);
    return closed;
  }

  async #closeWhenSettled(promise: PromiseLike<unknown>, serial: number): Promise<unknown> {
    let result: unknown;
    try {
      result = await promise;
    } catch (error) {
      this.#closeScope(serial);
      throw error;
    }
    if (!this.#closeScope(serial)) throw overlapping();
    return result;
  }

  #live(): ChunkStore {
    if (this.#store !== undefined) return this.#store;
    throw new PoolError("USE_AFTER_RELEASE", "this arena was released; make or take a new one");
  }

  #outside(address: number, bytes: number): PoolError {
    return new PoolError(
      "OUT_OF_BOUNDS",
      `${show(bytes)} bytes at address ${show(address)} are not memory that this arena gave out and has not taken back`,
      { address, bytes },
    );
  }
}

// The first offset from `top` on whose place in the buffer is aligned.
function alignIn(chunk: Chunk, top: number, align: number): number {
  const before = chunk.bytes.byteOffset % align;
  return Math.ceil((top + before) / align) * align - before;
}

function paint(chunk: Chunk, from: number, to: number): void {
  if (from < to) chunk.bytes.fill(PAINT, from, to);
}

// Free bytes that were written to are painted again, so that the next block can be had.
function checkPaint(store: ChunkStore, chunk: Chunk, from: number, to: number): void {
  const damage = paintDamage(chunk.bytes.subarray(from, to));
  if (damage < 0) return;
  paint(chunk, from, to);
  throw new PoolError(
    "WRITE_AFTER_RELEASE",
    `byte ${from + damage} of a chunk of ${store.name} was written while it was free; look for a use of memory ` +
      "after rewind or reset, or for a write past the end of the block before it",
    { byte: from + damage, address: chunk.address + from + damage },
  );
}

function overlapping(): PoolError {
  return new PoolError(
    "BAD_SCOPE",
    "a scope ended while one that was opened inside of it is still open; await the inner one first, or give " +
      "each task an arena of its own",
  );
}
