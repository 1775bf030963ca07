// Sequences of terminals, widths, cutting and filling.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  ansiSegments,
  ansiWidth,
  hasAnsi,
  hasOpenFormatting,
  padAnsi,
  stripAnsi,
  truncateAnsi,
} from "../../src/index.ts";

const ESC = "\u001b";
const LINK = `${ESC}]8;;https://example.org${ESC}\\`;
const LINK_END = `${ESC}]8;;${ESC}\\`;

test("sequences of all kinds are found, in both of their forms.", () => {
  const sequences = [
    `${ESC}[0m`,
    `${ESC}[38;2;1;2;3m`,
    `${ESC}[?25l`,
    `${ESC}[1 q`,
    "\u009b31m",
    `${ESC}]0;title\u0007`,
    `${ESC}]8;;x${ESC}\\`,
    `${ESC}]0;title\u009c`,
    `${ESC}Pq data${ESC}\\`,
    `${ESC}_app${ESC}\\`,
    `${ESC}Pa bell is data here: \u0007${ESC}\\`,
    `${ESC}(B`,
    `${ESC}7`,
    `${ESC}c`,
  ];
  for (const sequence of sequences) {
    assert.equal(stripAnsi(`a${sequence}b`), "ab", JSON.stringify(sequence));
    assert.equal(hasAnsi(sequence), true);
  }
});

test("a sequence that is broken off takes only what belongs to it, one of a string the rest.", () => {
  assert.equal(stripAnsi(`a${ESC}[31`), "a");
  assert.equal(stripAnsi(`a${ESC}[31ü`), "aü");
  assert.equal(stripAnsi(`a${ESC}`), "a");
  assert.equal(stripAnsi(`a${ESC}]8;;never ends`), "a");
});

test("segments joined are the text, and nothing but text is left without sequences.", () => {
  const unit = fc.constantFrom("a", ESC, "[", "]", "m", "0", ";", "\u0007", "\\", "\u009b", "水", "P");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      const segments = [...ansiSegments(text)];
      assert.equal(segments.map(({ text }) => text).join(""), text);
      let at = 0;
      for (const { start, end } of segments) {
        assert.equal(start, at);
        assert.ok(end > start);
        at = end;
      }
      const plain = segments.filter(({ kind }) => kind === "text").map(({ text }) => text);
      assert.equal(stripAnsi(text), plain.join(""));
      assert.equal(hasAnsi(plain.join("")), false);
    }),
    { numRuns: 1000 },
  );
});

test("characters are one, two or no columns wide.", () => {
  const widths: readonly (readonly [string, number])[] = [
    ["", 0],
    ["water", 5],
    ["水車", 4],
    ["ﾐｽﾞ", 3],
    ["Ｍ", 2],
    ["é", 1],
    ["e\u0301", 1],
    ["🦆", 2],
    ["👩‍👩‍👧‍👦", 2],
    ["🇨🇭🇦🇹", 4],
    ["❤️", 2],
    ["❤", 1],
    ["1️⃣", 2],
    ["한국", 4],
    ["한", 2],
    ["a\u200bb", 2],
    ["\u0000\u0007", 0],
    ["नमस्ते", 3],
    [`${ESC}[31m水${ESC}[0m`, 2],
  ];
  for (const [text, width] of widths) assert.equal(ansiWidth(text), width, JSON.stringify(text));
});

test("a text is cut between characters, and what is on is switched off.", () => {
  assert.equal(truncateAnsi("水車小屋", 5), "水車…");
  assert.equal(truncateAnsi("水車小屋", 4), "水…");
  assert.equal(truncateAnsi("👩‍👩‍👧‍👦 family", 3), "👩‍👩‍👧‍👦…");
  assert.equal(truncateAnsi(`${ESC}[1mbold${ESC}[22m and more`, 7), `${ESC}[1mbold${ESC}[22m a…`);
  assert.equal(truncateAnsi(`${ESC}[1mbold text`, 4), `${ESC}[1mbol…${ESC}[0m`);
  assert.equal(truncateAnsi(`${LINK}linked${LINK_END} text`, 4), `${LINK}lin…${LINK_END}`);
  assert.equal(truncateAnsi("text", 2, { ellipsis: "" }), "te");
  assert.equal(truncateAnsi("text", 2, { ellipsis: "..." }), "te");
  assert.equal(truncateAnsi("text", 0), "");
});

test("a cut text never takes more columns, and keeps the beginning.", () => {
  const unit = fc.constantFrom("a", "水", "e\u0301", "🦆", `${ESC}[31m`, `${ESC}[0m`, LINK, LINK_END);
  fc.assert(
    fc.property(fc.string({ unit }), fc.nat(12), (text, columns) => {
      const cut = truncateAnsi(text, columns);
      assert.ok(ansiWidth(cut) <= columns);
      if (cut !== text) {
        assert.ok(ansiWidth(text) > columns);
        assert.equal(hasOpenFormatting(cut), false);
        assert.ok(stripAnsi(text).startsWith(stripAnsi(cut).replace(/…$/, "")));
      }
    }),
    { numRuns: 1000 },
  );
});

test("open formatting is known by group, extended colours included.", () => {
  const open: readonly (readonly [string, boolean])[] = [
    [`${ESC}[31m`, true],
    [`${ESC}[31m${ESC}[39m`, false],
    [`${ESC}[31;1m${ESC}[39m`, true],
    [`${ESC}[31;1m${ESC}[39;22m`, false],
    [`${ESC}[1;0m`, false],
    [`${ESC}[m`, false],
    [`${ESC}[38;5;0m`, true],
    [`${ESC}[48;2;0;0;0m`, true],
    [`${ESC}[48;2;0;0;0;49m`, false],
    [`${ESC}[38:2::0:0:0m`, true],
    [`${ESC}[4:3m`, true],
    [`${ESC}[4:3m${ESC}[4:0m`, false],
    ["\u009b7m", true],
    [LINK, true],
    [LINK + LINK_END, false],
    [`${ESC}]8;id=1;http://a\u0007`, true],
    [`${ESC}[2K`, false],
  ];
  for (const [text, expected] of open) {
    assert.equal(hasOpenFormatting(text), expected, JSON.stringify(text));
  }
});

test("a text is filled up on the side that was asked for.", () => {
  assert.equal(padAnsi("水", 5), "水   ");
  assert.equal(padAnsi("水", 5, { align: "right" }), "   水");
  assert.equal(padAnsi("水", 5, { align: "center", fill: "." }), ".水..");
  assert.equal(padAnsi("water", 3), "water");
});

test("what cannot be is refused.", () => {
  assert.throws(() => truncateAnsi("a", -1), { code: "BAD_ARGUMENT" });
  assert.throws(() => padAnsi("a", 1.5), { code: "BAD_ARGUMENT" });
  assert.throws(() => padAnsi("a", 5, { fill: "水" }), { code: "BAD_ARGUMENT" });
  assert.throws(() => padAnsi("a", 5, { align: "middle" as never }), { code: "BAD_ARGUMENT" });
  assert.throws(() => ansiWidth(5 as never), { code: "BAD_ARGUMENT" });
});
