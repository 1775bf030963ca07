// Bits of live slots against a plain set.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";

import { clearBit, clearBits, hasBit, nextBit, setBit, wordsFor } from "../../src/record/live-bits.ts";

const count = 200;
const indices = fc.uniqueArray(fc.nat({ max: count - 1 }));

function bitsOf(set: readonly number[]): Uint32Array {
  const bits = new Uint32Array(wordsFor(count));
  for (const index of set) setBit(bits, index);
  return bits;
}

test("the next bit is the smallest member of the set from there on and below the end", () => {
  fc.assert(
    fc.property(indices, fc.nat({ max: count }), fc.nat({ max: count }), (set, from, end) => {
      const expected = set.filter((index) => index >= from && index < end).toSorted((a, b) => a - b)[0] ?? -1;
      assert.equal(nextBit(bitsOf(set), from, end), expected);
    }),
  );
});

test("clearing one bit or a range leaves all others", () => {
  fc.assert(
    fc.property(indices, fc.nat({ max: count }), fc.nat({ max: count }), (set, from, end) => {
      const bits = bitsOf(set);
      clearBits(bits, from, end);
      if (from < count) clearBit(bits, from);
      for (let index = 0; index < count; index++) {
        const expected = set.includes(index) && index !== from && !(index >= from && index < end);
        assert.equal(hasBit(bits, index), expected);
      }
    }),
  );
});
