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

/** How many bytes `writeToken` writes. */
export const TOKEN_BYTES = 20;

/**
 * Writes a token into the first `TOKEN_BYTES` bytes, for rings and memory of one's own; `readToken` reads it there.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { readToken, SharedPool, SharedRing, TOKEN_BYTES, writeToken } from "@millpond/core";
 *
 * const pool = SharedPool.create();
 * const ring = SharedRing.create(pool, { threads: "two" });
 * const token = pool.lease(Float64Array, 1000).detach();
 * ring.tryWriteWith(TOKEN_BYTES, (bytes) => writeToken(token, bytes));
 * const lease = pool.adopt(ring.read(readToken)!, Float64Array); // on another thread
 * assert.equal(lease.array.length, 1000);
 * lease.release();
 * ring.destroy();
 * pool.close();
 * ```
 */
export function writeToken(token: Token, bytes: Uint8Array): void {
  for (let part = 0; part < 5; part++) {
    const at = part * 4;
    bytes[at] = token[part];
    bytes[at + 1] = token[part] >>> 8;
    bytes[at + 2] = token[part] >>> 16;
    bytes[at + 3] = token[part] >>> 24;
  }
}

/**
 * The token that `writeToken` wrote; `adopt` checks it.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { readToken, TOKEN_BYTES, writeToken } from "@millpond/core";
 *
 * const bytes = new Uint8Array(TOKEN_BYTES);
 * writeToken([1, 2, 3, 4, 4_000_000_000], bytes);
 * assert.deepEqual(readToken(bytes), [1, 2, 3, 4, 4_000_000_000]);
 * ```
 */
export function readToken(bytes: Uint8Array): Token {
  return [wordAt(bytes, 0), wordAt(bytes, 4), wordAt(bytes, 8), wordAt(bytes, 12), wordAt(bytes, 16)];
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}
