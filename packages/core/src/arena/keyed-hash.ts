// A hash with a secret key, for tables that somebody tries to make slow.
//
// HalfSipHash-1-3 by Aumasson and Bernstein: like SipHash, with words of 32 bits. Who does not know the key cannot
// choose texts that collide. It costs about three times as much as the plain hash, so tables use it only after
// they have seen a run of collisions that chance does not explain.
import { wordAt } from "./bytes.ts";

/** The secret of one table: two words. */
export type HashKey = readonly [number, number];

/** A key that nobody can guess from outside. */
export function newHashKey(): HashKey {
  return [Math.floor(Math.random() * 2 ** 32) | 0, Math.floor(Math.random() * 2 ** 32) | 0];
}

/** The hash of some bytes under a key, 0 to 2^32 - 1. */
export function keyedHash(key: HashKey, bytes: Uint8Array, start: number, end: number): number {
  let v0 = key[0];
  let v1 = key[1];
  let v2 = 0x6c796765 ^ key[0];
  let v3 = 0x74656462 ^ key[1];
  const words = ((end - start) >>> 2) + 1;
  for (let word = 0; word < words + 3; word++) {
    const message = word < words ? messageAt(bytes, start, end, word) : 0;
    if (word === words) v2 ^= 0xff;
    v3 ^= message;
    v0 = (v0 + v1) | 0;
    v1 = rotate(v1, 5) ^ v0;
    v0 = rotate(v0, 16);
    v2 = (v2 + v3) | 0;
    v3 = rotate(v3, 8) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = rotate(v3, 7) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = rotate(v1, 13) ^ v2;
    v2 = rotate(v2, 16);
    v0 ^= message;
  }
  return (v1 ^ v3) >>> 0;
}

// The last word has the bytes that are left over, and the length on top.
function messageAt(bytes: Uint8Array, start: number, end: number, word: number): number {
  const at = start + word * 4;
  if (at + 4 <= end) return wordAt(bytes, at);
  let message = (end - start) << 24;
  for (let i = at; i < end; i++) message |= bytes[i] << (8 * (i - at));
  return message;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
