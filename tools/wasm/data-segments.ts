// Reads from a compiled module which bytes of memory it writes when it is instantiated.

import type { Slice } from "./slices.ts";

const dataSection = 11;
const headerBytes = 8;
const opcodeI32Const = 0x41;
const opcodeEnd = 0x0b;

/** The address range of every data segment. Throws for segments that are not written at a constant address. */
export function dataSegments(bytes: Uint8Array): Slice[] {
  const reader = new Reader(bytes, headerBytes);
  while (reader.more()) {
    const id = reader.byte();
    const length = reader.unsigned();
    if (id === dataSection) return Array.from({ length: reader.unsigned() }, () => segment(reader));
    reader.skip(length);
  }
  return [];
}

function segment(reader: Reader): Slice {
  if (reader.unsigned() !== 0) throw new Error("a data segment is passive or names a memory");
  if (reader.byte() !== opcodeI32Const) throw new Error("a data segment has a computed address");
  const base = reader.signed() >>> 0;
  if (reader.byte() !== opcodeEnd) throw new Error("a data segment has a computed address");
  const length = reader.unsigned();
  reader.skip(length);
  return { base, end: base + length };
}

// Bytes and LEB128 numbers, one after another.
class Reader {
  readonly #bytes: Uint8Array;
  #offset: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  more(): boolean {
    return this.#offset < this.#bytes.length;
  }

  byte(): number {
    if (!this.more()) throw new Error("the module ends in the middle of a section");
    return this.#bytes[this.#offset++];
  }

  skip(length: number): void {
    this.#offset += length;
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  signed(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      const bits = shift + 7;
      return bits < 32 && (byte & 0x40) !== 0 ? value | (-1 << bits) : value;
    }
  }
}
