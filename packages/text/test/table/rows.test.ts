// rows(): dialects, headers, ragged rows, errors and their places, in every way of reading.

import assert from "node:assert/strict";
import { test } from "node:test";

import { rows, type RowsOptions } from "@millpond/text";

import { everyWay, type Outcome } from "./every-way.ts";

async function read(text: string | Uint8Array, options?: RowsOptions): Promise<readonly unknown[]> {
  const { rows, ...rest } = await everyWay(text, options);
  assert.deepEqual(rest, {});
  return rows;
}

async function fails(
  text: string | Uint8Array,
  options: RowsOptions,
  expected: Omit<Outcome, "rows">,
): Promise<number> {
  const { rows, ...rest } = await everyWay(text, options);
  assert.deepEqual(rest, expected);
  return rows.length;
}

test("quotes hold separators, ends of lines, and quotes written twice.", async () => {
  const text = 'a,"b,c"\n"d\ne","f\r\ng"\n"""h""",""\n"","i"""\n';
  assert.deepEqual(await read(text), [
    ["a", "b,c"],
    ["d\ne", "f\r\ng"],
    ['"h"', ""],
    ["", 'i"'],
  ]);
});

test("LF, CR LF and CR end rows, mixed as they come.", async () => {
  assert.deepEqual(await read("a,1\nb,2\r\nc,3\rd,4\r\n"), [
    ["a", "1"],
    ["b", "2"],
    ["c", "3"],
    ["d", "4"],
  ]);
  assert.deepEqual(await read('"a\r"\r\n"b\n"\r"\r\nc"\n\r'), [["a\r"], ["b\n"], ["\r\nc"], [""]]);
});

test("one character can be what ends rows, and the others are plain then.", async () => {
  assert.deepEqual(
    await read("a\u001fb\r\u001ec\u001f\nd\u001e", { delimiter: "\u001f", newline: "\u001e" }),
    [
      ["a", "b\r"],
      ["c", "\nd"],
    ],
  );
  assert.deepEqual(await read("a,b\r\nc,d", { newline: "\n" }), [
    ["a", "b\r"],
    ["c", "d"],
  ]);
});

test("a delimiter may have several bytes.", async () => {
  assert.deepEqual(await read("a||b|c||\n||d||e", { delimiter: "||" }), [
    ["a", "b|c", ""],
    ["", "d", "e"],
  ]);
  assert.deepEqual(await read('é→"x→y"→z', { delimiter: "→" }), [["é", "x→y", "z"]]);
  assert.deepEqual(await read("a, b, c,d", { delimiter: ", " }), [["a", "b", "c,d"]]);
  assert.deepEqual(await read("a|||b", { delimiter: "||" }), [["a", "|b"]]);
});

test("a line end is no part of a delimiter or of what comments start with.", () => {
  for (const options of [
    { delimiter: ";\n" },
    { delimiter: "\r;" },
    { comment: "#\n" },
    { comment: "#x", newline: "x" },
  ]) {
    assert.throws(() => rows("a", options), { code: "BAD_ARGUMENT" }, JSON.stringify(options));
  }
});

test("another quote, no quote, and escapes.", async () => {
  assert.deepEqual(await read('"a""b",c\n', { escape: '"' }), [['a"b', "c"]]);
  assert.deepEqual(await read("'a,b','it''s',\"c\"", { quote: "'" }), [["a,b", "it's", '"c"']]);
  assert.deepEqual(await read('"a,b"', { quote: false }), [['"a', 'b"']]);
  assert.deepEqual(await read('"a\\"b","c\\\\","\\n"', { escape: "\\" }), [['a"b', "c\\", "n"]]);
  assert.deepEqual(await read("a\\,b,c\\\nd\\\\", { quote: false, escape: "\\" }), [["a,b", "c\nd\\"]]);
});

test("comment lines are no rows, wherever they are.", async () => {
  const text = '# it\'s "quoted, a comment\na,b\n#,"x\n"#c",d\n\n#last';
  assert.deepEqual(await read(text, { comment: "#" }), [
    ["a", "b"],
    ["#c", "d"],
  ]);
  assert.deepEqual(await read("//a\n/b,c\nd//,e\n", { comment: "//" }), [
    ["/b", "c"],
    ["d//", "e"],
  ]);
});

