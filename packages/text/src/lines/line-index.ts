// Lines and fields found together, for the commonest case: delimiters of one byte, and nothing else to look at. The
// SIMD kernel that split() uses indexes the whole window, with the line end among the delimiters; a line is a run of
// pieces up to one that a line end ends.
//
//     text    mill,12\npond,7\nwhe          el,5\n  comes later
//     pieces  |--| || |--| | |-              the open piece goes on with it
import type { Pool } from "@millpond/core";
import { splitBytesKernel } from "../kernel/split-bytes.wasm.ts";
import { MOST_NEEDLES, needlesOf } from "../split/needles.ts";
import type { Plan } from "../split/options.ts";
import { TABLE_WORDS, tableWordsFor } from "../split/tables.ts";
import { Line, type LineContent } from "./line.ts";
import type { LineFinder } from "./line-splitter.ts";
import type { LineWindow } from "./line-window.ts";

const LF = 0x0a;
const CR = 0x0d;
// The kernel goes on as long as there is room for as many pieces.
const LEAST_ROOM = 64;

/** Whether lines of such fields can be indexed: `mark` is the line end, undefined for the default. */
export function canIndex(
  { typed, stripping, keepEmpty, delimiters }: Plan,
  mark: Uint8Array | undefined,
): boolean {
  const { single } = delimiters;
  if (typed || stripping || !keepEmpty || mark !== undefined || single === undefined) return false;
  const isOwn = single.some(([byte]) => byte === LF || byte === CR);
  return single.length < MOST_NEEDLES && !isOwn;
}

/** Finds lines and fields in one go. */
export class LineIndex implements LineFinder {
  readonly #pool: Pool;
  readonly #window: LineWindow;
  readonly #needles: number;
  // By byte: 1 for delimiters and line ends; for the loop that stands in for the kernel.
  readonly #flags: Uint8Array = new Uint8Array(256);
  readonly #content: LineContent;
  readonly #line: Line;
  #words: Uint32Array;
  // Pieces: the first of the next line, the first that was not looked at for a line end, and the end.
  #first = 0;
  #looked = 0;
  #top = 0;
  // How far the window is indexed, and where the piece starts that goes on there.
  #indexed = 0;
  #open = 0;

  // Where the text of the window starts in the whole text.
  readonly #offset: number;

  constructor({ delimiters }: Plan, window: LineWindow, offset: number, pool: Pool) {
    const list = [...(delimiters.single ?? []), Uint8Array.of(LF)];
    for (const [byte] of list) this.#flags[byte] = 1;
    this.#needles = needlesOf(list);
    this.#pool = pool;
    this.#window = window;
    this.#offset = offset;
    this.#words = pool.acquireUnsafe(Uint32Array, TABLE_WORDS[2]);
    const { bytes } = window;
    const words = this.#words;
    this.#content = { bytes, start: 0, end: 0, offset: 0, words, base: 0, shift: 0, unescaped: undefined };
    this.#line = new Line(this.#content, 2);
  }

  next(): Line | undefined {
    const window = this.#window;
    if (!window.begin()) return undefined;
    // Behind a byte order mark.
    if (this.#indexed < window.at) this.#indexed = this.#open = window.at;
    for (;;) {
      const last = lineEndIn(this.#words, window.bytes, this.#looked, this.#top);
      this.#looked = last;
      if (last < this.#top) return this.#show(last, this.#words[2 * last + 1], this.#words[2 * last + 1] + 1);
      if (this.#indexed < window.filled) {
        this.#makeRoom();
        this.#index(window);
      } else {
        return window.final && window.at < window.filled ? this.#showRest(window.filled) : undefined;
      }
    }
  }

  // Nothing is left to be shown but the beginning of a line.
  moved(bytes: number): void {
    this.#indexed -= bytes;
    this.#open -= bytes;
    for (let i = 2 * this.#first; i < 2 * this.#top; i++) this.#words[i] -= bytes;
  }

  release(): void {
    this.#line._leave();
    this.#pool.release(this.#words);
  }

  // A last line without a line end.
  #showRest(end: number): Line {
    this.#makeRoom();
    this.#words[2 * this.#top] = this.#open;
    this.#words[2 * this.#top + 1] = end;
    this.#top++;
    this.#open = end;
    return this.#show(this.#top - 1, end, end);
  }

  // Shows the line whose last piece is `last`.
  #show(last: number, end: number, behind: number): Line {
    const window = this.#window;
    const content = this.#content;
    window.show(end, behind);
    this.#words[2 * last + 1] = window.lineEnd;
    content.bytes = window.bytes;
    content.start = window.lineStart;
    content.end = window.lineEnd;
    content.offset = this.#offset + window.bytesBefore + window.lineStart;
    content.words = this.#words;
    content.base = 2 * this.#first;
    const length = last + 1 - this.#first;
    this.#first = last + 1;
    this.#looked = this.#first;
    return this.#line._move(window.lines - 1, length);
  }

  #index({ bytes, filled }: LineWindow): void {
    const words = this.#words;
    const room = words.length / 2 - this.#top;
    const kernel = bytes.buffer === words.buffer ? splitBytesKernel.over(words.buffer) : undefined;
    if (kernel === undefined) {
      this.#indexByLoop(bytes, filled);
      return;
    }
    // SAFETY: text and table lie in the region that the kernel works on, and it writes at most `room` pieces.
    const target = words.byteOffset + 8 * this.#top;
    const at = bytes.byteOffset;
    this.#top += kernel.splitAtBytes(at, this.#indexed, filled, this.#open, this.#needles, 1, target, room);
    this.#indexed = kernel.stoppedAt() >>> 0;
    this.#open = kernel.openPiece() >>> 0;
  }

  #indexByLoop(bytes: Uint8Array, filled: number): void {
    const words = this.#words;
    const flags = this.#flags;
    let top = 2 * this.#top;
    let open = this.#open;
    let at = this.#indexed;
    for (; at < filled && top < words.length; at++) {
      if (flags[bytes[at]] === 0) continue;
      words[top] = open;
      words[top + 1] = at;
      top += 2;
      open = at + 1;
    }
    this.#top = top / 2;
    this.#open = open;
    this.#indexed = at;
  }

  // Drops the pieces of lines that were shown, or takes a larger table where a single line fills it.
  #makeRoom(): void {
    if (this.#words.length / 2 - this.#top >= LEAST_ROOM) return;
    const used = this.#words.subarray(2 * this.#first, 2 * this.#top);
    if (2 * used.length <= this.#words.length) {
      this.#words.set(used);
    } else {
      const larger = this.#pool.acquireUnsafe(Uint32Array, tableWordsFor(this.#words.length + 1));
      larger.set(used);
      this.#pool.release(this.#words);
      this.#words = larger;
    }
    this.#top -= this.#first;
    this.#looked -= this.#first;
    this.#first = 0;
  }
}

// The first piece from `from` on that a line end ends, or `top`.
function lineEndIn(words: Uint32Array, bytes: Uint8Array, from: number, top: number): number {
  let piece = from;
  while (piece < top && bytes[words[2 * piece + 1]] !== LF) piece++;
  return piece;
}
