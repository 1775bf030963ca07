// Results in an arena: tables and texts lie one behind the other in its chunks, and go back together.
import {
  type Arena,
  type ArenaChunk,
  encodeUtf8,
  type Pool,
  type StringArena,
  strings,
  utf8Length,
} from "@millpond/core";
import type { Home, Words } from "./home.ts";
import type { EncodedText } from "./tables.ts";

const MOST_BYTES_PER_UNIT = 3;
// Longer texts are counted before they are given room.
const MOST_LOOSE_UNITS = 1024;

/** The home of the results of one scope. */
export class ArenaHome implements Home {
  readonly #pool: Pool;
  readonly #arena: Arena;
  #strings: StringArena | undefined;
  // The chunk that words were taken from last, as words.
  #chunk: ArenaChunk | undefined;
  #chunkWords: Uint32Array = new Uint32Array(0);
  readonly #views = new WeakMap<ArenaChunk, Uint32Array>();
  // The address of the words that were taken last.
  #address = 0;

  constructor(pool: Pool, arena: Arena) {
    this.#pool = pool;
    this.#arena = arena;
  }

  get live(): boolean {
    return !this.#arena.released;
  }

  get usedBytes(): number {
    return this.#arena.usedBytes + (this.#strings?.usedBytes ?? 0);
  }

  /** The strings of the scope. */
  openStrings(): StringArena {
    this.#strings ??= strings(this.#pool, { name: "strings of a scope" });
    return this.#strings;
  }

  closeStrings(): void {}

  giveBack(): void {}

  /** Room for so many words: returns the table they lie in; their place in it is `base`. */
  takeWords(count: number): Uint32Array {
    this.#address = this.#arena.allocBytesUnsafe(count * 4, 4);
    const chunk = this.#arena.chunkOf(this.#address);
    if (chunk !== this.#chunk) this.#enter(chunk);
    return this.#chunkWords;
  }

  /** Where the words that were taken last start in their table. */
  get base(): number {
    return (this.#address - (this.#chunk as ArenaChunk).address) / 4;
  }

  /** Gives the end of the words back that were taken last. */
  shrinkWords(count: number, used: number): void {
    this.#arena.shrinkLast(this.#address, count * 4, used * 4);
  }

  settle(table: Uint32Array, used: number): Words {
    const words = this.takeWords(used);
    const { base } = this;
    words.set(table.subarray(0, used), base);
    return { words, base };
  }

  encode(text: string): EncodedText {
    const most = text.length > MOST_LOOSE_UNITS ? utf8Length(text) : text.length * MOST_BYTES_PER_UNIT;
    const address = this.#arena.allocBytesUnsafe(most, 1);
    const chunk = this.#arena.chunkOf(address);
    const start = address - chunk.address;
    const end = encodeUtf8(text, chunk.bytes, start);
    this.#arena.shrinkLast(address, most, end - start);
    return { bytes: chunk.bytes, start, end };
  }

  /** Takes everything back. */
  end(): void {
    try {
      this.#strings?.release();
    } finally {
      this.#arena.release();
    }
  }

  #enter(chunk: ArenaChunk): void {
    let words = this.#views.get(chunk);
    if (words === undefined) {
      // SAFETY: chunks start on a cache line, and words are taken at multiples of four within them.
      const { buffer, byteOffset, length } = chunk.bytes;
      words = new Uint32Array(buffer, byteOffset, Math.floor(length / 4));
      this.#views.set(chunk, words);
    }
    this.#chunk = chunk;
    this.#chunkWords = words;
  }
}
