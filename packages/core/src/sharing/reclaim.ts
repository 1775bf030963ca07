// Cleaning up after a thread that is gone: every block it held becomes free, also one that was on its way between
// its cache and a stack when it died. Any thread may do it, two may try at once, and the one that does it may die too.
import {
  BATCH,
  FREE,
  HELD,
  IN_FLIGHT,
  ORPHAN,
  ownerOf,
  ROW_ALIVE,
  ROW_FREE,
  ROW_RECLAIMED_BY,
  spanOwnerOf,
  stateOf,
  THREADS,
  turnAfter,
  turnOf,
  wordOf,
} from "./layout.ts";
import type { SharedHeap } from "./shared-heap.ts";
import { blocksOf, firstBlockOf, type SharedMemory, type SharedSpan } from "./shared-memory.ts";

/** What a reclaim also does. */
export interface ReclaimOptions {
  /**
   * Also take blocks that the thread had sent and nobody has adopted. A token that arrives afterwards is refused as
   * stale. Default false: what was sent properly can still be adopted, and is freed by `reclaimOrphans()` if it never
   * is.
   */
  readonly inFlight?: boolean;
}

/** The same, as the pool passes it on. */
export interface FullReclaimOptions extends ReclaimOptions {
  /** What else the thread may have left half-done. */
  readonly rings?: Iterable<{ reclaim(thread: number): unknown }>;
}

/** Frees what `thread` held; how many blocks that were. 0 when somebody else has done it or is at it. */
export function reclaimThread(
  memory: SharedMemory,
  heap: SharedHeap,
  thread: number,
  options: FullReclaimOptions,
): number {
  const mine = ROW_RECLAIMED_BY + heap.thread;
  if (!memory.changeRow(thread, ROW_ALIVE, mine) && memory.rowState(thread) !== mine) return 0;
  // Before the thread's number can be another thread's.
  for (const ring of options.rings ?? []) ring.reclaim(thread);
  let count = thread === heap.thread ? 0 : finishReclaims(memory, heap, thread, options);
  const suspects = journalledBlocks(memory, thread);
  for (const span of memory.spans()) count += reclaimSpan(memory, heap, thread, span, suspects, options);
  emptyJournal(memory, thread);
  memory.changeRow(thread, mine, ROW_FREE);
  return count;
}

// Threads that the dead one was cleaning up after are taken over.
function finishReclaims(
  memory: SharedMemory,
  heap: SharedHeap,
  thread: number,
  options: FullReclaimOptions,
): number {
  let count = 0;
  for (let other = 1; other <= THREADS; other++) {
    const taken = memory.changeRow(other, ROW_RECLAIMED_BY + thread, ROW_RECLAIMED_BY + heap.thread);
    if (taken) count += reclaimThread(memory, heap, other, options);
  }
  return count;
}

// Free blocks that may have been on their way when the thread died, with their words. A block whose word is another
// than the journal says has changed hands since, so the dead thread had nothing to do with it any more.
function journalledBlocks(memory: SharedMemory, thread: number): Map<number, number> {
  const journal = memory.journalOf(thread) / 4;
  const suspects = new Map<number, number>();
  const count = Math.min(Atomics.load(memory.all, journal), BATCH);
  for (let place = 0; place < count; place++) {
    const block = Atomics.load(memory.all, journal + 1 + place * 2) >>> 0;
    const word = Atomics.load(memory.all, journal + 2 + place * 2);
    const unchanged = block < memory.words.length && Atomics.load(memory.words, block) === word;
    if (unchanged && stateOf(word) === FREE) suspects.set(block, word);
  }
  return suspects;
}

function emptyJournal(memory: SharedMemory, thread: number): void {
  Atomics.store(memory.all, memory.journalOf(thread) / 4, 0);
}

function reclaimSpan(
  memory: SharedMemory,
  heap: SharedHeap,
  thread: number,
  span: SharedSpan,
  suspects: ReadonlyMap<number, number>,
  options: ReclaimOptions,
): number {
  const first = firstBlockOf(span);
  const blocks = blocksOf(span);
  const found: number[] = [];
  let stacked: Set<number> | undefined;
  for (let block = first; block < first + blocks; block++) {
    const suspect = suspects.get(block);
    const word = suspect ?? Atomics.load(memory.words, block);
    if (suspect === undefined && !isLost(word, thread, span, options)) {
      orphan(memory, block, word, thread);
      continue;
    }
    // A suspect is on a stack or nowhere. Its word was read before the stacks are: if it is used in between, the word
    // changes, and the claim below fails.
    if (suspect !== undefined) stacked ??= blocksOnStacks(memory, span.sizeClass);
    if (suspect !== undefined && stacked?.has(block) === true) continue;
    const held = wordOf(HELD, heap.thread, turnAfter(word));
    if (Atomics.compareExchange(memory.words, block, word, held) === word) found.push(block);
  }
  for (let from = 0; from < found.length; from += BATCH) {
    heap.freeBlocks(found.slice(from, from + BATCH), 0, span.sizeClass);
  }
  return found.length;
}

// From now on the block is known as one whose sender has ended; its token is as good as before.
function orphan(memory: SharedMemory, block: number, word: number, thread: number): void {
  if (stateOf(word) !== IN_FLIGHT || ownerOf(word) !== thread) return;
  Atomics.compareExchange(memory.words, block, word, wordOf(IN_FLIGHT, ORPHAN, turnOf(word)));
}

function isLost(word: number, thread: number, span: SharedSpan, options: ReclaimOptions): boolean {
  // Never put anywhere by the thread that carved the span.
  if (word === 0) return spanOwnerOf(span.word) === thread;
  if (ownerOf(word) !== thread) return false;
  return stateOf(word) === HELD || (stateOf(word) === IN_FLIGHT && options.inFlight === true);
}

function blocksOnStacks(memory: SharedMemory, sizeClass: number): Set<number> {
  const stacked = new Set<number>();
  for (let set = 0; set <= THREADS; set++)
    for (const block of memory.snapshot(set, sizeClass)) stacked.add(block);
  return stacked;
}
