// Builds a text in pooled memory: pieces of other texts, strings and single bytes, one after another.

import { decodeUtf8, encodeUtf8, type Pool } from "@millpond/core";

const FIRST_BYTES = 1024;

/** A growing UTF-8 text. `release` gives its memory back. */
export class ByteWriter {
  /** How many bytes have been written. */
  length = 0;
  readonly #pool: Pool;
  #bytes: Uint8Array;

  constructor(pool: Pool, expectedBytes: number = FIRST_BYTES) {
    this.#pool = pool;
    this.#bytes = pool.acquireUnsafe(Uint8Array, Math.max(FIRST_BYTES, expectedBytes));
  }

  /** One byte. */
  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  /** The same byte `count` times. */
  repeat(value: number, count: number): void {
    if (this.length + count > this.#bytes.length) this.#grow(count);
    this.#bytes.fill(value, this.length, this.length + count);
    this.length += count;
  }

  /** The bytes of another text from `from` to `to`. */
  copy(bytes: Uint8Array, from: number, to: number): void {
    const count = to - from;
    if (this.length + count > this.#bytes.length) this.#grow(count);
    // A loop is faster than a view and a call for what tokens usually have.
    if (count < 48) for (let at = 0; at < count; at++) this.#bytes[this.length + at] = bytes[from + at];
    else this.#bytes.set(bytes.subarray(from, to), this.length);
    this.length += count;
  }

  /** A string. */
  text(text: string): void {
    // A unit of UTF-16 takes three bytes at most.
    const most = text.length * 3;
    if (this.length + most > this.#bytes.length) this.#grow(most);
    this.length = encodeUtf8(text, this.#bytes, this.length);
  }

  /** The last byte, or 0. */
  get last(): number {
    return this.length === 0 ? 0 : this.#bytes[this.length - 1];
  }

  /** What was written, in pooled memory: valid until the next write, and not to be kept. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  /** A copy of what was written, which is the caller's own. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  /** What was written as a string. */
  toText(): string {
    return decodeUtf8(this.#bytes, 0, this.length);
  }

  /** Gives the memory back. */
  release(): void {
    this.#pool.release(this.#bytes);
  }

  #grow(more: number): void {
    const old = this.#bytes;
    this.#bytes = this.#pool.acquireUnsafe(Uint8Array, Math.max(old.length * 2, this.length + more));
    this.#bytes.set(old.subarray(0, this.length));
    this.#pool.release(old);
  }
}
