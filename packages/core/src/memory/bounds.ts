// Refusals of indices, kept out of line so that the functions that check stay small enough to be inlined.
import { PoolError, show } from "./errors.ts";

/** An index at which there is no element. */
export function noSuchIndex(index: unknown, length: number): PoolError {
  const expected = length === 0 ? "there are no elements" : `expected an integer from 0 to ${length - 1}`;
  return new PoolError("OUT_OF_BOUNDS", `no element at index ${show(index)}: ${expected}`, { index, length });
}

/** Refuses what is no integer from 0 to `last`. */
export function checkWithin(value: unknown, last: number, what: string): asserts value is number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= last) return;
  throw new PoolError(
    "OUT_OF_BOUNDS",
    `expected ${what} to be an integer from 0 to ${last}, got ${show(value)}`,
    {
      [what]: value,
      last,
    },
  );
}
