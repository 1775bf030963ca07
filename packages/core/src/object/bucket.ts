// Idle objects of one size, and how many of them are worth keeping.
//
// A bucket keeps up to `keep` idle objects; more are destroyed at their release. After every window of acquisitions
// (object-pool.ts) that number follows what happened in it:
//
//  - It was short when objects had to be created although others had been destroyed for lack of room. Then it may
//    keep as many more as would have helped, if the pool's `max` allows.
//  - It needed only as many as the number of idle objects swung, from most to least. Half of what it may keep beyond
//    that is given up, for other buckets or for good.

/** Who has an object. */
export const IDLE = 0;
/** Somebody acquired it. */
export const BUSY = 1;
/** It is being reset. */
export const LEAVING = 2;
/** It was destroyed. */
export const GONE = 3;

/** An object of the pool and its state: idle, busy, leaving or gone. */
export class Entry<T extends object> {
  /** What the user gets. */
  readonly object: T;
  /** One of the four constants. */
  state: number = IDLE;
  /** How often it was released: tells a lease whether the object is still its own. */
  turn = 0;

  constructor(object: T) {
    this.object = object;
  }
}

/** Idle objects of one size. */
export class Bucket<T extends object> {
  /** For statistics. */
  readonly name: string;
  /** Objects of this size and more belong to the next bucket. */
  readonly below: number;
  /** The first `top` are idle; the one above them is the one acquired last, so that its release finds it at once. */
  readonly idle: Entry<T>[] = [];
  /** How many objects are idle. */
  top = 0;
  /** How many may be. */
  keep = 0;
  /** Acquisitions that an idle object served. */
  hits = 0;
  /** Acquisitions that made an object. */
  misses = 0;
  /** Objects that were destroyed at their release for lack of room. */
  dropped = 0;
  /** The fewest idle objects in this window; `acquire` lowers it. */
  low = 0;
  /** The most idle objects in this window; `release` raises it. */
  high = 0;
  #missesBefore = 0;
  #droppedBefore = 0;

  constructor(name: string, below: number) {
    this.name = name;
    this.below = below;
  }

  /** How many more objects would have helped in this window. */
  shortage(): number {
    return Math.min(this.misses - this.#missesBefore, this.dropped - this.#droppedBefore);
  }

  /** Gives up half of what was not needed in this window. */
  relax(): void {
    const spare = this.keep - (this.high - this.low);
    if (this.shortage() === 0 && spare > 0) this.keep -= Math.ceil(spare / 2);
  }

  /** Begins the next window. */
  startWindow(): void {
    this.low = this.high = this.top;
    this.#missesBefore = this.misses;
    this.#droppedBefore = this.dropped;
  }
}
