// Values for arrays of all eleven kinds, and what becomes of them in such an array.
import type { ArrayType, TypedArray } from "@millpond/core";
import * as fc from "fast-check";
import { ARRAY_TYPES, FIRST_BIGINT_KIND } from "../../src/memory/elements.ts";

/** An element of any kind. */
export type Element = number | bigint;

/** True for the classes of bigints. */
export function isBigintType(type: ArrayType): boolean {
  return ARRAY_TYPES.indexOf(type) >= FIRST_BIGINT_KIND;
}

/** What a value is once it has been in an array of that class. */
export function stored(type: ArrayType, value: Element): Element {
  const one = new type(1) as Float64Array;
  one[0] = value as number;
  return one[0];
}

/** Values that an array of that class takes, in and out of its range. */
export function elementsOf(type: ArrayType): fc.Arbitrary<Element> {
  if (isBigintType(type)) return fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
  return fc.oneof(
    fc.integer({ min: -300, max: 300 }),
    fc.double(),
    fc.constantFrom(NaN, -0, Infinity, 1e300),
  );
}

/** An array of that class in plain memory. */
export function plainOf(type: ArrayType, values: readonly Element[]): TypedArray {
  const array = new type(values.length);
  (array as Float64Array).set(values as number[]);
  return array;
}
