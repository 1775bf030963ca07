// The memory of a shared ring as typed arrays, for one thread, and what the two kinds of ring have in common.
import { CONTROL_WORDS, HEAD_AT, POSITION_MASK, SLOT_BYTES, TAIL_AT } from "./ring-words.ts";
import type { Bell } from "./waiting.ts";

/** What `reclaim` did for a thread that is gone. */
export interface RingReclaimed {
  /** Records the thread had begun to write; readers do not see them. */
  readonly unwritten: number;
  /** Records the thread was reading; they are lost. Always 0 in a ring of one writer and one reader. */
  readonly unread: number;
}

/** How places in a ring change hands. */
export interface RingProtocol {
  /** Rings when something can be read. */
  readonly readable: Bell;
  /** Rings when there is room. */
  readonly writable: Bell;
  /** The position of `slots` neighbouring slots that are this thread's to write, or -1 when there is no room. */
  claim(slots: number): number;
  /** Lets readers have what was claimed. */
  publish(position: number, slots: number, length: number): void;
  /** The position of the oldest record, which is this thread's to read, or -1 when there is none. */
  take(): number;
  /** How many slots the record has that was taken. */
  slotsAt(position: number): number;
  /** Lets writers have the slots of what was taken. */
  release(position: number, slots: number): void;
  /** Ends what a dead thread had begun. */
  reclaim(thread: number): RingReclaimed;
  /** Gives up what this thread has a right to that others are refused meanwhile. */
  leave(): void;
}

// A larger ring would keep too many objects alive.
const MOST_VIEWS = 4096;

export class RingMemory {
  readonly control: Int32Array;
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  readonly mask: number;
  /** The number of the thread that looks at it. */
  readonly thread: number;
  readonly #lengths: Int32Array;
  // The view of the record that was last at each place: rings of records that are alike make no garbage.
  readonly #views: (Uint8Array | undefined)[] = [];

  constructor(buffer: ArrayBufferLike, address: number, slots: number, thread: number) {
    this.control = new Int32Array(buffer, address, CONTROL_WORDS);
    this.words = new Int32Array(buffer, address + CONTROL_WORDS * 4, slots);
    const data = address + CONTROL_WORDS * 4 + slots * 4;
    this.bytes = new Uint8Array(buffer, data, slots * SLOT_BYTES);
    this.#lengths = new Int32Array(buffer, data, (slots * SLOT_BYTES) / 4);
    this.mask = slots - 1;
    this.thread = thread;
  }

  /** How many bytes a ring of so many slots takes. */
  static bytesFor(slots: number): number {
    return CONTROL_WORDS * 4 + slots * 4 + slots * SLOT_BYTES;
  }

  /** Slots between head and tail. */
  get usedSlots(): number {
    return (Atomics.load(this.control, TAIL_AT) - Atomics.load(this.control, HEAD_AT)) & POSITION_MASK;
  }

  /** The length of the record at a position. */
  lengthAt(position: number): number {
    return this.#lengths[(position & this.mask) * (SLOT_BYTES / 4)];
  }

  /** Writes it. */
  setLength(position: number, length: number): void {
    this.#lengths[(position & this.mask) * (SLOT_BYTES / 4)] = length;
  }

  /** The bytes of the record at a position. */
  view(position: number, length: number): Uint8Array {
    const place = position & this.mask;
    const known = place < this.#views.length ? this.#views[place] : undefined;
    if (known !== undefined && known.length === length) return known;
    const start = place * SLOT_BYTES + 4;
    const made = this.bytes.subarray(start, start + length);
    if (this.mask < MOST_VIEWS) {
      while (this.#views.length < place) this.#views.push(undefined);
      this.#views[place] = made;
    }
    return made;
  }
}