test("blanks around fields are left out on demand, and quotes are found behind them.", async () => {
  const text = ' a , "b , c" ,\td\t\n"e" ,  , f g \n';
  assert.deepEqual(await read(text, { trim: true }), [
    ["a", "b , c", "d"],
    ["e", "", "f g"],
  ]);
  assert.deepEqual(await read(" a\t b \tc", { trim: true, delimiter: "\t" }), [["a", "b", "c"]]);
  assert.deepEqual(await read(' a ,b\n" c ", "d "" "', { trim: true }), [
    ["a", "b"],
    [" c ", 'd " '],
  ]);
});

test("empty lines are rows in tables of one column, and otherwise as the option says.", async () => {
  assert.deepEqual(await read("a\n\nb\n"), [["a"], [""], ["b"]]);
  assert.deepEqual(await read("a,b\n\nc,d\r\n\r\n\n"), [
    ["a", "b"],
    ["c", "d"],
  ]);
  assert.deepEqual(await read("a\n\r\nb\n", { emptyLines: "skip" }), [["a"], ["b"]]);
  assert.deepEqual(await read("\n\na,b\n", { emptyLines: "skip" }), [["a", "b"]]);
  assert.deepEqual(await read('a\n""\nb', { emptyLines: "skip" }), [["a"], [""], ["b"]]);
  assert.deepEqual(await read("a,b\n\n", { emptyLines: "keep", ragged: "keep" }), [["a", "b"], [""]]);
});

test("a quote where none belongs is an error with its place, after the rows before it.", async () => {
  assert.equal(
    await fails('a,b\nc,d\ne,f"g\n', {}, { code: "BAD_QUOTE", line: 3, column: 4, offset: 11 }),
    2,
  );
  assert.equal(await fails('a,b\n"c"d,e\n', {}, { code: "BAD_QUOTE", line: 2, column: 4, offset: 7 }), 1);
  assert.equal(
    await fails('a\n"b\nc\n', {}, { code: "UNTERMINATED_QUOTE", line: 2, column: 1, offset: 2 }),
    1,
  );
  const late = `${'"x\ny",z\r\n'.repeat(5000)}a,b"c`;
  assert.equal(await fails(late, {}, { code: "BAD_QUOTE", line: 10_001, column: 4, offset: 45_003 }), 5000);
});

test("a quote where none belongs is a character when the dialect is lenient.", async () => {
  const lenient = { quotes: "lenient" } as const;
  assert.deepEqual(await read('5" pipe,a"b"c\n"d"e,"f""g"h"i"\n', lenient), [
    ['5" pipe', 'a"b"c'],
    ["de", 'f"gh"i"'],
  ]);
  assert.deepEqual(await read('a\n"b\nc', lenient), [["a"], ["b\nc"]]);
  assert.deepEqual((await read('a"b,"x,y"\n'.repeat(300), lenient)).at(-1), ['a"b', "x,y"]);
});

test("rows of other lengths are an error, padded, or kept.", async () => {
  const text = "a,b,c\nd,e\nf,g,h,i\n";
  assert.equal(await fails(text, {}, { code: "RAGGED_ROW", line: 2, column: 1, offset: 6 }), 1);
  assert.deepEqual(await read(text, { ragged: "pad" }), [
    ["a", "b", "c"],
    ["d", "e", ""],
    ["f", "g", "h"],
  ]);
  assert.deepEqual(await read(text, { ragged: "keep" }), [
    ["a", "b", "c"],
    ["d", "e"],
    ["f", "g", "h", "i"],
  ]);
});

