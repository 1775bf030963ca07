// Misbehaviour on request: blocks that never come back, come back late, or are full of garbage. A program
// that is right under chaos does not rely on getting the same memory again, nor on what is in it.
import { randomFrom } from "../memory/random.ts";
import type { ChaosOptions } from "./options.ts";
import type { Slot } from "./slot.ts";

const DELAYED_RELEASES = 16;
// "Dropped" blocks do come back once so many others were dropped.
const DROPPED_RELEASES = 1024;

export class Chaos {
  readonly #options: Required<ChaosOptions>;
  readonly #random: () => number;
  readonly #delayed: Slot[] = [];
  readonly #dropped: Slot[] = [];

  constructor(options: Required<ChaosOptions>) {
    this.#options = options;
    this.#random = randomFrom(options.seed);
  }

  /** Fills an array with garbage, sometimes; true when it did. */
  poison(bytes: Uint8Array): boolean {
    if (this.#random() >= this.#options.poison) return false;
    bytes.fill(1 + Math.floor(this.#random() * 255));
    return true;
  }

  /** The block that becomes idle in place of `slot`, or undefined for none. */
  release(slot: Slot): Slot | undefined {
    if (this.#random() < this.#options.drop) return exchange(this.#dropped, slot, DROPPED_RELEASES);
    if (this.#random() < this.#options.delay) return exchange(this.#delayed, slot, DELAYED_RELEASES);
    return slot;
  }

  /** All blocks held back: where memory runs out, chaos shall not be the reason. */
  surrender(): Slot[] {
    return [...this.#delayed.splice(0), ...this.#dropped.splice(0)];
  }
}

function exchange(queue: Slot[], slot: Slot, most: number): Slot | undefined {
  queue.push(slot);
  return queue.length > most ? queue.shift() : undefined;
}
