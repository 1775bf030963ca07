// A pool whose memory all threads share.
import type { ArrayType, TypedArray } from "../memory/elements.ts";
import { checkType } from "../memory/elements.ts";
import { PoolError, show, unlike } from "../memory/errors.ts";
import {
  FIRST_BLOCK_ADDRESS,
  MAX_REGION_BYTES,
  PAGE_BYTES,
  type Region,
  type WasmMemory,
} from "../memory/region.ts";
import { MiB } from "../memory/units.ts";
import type { Lease } from "../pool/lease.ts";
import { type CheckMode, settleCheck } from "../pool/options.ts";
import { type LeaseOptions, Pool } from "../pool/pool.ts";
import { ROW_ALIVE, ROW_FREE, ROW_PLATFORM_AT, THREADS, VERSION } from "./layout.ts";
import { findOrphans, freeOrphans } from "./orphans.ts";
import { onThreadEnd, platformThread, watchWorker } from "./platform.ts";
import { type ReclaimOptions, reclaimThread } from "./reclaim.ts";
import { SharedHeap } from "./shared-heap.ts";
import { SharedLease } from "./shared-lease.ts";
import {
  auditBlocks,
  askThreads,
  publishCounters,
  readThreads,
  type SharedAudit,
  type ThreadStats,
} from "./shared-ledger.ts";
import { SharedMemory } from "./shared-memory.ts";
import { checkToken, type Token, tokenBytes } from "./token.ts";

/** Options of `SharedPool.create()` and `SharedPool.attach()`. */
export interface SharedPoolOptions {
  /** Shown in statistics, reports and error messages. */
  readonly name?: string;
  /**
   * Default `"fast"`, or what the environment variable MILLPOND_CHECK says. Not `"strict"`, whose arrays cannot be shared:
   * as an option it is refused, from the environment it is taken for `"checked"`.
   */
  readonly check?: CheckMode;
  /** What happens when the memory is used up: an error (the default), or an array that only this thread can see. */
  readonly onExhausted?: "throw" | "unpooled";
  /**
   * When a worker of this thread is seen to end, so many milliseconds later the blocks are freed that it had sent and
   * nobody has adopted. Default 10,000; `Infinity` for never.
   */
  readonly orphanMs?: number;
  /**
   * `false` turns sharing off: no other thread can attach, no array can be sent, and released blocks stay in the thread's
   * own cache, where nothing is atomic. For one thread that runs code written for several. Default true.
   */
  readonly crossThread?: boolean;
}

/** What `share()` gives: a small message that `SharedPool.attach()` takes in another thread. */
export interface SharedPoolHandle {
  /** Tells it from other messages. */
  readonly kind: "millpond.SharedPool";
  /** The version of the memory's layout. */
  readonly version: number;
  /** The pool's name. */
  readonly name: string;
  /** The memory itself; posting it shares it. */
  readonly memory: WasmMemory;
}

/** A worker of Node's, as far as `watch` needs it. */
export interface WatchedWorker {
  /** Node's number of the thread. */
  readonly threadId: number;
  /** Node's way to be told of the end. */
  once(event: "exit", listener: () => void): unknown;
}

/** What a dead thread may have left half-done, besides blocks. */
interface Reclaiming {
  reclaim(thread: number): unknown;
  leave(): void;
}

// One pool a memory and thread, until it is closed: a second one would be a second thread to the others. By the pool's
// number, since each message that carries the memory makes a new object for it.
const attached = new Map<number, SharedPool>();

/**
 * A `Pool` over memory that several threads share: acquire on one, use on another, release on a third. Each thread has
 * its own `SharedPool` object over the same memory. Taking from and giving to a thread's private cache needs no atomic
 * operation; batches of blocks move to and from lock-free stacks that all threads see.
 *
 * Arrays belong to the thread that acquired or adopted them. A lease becomes a token of five numbers by `detach()`, and
 * a lease of another thread by `adopt(token)`; nothing is copied.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { MiB, SharedPool } from "@millpond/core";
 *
 * const pool = SharedPool.create({ limitBytes: 16 * MiB });
 * const handle = pool.share(); // post this to a worker: SharedPool.attach(handle) there
 * assert.equal(SharedPool.attach(handle), pool); // in the same thread, the same pool
 *
 * const xs = pool.acquire(Float64Array, 1000);
 * assert.ok(xs.buffer instanceof SharedArrayBuffer);
 * pool.release(xs);
 * pool.close();
 * ```
 */
