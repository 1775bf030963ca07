// A window over a text that comes piece by piece: complete lines are shown in it one after the other, and what is left
// at its end moves to the start when room is needed. It grows when a single line does not fit.
//
//     bytes   ....done....|line|line|line|beginning of a li|....room....
//                          at                              filled
import type { Pool } from "@millpond/core";
import { TextError } from "../errors.ts";
import { leastRoomOf } from "../source/source.ts";

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/** Lines of a text, as far as it is there. */
export class LineWindow {
  /** The memory of the window. */
  bytes: Uint8Array;
  /** Where in it the line starts and ends that was found last, without its line end. */
  lineStart = 0;
  lineEnd = 0;
  /** How many lines were found, and where in the text the window starts. */
  lines = 0;
  bytesBefore = 0;
  /** Whether no more text will come. */
  final = false;
  // Undefined for text that lies in memory of somebody else, all of it.
  readonly #pool: Pool | undefined;
  readonly #mark: Uint8Array;
  readonly #dropsReturns: boolean;
  readonly #maxLineBytes: number;
  readonly #leastRoom: number;
  #at = 0;
  #filled = 0;
  // Before it there is no line end that was not found.
  #searched = 0;
  #started = false;

  constructor(bytes: Uint8Array, mark: Uint8Array | undefined, maxLineBytes: number, pool?: Pool) {
    this.bytes = bytes;
    this.#mark = mark ?? Uint8Array.of(LF);
    this.#dropsReturns = mark === undefined;
    this.#maxLineBytes = maxLineBytes;
    this.#leastRoom = leastRoomOf(bytes.length);
    this.#pool = pool;
  }

  /** A window over text that is there. It may be the end of a larger one: only the first part can have a mark. */
  static over(text: Uint8Array, mark: Uint8Array | undefined, isFirst: boolean): LineWindow {
    const window = new LineWindow(text, mark, Infinity);
    window.#filled = text.length;
    window.#started = !isFirst;
    window.final = true;
    return window;
  }

  /** Bytes of the text that were shown, line ends included. */
  get bytesDone(): number {
    return this.bytesBefore + this.#at;
  }

  /** Where the next line starts, and how far there is text. */
  get at(): number {
    return this.#at;
  }

  get filled(): number {
    return this.#filled;
  }

  /** Finds the next line; false when more text is needed, or there is no more. */
  next(): boolean {
    if (!this.begin()) return false;
    const end = this.#findMark();
    if (end >= 0) {
      this.show(end, end + this.#mark.length);
      return true;
    }
    if (!this.final || this.#at === this.#filled) return false;
    this.show(this.#filled, this.#filled);
    return true;
  }

  /** Skips a byte order mark; false when it cannot be told yet whether there is one. */
  begin(): boolean {
    return this.#started || this.#start();
  }

  /** Makes the text up to `end` the line that was found last; the next one starts at `behind`. */
  show(end: number, behind: number): void {
    const hasReturn = this.#dropsReturns && end > this.#at && this.bytes[end - 1] === CR;
    // A CR is part of the line end only where the LF is there too.
    const lineEnd = hasReturn && behind > end ? end - 1 : end;
    if (lineEnd - this.#at > this.#maxLineBytes) throw this.#tooLong();
    this.lineStart = this.#at;
    this.lineEnd = lineEnd;
    this.lines++;
    this.#at = behind;
  }

  /** The room behind the text. */
  room(): Uint8Array {
    while (this.bytes.length - this.#filled < this.#leastRoom) this.#makeRoom();
    return this.bytes.subarray(this.#filled);
  }

  /** Says that so many bytes were written to the room; none: that the text has ended. */
  added(count: number): void {
    this.#filled += count;
    this.final = count === 0;
    // Searches end here at the latest, whatever earlier text is left behind it.
    if (this.#filled < this.bytes.length) this.bytes[this.#filled] = this.#mark[0];
  }

  /** Gives the memory back. */
  release(): void {
    this.#pool?.release(this.bytes);
  }

  // A byte order mark is no part of the first line. Waits while what is there may be the beginning of one.
  #start(): boolean {
    let same = 0;
    while (same < this.#filled && this.bytes[same] === BYTE_ORDER_MARK[same]) same++;
    if (same === this.#filled && same < BYTE_ORDER_MARK.length && !this.final) return false;
    this.#started = true;
    if (same >= BYTE_ORDER_MARK.length) this.#at = BYTE_ORDER_MARK.length;
    return true;
  }

  // Where the next line end starts, or -1.
  #findMark(): number {
    const first = this.#mark[0];
    const last = this.#filled - this.#mark.length;
    let at = this.bytes.indexOf(first, Math.max(this.#at, this.#searched));
    while (at >= 0 && at <= last) {
      if (this.#isMark(at)) return at;
      at = this.bytes.indexOf(first, at + 1);
    }
    this.#searched = Math.max(this.#at, last + 1);
    return -1;
  }

  #isMark(at: number): boolean {
    for (let i = 1; i < this.#mark.length; i++) if (this.bytes[at + i] !== this.#mark[i]) return false;
    return true;
  }

  // Moves what is left to the start, or to a larger window.
  #makeRoom(): void {
    const left = this.#filled - this.#at;
    // The last bytes may be a part of the line end.
    if (left > this.#maxLineBytes + this.#mark.length) throw this.#tooLong();
    if (this.#at > 0) {
      this.bytes.copyWithin(0, this.#at, this.#filled);
    } else {
      const pool = this.#pool as Pool;
      const larger = pool.acquireUnsafe(Uint8Array, 2 * this.bytes.length);
      larger.set(this.bytes);
      pool.release(this.bytes);
      this.bytes = larger;
    }
    this.bytesBefore += this.#at;
    this.#searched = Math.max(0, this.#searched - this.#at);
    this.#filled = left;
    this.#at = 0;
  }

  #tooLong(): TextError {
    const place = { line: this.lines + 1, column: 1, offset: this.bytesDone };
    return new TextError(
      "LINE_TOO_LONG",
      `line ${place.line}, which starts at byte ${place.offset}, has more than ${this.#maxLineBytes} bytes; raise ` +
        "maxLineBytes if that is right",
      place,
    );
  }
}
