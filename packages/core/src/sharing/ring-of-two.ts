// A ring of one writer and one reader. Each moves its own border by one store and reads the other's, most of the time
// as it last saw it; there is no compare-and-swap on the way, and nothing that a dead thread could hold up: what it had
// not published does not exist, and what it had not finished reading is read again.
//
// test/sharing/ring-steps.ts is this file once more, step by step, for the exhaustive test of interleavings.
import { PoolError } from "../memory/errors.ts";
import type { RingMemory, RingProtocol, RingReclaimed } from "./ring-memory.ts";
import { HEAD_AT, OWNER, POSITION_MASK, SEEN, SKIP, TAIL_AT, WAITING } from "./ring-words.ts";
import { Bell } from "./waiting.ts";

export class RingOfTwo implements RingProtocol {
  readonly readable: Bell;
  readonly writable: Bell;
  readonly #memory: RingMemory;
  readonly #control: Int32Array;
  readonly #words: Int32Array;
  readonly #mask: number;

  constructor(memory: RingMemory) {
    const { control, words, mask } = memory;
    this.#memory = memory;
    this.#control = control;
    this.#words = words;
    this.#mask = mask;
    // Who waits, waits for the other's border to move.
    this.readable = new Bell(control.subarray(TAIL_AT, TAIL_AT + WAITING + 1));
    this.writable = new Bell(control.subarray(HEAD_AT, HEAD_AT + WAITING + 1));
  }

  // SAFETY: a border, and what its owner last saw of the other, are written by the owner only, so it reads them without
  // atomics. Bytes, lengths and words of slots lie between the borders: they are written before the store that moves
  // the border over them, and read after the load that sees it moved.
  claim(slots: number): number {
    const control = this.#control;
    if (control[TAIL_AT + OWNER] !== this.#memory.thread) this.#enter(TAIL_AT, "writer");
    const tail = control[TAIL_AT];
    const untilEnd = this.#mask + 1 - (tail & this.#mask);
    const needed = slots <= untilEnd ? slots : untilEnd + slots;
    if (needed > this.#room(tail)) {
      control[TAIL_AT + SEEN] = Atomics.load(control, HEAD_AT);
      if (needed > this.#room(tail)) return -1;
    }
    if (needed === slots) return tail;
    // The rest of the ring is too short: it becomes padding, and is published together with the record.
    this.#words[tail & this.#mask] = untilEnd;
    this.#memory.setLength(tail, SKIP);
    return (tail + untilEnd) & POSITION_MASK;
  }

  #room(tail: number): number {
    return this.#mask + 1 - ((tail - this.#control[TAIL_AT + SEEN]) & POSITION_MASK);
  }

  publish(position: number, slots: number, length: number): void {
    this.#words[position & this.#mask] = slots;
    this.#memory.setLength(position, length);
    Atomics.store(this.#control, TAIL_AT, (position + slots) & POSITION_MASK);
    this.readable.wake();
  }

  take(): number {
    const control = this.#control;
    if (control[HEAD_AT + OWNER] !== this.#memory.thread) this.#enter(HEAD_AT, "reader");
    const head = control[HEAD_AT];
    if (head !== control[HEAD_AT + SEEN]) return head;
    const tail = Atomics.load(control, TAIL_AT);
    control[HEAD_AT + SEEN] = tail;
    return head === tail ? -1 : head;
  }

  slotsAt(position: number): number {
    return this.#words[position & this.#mask];
  }

  release(position: number, slots: number): void {
    Atomics.store(this.#control, HEAD_AT, (position + slots) & POSITION_MASK);
    this.writable.wake();
  }

  reclaim(thread: number): RingReclaimed {
    Atomics.compareExchange(this.#control, TAIL_AT + OWNER, thread, 0);
    Atomics.compareExchange(this.#control, HEAD_AT + OWNER, thread, 0);
    return { unwritten: 0, unread: 0 };
  }

  leave(): void {
    this.reclaim(this.#memory.thread);
  }

  // The first thread to write becomes the writer, the first to read becomes the reader, until it leaves or is reclaimed.
  #enter(border: number, role: string): void {
    const { thread } = this.#memory;
    const owner = Atomics.compareExchange(this.#control, border + OWNER, 0, thread);
    if (owner === 0 || owner === thread) return;
    throw new PoolError(
      "WRONG_THREAD",
      `thread ${owner} is the ${role} of this ring, and thread ${thread} cannot be another one; let it leave() first, reclaim it when it is gone, or create the ring without { threads: "two" }`,
      { owner, thread },
    );
  }
}
