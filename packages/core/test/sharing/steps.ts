// The lock-free parts of sharing/ once more, as generators that stop before every access to shared memory. A test can
// then run several of them in any order, and stop one for good at any point. What a generator yields names the step and
// everything it remembers, so that memory plus the last yields of all threads is the whole state.
//
// popMany, pushMany, fetch and free follow kernels/shared-stack.ts, the others shared-heap.ts and reclaim.ts, line by
// line.

/** A block's word as the tests see it. */
export interface Word {
  state: "free" | "held" | "flight";
  owner: number;
  turn: number;
}

/** The blocks that may be on their way, and their words; only the first `count` are said to be. */
interface Journal {
  count: number;
  entries: { block: number; word: Word }[];
}

/** Shared memory of one class with one stack a set. Blocks are numbered from 0; links and tops are number plus one. */
export interface Memory {
  heads: { top: number; tag: number }[];
  next: number[];
  words: Word[];
  /** By thread: the blocks on their way. */
  journals: Journal[];
  /** By thread: "alive", "free", or the number of the thread that cleans up after it. */
  rows: (string | number)[];
}

/** The owner of blocks in flight whose sender has ended. */
const ORPHAN = 99;

/** A thread's program: yields before every step, and returns when it is done. */
export type Steps<R = void> = Generator<readonly unknown[], R, void>;

/** Pops up to `most` blocks of a stack into the journal. */
function* popMany(memory: Memory, set: number, thread: number, most: number): Steps<number> {
  const journal = memory.journals[thread];
  for (;;) {
    yield ["pop: load head", set, most];
    const seen = { ...memory.heads[set] };
    let top = seen.top;
    let count = 0;
    while (top !== 0 && count < most) {
      yield ["pop: note block", set, most, seen, top, count];
      journal.entries[count] = { block: top - 1, word: { ...memory.words[top - 1] } };
      count++;
      yield ["pop: load next", set, most, seen, top, count];
      top = memory.next[top - 1];
    }
    if (count === 0) return 0;
    yield ["pop: check head", set, most, seen, top, count];
    if (memory.heads[set].tag !== seen.tag) continue;
    yield ["pop: note count", set, most, seen, top, count];
    journal.count = count;
    yield ["pop: swap head", set, most, seen, top, count];
    const head = memory.heads[set];
    if (head.top === seen.top && head.tag === seen.tag) {
      memory.heads[set] = { top, tag: seen.tag + 1 };
      return count;
    }
    yield ["pop: forget", set, most];
    journal.count = 0;
  }
}

/** Pushes the blocks of the journal. */
function* pushMany(memory: Memory, set: number, thread: number): Steps {
  const journal = memory.journals[thread];
  const first = journal.entries[0].block;
  let block = first;
  for (let place = 1; place < journal.count; place++) {
    const following = journal.entries[place].block;
    yield ["push: link", set, first, block, following];
    memory.next[block] = following + 1;
    block = following;
  }
  for (;;) {
    yield ["push: load head", set, first, block];
    const seen = { ...memory.heads[set] };
    yield ["push: link last", set, first, block, seen];
    memory.next[block] = seen.top;
    yield ["push: swap head", set, first, block, seen];
    const head = memory.heads[set];
    if (head.top === seen.top && head.tag === seen.tag) {
      memory.heads[set] = { top: first + 1, tag: seen.tag + 1 };
      return;
    }
  }
}

/** Fetches a batch: pops, claims each block by its word, empties the journal. What it got. */
export function* fetch(memory: Memory, set: number, thread: number, most: number): Steps<number[]> {
  const journal = memory.journals[thread];
  for (;;) {
    const count = yield* popMany(memory, set, thread, most);
    if (count === 0) return [];
    const got: number[] = [];
    for (let place = 0; place < count; place++) {
      const { block, word } = journal.entries[place];
      yield ["claim: swap word", set, most, count, block, word, got];
      if (!swapWord(memory, block, word, { state: "held", owner: thread, turn: word.turn + 1 })) continue;
      yield ["claim: move number", set, most, count, block, word, got];
      journal.entries[got.length] = { ...journal.entries[got.length], block };
      got.push(block);
    }
    yield ["claim: empty journal", set, most, got];
    journal.count = 0;
    if (got.length > 0) return got;
  }
}

/** Frees blocks that the thread holds. */
export function* free(memory: Memory, set: number, thread: number, blocks: readonly number[]): Steps {
  const journal = memory.journals[thread];
  for (let place = 0; place < blocks.length; place++) {
    yield ["free: note block", blocks, place];
    const word: Word = { state: "free", owner: thread, turn: memory.words[blocks[place]].turn + 1 };
    journal.entries[place] = { block: blocks[place], word };
  }
  yield ["free: note count", blocks];
  journal.count = blocks.length;
  for (const { block, word } of journal.entries.slice(0, blocks.length)) {
    yield ["free: store word", blocks, block];
    memory.words[block] = { ...word };
  }
  yield* pushMany(memory, set, thread);
  yield ["free: empty journal", blocks];
  journal.count = 0;
}

