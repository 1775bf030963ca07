// head(), tail() and headAndTail(), by example and against arrays of lines.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { head, headAndTail, tail } from "../../src/index.ts";

test("a text that fits is returned as it is, its last line end included.", () => {
  assert.equal(head("a\r\nb\n", 2), "a\r\nb\n");
  assert.equal(tail("a\r\nb\n", 3), "a\r\nb\n");
  assert.deepEqual(headAndTail("a\nb\n", 1, 1), { text: "a\nb\n", omitted: 0 });
  assert.equal(head("a\nb", Infinity), "a\nb");
});

test("lines that are left are joined with LF, without one behind.", () => {
  assert.equal(head("a\r\nb\nc\n", 2), "a\nb");
  assert.equal(tail("a\nb\r\nc\r\n", 2), "b\nc");
  assert.equal(head("a\nb", 0), "");
  assert.equal(tail("a\nb", 0), "");
});

test("lines are those of an array of lines.", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "é", "\n", "\r\n", "long line of more than twelve units"),
  });
  const count = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(text, count, count, (source, first, last) => {
      const lines = source.split(/\r?\n/);
      if (lines.at(-1) === "") lines.pop();
      const found = headAndTail(source, first, last);
      if (lines.length <= first + last) {
        assert.deepEqual(found, { text: source, omitted: 0 });
        return;
      }
      const kept = [...lines.slice(0, first), ...lines.slice(lines.length - last)];
      assert.deepEqual(found, { text: kept.join("\n"), omitted: lines.length - first - last });
    }),
    { numRuns: 1000 },
  );
});

test("counts that cannot be are refused.", () => {
  for (const count of [-1, 1.5, NaN, "2"]) {
    assert.throws(() => head("a", count as number), { code: "BAD_ARGUMENT" });
    assert.throws(() => headAndTail("a", 1, count as number), { code: "BAD_ARGUMENT" });
  }
  assert.throws(() => head(5 as never, 1), { code: "BAD_ARGUMENT" });
});
