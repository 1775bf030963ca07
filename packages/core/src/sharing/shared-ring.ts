// A ring of records of any size in shared memory. How its slots change hands is in ring-of-many.ts and ring-of-two.ts;
// this file is what the two have in common: sizes, records, and waiting.
import { PoolError, show } from "../memory/errors.ts";
import { formatBytes, KiB } from "../memory/units.ts";
import { RingMemory, type RingProtocol, type RingReclaimed } from "./ring-memory.ts";
import { RingOfMany } from "./ring-of-many.ts";
import { RingOfTwo } from "./ring-of-two.ts";
import { MOST_SLOTS, SKIP, SLOT_BYTES } from "./ring-words.ts";
import type { SharedPool } from "./shared-pool.ts";
import type { Token } from "./token.ts";
import { type AsyncWaitOptions, untilDone, untilDoneAsync, type WaitOptions } from "./waiting.ts";

/** Who uses a ring: any number of writers and readers, or one writer and one reader at a time. */
export type RingThreads = "many" | "two";

/** Options of `SharedRing.create()`. */
export interface SharedRingOptions {
  /** Bytes for records, rounded up to a power of two; each record takes a multiple of 64. Default 64 KiB. */
  readonly bytes?: number;
  /**
   * `"many"` (the default) for any number of writers and readers; `"two"` for one writer and one reader, which costs
   * less and holds them to it.
   */
  readonly threads?: RingThreads;
}

/** What `share()` gives: a message that `SharedRing.attach()` takes in another thread. */
export interface SharedRingHandle {
  /** Tells it from other messages. */
  readonly kind: "millpond.SharedRing";
  /** The ring's memory, which belongs to no thread. */
  readonly token: Token;
  /** Where it is in the pool's region. */
  readonly address: number;
  /** How many slots it has. */
  readonly slots: number;
  /** Who uses it. */
  readonly threads: RingThreads;
}

/**
 * A queue of records between threads: records of any size up to a quarter of the ring, in the order in which writers
 * began them, each read by one reader. A full ring refuses (`tryWrite`) or makes the writer wait; an empty one likewise.
 * Records of equal length make no garbage.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { SharedPool, SharedRing } from "@millpond/core";
 *
 * const pool = SharedPool.create();
 * const ring = SharedRing.create(pool, { bytes: 4096 });
 * const handle = ring.share(); // post it with pool.share(): SharedRing.attach(pool, handle) there
 *
 * assert.equal(ring.tryWrite(new TextEncoder().encode("hello")), true);
 * const text = ring.tryRead((bytes) => new TextDecoder().decode(bytes.slice()));
 * assert.equal(text, "hello");
 * assert.equal(ring.tryRead((bytes) => bytes.length), undefined);
 *
 * assert.equal(SharedRing.attach(pool, handle).capacity, ring.capacity);
 * ring.destroy();
 * pool.close();
 * ```
 */
export class SharedRing {
  readonly #pool: SharedPool;
  readonly #handle: SharedRingHandle;
  readonly #memory: RingMemory;
  readonly #protocol: RingProtocol;
  readonly #longest: number;

  private constructor(pool: SharedPool, handle: SharedRingHandle) {
    const { address, slots, threads } = handle;
    this.#pool = pool;
    this.#handle = handle;
    this.#memory = new RingMemory(pool.region.buffer, address, slots, pool.thread);
    this.#protocol = threads === "two" ? new RingOfTwo(this.#memory) : new RingOfMany(this.#memory);
    this.#longest = Math.min((slots * SLOT_BYTES) / 4, MOST_SLOTS * SLOT_BYTES) - 4;
    pool._addRing(this);
  }

