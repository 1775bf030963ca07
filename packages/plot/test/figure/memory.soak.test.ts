// Many figures in a row: in the second half, nothing grows any more.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import { gallery, HEIGHT, WIDTH } from "../golden/gallery.ts";

const ROUNDS = 40;

test("2,000 figures of all types leave pool, array buffers and heap as they were after the first half", () => {
  const pool = new Pool({ name: "soak", trimAfterMs: Infinity });
  const figures = [...gallery({ pool }).values()];
  const into = new Uint8Array(4 * WIDTH * HEIGHT);
  const measure = (): { regions: number; buffers: number; heap: number } => {
    globalThis.gc?.();
    globalThis.gc?.();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return { regions: pool.stats().bytesReserved, buffers: arrayBuffers, heap: heapUsed };
  };
  const run = (): void => {
    for (let round = 0; round < ROUNDS / 2; round++) for (const figure of figures) figure.pixels({ into });
  };
  run();
  const before = measure();
  run();
  const after = measure();
  assert.equal(pool.stats().bytesInUse, 0);
  assert.equal(after.regions, before.regions);
  assert(
    after.buffers - before.buffers < 100_000,
    `${after.buffers - before.buffers} bytes of array buffers more`,
  );
  assert(after.heap - before.heap < 1_000_000, `${after.heap - before.heap} bytes of heap more`);
});

test("drawing the same figure again takes no new block from the pool", () => {
  const pool = new Pool({ name: "steady", trimAfterMs: Infinity });
  for (const [name, figure] of gallery({ pool })) {
    const into = new Uint8Array(4 * WIDTH * HEIGHT);
    figure.pixels({ into });
    figure.pixels({ into });
    const { bytesRetained } = pool.stats();
    figure.pixels({ into });
    assert.equal(pool.stats().bytesRetained, bytesRetained, name);
  }
});
