// The book of mode "checked": who holds which block since when, and whether anybody wrote where they may not.
import type { TypedArray } from "../memory/elements.ts";
import { PoolError } from "../memory/errors.ts";
import { guardDamage, PAINT, paintDamage, paintGuard } from "./paint.ts";
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
  readonly #holders = new WeakMap<Slot, Acquisition>();
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
        `byte ${damage} of a block was written after its release${by(last)}; look for a use of the array after release`,
        { byte: damage, tag: last?.tag, stack: last?.stack },
      );
    }
    paintGuard(bytes.subarray(array.byteLength));
    this.#holders.set(slot, this.#note(tag));
  }

  #note(tag: string | undefined): Acquisition {
    const sampled = this.#untilStack === 0;
    this.#untilStack = sampled ? this.#stackEvery - 1 : this.#untilStack - 1;
    return { tag, at: performance.now(), stack: sampled ? new Error("acquired here").stack : undefined };
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

  /** Who holds a block. */
  holderOf(slot: Slot): Acquisition | undefined {
    return this.#holders.get(slot);
  }
}

function by(holder: Acquisition | undefined): string {
  if (holder === undefined) return "";
  const tag = holder.tag === undefined ? "" : ` by its last holder, tagged "${holder.tag}"`;
  return holder.stack === undefined ? tag : `${tag}, acquired at:\n${holder.stack}\n`;
}
