// The book of mode "checked": who holds which block since when, and whether anybody wrote where they may not.
import type { TypedArray } from "../memory/elements.ts";
import { PoolError } from "../memory/errors.ts";
import { guardDamage, PAINT, paintDamage, paintGuard } from "../memory/paint.ts";
import type { Slot } from "./slot.ts";

/** When and where an array was acquired, as far as it was noted. */
export interface Acquisition {
  readonly tag: string | undefined;
  /** `performance.now()` at the time. */
  readonly at: number;
  /** Only for one acquisition in `stackEvery`. */
  readonly stack: string | undefined;
}

export class Checks {
  readonly #stackEvery: number;
  // By slot; by array where arrays have buffers of their own.
  readonly #holders = new WeakMap<Slot | TypedArray, Acquisition>();
  readonly #lastHolders = new WeakMap<Slot, Acquisition>();
  readonly #released = new WeakSet<TypedArray>();
  #untilStack = 0;

  constructor(stackEvery: number) {
    this.#stackEvery = stackEvery;
  }

  /** Notes an acquisition and puts guard bytes behind the array. Throws when the block was written to meanwhile. */
  acquired(slot: Slot, array: TypedArray, tag: string | undefined): void {
    const bytes = slot.bytes();
    const damage = slot.painted ? paintDamage(bytes) : -1;
    slot.painted = false;
    if (damage >= 0) {
      const last = this.#lastHolders.get(slot);
      throw new PoolError(
        "WRITE_AFTER_RELEASE",
        `byte ${damage} of a block was written after its release by its last holder${described(last)}; ` +
          "look for a use of the array after release",
        { byte: damage, tag: last?.tag, stack: last?.stack },
      );
    }
    paintGuard(bytes.subarray(array.byteLength));
    this.hold(slot, tag);
  }

  /** Notes an acquisition. */
  hold(what: Slot | TypedArray, tag: string | undefined): void {
    const sampled = this.#untilStack === 0;
    this.#untilStack = sampled ? this.#stackEvery - 1 : this.#untilStack - 1;
    this.#holders.set(what, { tag, at: performance.now(), stack: sampled ? stackHere() : undefined });
  }

  /** Paints the block, unless its content is to stay; the first damaged guard byte behind the array, or -1. */
  released(slot: Slot, array: TypedArray, paint = true): number {
    const bytes = slot.bytes();
    const damage = guardDamage(bytes.subarray(array.byteLength));
    if (paint) bytes.fill(PAINT);
    slot.painted = paint;
    this.#released.add(array);
    const holder = this.#holders.get(slot);
    this.#holders.delete(slot);
    if (holder !== undefined) this.#lastHolders.set(slot, holder);
    return damage;
  }

  /** True when this very array was given back earlier. */
  wasReleased(array: TypedArray): boolean {
    return this.#released.has(array);
  }

  /** Who holds a block, or an array outside all blocks. */
  holderOf(what: Slot | TypedArray): Acquisition | undefined {
    return this.#holders.get(what);
  }
}

/** What is known of a holder, as it goes into the middle of a sentence. */
export function described(holder: Acquisition | undefined): string {
  if (holder === undefined) return "";
  const tag = holder.tag === undefined ? "" : `, tagged "${holder.tag}"`;
  return holder.stack === undefined ? tag : `${tag}, acquired at:\n${holder.stack}\n`;
}

// Up to this many frames lie between the user's call and here.
const OWN_FRAMES = 10;

// The frames of this package come first; without more room they would push out the user's.
function stackHere(): string | undefined {
  const host = Error as { stackTraceLimit?: number };
  const { stackTraceLimit } = host;
  if (stackTraceLimit === undefined) return new Error("acquired here").stack;
  host.stackTraceLimit = stackTraceLimit + OWN_FRAMES;
  const { stack } = new Error("acquired here");
  host.stackTraceLimit = stackTraceLimit;
  return stack;
}