  /** A new ring in the memory of a pool. It belongs to no thread and stays until `destroy()`. */
  static create(pool: SharedPool, options: SharedRingOptions = {}): SharedRing {
    pool._refuseAlone();
    const { bytes = 64 * KiB, threads = "many" } = options;
    checkOptions(bytes, threads);
    const slots = 2 ** Math.ceil(Math.log2(bytes / SLOT_BYTES));
    const lease = pool.lease(Uint8Array, RingMemory.bytesFor(slots));
    const address = lease.array.byteOffset;
    const handle = { kind: "millpond.SharedRing", token: lease.detach(), address, slots, threads } as const;
    pool._disown(handle.token);
    const ring = new SharedRing(pool, handle);
    if (threads === "many") RingOfMany.prepare(ring.#memory);
    return ring;
  }

  /** The ring of a handle that another thread's `share()` gave; `pool` is attached to the same memory. */
  static attach(pool: SharedPool, handle: SharedRingHandle): SharedRing {
    const { kind, token, address, slots, threads } = (handle ?? {}) as Partial<SharedRingHandle>;
    const whole = Number.isInteger(address) && Number.isInteger(slots) && Array.isArray(token);
    const known = kind === "millpond.SharedRing" && (threads === "many" || threads === "two");
    if (!known || !whole || !pool.isInFlight(token as Token)) {
      throw new PoolError(
        "BAD_MESSAGE",
        `expected what ring.share() gave, of a ring of this pool that still exists, got ${show(handle)}`,
        {},
      );
    }
    return new SharedRing(pool, handle);
  }

  /** A message that lets another thread attach. */
  share(): SharedRingHandle {
    return this.#handle;
  }

  /** Who uses it. */
  get threads(): RingThreads {
    return this.#handle.threads;
  }

  /** Bytes for records. */
  get capacity(): number {
    return this.#memory.bytes.length;
  }

  /** The longest record: a quarter of the capacity, so that a ring that is not full has room for it soon. */
  get longestRecord(): number {
    return this.#longest;
  }

  /** Bytes taken by records that nobody has finished reading, roughly while others are at work. */
  get used(): number {
    return this.#memory.usedSlots * SLOT_BYTES;
  }

  /** Appends a record; false when the ring is full. */
  tryWrite(record: Uint8Array): boolean {
    const { length } = record;
    const position = this.#claim(length);
    if (position < 0) return false;
    copy(record, this.#memory.view(position, length));
    this.#protocol.publish(position, slotsFor(length), length);
    return true;
  }

  /** Appends a record of `length` bytes that `fill` writes in place; false when the ring is full. */
  tryWriteWith(length: number, fill: (bytes: Uint8Array) => void): boolean {
    const position = this.#claim(length);
    if (position < 0) return false;
    let written = SKIP;
    try {
      fill(this.#memory.view(position, length));
      written = length;
    } finally {
      // A record whose writer threw is skipped by readers.
      this.#protocol.publish(position, slotsFor(length), written);
    }
    return true;
  }

  #claim(length: number): number {
    if (!(Number.isInteger(length) && length >= 0 && length <= this.#longest)) {
      throw new PoolError(
        "BAD_ARGUMENT",
        `expected a record of 0 to ${this.#longest} bytes, got ${show(length)}; make the ring larger`,
        { length, most: this.#longest },
      );
    }
    return this.#protocol.claim(slotsFor(length));
  }

  /**
   * Reads the oldest record, if there is one. `read` gets its bytes in place, which are the writers' again when it
   * returns, and its result is returned. Undefined when the ring is empty, or when the oldest record is still being
   * written.
   */
  tryRead<R>(read: (bytes: Uint8Array) => R): R | undefined {
    for (;;) {
      const position = this.#protocol.take();
      if (position < 0) return undefined;
      const slots = this.#protocol.slotsAt(position);
      const length = this.#memory.lengthAt(position);
      try {
        if (length !== SKIP) return read(this.#memory.view(position, length));
      } finally {
        this.#protocol.release(position, slots);
      }
    }
  }

  /** Appends a record, blocking this thread while the ring is full. False when the time was up. Not on a browser's main thread. */
  write(record: Uint8Array, options: WaitOptions = {}): boolean {
    return untilDone(this.#protocol.writable, () => this.tryWrite(record) || undefined, options) ?? false;
  }

  /** As `write`, without blocking the thread. */
  async writeAsync(record: Uint8Array, options: AsyncWaitOptions = {}): Promise<boolean> {
    const attempt = (): true | undefined => this.tryWrite(record) || undefined;
    return (await untilDoneAsync(this.#protocol.writable, attempt, options)) ?? false;
  }

  /** Reads the oldest record, blocking this thread while there is none. Undefined when the time was up. Not on a browser's main thread. */
  read<R>(read: (bytes: Uint8Array) => R, options: WaitOptions = {}): R | undefined {
    const attempt = (): readonly [R] | undefined => this.tryRead((bytes) => [read(bytes)] as const);
    return untilDone(this.#protocol.readable, attempt, options)?.[0];
  }

  /** As `read`, without blocking the thread. */
  async readAsync<R>(read: (bytes: Uint8Array) => R, options: AsyncWaitOptions = {}): Promise<R | undefined> {
    const attempt = (): readonly [R] | undefined => this.tryRead((bytes) => [read(bytes)] as const);
    return (await untilDoneAsync(this.#protocol.readable, attempt, options))?.[0];
  }

  /**
   * Ends what a thread had begun that is gone, so that the others can go on; `thread` is its number in the pool. A
   * record that it was writing is skipped. One that it was reading is dropped, or read again in a ring of two threads,
   * whose ends are free for other threads then. Happens by itself when this thread's pool reclaims the thread. Only for
   * threads that are surely gone.
   */
  reclaim(thread: number): RingReclaimed {
    return this.#exists ? this.#protocol.reclaim(thread) : { unwritten: 0, unread: 0 };
  }

  /** Gives up this thread's ends of a ring of two threads: others may become its writer and reader. */
  leave(): void {
    if (this.#exists) this.#protocol.leave();
  }

  // False once some thread has destroyed the ring: its memory may be somebody else's.
  get #exists(): boolean {
    return this.#pool.isInFlight(this.#handle.token);
  }

  /** Gives the ring's memory back to the pool. No thread may use the ring afterwards. */
  destroy(): void {
    this.#pool._removeRing(this);
    this.#pool.adopt(this.#handle.token).release();
  }

  /** What the ring is, for people. */
  toString(): string {
    return `SharedRing of ${formatBytes(this.capacity)}`;
  }
}

// The call of a builtin costs more than a few bytes do.
const SHORT = 32;

function copy(from: Uint8Array, to: Uint8Array): void {
  if (from.length > SHORT) to.set(from);
  else for (let place = 0; place < from.length; place++) to[place] = from[place];
}

// In front of each record stand 4 bytes of length.
function slotsFor(length: number): number {
  return (length + 4 + SLOT_BYTES - 1) >>> 6;
}

function checkOptions(bytes: number, threads: RingThreads): void {
  if (!(Number.isFinite(bytes) && bytes >= SLOT_BYTES * 4 && bytes <= 2 ** 30)) {
    const limits = `${SLOT_BYTES * 4} to ${2 ** 30}`;
    throw new PoolError("BAD_ARGUMENT", `expected bytes from ${limits}, got ${show(bytes)}`, { bytes });
  }
  if (threads === "many" || threads === "two") return;
  throw new PoolError("BAD_ARGUMENT", `expected threads to be "many" or "two", got ${show(threads)}`, {
    threads,
  });
}