test("names come from the first row or from the options.", async () => {
  const objects = async (text: string, options: RowsOptions): Promise<readonly unknown[]> =>
    (await everyWay(text, { ...options, as: "objects" })).rows;
  assert.deepEqual(await objects("a,b\n1,2\n3,4\n", { header: true }), [
    { a: "1", b: "2" },
    { a: "3", b: "4" },
  ]);
  assert.deepEqual(await objects("1,2", { header: ["x", "y"] }), [{ x: "1", y: "2" }]);
  assert.deepEqual(await objects('"a,x","b""y"\n1,2', { header: true }), [{ "a,x": "1", 'b"y': "2" }]);
  assert.deepEqual(await objects("a,a,a_2\n1,2,3", { header: true, duplicates: "rename" }), [
    { a: "1", a_2: "2", a_2_2: "3" },
  ]);
  const [row] = await objects("__proto__,b\n1,2", { header: true });
  assert.deepEqual(Object.entries(row as object), [
    ["__proto__", "1"],
    ["b", "2"],
  ]);
});

test("a header that is missing, doubled or too short is an error.", async () => {
  await fails("", { header: true }, { code: "BAD_HEADER", line: 1, column: 1, offset: 0 });
  await fails("a,b,a\n1,2,3", { header: true }, { code: "BAD_HEADER", line: 1, column: 1, offset: 0 });
  await fails("1,2,3", { header: ["a", "b"] }, { code: "RAGGED_ROW", line: 1, column: 1, offset: 0 });
  assert.deepEqual(await read("", { header: ["a"] }), []);
  assert.deepEqual(await read("a,b", { header: true }), []);
});

test("lines before the table are skipped, and count.", async () => {
  assert.deepEqual(await read('made "by\r\nhand\n\na,b\n1,2', { skipLines: 3 }), [
    ["a", "b"],
    ["1", "2"],
  ]);
  await fails("x\ny\r\na,b\n1\n", { skipLines: 2 }, { code: "RAGGED_ROW", line: 4, column: 1, offset: 9 });
  assert.deepEqual(await read("x\ny", { skipLines: 5 }), []);
});

test("a byte order mark is no part of the first field.", async () => {
  assert.deepEqual(await read("\ufeffa,b\n"), [["a", "b"]]);
  assert.deepEqual(await read('\ufeff"a",b\n'), [["a", "b"]]);
  assert.deepEqual(await read("\ufeff"), []);
  assert.deepEqual(await read("\ufeffx\n\ufeffy", { skipLines: 1 }), [["\ufeffy"]]);
  assert.deepEqual(await read(Uint8Array.of(0xef, 0xbb), { badUtf8: "replace" }), [["\ufffd"]]);
});

test("text of any length and any alphabet arrives as it is.", async () => {
  const values = [
    "",
    "a",
    "zwölf Zeichen",
    "exactly 12 c",
    "thirteen char",
    "日本語",
    "😀".repeat(40),
    "x".repeat(5000),
    "\0",
  ];
  const text = values.map((value) => values.map(() => value).join(";")).join("\n");
  const rows = await read(text, { delimiter: ";", emptyLines: "keep" });
  assert.deepEqual(
    rows,
    values.map((value) => values.map(() => value)),
  );
});

test("bytes that are not UTF-8 are an error with its place, or U+FFFD.", async () => {
  const text = Uint8Array.from([0x61, 0x2c, 0x62, 0x0a, 0x63, 0x2c, 0xff, 0x64, 0x0a, 0x65, 0x2c, 0x66]);
  assert.equal(await fails(text, {}, { code: "BAD_UTF8", line: 2, column: 3, offset: 6 }), 1);
  assert.deepEqual(await read(text, { badUtf8: "replace" }), [
    ["a", "b"],
    ["c", "\ufffdd"],
    ["e", "f"],
  ]);
  await fails(Uint8Array.of(0xff), { header: true }, { code: "BAD_UTF8", line: 1, column: 1, offset: 0 });
});

test("a row that is larger than it may be is refused, and smaller ones are not.", async () => {
  const text = `a,b\n"${"x".repeat(600_000)}",c\n`;
  const { rows, code, line } = await everyWay(text, { maxRowBytes: 300_000 });
  assert.deepEqual([rows.length, code, line], [1, "ROW_TOO_LONG", 2]);
  const all = await read(text);
  assert.equal((all[1] as string[])[0].length, 600_000);
});

test("a row may have more fields than a window has bytes.", async () => {
  const row = Array.from({ length: 100_000 }, (_, index) => String(index % 10));
  const rows = await read(`${row.join(",")}\n${row.join(",")}`);
  assert.deepEqual(rows, [row, row]);
});
