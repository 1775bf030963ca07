// The marks and scopes of an arena: a stack of positions to which it can be rewound.
//
// A mark is a number that was never used before, in this arena or another. The stack holds the marks that are
// still good, in the order they were taken, so a rewind drops every younger mark, and a mark that is not on the
// stack is refused, however the arena has grown since.
import { PoolError, show } from "../memory/errors.ts";

/** Where an arena stands: what a mark remembers. */
export interface Position {
  /** How many chunks are in use. */
  chunks: number;
  /** Which of them is being filled. */
  currentIndex: number;
  /** How far it is filled. */
  top: number;
  /** Bytes lost to alignment so far. */
  padding: number;
}

// An entry of the stack is one row of numbers.
const SERIAL = 0;
const CHUNKS = 1;
const CURRENT = 2;
const TOP = 3;
const PADDING = 4;
const KIND = 5;
/** Of a scope, the row of the scope around it; -1 for the outermost. */
const OUTER = 6;
const WIDTH = 7;

const NO_ROWS: Float64Array = new Float64Array(0);

const MARK = 0;
const OPEN_SCOPE = 1;
const ENDED_SCOPE = 2;

// Counts through all arenas, so that a mark of another one is never taken for one's own.
let lastSerial = 0;

export class MarkStack {
  // Most arenas see no mark, or a few: memory comes with the first.
  #rows: Float64Array = NO_ROWS;
  #depth = 0;
  // The row of the innermost open scope; -1 when none is.
  #scope = -1;
  // Marks up to this one were taken before the last reset.
  #before = lastSerial;

  /** True while a scope is open. */
  get inScope(): boolean {
    return this.#scope >= 0;
  }

  /** A mark of the position. Where nothing happened since the last mark, that one again. */
  mark(at: Position): number {
    const last = this.#depth - 1;
    if (last >= 0 && this.#rows[last * WIDTH + KIND] === MARK && this.#isAt(last, at)) {
      return this.#rows[last * WIDTH + SERIAL];
    }
    return this.#push(at, MARK);
  }

  /** Opens a scope at the position. */
  open(at: Position): number {
    const serial = this.#push(at, OPEN_SCOPE);
    this.#rows[(this.#depth - 1) * WIDTH + OUTER] = this.#scope;
    this.#scope = this.#depth - 1;
    return serial;
  }

  /** Moves `at` to where a mark was taken, and forgets the younger ones. */
  rewind(mark: number, at: Position): void {
    const row = this.#find(mark);
    if (row < 0 || this.#rows[row * WIDTH + KIND] !== MARK) throw this.#unknown(mark);
    if (row < this.#scope) {
      throw new PoolError(
        "BAD_SCOPE",
        "this mark was taken outside of the scope that is open now; end the scope before rewinding to it",
      );
    }
    this.#depth = row + 1;
    this.#read(row, at);
  }

  /**
   * Ends a scope: moves `at` to where it was opened, and forgets it and all that is younger. False when a
   * scope that was opened inside of it is still open; then the memory of both goes when that one ends.
   */
  close(serial: number, at: Position): boolean {
    const row = this.#find(serial);
    this.#rows[row * WIDTH + KIND] = ENDED_SCOPE;
    if (row !== this.#scope) return false;
    while (this.#scope >= 0 && this.#rows[this.#scope * WIDTH + KIND] === ENDED_SCOPE) {
      this.#depth = this.#scope;
      this.#read(this.#depth, at);
      this.#scope = this.#rows[this.#depth * WIDTH + OUTER];
    }
    return true;
  }

  /** True when a mark or scope stands behind the given place of the arena. */
  isBeyond(chunks: number, currentIndex: number, top: number): boolean {
    const row = (this.#depth - 1) * WIDTH;
    if (row < 0) return false;
    if (this.#rows[row + CHUNKS] > chunks) return true;
    return this.#rows[row + CURRENT] === currentIndex && this.#rows[row + TOP] > top;
  }

  /** Forgets everything: marks taken so far are stale. */
  clear(): void {
    this.#depth = 0;
    this.#scope = -1;
    this.#before = lastSerial;
  }

  #push(at: Position, kind: number): number {
    const row = this.#depth * WIDTH;
    if (row === this.#rows.length) this.#grow();
    this.#depth++;
    this.#rows[row + SERIAL] = ++lastSerial;
    this.#rows[row + CHUNKS] = at.chunks;
    this.#rows[row + CURRENT] = at.currentIndex;
    this.#rows[row + TOP] = at.top;
    this.#rows[row + PADDING] = at.padding;
    this.#rows[row + KIND] = kind;
    return lastSerial;
  }

  #grow(): void {
    const grown = new Float64Array(Math.max(8 * WIDTH, this.#rows.length * 2));
    grown.set(this.#rows);
    this.#rows = grown;
  }

  // Filling goes on in another chunk only with one chunk more in use.
  #isAt(row: number, at: Position): boolean {
    const start = row * WIDTH;
    return this.#rows[start + TOP] === at.top && this.#rows[start + CHUNKS] === at.chunks;
  }

  #read(row: number, at: Position): void {
    const start = row * WIDTH;
    at.chunks = this.#rows[start + CHUNKS];
    at.currentIndex = this.#rows[start + CURRENT];
    at.top = this.#rows[start + TOP];
    at.padding = this.#rows[start + PADDING];
  }

  // The row of a serial, or -1. Most often it is the last one; otherwise bisection, since serials ascend.
  #find(serial: number): number {
    let low = 0;
    let high = this.#depth - 1;
    if (high >= 0 && this.#rows[high * WIDTH] === serial) return high;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#rows[middle * WIDTH];
      if (found === serial) return middle;
      if (found < serial) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #unknown(mark: number): PoolError {
    if (!(Number.isSafeInteger(mark) && mark > 0 && mark <= lastSerial)) {
      return new PoolError("BAD_ARGUMENT", `expected a mark from mark(), got ${show(mark)}`, { got: mark });
    }
    if (mark <= this.#before) {
      return new PoolError("STALE_HANDLE", "this mark was taken before the last reset; take a new mark", {
        mark,
      });
    }
    return new PoolError(
      "BAD_SCOPE",
      "this mark is gone: the arena was rewound past it, its scope ended, or it is a mark of another arena; " +
        "rewind to younger marks first, or take a new one",
      { mark },
    );
  }
}
