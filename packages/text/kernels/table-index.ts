// Writes the index of the rows of a table: where each field ends, and where each row starts. The words it works on are
// described in src/kernel/index-layout.ts, and src/kernel/index-twin.ts writes the same index.
//
// The fast half looks at 64 bytes at once. Bits of a u64 stand for bytes; the XOR of all lower bits of the quotes tells
// which bytes lie between quotes (G. Langdale and D. Lemire, "Parsing gigabytes of JSON per second", 2019). That is
// right only where each quote opens a field, closes one, or is one of two in a row; so the bytes before opening and
// behind closing quotes are looked at, and where one of them is something else, or where a comment, an empty line to be
// left out or an escape turns up, the exact half reads that field from its start, and on to the end of its row.
//
// The exact half is a machine of states, one byte after the other, as the twin is.

// Words of the state, in bytes.
const FILLED: usize = 0;
const FINAL: usize = 4;
const POSITION: usize = 8;
const MACHINE: usize = 12;
const EXACT_ROW: usize = 16;
const FIELD_COUNT: usize = 20;
const ROW_COUNT: usize = 24;
const ROW_START: usize = 28;
const FIELD_LIMIT: usize = 32;
const ROW_LIMIT: usize = 36;
const LINES: usize = 40;
const SEEN_BITS: usize = 44;
const ERROR_AT: usize = 48;
const DELIMITER: usize = 52;
const DELIMITER_LENGTH: usize = 56;
const QUOTE: usize = 60;
const ESCAPE: usize = 64;
const TERMINATOR: usize = 68;
const OTHER_TERMINATOR: usize = 72;
const COMMENT_LENGTH: usize = 76;
const SKIP_EMPTY: usize = 80;
const LENIENT: usize = 84;
const TRIM: usize = 88;
const DELIMITER_BYTES: usize = 96;
const COMMENT_BYTES: usize = 112;

const NO_BYTE: u32 = 256;

// States.
const FIELD_START: u32 = 0;
const UNQUOTED: u32 = 1;
const QUOTED: u32 = 2;
const QUOTE_SEEN: u32 = 3;
const ESCAPED: u32 = 4;
const ESCAPED_UNQUOTED: u32 = 5;
const COMMENT: u32 = 6;
const TRAILING: u32 = 7;

// Results; the last three stay within.
const MORE: i32 = 0;
const FULL: i32 = 1;
const BAD_QUOTE: i32 = 2;
const UNTERMINATED: i32 = 3;
const GO_ON: i32 = -1;
const NO_SEPARATOR: i32 = -2;
const ROW_DONE: i32 = -3;

const LF: u32 = 0x0a;
const CR: u32 = 0x0d;
const BLANK: u32 = 0x20;
const TAB: u32 = 0x09;

/** Bytes that the fast half takes at once. */
const BLOCK: u32 = 64;

// The state's words while a call runs. Globals of an instance belong to one thread.
let text: usize = 0;
let ends: usize = 0;
let rows: usize = 0;
let marks: usize = 0;
let filled: u32 = 0;
let final: u32 = 0;
let position: u32 = 0;
let machine: u32 = 0;
let exactRow: u32 = 0;
let fieldCount: u32 = 0;
let rowCount: u32 = 0;
let rowStart: u32 = 0;
let fieldLimit: u32 = 0;
let rowLimit: u32 = 0;
let lines: u32 = 0;
let seenBits: u32 = 0;
let errorAt: u32 = 0;
let delimiter: u32 = 0;
let delimiterLength: u32 = 0;
let quote: u32 = 0;
let escape: u32 = 0;
let terminator: u32 = 0;
let otherTerminator: u32 = 0;
let commentLength: u32 = 0;
let skipEmpty: u32 = 0;
let lenient: u32 = 0;
let trim: u32 = 0;

/**
 * Reads on from where the state says, as far as text and room reach. The four are addresses: of the state's words, of
 * the text, of the ends of fields, of the rows. Returns 0 for "more text is needed, or it is over", 1 for "no room", 2
 * for a quote where none belongs, 3 for quotes that are never closed.
 */
export function indexRows(state: usize, textAddress: usize, endsAddress: usize, rowsAddress: usize): i32 {
  text = textAddress;
  ends = endsAddress;
  rows = rowsAddress;
  loadState(state);
  let result = GO_ON;
  while (result == GO_ON) {
    if (exactRow == 0 && delimiterLength == 1 && machine <= QUOTE_SEEN) readBlocks();
    result = exactRow != 0 ? readExactRow() : readExactRest();
  }
  storeState(state);
  return result;
}

