// Writes the index of rows, one byte after the other. This is what the kernel's fast half has to agree with, and what it
// falls back to in WebAssembly; in TypeScript it is all there is.
//
// Everything lives in the words of `index-layout.ts`, so that reading may stop at any byte and go on when more arrive.

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
  ESCAPED,
  ESCAPED_UNQUOTED,
  EXACT_ROW,
  FIELD_COUNT,
  FIELD_LIMIT,
  FIELD_START,
  FILLED,
  FINAL,
  FULL,
  LENIENT,
  LINES,
  MACHINE,
  MORE,
  NO_BYTE,
  OTHER_TERMINATOR,
  POSITION,
  QUOTE,
  QUOTE_SEEN,
  QUOTED,
  ROW_COUNT,
  ROW_LIMIT,
  ROW_START,
  SEEN_BITS,
  SKIP_EMPTY,
  TERMINATOR,
  TRAILING,
  TRIM,
  UNQUOTED,
  UNTERMINATED,
} from "./index-layout.ts";

const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const TAB = 0x09;

// Beside the results: read on, and "the byte here separates nothing".
const GO_ON = -1;
const NO_SEPARATOR = -2;

/** The tables of an index, and the text it is about. */
export interface IndexArrays {
  readonly state: Uint32Array;
  readonly text: Uint8Array;
  readonly ends: Uint32Array;
  readonly rows: Uint32Array;
}

/** Reads on from where the state says, as far as text and room reach. Returns `MORE`, `FULL` or an error. */
export function indexRows(arrays: IndexArrays): number {
  for (;;) {
    const result = step(arrays);
    if (result !== GO_ON) return result;
  }
}

function step(arrays: IndexArrays): number {
  const { state } = arrays;
  if (state[POSITION] === state[FILLED]) return state[FINAL] === 0 ? MORE : finish(arrays);
  switch (state[MACHINE]) {
    case FIELD_START:
      return startField(arrays);
    case UNQUOTED:
      return readUnquoted(arrays);
    case QUOTED:
      return readQuoted(arrays);
    case QUOTE_SEEN:
      return afterQuote(arrays);
    case TRAILING:
      return afterBlanks(arrays);
    case COMMENT:
      return readComment(arrays);
    default:
      return readEscaped(arrays);
  }
}

function startField(arrays: IndexArrays): number {
  const { state, text, rows } = arrays;
  const row = state[ROW_COUNT];
  const at = state[POSITION];
  if (at === state[ROW_START] && state[FIELD_COUNT] === rows[2 * row]) {
    if (row >= state[ROW_LIMIT]) return FULL;
    const length = state[COMMENT_LENGTH];
    const found = length === 0 ? 0 : matches(arrays, COMMENT_BYTES, length);
    if (found < 0) return MORE;
    if (found > 0) return enter(state, COMMENT, at + length);
  }
  const byte = text[at];
  if (byte === state[QUOTE]) return enter(state, QUOTED, at + 1);
  if (state[TRIM] !== 0 && isBlank(byte) && !isMark(state, byte)) return enter(state, FIELD_START, at + 1);
  return enter(state, UNQUOTED, at);
}

function enter(state: Uint32Array, machine: number, position: number): number {
  state[MACHINE] = machine;
  state[POSITION] = position;
  return GO_ON;
}

function isBlank(byte: number): boolean {
  return byte === BLANK || byte === TAB;
}

// A tab is no blank in a table that is delimited by tabs.
function isMark(state: Uint32Array, byte: number): boolean {
  return byte === state[DELIMITER] || byte === state[TERMINATOR] || byte === state[OTHER_TERMINATOR];
}

// Whether the text here starts with the bytes of a mark: 1 or 0, or -1 where it ends before that can be told.
function matches({ state, text }: IndexArrays, words: number, length: number): number {
  const at = state[POSITION];
  for (let index = 0; index < length; index++) {
    if (at + index === state[FILLED]) return state[FINAL] === 0 ? -1 : 0;
    const byte = (state[words + (index >>> 2)] >>> (8 * (index & 3))) & 0xff;
    if (text[at + index] !== byte) return 0;
  }
  return 1;
}

