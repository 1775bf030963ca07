// Strings that a column said lately: always those of its bytes, and only where looking for them pays.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { expectNoLeaks, Pool } from "@millpond/core";
import { rows } from "../../src/index.ts";
import { RecentColumns, RecentValues } from "../../src/table/recent-values.ts";

const decoder = new TextDecoder("latin1");

// Counts what is made.
function makerOf(text: Uint8Array): { made: number; make(start: number, end: number): string } {
  return {
    made: 0,
    make(start, end) {
      this.made++;
      return decoder.decode(text.subarray(start, end));
    },
  };
}

test("what is given for a field is what its bytes say, whatever was said before.", () => {
  const field = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    // Fields that differ in their last bytes, or in zeros behind them, alone.
    fc.array(fc.constantFrom(0, 0x61), { maxLength: 9 }).map((bytes) => Uint8Array.from(bytes)),
  );
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 200 }), fc.nat(7), (fields, shift) => {
      const recent = new RecentValues(new Int32Array(2048 * 8));
      const lengths = fields.map(({ length }) => length);
      const total = shift + lengths.reduce((sum, length) => sum + length, 0);
      const text = new Uint8Array(total + 4).fill(0xff);
      const view = new DataView(text.buffer);
      const maker = makerOf(text);
      let at = shift;
      for (const bytes of fields) {
        text.set(bytes, at);
        const expected = decoder.decode(bytes);
        assert.equal(recent.get(view, at, bytes.length, maker), expected);
        // The second time it is known, unless it is long, and whatever stands behind it.
        const madeNext = maker.made + (bytes.length > 28 ? 1 : 0);
        text[at + bytes.length] ^= 0x55;
        assert.equal(recent.get(view, at, bytes.length, maker), expected);
        assert.equal(maker.made, madeNext);
        at += bytes.length;
      }
    }),
    { numRuns: 300 },
  );
});

test("a field of more than 28 bytes leaves no trace.", () => {
  const keys = new Int32Array(2048 * 8);
  const recent = new RecentValues(keys);
  const text = new Uint8Array(64).fill(0x61);
  for (let length = 29; length < 60; length++)
    recent.get(new DataView(text.buffer), 0, length, makerOf(text));
  assert.ok(keys.every((word) => word === 0));
});

test("a column is given up when its fields seldom repeat themselves, after it was tried, or when nobody wants it.", () => {
  const pool = new Pool();
  expectNoLeaks(pool, () => {
    const watched = new RecentColumns(pool, 3);
    const text = new Uint8Array(8);
    const view = new DataView(text.buffer);
    const maker = makerOf(text);
    const sayTo = (column: number, value: number): void => {
      view.setUint32(0, value);
      watched.columns[column]?.get(view, 0, 4, maker);
    };
    const turn = (count: number): void => {
      for (let row = 0; row < count; row++) {
        sayTo(0, row);
        sayTo(1, row % 5);
      }
      watched.judge();
    };
    turn(300);
    assert.deepEqual(
      watched.columns.map((column) => column !== undefined),
      [true, true, false],
    );
    turn(300);
    turn(1000);
    assert.deepEqual(
      watched.columns.map((column) => column !== undefined),
      [false, true, false],
    );
    watched.release();
  });
});

test("tables of a million columns watch some of them.", () => {
  const pool = new Pool();
  const watched = new RecentColumns(pool, 1_000_000);
  assert.equal(watched.columns.length, 64);
  watched.release();
  assert.equal(pool.stats().inUse, 0);
});

function* inChunks(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("long tables have the same values with repetitions as the text says, in every way of reading.", async () => {
  const names = ["Ada", "Grace", "Ümit", 'Li "Bo", 李', "", "a name that is rather long for one"];
  const written = names.map((name) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name));
  const lines = Array.from({ length: 4000 }, (_, i) => `${i},${written[(i * 7) % 6]}, ${i % 3} ,"${i % 11}"`);
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const pool = new Pool();
  for (const [trim, blank] of [
    [false, " "],
    [true, ""],
  ] as const) {
    const expected = lines.map((_, i) => [
      String(i),
      names[(i * 7) % 6],
      `${blank}${i % 3}${blank}`,
      String(i % 11),
    ]);
    const options = { pool, trim };
    await expectNoLeaks(pool, async () => {
      async function* stream(): AsyncGenerator<Uint8Array> {
        yield* inChunks(bytes, 10_000);
      }
      const lists: string[][] = [];
      const singles: string[][] = [];
      const inUse = new Set<number>();
      for await (const row of rows(stream(), options).arrays()) {
        lists.push(row);
        inUse.add(pool.stats().inUse);
      }
      // The window; with all columns watched; with three of the four.
      assert.ok(inUse.size >= 3);
      for await (const row of rows(stream(), options)) {
        singles.push([row.string(0), row.string(1), row.string(2), row.string(3)]);
      }
      assert.deepEqual(lists, expected);
      assert.deepEqual(singles, expected);
    });
  }
});