function loadState(state: usize): void {
  marks = state;
  filled = load<u32>(state, FILLED);
  final = load<u32>(state, FINAL);
  position = load<u32>(state, POSITION);
  machine = load<u32>(state, MACHINE);
  exactRow = load<u32>(state, EXACT_ROW);
  fieldCount = load<u32>(state, FIELD_COUNT);
  rowCount = load<u32>(state, ROW_COUNT);
  rowStart = load<u32>(state, ROW_START);
  fieldLimit = load<u32>(state, FIELD_LIMIT);
  rowLimit = load<u32>(state, ROW_LIMIT);
  lines = load<u32>(state, LINES);
  seenBits = load<u32>(state, SEEN_BITS);
  errorAt = load<u32>(state, ERROR_AT);
  delimiter = load<u32>(state, DELIMITER);
  delimiterLength = load<u32>(state, DELIMITER_LENGTH);
  quote = load<u32>(state, QUOTE);
  escape = load<u32>(state, ESCAPE);
  terminator = load<u32>(state, TERMINATOR);
  otherTerminator = load<u32>(state, OTHER_TERMINATOR);
  commentLength = load<u32>(state, COMMENT_LENGTH);
  skipEmpty = load<u32>(state, SKIP_EMPTY);
  lenient = load<u32>(state, LENIENT);
  trim = load<u32>(state, TRIM);
}

function storeState(state: usize): void {
  store<u32>(state, position, POSITION);
  store<u32>(state, machine, MACHINE);
  store<u32>(state, exactRow, EXACT_ROW);
  store<u32>(state, fieldCount, FIELD_COUNT);
  store<u32>(state, rowCount, ROW_COUNT);
  store<u32>(state, rowStart, ROW_START);
  store<u32>(state, lines, LINES);
  store<u32>(state, seenBits, SEEN_BITS);
  store<u32>(state, errorAt, ERROR_AT);
}

// ---- The fast half.

