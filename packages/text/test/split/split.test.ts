// split(): what its options do, by example; what it refuses; and who gets the memory back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNoLeaks, MiB, Pool } from "@millpond/core";
import { type Segments, split, splitter, type SplitOptions, TextError } from "../../src/index.ts";
import type { DelimiterInput } from "../../src/split/delimiters.ts";

const pool = new Pool({ name: "split test" });

function texts(source: string, delimiters: DelimiterInput, options: SplitOptions = {}): string[] {
  return expectNoLeaks(pool, () => {
    const segments = split(source, delimiters, { ...options, pool });
    const found = segments.texts();
    segments.release();
    return found;
  });
}

function spans(segments: Segments): unknown[] {
  const rows = segments.toArray().map(({ text, kind, start, end, quoted }) => {
    return [text, kind === "delimiter" ? "D" : quoted ? "Q" : "-", start, end];
  });
  segments.release();
  return rows;
}

test("empty pieces are left out, or kept at both ends and in between.", () => {
  assert.deepEqual(texts(",a,,b,", ","), ["a", "b"]);
  assert.deepEqual(texts(",a,,b,", ",", { preserveEmpty: true }), ["", "a", "", "b", ""]);
  assert.deepEqual(texts("", ","), []);
  assert.deepEqual(texts("", ",", { preserveEmpty: true }), [""]);
});

test("delimiters are kept as segments with their spans.", () => {
  const segments = split("a::b", "::", { preserveDelimiters: true });
  assert.deepEqual(spans(segments), [
    ["a", "-", 0, 1],
    ["::", "D", 1, 3],
    ["b", "-", 3, 4],
  ]);
});

test("of delimiters at one place it is the shortest, the longest, or the one that is listed first.", () => {
  const kept = { preserveDelimiters: true };
  const list = [":=", ":", ":=:"];
  assert.deepEqual(texts("a:=:b", list, kept), ["a", ":", "=", ":", "b"]);
  assert.deepEqual(texts("a:=:b", list, { ...kept, prefer: "longest" }), ["a", ":=:", "b"]);
  assert.deepEqual(texts("a:=:b", list, { ...kept, prefer: "listed" }), ["a", ":=", ":", "b"]);
});

test("the first delimiter in the text wins over a longer one that starts behind it.", () => {
  const options = { preserveDelimiters: true, prefer: "longest" } as const;
  assert.deepEqual(texts("xabcdy", ["bcd", "ab"], options), ["x", "ab", "cdy"]);
  assert.deepEqual(texts("xabcy", ["abcd", "bc"], options), ["xa", "bc", "y"]);
});

test("spans count bytes of UTF-8, and delimiters can be any bytes.", () => {
  assert.deepEqual(spans(split("é🎉ü", "🎉")), [
    ["é", "-", 0, 2],
    ["ü", "-", 6, 8],
  ]);
  const segments = split(Uint8Array.of(1, 0xff, 0, 2), [Uint8Array.of(0xff, 0)]);
  assert.deepEqual([...segments.bytes(1)], [2]);
  segments.release();
});

test("no delimiter at all gives the text as one segment.", () => {
  assert.deepEqual(texts("abc", []), ["abc"]);
  assert.deepEqual(texts("", []), []);
});

test("stripping takes white space of all kinds off, and narrows the span.", () => {
  assert.deepEqual(spans(split(" a ,\u00a0\u2003b\u3000", ",", { stripping: true })), [
    ["a", "-", 1, 2],
    ["b", "-", 9, 10],
  ]);
  assert.deepEqual(texts(" , \t", ",", { stripping: true }), []);
  assert.deepEqual(texts(" , \t", ",", { stripping: true, preserveEmpty: true }), ["", ""]);
});

test("a quoted section hides delimiters, says what its escapes mean, and spans what is written.", () => {
  assert.deepEqual(spans(split(String.raw`a,"b,\"\n\q",c`, ",", { quoting: true })), [
    ["a", "-", 0, 1],
    ['b,"\n\\q', "Q", 3, 11],
    ["c", "-", 13, 14],
  ]);
  assert.deepEqual(texts(String.raw`a,"b,\"",c`, ",", { quoting: true, preserveQuoting: true }), [
    "a",
    String.raw`"b,\""`,
    "c",
  ]);
});

