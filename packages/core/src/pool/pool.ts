// The pool: typed arrays from memory that the program keeps.
//
// Two functions are hot, `acquireUnsafe` and `release`. Each is one test on the expected case, some loads and
// stores in typed arrays, and a way out to a slow function for everything else: other types or lengths than
// last time, empty free lists, budgets, checked modes, mistakes. They create nothing.
import type { Allocator } from "../memory/allocator.ts";
import {
  type ArrayType,
  checkLength,
  checkType,
  FIRST_BIGINT_KIND,
  isTypedArray,
  KIND_BYTES,
  kindOfArray,
  type TypedArray,
} from "../memory/elements.ts";
import { type NumbersExports, numbersKernel } from "../kernel/numbers.wasm.ts";
import { type PoolError, unlike } from "../memory/errors.ts";
import { publish } from "../memory/events.ts";
import { GUARD_BYTES } from "../memory/paint.ts";
import { FIRST_BLOCK_ADDRESS, MAX_REGION_BYTES, type Region, regionOfBuffer } from "../memory/region.ts";
import { isThenable } from "../memory/thenable.ts";
import { processPressure, startDecay, trimReason } from "./decay.ts";
import type { BlockHeap, Keep, TakeFailure, Trimmed } from "./block-heap.ts";
import { Lease } from "./lease.ts";
import type { PoolStats, TrimReason } from "./ledger.ts";
import {
  checkChildOptions,
  checkOptions,
  type ChildOptions,
  type PoolOptions,
  type PoolSettings,
  settle,
} from "./options.ts";
import { OutsideArrays, unitsOf } from "./outside.ts";
import {
  closedPool,
  doubleRelease,
  exhaustedPool,
  foreignRelease,
  guardDamaged,
  poolInUse,
  sealedPool,
  staleLease,
  staleRelease,
  subviewRelease,
} from "./pool-errors.ts";
import { BLOCK_ALIGN } from "./size-classes.ts";
import { DIRTY, IdleList, NO_REQUEST, NOBODY, requestOf, Row, type Slot } from "./slot.ts";
import { collectStats, Totals } from "./stats.ts";
import { enroll, plantTree, type PoolTree } from "./tree.ts";

/** One array that is in use: what a leak report lists. */
export interface Outstanding {
  /** The name of the pool it was acquired from. */
  readonly pool: string;
  /** The class of the array, such as "Float64Array". */
  readonly type: string;
  /** Elements. */
  readonly length: number;
  /** Bytes of the elements. */
  readonly bytes: number;
  /** What the lease was tagged with. */
  readonly tag: string | undefined;
  /** How long ago it was acquired; only in checked modes. */
  readonly ageMs: number | undefined;
  /** Where it was acquired; only in checked modes, for one acquisition in `stackEvery`. */
  readonly stack: string | undefined;
}

/** Options of `pool.lease()` and `pool.use()`. */
export interface LeaseOptions {
  /** Names the use in leak reports. */
  readonly tag?: string;
}

// The number of a closed pool; no block has such a holder. Its old number may belong to another pool soon.
const CLOSED = 0x3fffffff;
// As many units of 64 bytes as a small integer holds, 128 GiB: what no budget is above.
const MAX_UNITS = 0x7fffffff;
const NO_LIST = new IdleList(-1, 0);

const MAX_BYTES: number = MAX_REGION_BYTES - FIRST_BLOCK_ADDRESS - GUARD_BYTES;

/**
 * Typed arrays from memory that the program keeps. `acquire` gives a real `Float64Array` (or any other of
 * the eleven classes) of exactly the length asked for, zeroed; `release` gives it back. After a warm-up,
 * neither allocates.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { MiB, Pool } from "@millpond/core";
 *
 * const pool = new Pool({ name: "charts", limitBytes: 64 * MiB });
 * const xs = pool.acquire(Float64Array, 1000);
 * assert.equal(xs.length, 1000);
 * assert.equal(xs[999], 0);
 * pool.release(xs);
 *
 * const again = pool.acquire(Float64Array, 1000);
 * assert.equal(again, xs); // the same object: nothing was created
 * pool.release(again);
 * ```
 *
 * A released array must not be used any more. The pool refuses what it can see at once (releasing twice,
 * releasing something else); with `check: "checked"` or `"strict"` it finds the rest. Leases are the safer
 * way to pass arrays on: see `lease`.
 */
