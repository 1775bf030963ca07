// The kernel behind the strict parser: text in, columns out. Its twin is src/parse/strict.ts.
//
// Two stages take turns. The first looks at 64 bytes at a time and turns them into masks, one bit a byte: which quotes
// are real, what is inside strings, where brackets are, where other tokens start. The positions of these bits go into the
// index, a buffer of some thousand words. The second stage goes from position to position and writes nodes; it never
// looks at the inside of a string, because both quotes are in the index. The idea is that of simdjson (Langdale and
// Lemire, "Parsing gigabytes of JSON per second", 2019); UTF-8 is checked by the three lookups of Keiser and Lemire
// ("Validating UTF-8 in less than one instruction per byte", 2020).
//
// Commas and colons are not in the index: they would be half of it. Behind each token the second stage looks whether the
// one that has to come is there, and the first stage counts them all. A text has as many as its nodes need, and every one
// of these was seen, so if the numbers agree there is none too many.
//
// Behind the text lie 64 zero bytes or more. Whatever is wrong ends the parse; what it is, the caller finds out.

import { unfinished, wrongBlock } from "../../core/kernels/shared/utf8-lookups";
import { mask4, ODD_BITS, prefixXor } from "./shared/masks";

const DONE: i32 = 0;
const FULL: i32 = 1;
const FAULT: i32 = 2;

// State words, by byte offset; src/parse/progress.ts names the first five.
const AT: usize = 0;
const COUNT: usize = 4;
const PARENT: usize = 8;
const EXPECT: usize = 12;
const DEPTH: usize = 16;
const INDEX_PLACE: usize = 20;
const INDEX_COUNT: usize = 24;
const NON_EMPTY: usize = 28;
const CARRY_ESCAPED: usize = 32;
const CARRY_STRING: usize = 40;
const CARRY_SCALAR: usize = 48;
const CARRY_BAD: usize = 56;
const CARRY_UTF8: usize = 64;
const CARRY_SEPARATORS: usize = 80;

// Kinds, as in src/tape/kinds.ts.
const NULL: u32 = 1;
const FALSE: u32 = 2;
const TRUE: u32 = 3;
const NUMBER: u32 = 4;
const STRING: u32 = 5;
const KEY: u32 = 6;
const ARRAY: u32 = 7;
const OBJECT: u32 = 8;

const QUOTE: u32 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const OPEN_ARRAY: u32 = 0x5b;
const CLOSE_ARRAY: u32 = 0x5d;
const OPEN_OBJECT: u32 = 0x7b;
const CLOSE_OBJECT: u32 = 0x7d;

// The most positions that the second stage looks at before it asks for more, and as many end marks.
const AHEAD: i32 = 8;
const AHEAD_BYTES: usize = <usize>AHEAD << 2;

// Bytes that the first stage compares with. Read from memory they stay in registers, while V8 makes constant vectors anew at
// each use, with three instructions: that was a quarter of the stage.
const BYTES: usize = memory.data<u8>([0x5c, 0x22, 0x1f, 0x20, COMMA, COLON, 0xd9, 0x59]);

// What the first stage carries from block to block. Each instance has its own; between calls it lies in the state words.
let text: usize = 0;
let textBytes: u32 = 0;
let blockAt: u32 = 0;
let nextEscaped: u64 = 0;
let insideString: u64 = 0;
let afterScalar: u64 = 0;
let bad: u64 = 0;
let separators: u64 = 0;
let utf8Before: v128 = i64x2.splat(0);
let utf8Bad: v128 = i64x2.splat(0);

/**
 * Parses from where the state words say. Returns 0 at the end, 1 when the columns are full, 2 at a fault. The columns
 * lie one behind the other from `columns` on, for `capacity` nodes each; `indexRoom` is in words, at least 192.
 */