// Whole blocks, while there is room for as many fields and rows as a block can have, and a byte behind the block.
function readBlocks(): void {
  const delimiters = i8x16.splat(<i8>delimiter);
  const terminators = i8x16.splat(<i8>terminator);
  const others = i8x16.splat(<i8>otherTerminator);
  const quotes = i8x16.splat(<i8>quote);
  const pairs = terminator != otherTerminator;
  const quoting = quote != NO_BYTE;
  // Two quotes in a row stand for one, unless an escape does that.
  const doubled: u64 = escape == NO_BYTE ? ~(<u64>0) : 0;
  const plain = commentLength == 0 && skipEmpty == 0 && escape == NO_BYTE;
  let high = i8x16.splat(0);
  let inside: u64 = machine == QUOTED ? ~(<u64>0) : 0;
  let separatorBefore: u64 = machine == FIELD_START ? 1 : 0;
  let closedBefore: u64 = machine == QUOTE_SEEN ? 1 : 0;
  // Whatever the state: the exact half may have looked at a first byte and left it where more text was needed.
  let rowBefore: u64 = position == rowStart ? 1 : 0;
  let returnBefore: u64 = pairs && position > 0 && byteAt(position - 1) == CR ? 1 : 0;
  while (filled - position > BLOCK && fieldLimit - fieldCount >= BLOCK && rowLimit - rowCount >= BLOCK) {
    const at = text + position;
    const a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
    const ta = v128.or(i8x16.eq(a, terminators), i8x16.eq(a, others));
    const tb = v128.or(i8x16.eq(b, terminators), i8x16.eq(b, others));
    const tc = v128.or(i8x16.eq(c, terminators), i8x16.eq(c, others));
    const td = v128.or(i8x16.eq(d, terminators), i8x16.eq(d, others));
    let terms = bits(ta, tb, tc, td);
    let separators = bits(
      v128.or(ta, i8x16.eq(a, delimiters)),
      v128.or(tb, i8x16.eq(b, delimiters)),
      v128.or(tc, i8x16.eq(c, delimiters)),
      v128.or(td, i8x16.eq(d, delimiters)),
    );
    let closedNext: u64 = 0;
    let between: u64 = inside;
    if (quoting) {
      const qa = i8x16.eq(a, quotes), qb = i8x16.eq(b, quotes), qc = i8x16.eq(c, quotes), qd = i8x16.eq(d, quotes);
      if (v128.any_true(v128.or(v128.or(qa, qb), v128.or(qc, qd)))) {
        const q = bits(qa, qb, qc, qd);
        between = xorOfLower(q) ^ inside;
        const outer = separators & ~between;
        const opening = q & between;
        const closing = q & ~between;
        const behind = (closing << 1) | closedBefore;
        const twice = q & doubled;
        const allowed = (outer << 1) | separatorBefore | (twice << 1) | closedBefore;
        if ((opening & ~allowed) | (behind & ~(outer | twice))) leaveToExact();
        closedNext = closing >> 63;
      } else if (closedBefore & ~(separators & ~between)) leaveToExact();
    }
    if (exactRow != 0) break;
    const outer = separators & ~between;
    // The LF of CR LF separates nothing: the CR before it did.
    let second: u64 = 0;
    let returns: u64 = 0;
    if (pairs) {
      const ra = i8x16.eq(a, others), rb = i8x16.eq(b, others), rc = i8x16.eq(c, others), rd = i8x16.eq(d, others);
      if (returnBefore != 0 || v128.any_true(v128.or(v128.or(ra, rb), v128.or(rc, rd)))) {
        returns = bits(ra, rb, rc, rd);
        second = terms & ~returns & ((returns << 1) | returnBefore);
      }
    }
    const endsOfRows = terms & ~between & ~second;
    if (!plain && needsExact(endsOfRows, ((terms & ~between) << 1) | rowBefore, a, b, c, d)) {
      leaveToExact();
      break;
    }
    lines += <u32>popcnt(terms & ~second);
    returnBefore = returns >> 63;
    const marked = outer & ~second;
    if (endsOfRows != 0) writeRows(marked, endsOfRows, returns);
    writeEnds(marked);
    high = v128.or(high, v128.or(v128.or(a, b), v128.or(c, d)));
    position += BLOCK;
    separatorBefore = outer >> 63;
    rowBefore = (terms & ~between) >> 63;
    closedBefore = closedNext;
    inside = <u64>(<i64>between >> 63);
  }
  if (i8x16.bitmask(high) != 0) seenBits |= 0x80;
  if (exactRow != 0) return;
  if (separatorBefore) machine = FIELD_START;
  else if (closedBefore) machine = QUOTE_SEEN;
  else machine = inside ? QUOTED : UNQUOTED;
  // Between CR and LF nobody stops.
  if (machine == FIELD_START && returnBefore && position < filled && byteAt(position) == LF) position++;
}

// Sends the field that is being read to the exact half, from its start; lines that were counted in it come again.
function leaveToExact(): void {
  const start = fieldStart();
  for (let at = start; at < position; at++) lines -= endsLine(at);
  position = start;
  machine = FIELD_START;
  exactRow = 1;
}

// True when a block has something that only the exact half knows: comments, empty rows to be left out, escapes.
function needsExact(endsOfRows: u64, starts: u64, a: v128, b: v128, c: v128, d: v128): bool {
  if (skipEmpty != 0 && (endsOfRows & starts) != 0) return true;
  if (commentLength != 0) {
    const mark = i8x16.splat(load<i8>(marks, COMMENT_BYTES));
    if ((starts & bits(i8x16.eq(a, mark), i8x16.eq(b, mark), i8x16.eq(c, mark), i8x16.eq(d, mark))) != 0) return true;
  }
  if (escape == NO_BYTE) return false;
  const mark = i8x16.splat(<i8>escape);
  const any = v128.or(v128.or(i8x16.eq(a, mark), i8x16.eq(b, mark)), v128.or(i8x16.eq(c, mark), i8x16.eq(d, mark)));
  return v128.any_true(any);
}

// @ts-ignore: decorator
@inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return <u64>i8x16.bitmask(a) | (<u64>i8x16.bitmask(b) << 16) | (<u64>i8x16.bitmask(c) << 32) | (<u64>i8x16.bitmask(d) << 48);
}

// Each bit becomes the XOR of itself and all lower ones.
// @ts-ignore: decorator
@inline
function xorOfLower(x: u64): u64 {
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  return x ^ (x << 32);
}

// One entry for each row that ends in the block; `marked` tells how many fields lie before its end.
function writeRows(marked: u64, endsOfRows: u64, returns: u64): void {
  let out = rows + (<usize>rowCount << 3);
  do {
    const bit = endsOfRows & (~endsOfRows + 1);
    let next = position + <u32>ctz(bit) + 1;
    if ((returns & bit) != 0 && byteAt(next) == LF) next++;
    out += 8;
    store<u32>(out, fieldCount + <u32>popcnt(marked & (bit | (bit - 1))));
    store<u32>(out, next, 4);
    rowStart = next;
    endsOfRows ^= bit;
    rowCount++;
  } while (endsOfRows != 0);
}

