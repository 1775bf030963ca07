// An array pool: arrays of one type in few size classes, with three ways to know them again (see options.ts).
//
// All three share the slabs and the side table. What differs is when an array object is given out twice
// ("direct": as soon as its block comes around again; else never), and whether headers stand between the blocks
// ("tagged"). Neither changes who owns what, so the same program sees the same results under all of them.
import type { Allocator } from "../memory/allocator.ts";
import {
  type ArrayType,
  checkLength,
  checkType,
  FIRST_BIGINT_KIND,
  isTypedArray,
  type TypedArray,
} from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";
import { publish } from "../memory/events.ts";
import { attemptAll } from "./attempt.ts";
import type { ArrayClassStats, ArrayPoolStats } from "./array-stats.ts";
import { damagedField, HEADER_BYTES, headerIntact, markHeader, writeHeader } from "./header-layout.ts";
import { contains, LargeArrays } from "./large-arrays.ts";
import type { ArrayPoolSettings, ArrayStrategy } from "./options.ts";
import { NO_CLASS, SizeClass, type Slab } from "./slab.ts";
import { presentPlace, SlabTable } from "./slab-table.ts";

const MAX_LENGTH = 2 ** 32;

/**
 * Many short arrays of one type from few pieces of memory. Made by {@link arrays}.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ArrayPool, arrays, Pool } from "@millpond/core";
 *
 * const children: ArrayPool<Uint32Array> = arrays(new Pool(), Uint32Array);
 * const list = children.acquire(11);
 * assert.equal(list.length, 11);
 * assert.equal(children.size, 1);
 * children.release(list);
 * assert.throws(() => children.release(list), { code: "DOUBLE_RELEASE" });
 * ```
 */
export class ArrayPool<A extends TypedArray = TypedArray> {
  /** Shown in statistics and messages. */
  readonly name: string;
  /** How it knows its arrays again. */
  readonly strategy: ArrayStrategy;
  /** The class of its arrays. */
  readonly type: ArrayType<A>;
  readonly #allocator: Allocator;
  readonly #bigints: boolean;
  readonly #fresh: boolean;
  readonly #tagged: boolean;
  readonly #maxIdle: number;
  readonly #table: SlabTable<A>;
  readonly #large: LargeArrays<A>;
  // Ascending.
  readonly #classes: readonly SizeClass[];
  #last: SizeClass = NO_CLASS;
  #refused = 0;
  #closed = false;

