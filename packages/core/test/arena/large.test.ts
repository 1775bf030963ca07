// Addresses above 2 GiB and above 4 GiB. Memory is reserved here, and only a few of its pages are touched.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arena, GiB, MiB, Pool } from "@millpond/core";

test("addresses grow past 2 and 4 GiB, and lead to the right bytes", () => {
  const pool = new Pool({ regionBytes: 4 * GiB, limitBytes: 8 * GiB, trimAfterMs: Infinity });
  const scratch = arena(pool, { chunkBytes: 1 * GiB });
  const blocks = Array.from({ length: 20 }, (_, i) => ({
    address: scratch.allocBytesUnsafe(300 * MiB, 64),
    mark: i,
  }));
  assert.ok(blocks[19].address > 4 * GiB, `the last block has address ${blocks[19].address}`);
  for (const { address, mark } of blocks) scratch.view(Uint32Array, address + 200 * MiB, 1)[0] = mark;
  for (const { address, mark } of blocks) {
    const { bytes, address: base } = scratch.chunkOf(address);
    const place = bytes.byteOffset + (address - base) + 200 * MiB;
    assert.equal(new DataView(bytes.buffer).getUint32(place, true), mark);
    assert.equal(scratch.view(Uint8Array, address, 300 * MiB).byteOffset, place - 200 * MiB);
  }
  assert.equal(scratch.usedBytes, 20 * 300 * MiB);
  scratch.release();
  pool.close();
});

test("one block can be larger than 2 GiB, and blocks behind it have their place", () => {
  const pool = new Pool({ regionBytes: 4 * GiB, limitBytes: 8 * GiB, trimAfterMs: Infinity });
  const scratch = arena(pool);
  const large = scratch.allocUnsafe(Float64Array, (3 * GiB) / 8);
  assert.equal(large.length, (3 * GiB) / 8);
  large[large.length - 1] = 1.5;
  const mark = scratch.mark();
  const address = scratch.allocBytes(32);
  assert.ok(address >= 3 * GiB);
  scratch.view(Float64Array, address, 4).fill(2);
  assert.equal(large[large.length - 1], 1.5);
  const end = scratch.allocBytesUnsafe(1000 * MiB);
  assert.equal(scratch.view(Float64Array, end + 999 * MiB, 1)[0], 0);
  scratch.rewind(mark);
  assert.equal(scratch.usedBytes, 3 * GiB);
  scratch.release();
  pool.close();
});
