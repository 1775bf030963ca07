// A window of text in pooled memory and the index of the rows in it. Text is read into the window, indexed where it
// lies, and moved out at the front when its rows have been dealt with; what is left of a row that is not complete yet
// moves along. The window grows only when a single row does not fit.
//
// ```text
//  block   | state | numbers f64[] | rows u32[] | ends u32[] | text                                  | slack |
//                                                             rows dealt with  | begun row | free
//                                                                              ^ ROW_START ^ FILLED
// ```

import type { Allocator } from "@millpond/core";

import { TextError, type TextErrorCode, type TextPlace } from "../errors.ts";
import {
  BAD_QUOTE,
  COMMENT,
  COMMENT_BYTES,
  COMMENT_LENGTH,
  DELIMITER,
  DELIMITER_BYTES,
  DELIMITER_LENGTH,
  ERROR_AT,
  ESCAPE,
  FIELD_COUNT,
  FIELD_LIMIT,
  FILLED,
  FINAL,
  FULL,
  LENIENT,
  LINES,
  MACHINE,
  MORE,
  OTHER_TERMINATOR,
  POSITION,
  QUOTE,
  ROW_COUNT,
  ROW_LIMIT,
  ROW_START,
  SEEN_BITS,
  SKIP_EMPTY,
  STATE_WORDS,
  TERMINATOR,
  TRIM,
  UNTERMINATED,
} from "../kernel/index-layout.ts";
import { indexRows } from "../kernel/index-twin.ts";
import { tableIndexKernel, type TableIndexExports } from "../kernel/table-index.wasm.ts";
import type { DialectBytes } from "./dialect.ts";

const LF = 0x0a;
const CR = 0x0d;
const HIGH_BIT = 0x80;
const STATE_BYTES = 4 * STATE_WORDS;
// The kernels read up to 64 bytes at once, and may look at some behind the text.
const SLACK_BYTES = 64;
// Room for as many rows and fields as a window of ordinary text has; where there are more, the window takes two turns.
const BYTES_PER_FIELD = 4;
const BYTES_PER_ROW = 16;
const FEWEST_FIELDS = 256;
const FEWEST_ROWS = 128;

/** Says what became of the text so far. */
export type Progress = "rows" | "more" | "end";

/** The window and its index. @internal */
export class Scanner {
  readonly #pool: Allocator;
  readonly #dialect: DialectBytes;
  readonly #maxRowBytes: number;
  #block: Uint8Array | undefined;
  #kernel: TableIndexExports | undefined;
  #state: Uint32Array = new Uint32Array(0);
  // Rows that were handed out and lie at the front of the tables still.
  #taken = false;
  #mostRows = Infinity;
  // Bytes, and ends of lines, that were moved out of the window.
  #gone = 0;
  #goneLines = 0;
  #failure: TextError | undefined;
  /** The text; only the first `filled` bytes are. */
  text: Uint8Array = new Uint8Array(0);
  /** The text and the slack behind it, for readers of whole words. */
  view: DataView = new DataView(new ArrayBuffer(0));
  /** The byte behind each field. */
  ends: Uint32Array = new Uint32Array(0);
  /** The first field and the first byte of each row. */
  rows: Uint32Array = new Uint32Array(0);
  /** Scratch for the numbers of a column, one for each row. */
  numbers: Float64Array = new Float64Array(0);
  /** Complete rows in the tables. */
  rowCount = 0;

  constructor(pool: Allocator, dialect: DialectBytes, windowBytes: number, maxRowBytes: number) {
    this.#pool = pool;
    this.#dialect = dialect;
    this.#maxRowBytes = maxRowBytes;
    const fields = Math.max(FEWEST_FIELDS, Math.ceil(windowBytes / BYTES_PER_FIELD));
    const rows = Math.max(FEWEST_ROWS, Math.ceil(windowBytes / BYTES_PER_ROW));
    this.#lay(windowBytes, fields, rows);
    this.#describe();
  }

