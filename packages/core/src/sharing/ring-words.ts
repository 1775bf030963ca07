// The memory of a shared ring: where its parts stand, and what the words of its slots say.
//
//     control     CONTROL_WORDS words: head, tail and two bells, each on cache lines of its own, named below
//     words       one word of 32 bits a slot
//     slots       SLOT_BYTES each; a record takes as many neighbouring ones as it needs: 4 bytes of length, the bytes
//
// Positions count slots from the beginning of time, modulo 2^31; a slot's place is its position modulo the capacity, a
// power of two. A length of SKIP marks a record that readers pass over: padding before the end of the ring, or what a
// writer left unfinished.
//
// What follows is for rings of many writers and readers. A slot that is free holds the position it will have next:
// whoever comes late with an old position finds another number. A record's first slot says what becomes of it:
//
//     31   30 29     28      22 21                 6 5        0
//     +---+---------+----------+--------------------+----------+
//     | 1 |  state  |   lap    |       slots        |  thread  |
//     +---+---------+----------+--------------------+----------+
//
// A state is entered by compare-and-swap from the one before, and only then do head or tail move on, by whoever comes
// first: so the record of a thread that died names its length and its owner, and can be skipped.
//
// In a ring of one writer and one reader the word of a record's first slot is its number of slots, and nothing else.

export const SLOT_BYTES = 64;
export const MOST_SLOTS = 0xffff;
export const POSITION_MASK = 0x7fffffff;

// Control words. Two lines of 64 bytes are often fetched together, so each part has 128.
export const HEAD_AT = 0;
export const TAIL_AT = 32;
export const READABLE_AT = 64;
export const WRITABLE_AT = 96;
export const CONTROL_WORDS = 128;
// Behind head and tail, in rings of one writer and one reader: who waits for it to move, which thread moves it, and what
// that thread last saw of the other one.
export const WAITING = 1;
export const OWNER = 2;
export const SEEN = 3;

/** The length of a record that nobody shall see. */
export const SKIP = -1;

/** A writer fills the record. */
export const WRITING = 0;
/** The record waits for a reader. */
export const READY = 1;
/** A reader has it. */
export const READING = 2;

/** The word of a record's first slot. */
export function recordWord(state: number, lap: number, slots: number, thread: number): number {
  return 0x80000000 | (state << 29) | ((lap & 0x7f) << 22) | (slots << 6) | thread;
}

/** What becomes of a record, or -1 when the slot is free. */
export function recordState(word: number): number {
  return word < 0 ? (word >>> 29) & 3 : -1;
}

/** Which round through the ring the record belongs to, modulo 128. */
export function recordLap(word: number): number {
  return (word >>> 22) & 0x7f;
}

/** How many slots the record takes. */
export function recordSlots(word: number): number {
  return (word >>> 6) & 0xffff;
}

/** Who writes or reads the record. */
export function recordThread(word: number): number {
  return word & 0x3f;
}
