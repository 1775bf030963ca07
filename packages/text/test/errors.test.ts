// TextError: the brand, the code and the place.

import assert from "node:assert/strict";
import { test } from "node:test";

import { TextError } from "../src/index.ts";

test("a TextError keeps its code and the place of the fault.", () => {
  const error = new TextError("BAD_ARGUMENT", "expected a comma", { line: 2, column: 3, offset: 9 });
  assert(error instanceof Error);
  assert(error instanceof TextError);
  assert.equal(error.name, "TextError");
  assert.equal(error.code, "BAD_ARGUMENT");
  assert.deepEqual(error.place, { line: 2, column: 3, offset: 9 });
});

test("another error is no TextError.", () => {
  assert.equal(new TypeError("no") instanceof TextError, false);
  assert.equal((undefined as unknown) instanceof TextError, false);
});