  // Takes a block and lays the arrays out in it. SAFETY: what the kernels write lies in these arrays, because the
  // state tells them their lengths; what they read lies in the text or in the slack behind it.
  #lay(textBytes: number, fieldLimit: number, rowLimit: number): void {
    const rowWords = 2 * (rowLimit + 1);
    const bytes = STATE_BYTES + 8 * rowLimit + 4 * (rowWords + fieldLimit) + textBytes + SLACK_BYTES;
    const block = this.#pool.acquireUnsafe(Uint8Array, bytes);
    const { buffer, byteOffset } = block;
    let at = byteOffset + STATE_BYTES;
    const state = new Uint32Array(buffer, byteOffset, STATE_WORDS);
    const numbers = new Float64Array(buffer, at, rowLimit);
    const rows = new Uint32Array(buffer, (at += numbers.byteLength), rowWords);
    const ends = new Uint32Array(buffer, (at += rows.byteLength), fieldLimit);
    const text = new Uint8Array(buffer, at + ends.byteLength, textBytes);
    const old = this.#block;
    if (old === undefined) state.fill(0);
    else {
      state.set(this.#state);
      rows.set(this.rows.subarray(0, Math.min(rowWords, this.rows.length)));
      ends.set(this.ends);
      text.set(this.text);
      this.#pool.release(old);
    }
    state[FIELD_LIMIT] = fieldLimit;
    this.#block = block;
    this.#state = state;
    this.numbers = numbers;
    this.rows = rows;
    this.ends = ends;
    this.text = text;
    this.view = new DataView(buffer, text.byteOffset, textBytes + SLACK_BYTES);
    this.#kernel = tableIndexKernel.over(buffer);
    this.limitRows(this.#mostRows);
  }

  #describe(): void {
    const state = this.#state;
    const { delimiter, comment } = this.#dialect;
    state[DELIMITER] = delimiter[0];
    state[DELIMITER_LENGTH] = delimiter.length;
    state[QUOTE] = this.#dialect.quote;
    state[ESCAPE] = this.#dialect.escape;
    state[TERMINATOR] = this.#dialect.terminator;
    state[OTHER_TERMINATOR] = this.#dialect.otherTerminator;
    state[COMMENT_LENGTH] = comment.length;
    state[LENIENT] = Number(this.#dialect.lenient);
    state[TRIM] = Number(this.#dialect.trim);
    const bytes = new Uint8Array(state.buffer, state.byteOffset, STATE_BYTES);
    bytes.set(delimiter, 4 * DELIMITER_BYTES);
    bytes.set(comment, 4 * COMMENT_BYTES);
    this.rows.fill(0, 0, 2);
  }

  /** Says what is before the window: bytes, and ends of lines in them. */
  startAt(bytes: number, lines: number): void {
    this.#gone = bytes;
    this.#goneLines = lines;
  }

  /** Lets at most so many rows into the tables from now on; as many as there is room for at most. */
  limitRows(count: number): void {
    this.#mostRows = count;
    this.#state[ROW_LIMIT] = Math.min(count, this.rows.length / 2 - 1);
  }

  /** Leaves out rows without a byte from now on. */
  skipEmptyRows(skip: boolean): void {
    this.#state[SKIP_EMPTY] = Number(skip);
  }

  /** Bytes of text in the window. */
  get filled(): number {
    return this.#state[FILLED];
  }

  /** True when one of the bytes that were indexed was not ASCII. */
  get seenHigh(): boolean {
    return (this.#state[SEEN_BITS] & HIGH_BIT) !== 0;
  }

  /** True when no more bytes will come. */
  get final(): boolean {
    return this.#state[FINAL] !== 0;
  }

  /** The first byte that is not part of a complete row. */
  get rowStart(): number {
    return this.#state[ROW_START];
  }

  /** The buffer that everything lies in. */
  get buffer(): ArrayBufferLike {
    return this.text.buffer;
  }

  /** Bytes before the window, in the whole text. */
  get origin(): number {
    return this.#gone;
  }

  /** Ends of lines before the first byte that is not part of a complete row. */
  get lines(): number {
    return this.placeOf(this.rowStart).line - 1;
  }

  /** Bytes before that byte. */
  get bytes(): number {
    return this.#gone + this.rowStart;
  }

  /** Where text is to be written to next; never empty. What was handed out of the window is gone afterwards. */
  room(): Uint8Array {
    this.drop();
    this.#refuseLong();
    const free = this.text.length - this.filled;
    if (free < this.text.length / 2) this.#moveOut();
    if (this.text.length - this.filled < this.text.length / 2) this.#widen();
    return this.text.subarray(this.filled);
  }

  /** Counts the bytes that were written to `room()`. */
  accept(bytes: number): void {
    this.#state[FILLED] += bytes;
  }

  /** Says that no more bytes will come. */
  finish(): void {
    this.#state[FINAL] = 1;
  }

  /** Leaves out the first bytes of the text, such as a byte order mark; before anything was indexed. */
  skipBytes(count: number): void {
    const state = this.#state;
    state[POSITION] += count;
    state[ROW_START] += count;
    this.rows[1] += count;
  }

  /** Leaves out the rest of a line; false where its end is not in the window yet. Before anything was indexed. */
  skipLine(): boolean {
    const { terminator, otherTerminator } = this.#dialect;
    const start = this.#state[POSITION];
    const { filled } = this;
    let at = start;
    while (at < filled && this.text[at] !== terminator && this.text[at] !== otherTerminator) at++;
    const paired = terminator !== otherTerminator && this.text[at] === CR;
    if (!this.final && at + (paired ? 1 : 0) >= filled) {
      this.skipBytes(at - start);
      return false;
    }
    if (at < filled) {
      at += paired && at + 1 < filled && this.text[at + 1] === LF ? 2 : 1;
      this.#state[LINES]++;
    }
    this.skipBytes(at - start);
    return true;
  }

  /**
   * Indexes what is in the window. "rows" when there are complete ones, "more" when text is needed, "end" when there is
   * none. Throws what is wrong with the text once the rows before it were taken.
   */
  scan(): Progress {
    this.drop();
    if (this.#failure !== undefined) throw this.#failure;
    for (;;) {
      const result = this.#index();
      this.rowCount = this.#state[ROW_COUNT];
      if (result !== MORE && result !== FULL) this.failAt(this.rowCount, this.#errorOf(result));
      if (this.rowCount > 0) return "rows";
      if (this.#failure !== undefined) throw this.#failure;
      if (result === MORE) return this.#state[FINAL] === 0 ? "more" : "end";
      this.#lay(this.text.length, 2 * this.ends.length, this.rows.length / 2 - 1);
    }
  }

  #index(): number {
    const state = this.#state;
    const { text, ends, rows } = this;
    if (this.#kernel === undefined) return indexRows({ state, text, ends, rows });
    return this.#kernel.indexRows(state.byteOffset, text.byteOffset, ends.byteOffset, rows.byteOffset);
  }

  #errorOf(result: number): TextError {
    const at = this.#state[ERROR_AT];
    if (result === UNTERMINATED) {
      const advice = 'close it, or read on to the end of the text with quotes: "lenient"';
      return this.error("UNTERMINATED_QUOTE", "a quoted field is never closed", at, advice);
    }
    if (result !== BAD_QUOTE) throw new Error(`the index gave ${result}`);
    const opened = this.text[at] === this.#dialect.quote;
    const what = opened ? "a quote in the middle of a field" : "text behind a closing quote";
    const advice =
      'put the field in quotes and double those within, or take it as it is with quotes: "lenient"';
    return this.error("BAD_QUOTE", what, at, advice);
  }

  /** An error about a byte of the window. */
  error(code: TextErrorCode, what: string, at: number, advice: string): TextError {
    const place = this.placeOf(at);
    return new TextError(code, `line ${place.line}, byte ${place.column}: ${what}; ${advice}`, place);
  }

  /** Keeps an error until the rows before `row` were taken, and those from there on out of sight. */
  failAt(row: number, error: TextError): void {
    this.rowCount = row;
    this.#failure = error;
  }

  /** True when an error waits for the rows before it to be taken. */
  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /** Leaves out all but the first rows, and what is wrong behind them. */
  keepRows(count: number): void {
    this.rowCount = count;
    this.#failure = undefined;
  }

  /** Where a byte of the window lies in the whole text. */
  placeOf(at: number): TextPlace {
    const state = this.#state;
    let start = at;
    const { terminator, otherTerminator } = this.#dialect;
    while (start > 0 && this.text[start - 1] !== terminator && this.text[start - 1] !== otherTerminator)
      start--;
    // Ends of lines can have been taken back while a field is read a second time, so this may be below zero.
    const linesBefore = this.#goneLines + (state[LINES] | 0) + this.#linesBetween(state[POSITION], at);
    return { line: linesBefore + 1, column: at - start + 1, offset: this.#gone + at };
  }

  // Ends of lines from one byte to another, negative when backwards.
  #linesBetween(from: number, to: number): number {
    if (to < from) return -this.#linesBetween(to, from);
    let lines = 0;
    for (let at = from; at < to; at++) if (this.#endsLine(at)) lines++;
    return lines;
  }

  #endsLine(at: number): boolean {
    const { terminator, otherTerminator } = this.#dialect;
    const byte = this.text[at];
    if (byte === terminator && terminator !== otherTerminator && at > 0 && this.text[at - 1] === CR)
      return false;
    return byte === terminator || byte === otherTerminator;
  }

  /** Takes the rows out of the tables; the fields of a row that was begun move to the front. */
  drop(): void {
    const state = this.#state;
    const count = state[ROW_COUNT];
    if (!this.#taken) return;
    const first = this.rows[2 * count];
    if (this.seenHigh) state[SEEN_BITS] = bitsOf(this.text, state[ROW_START], state[POSITION]);
    this.ends.copyWithin(0, first, state[FIELD_COUNT]);
    state[FIELD_COUNT] -= first;
    state[ROW_COUNT] = 0;
    this.rows[0] = 0;
    this.rows[1] = state[ROW_START];
    this.rowCount = 0;
    this.#taken = false;
  }

  /** Says that the rows in the tables are being used, and may be dropped at the next turn. */
  take(): void {
    this.#taken = true;
  }

  // Moves the row that was begun to the front of the window.
  #moveOut(): void {
    const state = this.#state;
    const shift = state[ROW_START];
    if (shift === 0) return;
    this.text.copyWithin(0, shift, state[FILLED]);
    for (let field = 0; field < state[FIELD_COUNT]; field++) this.ends[field] -= shift;
    this.#goneLines += state[LINES] | 0;
    state[LINES] = 0;
    this.#gone += shift;
    state[FILLED] -= shift;
    state[POSITION] -= shift;
    state[ROW_START] = 0;
    this.rows[1] = 0;
  }

  // Twice the window, for a row that takes up more than half of it.
  #widen(): void {
    this.#lay(2 * this.text.length, this.ends.length, this.rows.length / 2 - 1);
  }

  // Looks at the row that was begun; a comment is none, and what was read of it is not kept.
  #refuseLong(): void {
    const state = this.#state;
    const { rowStart } = this;
    if (state[MACHINE] === COMMENT) {
      state[ROW_START] = this.rows[1] = state[POSITION];
    } else if (state[POSITION] - rowStart > this.#maxRowBytes) throw this.#tooLong(rowStart);
  }

  /** Refuses the first of the complete rows that has more bytes than a row may have. */
  checkSizes(): void {
    const { rows, ends, rowCount } = this;
    const most = this.#maxRowBytes;
    if (this.text.length <= most) return;
    for (let row = 0; row < rowCount; row++) {
      const start = rows[2 * row + 1];
      if (ends[rows[2 * row + 2] - 1] - start > most) {
        this.failAt(row, this.#tooLong(start));
        return;
      }
    }
  }

  #tooLong(start: number): TextError {
    const advice = "close the quotes that hold it together, or raise maxRowBytes";
    return this.error("ROW_TOO_LONG", `a row of more than ${this.#maxRowBytes} bytes`, start, advice);
  }

  /** Gives the memory back. Nothing can be read afterwards. */
  release(): void {
    const block = this.#block;
    if (block === undefined) return;
    this.#block = undefined;
    this.#kernel = undefined;
    this.rowCount = 0;
    this.text = this.text.subarray(0, 0);
    this.view = new DataView(new ArrayBuffer(0));
    this.ends = this.rows = this.#state = new Uint32Array(STATE_WORDS);
    this.numbers = new Float64Array(0);
    this.#pool.release(block);
  }
}

// All bits of some bytes.
function bitsOf(text: Uint8Array, from: number, to: number): number {
  let bits = 0;
  for (let at = from; at < to; at++) bits |= text[at];
  return bits;
}
