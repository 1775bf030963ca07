// What kernels make of 64 bytes: masks, one bit a byte.

/** Every other bit, from the second on. */
export const ODD_BITS: u64 = 0xaaaaaaaaaaaaaaaa;

/** The highest bits of the bytes in four vectors. */
@inline
export function mask4(a: v128, b: v128, c: v128, d: v128): u64 {
  const low: u32 = i8x16.bitmask(a) | (i8x16.bitmask(b) << 16);
  const high: u32 = i8x16.bitmask(c) | (i8x16.bitmask(d) << 16);
  return (<u64>low) | ((<u64>high) << 32);
}

/** Bit n of the result is the parity of bits 0 to n: set from an opening quote up to its closing one. */
@inline
export function prefixXor(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}
