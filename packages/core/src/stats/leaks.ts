// Who forgot to release: a report for a running program, and a scope for tests.
import type { TypedArray } from "../memory/elements.ts";
import { PoolError } from "../memory/errors.ts";
import { isThenable } from "../memory/thenable.ts";
import { formatBytes } from "../memory/units.ts";
import type { Outstanding, Pool } from "../pool/pool.ts";

/** Arrays in use that have the pool, the tag and the place of acquisition in common. */
export interface LeakGroup {
  /** The pool's name. */
  readonly pool: string;
  /** The lease's tag. */
  readonly tag: string | undefined;
  /** Where it was acquired, where that was noted: in checked modes, one acquisition in `stackEvery`. */
  readonly stack: string | undefined;
  /** How many arrays. */
  readonly count: number;
  /** Their bytes. */
  readonly bytes: number;
  /** The age of the oldest, in checked modes. */
  readonly oldestMs: number | undefined;
}

/**
 * What is in use, grouped by pool, tag and place of acquisition, the most bytes first. In a program that should hold
 * nothing, these are the leaks.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { leaks, Pool } from "@millpond/core";
 *
 * const pool = new Pool({ name: "uploads", check: "checked", stackEvery: 1 });
 * const lease = pool.lease(Uint8Array, 4096, { tag: "avatar" });
 * const [group] = leaks(pool);
 * assert.equal(group.tag, "avatar");
 * assert.equal(group.bytes, 4096);
 * lease.release();
 * assert.deepEqual(leaks(pool), []);
 * ```
 */
export function leaks(pool: Pool): LeakGroup[] {
  return grouped(pool.outstanding());
}

function grouped(outstanding: readonly Outstanding[]): LeakGroup[] {
  const groups = new Map<string, LeakGroup>();
  for (const { pool, tag, stack, bytes, ageMs } of outstanding) {
    const key = JSON.stringify([pool, tag, stack]);
    const group = groups.get(key);
    const oldestMs = Math.max(group?.oldestMs ?? -1, ageMs ?? -1);
    groups.set(key, {
      pool,
      tag,
      stack,
      count: (group?.count ?? 0) + 1,
      bytes: (group?.bytes ?? 0) + bytes,
      oldestMs: oldestMs < 0 ? undefined : oldestMs,
    });
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes);
}

/**
 * Runs `work` and throws `LEAK` when it acquired something from the pool, or a child of it, and did not give it back.
 * For tests. An error that `work` throws goes on as it is, whether or not something leaked.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { expectNoLeaks, Pool } from "@millpond/core";
 *
 * const pool = new Pool();
 * expectNoLeaks(pool, () => pool.release(pool.acquire(Uint8Array, 4096)));
 * assert.throws(() => expectNoLeaks(pool, () => pool.acquire(Uint8Array, 4096)), { code: "LEAK" });
 * ```
 */
export function expectNoLeaks<R>(pool: Pool, work: () => R): R {
  const before = holdingsOf(pool);
  const result = work();
  if (isThenable(result)) return checkedLater(pool, before, result) as R;
  refuseLeaks(pool, before);
  return result;
}

interface Holdings {
  readonly arrays: ReadonlyMap<TypedArray, number>;
  /** Mode "off" keeps no list of its arrays, only their number. */
  readonly count: number;
}

function holdingsOf(pool: Pool): Holdings {
  return { arrays: pool._holdings(), count: pool.stats().inUse };
}

async function checkedLater(pool: Pool, before: Holdings, result: PromiseLike<unknown>): Promise<unknown> {
  const value = await result;
  refuseLeaks(pool, before);
  return value;
}

function refuseLeaks(pool: Pool, before: Holdings): void {
  const now = holdingsOf(pool);
  const leaked = new Set<TypedArray>();
  for (const [array, turn] of now.arrays) if (before.arrays.get(array) !== turn) leaked.add(array);
  if (leaked.size === 0 && pool.check === "off" && now.count > before.count)
    throw uncounted(now.count - before.count);
  if (leaked.size === 0) return;
  const groups = grouped(pool._describe(leaked));
  const lines = groups.map(
    ({ pool: name, tag, count, bytes, stack }) =>
      `  ${count} of pool "${name}", ${formatBytes(bytes)}${tag === undefined ? "" : `, tagged "${tag}"`}` +
      (stack === undefined ? "" : `\n${stack}`),
  );
  throw new PoolError(
    "LEAK",
    `${leaked.size} arrays were acquired and not released:\n${lines.join("\n")}\n` +
      'release them, or use leases; check: "checked" with stackEvery: 1 says where each was acquired',
    { groups },
  );
}

function uncounted(count: number): PoolError {
  return new PoolError(
    "LEAK",
    `${count} more arrays are in use than before; release them, or use leases; any check mode but "off" says which`,
    { count },
  );
}
