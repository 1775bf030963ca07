// The kernel behind the strict parser: text in, columns out. Its twin is src/parse/strict.ts.
//
// Two stages take turns. The first looks at 64 bytes at a time and turns them into masks, one bit a byte: which quotes
// are real, what is inside strings, what is punctuation, where other tokens start. The positions of the bits that matter
// go into the index, a buffer of some thousand words. The second stage goes from position to position and writes nodes;
// it never looks at the inside of a string, because both quotes are in the index. The idea is that of simdjson (Langdale
// and Lemire, "Parsing gigabytes of JSON per second", 2019); UTF-8 is checked by the three lookups of Keiser and Lemire
// ("Validating UTF-8 in less than one instruction per byte", 2020).
//
// Behind the text lie 64 zero bytes or more. Whatever is wrong ends the parse; what it is, the caller finds out.

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
const CARRY_ESCAPED: usize = 32;
const CARRY_STRING: usize = 40;
const CARRY_SCALAR: usize = 48;
const CARRY_BAD: usize = 56;
const CARRY_UTF8: usize = 64;

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
const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;
const OPEN_ARRAY: u32 = 0x5b;
const CLOSE_ARRAY: u32 = 0x5d;
const OPEN_OBJECT: u32 = 0x7b;
const CLOSE_OBJECT: u32 = 0x7d;

// The most positions that the second stage looks at before it asks for more, and as many end marks.
const AHEAD: i32 = 8;

