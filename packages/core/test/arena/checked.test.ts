// Arenas in the check modes that paint: what is used after its time shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arena, arenas, type CheckMode, KiB, Pool } from "@millpond/core";
import { PAINT } from "../../src/memory/paint.ts";
import { refused, smallPool } from "../pool/modes.ts";

const PAINTED: readonly CheckMode[] = ["checked", "strict"];

for (const check of PAINTED) {
  test(`memory that was rewound is painted (${check})`, () => {
    const scratch = arena(smallPool({ check }), { chunkBytes: KiB });
    const kept = scratch.alloc(Uint8Array, 100).fill(1);
    const mark = scratch.mark();
    const gone = scratch.alloc(Uint8Array, 100).fill(2);
    scratch.rewind(mark);
    assert.ok(gone.every((byte) => byte === PAINT));
    assert.ok(kept.every((byte) => byte === 1));
    scratch.release();
  });

  test(`a write to memory that was rewound is found when that is given out again (${check})`, () => {
    const scratch = arena(smallPool({ check }), { name: "frames", chunkBytes: KiB });
    scratch.allocBytes(8);
    const mark = scratch.mark();
    const stale = scratch.alloc(Uint8Array, 100);
    scratch.rewind(mark);
    scratch.allocBytes(50);
    stale[60] = 1;
    refused(() => scratch.allocBytes(50), "WRITE_AFTER_RELEASE", /byte 68 .* frames/);
    assert.equal(scratch.alloc(Uint8Array, 50)[4], 0);
  });

  test(`a write past the end of a block is found (${check})`, () => {
    const scratch = arena(smallPool({ check }), { chunkBytes: KiB });
    const { bytes } = scratch.chunkOf(scratch.allocBytes(12));
    bytes[12] = 1;
    refused(() => scratch.allocBytes(4), "WRITE_AFTER_RELEASE", /byte 12 /);
  });

  test(`unzeroed blocks show paint (${check})`, () => {
    const scratch = arena(smallPool({ check }), { chunkBytes: KiB });
    assert.ok(scratch.allocUnsafe(Uint8Array, 10).every((byte) => byte === PAINT));
    assert.ok(scratch.allocUnsafe(Uint8Array, 5000).every((byte) => byte === PAINT));
  });
}

test("a write to a large block after reset is found, and the block can be had the next time", () => {
  const pool = smallPool({ check: "checked" });
  const scratch = arena(pool, { chunkBytes: KiB });
  const stale = scratch.alloc(Uint8Array, 5000);
  scratch.reset();
  stale[4321] = 0;
  refused(() => scratch.allocBytes(5000), "WRITE_AFTER_RELEASE", /byte 4321 /);
  assert.equal(scratch.usedBytes, 0);
  assert.deepEqual([...scratch.chunks()], []);
  assert.ok(scratch.alloc(Uint8Array, 5000).every((byte) => byte === 0));
  assert.equal(pool.stats().inUse, 1);
});

test("in mode strict, arrays of a round fail after its end", () => {
  const scratch = arena(smallPool({ check: "strict" }), { chunkBytes: KiB });
  const small = scratch.alloc(Uint8Array, 10);
  const large = scratch.alloc(Float64Array, 1000);
  scratch.reset();
  assert.equal(small.length, 0);
  assert.equal(large.length, 0);
});

test("a damaged guard behind one chunk keeps no other chunk from going back", () => {
  for (const [end, left] of [
    ["release", 0],
    ["trim", 1],
  ] as const) {
    const pool = smallPool({ check: "checked" });
    const scratch = arena(pool, { chunkBytes: KiB });
    for (let i = 0; i < 3; i++) scratch.allocBytes(1024);
    for (const { bytes } of scratch.chunks())
      new Uint8Array(bytes.buffer, bytes.byteOffset)[bytes.length] = 1;
    scratch.reset();
    if (end === "release") {
      refused(() => scratch.release(), "GUARD_DAMAGED");
    } else {
      for (let i = 0; i < 7; i++) {
        scratch.allocBytes(1);
        scratch.reset("trim");
      }
      scratch.allocBytes(1);
      refused(() => scratch.reset("trim"), "GUARD_DAMAGED");
    }
    assert.equal(pool.stats().inUse, left);
  }
});

test("damage in strict mode is reported when a round ends, and the arena goes on", () => {
  const pool = smallPool({ check: "strict" });
  const scratch = arena(pool, { chunkBytes: KiB });
  const { bytes } = scratch.chunkOf(scratch.allocBytes(8));
  new Uint8Array(bytes.buffer)[1024] = 1;
  refused(() => scratch.reset(), "GUARD_DAMAGED");
  assert.equal(scratch.usedBytes, 0);
  assert.equal(scratch.allocBytes(8), 0);
  scratch.release();
  assert.equal(pool.stats().inUse, 0);
});

test("a manager keeps and returns memory though a chunk was damaged", () => {
  const pool = new Pool({ check: "strict", trimAfterMs: Infinity });
  const manager = arenas(pool);
  const taken = manager.take("json");
  const { bytes } = taken.chunkOf(taken.allocBytes(8));
  new Uint8Array(bytes.buffer)[bytes.length] = 1;
  refused(() => taken.release(), "GUARD_DAMAGED");
  manager.use("json", (next) => next.alloc(Uint8Array, 8));
  manager.release();
  assert.equal(pool.stats().inUse, 0);
});