export class SharedPool extends Pool {
  readonly #memory: SharedMemory;
  readonly #shared: SharedHeap;
  readonly #orphanMs: number;
  readonly #crossThread: boolean;
  // Rings of this pool that this thread has to do with.
  readonly #rings = new Set<Reclaiming>();

  private constructor(memory: SharedMemory, thread: number, options: SharedPoolOptions) {
    if (options.check === "strict") {
      throw new PoolError(
        "BAD_ARGUMENT",
        'expected check to be "off", "fast" or "checked" for a shared pool, got "strict"',
        {},
      );
    }
    // What the environment asks of all pools, the shared ones do as far as they can.
    const asked = settleCheck(options.check);
    const check = asked === "strict" ? "checked" : asked;
    const heap = new SharedHeap(memory, thread);
    super({ ...options, check, trimAfterMs: Infinity }, undefined, heap);
    this.#memory = memory;
    this.#shared = heap;
    this.#orphanMs = checkOrphanMs(options.orphanMs);
    this.#crossThread = checkCrossThread(options.crossThread);
    if (!this.#crossThread) heap.keepAll();

    heap.onAsked = () => this.publish();
    attached.set(memory.poolId, this);
    onThreadEnd(this);
  }

  /**
   * Reserves memory and makes a pool over it. `limitBytes` is what is reserved, tables included, 256 MiB unless said
   * otherwise, at most 4 GiB; it costs nothing until touched and does not grow.
   */
  static create(options: SharedPoolOptions & { readonly limitBytes?: number } = {}): SharedPool {
    const limitBytes = options.limitBytes ?? 256 * MiB;
    if (!(Number.isFinite(limitBytes) && limitBytes >= MiB && limitBytes <= MAX_REGION_BYTES)) {
      throw new PoolError(
        "BAD_ARGUMENT",
        `expected limitBytes from ${MiB} to ${MAX_REGION_BYTES}, got ${show(limitBytes)}`,
        {
          limitBytes,
        },
      );
    }
    const memory = SharedMemory.reserve(limitBytes - FIRST_BLOCK_ADDRESS + PAGE_BYTES);
    return new SharedPool(memory, enroll(memory), options);
  }

  /** The pool of this thread over the memory of a handle that another thread's `share()` gave. */
  static attach(handle: SharedPoolHandle, options: SharedPoolOptions = {}): SharedPool {
    checkHandle(handle);
    // Each message brings the memory as a new object. A worker that gets many of them makes one pool and one kernel of it.
    const known = attached.get(SharedMemory.poolIdOf(handle.memory));
    if (known !== undefined) return known;
    const memory = SharedMemory.attach(handle.memory);
    return new SharedPool(memory, enroll(memory), { name: handle.name, ...options });
  }

  /** This thread's number in the pool, 1 to 63. */
  get thread(): number {
    return this.#shared.thread;
  }

  /** The memory that all threads of the pool share. */
  get region(): Region {
    return this.#memory.region;
  }

  /** True while a token waits for its adoption. */
  isInFlight(token: Token): boolean {
    const [pool, block, turn] = checkToken(token);
    return pool === this.#memory.poolId && this.#shared.isInFlight(block, turn);
  }

  /** A message that lets another thread attach. */
  share(): SharedPoolHandle {
    this._refuseAlone();
    const memory = this.#memory.region.memory as WasmMemory;
    return { kind: "millpond.SharedPool", version: VERSION, name: this.name, memory };
  }

  /** @internal */
  _refuseAlone(): void {
    if (this.#crossThread) return;
    throw new PoolError(
      "BAD_ARGUMENT",
      `shared pool "${this.name}" was made with crossThread: false and stays in its thread; leave the option out`,
      { pool: this.name },
    );
  }

  /** As `Pool.lease`, with `detach()` besides. */
  override lease<A extends TypedArray>(
    type: ArrayType<A>,
    length: number,
    options: LeaseOptions = {},
  ): SharedLease<A> {
    const lease = super.lease(type, length, options);
    return this.#sharing(lease);
  }

  /**
   * Takes the array that a token stands for: from now on this thread owns it.
   *
   * Throws `BAD_MESSAGE` for what is no token or one of another pool, `STALE_HANDLE` for one that was adopted or
   * reclaimed before.
   */
  adopt<A extends TypedArray = TypedArray>(token: Token, type?: ArrayType<A>): SharedLease<A> {
    const [pool, block, turn, kind, length] = checkToken(token);
    this.#checkToken(token, type);
    const slot = this.#shared.adopt(block, turn);
    if (slot === undefined) {
      throw new PoolError(
        "STALE_HANDLE",
        "this token was adopted, revoked or reclaimed before; a token is good for one adoption",
        {
          pool,
          block,
          turn,
        },
      );
    }
    return this.#sharing(this._takeOver(slot, kind, length) as Lease<A>);
  }

  #sharing<A extends TypedArray>(lease: Lease<A>): SharedLease<A> {
    const array = lease.keep();
    return new SharedLease(this, array, this._ticketOf(array));
  }

  #checkToken(token: Token, type: ArrayType | undefined): void {
    const [pool, block, , kind] = token;
    if (pool !== this.#memory.poolId) {
      throw new PoolError("BAD_MESSAGE", `this token is of another shared pool than "${this.name}"`, {
        pool,
      });
    }
    const fits =
      this.#shared.hasBlock(block) && tokenBytes(token) <= this.#shared.slotOf(block).list.blockBytes;
    if (!fits)
      throw new PoolError(
        "BAD_MESSAGE",
        "this token points at no block of the pool; it was changed on its way",
        { block },
      );
    if (type !== undefined && checkType(type) !== kind) {
      throw new PoolError("BAD_ARGUMENT", `this token stands for another type than ${type.name}`, {
        expected: type.name,
      });
    }
  }

