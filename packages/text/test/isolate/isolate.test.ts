// isolateLeft() and isolateRight(), by example and against plain searching.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { expectNoLeaks, Pool } from "@millpond/core";
import { isolateLeft, isolateRight } from "../../src/index.ts";

const pool = new Pool({ name: "isolate" });

function parts(
  isolate: typeof isolateLeft,
  text: string,
  delimiter: string | string[],
  options = {},
): unknown[] {
  return expectNoLeaks(pool, () => {
    const { left, delimiter: found, right } = isolate(text, delimiter, { ...options, pool });
    return [left, found, right];
  });
}

test("the delimiter is counted from the side.", () => {
  assert.deepEqual(parts(isolateLeft, "abaca", "a"), ["", "a", "baca"]);
  assert.deepEqual(parts(isolateLeft, "abaca", "a", { times: 2 }), ["ab", "a", "ca"]);
  assert.deepEqual(parts(isolateLeft, "abaca", "a", { times: 3 }), ["abac", "a", ""]);
  assert.deepEqual(parts(isolateRight, "abaca", "a"), ["abac", "a", ""]);
  assert.deepEqual(parts(isolateRight, "abaca", "a", { times: 2 }), ["ab", "a", "ca"]);
});

test("what is not found leaves the text on the side that was counted from, or on the other.", () => {
  for (const times of [4, 255, 256, 1e9]) {
    assert.deepEqual(parts(isolateLeft, "abaca", "a", { times }), ["abaca", undefined, ""]);
    assert.deepEqual(parts(isolateRight, "abaca", "a", { times }), ["", undefined, "abaca"]);
    assert.deepEqual(parts(isolateLeft, "abaca", "a", { times, none: true }), ["", undefined, "abaca"]);
    assert.deepEqual(parts(isolateRight, "abaca", "a", { times, none: true }), ["abaca", undefined, ""]);
  }
});

test("white space around a text is part of it.", () => {
  assert.deepEqual(parts(isolateLeft, "  ab", "a"), ["  ", "a", "b"]);
});

test("of delimiters that overlap, the first from the side counts.", () => {
  assert.deepEqual(parts(isolateLeft, "aaa", "aa"), ["", "aa", "a"]);
  assert.deepEqual(parts(isolateRight, "aaa", "aa"), ["a", "aa", ""]);
  assert.deepEqual(parts(isolateLeft, "x::y", ["::", ":"]), ["x", ":", ":y"]);
  assert.deepEqual(parts(isolateRight, "x::y", ["::", ":"]), ["x:", ":", "y"]);
});

test("places count bytes of UTF-8.", () => {
  assert.deepEqual(isolateLeft("é→ü→", "→"), { left: "é", delimiter: "→", right: "ü→", start: 2, end: 5 });
  assert.deepEqual(isolateRight("é→ü→", "→"), { left: "é→ü", delimiter: "→", right: "", start: 7, end: 10 });
  const { start, end } = isolateRight("éé", "→");
  assert.deepEqual([start, end], [0, 0]);
});

test("both are what indexOf and lastIndexOf find, again and again.", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "🦆") });
  const delimiter = fc.string({ unit: fc.constantFrom("a", "b", "é"), minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(text, delimiter, fc.integer({ min: 1, max: 4 }), (source, delimiter, times) => {
      let at = source.indexOf(delimiter);
      for (let i = 1; i < times && at !== -1; i++) at = source.indexOf(delimiter, at + delimiter.length);
      const left = isolateLeft(source, delimiter, { times, pool });
      assert.equal(left.left, at === -1 ? source : source.slice(0, at));
      assert.equal(left.left + (left.delimiter ?? "") + left.right, source);
      let end = source.length;
      for (let i = 0; i < times && end >= 0; i++) {
        end = end - delimiter.length < 0 ? -1 : source.lastIndexOf(delimiter, end - delimiter.length);
      }
      const right = isolateRight(source, delimiter, { times, pool });
      assert.equal(right.right, end < 0 ? source : source.slice(end + delimiter.length));
      assert.equal(right.left + (right.delimiter ?? "") + right.right, source);
    }),
  );
});

test("what cannot be is refused, and holds nothing.", () => {
  expectNoLeaks(pool, () => {
    for (const options of [{ times: 0 }, { times: 1.5 }, { times: -1 }, { none: 1 }]) {
      assert.throws(() => isolateLeft("a", "a", { ...options, pool } as never), { code: "BAD_ARGUMENT" });
    }
    assert.throws(() => isolateLeft("a", "", { pool }), { code: "EMPTY_DELIMITER" });
    assert.throws(() => isolateRight(5 as never, "a", { pool }), { code: "BAD_ARGUMENT" });
  });
});
