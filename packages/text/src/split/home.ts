// Where the memory of a result comes from, and where it goes back to: a pool, piece by piece, or an arena, which takes
// everything back at once.
import { type Pool, type StringArena, strings } from "@millpond/core";
import { type EncodedText, encodeText } from "./tables.ts";

/** A stretch of words in a larger table. */
export interface Words {
  readonly words: Uint32Array;
  readonly base: number;
}

/** Where a result lives. */
export interface Home {
  /** False once the memory of everything in it has gone back. */
  readonly live: boolean;
  /** Writes a text. */
  encode(text: string): EncodedText;
  /** Where unescaped text goes. */
  openStrings(): StringArena;
  closeStrings(arena: StringArena): void;
  /** Where the words of a filled table lie from now on: in the table itself, or elsewhere, and it is needed no more. */
  settle(table: Uint32Array, used: number): Words;
  /** Gives back one array, where that is possible. */
  giveBack(array: Uint8Array | Uint32Array): void;
}

/** A pool: each result has arrays of its own. */
export class PoolHome implements Home {
  readonly live = true;
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  encode(text: string): EncodedText {
    return encodeText(this.#pool, text);
  }

  openStrings(): StringArena {
    return strings(this.#pool, { name: "unescaped text", chunkBytes: 1024 });
  }

  closeStrings(arena: StringArena): void {
    arena.release();
  }

  settle(words: Uint32Array): Words {
    return { words, base: 0 };
  }

  giveBack(array: Uint8Array | Uint32Array): void {
    this.#pool.release(array);
  }
}
