// Blocks whose token is on its way although the thread that sent it has ended. The token may still arrive, or may never
// have been posted: nobody here can know, so they stay in flight until somebody decides.
import { IN_FLIGHT, ORPHAN, ownerOf, stateOf, turnAfter, wordOf, HELD } from "./layout.ts";
import type { SharedHeap } from "./shared-heap.ts";
import { blocksOf, firstBlockOf, type SharedMemory } from "./shared-memory.ts";

/** A block that was an orphan, and its word then, which no other moment of its life has. */
export interface Orphan {
  readonly block: number;
  readonly word: number;
  readonly sizeClass: number;
}

/** True for the word of an orphan. */
export function isOrphan(word: number): boolean {
  return stateOf(word) === IN_FLIGHT && ownerOf(word) === ORPHAN;
}

/** All orphans there are. */
export function findOrphans(memory: SharedMemory): Orphan[] {
  const found: Orphan[] = [];
  for (const span of memory.spans()) {
    const first = firstBlockOf(span);
    const { sizeClass } = span;
    for (let block = first; block < first + blocksOf(span); block++) {
      const word = Atomics.load(memory.words, block);
      if (isOrphan(word)) found.push({ block, word, sizeClass });
    }
  }
  return found;
}

/** Frees those that nobody has adopted meanwhile; how many. */
export function freeOrphans(memory: SharedMemory, heap: SharedHeap, orphans: readonly Orphan[]): number {
  let count = 0;
  for (const { block, word, sizeClass } of orphans) {
    const held = wordOf(HELD, heap.thread, turnAfter(word));
    if (Atomics.compareExchange(memory.words, block, word, held) !== word) continue;
    heap.freeBlocks([block], 0, sizeClass);
    count++;
  }
  return count;
}
