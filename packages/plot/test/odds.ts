// Nonsense of many kinds, and what a call may do with it: work, or throw a PlotError.

import assert from "node:assert/strict";

import { PlotError } from "../src/errors.ts";

/** What nobody would pass on purpose, by what it is. */
export const odds: Readonly<Record<string, unknown>> = {
  null: null,
  undefined: undefined,
  number: 5,
  text: "abc",
  object: {},
  "no numbers": [],
  names: ["a"],
  "a name among numbers": [1, "b"],
  function: () => 1,
  symbol: Symbol("odd"),
  bigint: 10n,
  NaN: NaN,
  date: new Date(0),
  lists: [[1], [2]],
  "object of null": { a: null },
};

/** Calls something that may throw PlotErrors with a message, and nothing else. */
export function refusesOrWorks(what: string, use: () => unknown): void {
  try {
    use();
  } catch (error) {
    assert(error instanceof PlotError, `${what}: ${String(error)}`);
    assert(error.message.length > 10);
  }
}
