// Reads a text into blocks of shared memory, each of which ends with a line end, the last one perhaps without.
//
//     source    …|line|line|line|li|ne|line|…
//     block 1   |line|line|line|li|
//     block 2                  ..|li|ne|line|…      what is left over ends at a whole word, and reading goes on there
//
// V8 copies into shared memory by words where source and target lie alike, and byte by byte elsewhere, in four times the
// time. A text that is read from its start on, a whole number of words each time, lies like its block.
import type { SharedPool } from "@millpond/core";
import { countByte } from "../bytes/count.ts";
import { TextError } from "../errors.ts";
import type { AsyncReading } from "../source/async-reading.ts";
import { leastRoomOf } from "../source/source.ts";

const LF = 0x0a;
const WORD_BYTES = 8;

/** Whole lines, in memory that is to be released. */
export interface Block {
  readonly memory: Uint8Array;
  /** The lines in it. */
  readonly bytes: Uint8Array;
  /** Where they start in the text. */
  readonly offset: number;
  /** Lines before them. */
  readonly linesBefore: number;
}

/** Cuts a text into blocks. */
export class BlockReader {
  readonly #pool: SharedPool;
  readonly #blockBytes: number;
  readonly #maxLineBytes: number;
  readonly #mark: Uint8Array;
  // The block that is being filled, and where in it the first line starts.
  #memory: Uint8Array;
  #start = 0;
  #filled = 0;
  #offset = 0;
  #lines = 0;
  #final = false;

  constructor(pool: SharedPool, blockBytes: number, maxLineBytes: number, mark: Uint8Array | undefined) {
    this.#pool = pool;
    this.#blockBytes = Math.max(blockBytes, leastRoomOf(blockBytes));
    this.#maxLineBytes = maxLineBytes;
    this.#mark = mark ?? Uint8Array.of(LF);
    this.#memory = pool.acquireUnsafe(Uint8Array, this.#blockBytes);
  }

  /** Bytes in the blocks so far. */
  get bytes(): number {
    return this.#offset;
  }

  /** Lines in the blocks so far. */
  get lines(): number {
    return this.#lines;
  }

  /** The next block, or undefined when there is no more. */
  async next(reading: AsyncReading): Promise<Block | undefined> {
    for (;;) {
      await this.#fill(reading);
      if (this.#final && this.#filled === 0) return undefined;
      const cut = this.#final ? this.#filled : this.#lastLineEnd();
      if (cut > this.#start) return this.#cutAt(cut);
      this.#grow();
    }
  }

  /** Gives back what is being filled. */
  release(): void {
    this.#pool.release(this.#memory);
  }

  async #fill(reading: AsyncReading): Promise<void> {
    const leastRoom = leastRoomOf(this.#blockBytes);
    while (!this.#final && this.#memory.length - this.#filled >= leastRoom) {
      const count = await reading.read(this.#memory.subarray(this.#filled));
      this.#filled += count;
      this.#final = count === 0;
    }
  }

  // Behind the last line end; where there is none, not behind the start.
  #lastLineEnd(): number {
    if (this.#mark.length === 1) return this.#memory.lastIndexOf(this.#mark[0], this.#filled - 1) + 1;
    return this.#start + lastMark(this.#memory.subarray(this.#start, this.#filled), this.#mark).behind;
  }

  #cutAt(end: number): Block {
    const memory = this.#memory;
    const bytes = memory.subarray(this.#start, end);
    const rest = memory.subarray(end, this.#filled);
    const offset = this.#offset;
    const linesBefore = this.#lines;
    this.#filled = Math.ceil(rest.length / WORD_BYTES) * WORD_BYTES;
    this.#start = this.#filled - rest.length;
    this.#memory = this.#pool.acquireUnsafe(Uint8Array, Math.max(this.#blockBytes, this.#filled));
    this.#memory.set(rest, this.#start);
    this.#lines += linesIn(bytes, this.#mark);
    this.#offset += bytes.length;
    return { memory, bytes, offset, linesBefore };
  }

  // Not one line ends in the block.
  #grow(): void {
    if (this.#filled - this.#start > this.#maxLineBytes) {
      const place = { line: this.#lines + 1, column: 1, offset: this.#offset };
      throw new TextError(
        "LINE_TOO_LONG",
        `line ${place.line}, which starts at byte ${place.offset}, has more than ${this.#maxLineBytes} bytes; raise ` +
          "maxLineBytes if that is right",
        place,
      );
    }
    const larger = this.#pool.acquireUnsafe(Uint8Array, 2 * this.#memory.length);
    larger.set(this.#memory.subarray(this.#start, this.#filled), this.#start);
    this.#pool.release(this.#memory);
    this.#memory = larger;
  }
}

// Lines in a block, which ends with a line end or with the text.
function linesIn(block: Uint8Array, mark: Uint8Array): number {
  if (mark.length === 1) return countByte(block, mark[0]) + Number(block[block.length - 1] !== mark[0]);
  const { count, behind } = lastMark(block, mark);
  return count + Number(behind < block.length);
}

// How many line ends of several bytes there are, and where the last one ends. They are looked for from the start, as the
// workers do it: of two that overlap, the first counts.
function lastMark(bytes: Uint8Array, mark: Uint8Array): { count: number; behind: number } {
  let count = 0;
  let behind = 0;
  let at = bytes.indexOf(mark[0]);
  while (at >= 0 && at + mark.length <= bytes.length) {
    const start = at;
    const isMark = mark.every((byte, index) => bytes[start + index] === byte);
    if (isMark) {
      count++;
      behind = at + mark.length;
    }
    at = bytes.indexOf(mark[0], isMark ? behind : at + 1);
  }
  return { count, behind };
}
