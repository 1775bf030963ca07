// The public suite of JSON Patch, and the same documents for diff().

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { applyPatch, diff, JsonError, type JsonValue, parse, type PatchOperation } from "../../src/index.ts";

interface Case {
  readonly comment?: string;
  readonly doc: JsonValue;
  readonly patch: readonly PatchOperation[];
  readonly expected?: JsonValue;
  /** What is wrong, in words of the suite's authors. */
  readonly error?: string;
}

const cases = [
  import.meta.resolve("json-patch-test-suite/tests.json"),
  import.meta.resolve("json-patch-test-suite/spec_tests.json"),
].flatMap((url) => JSON.parse(readFileSync(new URL(url), "utf8")) as Case[]);

test("the suite: every patch gives what is expected, or is refused where an error is.", () => {
  let applied = 0;
  let refused = 0;
  for (const { comment, doc, patch, expected, error } of cases) {
    using document = parse(JSON.stringify(doc, null, 2));
    // Values of JavaScript cannot have a member twice.
    if (error?.includes("two 'op' members") === true) continue;
    if (error === undefined) {
      const text = applyPatch(document, patch);
      // Some only say that the patch can be applied.
      if (expected !== undefined) assert.deepEqual(JSON.parse(text), expected, comment);
      applied++;
    } else {
      assert.throws(() => applyPatch(document, patch), JsonError, `${comment}: ${error}`);
      refused++;
    }
  }
  assert.deepEqual([applied, refused], [70, 23]);
});

test("the suite: the difference of document and expectation leads from one to the other.", () => {
  for (const { doc, expected } of cases) {
    if (expected === undefined) continue;
    using before = parse(JSON.stringify(doc));
    using after = parse(JSON.stringify(expected));
    assert.deepEqual(JSON.parse(applyPatch(before, diff(before, after))), expected);
  }
});
