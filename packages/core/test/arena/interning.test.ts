// The tables behind interning: hashes, many generations, and texts that somebody chose to collide.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pool, randomFrom, strings } from "@millpond/core";
import { hashBytes } from "../../src/arena/bytes.ts";
import { InternTable } from "../../src/arena/intern-table.ts";
import { keyedHash, newHashKey } from "../../src/arena/keyed-hash.ts";
import { smallPool } from "../pool/modes.ts";

type Hash = (bytes: Uint8Array, start: number, end: number) => number;

const key = [0x03020100, 0x07060504] as const;
const HASHES: readonly (readonly [string, Hash])[] = [
  ["plain", hashBytes],
  ["keyed", (bytes, start, end) => keyedHash(key, bytes, start, end)],
];

for (const [name, hash] of HASHES) {
  test(`every byte and the length change the ${name} hash, the place does not`, () => {
    const bytes = new Uint8Array(100);
    const seen = new Set<number>();
    for (let length = 0; length <= 40; length++) {
      const plain = hash(bytes, 0, length);
      assert.equal(hash(bytes, 30, 30 + length), plain);
      seen.add(plain);
      for (let place = 0; place < length; place++) {
        bytes[place] = 1;
        seen.add(hash(bytes, 0, length));
        bytes[place] = 0;
      }
    }
    assert.equal(seen.size, 41 + (40 * 41) / 2);
  });

  test(`the ${name} hash spreads similar texts over the low and the high bits`, () => {
    const low = new Uint32Array(1024);
    const high = new Uint32Array(1024);
    for (let i = 0; i < 102_400; i++) {
      const text = Buffer.from(`https://example.org/item/${i}`);
      const value = hash(text, 0, text.length);
      low[value & 1023]++;
      high[value >>> 22]++;
    }
    for (const counts of [low, high]) {
      // A hundred each are expected, with a standard deviation of ten.
      assert.ok(Math.min(...counts) > 50 && Math.max(...counts) < 160);
    }
  });
}

test("keys differ, and so do hashes under them", () => {
  const text = Buffer.from("mill");
  const values = new Set(Array.from({ length: 50 }, () => keyedHash(newHashKey(), text, 0, 4)));
  assert.ok(values.size > 45);
});

test("a table goes on after more strings than its tags can count", () => {
  const pool = smallPool();
  const table = new InternTable(pool);
  for (let round = 0; round < 10; round++) {
    table.makeRoom();
    for (const [index, hash] of [5, 5, 6, 2 ** 32 - 1].entries()) {
      let slot = table.first(hash);
      while (table.indexAt(slot) >= 0) slot = table.next(slot);
      table.put(slot, hash, index);
    }
    const found: number[] = [];
    for (let slot = table.first(5); table.indexAt(slot) >= 0; slot = table.next(slot))
      found.push(table.indexAt(slot));
    assert.deepEqual(found, [0, 1, 2], `round ${round}`);
    table.clear(2 ** 30);
    assert.ok(table.indexAt(table.first(5)) < 0);
  }
  table.release();
  assert.equal(pool.stats().inUse, 0);
});

test("texts with the same hash are told apart", () => {
  const arena = strings(smallPool());
  const byHash = new Map<number, string>();
  let pairs = 0;
  const random = randomFrom(7);
  const word = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  while (pairs < 3) {
    const text = word() + word();
    const bytes = Buffer.from(text);
    const hash = hashBytes(bytes, 0, bytes.length);
    const other = byHash.get(hash);
    byHash.set(hash, text);
    if (other === undefined) continue;
    pairs++;
    assert.equal(arena.get(arena.intern(other)), other);
    assert.equal(arena.find(text), undefined);
    assert.equal(arena.get(arena.intern(text)), text);
    assert.equal(arena.get(arena.intern(other)), other);
  }
});

test("texts chosen to collide are all told apart, and the table changes to a keyed hash once", () => {
  const chosen: string[] = [];
  for (let i = 0; chosen.length < 600; i++) {
    const text = `text ${i}`;
    const bytes = Buffer.from(text);
    if ((hashBytes(bytes, 0, bytes.length) & 1023) < 2) chosen.push(text);
  }
  assert.deepEqual(tablesFor(chosen), { interned: 600, acquired: tablesFor(plainTexts(600)).acquired + 1 });
});

function plainTexts(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `plain ${i}`);
}

// How many arrays interning takes from the pool, tables of spans and chunks included.
function tablesFor(texts: readonly string[]): { interned: number; acquired: number } {
  const pool = new Pool();
  const arena = strings(pool);
  const ids = texts.map((text) => arena.intern(text));
  for (const [i, text] of texts.entries()) {
    assert.equal(arena.intern(text), ids[i]);
    assert.equal(arena.find(Buffer.from(text)), ids[i]);
  }
  assert.equal(arena.find("none of them"), undefined);
  const { acquired } = pool.stats();
  arena.release();
  pool.close();
  return { interned: new Set(ids).size, acquired };
}
