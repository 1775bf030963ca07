// A free list of JavaScript objects, for those that own buffers and lists: builders, parsers, rows. Plain small objects
// are cheaper to make anew than to fetch from a list, and a `Map` that is cleared makes itself a new table; for many
// objects that live long there are records.
//
// Releasing something twice, or something else, is refused, whatever the objects are and without touching them. An
// object's state is in an entry of its own. The entry of the object acquired last is found where it was taken from,
// all others through a WeakMap: 1 to 4 ns for the former, 8 ns for the latter, where a Set of what is in use costs 60.
import { PoolError, show } from "../memory/errors.ts";
import { isThenable } from "../memory/thenable.ts";
import { Bucket, BUSY, Entry, GONE, IDLE, LEAVING } from "./bucket.ts";
import { ObjectLease } from "./object-lease.ts";
import { type ObjectPoolOptions, type ObjectPoolSettings, settleObjects } from "./object-options.ts";

/** The figures of one bucket of an object pool. */
export interface BucketStats {
  /** "small", "medium" or "large"; "all" in pools without `sizeOf`. */
  readonly name: string;
  /** Objects of this size and more belong to the next bucket. */
  readonly below: number;
  /** Objects waiting here. */
  readonly idle: number;
  /** The most that are kept at the moment; follows hits and misses. */
  readonly keep: number;
  /** Acquisitions that an idle object of this bucket served. */
  readonly hits: number;
  /** Acquisitions of this size that made an object. */
  readonly misses: number;
  /** Objects that were destroyed at their release for lack of room. */
  readonly dropped: number;
}

/** The figures of an object pool, as they are at the moment. */
export interface ObjectPoolStats {
  /** The name from the options. */
  readonly name: string;
  /** Objects that were acquired and not released. */
  readonly inUse: number;
  /** Objects waiting in the pool. */
  readonly idle: number;
  /** Objects made, those made ahead included. */
  readonly created: number;
  /** Objects destroyed. */
  readonly destroyed: number;
  /** Acquisitions. */
  readonly acquired: number;
  /** Releases. */
  readonly released: number;
  /** Acquisitions that an idle object served. */
  readonly hits: number;
  /** Acquisitions that made an object. */
  readonly misses: number;
  /** Bucket by bucket, the smallest first. */
  readonly buckets: readonly BucketStats[];
}

/** Acquisitions between two looks at what the buckets need. */
const WINDOW = 1024;

/**
 * A pool of JavaScript objects. Made by {@link objects}.
 *
 * With `sizeOf`, objects that have grown are kept apart from small ones, and `acquire(sizeHint)` finds one that fits;
 * how many of each size are kept follows what is asked for:
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { objects } from "@millpond/core";
 *
 * class Row {
 *   fields: string[] = [];
 *   count = 0;
 * }
 * const rows = objects({
 *   create: () => new Row(),
 *   reset: (row) => void (row.count = 0),
 *   sizeOf: (row) => row.fields.length,
 * });
 * const wide = rows.acquire(100);
 * for (let i = 0; i < 100; i++) wide.fields[wide.count++] = `field ${i}`;
 * rows.release(wide);
 *
 * assert.notEqual(rows.acquire(4), rows.acquire(100));
 * assert.deepEqual(rows.stats().buckets.map((bucket) => bucket.name), ["small", "medium", "large"]);
 * ```
 */
export class ObjectPool<T extends object> {
  /** The name from the options. */
  readonly name: string;
  readonly #settings: ObjectPoolSettings<T>;
  readonly #buckets: readonly Bucket<T>[];
  readonly #sizeOf: ((object: T) => number) | undefined;
  readonly #reset: (object: T) => void;
  // By object, for as long as anybody has it. Entries of destroyed objects stay, so that a late release is seen.
  readonly #entries = new WeakMap<T, Entry<T>>();
  // Where the last object was taken from.
  #last: Bucket<T>;
  #released = 0;
  #created = 0;
  #destroyed = 0;
  #untilLook = WINDOW;
  #closed = false;