// What the first stage carries from block to block. Each instance has its own; between calls it lies in the state words.
let text: usize = 0;
let textBytes: u32 = 0;
let blockAt: u32 = 0;
let nextEscaped: u64 = 0;
let insideString: u64 = 0;
let afterScalar: u64 = 0;
let bad: u64 = 0;
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
  const starts: usize = columns;
  const ends: usize = starts + ((<usize>capacity) << 2);
  const nexts: usize = ends + ((<usize>capacity) << 2);
  const parents: usize = nexts + ((<usize>capacity) << 2);
  const kinds: usize = parents + ((<usize>capacity) << 2);
  const fill: i32 = indexRoom - 128;
  let count: u32 = load<u32>(state, COUNT);
  let parent: i32 = load<i32>(state, PARENT);
  let depth: u32 = load<u32>(state, DEPTH);
  let place: i32 = load<i32>(state, INDEX_PLACE);
  let have: i32 = load<i32>(state, INDEX_COUNT);
  let inObject: bool = parent >= 0 && load<u8>(kinds + <usize>parent) == OBJECT;
  let outcome: i32 = FAULT;

  // Each turn reads one value, what follows it, and the key in front of the next one.
  while (true) {
    if (place + AHEAD > have) {
      have = refill(index, place, have, fill);
      place = 0;
    }
    if (count + 2 > capacity) {
      outcome = FULL;
      break;
    }
    let at: u32 = load<u32>(index + ((<usize>place) << 2));
    let byte: u32 = load<u8>(text + at);
    if (byte == QUOTE) {
      const end: u32 = load<u32>(index + ((<usize>place) << 2), 4) + 1;
      write(starts, ends, nexts, parents, kinds, count, STRING, at, end, parent);
      count++;
      place += 2;
    } else if ((byte | 0x20) == OPEN_OBJECT) {
      inObject = byte == OPEN_OBJECT;
      if (++depth > maxDepth) break;
      const container: u32 = count++;
      write(starts, ends, nexts, parents, kinds, container, inObject ? OBJECT : ARRAY, at, at + 1, parent);
      const next: usize = index + ((<usize>place) << 2);
      const following: u32 = load<u32>(next, 4);
      const first: u32 = load<u8>(text + following);
      parent = container;
      if (first != (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) {
        place++;
        if (!inObject) continue;
        if (first != QUOTE || load<u8>(text + load<u32>(next, 12)) != COLON) break;
        write(starts, ends, nexts, parents, kinds, count, KEY, following, load<u32>(next, 8) + 1, parent);
        count++;
        place += 3;
        continue;
      }
      // What follows closes it, like any other container.
      place++;
    } else {
      const end: u32 = byte - 0x30 < 10 || byte == 0x2d ? numberEnd(at) : wordEnd(at, byte);
      if (end == 0) break;
      const kind: u32 = byte == 0x74 ? TRUE : byte == 0x66 ? FALSE : byte == 0x6e ? NULL : NUMBER;
      write(starts, ends, nexts, parents, kinds, count, kind, at, end, parent);
      count++;
      place++;
    }

    // Behind a value: a comma, or the ends of any number of containers.
    while (true) {
      if (parent < 0) {
        outcome = DONE;
        break;
      }
      if (place + AHEAD > have) {
        have = refill(index, place, have, fill);
        place = 0;
      }
      at = load<u32>(index + ((<usize>place) << 2));
      byte = load<u8>(text + at);
      place++;
      if (byte == COMMA) break;
      if (byte != (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return FAULT;
      store<u32>(ends + ((<usize>parent) << 2), at + 1);
      store<u32>(nexts + ((<usize>parent) << 2), count);
      parent = load<i32>(parents + ((<usize>parent) << 2));
      inObject = parent >= 0 && load<u8>(kinds + <usize>parent) == OBJECT;
      depth--;
    }
    if (outcome == DONE) break;
    if (inObject) {
      const next: usize = index + ((<usize>place) << 2);
      const key: u32 = load<u32>(next);
      if (load<u8>(text + key) != QUOTE || load<u8>(text + load<u32>(next, 8)) != COLON) break;
      write(starts, ends, nexts, parents, kinds, count, KEY, key, load<u32>(next, 4) + 1, parent);
      count++;
      place += 3;
    }
  }
  if (outcome == DONE) outcome = finished(index, place, have, fill);
  store<u32>(state, count, COUNT);
  store<i32>(state, parent, PARENT);
  store<u32>(state, depth, DEPTH);
  store<i32>(state, place, INDEX_PLACE);
  store<i32>(state, have, INDEX_COUNT);
  keep(state);
  return outcome;
}

/** The offset of the block of 64 bytes in which a fault of the encoding was seen, or 0xffffffff where there is none. */
export function checkUtf8(textAddress: usize, bytes: u32): u32 {
  text = textAddress;
  utf8Before = i64x2.splat(0);
  utf8Bad = i64x2.splat(0);
  for (let at: u32 = 0; at <= bytes; at += 64) {
    const from: usize = textAddress + at;
    checkBlock(v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48));
    if (v128.any_true(utf8Bad)) return at;
    if (bytes - at < 64) break;
  }
  return 0xffffffff;
}

@inline
function write(
  starts: usize,
  ends: usize,
  nexts: usize,
  parents: usize,
  kinds: usize,
  node: u32,
  kind: u32,
  start: u32,
  end: u32,
  parent: i32,
): void {
  const offset: usize = (<usize>node) << 2;
  store<u32>(starts + offset, start);
  store<u32>(ends + offset, end);
  store<u32>(nexts + offset, node + 1);
  store<i32>(parents + offset, parent);
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
  utf8Before = v128.load(state, CARRY_UTF8);
  utf8Bad = i64x2.splat(0);
}

function keep(state: usize): void {
  store<u32>(state, blockAt, AT);
  store<u64>(state, nextEscaped, CARRY_ESCAPED);
  store<u64>(state, insideString, CARRY_STRING);
  store<u64>(state, afterScalar, CARRY_SCALAR);
  store<u64>(state, bad | (v128.any_true(utf8Bad) ? 1 : 0), CARRY_BAD);
  v128.store(state, utf8Before, CARRY_UTF8);
}

// After the root: nothing but whitespace, and no fault in any block.
function finished(index: usize, place: i32, have: i32, fill: i32): i32 {
  if (place + AHEAD > have) {
    refill(index, place, have, fill);
    place = 0;
  }
  if (load<u32>(index + ((<usize>place) << 2)) != textBytes) return FAULT;
  return bad == 0 && insideString == 0 && !v128.any_true(utf8Bad) ? DONE : FAULT;
}

// Moves what is left of the index to its front and indexes blocks until it is full or the text ends. At the end of the
// text come end marks: positions of the first zero behind it. Returns how many positions there are.
function refill(index: usize, place: i32, have: i32, fill: i32): i32 {
  let left: i32 = 0;
  for (let from: i32 = place; from < have; from++) {
    store<u32>(index + ((<usize>left) << 2), load<u32>(index + ((<usize>from) << 2)));
    left++;
  }
  let to: usize = index + ((<usize>left) << 2);
  const full: usize = index + ((<usize>fill) << 2);
  // The last block holds one zero at least, which ends a cut off UTF-8 sequence.
  while (to < full && blockAt <= textBytes) {
    to = indexBlock(to);
    // The last block of a text of nearly 4 GiB.
    if (textBytes - blockAt < 64) {
      blockAt = 0xffffffff;
      break;
    }
    blockAt += 64;
  }
  if (blockAt > textBytes) {
    for (let mark: i32 = 0; mark < AHEAD; mark++) {
      store<u32>(to, textBytes);
      to += 4;
    }
  }
  return <i32>((to - index) >> 2);
}

const ODD_BITS: u64 = 0xaaaaaaaaaaaaaaaa;

// One block of 64 bytes: adds its positions to the index at `to` and returns where the index ends now.
@inline
function indexBlock(to: usize): usize {
  const from: usize = text + blockAt;
  const a: v128 = v128.load(from);
  const b: v128 = v128.load(from, 16);
  const c: v128 = v128.load(from, 32);
  const d: v128 = v128.load(from, 48);

  // Which backslashes escape, and which bytes are escaped: in a run of backslashes, every other one.
  const backslashes: u64 = equalMask(a, b, c, d, i8x16.splat(0x5c));
  let escaped: u64 = nextEscaped;
  if (backslashes == 0) nextEscaped = 0;
  else {
    const candidates: u64 = backslashes & ~nextEscaped;
    const codes: u64 = (((candidates << 1) | ODD_BITS) - candidates) ^ ODD_BITS;
    escaped = codes ^ (backslashes | nextEscaped);
    const escapes: u64 = codes & backslashes;
    nextEscaped = escapes >> 63;
    checkEscapes(escapes);
  }

  const quotes: u64 = equalMask(a, b, c, d, i8x16.splat(0x22)) & ~escaped;
  const inside: u64 = prefixXor(quotes) ^ insideString;
  insideString = <u64>((<i64>inside) >> 63);

  const control: u64 = mask4(
    i8x16.lt_u(a, i8x16.splat(0x20)),
    i8x16.lt_u(b, i8x16.splat(0x20)),
    i8x16.lt_u(c, i8x16.splat(0x20)),
    i8x16.lt_u(d, i8x16.splat(0x20)),
  );
  const spaceA: v128 = spaces(a);
  const spaceB: v128 = spaces(b);
  const spaceC: v128 = spaces(c);
  const spaceD: v128 = spaces(d);
  const space: u64 = mask4(spaceA, spaceB, spaceC, spaceD);
  const mark: u64 = mask4(marks(a), marks(b), marks(c), marks(d));

  // Tokens that are neither punctuation nor strings start where the byte before is of another sort.
  const scalar: u64 = ~(mark | space);
  const unquoted: u64 = scalar & ~quotes;
  const first: u64 = scalar & ~((unquoted << 1) | afterScalar);
  afterScalar = unquoted >> 63;

  let bits: u64 = ((mark | first) & ~inside) | quotes;
  const left: u32 = textBytes - blockAt;
  let wrong: u64 = control & inside;
  if (left < 64) {
    const within: u64 = (<u64>1 << left) - 1;
    bits &= within;
    wrong &= within;
  }
  bad |= wrong;
  checkBlock(a, b, c, d);
  return flatten(to, bits, blockAt);
}

@inline
function mask4(a: v128, b: v128, c: v128, d: v128): u64 {
  const low: u64 = (<u64>(<u32>i8x16.bitmask(a))) | ((<u64>(<u32>i8x16.bitmask(b))) << 16);
  const high: u64 = (<u64>(<u32>i8x16.bitmask(c))) | ((<u64>(<u32>i8x16.bitmask(d))) << 16);
  return low | (high << 32);
}

@inline
function equalMask(a: v128, b: v128, c: v128, d: v128, byte: v128): u64 {
  return mask4(i8x16.eq(a, byte), i8x16.eq(b, byte), i8x16.eq(c, byte), i8x16.eq(d, byte));
}

// A lookup by the low four bits gives the one space, or the one mark, that has them; it is one if it is the byte itself.
@inline
function spaces(bytes: v128): v128 {
  const table: v128 = i8x16(0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0x09, 0x0a, 0, 0, 0x0d, 0, 0);
  return i8x16.eq(i8x16.swizzle(table, v128.and(bytes, i8x16.splat(0x0f))), bytes);
}

// Bit 5 tells [ from { and ] from }. Some control characters pass for marks; the second stage refuses them.
@inline
function marks(bytes: v128): v128 {
  const table: v128 = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0);
  const folded: v128 = v128.or(bytes, i8x16.splat(0x20));
  return i8x16.eq(i8x16.swizzle(table, v128.and(bytes, i8x16.splat(0x0f))), folded);
}