export class Pool implements Allocator {
  /** Shown in statistics, reports and messages. */
  readonly name: string;
  /** The most bytes of blocks: retained ones for a root pool, ones in use for a child. */
  readonly limitBytes: number;
  /** The pool this one is a child of. */
  readonly parent: Pool | undefined;
  readonly #tree: PoolTree<Pool>;
  readonly #heap: BlockHeap;
  readonly #limitUnits: number;
  #number: number;
  readonly #fallback: boolean;
  // Checked or chaotic: no request and no release goes the hot way.
  readonly #careful: boolean;
  // Modes "off" and "strict": each array has a buffer of its own.
  readonly #apart: boolean;
  // Bytes for the guard behind each array.
  readonly #spare: number;
  readonly #zeroOnAcquire: boolean;
  readonly #zeroOnRelease: boolean;
  // By class; made when a class is first used.
  readonly #rows: (Row | undefined)[] = [];
  readonly #children = new Set<Pool>();
  #outside: OutsideArrays | undefined;
  #unpooled = 0;
  // What closed children did, so that sums never fall.
  readonly #past = new Totals();
  // The figures at the end of a closed pool.
  #final: PoolStats | undefined;
  // In units of 64 bytes, so that they stay small integers: what is in use, and the most that ever was. A
  // budget needs no test of its own: beyond the old peak, the slow way asks whether there may be a new one.
  #used = 0;
  #high = 0;
  // The last request that could go the hot way.
  #lastType: unknown = undefined;
  #lastLength = -1;
  #lastRequest = NO_REQUEST;
  #lastList: IdleList = NO_LIST;
  #lastRow: Row = new Row();

  /** A pool of its own. For a share of a pool with its own budget and figures, see `child`. */
  constructor(options?: PoolOptions);
  /** @internal */
  constructor(options: PoolOptions, parent: Pool | undefined, heap?: BlockHeap);
  constructor(options: PoolOptions = {}, parent?: Pool, heap?: BlockHeap) {
    checkChildOptions(options);
    this.parent = parent;
    this.#tree = parent === undefined ? plantTree(settle(options), heap) : parent.#tree;
    this.#heap = this.#tree.heap;
    this.#number = enroll(this.#tree, this);
    this.name = options.name ?? (parent === undefined ? "pool" : `${parent.name}/${this.#number}`);
    this.limitBytes =
      parent === undefined ? this.#heap.limitBytes : (options.limitBytes ?? parent.limitBytes);
    this.#limitUnits = Math.min(Math.floor(this.limitBytes / BLOCK_ALIGN), MAX_UNITS);
    this.#fallback = options.onExhausted === "unpooled";
    const check = this.#tree.settings.check;
    this.#careful = check === "checked" || this.#tree.chaos !== undefined;
    this.#zeroOnRelease = this.#tree.settings.zero === "release";
    // Paint and poison make released memory dirty again.
    this.#zeroOnAcquire = !this.#zeroOnRelease || this.#careful;
    this.#apart = check === "off" || check === "strict";
    this.#spare = check === "checked" ? GUARD_BYTES : 0;
    if (parent === undefined && this.#tree.settings.trimAfterMs !== Infinity) {
      this.#tree.stopDecay = startDecay(this, this.#tree.settings.trimAfterMs);
    }
    if (parent !== undefined) parent.#children.add(this);
  }

  /** The check mode, from the option `check` or the environment. */
  get check(): PoolSettings["check"] {
    return this.#tree.settings.check;
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.#number === CLOSED;
  }

