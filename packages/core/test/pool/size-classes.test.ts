// Size classes: every size up to 1 MiB, and samples up to 4 GiB, against a table written down by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GiB, KiB, MiB } from "@millpond/core";
import { MAX_REGION_BYTES, PAGE_BYTES } from "../../src/memory/region.ts";
import { randomFrom } from "../../src/memory/random.ts";
import { Heap } from "../../src/pool/heap.ts";
import {
  BIG_BYTES,
  bigPages,
  SMALL_CLASSES,
  smallClassBytes,
  smallClassOf,
  spanPages,
} from "../../src/pool/size-classes.ts";
import { blockBytesFor, LAST_SMALL_BYTES, SMALL_BLOCKS } from "./sizes.ts";

test("the small classes are those of the table: multiples of 64, strictly growing", () => {
  assert.equal(SMALL_CLASSES, SMALL_BLOCKS.length);
  assert.equal(BIG_BYTES, LAST_SMALL_BYTES);
  for (let sizeClass = 0; sizeClass < SMALL_CLASSES; sizeClass++) {
    const bytes = smallClassBytes(sizeClass);
    assert.equal(bytes, SMALL_BLOCKS[sizeClass]);
    assert.equal(bytes % 64, 0);
    if (sizeClass > 0) assert.ok(bytes > smallClassBytes(sizeClass - 1));
  }
});

test("every size up to 1 MiB gets the smallest class that holds it, and size to class and back is the same", () => {
  let sizeClass = 0;
  for (let bytes = 1; bytes <= BIG_BYTES; bytes++) {
    if (SMALL_BLOCKS[sizeClass] < bytes) sizeClass++;
    if (smallClassOf(bytes) !== sizeClass) assert.fail(`${bytes} bytes got class ${smallClassOf(bytes)}`);
  }
  for (let index = 0; index < SMALL_CLASSES; index++)
    assert.equal(smallClassOf(smallClassBytes(index)), index);
});

test("beyond 1 KiB a block wastes less than 12.5 %", () => {
  for (let bytes = KiB; bytes <= BIG_BYTES; bytes++) {
    const block = smallClassBytes(smallClassOf(bytes));
    if (block - bytes >= block / 8) assert.fail(`${bytes} bytes waste ${block - bytes} of ${block}`);
  }
  const heap = new Heap({ limitBytes: Infinity, regionBytes: MiB, memory: "wasm" });
  for (const bytes of bigSizes(4000)) {
    const { blockBytes } = heap.listFor(bytes);
    assert.ok(blockBytes >= bytes && blockBytes - bytes < blockBytes / 8, `${bytes} bytes in ${blockBytes}`);
  }
});

test("a power of two has a class with room for a header, which wastes hardly anything", () => {
  for (let power = 10; power <= 20; power++) {
    const block = smallClassBytes(smallClassOf(2 ** power + 64));
    assert.equal(block, 2 ** power + 64);
  }
});

test("big requests take whole pages and get a class of their own until there are too many", () => {
  const heap = new Heap({ limitBytes: Infinity, regionBytes: MiB, memory: "wasm" });
  assert.equal(heap.listFor(2_400_000).blockBytes, 37 * PAGE_BYTES);
  assert.equal(heap.listFor(LAST_SMALL_BYTES + 1).blockBytes, 17 * PAGE_BYTES);
  const exact = new Heap({ limitBytes: Infinity, regionBytes: MiB, memory: "wasm" });
  for (let pages = 17; pages < 217; pages++)
    assert.equal(exact.listFor(pages * PAGE_BYTES).blockBytes, pages * PAGE_BYTES);
});

test("big sizes in any order give at most a few hundred classes, each found again", () => {
  const heap = new Heap({ limitBytes: Infinity, regionBytes: MiB, memory: "wasm" });
  const sizes = bigSizes(20_000);
  for (const bytes of sizes) {
    const list = heap.listFor(bytes);
    assert.ok(list.blockBytes >= bytes);
    assert.equal(list.blockBytes % PAGE_BYTES, 0);
    assert.equal(heap.lists[list.index], list);
    assert.equal(heap.listFor(list.blockBytes), list);
    assert.equal(heap.listFor(bytes), list);
  }
  assert.ok(heap.lists.length < 600, `${heap.lists.length} classes`);
});

test("a larger request never gets a smaller block", () => {
  const heap = new Heap({ limitBytes: Infinity, regionBytes: MiB, memory: "wasm" });
  for (const bytes of bigSizes(3000)) heap.listFor(bytes);
  let last = 0;
  for (const bytes of bigSizes(3000).sort((a, b) => a - b)) {
    const { blockBytes } = heap.listFor(bytes);
    // An exact class may lie below the step that a smaller size was rounded up to.
    assert.ok(blockBytes >= last * 0.875, `${bytes}`);
    last = Math.max(last, blockBytes);
  }
  let previous = 0;
  for (let bytes = 1; bytes <= BIG_BYTES; bytes += 7) {
    const block = smallClassBytes(smallClassOf(bytes));
    assert.ok(block >= previous);
    previous = block;
  }
});

test("the model's table and the heap agree on every size they share", () => {
  const heap = new Heap({ limitBytes: Infinity, regionBytes: MiB, memory: "wasm" });
  for (let bytes = 1; bytes < 3 * MiB; bytes += 997)
    assert.equal(heap.listFor(bytes).blockBytes, blockBytesFor(bytes));
});

test("a span is left unused by a sixteenth at most and holds a block at least", () => {
  for (const block of SMALL_BLOCKS) {
    const bytes = spanPages(block) * PAGE_BYTES;
    assert.ok(bytes >= block);
    assert.ok(bytes % block <= bytes / 16, `${block}`);
  }
  assert.equal(bigPages(MAX_REGION_BYTES), 65_536);
});

// From just above 1 MiB to 4 GiB less the first page, small ones more often; ends of classes among them.
function bigSizes(count: number): number[] {
  const random = randomFrom(11);
  const most = 4 * GiB - PAGE_BYTES;
  const sizes = [LAST_SMALL_BYTES + 1, most, most - 1, 2 * GiB, 2 * GiB - 1, 2 * GiB + 1, 3 * GiB];
  while (sizes.length < count) {
    const bytes = Math.ceil(LAST_SMALL_BYTES * (most / LAST_SMALL_BYTES) ** random());
    const pages = Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
    sizes.push(Math.min(most, [bytes, pages, pages + 1][sizes.length % 3]));
  }
  return sizes.filter((bytes) => bytes > LAST_SMALL_BYTES);
}
