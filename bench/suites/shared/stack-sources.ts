// Four ways for threads to share blocks of 8,000 bytes. Each gives a function that takes a block, writes the thread's
// mark at both ends, looks whether anybody else wrote there, and gives the block back; it returns how often somebody had.

import { SharedPool, type SharedPoolHandle } from "@millpond/core";

const BLOCKS = 128;

/** The ways. */
export type SourceName = "pool" | "mutex" | "bigint" | "kernel" | "pool bursts" | "mutex bursts";

// Bursts are longer than a thread's private cache, so that batches of blocks cross the shared stacks.
const BURST = 48;

/** Takes and gives a block `count` times; how often another thread had written into it meanwhile. */
export type Cycle = (count: number, mark: number) => number;

/** What the other thread needs to open the same source. */
export function sourceMessage(name: SourceName, length: number): unknown {
  if (name.startsWith("pool") || name === "kernel") return SharedPool.create({ check: "fast" }).share();
  const buffer = new SharedArrayBuffer(1024 + BLOCKS * length * 8);
  const words = new Int32Array(buffer, 0, 256);
  if (name === "bigint") new BigInt64Array(buffer, 0, 1)[0] = 1n;
  else words[1] = BLOCKS;
  // The stack: word 2 + n is the n-th free block, or for the linked stack the one below block n, plus one.
  for (let block = 0; block < BLOCKS; block++) {
    words[2 + block] = name === "bigint" ? (block + 2) % (BLOCKS + 1) : block;
  }
  return buffer;
}

/** The source as this thread uses it. */
export function openSource(name: SourceName, length: number, message: unknown): Cycle {
  if (name === "pool") return overPool(SharedPool.attach(message as SharedPoolHandle), length);
  if (name === "pool bursts") return burstsOverPool(SharedPool.attach(message as SharedPoolHandle), length);
  // Blocks this large have no place in a thread's cache: each one goes over the shelf by itself.
  if (name === "kernel") return overPool(SharedPool.attach(message as SharedPoolHandle), 64 * 1024);
  const buffer = message as SharedArrayBuffer;
  const views = Array.from(
    { length: BLOCKS },
    (_, block) => new Float64Array(buffer, 1024 + block * length * 8, length),
  );
  if (name === "bigint") return overBigInt(buffer, views);
  const words = new Int32Array(buffer, 0, 256);
  return name === "mutex" ? overMutex(words, views) : burstsOverMutex(words, views);
}

function touch(array: Float64Array, mark: number): number {
  array[0] = mark;
  array[array.length - 1] = mark;
  return array[0] === mark && array[array.length - 1] === mark ? 0 : 1;
}

function overPool(pool: SharedPool, length: number): Cycle {
  return (count, mark) => {
    let bad = 0;
    for (let i = 0; i < count; i++) {
      const array = pool.acquireUnsafe(Float64Array, length);
      bad += touch(array, mark);
      pool.release(array);
    }
    return bad;
  };
}

// `count` blocks in bursts: all of a burst are taken before the first goes back.
function burstsOverPool(pool: SharedPool, length: number): Cycle {
  const live: Float64Array[] = [];
  return (count, mark) => {
    let bad = 0;
    for (let done = 0; done < count; done += BURST) {
      for (let i = 0; i < BURST; i++) live[i] = pool.acquireUnsafe(Float64Array, length);
      for (let i = 0; i < BURST; i++) {
        bad += touch(live[i], mark);
        pool.release(live[i]);
      }
    }
    return bad;
  };
}

// Word 0 is the lock (0 free, 1 held, 2 held and somebody sleeps), word 1 the number of free blocks.
function lock(words: Int32Array): void {
  if (Atomics.compareExchange(words, 0, 0, 1) === 0) return;
  while (Atomics.exchange(words, 0, 2) !== 0) Atomics.wait(words, 0, 2);
}

function unlock(words: Int32Array): void {
  if (Atomics.exchange(words, 0, 0) === 2) Atomics.notify(words, 0, 1);
}

function pick(words: Int32Array): number {
  lock(words);
  const block = words[2 + --words[1]];
  unlock(words);
  return block;
}

function putBack(words: Int32Array, block: number): void {
  lock(words);
  words[2 + words[1]++] = block;
  unlock(words);
}

function overMutex(words: Int32Array, views: readonly Float64Array[]): Cycle {
  return (count, mark) => {
    let bad = 0;
    for (let i = 0; i < count; i++) {
      const block = pick(words);
      bad += touch(views[block], mark);
      putBack(words, block);
    }
    return bad;
  };
}

function burstsOverMutex(words: Int32Array, views: readonly Float64Array[]): Cycle {
  const live: number[] = [];
  return (count, mark) => {
    let bad = 0;
    for (let done = 0; done < count; done += BURST) {
      for (let i = 0; i < BURST; i++) live[i] = pick(words);
      for (let i = 0; i < BURST; i++) {
        bad += touch(views[live[i]], mark);
        putBack(words, live[i]);
      }
    }
    return bad;
  };
}

// The head is 64 bits: block plus one below, a tag above.
function overBigInt(buffer: SharedArrayBuffer, views: readonly Float64Array[]): Cycle {
  const heads = new BigInt64Array(buffer, 0, 1);
  const links = new Int32Array(buffer, 8, BLOCKS);
  return (count, mark) => {
    let bad = 0;
    for (let i = 0; i < count; i++) {
      const block = pop(heads, links);
      bad += touch(views[block], mark);
      push(heads, links, block);
    }
    return bad;
  };
}

function pop(heads: BigInt64Array, links: Int32Array): number {
  for (;;) {
    const seen = Atomics.load(heads, 0);
    const top = Number(seen & 0xffffffffn);
    const wanted = ((seen >> 32n) + 1n) * 0x100000000n + BigInt(Atomics.load(links, top - 1));
    if (Atomics.compareExchange(heads, 0, seen, wanted) === seen) return top - 1;
  }
}

function push(heads: BigInt64Array, links: Int32Array, block: number): void {
  for (;;) {
    const seen = Atomics.load(heads, 0);
    Atomics.store(links, block, Number(seen & 0xffffffffn));
    const wanted = ((seen >> 32n) + 1n) * 0x100000000n + BigInt(block + 1);
    if (Atomics.compareExchange(heads, 0, seen, wanted) === seen) return;
  }
}