  /**
   * A typed array of exactly `length` elements, all zero, starting on a cache line.
   *
   * Throws `BAD_ARGUMENT` for lengths and types that cannot be, `POOL_EXHAUSTED` when the budget is used up,
   * `POOL_SEALED` when growth was forbidden, `POOL_CLOSED` after `close()`.
   */
  acquire<A extends TypedArray>(type: ArrayType<A>, length: number): A {
    const slot = this.#takeAgain(type, length);
    if (slot === undefined) return this.#acquireElse(type, length, undefined, true) as A;
    if (this.#zeroOnAcquire && slot.dirty) zero(slot.array, slot.kind, this.#heap.isShared);
    return slot.array as A;
  }

  /** `acquire` without zeroing: the bytes are whatever the last user left. For callers that write them all. */
  acquireUnsafe<A extends TypedArray>(type: ArrayType<A>, length: number): A {
    const slot = this.#takeAgain(type, length);
    return (slot === undefined ? this.#acquireElse(type, length, undefined, false) : slot.array) as A;
  }

  // The hot half of acquiring: an idle block whose view fits, for the same request as last time.
  #takeAgain(type: unknown, length: number): Slot | undefined {
    if (type !== this.#lastType || length !== this.#lastLength) return undefined;
    const list = this.#lastList;
    const top = list.top - 1;
    if (top < 0) return undefined;
    const slot = list.idle[top];
    const used = this.#used + list.units;
    if (slot.request !== this.#lastRequest || used > this.#high) return undefined;
    this.#used = used;
    list.top = top;
    if (top < list.low) list.low = top;
    this.#lastRow.acquired++;
    slot.holder = this.#number;
    if (this.parent !== undefined) this.parent.#charge(list.units);
    return slot;
  }

  /**
   * Gives an array back: exactly the object that was acquired, once.
   *
   * Throws `DOUBLE_RELEASE`, `STALE_RELEASE`, `SUBVIEW_RELEASE` or `FOREIGN_RELEASE` for anything else, and
   * the pool stays as it was.
   */
  release(array: TypedArray): void {
    // The block taken last still stands just above its list, where it belongs: no search and no store of it for who
    // releases what he just acquired.
    const list = this.#lastList;
    const { top } = list;
    const slot: Slot | undefined = list.idle[top];
    if (slot === undefined || slot.array !== array || slot.holder !== this.#number) {
      this.#releaseOther(array);
      return;
    }
    if (this.#zeroOnRelease) zero(array, slot.kind, this.#heap.isShared);
    slot.end();
    list.top = top + 1;
    if (top >= list.most) this.#heap.spill(list);
    this.#used -= list.units;
    if (this.parent !== undefined) this.parent.#discharge(list.units);
  }

  // Still hot: an array that is not the one acquired last.
  #releaseOther(array: TypedArray): void {
    const slot = this.#heap.find(array);
    if (slot === undefined || slot.holder !== this.#number) {
      this.#releaseElse(array, slot);
      return;
    }
    const { list } = slot;
    if (this.#zeroOnRelease) zero(array, slot.kind, this.#heap.isShared);
    slot.end();
    list.idle[list.top++] = slot;
    if (list.top > list.most) this.#heap.spill(list);
    this.#used -= list.units;
    if (this.parent !== undefined) this.parent.#discharge(list.units);
  }

  /**
   * An array with an owner: release it once, by hand or by `using`. Zeroed like `acquire`.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { Pool } from "@millpond/core";
   *
   * const pool = new Pool();
   * const lease = pool.lease(Uint8Array, 4096, { tag: "upload" });
   * lease.array.fill(7);
   * lease.release();
   * assert.throws(() => lease.array, { code: "USE_AFTER_RELEASE" });
   * ```
   */
  lease<A extends TypedArray>(type: ArrayType<A>, length: number, options: LeaseOptions = {}): Lease<A> {
    checkOptions(options);
    const { tag } = options;
    if (tag !== undefined && typeof tag !== "string") throw unlike("tag to be a string", tag);
    // Where nobody keeps tags, they are no reason to leave the hot way.
    const plain = tag === undefined || this.#tree.checks === undefined;
    const array = plain ? this.acquire(type, length) : (this.#acquireElse(type, length, tag, true) as A);
    return new Lease(this, array, this._ticketOf(array));
  }

  /**
   * Acquires for the time of a call. The array goes back when `work` returns or throws, or, when it returns
   * a promise, when that settles.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { Pool } from "@millpond/core";
   *
   * const pool = new Pool();
   * const sum = pool.use(Float64Array, 3, (xs) => {
   *   xs.set([1, 2, 3]);
   *   return xs.reduce((total, x) => total + x, 0);
   * });
   * assert.equal(sum, 6);
   * assert.equal(pool.stats().inUse, 0);
   * ```
   */
  use<A extends TypedArray, R>(
    type: ArrayType<A>,
    length: number,
    work: (array: A) => R,
    options?: LeaseOptions,
  ): R {
    if (typeof work !== "function") throw unlike("work to be a function", work);
    const lease = this.lease(type, length, options);
    let pending = false;
    try {
      const result = work(lease.array);
      pending = isThenable(result);
      return pending ? (releaseWhenSettled(result as PromiseLike<unknown>, lease) as R) : result;
    } finally {
      if (!pending) lease.release();
    }
  }

  /**
   * A pool that shares this one's memory and has a name, a budget and figures of its own. Its arrays are
   * released through it.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { MiB, Pool } from "@millpond/core";
   *
   * const pool = new Pool({ name: "server" });
   * const tiles = pool.child({ name: "tiles", limitBytes: 1 * MiB });
   * const tile = tiles.acquire(Uint8Array, 512 * 1024);
   * assert.throws(() => tiles.acquire(Uint8Array, 768 * 1024), { code: "POOL_EXHAUSTED" });
   * tiles.release(tile);
   * tiles.close();
   * ```
   */
  child(options: ChildOptions = {}): Pool {
    this.#refuseClosed();
    return new Pool(options, this);
  }

  /** The pools made by `child()` that are not closed. */
  get children(): readonly Pool[] {
    return [...this.#children];
  }

  /** Carves blocks for `count` arrays ahead of time, so that not even the first request has to. */
  warm(type: ArrayType, length: number, count: number): void {
    checkLength(count, 1e9, "count");
    const arrays: TypedArray[] = [];
    try {
      for (let i = 0; i < count; i++) arrays.push(this.acquireUnsafe(type, length));
    } finally {
      while (arrays.length > 0) this.release(arrays.pop() as TypedArray);
    }
  }

  /** The longest array that the block of such a request holds: asking for that much costs no more memory. */
  capacityFor(type: ArrayType, length: number): number {
    this.#refuseClosed();
    const width = KIND_BYTES[checkType(type)];
    checkLength(length, Math.floor(MAX_BYTES / width));
    const list = this.#heap.listFor(this.#blockBytesFor(length * width));
    return Math.floor(Math.min(list.blockBytes - this.#spare, MAX_BYTES) / width);
  }

  /** The region an array lies in; undefined for arrays in memory of their own. */
  regionOf(array: TypedArray): Region | undefined {
    if (!ArrayBuffer.isView(array)) throw unlike("a typed array", array);
    return regionOfBuffer(array.buffer);
  }

  /**
   * Gives idle memory back: spans without a block in use, and regions that are left empty. The collector
   * returns a dropped region to the system. Returns what was given back.
   */
  trim(): Trimmed {
    return this.#trim("call");
  }

  /**
   * Forbids growth from now on: what was carved so far must do. A request that needs more throws
   * `POOL_SEALED`. For programs that must not allocate once they run. A sealed pool gives nothing back as time
   * passes; `trim()` still does as it is told.
   *
   * ```ts
   * import assert from "node:assert/strict";
   * import { Pool } from "@millpond/core";
   *
   * const pool = new Pool();
   * pool.warm(Uint8Array, 4096, 16);
   * pool.seal();
   * pool.release(pool.acquire(Uint8Array, 4096));
   * assert.throws(() => pool.acquire(Uint8Array, 100_000), { code: "POOL_SEALED" });
   * ```
   */
  seal(): void {
    this.#refuseClosed();
    this.#heap.seal();
  }

  /**
   * A snapshot of all figures, this pool's and its children's. What closed children did stays in the sums. A
   * closed pool shows what there was at its end.
   */
  stats(): PoolStats {
    if (this.#final !== undefined) return this.#final;
    return collectStats(
      {
        name: this.name,
        check: this.check,
        limitBytes: this.limitBytes,
        root: this.parent === undefined,
        rows: this.#rows,
        unpooled: this.#unpooled,
        outside: this.#outside,
        apart: this.#apart,
        bytesInUse: this.#used * BLOCK_ALIGN,
        bytesPeak: this.#high * BLOCK_ALIGN,
        held: this.#held(),
        past: this.#past,
      },
      this.#heap,
      this.children.map((child) => child.stats()),
    );
  }

  /** The arrays in use, children's included: what a leak report lists. */
  outstanding(): Outstanding[] {
    const found = this.#outstandingBlocks();
    for (const array of this.#outside?.live() ?? []) found.push(this.#describe(array, undefined));
    for (const child of this.#children) found.push(...child.outstanding());
    return found;
  }

  /**
   * Ends the pool. Throws `POOL_IN_USE` when arrays of it, or of a child, are still in use, and stays open
   * then; `{ force: true }` ends it all the same, for the end of a program. Closing twice does nothing.
   */
  close(options: { readonly force?: boolean } = {}): void {
    checkOptions(options);
    if (this.closed) return;
    const left = this.outstanding();
    if (left.length > 0) {
      publish("leak", () => ({ pool: this.name, outstanding: left }));
      if (options.force !== true) throw poolInUse(this.name, left.length, bytesOf(left));
    }
    for (const child of this.#children) child.close({ force: true });
    if (this.parent === undefined) this.#end();
    else this.#leave(this.parent);
    publish("close", () => ({ pool: this.name, outstanding: left.length }));
  }

  /** For `using`: closes the pool, whatever is still in use. */
  [Symbol.dispose](): void {
    this.close({ force: true });
  }

  /** @internal */
  _releaseLease(array: TypedArray, ticket: number): void {
    if (this._ticketOf(array) !== ticket) throw staleLease();
    this.release(array);
  }

  /**
   * Ends this pool's ownership of a leased array without making its block idle: somebody else gets it.
   * @internal
   */
  _handOver(array: TypedArray, ticket: number): Slot {
    const slot = this.#heap.find(array);
    if (slot === undefined || slot.turn !== ticket || slot.owner !== this.#number) throw staleLease();
    if (slot.holder < 0) this.#tree.checks?.released(slot, array, false);
    this.#heap.dropViews(slot);
    slot.end();
    this.#discharge(slot.list.units);
    return slot;
  }

  /** Makes this pool the owner of a block that comes from somebody else. @internal */
  _takeOver(slot: Slot, kind: number, length: number): Lease {
    this.#refuseClosed();
    const array = this.#handOut(slot, kind, length, undefined);
    return new Lease(this, array, slot.turn);
  }

  /** How many arrays all pools of the tree have given out. @internal */
  _acquired(): number {
    let sum = 0;
    for (const pool of this.#tree.pools) {
      if (pool !== undefined) for (const row of pool.#rows) sum += row?.acquired ?? 0;
    }
    return sum;
  }

  /** @internal */
  _decay(): void {
    // What a sealed pool gave back it could never get again.
    if (this.#heap.sealed) return;
    const pressure = (this.#tree.settings.pressure ?? processPressure)();
    const reason = trimReason(pressure);
    this.#trim(reason, reason === "pressure" ? undefined : keepHalf);
    for (const list of this.#heap.lists) {
      list.settlePeak();
      list.low = list.top;
    }
  }

  #trim(reason: TrimReason, keep?: (list: IdleList) => Keep): Trimmed {
    this.#refuseClosed();
    const trimmed = this.#heap.trimIdle(reason, keep);
    if (trimmed.bytes > 0) publish("trim", () => ({ pool: this.name, reason, ...trimmed }));
    return trimmed;
  }

  // Everything that is not the expected case.
  #acquireElse(type: ArrayType, length: number, tag: string | undefined, zeroed: boolean): TypedArray {
    this.#refuseClosed();
    const kind = checkType(type);
    checkLength(length, Math.floor(MAX_BYTES / KIND_BYTES[kind]));
    const bytes = length * KIND_BYTES[kind];
    if (this.#apart) return this.#acquireApart(kind, length, tag);
    const list = this.#heap.listFor(this.#blockBytesFor(bytes));
    const slot = this.#takeSlot(list, bytes);
    if (slot === undefined) return this.#acquireOutside(kind, length);
    if (!this.#careful) this.#remember(type, length, requestOf(kind, length), list);
    const array = this.#handOut(slot, kind, length, tag);
    if (zeroed && this.#zeroOnAcquire && slot.dirty) zero(array, kind, this.#heap.isShared);
    return array;
  }

  #blockBytesFor(bytes: number): number {
    return Math.max(1, bytes + this.#spare);
  }

  #remember(type: ArrayType, length: number, request: number, list: IdleList): void {
    // Below a child every acquisition has more than one budget to respect: no hot way.
    if (this.parent?.parent !== undefined || request === NO_REQUEST) return;
    this.#lastType = type;
    this.#lastLength = length;
    this.#lastRequest = request;
    this.#lastList = list;
    this.#lastRow = this.#rowOf(list);
  }

  #rowOf(list: IdleList): Row {
    return (this.#rows[list.index] ??= new Row());
  }

  // A slot within all budgets, or undefined when the array is to be made outside the pool.
  #takeSlot(list: IdleList, bytes: number): Slot | undefined {
    // Requests that alternate come here each time, so this creates nothing either.
    const full = this.#fullFor(list.units);
    if (full !== undefined) return this.#exhausted("limit", bytes, full);
    const most = this.#room();
    const { growths } = this.#heap;
    let slot = this.#heap.take(list, most);
    if (typeof slot !== "object" && this.#surrendered()) slot = this.#heap.take(list, most);
    if (this.#heap.growths !== growths) this.#grew(bytes);
    if (typeof slot === "object") return slot;
    return this.#exhausted(slot, bytes, slot === "limit" ? this.#root() : this);
  }

  // Makes idle what chaos holds back; true when there was anything.
  #surrendered(): boolean {
    const held = this.#tree.chaos?.surrender() ?? [];
    for (const slot of held) this.#heap.give(slot);
    return held.length > 0;
  }

  #root(): Pool {
    return this.parent === undefined ? this : this.parent.#root();
  }

  #grew(bytes: number): void {
    publish("grow", () => ({ pool: this.name, bytes, retained: this.#heap.carvedBytes }));
  }

  #handOut(slot: Slot, kind: number, length: number, tag: string | undefined): TypedArray {
    const row = this.#rowOf(slot.list);
    const created = this.#heap.setView(slot, kind, length);
    slot.holder = this.#careful ? -this.#number : this.#number;
    row.acquired++;
    if (created) row.misses++;
    this.#charge(slot.list.units);
    const array = slot.array;
    if (this.#careful) this.#inspect(slot, array, tag);
    return array;
  }

  #inspect(slot: Slot, array: TypedArray, tag: string | undefined): void {
    try {
      this.#tree.checks?.acquired(slot, array, tag);
    } catch (error) {
      this.#putBack(slot, array);
      throw error;
    }
    const poisoned = this.#tree.chaos?.poison(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
    if (poisoned === true) slot.turn |= DIRTY;
  }

  // In the modes where every array has a buffer of its own, budgets hold all the same.
  #acquireApart(kind: number, length: number, tag: string | undefined): TypedArray {
    const bytes = length * KIND_BYTES[kind];
    const units = unitsOf(bytes);
    const full = this.#fullFor(units);
    if (full !== undefined) this.#exhausted("limit", bytes, full);
    const array = this.#acquireOutside(kind, length);
    this.#charge(units);
    this.#tree.checks?.hold(array, tag);
    return array;
  }

  // The first of this pool and those above it whose budget has no room. That of a root bounds what is retained, to
  // which the heap sees, unless its arrays lie outside the heap.
  #fullFor(units: number): Pool | undefined {
    if (this.parent === undefined && !this.#apart) return undefined;
    if (this.#used + units > this.#limitUnits) return this;
    return this.parent === undefined ? undefined : this.parent.#fullFor(units);
  }

  // What the budgets of children leave, this one's and those of the ones above it.
  #room(): number {
    if (this.parent === undefined) return MAX_UNITS;
    return Math.min(this.#limitUnits - this.#used, this.parent.#room());
  }

  #acquireOutside(kind: number, length: number): TypedArray {
    const { check } = this;
    this.#outside ??= new OutsideArrays(check === "off" || check === "strict" ? check : "fallback");
    const array = this.#outside.make(kind, length);
    this.#unpooled++;
    return array;
  }

  // Returns where the option says to go on outside the pool.
  #exhausted(failure: TakeFailure, bytes: number, where: Pool): undefined {
    if (failure === "sealed") throw sealedPool(this.name, bytes);
    const retained = where.parent === undefined && !this.#apart;
    const inUse = retained ? this.#heap.carvedBytes : where.#used * BLOCK_ALIGN;
    publish("exhausted", () => ({ pool: where.name, bytes, inUse, limitBytes: where.limitBytes }));
    if (this.#fallback) return undefined;
    throw exhaustedPool(where.name, bytes, inUse, where.limitBytes);
  }

  #charge(units: number): void {
    this.#used += units;
    if (this.#used > this.#high) this.#high = this.#used;
    if (this.parent !== undefined) this.parent.#charge(units);
  }

  #discharge(units: number): void {
    this.#used -= units;
    if (this.parent !== undefined) this.parent.#discharge(units);
  }

  // A release that is not the expected one: careful modes, arrays outside the pool, mistakes.
  #releaseElse(array: TypedArray, slot: Slot | undefined): void {
    if (slot !== undefined && slot.holder === -this.#number) {
      this.#releaseCarefully(array, slot);
      return;
    }
    if (!isTypedArray(array)) throw unlike("a typed array acquired from this pool", array);
    if (slot === undefined && this.#outside !== undefined && this.#releaseOutside(array, this.#outside))
      return;
    this.#refuseClosed();
    if (slot !== undefined) throw this.#misuse(array, slot);
    const owner = this.#tree.pools.find(
      (pool) => pool !== undefined && pool.#outside?.stateOf(array) === "in use",
    );
    throw owner === undefined ? this.#misuseOfView(array) : foreignRelease(this.name, array, owner.name);
  }

  #releaseCarefully(array: TypedArray, slot: Slot): void {
    const holder = this.#tree.checks?.holderOf(slot);
    const damage = this.#putBack(slot, array);
    if (damage >= 0) throw guardDamaged(this.name, damage, array.byteLength, holder);
  }

  // The damaged guard byte, or -1.
  #putBack(slot: Slot, array: TypedArray): number {
    if (this.#zeroOnRelease) zero(array, slot.kind, this.#heap.isShared);
    const damage = this.#tree.checks?.released(slot, array) ?? -1;
    // A new view for each acquisition, so that releasing an old one is seen to be stale.
    this.#heap.dropViews(slot);
    slot.end();
    this.#discharge(slot.list.units);
    const idle = this.#tree.chaos === undefined ? slot : this.#tree.chaos.release(slot);
    if (idle !== undefined) this.#heap.give(idle);
    return damage;
  }

  #releaseOutside(array: TypedArray, outside: OutsideArrays): boolean {
    const state = outside.stateOf(array);
    if (state === "unknown") return false;
    if (state === "released") throw doubleRelease(this.name, array);
    if (state === "part") throw subviewRelease(this.name, array);
    // An array whose buffer was transferred away has no bytes to be zeroed.
    if (this.#zeroOnRelease && array.length > 0) zero(array, kindOfArray(array), this.#heap.isShared);
    const { byteLength } = array;
    const { units } = outside;
    const damage = outside.release(array);
    if (this.#apart) this.#discharge(units - outside.units);
    if (damage >= 0) {
      throw guardDamaged(this.name, damage, byteLength, this.#tree.checks?.holderOf(array));
    }
    return true;
  }

  #misuse(array: TypedArray, slot: Slot): PoolError {
    if (slot.holder === NOBODY) return doubleRelease(this.name, array);
    return foreignRelease(this.name, array, this.#tree.pools[slot.owner]?.name);
  }

  // What exactly is wrong with an array that is nobody's current view.
  #misuseOfView(array: TypedArray): PoolError {
    const under = this.#heap.slotUnder(array);
    const before = under?.spare === array || this.#tree.checks?.wasReleased(array) === true;
    if (under === undefined && !before) return foreignRelease(this.name, array, undefined);
    if ((under?.holder ?? NOBODY) === NOBODY) return doubleRelease(this.name, array);
    if (before) return staleRelease(this.name, array);
    return subviewRelease(this.name, array);
  }

  /** Tells apart two ownerships of the same block; -1 for arrays outside the pool. @internal */
  _ticketOf(array: TypedArray): number {
    return this.#heap.find(array)?.turn ?? -1;
  }

  #outstandingBlocks(): Outstanding[] {
    return Array.from(this.#held(), (slot) => this.#describe(slot.array, slot));
  }

  // The blocks that are in use here, children's left out. A pool of which nothing is in use, as when a request's child
  // ends, looks through none: in a shared pool with many blocks that was 0.25 ms.
  *#held(): IterableIterator<Slot> {
    if (this.#used === 0) return;
    for (const slot of this.#heap.slots()) if (slot.owner === this.#number) yield slot;
  }

  /**
   * Which array is held for which time: tells an array that was released and acquired again from one that was held
   * all along. Children included.
   * @internal
   */
  _holdings(): Map<TypedArray, number> {
    const found = new Map<TypedArray, number>();
    for (const slot of this.#held()) found.set(slot.array, slot.turn);
    for (const array of this.#outside?.live() ?? []) found.set(array, -1);
    for (const child of this.#children) for (const [array, turn] of child._holdings()) found.set(array, turn);
    return found;
  }

  /** What is known of some of the arrays in use, children's included. @internal */
  _describe(arrays: ReadonlySet<TypedArray>): Outstanding[] {
    const found: Outstanding[] = [];
    for (const slot of this.#held()) if (arrays.has(slot.array)) found.push(this.#describe(slot.array, slot));
    for (const array of this.#outside?.live() ?? [])
      if (arrays.has(array)) found.push(this.#describe(array, undefined));
    for (const child of this.#children) found.push(...child._describe(arrays));
    return found;
  }

  #describe(array: TypedArray, slot: Slot | undefined): Outstanding {
    const held = this.#tree.checks?.holderOf(slot ?? array);
    return {
      pool: this.name,
      type: array.constructor.name,
      length: array.length,
      bytes: array.byteLength,
      tag: held?.tag,
      ageMs: held === undefined ? undefined : performance.now() - held.at,
      stack: held?.stack,
    };
  }

  // A child that is closed leaves its blocks to the pool, and its figures to its parent's sums.
  #leave(parent: Pool): void {
    for (const slot of this.#held()) this.#putBack(slot, slot.array);
    if (this.#apart && this.#outside !== undefined) this.#discharge(this.#outside.units);
    this.#outside = undefined;
    this.#end();
    parent.#children.delete(this);
    parent.#past.add(this.stats());
  }

  // From here on nothing is this pool's any more.
  #end(): void {
    this.#final = this.stats();
    this.#tree.pools[this.#number] = undefined;
    this.#tree.freeNumbers.push(this.#number);
    this.#number = CLOSED;
    this.#lastType = undefined;
    this.#lastList = NO_LIST;
    this.#outside = undefined;
    if (this.parent !== undefined) return;
    this.#tree.stopDecay();
    this.#heap.close();
  }

  #refuseClosed(): void {
    if (this.closed) throw closedPool(this.name);
  }
}

// How many blocks a class keeps on a decay tick: all that were needed since the last one, half of the rest. A
// class loses one span at least, where a whole span was not needed.
function keepHalf(list: IdleList): Keep {
  const unneeded = list.blocks - list.slots + list.low;
  const least = list.blocks - list.live - unneeded;
  return { least, enough: least + Math.floor(unneeded / 2) };
}

// V8 fills shared memory with one atomic store an element: 600 KB took 167 us by bytes, 26 us by doubles, and the
// kernel 8 us. Below this many bytes it is not worth the look-up.
const WIDE_BYTES = 4096;

function zero(array: TypedArray, kind: number, isShared: boolean): void {
  const kernel = isShared && array.byteLength >= WIDE_BYTES ? numbersKernel.over(array.buffer) : undefined;
  if (kernel !== undefined) zeroWide(array, kernel);
  else if (kind >= FIRST_BIGINT_KIND) (array as BigInt64Array).fill(0n);
  else (array as Float64Array).fill(0);
}

// Blocks start on a cache line, so there are whole doubles from the start on; what is left over goes by bytes.
function zeroWide({ buffer, byteOffset, byteLength }: TypedArray, kernel: NumbersExports): void {
  const doubles = Math.floor(byteLength / 8);
  // SAFETY: the array's own bytes, from its first on.
  kernel.fillF64(byteOffset, doubles, 0);
  new Uint8Array(buffer, byteOffset + doubles * 8, byteLength % 8).fill(0);
}

async function releaseWhenSettled(promise: PromiseLike<unknown>, lease: Lease): Promise<unknown> {
  try {
    return await promise;
  } finally {
    lease.release();
  }
}

function bytesOf(arrays: readonly Outstanding[]): number {
  return arrays.reduce((sum, { bytes }) => sum + bytes, 0);
}
