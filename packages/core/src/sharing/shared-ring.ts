// A ring of records of any size in shared memory, for several writers and several readers.
import { PoolError, show } from "../memory/errors.ts";
import { formatBytes, KiB } from "../memory/units.ts";
import {
  CONTROL_WORDS,
  HEAD_AT,
  MOST_SLOTS,
  POSITION_MASK,
  READABLE_AT,
  READING,
  READY,
  recordLap,
  recordSlots,
  recordState,
  recordThread,
  recordWord,
  SLOT_BYTES,
  TAIL_AT,
  WRITABLE_AT,
  WRITING,
} from "./ring-words.ts";
import type { SharedPool } from "./shared-pool.ts";
import type { Token } from "./token.ts";
import { type AsyncWaitOptions, Bell, untilDone, untilDoneAsync, type WaitOptions } from "./waiting.ts";

/** Options of `SharedRing.create()`. */
export interface SharedRingOptions {
  /** Bytes for records, rounded up to a power of two; each record takes a multiple of 64. Default 64 KiB. */
  readonly bytes?: number;
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
}

/** What `reclaim` did for a thread that is gone. */
export interface RingReclaimed {
  /** Records the thread had begun to write; readers do not see them. */
  readonly unwritten: number;
  /** Records the thread was reading; they are lost. */
  readonly unread: number;
}

// Stands for the length of a record that nobody shall see: padding at the end, or a dead writer's.
const SKIP = -1;