test("a quote in the middle of a piece is not special, and what follows a closed one is a piece.", () => {
  assert.deepEqual(texts('a"b c"d', " ", { quoting: true }), ['a"b', 'c"d']);
  assert.deepEqual(texts('"a"b,"c""d"', ",", { quoting: true }), ["a", "b", "c", "d"]);
});

test("pairs of quotes can differ, have several bytes, and be doubled.", () => {
  const pairs = [
    ["(", ")"],
    ["<<", ">>"],
  ] as const;
  assert.deepEqual(texts("(a b) <<c > d>> e", " ", { quoting: { pairs } }), ["a b", "c > d", "e"]);
  const doubled = { quoting: { escapes: "doubled" } } as const;
  assert.deepEqual(texts('"a ""b""" c', " ", doubled), ['a "b"', "c"]);
  assert.deepEqual(texts(String.raw`"a\" b"`, " ", { quoting: { escapes: "none" } }), ["a\\", 'b"']);
  assert.deepEqual(texts(String.raw`«a\» b» c`, " ", { quoting: { pairs: [["«", "»"]] } }), ["a» b", "c"]);
});

test("of several prefixes the longest counts, wherever it is listed.", () => {
  const pairs = [
    ["<", ">"],
    ["<<", ">>"],
  ] as const;
  for (const list of [pairs, pairs.toReversed()]) {
    assert.deepEqual(texts("<<a b> c>> <d e>", " ", { quoting: { pairs: list } }), ["a b> c", "d e"]);
  }
});

test("a backslash stands before both usual quotes, whatever the marks are.", () => {
  assert.deepEqual(texts(String.raw`"it\'s \"x\"" y`, " ", { quoting: true }), [`it's "x"`, "y"]);
  assert.deepEqual(texts(String.raw`(\'\"\)\n) y`, " ", { quoting: { pairs: [["(", ")"]] } }), [
    `'")\n`,
    "y",
  ]);
});

test("white space is what Unicode says, character by character.", () => {
  for (let code = 1; code < 0x10000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const character = String.fromCharCode(code);
    const isSpace = /^\p{White_Space}$/u.test(character);
    const expected = isSpace ? "a" : `${character}a${character}`;
    const [found] = splitter("|", { stripping: true, pool }).texts(`${character}a${character}`);
    assert.equal(found, character === "|" ? "a" : expected, `U+${code.toString(16)}`);
  }
});

test("an unterminated quote goes on to the end, or is an error that says where.", () => {
  assert.deepEqual(texts('a "b c', " ", { quoting: true }), ["a", "b c"]);
  const strict = { quoting: { unterminated: "error" }, pool } as const;
  const error = { code: "UNTERMINATED_QUOTE", place: { line: 2, column: 3, offset: 6 } };
  expectNoLeaks(pool, () => {
    assert.throws(() => split('a b\nc "d', " ", strict), error);
    assert.throws(() => splitter(" ", strict).count('a b\nc "d'), error);
  });
});

test("bytes can be a Buffer, a part of an array, or shared memory.", () => {
  const bytes = new TextEncoder().encode("##a,b##");
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  shared.set(bytes.subarray(2, 5));
  for (const source of [bytes.subarray(2, 5), Buffer.from("a,b"), shared]) {
    assert.deepEqual(splitter(",").texts(source), ["a", "b"]);
  }
});

test("tables grow through all their sizes, and estimates never change the result.", () => {
  const use = splitter(",", { preserveEmpty: true, pool });
  expectNoLeaks(pool, () => {
    for (const count of [1, 20, 30, 400, 5000, 70_000, 3]) {
      const text = Array.from({ length: count }, (_, i) => String(i)).join(",");
      const segments = use.split(text);
      assert.equal(segments.length, count);
      assert.equal(segments.text(count - 1), String(count - 1));
      segments.release();
      assert.equal(use.count(",".repeat(count)), count + 1);
    }
  });
});

