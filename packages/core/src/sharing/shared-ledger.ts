// What the threads of a shared pool publish of their counters, and what a look at all blocks says.
import {
  COUNTERS,
  FREE,
  HELD,
  ownerOf,
  ROW_ALIVE,
  ROW_ASKED_AT,
  ROW_COUNTERS_AT,
  ROW_FREE,
  ROW_PLATFORM_AT,
  ROW_VERSION_AT,
  stateOf,
  THREADS,
} from "./layout.ts";
import { sharedClassBytes } from "./shared-classes.ts";
import { blocksOf, firstBlockOf, type SharedMemory } from "./shared-memory.ts";
import { isOrphan } from "./orphans.ts";

/** The counters a thread publishes, in this order. */
const NAMES = [
  "acquired",
  "inUse",
  "bytesInUse",
  "cached",
  "fromShelf",
  "fromCentre",
  "stolen",
  "spilled",
  "sent",
  "adopted",
  "publishedAt",
] as const;

/** A counter that each thread publishes; `publishedAt` is when, as `Date.now()` there said it. */
export type ThreadCounter = (typeof NAMES)[number];

/** What one thread published last. All figures of one thread were true at the same moment. */
export interface ThreadStats extends Readonly<Record<ThreadCounter, number>> {
  /** The thread's number in this pool. */
  readonly thread: number;
  /** The platform's number of it, such as Node's `threadId`; -1 where there is none. */
  readonly platformThread: number;
  /** False while somebody cleans up after it. */
  readonly alive: boolean;
}

/** Every block of a shared pool, counted by what its word says. */
export interface SharedAudit {
  /** Blocks that were carved. */
  readonly blocks: number;
  /** Bytes of these blocks. */
  readonly bytes: number;
  /** Blocks on a stack, or on their way to one. */
  readonly free: number;
  /** Blocks that were sent and not adopted yet. */
  readonly inFlight: number;
  /** Of these, blocks whose sender has ended. */
  readonly orphaned: number;
  /** Blocks in use or in the private cache of a thread, by thread number. */
  readonly held: ReadonlyMap<number, number>;
}

/** Writes this thread's counters for others to read. */
export function publishCounters(
  memory: SharedMemory,
  thread: number,
  counters: Record<ThreadCounter, number>,
): void {
  const row = memory.rowAt(thread);
  const values = countersAt(memory, thread);
  Atomics.store(memory.all, row + ROW_ASKED_AT, 0);
  // Readers take the counters only when the version is even and the same before and after.
  Atomics.add(memory.all, row + ROW_VERSION_AT, 1);
  for (let place = 0; place < NAMES.length; place++) values[place] = counters[NAMES[place]];
  Atomics.add(memory.all, row + ROW_VERSION_AT, 1);
}

function countersAt(memory: SharedMemory, thread: number): Float64Array {
  return new Float64Array(memory.region.buffer, (memory.rowAt(thread) + ROW_COUNTERS_AT) * 4, COUNTERS);
}

/** Asks all threads but this one to publish their counters when they next come by. */
export function askThreads(memory: SharedMemory, thread: number): void {
  for (let other = 1; other <= THREADS; other++) {
    if (other !== thread) Atomics.store(memory.all, memory.rowAt(other) + ROW_ASKED_AT, 1);
  }
}

/** True when somebody has asked this thread. */
export function isAsked(memory: SharedMemory, thread: number): boolean {
  return Atomics.load(memory.all, memory.rowAt(thread) + ROW_ASKED_AT) !== 0;
}

/** What all attached threads published last. */
export function readThreads(memory: SharedMemory): ThreadStats[] {
  const found: ThreadStats[] = [];
  for (let thread = 1; thread <= THREADS; thread++) {
    const state = memory.rowState(thread);
    if (state !== ROW_FREE) found.push(readThread(memory, thread, state === ROW_ALIVE));
  }
  return found;
}

// A thread that died while it published leaves an odd version; what stands there is all there will ever be.
const MOST_READS = 1000;

function readThread(memory: SharedMemory, thread: number, alive: boolean): ThreadStats {
  const row = memory.rowAt(thread);
  const values = countersAt(memory, thread);
  let copy = values.slice();
  for (let read = 0; read < MOST_READS; read++) {
    const before = Atomics.load(memory.all, row + ROW_VERSION_AT);
    copy = values.slice();
    if (before % 2 === 0 && Atomics.load(memory.all, row + ROW_VERSION_AT) === before) break;
  }
  const counters = Object.fromEntries(NAMES.map((name, place) => [name, copy[place]]));
  const platformThread = Atomics.load(memory.all, row + ROW_PLATFORM_AT);
  return { thread, platformThread, alive, ...(counters as Record<ThreadCounter, number>) };
}

/** Looks at the word of every block. Exact when no thread is at work; else each block was once what it is said to be. */
export function auditBlocks(memory: SharedMemory): SharedAudit {
  const held = new Map<number, number>();
  const sums = { blocks: 0, bytes: 0, free: 0, inFlight: 0, orphaned: 0 };
  for (const span of memory.spans()) {
    const first = firstBlockOf(span);
    const blocks = blocksOf(span);
    sums.blocks += blocks;
    sums.bytes += blocks * sharedClassBytes(span.sizeClass);
    for (let block = first; block < first + blocks; block++) {
      const word = Atomics.load(memory.words, block);
      if (stateOf(word) === FREE) sums.free++;
      else if (stateOf(word) === HELD) held.set(ownerOf(word), (held.get(ownerOf(word)) ?? 0) + 1);
      else {
        sums.inFlight++;
        if (isOrphan(word)) sums.orphaned++;
      }
    }
  }
  return { ...sums, held };
}