// The place of each set bit. Eight at a time: what is written too much is written over later.
function writeEnds(marked: u64): void {
  let out = ends + (<usize>fieldCount << 2);
  const count = <i32>popcnt(marked);
  for (let left = count; left > 0; left -= 8) {
    store<u32>(out, position + <u32>ctz(marked));
    marked &= marked - 1;
    store<u32>(out, position + <u32>ctz(marked), 4);
    marked &= marked - 1;
    store<u32>(out, position + <u32>ctz(marked), 8);
    marked &= marked - 1;
    store<u32>(out, position + <u32>ctz(marked), 12);
    marked &= marked - 1;
    store<u32>(out, position + <u32>ctz(marked), 16);
    marked &= marked - 1;
    store<u32>(out, position + <u32>ctz(marked), 20);
    marked &= marked - 1;
    store<u32>(out, position + <u32>ctz(marked), 24);
    marked &= marked - 1;
    store<u32>(out, position + <u32>ctz(marked), 28);
    marked &= marked - 1;
    out += 32;
  }
  fieldCount += count;
}

// ---- The exact half. See the twin for what the states mean.

// To the end of the row that is being read. Then the fast half may go on.
function readExactRow(): i32 {
  let result = step();
  while (result == GO_ON) result = step();
  return result == ROW_DONE ? GO_ON : result;
}

// To the end of the text, for what is too short for a block; back to the fast half after a row that is long enough.
function readExactRest(): i32 {
  let result = step();
  while (result == GO_ON || (result == ROW_DONE && filled - position <= BLOCK)) result = step();
  return result == ROW_DONE ? GO_ON : result;
}

function step(): i32 {
  if (position == filled) return final == 0 ? MORE : finish();
  if (machine == UNQUOTED) return readUnquoted();
  if (machine == FIELD_START) return startField();
  if (machine == QUOTED) return readQuoted();
  if (machine == QUOTE_SEEN) return afterQuote();
  if (machine == TRAILING) return afterBlanks();
  if (machine == COMMENT) return readComment();
  return readEscaped();
}

// @ts-ignore: decorator
@inline
function byteAt(at: u32): u32 {
  return load<u8>(text + at);
}

function startField(): i32 {
  const at = position;
  if (at == rowStart && fieldCount == load<u32>(rows + (<usize>rowCount << 3))) {
    if (rowCount >= rowLimit) return FULL;
    const found = commentLength == 0 ? 0 : matches(marks + COMMENT_BYTES, commentLength);
    if (found < 0) return MORE;
    if (found > 0) return enter(COMMENT, at + commentLength);
  }
  const byte = byteAt(at);
  if (byte == quote) return enter(QUOTED, at + 1);
  if (trim != 0 && isBlank(byte) && !isMark(byte)) return enter(FIELD_START, at + 1);
  return enter(UNQUOTED, at);
}

function enter(next: u32, at: u32): i32 {
  machine = next;
  position = at;
  return GO_ON;
}

function isBlank(byte: u32): bool {
  return byte == BLANK || byte == TAB;
}

function isMark(byte: u32): bool {
  return byte == delimiter || byte == terminator || byte == otherTerminator;
}

function matches(mark: usize, length: u32): i32 {
  for (let index: u32 = 0; index < length; index++) {
    if (position + index == filled) return final == 0 ? -1 : 0;
    if (byteAt(position + index) != <u32>load<u8>(mark + index)) return 0;
  }
  return 1;
}

function readUnquoted(): i32 {
  const escaping = quote == NO_BYTE ? escape : NO_BYTE;
  let at = position;
  let seen: u32 = 0;
  for (; at < filled; at++) {
    const byte = byteAt(at);
    if (isMark(byte) || byte == quote || byte == escaping) break;
    seen |= byte;
  }
  seenBits |= seen;
  position = at;
  if (at == filled) return GO_ON;
  if (byteAt(at) == escaping) return enter(ESCAPED_UNQUOTED, at + 1);
  const result = separate();
  if (result != NO_SEPARATOR) return result;
  if (byteAt(at) == quote && lenient == 0) return fail(BAD_QUOTE, at);
  seenBits |= byteAt(at);
  return enter(UNQUOTED, at + 1);
}

