// The pool of a renderer, described by what figures need it for.
import { Pool, SharedPool } from "@millpond/core";

import { checkOptions, unlike } from "../check.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
// What a shared pool needs for its tables besides blocks.
const TABLES_BYTES = 2 * MIB;
const MOST_BYTES = 1024 * MIB;

/** Sizes of what a pool makes ready, and how much of it is kept. */
export interface PoolConfig {
  /** Numbers that are made ready for coordinates. @defaultValue 1000 */
  readonly coordinatePoolSize?: number | undefined;
  /** Bytes that are made ready for pixels and for the rasterizer's tables. @defaultValue 4 MiB */
  readonly pixelPoolSize?: number | undefined;
  /** Bytes that are made ready for what is small: markers, letters, lists. @defaultValue 100 KiB */
  readonly textPoolSize?: number | undefined;
  /** The pool keeps so many times these sizes; what a figure needs beyond that is not pooled. @defaultValue 10 */
  readonly maxPoolsPerType?: number | undefined;
  /** Whether the memory can be shared with worker threads: the pool is a `SharedPool` then. @defaultValue true */
  readonly enableCrossThreadSharing?: boolean | undefined;
}

/** A pool with memory made ready. */
export function poolOf(config: PoolConfig): Pool {
  checkOptions("poolConfig", config);
  const {
    coordinatePoolSize = 1000,
    pixelPoolSize = 4 * MIB,
    textPoolSize = 100 * KIB,
    maxPoolsPerType = 10,
    enableCrossThreadSharing = true,
  } = config;
  const sizes = { coordinatePoolSize, pixelPoolSize, textPoolSize };
  for (const [what, size] of Object.entries(sizes)) checkInteger(what, size, 0, MOST_BYTES / 8);
  checkInteger("maxPoolsPerType", maxPoolsPerType, 1, 1000);
  if (typeof enableCrossThreadSharing !== "boolean") {
    throw unlike("enableCrossThreadSharing to be true or false", enableCrossThreadSharing);
  }
  const each = 8 * coordinatePoolSize + pixelPoolSize + textPoolSize;
  const limitBytes = Math.min(MOST_BYTES, Math.max(64 * KIB, maxPoolsPerType * each));
  const options = { name: "renderer", onExhausted: "unpooled" } as const;
  const pool = enableCrossThreadSharing
    ? SharedPool.create({ ...options, limitBytes: limitBytes + TABLES_BYTES })
    : new Pool({ ...options, limitBytes });
  makeReady(pool, Object.values({ ...sizes, coordinatePoolSize: 8 * coordinatePoolSize }));
  return pool;
}

// All at once, so that they become blocks of their own.
function makeReady(pool: Pool, sizes: readonly number[]): void {
  const ready = sizes.filter((size) => size > 0).map((size) => pool.acquireUnsafe(Uint8Array, size));
  for (const array of ready) pool.release(array);
}

function checkInteger(what: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw unlike(`${what} to be an integer from ${low} to ${high}`, value);
}