/** Takes a block that was sent. True for the one who gets it. */
export function* adopt(memory: Memory, thread: number, block: number, turn: number): Steps<boolean> {
  for (;;) {
    yield ["adopt: load word", block, turn];
    const word = { ...memory.words[block] };
    if (word.state !== "flight" || word.turn !== turn) return false;
    yield ["adopt: swap word", block, word];
    if (swapWord(memory, block, word, { state: "held", owner: thread, turn: turn + 1 })) return true;
  }
}

/** Cleans up after a dead thread, as reclaim.ts does. */
export function* reclaim(memory: Memory, thread: number, dead: number, inFlight: boolean): Steps {
  yield ["reclaim: take row"];
  if (memory.rows[dead] !== "alive" && memory.rows[dead] !== thread) return;
  memory.rows[dead] = thread;
  yield ["reclaim: load count"];
  const { count, entries } = memory.journals[dead];
  const suspects = new Map<number, Word>();
  for (let place = 0; place < count; place++) {
    yield ["reclaim: load suspect", place, count, [...suspects]];
    const { block, word } = entries[place];
    if (word.state === "free" && sameWord(memory.words[block], word)) suspects.set(block, word);
  }
  const found: number[] = [];
  for (let block = 0; block < memory.words.length; block++) {
    if (yield* claimLost(memory, thread, dead, block, suspects, inFlight, found)) found.push(block);
  }
  if (found.length > 0) yield* free(memory, 0, thread, found);
  yield ["reclaim: empty journal", found];
  memory.journals[dead].count = 0;
  yield ["reclaim: free row"];
  memory.rows[dead] = "free";
}

function* claimLost(
  memory: Memory,
  thread: number,
  dead: number,
  block: number,
  suspects: ReadonlyMap<number, Word>,
  inFlight: boolean,
  found: readonly number[],
): Steps<boolean> {
  yield ["reclaim: load word", block, [...suspects], found];
  const suspect = suspects.get(block);
  const word = suspect ?? { ...memory.words[block] };
  const lost = word.owner === dead && (word.state === "held" || (word.state === "flight" && inFlight));
  if (suspect === undefined && !lost) {
    if (word.owner !== dead || word.state !== "flight") return false;
    yield ["reclaim: orphan", block, word, [...suspects], found];
    swapWord(memory, block, word, { ...word, owner: ORPHAN });
    return false;
  }
  if (suspect !== undefined && (yield* onStacks(memory, block, [[...suspects], found]))) return false;
  yield ["reclaim: swap word", block, word, [...suspects], found];
  return swapWord(memory, block, word, { state: "held", owner: thread, turn: word.turn + 1 });
}

/** Frees the orphans there were, as orphans.ts does. */
export function* freeOrphans(memory: Memory, thread: number): Steps {
  const found: { block: number; word: Word }[] = [];
  for (let block = 0; block < memory.words.length; block++) {
    yield ["orphans: load word", block, [...found]];
    const word = { ...memory.words[block] };
    if (word.state === "flight" && word.owner === ORPHAN) found.push({ block, word });
  }
  for (const { block, word } of found) {
    yield ["orphans: swap word", block, word, [...found]];
    if (!swapWord(memory, block, word, { state: "held", owner: thread, turn: word.turn + 1 })) continue;
    yield* free(memory, 0, thread, [block]);
  }
}

// Walks each stack until nobody changed it meanwhile.
function* onStacks(memory: Memory, block: number, remembered: readonly unknown[]): Steps<boolean> {
  for (let set = 0; set < memory.heads.length; set++) {
    for (;;) {
      yield ["snapshot: load head", set, block, remembered];
      const seen = { ...memory.heads[set] };
      const found = new Set<number>();
      for (let top = seen.top; top !== 0 && !found.has(top - 1);) {
        found.add(top - 1);
        yield ["snapshot: load next", set, block, seen, [...found], remembered];
        top = memory.next[top - 1];
      }
      yield ["snapshot: check head", set, block, seen, [...found], remembered];
      if (memory.heads[set].tag !== seen.tag) continue;
      if (found.has(block)) return true;
      break;
    }
  }
  return false;
}

function swapWord(memory: Memory, block: number, expected: Word, wanted: Word): boolean {
  const same = sameWord(memory.words[block], expected);
  if (same) memory.words[block] = wanted;
  return same;
}

function sameWord(a: Word, b: Word): boolean {
  return a.state === b.state && a.owner === b.owner && a.turn === b.turn;
}