function readUnquoted(arrays: IndexArrays): number {
  const { state, text } = arrays;
  const delimiter = state[DELIMITER];
  const terminator = state[TERMINATOR];
  const other = state[OTHER_TERMINATOR];
  const quote = state[QUOTE];
  const escape = quote === NO_BYTE ? state[ESCAPE] : NO_BYTE;
  const filled = state[FILLED];
  let at = state[POSITION];
  let bits = 0;
  for (; at < filled; at++) {
    const byte = text[at];
    if (byte === delimiter || byte === terminator || byte === other || byte === quote || byte === escape)
      break;
    bits |= byte;
  }
  state[SEEN_BITS] |= bits;
  state[POSITION] = at;
  if (at === filled) return GO_ON;
  if (text[at] === escape) return enter(state, ESCAPED_UNQUOTED, at + 1);
  const result = separate(arrays);
  if (result !== NO_SEPARATOR) return result;
  if (text[at] === quote && state[LENIENT] === 0) return fail(state, BAD_QUOTE, at);
  state[SEEN_BITS] |= text[at];
  return enter(state, UNQUOTED, at + 1);
}

function readQuoted({ state, text }: IndexArrays): number {
  const quote = state[QUOTE];
  const escape = state[ESCAPE];
  const terminator = state[TERMINATOR];
  const other = state[OTHER_TERMINATOR];
  const filled = state[FILLED];
  let at = state[POSITION];
  let bits = 0;
  for (; at < filled; at++) {
    const byte = text[at];
    if (byte === quote || byte === escape) break;
    if (byte === terminator || byte === other) state[LINES] += endsLine(state, text, at);
    bits |= byte;
  }
  state[SEEN_BITS] |= bits;
  state[POSITION] = at;
  if (at === filled) return GO_ON;
  return enter(state, text[at] === quote ? QUOTE_SEEN : ESCAPED, at + 1);
}

// 0 for the second half of CR LF, which ends no line that CR has not ended.
function endsLine(state: Uint32Array, text: Uint8Array, at: number): number {
  const pairs = state[TERMINATOR] !== state[OTHER_TERMINATOR];
  return pairs && text[at] === LF && at > 0 && text[at - 1] === CR ? 0 : 1;
}

// Behind a quote: a second one, or the end of the field.
function afterQuote(arrays: IndexArrays): number {
  const { state, text } = arrays;
  const at = state[POSITION];
  if (text[at] === state[QUOTE] && state[ESCAPE] === NO_BYTE) return enter(state, QUOTED, at + 1);
  const result = separate(arrays);
  if (result !== NO_SEPARATOR) return result;
  if (state[TRIM] !== 0 && isBlank(text[at])) return enter(state, TRAILING, at + 1);
  return afterClosing(state, at);
}

function afterBlanks(arrays: IndexArrays): number {
  const { state, text } = arrays;
  const at = state[POSITION];
  const result = separate(arrays);
  if (result !== NO_SEPARATOR) return result;
  return isBlank(text[at]) ? enter(state, TRAILING, at + 1) : afterClosing(state, at);
}

// A byte that belongs neither into the quotes nor behind them.
function afterClosing(state: Uint32Array, at: number): number {
  return state[LENIENT] === 0 ? fail(state, BAD_QUOTE, at) : enter(state, UNQUOTED, at);
}

function readEscaped({ state, text }: IndexArrays): number {
  const at = state[POSITION];
  const byte = text[at];
  if (byte === state[TERMINATOR] || byte === state[OTHER_TERMINATOR])
    state[LINES] += endsLine(state, text, at);
  state[SEEN_BITS] |= byte;
  return enter(state, state[MACHINE] === ESCAPED ? QUOTED : UNQUOTED, at + 1);
}

