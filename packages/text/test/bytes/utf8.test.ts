// UTF-8 validation: kernel and twin against the platform's decoder.

import assert from "node:assert/strict";
import { isUtf8 } from "node:buffer";
import { test } from "node:test";

import { Pool, randomFrom } from "@millpond/core";
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

// What sequences are made of, and what breaks them.
const PIECES: readonly (readonly number[])[] = [
  ...["a", "plain text, ", "é", "߿", "ࠀ", "日本", "\ud7ff", "\uffff", "😀", "\u{10ffff}"].map((text) => [
    ...new TextEncoder().encode(text),
  ]),
  [0x80],
  [0xbf, 0xbf],
  [0xc0, 0xaf],
  [0xc3],
  [0xe0, 0x9f, 0xbf],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x8f, 0xbf, 0xbf],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xff],
];
const RIGHT_PIECES = 10;

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

// Kernel and twin find the same fault, and none where the platform finds none. True without a fault.
function agree(bytes: Uint8Array, length: number, message: string): boolean {
  const part = bytes.subarray(0, length);
  const place = findInvalid(part, length);
  assert.equal(place === length, isUtf8(part), message);
  assert.equal(findInvalidUtf8(part), place === length ? -1 : place, message);
  return place === length;
}

test("60,000 random strings of whole and broken characters are judged as the platform does, at the same byte.", () => {
  const seed = Date.now() % 1_000_000;
  const random = randomFrom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const pooled = pool.acquireUnsafe(Uint8Array, 700);
  let wrong = 0;
  for (let run = 0; run < 60_000; run++) {
    const start = below(16);
    let end = start;
    // Faults in half of them, one in some sixty pieces.
    const kinds = (): number => (run % 2 === 0 && below(60) === 0 ? PIECES.length : RIGHT_PIECES);
    for (const most = below(600); end - start < most;) {
      const piece = PIECES[below(kinds())];
      pooled.set(piece, end);
      end += piece.length;
    }
    pooled.fill(below(256), end);
    if (!agree(pooled.subarray(start, end), end - start, `seed ${seed}, run ${run}`)) wrong++;
  }
  assert.ok(wrong > 3000 && wrong < 40_000, `${wrong} of them had a fault`);
  pool.release(pooled);
});

test("a fault is found at every place of a block, among ASCII and among longer characters.", () => {
  for (const filler of ["a", "é", "日", "😀"]) {
    const width = new TextEncoder().encode(filler).length;
    const bytes = pool.acquireUnsafe(Uint8Array, 200 * width);
    bytes.set(new TextEncoder().encode(filler.repeat(200)));
    for (const piece of PIECES.slice(RIGHT_PIECES)) {
      for (let at = 0; at < 200; at += width) {
        const damaged = pool.acquireUnsafe(Uint8Array, bytes.length);
        damaged.set(bytes);
        damaged.set(piece.slice(0, damaged.length - at), at);
        agree(damaged, damaged.length, `${filler}, ${piece.join(" ")} at ${at}`);
        agree(
          damaged,
          Math.min(damaged.length, at + piece.length),
          `${filler}, ${piece.join(" ")} at the end, ${at}`,
        );
        pool.release(damaged);
      }
    }
    pool.release(bytes);
  }
});
