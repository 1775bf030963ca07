// Loops over the bytes of strings: copy, compare, hash. Offsets are passed, not views.

// Below this a loop is faster than making the view that `set` wants.
const LOOP_BYTES = 40;

/** Copies the bytes from `start` to `end` to `at` in `target`. */
export function copyBytes(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  if (end - start > LOOP_BYTES) target.set(source.subarray(start, end), at);
  else for (let i = start; i < end; i++) target[at++] = source[i];
}

/** True when two runs of `length` bytes are equal. */
export function sameBytes(
  a: Uint8Array,
  aStart: number,
  b: Uint8Array,
  bStart: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i++) {
    if (a[aStart + i] !== b[bStart + i]) return false;
  }
  return true;
}

/** The difference at the first of `length` bytes where two runs differ; 0 when they are equal. */
export function compareBytes(
  a: Uint8Array,
  aStart: number,
  b: Uint8Array,
  bStart: number,
  length: number,
): number {
  for (let i = 0; i < length; i++) {
    const difference = a[aStart + i] - b[bStart + i];
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * A hash of some bytes, 0 to 2^32 - 1, the same everywhere. Four bytes at a time are multiplied in, and a
 * finisher spreads them; it is fast, and no defence against those who look for collisions.
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = Math.imul(end - start, 0x27d4eb2f);
  let i = start;
  for (; i + 4 <= end; i += 4) hash = mix(hash, wordAt(bytes, i));
  if (i < end) {
    let word = 0;
    for (; i < end; i++) word = (word << 8) | bytes[i];
    hash = mix(hash, word);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/** Four bytes as a number, the first one lowest. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}
