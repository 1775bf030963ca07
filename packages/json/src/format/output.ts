// Bytes that are written one after another into pooled memory.

import type { Pool } from "@millpond/core";

// Up to so many bytes a loop is faster than making a view for `set`.
const SHORT = 48;

/** Output that grows in pooled memory; `close()` gives it back. */
export class Output {
  /** What was written so far, and room behind it. */
  bytes: Uint8Array;
  /** How many bytes were written. */
  length = 0;
  readonly #pool: Pool;

  constructor(pool: Pool, capacity: number) {
    this.#pool = pool;
    this.bytes = pool.acquireUnsafe(Uint8Array, Math.max(64, capacity));
  }

  /** Writes one byte. */
  byte(value: number): void {
    if (this.length === this.bytes.length) this.#grow(1);
    this.bytes[this.length++] = value;
  }

  /** Writes the same byte `count` times. */
  repeat(value: number, count: number): void {
    if (this.length + count > this.bytes.length) this.#grow(count);
    this.bytes.fill(value, this.length, this.length + count);
    this.length += count;
  }

  /** Writes the bytes of `source` from `from` to `to`. */
  copy(source: Uint8Array, from: number, to: number): void {
    const count = to - from;
    if (this.length + count > this.bytes.length) this.#grow(count);
    if (count <= SHORT) copyShort(source, from, to, this.bytes, this.length);
    else this.bytes.set(source.subarray(from, to), this.length);
    this.length += count;
  }

  /** Gives the memory back. */
  close(): void {
    this.#pool.release(this.bytes);
  }

  #grow(more: number): void {
    const old = this.bytes;
    this.bytes = this.#pool.acquireUnsafe(Uint8Array, Math.max(this.length + more, old.length * 2));
    this.bytes.set(old.subarray(0, this.length));
    this.#pool.release(old);
  }
}

function copyShort(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): void {
  for (let place = from; place < to; place++) target[at + place - from] = source[place];
}
