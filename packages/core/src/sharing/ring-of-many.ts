// A ring of many writers and many readers: how its slots change hands. Nobody waits for anybody here; a thread that was
// stopped in the middle is helped over, or skipped once `reclaim` says that it is gone.
//
// test/sharing/ring-steps.ts is this file once more, step by step, for the exhaustive test of interleavings.
import type { RingMemory, RingProtocol, RingReclaimed } from "./ring-memory.ts";
import {
  HEAD_AT,
  POSITION_MASK,
  READABLE_AT,
  READING,
  READY,
  recordLap,
  recordSlots,
  recordState,
  recordThread,
  recordWord,
  SKIP,
  TAIL_AT,
  WRITABLE_AT,
  WRITING,
} from "./ring-words.ts";
import { Bell } from "./waiting.ts";

export class RingOfMany implements RingProtocol {
  readonly readable: Bell;
  readonly writable: Bell;
  readonly #memory: RingMemory;
  readonly #control: Int32Array;
  readonly #words: Int32Array;
  readonly #mask: number;
  readonly #lapShift: number;

  constructor(memory: RingMemory) {
    const { control, words, mask } = memory;
    this.#memory = memory;
    this.#control = control;
    this.#words = words;
    this.#mask = mask;
    this.#lapShift = 32 - Math.clz32(mask);
    this.readable = new Bell(control.subarray(READABLE_AT, READABLE_AT + 2));
    this.writable = new Bell(control.subarray(WRITABLE_AT, WRITABLE_AT + 2));
  }

  /** Makes all slots of a new ring free. */
  static prepare({ words }: RingMemory): void {
    for (let place = 0; place < words.length; place++) words[place] = place;
  }

  claim(slots: number): number {
    for (;;) {
      const tail = Atomics.load(this.#control, TAIL_AT);
      const place = tail & this.#mask;
      const word = Atomics.load(this.#words, place);
      if (word !== tail) {
        if (!this.#help(TAIL_AT, tail, word)) return -1;
        continue;
      }
      const untilEnd = this.#mask + 1 - place;
      const taken = slots <= untilEnd ? slots : untilEnd;
      if (!this.#isFree(tail, taken)) return -1;
      const claimed = recordWord(WRITING, this.#lapOf(tail), taken, this.#memory.thread);
      if (Atomics.compareExchange(this.#words, place, tail, claimed) !== tail) continue;
      this.#advance(TAIL_AT, tail, taken);
      if (taken === slots) return tail;
      // The rest of the ring is too short: it becomes padding, and the record starts at the beginning.
      this.publish(tail, taken, SKIP);
    }
  }

  publish(position: number, slots: number, length: number): void {
    this.#memory.setLength(position, length);
    const ready = recordWord(READY, this.#lapOf(position), slots, this.#memory.thread);
    Atomics.store(this.#words, position & this.#mask, ready);
    this.readable.ring();
  }

  #isFree(position: number, slots: number): boolean {
    for (let ahead = 1; ahead < slots; ahead++) {
      const expected = (position + ahead) & POSITION_MASK;
      if (Atomics.load(this.#words, expected & this.#mask) !== expected) return false;
    }
    return true;
  }

  // Somebody claimed this position and has not moved the border on yet: done here for him. False when the slot is of
  // an earlier round, which at the tail means that the ring is full.
  #help(border: number, position: number, word: number): boolean {
    const state = recordState(word);
    const moved = Atomics.load(this.#control, border) !== position;
    if (moved) return true;
    const ours = state >= 0 && recordLap(word) === (this.#lapOf(position) & 0x7f);
    if (!ours || (border === HEAD_AT && state !== READING)) return false;
    this.#advance(border, position, recordSlots(word));
    return true;
  }

  #advance(border: number, position: number, slots: number): void {
    Atomics.compareExchange(this.#control, border, position, (position + slots) & POSITION_MASK);
  }

  #lapOf(position: number): number {
    return position >>> this.#lapShift;
  }

  take(): number {
    for (;;) {
      const head = Atomics.load(this.#control, HEAD_AT);
      const place = head & this.#mask;
      const word = Atomics.load(this.#words, place);
      if (recordState(word) !== READY || recordLap(word) !== (this.#lapOf(head) & 0x7f)) {
        if (!this.#help(HEAD_AT, head, word)) return -1;
        continue;
      }
      const taken = recordWord(READING, recordLap(word), recordSlots(word), this.#memory.thread);
      if (Atomics.compareExchange(this.#words, place, word, taken) !== word) continue;
      this.#advance(HEAD_AT, head, recordSlots(word));
      return head;
    }
  }

  slotsAt(position: number): number {
    return recordSlots(Atomics.load(this.#words, position & this.#mask));
  }

  release(position: number, slots: number): void {
    // The first slot last: until then the record is known to be somebody's.
    for (let ahead = slots - 1; ahead >= 0; ahead--) {
      const next = (position + ahead + this.#mask + 1) & POSITION_MASK;
      Atomics.store(this.#words, next & this.#mask, next);
    }
    this.writable.ring();
  }

  reclaim(thread: number): RingReclaimed {
    const done = { unwritten: 0, unread: 0 };
    for (let place = 0; place <= this.#mask; place++) {
      const word = Atomics.load(this.#words, place);
      if (word >= 0 || recordThread(word) !== thread) continue;
      const state = recordState(word);
      if (state === READY || !this.#takeOver(place, word, state)) continue;
      const position = this.#positionOf(place, word);
      // The border may not have moved past the record yet, and nobody would move it once the record is gone.
      this.#advance(state === WRITING ? TAIL_AT : HEAD_AT, position, recordSlots(word));
      if (state === WRITING) {
        this.publish(position, recordSlots(word), SKIP);
        done.unwritten++;
      } else {
        this.release(position, recordSlots(word));
        done.unread++;
      }
    }
    return done;
  }

  // Nobody is refused anything here.
  leave(): void {}

  // The record is this thread's first, so that of two that clean up one does it.
  #takeOver(place: number, word: number, state: number): boolean {
    const mine = recordWord(state, recordLap(word), recordSlots(word), this.#memory.thread);
    return Atomics.compareExchange(this.#words, place, word, mine) === word;
  }

  // From the place and the round, which is that of the head or a near one.
  #positionOf(place: number, word: number): number {
    const lap = this.#lapOf(Atomics.load(this.#control, HEAD_AT));
    // 0, or 1 ahead where the head is in the round before; a record that was read may be some rounds behind.
    const ahead = ((recordLap(word) - lap + 64) & 0x7f) - 64;
    return (((lap + ahead) << this.#lapShift) + place) & POSITION_MASK;
  }
}
