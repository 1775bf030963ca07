// Finds the first byte that is not UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF, nothing cut off.
//
// ASCII goes by 64 bytes at once. Elsewhere one character after the other; tables are mostly ASCII.

/** The place of the first byte of the first sequence that is not UTF-8, or `length` where all of them are. */
export function findInvalid(text: usize, length: u32): u32 {
  let at: u32 = 0;
  while (at < length) {
    while (length - at >= 64) {
      const address = text + at;
      const low = v128.or(v128.load(address), v128.load(address, 16));
      const high = v128.or(v128.load(address, 32), v128.load(address, 48));
      if (i8x16.bitmask(v128.or(low, high)) != 0) break;
      at += 64;
    }
    // As far as the end of what was no whole block of ASCII, and not through the middle of a character.
    const stop = length - at >= 64 ? at + 64 : length;
    while (at < stop) {
      const width = characterWidth(text + at, length - at);
      if (width == 0) return at;
      at += width;
    }
  }
  return length;
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
