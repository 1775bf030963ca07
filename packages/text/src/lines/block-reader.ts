// Reads a text into blocks of shared memory, each of which ends with a line end, the last one perhaps without.
import type { SharedPool } from "@millpond/core";
import { TextError } from "../errors.ts";
import type { AsyncReading } from "../source/async-reading.ts";

const LF = 0x0a;
const MOST_BYTES_PER_CHARACTER = 4;

/** Whole lines, in memory that is to be released. */
export interface Block {
  readonly memory: Uint8Array;
  readonly length: number;
  /** Where they start in the text. */
  readonly offset: number;
}

/** Cuts a text into blocks. */
export class BlockReader {
  readonly #pool: SharedPool;
  readonly #blockBytes: number;
  readonly #maxLineBytes: number;
  readonly #mark: Uint8Array;
  // The block that is being filled; it starts with a line.
  #memory: Uint8Array;
  #filled = 0;
  #offset = 0;
  #final = false;

  constructor(pool: SharedPool, blockBytes: number, maxLineBytes: number, mark: Uint8Array | undefined) {
    this.#pool = pool;
    this.#blockBytes = Math.max(blockBytes, MOST_BYTES_PER_CHARACTER);
    this.#maxLineBytes = maxLineBytes;
    this.#mark = mark ?? Uint8Array.of(LF);
    this.#memory = pool.acquireUnsafe(Uint8Array, this.#blockBytes);
  }

  /** Bytes in the blocks so far. */
  get bytes(): number {
    return this.#offset;
  }

  /** The next block, or undefined when there is no more. */
  async next(reading: AsyncReading): Promise<Block | undefined> {
    for (;;) {
      await this.#fill(reading);
      if (this.#final && this.#filled === 0) return undefined;
      const cut = this.#final ? this.#filled : this.#lastLineEnd();
      if (cut > 0) return this.#cutAt(cut);
      this.#grow();
    }
  }

  /** Gives back what is being filled. */
  release(): void {
    this.#pool.release(this.#memory);
  }

  async #fill(reading: AsyncReading): Promise<void> {
    while (!this.#final && this.#memory.length - this.#filled >= MOST_BYTES_PER_CHARACTER) {
      const count = await reading.read(this.#memory.subarray(this.#filled));
      this.#filled += count;
      this.#final = count === 0;
    }
  }

  // Behind the last line end. A line end of several bytes is looked for from the start, as the workers do it: of two
  // that overlap, the first counts.
  #lastLineEnd(): number {
    const { length } = this.#mark;
    if (length === 1) return this.#memory.lastIndexOf(this.#mark[0], this.#filled - 1) + 1;
    let behind = 0;
    let at = this.#memory.indexOf(this.#mark[0]);
    while (at >= 0 && at + length <= this.#filled) {
      const isMark = this.#mark.every((byte, index) => this.#memory[at + index] === byte);
      if (isMark) behind = at + length;
      at = this.#memory.indexOf(this.#mark[0], isMark ? behind : at + 1);
    }
    return behind;
  }

  #cutAt(length: number): Block {
    const memory = this.#memory;
    const left = this.#filled - length;
    const next = this.#pool.acquireUnsafe(Uint8Array, Math.max(this.#blockBytes, left));
    next.set(memory.subarray(length, this.#filled));
    const offset = this.#offset;
    this.#memory = next;
    this.#filled = left;
    this.#offset += length;
    return { memory, length, offset };
  }

  // Not one line ends in the block.
  #grow(): void {
    if (this.#filled > this.#maxLineBytes) {
      throw new TextError(
        "LINE_TOO_LONG",
        `the line that starts at byte ${this.#offset} has more than ${this.#maxLineBytes} bytes; raise maxLineBytes ` +
          "if that is right",
      );
    }
    const larger = this.#pool.acquireUnsafe(Uint8Array, 2 * this.#memory.length);
    larger.set(this.#memory.subarray(0, this.#filled));
    this.#pool.release(this.#memory);
    this.#memory = larger;
  }
}
