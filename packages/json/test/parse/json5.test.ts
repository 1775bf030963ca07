// JSON5: the suite of its authors, and values against the engine's own reading of the text as JavaScript.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import { JsonError, parse } from "../../src/index.ts";
import { json5Cases, missing } from "./conformance.ts";
import { checkTape } from "../tape/check-tape.ts";

// JSON5 is a part of JavaScript, but for `__proto__`, which no test here has.
function asJavaScript(text: string): unknown {
  return JSON.parse(JSON.stringify(runInNewContext(`(${text}\n)`), marked));
}

function marked(_: string, value: unknown): unknown {
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return `number ${1 / value} ${value}`;
  return value;
}

test(
  "the suite: .json and .json5 are accepted with the right value, .js and .txt are refused.",
  { skip: missing },
  () => {
    let accepted = 0;
    let refused = 0;
    for (const { name, bytes, expected } of json5Cases()) {
      if (expected === "accept") {
        const document = parse(bytes, { dialect: "json5" });
        checkTape(document.tape);
        const text = new TextDecoder().decode(bytes);
        const value: unknown = JSON.parse(JSON.stringify(document.toValue(), marked));
        assert.deepEqual(value, asJavaScript(text), name);
        document.close();
        accepted++;
      } else {
        assert.throws(() => parse(bytes, { dialect: "json5" }), JsonError, name);
        refused++;
      }
    }
    assert(accepted > 70 && refused > 25, `${accepted} accepted, ${refused} refused`);
  },
);

// What JSON5 has beyond the suite's files, each as JavaScript reads it.
const texts = [
  "{a: 1, $b: 2, _c: 3, ünïcode: 4, 'x y': 5, \\u0061b: 6}",
  "[.5, 5., +1, -.25e-3, 0xFf, -0x10, Infinity, -Infinity, NaN, +0, -0]",
  "['it\\'s', \"a 'b' c\", 'a\\\nb', 'a\\\r\nb', '\\x41\\u00e9\\0\\v\\q', '\u2028\\\u2028']",
  "\ufeff\u00a0\u2003\v\f[\u3000]",
  "[1,/* two */2,// three\n]",
  "null //",
];

for (const text of texts) {
  test(`the value of ${JSON.stringify(text)} is that of JavaScript.`, () => {
    const document = parse(text, { dialect: "json5" });
    checkTape(document.tape);
    const value: unknown = JSON.parse(JSON.stringify(document.toValue(), marked));
    assert.deepEqual(value, asJavaScript(text.replace(/^\ufeff/, "")));
    document.close();
    assert.throws(() => parse(text), JsonError);
  });
}

for (const text of [
  "['\\1']",
  "['\\01']",
  "['\\x4']",
  "['a\nb']",
  "[0x]",
  "[1e]",
  "[.]",
  "[+]",
  "{1a: 1}",
  "{a-b: 1}",
  "[--1]",
  "[00]",
  "{\\u002d: 1}",
  "/*",
  "[1 2]",
  "[,]",
]) {
  test(`${JSON.stringify(text)} is no JSON5.`, () => {
    assert.throws(() => parse(text, { dialect: "json5" }), { code: "BAD_SYNTAX" });
  });
}
