// Invariant 1 for vectors and series: rounds of the same work leave heap, array buffers and the pool as they were.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MiB, Pool, series, vec } from "@millpond/core";

// The heap after a full collection; twice, since what the first one frees may hold more.
function heapBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test("a thousand rounds of growing, reading and releasing leave memory flat", () => {
  const pool = new Pool({ limitBytes: 64 * MiB, trimAfterMs: Infinity, check: "fast" });
  const piece = new Float64Array(512);
  function round(): number {
    const xs = vec(pool, Float64Array);
    const ys = vec(pool, Float32Array);
    for (let i = 0; i < 2000; i++) xs.push(i);
    ys.extend(xs).insert(3, [1, 2, 3]).remove(0, 10).sort();
    let total = series(xs, { step: 2 }).copyTo(piece);
    for (const y of ys) total += y;
    xs.release();
    ys.release();
    return total;
  }
  for (let i = 0; i < 200; i++) round();
  const before = heapBytes();
  const { misses, growths } = pool.stats();
  for (let i = 0; i < 1000; i++) round();
  const grown = heapBytes() - before;
  assert.ok(grown < 200_000, `${grown} bytes more after 1,000 rounds`);
  assert.deepEqual({ misses: pool.stats().misses, growths: pool.stats().growths }, { misses, growths });
  assert.equal(pool.stats().inUse, 0);
});
