// PlotError: the brand, the code and the place.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PlotError } from "../src/index.ts";

test("a PlotError keeps its code and the place of the fault.", () => {
  const error = new PlotError("BAD_ARGUMENT", "expected a number", { series: "load", index: 9 });
  assert(error instanceof Error);
  assert(error instanceof PlotError);
  assert.equal(error.name, "PlotError");
  assert.equal(error.code, "BAD_ARGUMENT");
  assert.deepEqual(error.place, { series: "load", index: 9 });
});

test("another error is no PlotError.", () => {
  assert.equal(new TypeError("no") instanceof PlotError, false);
  assert.equal((undefined as unknown) instanceof PlotError, false);
});
