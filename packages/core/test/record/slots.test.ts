// Slots from the inside: how handles are made, when a slot retires, and that no handle ever comes twice.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import { Records } from "../../src/record/records.ts";
import { MAX_SLOTS, Slots } from "../../src/record/slots.ts";

function slotsOf(capacity: number, maxSlots = capacity, maxGeneration?: number, beginning = 0): Slots {
  const slots = new Slots(maxSlots, maxGeneration, beginning);
  slots.moveTo(new Float64Array(capacity), capacity);
  return slots;
}

const NO_HANDLE = 0;

function take(slots: Slots): number {
  return slots.hasFree || slots.freeUnused() ? slots.take() : NO_HANDLE;
}

test("a handle is generation times span plus index, and the span is the power of two above the most slots", () => {
  const slots = slotsOf(100, MAX_SLOTS);
  assert.equal(slots.span, 2 ** 28);
  take(slots);
  const handle = take(slots);
  assert.equal(handle, 2 ** 28 + 1);
  slots.giveBack(handle, 1);
  assert.equal(take(slots), 2 * 2 ** 28 + 1);
  for (const [most, span] of [
    [1, 2],
    [2, 4],
    [3, 4],
    [4, 8],
    [1000, 1024],
    [1024, 2048],
  ]) {
    assert.equal(slotsOf(1, most).span, span);
  }
});

test("a slot whose generations are used up retires, and its handles never come again", () => {
  const slots = slotsOf(2, 2, 3);
  const seen = new Set<number>();
  for (let taken = 0; taken < 6; taken++) {
    const handle = take(slots);
    assert.ok(handle > 0 && !seen.has(handle));
    seen.add(handle);
    slots.giveBack(handle, slots.indexOf(handle));
  }
  assert.equal(take(slots), NO_HANDLE);
  assert.equal(slots.retired, 2);
  for (const handle of seen) assert.equal(slots.indexOf(handle), -1);
});

test("generations at the upper end of the safe integers are exact", () => {
  const slots = slotsOf(2, MAX_SLOTS);
  take(slots);
  const first = take(slots);
  slots.giveBack(first, 1);
  const last = 2 ** 53 / slots.span - 1;
  slots.words[1] = -((last - 2) * slots.span + slots.mask);
  const before = take(slots);
  slots.giveBack(before, slots.indexOf(before));
  const handle = take(slots);
  assert.equal(handle, Number.MAX_SAFE_INTEGER - slots.mask + 1);
  assert.equal(slots.indexOf(handle), 1);
  assert.equal(slots.indexOf(before), -1);
  slots.giveBack(handle, 1);
  assert.equal(slots.retired, 1);
  assert.equal(take(slots), NO_HANDLE);
});

test("tables begin at different generations, with at least half of all left to use", () => {
  const beginnings = Array.from({ length: 64 }, (_, beginning) =>
    take(slotsOf(1, MAX_SLOTS, undefined, beginning)),
  );
  assert.equal(new Set(beginnings).size, 64);
  assert.ok(Math.max(...beginnings) <= 2 ** 52);
});

test("a bounded table whose slots wear out says so, and an unbounded one grows instead", () => {
  const pool = new Pool();
  const bounded = new Records(pool, { x: "f64" }, { capacity: 1, maxRecords: 1 }, 2);
  bounded.release(bounded.acquire());
  bounded.release(bounded.acquire());
  assert.throws(() => bounded.acquire(), {
    code: "POOL_EXHAUSTED",
    message: /1 slots are worn out and retired/,
  });
  assert.equal(bounded.stats().retired, 1);

  const growing = new Records(pool, { x: "f64" }, { capacity: 1 }, 2);
  const seen = new Set<number>();
  for (let i = 0; i < 1000; i++) {
    const handle = growing.acquire();
    seen.add(handle);
    growing.release(handle);
  }
  assert.equal(seen.size, 1000);
  assert.equal(growing.stats().retired, 500);
});

test("retired slots stay holes when a table is compacted, and trim does not forget them", () => {
  const table = new Records(new Pool(), { x: "f64" }, { capacity: 8 }, 2);
  const worn = table.acquire();
  table.release(worn);
  table.release(table.acquire());
  const handles = Array.from({ length: 100 }, (_, i) => table.add({ x: i + 1 }));
  assert.equal(table.indexOf(handles[0]), 1);
  for (const handle of handles.splice(0, 50)) table.release(handle);
  const moves = table.compact();
  assert.equal(table.handleAt(1), moves.get(handles[0]));
  assert.throws(() => table.handleAt(0), { code: "OUT_OF_BOUNDS" });
  assert.deepEqual([table.size, table.end], [50, 51]);
  table.clear();
  table.trim();
  assert.equal(table.has(worn), false);
  assert.notEqual(table.indexOf(table.acquire()), 0);
});

test("slots that are dropped come back with later generations", () => {
  const slots = slotsOf(4);
  const handles = Array.from({ length: 4 }, () => take(slots));
  for (const handle of handles.slice(1)) slots.giveBack(handle, slots.indexOf(handle));
  assert.equal(slots.leastCapacity(), 1);
  slots.drop(1);
  assert.equal(take(slots), NO_HANDLE);
  slots.moveTo(new Float64Array(4), 4);
  const again = Array.from({ length: 3 }, () => take(slots));
  assert.equal(new Set([...handles, ...again]).size, 7);
  assert.deepEqual(
    again.map((handle) => slots.indexOf(handle)),
    [1, 2, 3],
  );
});

test("a record whose slot wears out by its move leaves a zero behind", () => {
  const table = new Records(new Pool(), { x: "f64" }, { capacity: 8 }, 2);
  const [a, b, c] = [table.add({ x: 1 }), table.add({ x: 2 }), table.add({ x: 3 })];
  table.release(b);
  const last = table.add({ x: 4 }); // slot 1, for the last time
  table.release(a);
  const moves = table.compact();
  assert.deepEqual([...moves], [[last, table.handleAt(0)]]);
  assert.equal(moves.get(c), c);
  assert.deepEqual([...table.indices()], [0, 2]);
  assert.deepEqual([...table.column("x").array], [4, 0, 3]);
});

test("records that lay together are moved apart where a retired slot lies between their new places", () => {
  const table = new Records(new Pool(), { x: "f64" }, { capacity: 8 }, 3);
  const handles = Array.from({ length: 6 }, (_, i) => table.add({ x: i }));
  table.release(handles[1]);
  table.release(table.acquire());
  table.release(table.acquire());
  for (const at of [0, 2, 3]) table.release(handles[at]);
  table.compact();
  assert.deepEqual([...table.column("x").array], [4, 0, 5]);
  assert.equal(table.stats().retired, 1);
});
