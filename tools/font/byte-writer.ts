// Bytes with numbers of seven bits each, the low ones first.

/** Collects numbers as bytes. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  /** A whole number of 0 or more. */
  number(value: number): void {
    if (!Number.isInteger(value) || value < 0) throw new Error(`${value} is no whole number of 0 or more`);
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#bytes.push((rest % 128) | 128);
    this.#bytes.push(rest);
  }

  /** A whole number; small ones of either sign take little room. */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  append(other: ByteWriter): void {
    for (const byte of other.#bytes) this.#bytes.push(byte);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
