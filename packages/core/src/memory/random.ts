// A small seeded generator, for what must misbehave or sample the same way twice.

/**
 * Numbers from 0 up to 1, the same for the same seed.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomFrom } from "@millpond/core";
 *
 * const a = randomFrom(42);
 * const b = randomFrom(42);
 * assert.equal(a(), b());
 * ```
 */
export function randomFrom(seed: number): () => number {
  // Marsaglia's xorshift with 32 bits of state; the multiplication spreads neighbouring seeds, and the state
  // must not be 0, where the sequence would stay.
  let state = Math.imul(seed | 0, 0x9e3779b1) ^ 0x5bd1e995 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
