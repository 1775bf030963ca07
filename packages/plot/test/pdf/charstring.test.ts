// Charstrings: numbers and outlines as a reader by the letter of the format takes them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { CharstringPen, charstringNumber } from "../../src/pdf/charstring.ts";

// Numbers and operators one after the other, by table 1 of Adobe Technical Note 5177.
function read(bytes: Iterable<number>): (number | string)[] {
  const found: (number | string)[] = [];
  const rest = [...bytes];
  while (rest.length > 0) {
    const first = rest.shift()!;
    const next = (): number => rest.shift()!;
    if (first === 28) found.push(((next() << 24) >> 16) | next());
    else if (first < 32) found.push(`operator ${first}`);
    else if (first <= 246) found.push(first - 139);
    else if (first <= 250) found.push((first - 247) * 256 + next() + 108);
    else if (first <= 254) found.push(-(first - 251) * 256 - next() - 108);
    else assert.fail("a number of 32 bits");
  }
  return found;
}

test("every number of 16 bits is read as it was written", () => {
  for (let value = -32_768; value <= 32_767; value++) {
    assert.deepEqual(read(charstringNumber(value)), [value]);
  }
});

test("an outline is written in whole steps whose roundings do not add up", () => {
  const pen = new CharstringPen(600);
  pen.moveTo(0.4, -0.4);
  for (let step = 1; step <= 5; step++) pen.lineTo(0.4 + 10.4 * step, -0.4);
  pen.cubicTo(60, -10, 60, -20, 50, -20.5);
  pen.end();
  const words = read(pen.toBytes()).join(" ");
  const line = [11, 10, 11, 10, 10].map((step) => `${step} 0 operator 5`).join(" ");
  assert.equal(words, `600 0 0 operator 21 ${line} 8 10 0 10 -10 1 operator 8 operator 14`);
});

test("a curve with one control point becomes the same curve with two", () => {
  const pen = new CharstringPen(0);
  pen.moveTo(0, 0);
  pen.quadTo(300, -300, 600, 0);
  assert.deepEqual(read(pen.toBytes()).slice(4), [200, 200, 200, 0, 200, -200, "operator 8", "operator 14"]);
});

test("a glyph without ink is its width", () => {
  assert.deepEqual(read(new CharstringPen(318).toBytes()), [318, "operator 14"]);
});