  /** @internal */
  constructor(options: ObjectPoolOptions<T>) {
    this.#settings = settleObjects(options);
    const { name, sizeOf, reset, min, max } = this.#settings;
    this.name = name;
    this.#sizeOf = sizeOf;
    this.#reset = reset;
    this.#buckets = bucketsFor(sizeOf !== undefined);
    this.#last = this.#buckets[0];
    this.#makeAhead(min);
    const share = Math.floor((max - min) / this.#buckets.length);
    for (const bucket of this.#buckets) {
      bucket.keep = bucket.top + share;
      bucket.startWindow();
    }
  }

  /**
   * An object: an idle one, of the size that is asked for or larger, or else a new one.
   *
   * Throws `POOL_CLOSED` after `close()`, and what `create` throws.
   */
  acquire(sizeHint: number = 0): T {
    return this.#take(sizeHint).object;
  }

  /**
   * Gives an object back, which resets it. When `reset` or `sizeOf` throws, the object is destroyed and the error
   * passed on.
   *
   * Throws `DOUBLE_RELEASE` for an object that is not in use, and `FOREIGN_RELEASE` for what this pool did not make.
   */
  release(object: T): void {
    const { idle, top } = this.#last;
    let entry: Entry<T> | undefined = idle[top];
    if (entry === undefined || entry.object !== object) entry = this.#entries.get(object);
    if (entry === undefined || entry.state !== BUSY) throw this.#misuse(object, entry);
    this.#giveBack(entry);
  }

  /** An object with an owner, to be released once. */
  lease(sizeHint: number = 0): ObjectLease<T> {
    return new ObjectLease(this, this.#take(sizeHint));
  }

  /**
   * Acquires for the time of a call. The object goes back when `work` returns or throws, or, when it returns a
   * promise, when that settles.
   */
  use<R>(work: (object: T) => R, sizeHint: number = 0): R {
    const lease = this.lease(sizeHint);
    let result: R;
    try {
      result = work(lease.object);
    } catch (error) {
      lease.release();
      throw error;
    }
    if (isThenable(result)) return releaseWhenSettled(result, lease) as R;
    lease.release();
    return result;
  }

  /** Destroys idle objects, the large ones first, until `min` are left. Returns how many. */
  trim(): number {
    return this.#destroyIdle(this.#settings.min);
  }

  /** Destroys all idle objects. Returns how many. */
  drain(): number {
    return this.#destroyIdle(0);
  }

  /** The figures of the pool. */
  stats(): ObjectPoolStats {
    const buckets = this.#buckets.map(({ name, below, top, keep, hits, misses, dropped }) => {
      return { name, below, idle: top, keep, hits, misses, dropped };
    });
    const sum = (figure: "hits" | "misses"): number =>
      buckets.reduce((total, bucket) => total + bucket[figure], 0);
    const acquired = sum("hits") + sum("misses");
    return {
      name: this.name,
      inUse: acquired - this.#released,
      idle: this.#idleCount(),
      created: this.#created,
      destroyed: this.#destroyed,
      acquired,
      released: this.#released,
      hits: sum("hits"),
      misses: sum("misses"),
      buckets,
    };
  }

  /** Destroys all idle objects, and those in use as they come back. Acquiring is refused from now on. */
  close(): void {
    this.#closed = true;
    this.#destroyIdle(0);
  }

  /** For `using`: closes the pool. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal */
  _releaseEntry(entry: Entry<T>, turn: number): void {
    if (entry.turn === turn) {
      this.#giveBack(entry);
      return;
    }
    throw new PoolError(
      "STALE_RELEASE",
      `the object of this lease of "${this.name}" was released past the lease; release it only through the lease`,
      { pool: this.name },
    );
  }

