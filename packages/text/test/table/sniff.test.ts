// Guessing: delimiters, quotes, headers and types of small tables of every kind.

import assert from "node:assert/strict";
import { test } from "node:test";

import { formatRows, rows, sniff } from "@millpond/text";

test("the delimiter is the one in which rows are alike.", () => {
  const table = [
    ["id", "text", "when"],
    [1, "a, b; c", "10:30"],
    [2, "d | e", "11:45"],
    [3, "plain", "12:00"],
  ];
  for (const delimiter of [",", "\t", ";", "|"]) {
    const found = sniff(formatRows(table, { delimiter }));
    assert.equal(found.delimiter, delimiter);
    assert.equal(found.header, true);
  }
});

test("the quote is found, even where the other one is in the text.", () => {
  assert.equal(sniff("'a,b','it''s'\n'c','d'\n'e,f','g'\n").quote, "'");
  assert.equal(sniff('"a,b","it\'s"\n"c","d"\n').quote, '"');
});

test("types are those that every field has, and leave leading zeros and large integers whole.", () => {
  const text =
    "n,f,zip,big,d,b,s,e\n1,1.5,007,9007199254740993,2024-02-29,yes,x1,\n-2,3,123,1,2024-03-01,no,2,\n";
  const { columns, header } = sniff(text);
  assert.equal(header, true);
  assert.deepEqual(columns, {
    n: "int",
    f: "float",
    zip: "string",
    big: "bigint",
    d: "date",
    b: "bool",
    s: "string",
    e: "string",
  });
  const [first] = [...rows(text, sniff(text)).objects()];
  assert.deepEqual([first["n"], first["big"], first["b"]], [1, 9007199254740993n, true]);
});

test("a table of words alone has no header that could be told from its rows, nor has one that starts with numbers.", () => {
  assert.equal(sniff("a,b\nc,d\n").header, false);
  assert.deepEqual(sniff("1,2\n3,4\n"), {
    delimiter: ",",
    quote: '"',
    decimalMark: ".",
    header: false,
    columns: { 0: "int", 1: "int" },
  });
});

test("decimal commas are found where the delimiter is another character.", () => {
  const found = sniff("preis;menge\n1,50;2\n12,25;3\n");
  assert.deepEqual(
    [found.delimiter, found.decimalMark, found.columns],
    [";", ",", { preis: "float", menge: "int" }],
  );
  assert.deepEqual([...rows("preis;menge\n1,50;2\n", found).arrays()], [[1.5, 2]]);
});

test("only the beginning is looked at, bytes are fine, and nothing at all is a table without columns.", () => {
  const bytes = new TextEncoder().encode(`a;b\n${"1;ü\n".repeat(100_000)}`);
  assert.deepEqual(sniff(bytes).columns, { a: "int", b: "string" });
  assert.deepEqual(sniff("").columns, {});
  assert.equal(sniff("one line").delimiter, ",");
  const wrong: unknown = 7;
  assert.throws(() => sniff(wrong as string), { code: "BAD_ARGUMENT" });
});
