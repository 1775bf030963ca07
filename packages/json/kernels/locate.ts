// Passes over values without parsing them: quotes decide what is inside strings, brackets are counted, and nothing else is looked
// at. Its twin is src/read/pass-values.ts.
//
// 64 bytes at a time, as in tape.ts. Most blocks are too deep inside for a value to end in them: then counting their brackets is
// enough. In the others, brackets and commas are gone through one by one.

import { mask4, ODD_BITS, prefixXor } from "./shared/masks";

// State words, by byte offset, as in src/read/pass-values.ts.
const LEFT: usize = 0;
const DEPTH: usize = 4;
const ESCAPED: usize = 8;
const INSIDE: usize = 12;

// Bytes to compare with: backslash, quote, the bit in which brackets of one sort differ, opening, closing, comma. Read from memory
// they stay in registers.
const BYTES: usize = memory.data<u8>([0x5c, 0x22, 0x20, 0x7b, 0x7d, 0x2c]);

/**
 * Goes through the whole blocks of 64 bytes in a text, from where the state words say. Returns the offset of the comma behind as
 * many values of this level as are left to pass, or of the bracket that ends the level before; without any, `bytes` rounded
 * down to whole blocks.
 */
export function passValues(state: usize, textAddress: usize, bytes: u32): u32 {
  let left: u32 = load<u32>(state, LEFT);
  let depth: u32 = load<u32>(state, DEPTH);
  let escapedNext: u64 = load<u32>(state, ESCAPED);
  let stringCarry: u64 = -(<u64>load<u32>(state, INSIDE));
  const slash: v128 = v128.load_splat<u8>(BYTES, 0);
  const quote: v128 = v128.load_splat<u8>(BYTES, 1);
  const either: v128 = v128.load_splat<u8>(BYTES, 2);
  const opening: v128 = v128.load_splat<u8>(BYTES, 3);
  const closing: v128 = v128.load_splat<u8>(BYTES, 4);
  const comma: v128 = v128.load_splat<u8>(BYTES, 5);
  const end: u32 = bytes & ~63;
  for (let base: u32 = 0; base < end; base += 64) {
    const from: usize = textAddress + base;
    const a: v128 = v128.load(from);
    const b: v128 = v128.load(from, 16);
    const c: v128 = v128.load(from, 32);
    const d: v128 = v128.load(from, 48);

    // Which bytes are escaped: in a run of backslashes, and right behind it, every other one.
    let escaped: u64 = escapedNext;
    escapedNext = 0;
    const backslashes: u64 = mask4(i8x16.eq(a, slash), i8x16.eq(b, slash), i8x16.eq(c, slash), i8x16.eq(d, slash));
    if (backslashes != 0) {
      const candidates: u64 = backslashes & ~escaped;
      const codes: u64 = (((candidates << 1) | ODD_BITS) - candidates) ^ ODD_BITS;
      escapedNext = (codes & backslashes) >> 63;
      escaped = codes ^ (backslashes | escaped);
    }
    const quotes: u64 =
      mask4(i8x16.eq(a, quote), i8x16.eq(b, quote), i8x16.eq(c, quote), i8x16.eq(d, quote)) & ~escaped;
    const inside: u64 = prefixXor(quotes) ^ stringCarry;
    stringCarry = <u64>((<i64>inside) >> 63);

    const a2: v128 = v128.or(a, either);
    const b2: v128 = v128.or(b, either);
    const c2: v128 = v128.or(c, either);
    const d2: v128 = v128.or(d, either);
    const opens: u64 =
      mask4(i8x16.eq(a2, opening), i8x16.eq(b2, opening), i8x16.eq(c2, opening), i8x16.eq(d2, opening)) & ~inside;
    const closes: u64 =
      mask4(i8x16.eq(a2, closing), i8x16.eq(b2, closing), i8x16.eq(c2, closing), i8x16.eq(d2, closing)) & ~inside;
    const closed: u32 = <u32>popcnt<u64>(closes);
    if (depth > closed) {
      depth += <u32>popcnt<u64>(opens) - closed;
      continue;
    }
    const commas: u64 =
      mask4(i8x16.eq(a, comma), i8x16.eq(b, comma), i8x16.eq(c, comma), i8x16.eq(d, comma)) & ~inside;
    for (let bits: u64 = opens | closes | commas; bits != 0; bits &= bits - 1) {
      const bit: u64 = bits & -bits;
      if ((bit & opens) != 0) depth++;
      else if (depth > 0) depth -= <u32>((bit & closes) != 0);
      else if ((bit & closes) != 0 || --left == 0) return base + <u32>ctz<u64>(bit);
    }
  }
  store<u32>(state, left, LEFT);
  store<u32>(state, depth, DEPTH);
  store<u32>(state, <u32>escapedNext, ESCAPED);
  store<u32>(state, <u32>(stringCarry & 1), INSIDE);
  return end;
}
