// Arrays that a pool hands out but that do not lie in its blocks: in the modes "off" and "strict", and when
// the budget is used up. They are known by their buffers, so that a wrong release is refused here as well.
import { ARRAY_TYPES, KIND_BYTES, type TypedArray } from "../memory/elements.ts";
import { PoolError } from "../memory/errors.ts";
import { formatBytes } from "../memory/units.ts";
import { BLOCK_ALIGN } from "./size-classes.ts";
import { GUARD_BYTES, guardDamage, paintGuard } from "../memory/paint.ts";

/** What an array is to a pool: in use, given back before, another view of one in use, or nothing. */
export type OutsideState = "in use" | "released" | "part" | "unknown";

interface Entry {
  readonly array: TypedArray;
  readonly bytes: number;
  live: boolean;
}

/** The arrays of one pool that live in buffers of their own. */
export class OutsideArrays {
  /** Arrays in use. */
  count = 0;
  /** Bytes that were asked for, of those in use. */
  bytes = 0;
  /** The same in units of 64 bytes, each array rounded up. */
  units = 0;
  readonly #strict: boolean;
  readonly #entries = new WeakMap<ArrayBufferLike, Entry>();
  // In mode "off" a forgotten array is to be collected as it would be without a pool; otherwise it is to show
  // up as a leak.
  readonly #listed: Set<Entry> | undefined;

  constructor(check: "off" | "strict" | "fallback") {
    this.#strict = check === "strict";
    this.#listed = check === "off" ? undefined : new Set();
  }

  /** A new array of zeros in memory of its own. */
  make(kind: number, length: number): TypedArray {
    const bytes = length * KIND_BYTES[kind];
    const array = this.#allocate(kind, length, bytes);
    const entry = { array, bytes, live: true };
    this.#entries.set(array.buffer, entry);
    this.#listed?.add(entry);
    this.#count(entry, 1);
    return array;
  }

  #allocate(kind: number, length: number, bytes: number): TypedArray {
    try {
      if (!this.#strict) return new ARRAY_TYPES[kind](length);
      const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8 + GUARD_BYTES);
      paintGuard(new Uint8Array(buffer, bytes));
      return new ARRAY_TYPES[kind](buffer, 0, length);
    } catch (cause) {
      const error = new PoolError(
        "POOL_EXHAUSTED",
        `the machine refused ${formatBytes(bytes)} outside the pool: ${String(cause)}; lower limitBytes`,
        { bytes },
      );
      error.cause = cause;
      throw error;
    }
  }

  #count(entry: Entry, sign: 1 | -1): void {
    this.count += sign;
    this.bytes += sign * entry.bytes;
    this.units += sign * unitsOf(entry.bytes);
  }

  /** What `array` is to this pool. */
  stateOf(array: TypedArray): OutsideState {
    const entry = this.#entries.get(array.buffer);
    if (entry === undefined) return "unknown";
    if (!entry.live) return "released";
    return entry.array === array ? "in use" : "part";
  }

  /**
   * Takes an array in use back, detaching it in mode "strict". Returns the first damaged byte behind it, or -1.
   * An array whose buffer was transferred away has nothing left to be looked at.
   */
  release(array: TypedArray): number {
    const entry = this.#entries.get(array.buffer) as Entry;
    entry.live = false;
    this.#listed?.delete(entry);
    this.#count(entry, -1);
    if (!this.#strict || array.buffer.byteLength === 0) return -1;
    const damage = guardDamage(new Uint8Array(array.buffer, entry.bytes));
    detach(array.buffer as ArrayBuffer);
    return damage;
  }

  /** The arrays in use, where they are listed. */
  *live(): IterableIterator<TypedArray> {
    for (const { array } of this.#listed ?? []) yield array;
  }
}

/** Bytes in units of 64, rounded up. */
export function unitsOf(bytes: number): number {
  return Math.ceil(bytes / BLOCK_ALIGN);
}

// Node 20 has no `transfer`; cloning with a transfer list does the same.
function detach(buffer: ArrayBuffer): void {
  if (typeof buffer.transfer === "function") buffer.transfer(0);
  else structuredClone(undefined, { transfer: [buffer] });
}