/**
 * A queue of records between threads: any number of writers and readers, records of any size up to a quarter of the
 * ring, in the order in which writers began them, each read by one reader. A full ring refuses (`tryWrite`) or makes the
 * writer wait; an empty one likewise. Nothing is allocated per record when readers pass a function.
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
  readonly #control: Int32Array;
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #lengths: Int32Array;
  readonly #mask: number;
  readonly #lapShift: number;
  readonly #readable: Bell;
  readonly #writable: Bell;

  private constructor(pool: SharedPool, handle: SharedRingHandle) {
    const { address, slots } = handle;
    const { buffer } = pool.region;
    this.#pool = pool;
    this.#handle = handle;
    this.#control = new Int32Array(buffer, address, CONTROL_WORDS);
    this.#words = new Int32Array(buffer, address + CONTROL_WORDS * 4, slots);
    const data = address + CONTROL_WORDS * 4 + slots * 4;
    this.#bytes = new Uint8Array(buffer, data, slots * SLOT_BYTES);
    this.#lengths = new Int32Array(buffer, data, (slots * SLOT_BYTES) / 4);
    this.#mask = slots - 1;
    this.#lapShift = 31 - Math.clz32(slots);
    this.#readable = new Bell(this.#control.subarray(READABLE_AT, READABLE_AT + 2));
    this.#writable = new Bell(this.#control.subarray(WRITABLE_AT, WRITABLE_AT + 2));
  }

  /** A new ring in the memory of a pool. It belongs to no thread and stays until `destroy()`. */
  static create(pool: SharedPool, options: SharedRingOptions = {}): SharedRing {
    const { bytes = 64 * KiB } = options;
    if (!(Number.isFinite(bytes) && bytes >= SLOT_BYTES * 4 && bytes <= 2 ** 30)) {
      throw new PoolError(
        "BAD_ARGUMENT",
        `expected bytes from ${SLOT_BYTES * 4} to ${2 ** 30}, got ${show(bytes)}`,
        { bytes },
      );
    }
    const slots = 2 ** Math.ceil(Math.log2(bytes / SLOT_BYTES));
    const lease = pool.lease(Uint8Array, CONTROL_WORDS * 4 + slots * 4 + slots * SLOT_BYTES);
    const address = lease.array.byteOffset;
    const handle = { kind: "millpond.SharedRing", token: lease.detach(), address, slots } as const;
    const ring = new SharedRing(pool, handle);
    for (let place = 0; place < slots; place++) ring.#words[place] = place;
    return ring;
  }

  /** The ring of a handle that another thread's `share()` gave; `pool` is attached to the same memory. */
  static attach(pool: SharedPool, handle: SharedRingHandle): SharedRing {
    const { kind, token, address, slots } = (handle ?? {}) as Partial<SharedRingHandle>;
    const whole = Number.isInteger(address) && Number.isInteger(slots) && Array.isArray(token);
    if (kind !== "millpond.SharedRing" || !whole || !pool.isInFlight(token as Token)) {
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

  /** Bytes for records. */
  get capacity(): number {
    return this.#bytes.length;
  }

  /** The longest record: a quarter of the capacity, so that a ring that is not full has room for it soon. */
  get longestRecord(): number {
    return Math.min(this.#bytes.length / 4, MOST_SLOTS * SLOT_BYTES) - 4;
  }

  /** Bytes taken by records that nobody has finished reading, roughly while others are at work. */
  get used(): number {
    const slots =
      (Atomics.load(this.#control, TAIL_AT) - Atomics.load(this.#control, HEAD_AT)) & POSITION_MASK;
    return slots * SLOT_BYTES;
  }

  /** Appends a record; false when the ring is full. */
  tryWrite(record: Uint8Array): boolean {
    return this.tryWriteWith(record.length, (bytes) => bytes.set(record));
  }

  /** Appends a record of `length` bytes that `fill` writes in place; false when the ring is full. */
  tryWriteWith(length: number, fill: (bytes: Uint8Array) => void): boolean {
    if (!(Number.isInteger(length) && length >= 0 && length <= this.longestRecord)) {
      throw new PoolError(
        "BAD_ARGUMENT",
        `expected a record of 0 to ${this.longestRecord} bytes, got ${show(length)}; make the ring larger`,
        { length, most: this.longestRecord },
      );
    }
    const slots = Math.ceil((length + 4) / SLOT_BYTES);
    const position = this.#claim(slots);
    if (position < 0) return false;
    this.#write(position, slots, length, fill);
    return true;
  }

  #write(position: number, slots: number, length: number, fill: (bytes: Uint8Array) => void): void {
    const start = (position & this.#mask) * SLOT_BYTES;
    let written = SKIP;
    try {
      fill(this.#bytes.subarray(start + 4, start + 4 + length));
      written = length;
    } finally {
      // A record whose writer threw is skipped by readers.
      this.#publish(position, slots, written);
    }
  }

  #publish(position: number, slots: number, length: number): void {
    const place = position & this.#mask;
    this.#lengths[place * (SLOT_BYTES / 4)] = length;
    Atomics.store(this.#words, place, recordWord(READY, this.#lapOf(position), slots, this.#pool.thread));
    this.#readable.ring();
  }

  // The position of `slots` neighbouring slots that are ours from now on, or -1 when there is no room.
  #claim(slots: number): number {
    for (;;) {
      const tail = Atomics.load(this.#control, TAIL_AT);
      const place = tail & this.#mask;
      const word = Atomics.load(this.#words, place);
      if (word !== tail) {
        if (!this.#help(TAIL_AT, tail, word)) return -1;
        continue;
      }
      const untilEnd = this.#mask + 1 - place;
      const taken = slots <= untilEnd ? slots : untilEnd;
      if (!this.#isFree(tail, taken)) return -1;
      const claimed = recordWord(WRITING, this.#lapOf(tail), taken, this.#pool.thread);
      if (Atomics.compareExchange(this.#words, place, tail, claimed) !== tail) continue;
      this.#advance(TAIL_AT, tail, taken);
      if (taken === slots) return tail;
      // The rest of the ring is too short: it becomes padding, and the record starts at the beginning.
      this.#publish(tail, taken, SKIP);
    }
  }

  #isFree(position: number, slots: number): boolean {
    for (let ahead = 1; ahead < slots; ahead++) {
      const expected = (position + ahead) & POSITION_MASK;
      if (Atomics.load(this.#words, expected & this.#mask) !== expected) return false;
    }
    return true;
  }

  // Somebody claimed this position and has not moved the border on yet: done here for him. False when the slot is of
  // an earlier round, which at the tail means that the ring is full.
  #help(border: number, position: number, word: number): boolean {
    const state = recordState(word);
    const moved = Atomics.load(this.#control, border) !== position;
    if (moved) return true;
    const ours = state >= 0 && recordLap(word) === (this.#lapOf(position) & 0x7f);
    if (!ours || (border === HEAD_AT && state !== READING)) return false;
    this.#advance(border, position, recordSlots(word));
    return true;
  }

  #advance(border: number, position: number, slots: number): void {
    Atomics.compareExchange(this.#control, border, position, (position + slots) & POSITION_MASK);
  }

  #lapOf(position: number): number {
    return position >>> this.#lapShift;
  }

  /**
   * Reads the oldest record, if there is one. `read` gets its bytes in place, which are the writers' again when it
   * returns, and its result is returned. Undefined when the ring is empty, or when the oldest record is still being
   * written.
   */
  tryRead<R>(read: (bytes: Uint8Array) => R): R | undefined {
    for (;;) {
      const position = this.#take();
      if (position < 0) return undefined;
      const place = position & this.#mask;
      const slots = recordSlots(Atomics.load(this.#words, place));
      const length = this.#lengths[place * (SLOT_BYTES / 4)];
      try {
        if (length !== SKIP)
          return read(this.#bytes.subarray(place * SLOT_BYTES + 4, place * SLOT_BYTES + 4 + length));
      } finally {
        this.#release(position, slots);
      }
    }
  }

  #take(): number {
    for (;;) {
      const head = Atomics.load(this.#control, HEAD_AT);
      const place = head & this.#mask;
      const word = Atomics.load(this.#words, place);
      if (recordState(word) !== READY || recordLap(word) !== (this.#lapOf(head) & 0x7f)) {
        if (!this.#help(HEAD_AT, head, word)) return -1;
        continue;
      }
      const taken = recordWord(READING, recordLap(word), recordSlots(word), this.#pool.thread);
      if (Atomics.compareExchange(this.#words, place, word, taken) !== word) continue;
      this.#advance(HEAD_AT, head, recordSlots(word));
      return head;
    }
  }

  #release(position: number, slots: number): void {
    // The first slot last: until then the record is known to be somebody's.
    for (let ahead = slots - 1; ahead >= 0; ahead--) {
      const next = (position + ahead + this.#mask + 1) & POSITION_MASK;
      Atomics.store(this.#words, next & this.#mask, next);
    }
    this.#writable.ring();
  }

  /** Appends a record, blocking this thread while the ring is full. False when the time was up. Not on a browser's main thread. */
  write(record: Uint8Array, options: WaitOptions = {}): boolean {
    return untilDone(this.#writable, () => this.tryWrite(record) || undefined, options) ?? false;
  }

  /** As `write`, without blocking the thread. */
  async writeAsync(record: Uint8Array, options: AsyncWaitOptions = {}): Promise<boolean> {
    return (await untilDoneAsync(this.#writable, () => this.tryWrite(record) || undefined, options)) ?? false;
  }

  /** Reads the oldest record, blocking this thread while there is none. Undefined when the time was up. Not on a browser's main thread. */
  read<R>(read: (bytes: Uint8Array) => R, options: WaitOptions = {}): R | undefined {
    return untilDone(this.#readable, () => this.tryRead((bytes) => [read(bytes)] as const), options)?.[0];
  }

  /** As `read`, without blocking the thread. */
  async readAsync<R>(read: (bytes: Uint8Array) => R, options: AsyncWaitOptions = {}): Promise<R | undefined> {
    return (
      await untilDoneAsync(this.#readable, () => this.tryRead((bytes) => [read(bytes)] as const), options)
    )?.[0];
  }

  /**
   * Unblocks the ring after a thread that is gone: a record it had begun to write is skipped, one it was reading is
   * dropped. `thread` is its number in the pool. Only for threads that are surely gone.
   */
  reclaim(thread: number): RingReclaimed {
    const done = { unwritten: 0, unread: 0 };
    for (let place = 0; place <= this.#mask; place++) {
      const word = Atomics.load(this.#words, place);
      if (word >= 0 || recordThread(word) !== thread) continue;
      if (recordState(word) === WRITING) done.unwritten += this.#skip(place, word);
      else if (recordState(word) === READING) done.unread += this.#drop(place, word);
    }
    return done;
  }

  #skip(place: number, word: number): number {
    this.#lengths[place * (SLOT_BYTES / 4)] = SKIP;
    const ready = recordWord(READY, recordLap(word), recordSlots(word), this.#pool.thread);
    const done = Atomics.compareExchange(this.#words, place, word, ready) === word;
    this.#readable.ring();
    return done ? 1 : 0;
  }

  #drop(place: number, word: number): number {
    const mine = recordWord(READING, recordLap(word), recordSlots(word), this.#pool.thread);
    if (Atomics.compareExchange(this.#words, place, word, mine) !== word) return 0;
    // The head may not have moved past the record yet; its position follows from its round and place.
    const head = Atomics.load(this.#control, HEAD_AT);
    const position = this.#positionOf(place, word, head);
    this.#advance(HEAD_AT, position, recordSlots(word));
    this.#release(position, recordSlots(word));
    return 1;
  }

  #positionOf(place: number, word: number, near: number): number {
    const lap = this.#lapOf(near);
    const behind = (lap - recordLap(word)) & 0x7f;
    return (((lap - behind) << this.#lapShift) + place) & POSITION_MASK;
  }

  /** Gives the ring's memory back to the pool. No thread may use the ring afterwards. */
  destroy(): void {
    this.#pool.adopt(this.#handle.token).release();
  }

  /** What the ring is, for people. */
  toString(): string {
    return `SharedRing of ${formatBytes(this.capacity)}`;
  }
}
