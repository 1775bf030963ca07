// UTF-16 and Latin-1, with byte order marks and without, in pieces of any size.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";
import { rows } from "@millpond/text";

import { everyWay } from "./every-way.ts";

const table = [
  ["naïve", "日本語", "😀"],
  ["a,b", 'say "x"', "two\nlines"],
];
const text = 'naïve,日本語,😀\n"a,b","say ""x""","two\nlines"\n';

function utf16(text: string, little: boolean, mark: boolean): Uint8Array {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  if (mark) units.unshift(0xfeff);
  return Uint8Array.from(
    units.flatMap((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
}

test("UTF-16 is read as its byte order mark says, and as the option says.", async () => {
  for (const little of [true, false]) {
    assert.deepEqual(await everyWay(utf16(text, little, true)), { rows: table });
    const encoding = little ? "utf-16le" : "utf-16be";
    assert.deepEqual(await everyWay(utf16(text, little, false), { encoding }), { rows: table });
    assert.deepEqual(await everyWay(utf16(text, little, true), { encoding }), { rows: table });
  }
  assert.deepEqual(await everyWay(Uint8Array.of(0xff, 0xfe)), { rows: [] });
});

test("Latin-1 is read as the option says.", async () => {
  const bytes = Uint8Array.from("ä,\u0080ÿ\nb,c", (letter) => letter.charCodeAt(0));
  assert.deepEqual(await everyWay(bytes, { encoding: "latin1" }), {
    rows: [
      ["ä", "\u0080ÿ"],
      ["b", "c"],
    ],
  });
});

test("Windows-1252 is Latin-1 with other characters instead of control characters, as every decoder of the web has it.", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const text = new TextDecoder("windows-1252").decode(bytes.subarray(0x20));
  const { rows: read } = await everyWay(bytes.subarray(0x20), {
    encoding: "windows-1252",
    delimiter: "\0",
    quote: false,
  });
  assert.deepEqual(read, [[text]]);
  assert.equal(text[0x60], "€");
});

test("halves of characters are an error with its place, or U+FFFD.", async () => {
  for (const broken of ["a\nx\ud83d,", "a\nx\ude00,"]) {
    const bytes = utf16(broken, true, true);
    const { code, line, column } = await everyWay(bytes, { ragged: "keep" });
    assert.deepEqual([code, line, column], ["BAD_UTF8", 2, 2]);
    const replaced = await everyWay(bytes, { ragged: "keep", badUtf8: "replace" });
    assert.deepEqual(replaced.rows, [["a"], ["x\ufffd", ""]]);
  }
  const open = utf16("a,b\ud83d", true, true);
  assert.deepEqual((await everyWay(open)).code, "BAD_UTF8");
  assert.deepEqual((await everyWay(open, { badUtf8: "replace" })).rows, [["a", "b\ufffd"]]);
  const cut = utf16("a,b", true, true).subarray(0, -1);
  assert.deepEqual((await everyWay(cut)).code, "BAD_UTF8");
  assert.deepEqual((await everyWay(cut, { badUtf8: "replace" })).rows, [["a", "\ufffd"]]);
});

test("first bytes that only look like a mark are read as UTF-8.", async () => {
  assert.equal((await everyWay(Uint8Array.of(0xff))).code, "BAD_UTF8");
  assert.equal((await everyWay(Uint8Array.of(0xfe, 0x41))).code, "BAD_UTF8");
  assert.deepEqual((await everyWay("\u00ff\u00fea")).rows, [["\u00ff\u00fea"]]);
});

test("strings are strings in any encoding.", () => {
  assert.deepEqual([...rows("é,ü", { encoding: "latin1" }).arrays()], [["é", "ü"]]);
});

test("texts much larger than the buffers arrive whole, and memory goes back.", () => {
  const pool = new Pool();
  const long = `${text}${"ключ,значение,😀\n".repeat(40_000)}`;
  const all = [...rows(utf16(long, false, true), { pool }).arrays()];
  assert.equal(all.length, 40_002);
  assert.deepEqual(all.at(-1), ["ключ", "значение", "😀"]);
  for (const row of rows(utf16(long, true, true), { pool })) if (row.index === 3) break;
  assert.equal(pool.stats().inUse, 0);
});