test("what cannot be is refused with a code.", () => {
  const bad = "BAD_ARGUMENT";
  const calls: readonly (readonly [string, () => unknown])[] = [
    ["EMPTY_DELIMITER", () => split("a", "")],
    ["EMPTY_DELIMITER", () => split("a", [",", new Uint8Array(0)])],
    [bad, () => split("a", 5 as never)],
    [bad, () => split("a", [5] as never)],
    [bad, () => split(5 as never, ",")],
    [bad, () => split("a", ",", 5 as never)],
    [bad, () => split("a", ",", { preserveEmpty: 1 as never })],
    [bad, () => split("a", ",", { prefer: "last" as never })],
    [bad, () => split("a", ",", { quoting: 1 as never })],
    [bad, () => split("a", ",", { quoting: { pairs: [] } })],
    [bad, () => split("a", ",", { quoting: { pairs: [['"']] as never } })],
    [bad, () => split("a", ",", { quoting: { pairs: [["", '"']] } })],
    [bad, () => split("a", ",", { quoting: { pairs: [["x".repeat(33), '"']] } })],
    [bad, () => split("a", ",", { quoting: { escapes: "x" as never } })],
  ];
  for (const [code, call] of calls) {
    assert.throws(call, (error) => error instanceof TextError && error.code === code, String(call));
  }
});

test("a released result is refused, as is an index beyond the end.", () => {
  const segments = split("a,b", ",", { pool });
  for (const index of [-1, 2, 0.5, NaN, 2 ** 32]) {
    assert.throws(() => segments.text(index), { code: "OUT_OF_BOUNDS" });
  }
  segments.release();
  assert.equal(segments.released, true);
  assert.throws(() => segments.release(), { code: "DOUBLE_RELEASE" });
  for (const use of [
    () => segments.text(0),
    () => segments.bytes(0),
    () => segments.kind(0),
    () => segments.toArray(),
  ]) {
    assert.throws(use, { code: "USE_AFTER_RELEASE" });
  }
});

test("using gives the memory back at the end of the block, once.", () => {
  expectNoLeaks(pool, () => {
    {
      using segments = split("a,b", ",", { pool });
      assert.equal(segments.length, 2);
    }
    {
      using segments = split("a,b", ",", { pool });
      segments.release();
    }
  });
});

test("a loop that is left early, or throws, gives its memory back.", () => {
  const use = splitter([",", "aaaaaaaaaab"], { quoting: true, pool });
  expectNoLeaks(pool, () => {
    for (const { text } of use.segments('"\\"",b,c')) if (text === "b") break;
    assert.throws(() => {
      for (const { text } of use.segments("a,b")) throw new RangeError(text);
    }, RangeError);
  });
});

test("unescaped text of a long one does not pile up while its segments are asked for.", () => {
  const small = new Pool({ name: "small", limitBytes: 2 * MiB, regionBytes: 1 * MiB });
  const source = new TextEncoder().encode('"a piece with an escape: \\" of some length", '.repeat(100_000));
  const use = splitter([", "], { quoting: true, pool: small });
  let count = 0;
  for (const { text } of use.segments(source)) if (text.endsWith('" of some length')) count++;
  assert.equal(count, 100_000);
  assert.equal(use.count(source), 100_000);
  assert.equal(small.stats().inUse, 0);
});

test("a pool that is exhausted on the way gets everything back.", () => {
  const small = new Pool({ name: "small", limitBytes: 1 * MiB, regionBytes: 1 * MiB });
  const text = "a,".repeat(400_000);
  for (const delimiters of [",", [",", "bbbbbbbbbb"]]) {
    assert.throws(() => split(text, delimiters, { pool: small }), { code: "POOL_EXHAUSTED" });
    assert.equal(small.stats().inUse, 0);
  }
});

test("places, bytes and strings can be asked for in any order.", () => {
  for (const [text, places] of [
    ["ab,cde", [3, 6]],
    ["äb,cdé", [4, 8]],
  ] as const) {
    const expected = new TextEncoder().encode(text).subarray(...places);
    const ways: readonly ((fields: Segments) => void)[] = [
      (fields) => assert.deepEqual([fields.start(1), fields.end(1)], places),
      (fields) => assert.deepEqual(fields.bytes(1), expected),
      (fields) => assert.equal(fields.text(1), text.slice(3)),
    ];
    for (let first = 0; first < ways.length; first++) {
      const fields = split(text, ",");
      for (let turn = 0; turn < 2 * ways.length; turn++) ways[(first + turn) % ways.length](fields);
      fields.release();
    }
  }
});
