// Counts how often a byte occurs, 64 bytes at once.

/** Counts a byte in the `length` bytes from an address on. */
export function countByte(address: usize, length: u32, byte: u32): u32 {
  const wanted = i8x16.splat(<i8>byte);
  let count: u32 = 0;
  let left = length;
  for (; left >= 64; left -= 64) {
    const found = bitsOf(v128.load(address), wanted)
      | (bitsOf(v128.load(address, 16), wanted) << 16)
      | (bitsOf(v128.load(address, 32), wanted) << 32)
      | (bitsOf(v128.load(address, 48), wanted) << 48);
    count += <u32>popcnt(found);
    address += 64;
  }
  for (; left > 0; left--) {
    if (<u32>load<u8>(address) == byte) count++;
    address++;
  }
  return count;
}

// @ts-ignore: decorator
@inline
function bitsOf(bytes: v128, wanted: v128): u64 {
  return <u64><u32>i8x16.bitmask(i8x16.eq(bytes, wanted));
}
