// Lock-free stacks of block numbers in shared memory: where threads leave idle blocks for each other, a batch at a time.
//
// A head is 64 bits: the number of the top block plus one (0: empty) below, a tag above that every change
// increments. The 64-bit compare-and-swap makes both one step, so a head that was popped and pushed in between is
// never taken for the same head (the ABA problem). Blocks are linked through the table `next`, 4 bytes a block,
// the number of the next block plus one. What a block's word says is described in src/sharing/layout.ts.
//
// Threads die in the middle of things. What is about to be taken or put is therefore written into the thread's journal
// first: 4 bytes of count, then 8 bytes a block, its number and its word. Whoever cleans up after the thread finds
// there which blocks may have been on the way; a block whose word is another by then has moved on. The words are read
// while the head stays the same, so they are words of blocks that were on the stack, not of some that were about to
// be pushed. The count is emptied once the blocks are safe.
//
// SAFETY: entries of a journal are written by ordinary stores. Only its thread reads them, or whoever cleans up after
// that thread has ended; the count, stored atomically behind them, says which of them count.
//
// test/sharing/steps.ts is this file once more, step by step, for the exhaustive test of interleavings.

const TAG: u64 = 0x100000000;
const TURN: u32 = 0x3fffff;
const HELD: u32 = 0x40000000;
const OWNER_SHIFT: u32 = 22;

/**
 * Takes up to `most` blocks off a stack for `thread`, which holds them from then on; how many. Their numbers are left
 * in the journal's entries. 0 when the stack is empty.
 */
export function fetchMany(
  head: usize,
  next: usize,
  words: usize,
  journal: usize,
  most: i32,
  thread: u32,
): i32 {
  while (true) {
    const count = popMany(head, next, words, journal, most);
    if (count == 0) return 0;
    const got = claimMany(words, journal, count, thread);
    atomic.store<i32>(journal, 0);
    if (got > 0) return got;
  }
}

/** Frees `count` blocks that `thread` holds and whose numbers stand in the journal's entries, the first on top. */
export function freeMany(
  head: usize,
  next: usize,
  words: usize,
  journal: usize,
  count: i32,
  thread: u32,
): void {
  for (let place = 0; place < count; place++) {
    const entry = journal + 4 + (<usize>place << 3);
    const word = atomic.load<u32>(words + (<usize>load<u32>(entry) << 2));
    store<u32>(entry + 4, (thread << OWNER_SHIFT) | turnAfter(word));
  }
  atomic.store<i32>(journal, count);
  for (let place = 0; place < count; place++) {
    const entry = journal + 4 + (<usize>place << 3);
    atomic.store<u32>(words + (<usize>load<u32>(entry) << 2), load<u32>(entry + 4));
  }
  pushMany(head, next, journal, count);
  atomic.store<i32>(journal, 0);
}

// Never 0: a word of 0 means that the block was never put anywhere.
function turnAfter(word: u32): u32 {
  const turn = (word + 1) & TURN;
  return turn == 0 ? 1 : turn;
}

// What a stack gives is a hint; a block is ours once its word says so. It is not, when somebody who cleaned up after a
// dead thread was faster. The numbers of those that are ours move to the front, over entries that are settled.
function claimMany(words: usize, journal: usize, count: i32, thread: u32): i32 {
  let got = 0;
  for (let place = 0; place < count; place++) {
    const entry = journal + 4 + (<usize>place << 3);
    const block = load<u32>(entry);
    const word = load<u32>(entry + 4);
    const held = HELD | (thread << OWNER_SHIFT) | turnAfter(word);
    if (atomic.cmpxchg<u32>(words + (<usize>block << 2), word, held) != word) continue;
    store<u32>(journal + 4 + (<usize>got << 3), block);
    got++;
  }
  return got;
}

// Pops up to `most` blocks into the journal; how many.
function popMany(head: usize, next: usize, words: usize, journal: usize, most: i32): i32 {
  while (true) {
    const seen = atomic.load<u64>(head);
    let top = <u32>seen;
    let count = 0;
    while (top != 0 && count < most) {
      const entry = journal + 4 + (<usize>count << 3);
      store<u32>(entry, top - 1);
      store<u32>(entry + 4, atomic.load<u32>(words + (<usize>(top - 1) << 2)));
      count++;
      // May be read while another thread relinks the block; then the head has changed and the swap below fails.
      top = atomic.load<u32>(next + (<usize>(top - 1) << 2));
    }
    if (count == 0) return 0;
    if (atomic.load<u64>(head) != seen) continue;
    atomic.store<i32>(journal, count);
    const wanted = ((seen & 0xffffffff00000000) + TAG) | <u64>top;
    if (atomic.cmpxchg<u64>(head, seen, wanted) == seen) return count;
    atomic.store<i32>(journal, 0);
  }
}

// Pushes the blocks of the journal, the first of them on top.
function pushMany(head: usize, next: usize, journal: usize, count: i32): void {
  const first = load<u32>(journal + 4);
  let block = first;
  for (let place = 1; place < count; place++) {
    const following = load<u32>(journal + 4 + (<usize>place << 3));
    atomic.store<u32>(next + (<usize>block << 2), following + 1);
    block = following;
  }
  while (true) {
    const seen = atomic.load<u64>(head);
    atomic.store<u32>(next + (<usize>block << 2), <u32>seen);
    const wanted = ((seen & 0xffffffff00000000) + TAG) | <u64>(first + 1);
    if (atomic.cmpxchg<u64>(head, seen, wanted) == seen) return;
  }
}