  #take(sizeHint: number): Entry<T> {
    // Before anything is taken, so that an error of `destroy` costs nobody an object.
    if (--this.#untilLook === 0) this.#look();
    const bucket = this.#bucketOf(sizeHint);
    return bucket.top > 0 ? this.#pull(bucket) : this.#takeElse(bucket, sizeHint);
  }

  #pull(bucket: Bucket<T>): Entry<T> {
    const top = bucket.top - 1;
    const entry = bucket.idle[top];
    bucket.top = top;
    if (top < bucket.low) bucket.low = top;
    bucket.hits++;
    entry.state = BUSY;
    this.#last = bucket;
    return entry;
  }

  // Nothing of this size is idle: something larger will do, else something new.
  #takeElse(bucket: Bucket<T>, sizeHint: number): Entry<T> {
    if (this.#closed) {
      throw new PoolError("POOL_CLOSED", `"${this.name}" was closed; make a new pool`, { pool: this.name });
    }
    const larger = this.#buckets.find(({ below, top }) => below > bucket.below && top > 0);
    if (larger !== undefined) return this.#pull(larger);
    const entry = this.#make(sizeHint);
    bucket.misses++;
    entry.state = BUSY;
    return entry;
  }

  #make(sizeHint: number): Entry<T> {
    const object = this.#settings.create(sizeHint);
    if ((typeof object !== "object" && typeof object !== "function") || object === null) {
      throw new PoolError("BAD_ARGUMENT", `expected create() to return an object, got ${show(object)}`);
    }
    if (this.#entries.has(object)) {
      throw new PoolError("BAD_ARGUMENT", "create() returned an object that it had returned before", {
        pool: this.name,
      });
    }
    const entry = new Entry(object);
    this.#entries.set(object, entry);
    this.#created++;
    return entry;
  }

  #giveBack(entry: Entry<T>): void {
    const { object } = entry;
    entry.state = LEAVING;
    entry.turn++;
    this.#released++;
    let bucket: Bucket<T>;
    try {
      bucket = this.#bucketOf(this.#sizeOf === undefined ? 0 : this.#sizeOf(object));
      this.#reset(object);
    } catch (error) {
      this.#destroyAfter(entry, error);
      throw error;
    }
    if (bucket.top < bucket.keep && !this.#closed) {
      this.#put(bucket, entry);
      return;
    }
    bucket.dropped++;
    this.#destroy(entry);
  }

  #makeAhead(count: number): void {
    try {
      for (let made = 0; made < count; made++) {
        const entry = this.#make(0);
        this.#put(this.#bucketOf(this.#sizeOf === undefined ? 0 : this.#sizeOf(entry.object)), entry);
      }
    } catch (error) {
      this.#destroyIdle(0);
      throw error;
    }
  }

  #put(bucket: Bucket<T>, entry: Entry<T>): void {
    entry.state = IDLE;
    const top = bucket.top + 1;
    bucket.idle[bucket.top] = entry;
    bucket.top = top;
    if (top > bucket.high) bucket.high = top;
  }

  #bucketOf(size: number): Bucket<T> {
    const buckets = this.#buckets;
    if (!(size >= 0)) {
      throw new PoolError("BAD_ARGUMENT", `expected a size from 0 on, got ${show(size)}`, {
        pool: this.name,
      });
    }
    if (buckets.length === 1 || size < buckets[0].below) return buckets[0];
    return size < buckets[1].below ? buckets[1] : buckets[2];
  }

  // Lets every bucket keep what it needs, as bucket.ts says.
  #look(): void {
    this.#untilLook = WINDOW;
    const { min, max } = this.#settings;
    for (const bucket of this.#buckets) bucket.relax();
    let room = this.#buckets.reduce((left, { keep }) => left - keep, max);
    // Room for `min` objects stays in any case, where most are kept.
    const lacking = Math.max(0, room - (max - min));
    this.#buckets.reduce((most, bucket) => (bucket.keep > most.keep ? bucket : most)).keep += lacking;
    room -= lacking;
    for (const bucket of this.#buckets) {
      const more = Math.min(room, bucket.shortage());
      bucket.keep += more;
      room -= more;
    }
    const excess = this.#pop((bucket) => bucket.top > bucket.keep, min);
    for (const bucket of this.#buckets) bucket.startWindow();
    this.#destroyAll(excess);
  }

  #destroyIdle(leave: number): number {
    const idle = this.#pop((bucket) => bucket.top > 0, leave);
    this.#destroyAll(idle);
    return idle.length;
  }

  // Takes idle objects out of the buckets that `from` accepts, the large ones first, until `leave` are left.
  #pop(from: (bucket: Bucket<T>) => boolean, leave: number): Entry<T>[] {
    const popped: Entry<T>[] = [];
    let idle = this.#idleCount();
    for (const bucket of this.#buckets.toReversed()) {
      while (idle > leave && from(bucket)) {
        popped.push(bucket.idle[--bucket.top]);
        idle--;
      }
      // What is behind the top is forgotten, so that nothing keeps it alive.
      if (popped.length > 0) bucket.idle.length = bucket.top;
      bucket.low = Math.min(bucket.low, bucket.top);
    }
    return popped;
  }

  #idleCount(): number {
    return this.#buckets.reduce((sum, { top }) => sum + top, 0);
  }

  #destroy(entry: Entry<T>): void {
    entry.state = GONE;
    this.#destroyed++;
    this.#settings.destroy(entry.object);
  }

  // All of them, whatever `destroy` throws meanwhile; that is passed on afterwards.
  #destroyAll(entries: readonly Entry<T>[]): void {
    const errors: unknown[] = [];
    for (const entry of entries) {
      try {
        this.#destroy(entry);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, `destroy() of "${this.name}" threw`);
  }

  #destroyAfter(entry: Entry<T>, error: unknown): void {
    try {
      this.#destroy(entry);
    } catch (second) {
      throw new AggregateError([error, second], `reset() and then destroy() of "${this.name}" threw`, {
        cause: second,
      });
    }
  }

  #misuse(object: unknown, entry: Entry<T> | undefined): PoolError {
    if (entry === undefined) {
      const message = `this ${show(object)} was not made by "${this.name}"; release only what it gave out`;
      return new PoolError("FOREIGN_RELEASE", message, { pool: this.name });
    }
    const message = `this object was released to "${this.name}" before; release each object once`;
    return new PoolError("DOUBLE_RELEASE", message, { pool: this.name });
  }
}