function readQuoted(): i32 {
  let at = position;
  let seen: u32 = 0;
  for (; at < filled; at++) {
    const byte = byteAt(at);
    if (byte == quote || byte == escape) break;
    lines += endsLine(at);
    seen |= byte;
  }
  seenBits |= seen;
  position = at;
  if (at == filled) return GO_ON;
  return enter(byteAt(at) == quote ? QUOTE_SEEN : ESCAPED, at + 1);
}

function endsLine(at: u32): u32 {
  const byte = byteAt(at);
  if (byte != terminator && byte != otherTerminator) return 0;
  return terminator != otherTerminator && byte == LF && at > 0 && byteAt(at - 1) == CR ? 0 : 1;
}

function afterQuote(): i32 {
  const byte = byteAt(position);
  if (byte == quote && escape == NO_BYTE) return enter(QUOTED, position + 1);
  const result = separate();
  if (result != NO_SEPARATOR) return result;
  if (trim != 0 && isBlank(byte)) return enter(TRAILING, position + 1);
  return afterClosing();
}

function afterBlanks(): i32 {
  const result = separate();
  if (result != NO_SEPARATOR) return result;
  return isBlank(byteAt(position)) ? enter(TRAILING, position + 1) : afterClosing();
}

function afterClosing(): i32 {
  return lenient == 0 ? fail(BAD_QUOTE, position) : enter(UNQUOTED, position);
}

function readEscaped(): i32 {
  lines += endsLine(position);
  seenBits |= byteAt(position);
  return enter(machine == ESCAPED ? QUOTED : UNQUOTED, position + 1);
}

function readComment(): i32 {
  let at = position;
  for (; at < filled && byteAt(at) != terminator && byteAt(at) != otherTerminator; at++) seenBits |= byteAt(at);
  position = at;
  if (at == filled) return GO_ON;
  const width = terminatorWidth(at);
  if (width == 0) return MORE;
  lines++;
  return nextRow(at + width);
}

function separate(): i32 {
  const at = position;
  const byte = byteAt(at);
  if (byte == terminator || byte == otherTerminator) return endRow(at);
  if (byte != delimiter) return NO_SEPARATOR;
  const found = delimiterLength == 1 ? 1 : matches(marks + DELIMITER_BYTES, delimiterLength);
  if (found <= 0) return found == 0 ? NO_SEPARATOR : MORE;
  if (fieldCount >= fieldLimit) return FULL;
  writeEnd(at);
  return enter(FIELD_START, at + delimiterLength);
}

function endRow(at: u32): i32 {
  const width = terminatorWidth(at);
  if (width == 0) return MORE;
  const single = fieldCount == load<u32>(rows + (<usize>rowCount << 3));
  if (!(skipEmpty != 0 && single && at == rowStart)) {
    if (fieldCount >= fieldLimit) return FULL;
    writeEnd(at);
    rowCount++;
  }
  lines++;
  return nextRow(at + width);
}

function writeEnd(at: u32): void {
  store<u32>(ends + (<usize>fieldCount << 2), at);
  fieldCount++;
}

function terminatorWidth(at: u32): u32 {
  if (byteAt(at) != CR || terminator == otherTerminator) return 1;
  if (at + 1 == filled) return final;
  return byteAt(at + 1) == LF ? 2 : 1;
}

function nextRow(start: u32): i32 {
  const row = rows + (<usize>rowCount << 3);
  store<u32>(row, fieldCount);
  store<u32>(row, start, 4);
  rowStart = start;
  exactRow = 0;
  machine = FIELD_START;
  position = start;
  return ROW_DONE;
}

function finish(): i32 {
  const begun = filled > rowStart || fieldCount > load<u32>(rows + (<usize>rowCount << 3));
  if (!begun) return MORE;
  if ((machine == QUOTED || machine == ESCAPED) && lenient == 0) return fail(UNTERMINATED, fieldStart());
  if (machine != COMMENT) {
    if (fieldCount >= fieldLimit) return FULL;
    writeEnd(filled);
    rowCount++;
  }
  nextRow(filled);
  return MORE;
}

function fail(error: i32, at: u32): i32 {
  errorAt = at;
  return error;
}

function fieldStart(): u32 {
  if (fieldCount == load<u32>(rows + (<usize>rowCount << 3))) return rowStart;
  return load<u32>(ends + (<usize>(fieldCount - 1) << 2)) + delimiterLength;
}