export function parseTape(
  state: usize,
  textAddress: usize,
  bytes: u32,
  columns: usize,
  capacity: u32,
  index: usize,
  indexRoom: i32,
  maxDepth: u32,
): i32 {
  restore(state, textAddress, bytes);
  const column: usize = (<usize>capacity) << 2;
  const kinds: usize = columns + (column << 2);
  const full: usize = index + ((<usize>(indexRoom - 128)) << 2);
  let count: u32 = load<u32>(state, COUNT);
  let parent: i32 = load<i32>(state, PARENT);
  let entry: usize = index + (load<usize>(state, INDEX_PLACE) << 2);
  let indexed: usize = index + (load<usize>(state, INDEX_COUNT) << 2);
  let inObject: bool = parent >= 0 && load<u8>(kinds + <usize>parent) == OBJECT;
  let outcome: i32 = FAULT;
  // Up to this place neither the index nor the columns end, since no node is written without a position. What is needed less
  // often lies in the state words: the loop has few registers left.
  let safe: usize = 0;

  // Each turn reads one element, or one member, and what comes behind it.
  while (true) {
    if (entry > safe) {
      if (entry + AHEAD_BYTES > indexed) {
        indexed = refill(index, entry, indexed, full);
        entry = index;
      }
      if (count + 2 > capacity) {
        outcome = FULL;
        break;
      }
      safe = min<usize>(indexed - AHEAD_BYTES, entry + (min<usize>(capacity - count - 2, 0x1000) << 2));
    }
    let at: u32 = load<u32>(entry);
    if (inObject) {
      const end: u32 = load<u32>(entry, 4) + 1;
      if (load<u8>(textAddress + at) != QUOTE) break;
      if (load<u8>(textAddress + end) != COLON && separatorBehind(textAddress + end) != COLON) break;
      write(columns, column, kinds, count, KEY, at, end, parent);
      count++;
      entry += 8;
      at = load<u32>(entry);
    }
    let byte: u32 = load<u8>(textAddress + at);
    let end: u32 = 0;
    if (byte == QUOTE) {
      end = load<u32>(entry, 4) + 1;
      write(columns, column, kinds, count, STRING, at, end, parent);
      entry += 8;
    } else if (byte - 0x2d < 13) {
      // A dot or a slash in front has no digits behind it, either: it is refused.
      end = numberEnd(textAddress, at, byte);
      if (end == 0) break;
      write(columns, column, kinds, count, NUMBER, at, end, parent);
      entry += 4;
    } else if ((byte | 0x20) == OPEN_OBJECT) {
      const following: u32 = load<u32>(entry, 4);
      const depth: u32 = load<u32>(state, DEPTH) + 1;
      if (depth > maxDepth) break;
      end = following + 1;
      inObject = byte == OPEN_OBJECT;
      write(columns, column, kinds, count, inObject ? OBJECT : ARRAY, at, end, parent);
      // What closes a bracket is the second character behind it.
      if (load<u8>(textAddress + following) != byte + 2) {
        store<u32>(state, depth, DEPTH);
        store<u32>(state, load<u32>(state, NON_EMPTY) + 1, NON_EMPTY);
        parent = count++;
        entry += 4;
        continue;
      }
      inObject = parent >= 0 && load<u8>(kinds + <usize>parent) == OBJECT;
      entry += 8;
    } else {
      end = wordEnd(textAddress, at, byte);
      if (end == 0) break;
      write(columns, column, kinds, count, byte == 0x74 ? TRUE : byte == 0x66 ? FALSE : NULL, at, end, parent);
      entry += 4;
    }
    count++;

    // Behind a value: a comma, or the ends of any number of containers.
    while (true) {
      if (parent < 0) {
        outcome = DONE;
        break;
      }
      if (load<u8>(textAddress + end) == COMMA) break;
      if (entry > safe) {
        if (entry + AHEAD_BYTES > indexed) {
          indexed = refill(index, entry, indexed, full);
          entry = index;
        }
        safe = 0;
      }
      at = load<u32>(entry);
      if (load<u8>(textAddress + at) != (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) {
        if (separatorBehind(textAddress + end) == COMMA) break;
        return FAULT;
      }
      entry += 4;
      end = at + 1;
      const ended: usize = columns + ((<usize>parent) << 2);
      store<u32>(ended + column, end);
      store<u32>(ended + (column << 1), count);
      parent = load<i32>(ended + column * 3);
      inObject = parent >= 0 && load<u8>(kinds + <usize>parent) == OBJECT;
      store<u32>(state, load<u32>(state, DEPTH) - 1, DEPTH);
    }
    if (outcome == DONE) break;
  }
  store<u32>(state, count, COUNT);
  store<i32>(state, parent, PARENT);
  store<u32>(state, <u32>((entry - index) >> 2), INDEX_PLACE);
  store<u32>(state, <u32>((indexed - index) >> 2), INDEX_COUNT);
  if (outcome == DONE) outcome = finished(index, entry, indexed, full, count - 1 - load<u32>(state, NON_EMPTY));
  keep(state);
  return outcome;
}

// The first byte behind whitespace.
function separatorBehind(from: usize): u32 {
  let at: usize = from;
  while (isSpace(load<u8>(at))) at++;
  return load<u8>(at);
}

@inline
function isSpace(byte: u32): bool {
  return byte < 64 && (((<u64>0x100002600) >> byte) & 1) != 0;
}

/** The offset of the block of 64 bytes in which a fault of the encoding was seen, or 0xffffffff where there is none. */
export function checkUtf8(textAddress: usize, bytes: u32): u32 {
  let before: v128 = i64x2.splat(0);
  for (let at: u32 = 0; at <= bytes; at += 64) {
    const from: usize = textAddress + at;
    const d: v128 = v128.load(from, 48);
    if (v128.any_true(wrongBlock(v128.load(from), v128.load(from, 16), v128.load(from, 32), d, before))) return at;
    before = d;
    if (bytes - at < 64) break;
  }
  return 0xffffffff;
}

@inline
function write(
  columns: usize,
  column: usize,
  kinds: usize,
  node: u32,
  kind: u32,
  start: u32,
  end: u32,
  parent: i32,
): void {
  const at: usize = columns + ((<usize>node) << 2);
  store<u32>(at, start);
  store<u32>(at + column, end);
  store<u32>(at + (column << 1), node + 1);
  store<i32>(at + column * 3, parent);
  store<u8>(kinds + node, <u8>kind);
}

function restore(state: usize, textAddress: usize, bytes: u32): void {
  text = textAddress;
  textBytes = bytes;
  blockAt = load<u32>(state, AT);
  nextEscaped = load<u64>(state, CARRY_ESCAPED);
  insideString = load<u64>(state, CARRY_STRING);
  afterScalar = load<u64>(state, CARRY_SCALAR);
  bad = load<u64>(state, CARRY_BAD);
  separators = load<u64>(state, CARRY_SEPARATORS);
  utf8Before = v128.load(state, CARRY_UTF8);
  utf8Bad = i64x2.splat(0);
}

function keep(state: usize): void {
  store<u32>(state, blockAt, AT);
  store<u64>(state, nextEscaped, CARRY_ESCAPED);
  store<u64>(state, insideString, CARRY_STRING);
  store<u64>(state, afterScalar, CARRY_SCALAR);
  store<u64>(state, bad | (v128.any_true(utf8Bad) ? 1 : 0), CARRY_BAD);
  store<u64>(state, separators, CARRY_SEPARATORS);
  v128.store(state, utf8Before, CARRY_UTF8);
}

// After the root: nothing but whitespace, no separator that no node needs, and no fault in any block.
function finished(index: usize, entry: usize, indexed: usize, full: usize, needed: u32): i32 {
  if (entry + AHEAD_BYTES > indexed) {
    refill(index, entry, indexed, full);
    entry = index;
  }
  if (load<u32>(entry) != textBytes || separators != <u64>needed) return FAULT;
  return bad == 0 && insideString == 0 && !v128.any_true(utf8Bad) ? DONE : FAULT;
}

// Moves what is left of the index to its front and indexes blocks until it is full or the text ends. At the end of the
// text come end marks: positions of the first zero behind it. Returns where the index ends.
function refill(index: usize, entry: usize, indexed: usize, full: usize): usize {
  let to: usize = index;
  for (let from: usize = entry; from < indexed; from += 4) {
    store<u32>(to, load<u32>(from));
    to += 4;
  }
  if (to < full && blockAt <= textBytes) to = indexBlocks(to, full);
  if (blockAt > textBytes) {
    for (let mark: i32 = 0; mark < AHEAD; mark++) {
      store<u32>(to, textBytes);
      to += 4;
    }
  }
  return to;
}

// Adds the positions of block after block to the index at `to`, until it is full or the text ends. Returns where the
// index ends then. All that is carried from block to block is in locals, which the compiler keeps in registers.
function indexBlocks(to: usize, full: usize): usize {
  const last: u32 = textBytes;
  let base: u32 = blockAt;
  let escapedNext: u64 = nextEscaped;
  let stringCarry: u64 = insideString;
  let scalarCarry: u64 = afterScalar;
  let wrong: u64 = 0;
  let found: u64 = 0;
  let before: v128 = utf8Before;
  let wrongUtf8: v128 = utf8Bad;
  let open: bool = true;
  const slash: v128 = v128.load_splat<u8>(BYTES, 0);
  const quote: v128 = v128.load_splat<u8>(BYTES, 1);
  const lastControl: v128 = v128.load_splat<u8>(BYTES, 2);
  const blank: v128 = v128.load_splat<u8>(BYTES, 3);
  const comma: v128 = v128.load_splat<u8>(BYTES, 4);
  const colon: v128 = v128.load_splat<u8>(BYTES, 5);
  const bracketBits: v128 = v128.load_splat<u8>(BYTES, 6);
  const bracketRest: v128 = v128.load_splat<u8>(BYTES, 7);
  const address: usize = text;
  while (true) {
    const from: usize = address + base;
    const a: v128 = v128.load(from);
    const b: v128 = v128.load(from, 16);
    const c: v128 = v128.load(from, 32);
    const d: v128 = v128.load(from, 48);
    // The last block holds one zero at least, which ends a cut off UTF-8 sequence and otherwise passes for a space.
    const left: u32 = last - base;

    // Which bytes are escaped: in a run of backslashes, and right behind it, every other one.
    let escaped: u64 = escapedNext;
    escapedNext = 0;
    const slashA: v128 = i8x16.eq(a, slash);
    const slashB: v128 = i8x16.eq(b, slash);
    const slashC: v128 = i8x16.eq(c, slash);
    const slashD: v128 = i8x16.eq(d, slash);
    if (i8x16.bitmask(v128.or(v128.or(slashA, slashB), v128.or(slashC, slashD))) != 0) {
      const backslashes: u64 = mask4(slashA, slashB, slashC, slashD);
      const candidates: u64 = backslashes & ~escaped;
      const codes: u64 = (((candidates << 1) | ODD_BITS) - candidates) ^ ODD_BITS;
      const escapes: u64 = codes & backslashes;
      escaped = codes ^ (backslashes | escaped);
      escapedNext = escapes >> 63;
      if (!rightEscapes(from, escapes)) wrong = 1;
    }

    const quotes: u64 =
      mask4(i8x16.eq(a, quote), i8x16.eq(b, quote), i8x16.eq(c, quote), i8x16.eq(d, quote)) & ~escaped;
    const inside: u64 = prefixXor(quotes) ^ stringCarry;
    stringCarry = <u64>((<i64>inside) >> 63);

    // Control characters are rare where people do not read, so what is wrong with them is asked only where there are any.
    const least: v128 = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    if (i8x16.bitmask(atMost(least, lastControl)) != 0) {
      const control: u64 = mask4(atMost(a, lastControl), atMost(b, lastControl), atMost(c, lastControl), atMost(d, lastControl));
      const allowed: u64 = mask4(breaks(a), breaks(b), breaks(c), breaks(d));
      const within: u64 = left < 64 ? (<u64>1 << left) - 1 : -1;
      wrong |= control & (inside | ~allowed) & within;
    }

    const space: u64 = mask4(atMost(a, blank), atMost(b, blank), atMost(c, blank), atMost(d, blank));
    const separator: u64 = mask4(separatorBytes(a, comma, colon), separatorBytes(b, comma, colon), separatorBytes(c, comma, colon), separatorBytes(d, comma, colon));
    const bracket: u64 = mask4(bracketBytes(a, bracketBits, bracketRest), bracketBytes(b, bracketBits, bracketRest), bracketBytes(c, bracketBits, bracketRest), bracketBytes(d, bracketBits, bracketRest));
    // Tokens that are neither punctuation nor strings start where the byte before is of another sort.
    const scalar: u64 = ~(separator | bracket | space);
    const unquoted: u64 = scalar & ~quotes;
    const first: u64 = scalar & ~((unquoted << 1) | scalarCarry);
    scalarCarry = unquoted >> 63;
    found += popcnt<u64>(separator & ~inside);
    const end: usize = flatten(to, ((bracket | first) & ~inside) | quotes, base);
    to = end;

    // ASCII needs nothing but that no sequence reaches into it.
    const all: v128 = v128.or(v128.or(a, b), v128.or(c, d));
    if (i8x16.bitmask(all) != 0) {
      wrongUtf8 = v128.or(wrongUtf8, wrongBlock(a, b, c, d, before));
      before = d;
      open = true;
    } else if (open) {
      wrongUtf8 = v128.or(wrongUtf8, unfinished(before));
      before = d;
      open = false;
    }
    if (left < 64) {
      base = 0xffffffff;
      break;
    }
    base += 64;
    if (to >= full) break;
  }
  blockAt = base;
  nextEscaped = escapedNext;
  insideString = stringCarry;
  afterScalar = scalarCarry;
  bad |= wrong;
  separators += found;
  utf8Before = before;
  utf8Bad = wrongUtf8;
  return to;
}

@inline
function atMost(bytes: v128, most: v128): v128 {
  return i8x16.eq(i8x16.min_u(bytes, most), bytes);
}

// Tab, line feed, carriage return.
@inline
function breaks(bytes: v128): v128 {
  const feeds: v128 = v128.or(i8x16.eq(bytes, i8x16.splat(0x0a)), i8x16.eq(bytes, i8x16.splat(0x0d)));
  return v128.or(feeds, i8x16.eq(bytes, i8x16.splat(0x09)));
}

@inline
function separatorBytes(bytes: v128, comma: v128, colon: v128): v128 {
  return v128.or(i8x16.eq(bytes, comma), i8x16.eq(bytes, colon));
}

// Brackets are alike but for three bits. So are Y, y, _ and DEL, which stand in no token: the second stage refuses them.
@inline
function bracketBytes(bytes: v128, bits: v128, rest: v128): v128 {
  return i8x16.eq(v128.and(bytes, bits), rest);
}

// Writes four positions at a time, so that the loop's end is guessed wrong less often; what is too many is overwritten.
@inline
function flatten(to: usize, bits: u64, base: u32): usize {
  const end: usize = to + ((<usize>popcnt<u64>(bits)) << 2);
  while (bits != 0) {
    store<u32>(to, base + <u32>ctz<u64>(bits));
    bits &= bits - 1;
    store<u32>(to, base + <u32>ctz<u64>(bits), 4);
    bits &= bits - 1;
    store<u32>(to, base + <u32>ctz<u64>(bits), 8);
    bits &= bits - 1;
    store<u32>(to, base + <u32>ctz<u64>(bits), 12);
    bits &= bits - 1;
    to += 16;
  }
  return end;
}

// Whether every backslash that escapes is followed by something that can be escaped.
function rightEscapes(from: usize, escapes: u64): bool {
  while (escapes != 0) {
    const at: usize = from + <usize>ctz<u64>(escapes);
    escapes &= escapes - 1;
    const letter: u32 = load<u8>(at, 1);
    if (letter == 0x75) {
      if (!(isHex(load<u8>(at, 2)) && isHex(load<u8>(at, 3)) && isHex(load<u8>(at, 4)) && isHex(load<u8>(at, 5)))) return false;
    } else if (!isEscape(letter)) return false;
  }
  return true;
}

@inline
function isHex(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 6;
}

@inline
function isEscape(letter: u32): bool {
  // The letters b, f, n, r, t.
  if (letter - 0x62 < 19) return ((0x51011 >> (letter - 0x62)) & 1) != 0;
  return letter == 0x22 || letter == 0x5c || letter == 0x2f;
}

// Behind the number, or 0. What follows has to be a space, punctuation or the end; a quote is found by the second stage.
@inline
function numberEnd(from: usize, start: u32, first: u32): u32 {
  let at: usize = from + start + <usize>(first == 0x2d);
  const digits: usize = digitsEnd(at);
  if (digits == at || (load<u8>(at) == 0x30 && digits != at + 1)) return 0;
  at = digits;
  let byte: u32 = load<u8>(at);
  if (byte != COMMA) {
    if (byte == 0x2e) {
      const fraction: usize = digitsEnd(at + 1);
      if (fraction == at + 1) return 0;
      at = fraction;
      byte = load<u8>(at);
    }
    if ((byte | 0x20) == 0x65) {
      byte = load<u8>(++at);
      if (byte == 0x2b || byte == 0x2d) at++;
      const exponent: usize = digitsEnd(at);
      if (exponent == at) return 0;
      at = exponent;
      byte = load<u8>(at);
    }
    if (!endsToken(byte)) return 0;
  }
  return <u32>(at - from);
}

// Behind the digits, sixteen at a time: how many there are cannot be guessed, so a loop over them would stall.
@inline
function digitsEnd(at: usize): usize {
  let run: usize = digitRun(at);
  at += run;
  while (run == 16) {
    run = digitRun(at);
    at += run;
  }
  return at;
}

@inline
function digitRun(at: usize): usize {
  const values: v128 = i8x16.sub(v128.load(at), i8x16.splat(0x30));
  return <usize>ctz<i32>(~i8x16.bitmask(i8x16.eq(i8x16.min_u(values, i8x16.splat(9)), values)));
}

// Tab, line feed, carriage return, space, quote, comma, colon, and the zero behind the text; others are found as control
// characters.
const ENDS: u64 = 0x0400100500002601;

@inline
function endsToken(byte: u32): bool {
  return byte < 64 ? ((ENDS >> byte) & 1) != 0 : (byte | 0x26) == 0x7f;
}

@inline
function wordEnd(from: usize, start: u32, byte: u32): u32 {
  const at: usize = from + start;
  const word: u32 = load<u32>(at);
  let length: u32 = 4;
  if (byte == 0x66) {
    if (load<u32>(at, 1) != 0x65736c61) return 0;
    length = 5;
  } else if (word != 0x65757274 && word != 0x6c6c756e) return 0;
  return endsToken(load<u8>(at + length)) ? start + length : 0;
}
