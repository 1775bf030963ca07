// Arrays that a pool hands out but that do not lie in its blocks: in the modes "off" and "strict", and when
// the budget is used up. They are known by identity, so that a wrong release is refused here as well.
import { ARRAY_TYPES, KIND_BYTES, type TypedArray } from "../memory/elements.ts";
import { GUARD_BYTES, guardDamage, paintGuard } from "./paint.ts";

/** What became of an array that was given back. */
export type OutsideRelease = "released" | "released before" | "unknown" | "guard damaged";

/** The arrays of one pool that live in buffers of their own. */
export class OutsideArrays {
  // In mode "off" a forgotten array is to be collected as it would be without a pool, hence the weak map;
  // otherwise it is to show up as a leak.
  readonly #live: Map<TypedArray, number> | WeakMap<TypedArray, number>;
  readonly #released = new WeakSet<TypedArray>();
  readonly #strict: boolean;
  readonly #listed: Map<TypedArray, number> | undefined;

  constructor(check: "off" | "strict" | "fallback") {
    this.#strict = check === "strict";
    this.#listed = check === "off" ? undefined : new Map();
    this.#live = this.#listed ?? new WeakMap();
  }

  /** A new array of zeros in memory of its own. */
  make(kind: number, length: number): TypedArray {
    const bytes = length * KIND_BYTES[kind];
    const array = this.#strict
      ? new ARRAY_TYPES[kind](new ArrayBuffer(Math.ceil(bytes / 8) * 8 + GUARD_BYTES), 0, length)
      : new ARRAY_TYPES[kind](length);
    if (this.#strict) paintGuard(new Uint8Array(array.buffer, bytes));
    this.#live.set(array, bytes);
    return array;
  }

  /** The bytes of an array in use, or undefined when it is not one. */
  bytesOf(array: TypedArray): number | undefined {
    return this.#live.get(array);
  }

  release(array: TypedArray): OutsideRelease {
    const bytes = this.#live.get(array);
    if (bytes === undefined) return this.#released.has(array) ? "released before" : "unknown";
    this.#live.delete(array);
    this.#released.add(array);
    if (!this.#strict) return "released";
    const damaged = array.byteLength === bytes && guardDamage(new Uint8Array(array.buffer, bytes)) >= 0;
    detach(array.buffer as ArrayBuffer);
    return damaged ? "guard damaged" : "released";
  }

  /** The arrays in use, where they are listed. */
  *live(): IterableIterator<TypedArray> {
    if (this.#listed !== undefined) yield* this.#listed.keys();
  }
}

// Node 20 has no `transfer`; cloning with a transfer list does the same.
function detach(buffer: ArrayBuffer): void {
  if (buffer.byteLength === 0) return;
  if (typeof buffer.transfer === "function") buffer.transfer(0);
  else structuredClone(undefined, { transfer: [buffer] });
}
