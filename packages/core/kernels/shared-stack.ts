// Lock-free stacks of block numbers in shared memory: where threads leave idle blocks for each other.
//
// A head is 64 bits: the number of the top block plus one (0: empty) below, a tag above that every change
// increments. The 64-bit compare-and-swap makes both one step, so a head that was popped and pushed in between is
// never taken for the same head (the ABA problem). Blocks are linked through the table `next`, 4 bytes a block,
// the number of the next block plus one.
//
// Threads die in the middle of things. What a pop is about to take is therefore written into the thread's journal
// first: 4 bytes of count, then 8 bytes a block, its number and its word. Whoever cleans up after the thread finds
// there which blocks may have been on the way; a block whose word is another by then has moved on. The words are read
// while the head stays the same, so they are words of blocks that were on the stack, not of some that were about to
// be pushed. The caller empties the journal once the blocks are safe.
//
// test/sharing/steps.ts is this file once more, step by step, for the exhaustive test of interleavings.

const TAG: u64 = 0x100000000;

/** Pops up to `most` blocks into the journal; how many. */
export function popMany(head: usize, next: usize, words: usize, journal: usize, most: i32): i32 {
  while (true) {
    const seen = atomic.load<u64>(head);
    let top = <u32>seen;
    let count = 0;
    while (top != 0 && count < most) {
      const entry = journal + 4 + (<usize>count << 3);
      atomic.store<u32>(entry, top - 1);
      atomic.store<u32>(entry + 4, atomic.load<u32>(words + (<usize>(top - 1) << 2)));
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

/** Pushes the blocks of the journal, the first of them on top. The caller has marked them as free. */
export function pushMany(head: usize, next: usize, journal: usize): void {
  const count = atomic.load<i32>(journal);
  if (count == 0) return;
  const first = atomic.load<u32>(journal + 4);
  let block = first;
  for (let place = 1; place < count; place++) {
    const following = atomic.load<u32>(journal + 4 + (<usize>place << 3));
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
