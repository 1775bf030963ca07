// UTF-8 validation: kernel and twin against the platform's decoder.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import { findInvalidUtf8 } from "@millpond/text";
import * as fc from "fast-check";

import { findInvalid } from "../../src/bytes/utf8.ts";

const pool = new Pool();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// How many bytes from the start the platform's decoder takes, and no character is cut off.
function reference(bytes: Uint8Array): number {
  const valid = (length: number): boolean => {
    try {
      decoder.decode(bytes.subarray(0, length));
      return true;
    } catch (error) {
      assert(error instanceof TypeError);
      return false;
    }
  };
  if (valid(bytes.length)) return -1;
  let length = bytes.length;
  while (!valid(length)) length--;
  return length;
}

function compare(bytes: Uint8Array): void {
  const expected = reference(bytes);
  const twin = findInvalid(bytes, bytes.length);
  assert.equal(twin === bytes.length ? -1 : twin, expected);
  const pooled = pool.acquireUnsafe(Uint8Array, bytes.length + 100);
  pooled.fill(0xbf);
  pooled.set(bytes, 33);
  assert.equal(findInvalidUtf8(pooled.subarray(33, 33 + bytes.length)), expected);
  pool.release(pooled);
}

test("every sequence of one and two bytes is judged as the platform does, in front of ASCII and at the end.", () => {
  for (let first = 0; first < 256; first++) {
    for (let second = 0; second < 256; second += 3) {
      compare(Uint8Array.of(first, second));
      compare(Uint8Array.from([...Array(70).keys(), first, second, 0x61]));
    }
  }
});

test("text with damage anywhere is judged as the platform does.", () => {
  const text = fc.array(fc.constantFrom("plain ", "é", "日本", "😀", "x".repeat(60)), { maxLength: 20 });
  const damage = fc.option(fc.tuple(fc.nat(400), fc.nat(255)));
  fc.assert(
    fc.property(text, damage, (words, damage) => {
      const bytes = new TextEncoder().encode(words.join(""));
      if (damage !== null && damage[0] < bytes.length) bytes[damage[0]] = damage[1];
      compare(bytes);
    }),
    { numRuns: 5000 },
  );
});

test("overlong forms, surrogates and what is beyond Unicode are refused.", () => {
  for (const bytes of [
    [0xc0, 0x80],
    [0xe0, 0x9f, 0xbf],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x8f, 0xbf, 0xbf],
    [0xf4, 0x90, 0x80, 0x80],
  ]) {
    compare(Uint8Array.from(bytes));
    assert.equal(findInvalidUtf8(Uint8Array.from(bytes)), 0);
  }
});
