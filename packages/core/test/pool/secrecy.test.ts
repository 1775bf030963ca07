// Invariant 7: nothing that a user wrote is readable by the next user of the memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Pool, PoolOptions, TypedArray } from "@millpond/core";
import { ARRAY_TYPES } from "../../src/memory/elements.ts";
import { PAGE_BYTES } from "../../src/memory/region.ts";
import { allEqual, bytesOf } from "./bytes.ts";
import { smallPool } from "./modes.ts";
import { lengthFor } from "./sizes.ts";

const SECRET = 0xa7;

// Users come and go; each writes the secret everywhere. `read` says whether what one gets must be zero.
function interleave(
  pool: Pool,
  steps: readonly (readonly [number, number, number])[],
  unsafe: boolean,
): void {
  const held: [Pool, TypedArray][] = [];
  const pools = [pool, pool.child(), pool.child().child()];
  for (const [verb, which, size] of steps) {
    const owner = pools[which % pools.length];
    const type = ARRAY_TYPES[which % ARRAY_TYPES.length];
    if (verb < 5) {
      const length = lengthFor(size, type.BYTES_PER_ELEMENT, 0);
      const array = unsafe ? owner.acquireUnsafe(type, length) : owner.acquire(type, length);
      assert.ok(allEqual(array, 0), `${array.constructor.name} of ${length} at ${array.byteOffset}`);
      bytesOf(array).fill(SECRET);
      held.push([owner, array]);
    } else if (verb < 9 && held.length > 0) {
      const [[from, array]] = held.splice(which % held.length, 1);
      from.release(array);
    } else if (verb === 9) {
      pool.trim();
    }
  }
  pool.close({ force: true });
}

const steps = fc.array(fc.tuple(fc.nat(9), fc.nat(500), fc.nat(30_000)), { maxLength: 120, size: "max" });

const cases: readonly (readonly [string, PoolOptions, boolean])[] = [
  ["acquire", {}, false],
  ["acquire, plain buffers", { memory: "arraybuffer" }, false],
  ["acquire, checked", { check: "checked" }, false],
  ["acquire, chaos", { chaos: { seed: 3, poison: 1 } }, false],
  ["acquire, zeroed on release", { zero: "release" }, false],
  ["acquire, zeroed on release, checked", { zero: "release", check: "checked" }, false],
  ["acquireUnsafe, zeroed on release", { zero: "release" }, true],
  ["acquireUnsafe, zeroed on release, plain buffers", { zero: "release", memory: "arraybuffer" }, true],
];

for (const [name, options, unsafe] of cases) {
  test(`no byte of a former user is readable (${name})`, () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(2, 5, 60), (program, regionPages) => {
        const pool = smallPool({
          limitBytes: 400 * PAGE_BYTES,
          regionBytes: regionPages * PAGE_BYTES,
          ...options,
        });
        interleave(pool, program, unsafe);
      }),
      { numRuns: 120 },
    );
  });
}

test("pages that go from one class to another carry nothing over", () => {
  const pool = smallPool({ regionBytes: 3 * PAGE_BYTES });
  let last = 0;
  for (const bytes of [64, 1000, 30_000, 65_000, 64, 130_000, 5000]) {
    const arrays = Array.from({ length: Math.floor(100_000 / bytes) + 1 }, () =>
      pool.acquire(Uint8Array, bytes),
    );
    for (const array of arrays) {
      assert.ok(allEqual(array, 0), `${bytes} bytes after ${last}`);
      array.fill(SECRET);
    }
    for (const array of arrays) pool.release(array);
    pool.trim();
    last = bytes;
  }
});

test("pages that a trim freed inside a region are zeroed before their next user sees them", () => {
  const pool = smallPool({ regionBytes: 100 * PAGE_BYTES });
  const keeper = pool.acquire(Uint8Array, 64);
  const writer = pool.acquire(Uint8Array, 2 * PAGE_BYTES).fill(SECRET);
  const { buffer } = writer;
  pool.release(writer);
  pool.trim();
  let again = 0;
  for (const bytes of [300, 20_000, 100_000]) {
    const array = pool.acquire(Uint8Array, bytes);
    if (array.buffer === buffer) again++;
    assert.ok(allEqual(array, 0));
  }
  assert.equal(again, 3);
  pool.release(keeper);
});

test("with zero on release the bytes are gone when release returns", () => {
  for (const type of ARRAY_TYPES) {
    const pool = smallPool({ zero: "release" });
    const array = pool.acquireUnsafe(type, 777);
    bytesOf(array).fill(SECRET);
    pool.release(array);
    assert.ok(allEqual(array, 0), type.name);
    const child = pool.child();
    const other = child.acquireUnsafe(type, 777);
    bytesOf(other).fill(SECRET);
    child.close({ force: true });
    assert.ok(allEqual(other, 0), `${type.name}, closed by force`);
  }
});

test("with zero on release arrays outside the pool are zeroed as well", () => {
  const pool = smallPool({ zero: "release", limitBytes: PAGE_BYTES, onExhausted: "unpooled" });
  const outside = pool.acquire(BigInt64Array, 20_000).fill(-1n);
  pool.release(outside);
  assert.ok(allEqual(outside, 0));
  const off = smallPool({ zero: "release", check: "off" });
  const array = off.acquire(Uint8Array, 10).fill(SECRET);
  off.release(array);
  assert.ok(allEqual(array, 0));
});
