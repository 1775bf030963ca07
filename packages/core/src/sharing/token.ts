// A leased array on its way to another thread, as a few numbers.
import { ARRAY_TYPES, KIND_BYTES } from "../memory/elements.ts";
import { PoolError, show } from "../memory/errors.ts";

/**
 * What `lease.detach()` gives and `pool.adopt()` takes: pool, block, turn, kind and length. Plain numbers, so it can
 * be posted as a message, written into a ring, or be put into an `Int32Array` of one's own. A token is good for one
 * adoption.
 */
export type Token = readonly [pool: number, block: number, turn: number, kind: number, length: number];

/** Refuses what cannot be a token; what it points at is another question. */
export function checkToken(token: unknown): Token {
  if (
    Array.isArray(token) &&
    token.length === 5 &&
    token.every((part) => Number.isInteger(part) && part >= 0)
  ) {
    if (token[3] < ARRAY_TYPES.length) return token as unknown as Token;
  }
  throw new PoolError(
    "BAD_MESSAGE",
    `expected a token, five whole numbers as lease.detach() gives them, got ${show(token)}`,
    {
      got: show(token),
    },
  );
}

/** The bytes of the array that a token stands for. */
export function tokenBytes(token: Token): number {
  return token[4] * KIND_BYTES[token[3]];
}
