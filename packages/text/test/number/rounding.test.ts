// Rounding of long decimals: what is not left to the engine is what the engine reads, and little is left.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { rounded } from "../../src/number/rounding.ts";

function roundedProduct(digits: bigint, power: number): number {
  return rounded(Number(digits >> 32n), Number(digits & 0xffff_ffffn), power);
}

test("what is told is the nearest double, for any digits and powers.", () => {
  let told = 0;
  let all = 0;
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
      fc.integer({ min: 0, max: 63 }),
      fc.integer({ min: -350, max: 320 }),
      (value, cut, power) => {
        const digits = value >> BigInt(cut) || 1n;
        const found = roundedProduct(digits, power);
        const expected = Number(`${digits}e${power}`);
        const usual = expected > 2.3e-308 && expected < Infinity;
        if (usual) all++;
        if (Number.isNaN(found)) return;
        if (usual) told++;
        assert.equal(found, expected, `${digits}e${power}`);
      },
    ),
    { numRuns: 20_000 },
  );
  assert(told > 0.99 * all, `${told} of ${all}`);
});

test("numbers half-way between two doubles, and next to half-way, are rounded to the nearest or even.", () => {
  const odd = fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n });
  fc.assert(
    fc.property(
      odd,
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 0, max: 3 }),
      (mantissa, shift, power) => {
        const middle = (2n * mantissa + 1n) << BigInt(shift);
        for (const digits of [middle - 1n, middle, middle + 1n]) {
          if (digits >= 2n ** 64n) return;
          assert.equal(roundedProduct(digits, 0), Number(`${digits}`), String(digits));
          const five = digits * 10n ** BigInt(power);
          const found = roundedProduct(digits, power);
          assert.equal(found, Number(five), `${digits}e${power}`);
          if (digits % 10n ** BigInt(power) !== 0n) continue;
          const less = roundedProduct(digits, -power);
          if (!Number.isNaN(less)) assert.equal(less, Number(`${digits}e-${power}`));
        }
      },
    ),
    { numRuns: 5000 },
  );
});

test("a number that rounds to the next power of two, or beyond the last, does.", () => {
  assert.equal(roundedProduct(2n ** 54n - 1n, 0), 2 ** 54);
  assert.equal(roundedProduct(2n ** 64n - 1n, 0), 2 ** 64);
  assert.equal(roundedProduct(17976931348623157n, 292), Number.MAX_VALUE);
  assert.equal(roundedProduct(17976931348623159n, 292), Infinity);
  assert.equal(roundedProduct(2225073858507202n, -323), 2.225073858507202e-308);
});

test("what has fewer than 53 bits, and what is far outside, is not told.", () => {
  for (const power of [-351, -340, -327, 309, 400, 1e10, -1e10]) assert.equal(roundedProduct(1n, power), NaN);
  assert.equal(roundedProduct(5n, -324), NaN);
});
