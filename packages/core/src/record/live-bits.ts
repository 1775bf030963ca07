// A bit for each slot, set where a record lives. Finding the next one looks at 32 slots at a time, so that a walk
// over a sparse table costs what its records cost, not what its holes cost.

/** Words for `count` bits. */
export function wordsFor(count: number): number {
  return Math.ceil(count / 32);
}

/** Sets the bit of a slot. A shift uses the low five bits of its right side, which is the place in the word. */
export function setBit(bits: Uint32Array, index: number): void {
  bits[index >>> 5] |= 1 << index;
}

/** Clears the bit of a slot. */
export function clearBit(bits: Uint32Array, index: number): void {
  bits[index >>> 5] &= ~(1 << index);
}

/** Whether the bit of a slot is set. */
export function hasBit(bits: Uint32Array, index: number): boolean {
  return ((bits[index >>> 5] >>> index) & 1) === 1;
}

/** The first set bit from `from` on and below `end`, or -1. */
export function nextBit(bits: Uint32Array, from: number, end: number): number {
  if (from >= end) return -1;
  let at = from >>> 5;
  let word = bits[at] & (-1 << from);
  const last = (end - 1) >>> 5;
  while (word === 0) {
    if (++at > last) return -1;
    word = bits[at];
  }
  // The lowest set bit alone is a power of two; its leading zeros tell its place.
  const index = at * 32 + 31 - Math.clz32(word & -word);
  return index < end ? index : -1;
}

/** Clears the bits from `from` on and below `end`. */
export function clearBits(bits: Uint32Array, from: number, end: number): void {
  let index = from;
  while (index < end && (index & 31) !== 0) clearBit(bits, index++);
  const whole = end - (end & 31);
  if (whole > index) bits.fill(0, index >>> 5, whole >>> 5);
  for (let rest = Math.max(index, whole); rest < end; rest++) clearBit(bits, rest);
}
