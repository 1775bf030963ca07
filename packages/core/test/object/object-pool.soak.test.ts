// What an object pool keeps alive, and what it does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { objects } from "@millpond/core";

test("destroyed objects are held by nothing in the pool", async () => {
  assert.ok(globalThis.gc !== undefined, "run with --expose-gc");
  const pool = objects({ create: () => new Map<string, number>(), reset: (map) => map.clear() });
  const seen: WeakRef<object>[] = [];
  const fill = (): void => {
    const all = Array.from({ length: 50 }, () => pool.acquire());
    for (const map of all) {
      seen.push(new WeakRef(map));
      pool.release(map);
    }
  };
  fill();
  assert.equal(pool.drain(), 50);
  // A WeakRef keeps its object until the turn of the event loop ends.
  await setTimeout(1);
  globalThis.gc();
  await setTimeout(1);
  globalThis.gc();
  assert.equal(seen.filter((ref) => ref.deref() !== undefined).length, 0);
});