  /** @internal */
  constructor(allocator: Allocator, type: ArrayType<A>, settings: ArrayPoolSettings) {
    this.name = settings.name;
    this.strategy = settings.strategy;
    this.type = type;
    this.#allocator = allocator;
    this.#bigints = checkType(type) >= FIRST_BIGINT_KIND;
    this.#fresh = settings.strategy !== "direct";
    this.#tagged = settings.strategy === "tagged";
    this.#maxIdle = settings.maxIdle;
    const headerBytes = this.#tagged ? HEADER_BYTES : 0;
    this.#table = new SlabTable(allocator, new type(0));
    this.#large = new LargeArrays(allocator, type, this.#fresh);
    this.#classes = settings.classes.map(
      (length, index) => new SizeClass(index, length, type.BYTES_PER_ELEMENT, headerBytes),
    );
  }

  /** Arrays in use. */
  get size(): number {
    return this.#classes.reduce((sum, { inUse }) => sum + inUse, this.#large.count);
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * An array of exactly `length` elements, all zero.
   *
   * Throws `BAD_ARGUMENT` for lengths that cannot be, `POOL_CLOSED` after `close()`, `CORRUPTED_HEADER` when
   * the header of the block was overwritten while it was idle, and what the memory behind throws when it has
   * no more.
   */
  acquire(length: number): A {
    const sizeClass = this.#classFor(length);
    if (sizeClass === undefined) return this.#acquireLarge(length, true);
    const array = this.#take(sizeClass, length);
    if (this.#bigints) (array as BigInt64Array).fill(0n);
    else (array as Float64Array).fill(0);
    return array;
  }

  /** `acquire` without zeroing: the elements are whatever the last user left. For callers that write them all. */
  acquireUnsafe(length: number): A {
    const sizeClass = this.#classFor(length);
    return sizeClass === undefined ? this.#acquireLarge(length, false) : this.#take(sizeClass, length);
  }

  /** `acquire` of as many elements as the block for `length` has room for: what comes for the same memory. */
  acquireAtLeast(length: number): A {
    return this.acquire(this.#classFor(length)?.length ?? this.#allocator.capacityFor(this.type, length));
  }

  // The smallest class with room, or undefined for lengths that are too large or are no lengths.
  #classFor(length: number): SizeClass | undefined {
    if (length >>> 0 !== length) return undefined;
    const classes = this.#classes;
    for (let index = 0; index < classes.length; index++) {
      if (length <= classes[index].length) return classes[index];
    }
    return undefined;
  }

  #take(sizeClass: SizeClass, length: number): A {
    if (sizeClass.top === 0) this.#grow(sizeClass);
    const table = this.#table;
    const slot = sizeClass.idle[sizeClass.top - 1];
    const slab = table.slabOf[slot];
    const turn = table.turns[slot] + 1;
    if (this.#tagged) this.#tagUsed(sizeClass, slab, slot, turn, length);
    const place = presentPlace(slot, turn);
    let array = table.views[place];
    if (this.#fresh || array.length !== length || array === table.none) {
      array = new this.type(slab.buffer, slab.addressOf(slot), length);
      table.views[place] = array;
      sizeClass.viewsCreated++;
    }
    table.turns[slot] = turn;
    this.#last = sizeClass;
    sizeClass.top--;
    sizeClass.acquired++;
    slab.live++;
    return array;
  }

  #grow(sizeClass: SizeClass): void {
    this.#refuseClosed();
    const slab = this.#table.add(sizeClass);
    if (!this.#tagged) return;
    for (let slot = slab.firstSlot; slot < slab.firstSlot + slab.blocks; slot++) writeHeader(slab, slot);
  }

  #tagUsed(sizeClass: SizeClass, slab: Slab, slot: number, turn: number, length: number): void {
    if (headerIntact(slab, slot, turn - 1, 0)) {
      markHeader(slab, slot, turn, length);
      return;
    }
    sizeClass.top--;
    slab.live++;
    throw this.#retire(slab, damagedField(slab, slot, turn - 1, 0), "while its block was idle");
  }

  #acquireLarge(length: number, zeroed: boolean): A {
    this.#refuseClosed();
    checkLength(length, MAX_LENGTH);
    return this.#large.acquire(length, zeroed);
  }

  /**
   * Gives an array back: the very object that was acquired, once.
   *
   * Throws, and leaves the pool as it was: `DOUBLE_RELEASE` for an array that was released and whose memory is
   * idle, `STALE_RELEASE` when the memory has a new owner since, `SUBVIEW_RELEASE` for a slice of an array in
   * use (see `arrayOf`), `FOREIGN_RELEASE` for what was never acquired here. Throws `CORRUPTED_HEADER` when the
   * header was overwritten; the array is released all the same, and its block never given out again.
   */
  release(array: TypedArray): void {
    const table = this.#table;
    const last = this.#last;
    let slot = last.idle[last.top];
    let turn = table.turns[slot];
    if (table.views[presentPlace(slot, turn)] !== array) {
      slot = table.find(array ?? table.none);
      turn = table.turns[slot];
    }
    if ((turn & 1) !== 0) {
      this.#releaseElse(array);
      return;
    }
    table.turns[slot] = turn + 1;
    const slab = table.slabOf[slot];
    if (this.#tagged) this.#tagIdle(slab, slot, turn, array.length);
    const { sizeClass } = slab;
    sizeClass.idle[sizeClass.top++] = slot;
    slab.live--;
    if (slab.live === 0 && sizeClass.top - slab.blocks >= this.#maxIdle) table.drop([slab]);
  }

  #tagIdle(slab: Slab, slot: number, turn: number, length: number): void {
    if (headerIntact(slab, slot, turn, length)) markHeader(slab, slot, turn + 1, 0);
    else throw this.#retire(slab, damagedField(slab, slot, turn, length), "while it was in use");
  }

  // The block stays out of the idle list for good. It counts as live, so its slab stays too.
  #retire(slab: Slab, field: string, when: string): PoolError {
    slab.retired++;
    return this.#blame(
      "CORRUPTED_HEADER",
      `the ${field} in the header of an array of pool "${this.name}" was overwritten ${when}; the block is retired. ` +
        "Look for a kernel or a view of the whole buffer that writes past the end of another array",
      { field },
    );
  }

  // A release that is not the expected one: large arrays and mistakes.
  #releaseElse(array: TypedArray): void {
    if (!isTypedArray(array)) {
      throw new PoolError("BAD_ARGUMENT", `expected an array acquired from this pool, got ${show(array)}`, {
        got: show(array),
      });
    }
    this.#refuseClosed();
    if (!this.#large.release(array)) throw this.#misuse(array);
  }

  // What exactly is wrong with an array that is nobody's.
  #misuse(array: TypedArray): PoolError {
    const what = show(array);
    const owner = this.#ownerAt(array);
    if (this.#wasReleased(array)) {
      return owner === undefined
        ? this.#blame("DOUBLE_RELEASE", `this ${what} was released before; release each array once`)
        : this.#blame(
            "STALE_RELEASE",
            `this ${what} was released before, and its memory belongs to somebody else now; release each array once`,
          );
    }
    if (owner === undefined) {
      return this.#blame(
        "FOREIGN_RELEASE",
        `this ${what} does not come from pool "${this.name}"; release only what it gave out`,
      );
    }
    return this.#blame(
      "SUBVIEW_RELEASE",
      `this ${what} is a slice of an array in use, not the array that acquire() returned; ` +
        "release that one, which arrayOf(slice) finds",
    );
  }

  // Whether an array that is not in use was once acquired here, as far as that is known: of a block, the last two
  // views are, and an idle block that was used before can have come here by nobody's array but a former owner's.
  #wasReleased(array: TypedArray): boolean {
    if (this.#large.knows(array)) return true;
    const table = this.#table;
    const slot = table.slotAround(array);
    const idle = (table.turns[slot] & 1) !== 0;
    return idle ? table.presentView(slot) !== table.none : table.formerView(slot) === array;
  }

  #blame(code: PoolError["code"], message: string, details: Record<string, unknown> = {}): PoolError {
    this.#refused++;
    const error = new PoolError(code, message, { pool: this.name, ...details });
    publish("misuse", () => ({ pool: this.name, code, error }));
    return error;
  }

  /**
   * The array in use whose memory contains `slice`, or undefined. `release` refuses slices, because a slice does
   * not tell whose it is: after its array was released and the memory given out again, it looks like a slice of
   * the new owner's array. Who knows that this cannot be gives back `arrayOf(slice)`.
   */
  arrayOf(slice: TypedArray): A | undefined {
    const array = this.#ownerAt(slice);
    return array !== undefined && contains(array, slice) ? array : undefined;
  }

  // The array in use in whose memory the first byte of `array` lies.
  #ownerAt(array: TypedArray): A | undefined {
    const slot = this.#table.slotAround(array);
    const idle = (this.#table.turns[slot] & 1) !== 0;
    return idle ? this.#large.ownerAt(array) : this.#table.presentView(slot);
  }

  /** Releases all arrays in use, also when headers turn out to be overwritten; how many there were. */
  releaseAll(): number {
    this.#refuseClosed();
    const arrays = this.#arraysInUse();
    attemptAll(arrays, (array) => this.release(array));
    return arrays.length;
  }

  #arraysInUse(): A[] {
    const table = this.#table;
    const found = this.#large.arrays();
    for (let slot = 1; slot < table.slabOf.length; slot++) {
      if ((table.turns[slot] & 1) === 0) found.push(table.presentView(slot));
    }
    return found;
  }

  /** Gives all memory back in which no array is in use; how many bytes that were. */
  trim(): number {
    this.#refuseClosed();
    return this.#drop((slab) => slab.live === 0);
  }

  #drop(which: (slab: Slab) => boolean): number {
    const dropped = this.#classes.flatMap(({ slabs }) => [...slabs].filter(which));
    this.#table.drop(dropped);
    return dropped.reduce((sum, { words }) => sum + words.byteLength, 0);
  }

  /** A snapshot of all figures. */
  stats(): ArrayPoolStats {
    const classes = this.#classes.map(classStats);
    const slabBytes = this.#classes.flatMap(({ slabs }) => [...slabs].map(({ words }) => words.byteLength));
    const acquired = classes.reduce((sum, one) => sum + one.acquired, this.#large.acquired);
    const inUse = this.size;
    return {
      name: this.name,
      strategy: this.strategy,
      acquired,
      released: acquired - inUse,
      inUse,
      refused: this.#refused,
      large: this.#large.acquired,
      largeInUse: this.#large.count,
      bytesRetained: slabBytes.reduce((sum, bytes) => sum + bytes, this.#large.bytes),
      classes,
    };
  }

  /**
   * Ends the pool and gives its memory back. Throws `POOL_IN_USE` when arrays are still in use, and stays open
   * then; with `{ force: true }` they are released first. Closing twice does nothing.
   */
  close(options: { readonly force?: boolean } = {}): void {
    if (this.#closed) return;
    if (this.size > 0 && options.force !== true) {
      throw new PoolError(
        "POOL_IN_USE",
        `pool "${this.name}" cannot be closed: ${this.size} arrays are in use; release them, or close({ force: true })`,
        { pool: this.name, arrays: this.size },
      );
    }
    const steps = [() => this.releaseAll(), () => this.#drop(() => true)];
    try {
      attemptAll(steps, (step) => step());
    } finally {
      this.#closed = true;
    }
  }

  /** For `using`: closes the pool, whatever is still in use. */
  [Symbol.dispose](): void {
    this.close({ force: true });
  }

  #refuseClosed(): void {
    if (!this.#closed) return;
    throw new PoolError("POOL_CLOSED", `pool "${this.name}" was closed; make a new one`, { pool: this.name });
  }
}

function classStats(sizeClass: SizeClass): ArrayClassStats {
  const { length, strideBytes, acquired, viewsCreated, inUse, top, retired, slabs } = sizeClass;
  return {
    length,
    blockBytes: strideBytes,
    acquired,
    viewsCreated,
    inUse,
    idle: top,
    retired,
    slabs: slabs.size,
  };
}