// Bit n of the result is the parity of bits 0 to n: set from an opening quote up to its closing one.
@inline
function prefixXor(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}

// Writes eight positions at a time, so that the loop's end is seldom guessed wrong; what is too many is overwritten.
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
    store<u32>(to, base + <u32>ctz<u64>(bits), 16);
    bits &= bits - 1;
    store<u32>(to, base + <u32>ctz<u64>(bits), 20);
    bits &= bits - 1;
    store<u32>(to, base + <u32>ctz<u64>(bits), 24);
    bits &= bits - 1;
    store<u32>(to, base + <u32>ctz<u64>(bits), 28);
    bits &= bits - 1;
    to += 32;
  }
  return end;
}

// Every backslash that escapes has to be followed by something that can be escaped. Outside of strings, stage two sees it.
function checkEscapes(escapes: u64): void {
  while (escapes != 0) {
    const at: usize = text + blockAt + <usize>ctz<u64>(escapes);
    escapes &= escapes - 1;
    const letter: u32 = load<u8>(at, 1);
    if (letter == 0x75) {
      if (!(isHex(load<u8>(at, 2)) && isHex(load<u8>(at, 3)) && isHex(load<u8>(at, 4)) && isHex(load<u8>(at, 5)))) bad = 1;
    } else if (!isEscape(letter)) bad = 1;
  }
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
function numberEnd(start: u32): u32 {
  let at: usize = text + start;
  let byte: u32 = load<u8>(at);
  if (byte == 0x2d) byte = load<u8>(++at);
  if (byte == 0x30) byte = load<u8>(++at);
  else {
    if (byte - 0x30 >= 10) return 0;
    do byte = load<u8>(++at);
    while (byte - 0x30 < 10);
  }
  if (byte == 0x2e) {
    byte = load<u8>(++at);
    if (byte - 0x30 >= 10) return 0;
    do byte = load<u8>(++at);
    while (byte - 0x30 < 10);
  }
  if ((byte | 0x20) == 0x65) {
    byte = load<u8>(++at);
    if (byte == 0x2b || byte == 0x2d) byte = load<u8>(++at);
    if (byte - 0x30 >= 10) return 0;
    do byte = load<u8>(++at);
    while (byte - 0x30 < 10);
  }
  const end: u32 = <u32>(at - text);
  return endsToken(byte, end) ? end : 0;
}

@inline
function endsToken(byte: u32, at: u32): bool {
  if (byte == COMMA || (byte | 0x20) == CLOSE_OBJECT || byte == 0x20 || byte == 0x0a || byte == 0x0d) return true;
  if (byte == 0) return at == textBytes;
  return byte == 0x09 || byte == QUOTE || byte == COLON || (byte | 0x20) == OPEN_OBJECT;
}

@inline
function wordEnd(start: u32, byte: u32): u32 {
  const at: usize = text + start;
  const word: u32 = load<u32>(at);
  let length: u32 = 4;
  if (byte == 0x66) {
    if (load<u32>(at, 1) != 0x65736c61) return 0;
    length = 5;
  } else if (word != 0x65757274 && word != 0x6c6c756e) return 0;
  return endsToken(load<u8>(at + length), start + length) ? start + length : 0;
}

const HIGH: i8 = <i8>0x80;

// UTF-8 of 64 bytes. ASCII needs nothing but that no sequence reaches into it.
@inline
function checkBlock(a: v128, b: v128, c: v128, d: v128): void {
  const all: v128 = v128.or(v128.or(a, b), v128.or(c, d));
  if (i8x16.bitmask(all) == 0) {
    utf8Bad = v128.or(utf8Bad, unfinished(utf8Before));
    utf8Before = d;
    return;
  }
  let errors: v128 = wrongSequences(a, utf8Before);
  errors = v128.or(errors, wrongSequences(b, a));
  errors = v128.or(errors, wrongSequences(c, b));
  errors = v128.or(errors, wrongSequences(d, c));
  utf8Bad = v128.or(utf8Bad, errors);
  utf8Before = d;
}

// Not zero when a sequence starts so late that it would have to go on behind these bytes.
@inline
function unfinished(bytes: v128): v128 {
  const most: v128 = i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, <i8>0xef, <i8>0xdf, <i8>0xbf);
  return i8x16.sub_sat_u(bytes, most);
}

