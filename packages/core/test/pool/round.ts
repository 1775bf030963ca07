// What a program at rest asks of a pool, again and again.
import type { Pool, TypedArray } from "@millpond/core";

/** A thousand arrays of a few sizes, in and out. */
export function round(pool: Pool, held: TypedArray[]): void {
  for (let i = 0; i < 300; i++) held[i] = pool.acquire(Float64Array, 1000);
  for (let i = 0; i < 300; i++) pool.release(held[i]);
  for (let i = 0; i < 300; i++)
    held[i] = i % 2 === 0 ? pool.acquire(Uint8Array, 500) : pool.acquireUnsafe(Int32Array, 70);
  for (let i = 299; i >= 0; i--) pool.release(held[i]);
  const pixels = pool.acquireUnsafe(Uint8ClampedArray, 2_400_000);
  pixels[0] = 1;
  pool.release(pixels);
}
