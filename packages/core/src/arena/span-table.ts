// Where the strings of an arena lie: an address and a length for each, as columns in pooled memory.
import type { Allocator } from "../memory/allocator.ts";

const LEAST_ROWS = 256;

const NO_STARTS: Float64Array = new Float64Array(0);
const NO_LENGTHS: Uint32Array = new Uint32Array(0);

/** Two columns that grow together. Fields are for the string arena, which fills them. */
export class SpanTable {
  /** Arena addresses; they can exceed 32 bits. */
  starts: Float64Array = NO_STARTS;
  /** Bytes. */
  lengths: Uint32Array = NO_LENGTHS;
  /** Rows that are in use. */
  count = 0;
  readonly #allocator: Allocator;
  #leastRows = LEAST_ROWS;

  constructor(allocator: Allocator) {
    this.#allocator = allocator;
  }

  /** Makes room for one more row; does nothing or all of it. */
  grow(): void {
    const rows = Math.max(this.#leastRows, this.starts.length * 2);
    const starts = this.#allocator.acquireUnsafe(Float64Array, rows);
    let lengths: Uint32Array;
    try {
      lengths = this.#allocator.acquireUnsafe(Uint32Array, rows);
    } catch (error) {
      this.#allocator.release(starts);
      throw error;
    }
    starts.set(this.starts.subarray(0, this.count));
    lengths.set(this.lengths.subarray(0, this.count));
    this.release();
    this.starts = starts;
    this.lengths = lengths;
  }

  /** Of an empty table: gives its memory back where four times fewer rows would have done. */
  trim(rows: number): void {
    this.#leastRows = Math.max(LEAST_ROWS, 2 ** Math.ceil(Math.log2(rows + 1)));
    if (this.starts.length > 4 * this.#leastRows) this.release();
  }

  /** Gives the memory back. */
  release(): void {
    const { starts, lengths } = this;
    this.starts = NO_STARTS;
    this.lengths = NO_LENGTHS;
    if (starts === NO_STARTS) return;
    try {
      this.#allocator.release(starts);
    } finally {
      this.#allocator.release(lengths);
    }
  }

  /** Bytes that the table takes. */
  get reservedBytes(): number {
    return this.starts.byteLength + this.lengths.byteLength;
  }
}
