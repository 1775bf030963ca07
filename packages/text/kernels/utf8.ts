// Finds the first byte that is not UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF, nothing cut off.
//
// 64 bytes at once, ASCII and everything else, as long as there is no fault in them. The block with the fault, and what is
// left at the end, go one character after the other.

import { unfinished, wrongBlock } from "../../core/kernels/shared/utf8-lookups";

const BLOCK: u32 = 64;

/** The place of the first byte of the first sequence that is not UTF-8, or `length` where all of them are. */
export function findInvalid(text: usize, length: u32): u32 {
  let at = characterStart(text, rightBlocks(text, length));
  while (at < length) {
    const width = characterWidth(text + at, length - at);
    if (width == 0) return at;
    at += width;
  }
  return length;
}

// The end of the blocks from the start on that have no fault; the last one may end within a character.
function rightBlocks(text: usize, length: u32): u32 {
  let before: v128 = i64x2.splat(0);
  let at: u32 = 0;
  for (; length - at >= BLOCK; at += BLOCK) {
    const a: v128 = v128.load(text + at);
    const b: v128 = v128.load(text + at, 16);
    const c: v128 = v128.load(text + at, 32);
    const d: v128 = v128.load(text + at, 48);
    const all: v128 = v128.or(v128.or(a, b), v128.or(c, d));
    const wrong: v128 = i8x16.bitmask(all) == 0 ? unfinished(before) : wrongBlock(a, b, c, d, before);
    if (v128.any_true(wrong)) return at;
    before = d;
  }
  return at;
}

// Where the character starts that goes on at a place behind bytes without fault; that place itself where none does.
function characterStart(text: usize, place: u32): u32 {
  for (let back: u32 = 1; back <= 3 && back <= place; back++) {
    const byte: u32 = load<u8>(text + place - back);
    if (byte >= 0xc0) return place - back;
    if (byte < 0x80) break;
  }
  return place;
}

// Bytes of the character that starts here; 0 where none does.
// @ts-ignore: decorator
@inline
function characterWidth(address: usize, left: u32): u32 {
  const lead: u32 = load<u8>(address);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4 || left < 2) return 0;
  const second: u32 = load<u8>(address, 1);
  if ((second & 0xc0) != 0x80) return 0;
  if (lead < 0xe0) return 2;
  if (left < 3 || (load<u8>(address, 2) & 0xc0) != 0x80) return 0;
  if (lead < 0xf0) {
    // E0 80..9F would be too long, ED A0..BF are halves of pairs.
    return (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ? 0 : 3;
  }
  if (left < 4 || (load<u8>(address, 3) & 0xc0) != 0x80) return 0;
  return (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f) ? 0 : 4;
}
