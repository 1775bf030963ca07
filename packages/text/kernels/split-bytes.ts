// Splits a text at any of four bytes: writes where each piece starts and ends. Fewer than four are given by repeating
// one of them.
//
// Places count from an address that may lie before the text that is there, and even before the memory: a text that is
// shown in a window, part by part, keeps its places that way. Addresses are added up modulo 2^32.

// Where the last call stopped, and where the piece starts that it stopped in.
let position: u32 = 0;
let piece: u32 = 0;

/** Bytes that are looked at once. */
const BLOCK: u32 = 64;

/**
 * Looks at the bytes from place `from` up to `end`, in a piece that starts at place `start`, and writes two words for
 * each piece that a delimiter ends, at most `room` pieces; those without a byte only if `keepEmpty` is 1. `delimiters` holds
 * four bytes. Returns how many pieces it wrote. It stops early where less room is left than a block may need.
 */
export function splitAtBytes(
  origin: usize,
  from: u32,
  end: u32,
  start: u32,
  delimiters: u32,
  keepEmpty: u32,
  words: usize,
  room: u32,
): u32 {
  const a = i8x16.splat(<i8>delimiters), b = i8x16.splat(<i8>(delimiters >> 8));
  const c = i8x16.splat(<i8>(delimiters >> 16)), d = i8x16.splat(<i8>(delimiters >> 24));
  let target = words;
  let left = room;
  position = from;
  piece = start;
  while (end - position >= BLOCK && left >= BLOCK) {
    const at = origin + position;
    let found = matches(v128.load(at), a, b, c, d)
      | (matches(v128.load(at, 16), a, b, c, d) << 16)
      | (matches(v128.load(at, 32), a, b, c, d) << 32)
      | (matches(v128.load(at, 48), a, b, c, d) << 48);
    const before = target;
    while (found != 0) {
      const place = position + <u32>ctz(found);
      store<u32>(target, piece);
      store<u32>(target, place, 4);
      target += (place != piece ? 1 : keepEmpty) << 3;
      piece = place + 1;
      found &= found - 1;
    }
    left -= <u32>(target - before) >> 3;
    position += BLOCK;
  }
  if (end - position < BLOCK && left >= BLOCK) target = rest(origin, end, delimiters, keepEmpty, target);
  return <u32>(target - words) >> 3;
}

/** Where the last call stopped; `end` where it came so far. */
export function stoppedAt(): u32 {
  return position;
}

/** Where the piece starts that the last call stopped in. */
export function openPiece(): u32 {
  return piece;
}

// What is no whole block.
function rest(origin: usize, end: u32, delimiters: u32, keepEmpty: u32, words: usize): usize {
  let target = words;
  for (; position < end; position++) {
    const byte = <u32>load<u8>(origin + position);
    if (byte != (delimiters & 0xff) && byte != ((delimiters >> 8) & 0xff)
      && byte != ((delimiters >> 16) & 0xff) && byte != delimiters >> 24) continue;
    store<u32>(target, piece);
    store<u32>(target, position, 4);
    target += (position != piece ? 1 : keepEmpty) << 3;
    piece = position + 1;
  }
  return target;
}

// @ts-ignore: decorator
@inline
function matches(bytes: v128, a: v128, b: v128, c: v128, d: v128): u64 {
  const first = v128.or(i8x16.eq(bytes, a), i8x16.eq(bytes, b));
  const second = v128.or(i8x16.eq(bytes, c), i8x16.eq(bytes, d));
  return <u64><u32>i8x16.bitmask(v128.or(first, second));
}
