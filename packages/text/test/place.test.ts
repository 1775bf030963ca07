// Places in texts, as errors tell them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../src/place.ts";

test("lines and columns count from 1, and a line end is the last of its line.", () => {
  const bytes = new TextEncoder().encode("##ab\n\nc");
  const places = [2, 3, 4, 5, 6].map((offset) => placeOf(bytes, 2, offset));
  assert.deepEqual(places, [
    { line: 1, column: 1, offset: 0 },
    { line: 1, column: 2, offset: 1 },
    { line: 1, column: 3, offset: 2 },
    { line: 2, column: 1, offset: 3 },
    { line: 3, column: 1, offset: 4 },
  ]);
});
