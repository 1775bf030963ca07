// Chaos: misbehaviour on request, the same for the same seed, harmful only to programs that rely on what they must not.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChaosOptions } from "@millpond/core";
import { allEqual } from "./bytes.ts";
import { smallPool } from "./modes.ts";

// What a program that gets and gives back one array at a time sees: where each lay, and its first byte.
function trace(chaos: ChaosOptions | undefined): string {
  const pool = smallPool(chaos === undefined ? {} : { chaos });
  const seen: string[] = [];
  for (let round = 0; round < 100; round++) {
    const array = pool.acquireUnsafe(Uint8Array, 100);
    seen.push(`${array.byteOffset}:${array[0]}`);
    pool.release(array);
  }
  return seen.join(" ");
}

test("the same seed misbehaves in the same way, another seed in another", () => {
  assert.equal(trace({ seed: 1 }), trace({ seed: 1 }));
  assert.notEqual(trace({ seed: 1 }), trace({ seed: 2 }));
  assert.notEqual(trace({ seed: 1 }), trace(undefined));
  assert.equal(trace({ seed: 1, drop: 0, delay: 0, poison: 0 }), trace(undefined));
});

test("delayed blocks come back after 16 others, dropped ones after 1,024", () => {
  for (const [option, count] of [
    ["delay", 16],
    ["drop", 1024],
  ] as const) {
    const pool = smallPool({ chaos: { seed: 1, drop: 0, delay: 0, poison: 0, [option]: 1 } });
    const places = new Set<number>();
    for (let round = 0; round < 3000; round++) {
      const array = pool.acquire(Uint8Array, 50);
      places.add(array.byteOffset);
      pool.release(array);
    }
    assert.equal(places.size, count + 1, option);
  }
});

test("poison fills what acquireUnsafe gives, never what acquire gives", () => {
  for (const check of ["fast", "checked"] as const) {
    const pool = smallPool({ check, chaos: { seed: 1, poison: 1, drop: 0, delay: 0 } });
    for (let round = 0; round < 50; round++) {
      const raw = pool.acquireUnsafe(Uint8Array, 100 + round);
      assert.ok(raw[0] !== 0 && allEqual(raw, raw[0]));
      const clean = pool.acquire(Float32Array, 100 + round);
      assert.ok(allEqual(clean, 0));
      pool.release(raw);
      pool.release(clean);
    }
  }
});