  /** The token of an array that a pool below this one acquired; other arrays are sent as copies. @internal */
  _answer(below: Pool, array: TypedArray): { readonly token: Token } | { readonly value: TypedArray } {
    const ticket = below._ticketOf(array);
    return ticket < 0 ? { value: array } : { token: this.#tokenOf(below, array, ticket) };
  }

  /** @internal */
  _send(array: TypedArray, ticket: number): Token {
    return this.#tokenOf(this, array, ticket);
  }

  // The array's type and length are read before the block changes hands.
  #tokenOf(owner: Pool, array: TypedArray, ticket: number): Token {
    this._refuseAlone();
    const kind = checkType(array.constructor);
    const { length } = array;
    const { block, turn } = this.#shared.send(owner._handOver(array, ticket));
    return [this.#memory.poolId, block, turn, kind, length];
  }

  /**
   * Frees everything that a thread held which has ended: what it had in use, and what sat in its private cache. Ends
   * what it had begun in rings that this thread has attached. Gives the number of blocks. Node's workers that this thread starts are seen to end without your doing; where the platform
   * does not tell (browsers), call this with the `thread` of the pool over there, when that thread is surely gone.
   */
  reclaim(thread: number, options: ReclaimOptions = {}): number {
    if (!(Number.isInteger(thread) && thread >= 1 && thread <= THREADS && thread !== this.thread)) {
      throw new PoolError(
        "BAD_ARGUMENT",
        `expected the number of another thread, 1 to ${THREADS}, got ${show(thread)}`,
        { thread },
      );
    }
    return reclaimThread(this.#memory, this.#shared, thread, { ...options, rings: this.#rings });
  }

  /** From now on a block in flight is nobody's: it stays in flight when its sender has ended. @internal */
  _disown(token: Token): void {
    const [, block, turn] = token;
    this.#shared.disown(block, turn);
  }

  /** Rings are reclaimed together with the blocks. @internal */
  _addRing(ring: Reclaiming): void {
    this.#rings.add(ring);
  }

  /** @internal */
  _removeRing(ring: Reclaiming): void {
    this.#rings.delete(ring);
  }

  /** Reclaims by itself when this worker ends, for workers that were started before the pool was made. Node only. */
  watch(worker: WatchedWorker): void {
    watchWorker(worker);
  }

  /** Reclaims what a thread held that the platform says has ended. @internal */
  threadEnded(platformThread: number): void {
    if (this.closed) return;
    for (const { thread, platformThread: platform } of readThreads(this.#memory)) {
      if (platform === platformThread && thread !== this.thread) this.reclaim(thread);
    }
    this.#freeOrphansLater();
  }

  // Messages that ended workers had posted have time to arrive.
  #freeOrphansLater(): void {
    const orphans = this.#orphanMs === Infinity ? [] : findOrphans(this.#memory);
    if (orphans.length === 0) return;
    const timer: unknown = setTimeout(() => {
      if (!this.closed) freeOrphans(this.#memory, this.#shared, orphans);
    }, this.#orphanMs);
    // Node: this alone does not keep a program alive.
    (timer as { unref?(): void }).unref?.();
  }

  /**
   * Frees all blocks whose sender has ended and whose token nobody has adopted; how many. Tokens that arrive later are
   * refused as stale. Workers of Node's that this thread has started are taken care of by `orphanMs`.
   */
  reclaimOrphans(): number {
    return freeOrphans(this.#memory, this.#shared, findOrphans(this.#memory));
  }

  /** Takes idle blocks out of this thread's private cache to where the others can get them. */
  flush(): void {
    this.trim();
    this.publish();
  }

  /** Lets the other threads see this thread's counters as they are now. Happens by itself when `threads()` is called. */
  publish(): void {
    const { lists, traffic } = this.#shared;
    let inUse = 0;
    let bytesInUse = 0;
    let cached = 0;
    for (const list of lists) {
      inUse += list.live;
      bytesInUse += list.live * list.blockBytes;
      cached += list.top;
    }
    const { shelf: fromShelf, centre: fromCentre, ...rest } = traffic;
    publishCounters(this.#memory, this.thread, {
      acquired: this._acquired(),
      inUse,
      bytesInUse,
      cached,
      fromShelf,
      fromCentre,
      ...rest,
      publishedAt: Date.now(),
    });
  }

  /**
   * What each attached thread published last, and `publishedAt` when. Asks the others to publish again: a thread does so
   * when a batch of blocks next moves between its cache and the others. docs/threads.md says what the figures are worth.
   */
  threads(): readonly ThreadStats[] {
    this.publish();
    askThreads(this.#memory, this.thread);
    return readThreads(this.#memory);
  }

  /** Counts all blocks by what their words say: exact when no thread is at work. Slow, for tests and reports. */
  audit(): SharedAudit {
    return auditBlocks(this.#memory);
  }

  /** Leaves the shared memory to the other threads. Throws `POOL_IN_USE` like `Pool.close`. */
  override close(options: { readonly force?: boolean } = {}): void {
    if (this.closed) return;
    super.close(options);
    attached.delete(this.#memory.poolId);
    this.#leave();
  }

  // What was still in use under `force` is freed the way a dead thread's blocks are, by this thread itself.
  #leave(): void {
    for (const ring of this.#rings) ring.leave();
    this.#rings.clear();
    reclaimThread(this.#memory, this.#shared, this.thread, { inFlight: false });
  }
}

// A free row, for this thread from now on.
function enroll(memory: SharedMemory): number {
  for (let thread = 1; thread <= THREADS; thread++) {
    if (!memory.changeRow(thread, ROW_FREE, ROW_ALIVE)) continue;
    Atomics.store(memory.all, memory.rowAt(thread) + ROW_PLATFORM_AT, platformThread());
    memory.noteThread(thread);
    return thread;
  }
  throw new PoolError(
    "POOL_EXHAUSTED",
    `at most ${THREADS} threads can be attached to a shared pool; close() it in some`,
    {
      threads: THREADS,
    },
  );
}

function checkCrossThread(value: unknown = true): boolean {
  if (typeof value !== "boolean") throw unlike("crossThread to be true or false", value);
  return value;
}

function checkOrphanMs(orphanMs = 10_000): number {
  if (typeof orphanMs === "number" && orphanMs >= 0) return orphanMs;
  throw new PoolError("BAD_ARGUMENT", `expected orphanMs to be 0 or more, got ${show(orphanMs)}`, {
    orphanMs,
  });
}

function checkHandle(handle: unknown): asserts handle is SharedPoolHandle {
  const { kind, version, memory } = (handle ?? {}) as Partial<SharedPoolHandle>;
  if (kind === "millpond.SharedPool" && version === VERSION && memory?.buffer instanceof SharedArrayBuffer)
    return;
  throw new PoolError(
    "BAD_MESSAGE",
    `expected what pool.share() gave, posted as it is, got ${show(handle)}; use the same version of the package in all threads`,
    { version },
  );
}