/**
 * Makes a pool of JavaScript objects that own containers, so that these are filled anew instead of allocated anew.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { objects } from "@millpond/core";
 *
 * const maps = objects({ create: () => new Map<string, number>(), reset: (map) => map.clear(), max: 100 });
 * const counts = maps.acquire();
 * for (const word of ["a", "b", "a"]) counts.set(word, (counts.get(word) ?? 0) + 1);
 * assert.equal(counts.get("a"), 2);
 * maps.release(counts);
 * assert.throws(() => maps.release(counts), { code: "DOUBLE_RELEASE" });
 *
 * assert.equal(maps.use((map) => map.size), 0); // the same map, emptied
 * assert.equal(maps.stats().created, 1);
 * ```
 *
 * Small plain objects do not profit: a fresh one costs no more than a pooled one, and a million idle ones make each
 * full garbage collection ten times slower. Use `records()` for many small things.
 */
export function objects<T extends object>(options: ObjectPoolOptions<T>): ObjectPool<T> {
  return new ObjectPool(options);
}

function bucketsFor<T extends object>(sized: boolean): Bucket<T>[] {
  if (!sized) return [new Bucket("all", Infinity)];
  return [new Bucket("small", 16), new Bucket("medium", 64), new Bucket("large", Infinity)];
}

async function releaseWhenSettled<T extends object>(
  promise: PromiseLike<unknown>,
  lease: ObjectLease<T>,
): Promise<unknown> {
  try {
    return await promise;
  } finally {
    lease.release();
  }
}
