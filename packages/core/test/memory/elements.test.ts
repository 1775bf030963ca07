// The eleven kinds of typed array, numbered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import type { TypedArray } from "@millpond/core";
import {
  ARRAY_TYPES,
  checkLength,
  checkType,
  FIRST_BIGINT_KIND,
  isTypedArray,
  KIND_BYTES,
  kindOfArray,
  kindOfType,
} from "../../src/memory/elements.ts";
import { refused } from "../pool/modes.ts";

test("there are eleven kinds, each with its number, width and place before or after the bigints", () => {
  assert.equal(new Set(ARRAY_TYPES).size, 11);
  for (const [kind, type] of ARRAY_TYPES.entries()) {
    assert.equal(kindOfType(type), kind);
    assert.equal(checkType(type), kind);
    assert.equal(kindOfArray(new type(1)), kind);
    assert.equal(KIND_BYTES[kind], type.BYTES_PER_ELEMENT);
    assert.equal(typeof new type(1)[0] === "bigint", kind >= FIRST_BIGINT_KIND);
  }
});

test("everything else has no kind", () => {
  for (const type of [undefined, null, Array, DataView, Buffer, ArrayBuffer, "Uint8Array", 0, Map]) {
    assert.equal(kindOfType(type), -1);
    refused(() => checkType(type), "BAD_ARGUMENT", /such as Float64Array/);
  }
});

test("typed arrays are told from other views and from what only looks like one", () => {
  for (const type of ARRAY_TYPES) assert.ok(isTypedArray(new type(2)));
  assert.ok(isTypedArray(Buffer.alloc(2)));
  assert.ok(isTypedArray(runInNewContext("new Uint8Array(2)")));
  const like = Object.create(Uint8Array.prototype) as TypedArray;
  for (const value of [
    like,
    new DataView(new ArrayBuffer(2)),
    new ArrayBuffer(2),
    [],
    null,
    undefined,
    5,
    "x",
  ])
    assert.equal(isTypedArray(value), false);
});

test("lengths are whole numbers from nothing to the most", () => {
  for (const length of [0, -0, 1, 10]) checkLength(length, 10);
  for (const length of [-1, 11, 0.5, NaN, Infinity, "1", 1n, null, undefined, {}, []])
    refused(() => checkLength(length, 10), "BAD_ARGUMENT", /length to be an integer from 0 to 10, got/);
  refused(() => checkLength(-1, 5, "count"), "BAD_ARGUMENT", /count/);
});