// The faults that two neighbouring bytes show, one bit each.
const TOO_SHORT: i32 = 1;
const TOO_LONG: i32 = 2;
const OVERLONG_3: i32 = 4;
const TOO_LARGE: i32 = 8;
const SURROGATE: i32 = 16;
const OVERLONG_2: i32 = 32;
const TOO_LARGE_1000: i32 = 64;
const OVERLONG_4: i32 = 64;
const TWO_CONTINUATIONS: i32 = 128;
const CARRY: i32 = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS;

@inline
function wrongSequences(bytes: v128, before: v128): v128 {
  const previous: v128 = v128.shuffle<u8>(before, bytes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  const byHigh: v128 = i8x16(
    <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG, <i8>TOO_LONG,
    <i8>TWO_CONTINUATIONS, <i8>TWO_CONTINUATIONS, <i8>TWO_CONTINUATIONS, <i8>TWO_CONTINUATIONS,
    <i8>(TOO_SHORT | OVERLONG_2), <i8>TOO_SHORT, <i8>(TOO_SHORT | OVERLONG_3 | SURROGATE),
    <i8>(TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4),
  );
  const byLow: v128 = i8x16(
    <i8>(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), <i8>(CARRY | OVERLONG_2), <i8>CARRY, <i8>CARRY,
    <i8>(CARRY | TOO_LARGE), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE), <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
    <i8>(CARRY | TOO_LARGE | TOO_LARGE_1000),
  );
  const bySecond: v128 = i8x16(
    <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT,
    <i8>(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
    <i8>(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE),
    <i8>(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE),
    <i8>(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE),
    <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT, <i8>TOO_SHORT,
  );
  const special: v128 = v128.and(
    v128.and(
      i8x16.swizzle(byHigh, i8x16.shr_u(previous, 4)),
      i8x16.swizzle(byLow, v128.and(previous, i8x16.splat(0x0f))),
    ),
    i8x16.swizzle(bySecond, i8x16.shr_u(bytes, 4)),
  );
  // Third and fourth bytes of sequences: there, and only there, two continuations in a row are right.
  const second: v128 = v128.shuffle<u8>(before, bytes, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  const third: v128 = v128.shuffle<u8>(before, bytes, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
  const continued: v128 = v128.or(
    i8x16.sub_sat_u(second, i8x16.splat(<i8>(0xe0 - 0x80))),
    i8x16.sub_sat_u(third, i8x16.splat(<i8>(0xf0 - 0x80))),
  );
  return v128.xor(v128.and(continued, i8x16.splat(HIGH)), special);
}
