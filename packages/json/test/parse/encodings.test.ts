// Bytes in other encodings.

import assert from "node:assert/strict";
import { test } from "node:test";

import { type Encoding, parse } from "../../src/index.ts";

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(text, "utf16le");
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
}

test("UTF-16 is taken from its byte order mark, or as the option says.", () => {
  const text = '{"é": "東京 😀", "n": [1, 2]}';
  for (const bigEndian of [false, true]) {
    const encoding: Encoding = bigEndian ? "utf-16be" : "utf-16le";
    for (const [bytes, options] of [
      [utf16(`\ufeff${text}`, bigEndian), {}],
      [utf16(text, bigEndian), { encoding }],
    ] as const) {
      const document = parse(bytes, options);
      assert.deepEqual(document.toValue(), JSON.parse(text));
      document.close();
    }
  }
});

test("what is no UTF-16 is a fault: half a unit, and surrogates that stand alone.", () => {
  assert.throws(() => parse(utf16("\ufeff[1]", false).subarray(0, 7)), { fault: "BAD_UTF8" });
  assert.throws(() => parse(utf16('\ufeff"\ud800"', false)), { fault: "BAD_UTF8" });
});

test("a long text in UTF-16 is converted whole.", () => {
  const text = JSON.stringify(Array.from({ length: 20_000 }, (_, place) => `é${place}`));
  const document = parse(utf16(`\ufeff${text}`, false));
  assert.deepEqual(document.toValue(), JSON.parse(text));
  document.close();
});