function readComment({ state, text, rows }: IndexArrays): number {
  const terminator = state[TERMINATOR];
  const other = state[OTHER_TERMINATOR];
  const filled = state[FILLED];
  let at = state[POSITION];
  for (; at < filled && text[at] !== terminator && text[at] !== other; at++) state[SEEN_BITS] |= text[at];
  state[POSITION] = at;
  if (at === filled) return GO_ON;
  const width = terminatorWidth(state, text, at);
  if (width === 0) return MORE;
  state[LINES]++;
  return nextRow(state, rows, at + width);
}

// The byte at the position, if it can separate: writes the field before it. Changes nothing otherwise.
function separate(arrays: IndexArrays): number {
  const { state, text } = arrays;
  const at = state[POSITION];
  const byte = text[at];
  if (byte === state[TERMINATOR] || byte === state[OTHER_TERMINATOR]) return endRow(arrays, at);
  if (byte !== state[DELIMITER]) return NO_SEPARATOR;
  const length = state[DELIMITER_LENGTH];
  const found = length === 1 ? 1 : matches(arrays, DELIMITER_BYTES, length);
  if (found <= 0) return found === 0 ? NO_SEPARATOR : MORE;
  if (state[FIELD_COUNT] >= state[FIELD_LIMIT]) return FULL;
  arrays.ends[state[FIELD_COUNT]++] = at;
  return enter(state, FIELD_START, at + length);
}

function endRow({ state, text, ends, rows }: IndexArrays, at: number): number {
  const width = terminatorWidth(state, text, at);
  if (width === 0) return MORE;
  const single = state[FIELD_COUNT] === rows[2 * state[ROW_COUNT]];
  if (!(state[SKIP_EMPTY] !== 0 && single && at === state[ROW_START])) {
    if (state[FIELD_COUNT] >= state[FIELD_LIMIT]) return FULL;
    ends[state[FIELD_COUNT]++] = at;
    state[ROW_COUNT]++;
  }
  state[LINES]++;
  return nextRow(state, rows, at + width);
}

// 2 for CR LF, 0 for a CR behind which nothing is known yet.
function terminatorWidth(state: Uint32Array, text: Uint8Array, at: number): number {
  if (text[at] !== CR || state[TERMINATOR] === state[OTHER_TERMINATOR]) return 1;
  if (at + 1 === state[FILLED]) return state[FINAL];
  return text[at + 1] === LF ? 2 : 1;
}

function nextRow(state: Uint32Array, rows: Uint32Array, start: number): number {
  const row = 2 * state[ROW_COUNT];
  rows[row] = state[FIELD_COUNT];
  rows[row + 1] = start;
  state[ROW_START] = start;
  state[EXACT_ROW] = 0;
  return enter(state, FIELD_START, start);
}

// The text is over: what was begun is a row too.
function finish({ state, ends, rows }: IndexArrays): number {
  const at = state[FILLED];
  const machine = state[MACHINE];
  const begun = at > state[ROW_START] || state[FIELD_COUNT] > rows[2 * state[ROW_COUNT]];
  if (!begun) return MORE;
  if ((machine === QUOTED || machine === ESCAPED) && state[LENIENT] === 0) {
    return fail(state, UNTERMINATED, openingQuote(state, ends, rows));
  }
  if (machine !== COMMENT) {
    if (state[FIELD_COUNT] >= state[FIELD_LIMIT]) return FULL;
    ends[state[FIELD_COUNT]++] = at;
    state[ROW_COUNT]++;
  }
  nextRow(state, rows, at);
  return MORE;
}

// The start of the field that is being read; blanks before its quote are the reader's to skip.
function openingQuote(state: Uint32Array, ends: Uint32Array, rows: Uint32Array): number {
  const fields = state[FIELD_COUNT];
  if (fields === rows[2 * state[ROW_COUNT]]) return state[ROW_START];
  return ends[fields - 1] + state[DELIMITER_LENGTH];
}

function fail(state: Uint32Array, error: number, at: number): number {
  state[ERROR_AT] = at;
  return error;
}
