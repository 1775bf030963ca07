// The coders for short texts, against the platform's.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { decode, encode, encoded, utf8Length } from "../../src/arena/utf8.ts";

const UNITS = [
  "a",
  "\u007F",
  "\u0080",
  "é",
  "\u07FF",
  "\u0800",
  "水",
  "\uFFFF",
  "🦆",
  "\u{10FFFF}",
  "\uD800",
  "\uDC00",
];

const anyText = fc.string({ unit: "binary", maxLength: 100 });
const pieces = fc.array(fc.constantFrom(...UNITS), { maxLength: 60 }).map((parts) => parts.join(""));

test("texts are encoded as TextEncoder does, at any place, and touch nothing around it", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, pieces), fc.nat(70), (text, at) => {
      const expected = new TextEncoder().encode(text);
      const target = new Uint8Array(at + text.length * 3 + 1).fill(0xee);
      const end = encode(text, target, at);
      assert.deepEqual(target.slice(at, end), expected);
      assert.ok(target.subarray(0, at).every((byte) => byte === 0xee));
      assert.ok(target.subarray(at + text.length * 3).every((byte) => byte === 0xee));
      assert.equal(utf8Length(text), expected.length);
      assert.deepEqual(encoded(text), expected);
    }),
  );
});

test("the bytes of a part of a text are counted from a unit on", () => {
  fc.assert(
    fc.property(pieces, fc.nat(60), (text, from) => {
      const start = Math.min(from, text.length);
      assert.equal(utf8Length(text, start), Buffer.byteLength(text.slice(start)));
    }),
  );
});

test("bytes are decoded as TextDecoder does, byte order mark kept, whether they are UTF-8 or not", () => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const someBytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.oneof(anyText, pieces).map((text) => new TextEncoder().encode(text)),
    fc.nat(30).map((length) => new Uint8Array(length).fill(97)),
  );
  fc.assert(
    fc.property(someBytes, fc.nat(10), (bytes, before) => {
      const source = new Uint8Array(before + bytes.length + 5).fill(0xee);
      source.set(bytes, before);
      assert.equal(decode(source, before, before + bytes.length), decoder.decode(bytes));
    }),
  );
});
