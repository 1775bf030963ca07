// Invariant 1, to the byte: a round of a program at rest leaves nothing to the collector. In a file, and so in a process, of
// its own: what other tests have made V8 believe about the pool's functions decides what their compiled code allocates.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MiB, type TypedArray } from "@millpond/core";
import { smallPool } from "./modes.ts";
import { round } from "./round.ts";

test("a round of a steady state leaves no garbage", () => {
  assert.ok(globalThis.gc !== undefined, "run with --expose-gc");
  const pool = smallPool({ regionBytes: 64 * MiB });
  const held: TypedArray[] = Array.from({ length: 300 });
  for (let warm = 0; warm < 300; warm++) round(pool, held);
  // Of many rounds the best: tiers of compiled code come and go in others, and come late where the machine is busy.
  let least = Infinity;
  for (let times = 0; times < 300 && least / 50 / 601 >= 1; times++) {
    globalThis.gc();
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 50; i++) round(pool, held);
    least = Math.min(least, process.memoryUsage().heapUsed - before);
  }
  assert.ok(least / 50 / 601 < 1, `${least} bytes for 50 rounds of 601 requests`);
});
