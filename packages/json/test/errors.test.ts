// JsonError: the brand, the code and the place.

import assert from "node:assert/strict";
import { test } from "node:test";

import { JsonError } from "../src/index.ts";

test("a JsonError keeps its code and the place of the fault.", () => {
  const error = new JsonError("BAD_ARGUMENT", "expected a comma", { line: 2, column: 3, offset: 9 });
  assert(error instanceof Error);
  assert(error instanceof JsonError);
  assert.equal(error.name, "JsonError");
  assert.equal(error.code, "BAD_ARGUMENT");
  assert.deepEqual(error.place, { line: 2, column: 3, offset: 9 });
});

test("another error is no JsonError.", () => {
  assert.equal(new TypeError("no") instanceof JsonError, false);
  assert.equal((undefined as unknown) instanceof JsonError, false);
});
