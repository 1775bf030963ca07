// Page maps: taking and giving pages against a plain model, and the arithmetic from addresses to blocks, up to the
// last byte of 4 GiB.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { GiB, KiB } from "@millpond/core";
import { PAGE_BYTES, type Region } from "../../src/memory/region.ts";
import { PageMap } from "../../src/pool/page-map.ts";
import { spanPages } from "../../src/pool/size-classes.ts";
import { SMALL_BLOCKS } from "./sizes.ts";

// The arithmetic needs no memory.
function mapOf(pages: number): PageMap {
  return new PageMap({ byteLength: pages * PAGE_BYTES } as Region);
}

function placeAt(map: PageMap, address: number): number {
  const page = Math.floor(address / PAGE_BYTES);
  return (address * map.lines[2 * page] + map.lines[2 * page + 1]) >>> 0;
}

// Where a model that knows all pages would put `count`: at the first run that is long enough.
function firstRun(taken: readonly boolean[], count: number): number {
  for (let start = 1; start + count <= taken.length; start++) {
    if (taken.slice(start, start + count).every((used) => !used)) return start;
  }
  return -1;
}

test("pages are taken at the lowest address that fits, and come back", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.array(fc.tuple(fc.boolean(), fc.nat(20)), { maxLength: 100, size: "max" }),
      (pages, steps) => {
        const map = mapOf(pages);
        const taken = Array.from({ length: pages }, (_, page) => page === 0);
        const spans: [number, number][] = [];
        let untouched = 1;
        for (const [take, number] of steps) {
          const count = 1 + number;
          assert.equal(map.fits(count), firstRun(taken, count) >= 0);
          if (take && map.fits(count)) {
            const start = map.take(count);
            assert.equal(start, firstRun(taken, count));
            taken.fill(true, start, start + count);
            spans.push([start, count]);
            untouched = Math.max(untouched, start + count);
          } else if (!take && spans.length > 0) {
            const [[start, length]] = spans.splice(number % spans.length, 1);
            map.give(start, length);
            taken.fill(false, start, start + length);
          }
          assert.equal(map.untouched, untouched);
          assert.equal(map.freePages, taken.filter((used) => !used).length);
          assert.equal(map.empty, spans.length === 0);
          assert.deepEqual([...map.taken], taken.map(Number));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("page 0 is never given out, and a new map has all others", () => {
  const map = mapOf(5);
  assert.ok(map.empty);
  assert.ok(map.fits(4));
  assert.ok(!map.fits(5));
  assert.equal(map.take(4), 1);
  assert.ok(!map.fits(1));
});

test("from the address of every block of every class arithmetic leads to its slot, up to 4 GiB", () => {
  const pages = 65_536;
  const map = mapOf(pages);
  for (const blockBytes of SMALL_BLOCKS) {
    const count = spanPages(blockBytes);
    for (const [start, firstSlot] of [
      [1, 1],
      [32_760, 12_345],
      [32_768, 40_000_001],
      [pages - count, 67_000_000],
    ]) {
      map.map(start, count, blockBytes, firstSlot);
      const blocks = Math.floor((count * PAGE_BYTES) / blockBytes);
      for (let place = 0; place < blocks; place++) {
        const address = start * PAGE_BYTES + place * blockBytes;
        if (placeAt(map, address) !== firstSlot + place)
          assert.fail(`block ${place} of ${blockBytes} at ${address} is taken for ${placeAt(map, address)}`);
      }
    }
  }
});

test("long spans of the smallest blocks and single big blocks are found as well", () => {
  const map = mapOf(65_536);
  for (const [start, count, blockBytes] of [
    [32_768, 16, 64],
    [65_520, 16, 64],
    [1, 65_535, 65_535 * PAGE_BYTES],
    [32_769, 32_767, 32_767 * PAGE_BYTES],
    [40_000, 16, 64 * KiB + 64],
  ]) {
    map.map(start, count, blockBytes, 99);
    const blocks = Math.floor((count * PAGE_BYTES) / blockBytes);
    for (let place = 0; place < blocks; place++)
      assert.equal(placeAt(map, start * PAGE_BYTES + place * blockBytes), 99 + place);
  }
  assert.equal(4 * GiB, 65_536 * PAGE_BYTES);
});

test("no address of a span leads before its first slot, or further than two past its last one", () => {
  const map = mapOf(64);
  for (const blockBytes of SMALL_BLOCKS) {
    const count = spanPages(blockBytes);
    if (count > 60) continue;
    const blocks = Math.floor((count * PAGE_BYTES) / blockBytes);
    map.map(2, count, blockBytes, 10);
    for (let address = 2 * PAGE_BYTES; address < (2 + count) * PAGE_BYTES; address += 31) {
      const place = placeAt(map, address);
      if (place < 10 || place > 11 + blocks) assert.fail(`${address} leads to ${place}`);
    }
  }
});

test("pages that were given back lead nowhere", () => {
  const map = mapOf(8);
  const start = map.take(3);
  map.map(start, 3, 64, 5);
  map.give(start, 3);
  for (let address = 0; address < 8 * PAGE_BYTES; address += 1000) assert.equal(placeAt(map, address), 0);
});
