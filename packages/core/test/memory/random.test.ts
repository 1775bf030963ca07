// The seeded generator.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFrom } from "@millpond/core";

test("the same seed gives the same numbers, another seed others", () => {
  const take = (seed: number): number[] => {
    const random = randomFrom(seed);
    return Array.from({ length: 20 }, random);
  };
  assert.deepEqual(take(1), take(1));
  assert.notDeepEqual(take(1), take(2));
});

test("numbers lie from 0 up to 1 and fill that range evenly, for every seed", () => {
  for (const seed of [0, 1, -1, 2 ** 31, 1.5, NaN, 1e300, -1_536_200_000]) {
    const random = randomFrom(seed);
    const tenths = new Float64Array(10);
    for (let i = 0; i < 10_000; i++) {
      const value = random();
      assert.ok(value >= 0 && value < 1);
      tenths[Math.floor(value * 10)]++;
    }
    assert.ok(
      tenths.every((count) => count > 800 && count < 1200),
      `seed ${seed}: ${tenths.join(" ")}`,
    );
  }
});

test("no seed makes the sequence stand still", () => {
  // The seed whose state would be 0: the one that the multiplication maps to the constant it is mixed with.
  for (let seed = -2000; seed < 2000; seed++) {
    const random = randomFrom(seed);
    assert.notEqual(random(), random());
  }
  // Found by inverting the multiplication modulo 2 ** 32.
  const inverse = inverseModulo(0x9e3779b1);
  const random = randomFrom(Number((BigInt(0x5bd1e995) * inverse) & 0xffffffffn));
  assert.notEqual(random(), random());
});

// Newton's method doubles the correct bits each round.
function inverseModulo(value: number): bigint {
  let inverse = 1n;
  for (let round = 0; round < 6; round++) inverse = (inverse * (2n - BigInt(value) * inverse)) & 0xffffffffn;
  return inverse;
}
