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

// What a table is found to be, beside a delimiter of "," and quotes of '"', and its first row as it is read then.
type File = readonly [what: string, text: string, found: object, first: readonly unknown[] | undefined];

const day = (...parts: [number, number, number]): Date => new Date(Date.UTC(...parts));

const files: readonly File[] = [
  [
    "European amounts with thousands, which no type reads, beside plain ones",
    'Datum;Betrag;Menge;Text\r\n01.03.2024;1.234,56;2,5;"Miete; März"\r\n02.03.2024;-12,00;1;\r\n',
    {
      delimiter: ";",
      decimalMark: ",",
      header: true,
      columns: { Datum: "string", Betrag: "string", Menge: "float", Text: "string" },
    },
    ["01.03.2024", "1.234,56", 2.5, "Miete; März"],
  ],
  [
    "decimal commas in quotes",
    'x,y\n"1,5","2,25"\n"0,75",3\n',
    { decimalMark: ",", header: true, columns: { x: "float", y: "float" } },
    [1.5, 2.25],
  ],
  [
    "thousands and currencies",
    'item,price,count\nmill,"$1,234.50","1,234"\npond,$7.00,"12,000"\n',
    { header: true, columns: { item: "string", price: "string", count: "string" } },
    ["mill", "$1,234.50", "1,234"],
  ],
  [
    "tabs, with a dash for what is missing",
    "gene\tstart\tstrand\nBRCA1\t43044295\t-\nTP53\t7661779\t+\n",
    { delimiter: "\t", header: true, columns: { gene: "string", start: "int", strand: "string" } },
    ["BRCA1", 43044295, "-"],
  ],
  [
    "pipes with blanks around them",
    "id | name | born\n1 | Ada | 1815-12-10\n2 | Alan | 1912-06-23\n",
    { delimiter: "|", trim: true, header: true, columns: { id: "int", name: "string", born: "date" } },
    [1, "Ada", day(1815, 11, 10)],
  ],
  [
    "blanks behind commas, and quotes behind them",
    'id, name, note\n1, Ada, "x, y"\n2, Bob, z\n',
    { trim: true, header: true, columns: { id: "int", name: "string", note: "string" } },
    [1, "Ada", "x, y"],
  ],
  [
    "codes with leading zeros and telephone numbers",
    "zip,phone,id\n01067,+4935112345,0001\n80331,+49891234567,0002\n",
    { header: true, columns: { zip: "string", phone: "string", id: "string" } },
    ["01067", "+4935112345", "0001"],
  ],
  [
    "one column of numbers",
    "temperature\n12.5\n-4\n",
    { header: true, columns: { temperature: "float" } },
    [12.5],
  ],
  [
    "one column of words with commas in quotes",
    'text\n"Mill, old"\n"Pond; new"\n',
    { header: true, columns: { text: "string" } },
    ["Mill, old"],
  ],
  [
    "a header alone",
    "id;unit_price;validFrom\n",
    { delimiter: ";", header: true, columns: { id: "string", unit_price: "string", validFrom: "string" } },
    undefined,
  ],
  [
    "a row of names of people alone",
    "Ada,Grace\n",
    { header: false, columns: { 0: "string", 1: "string" } },
    ["Ada", "Grace"],
  ],
  [
    "a byte order mark and quotes around everything",
    '\ufeff"id";"name"\r\n"1";"Ada"\r\n',
    { delimiter: ";", header: true, columns: { id: "int", name: "string" } },
    [1, "Ada"],
  ],
  [
    "comments, also between rows",
    "# exported by a tool, on Friday\n# id, name\nid,score\n1,9.5\n# pause\n2,8\n",
    { comment: "#", header: true, columns: { id: "int", score: "float" } },
    [1, 9.5],
  ],
  [
    "doubled marks before a header that starts with a single one",
    "##source=x\n##date=y\n#CHROM\tPOS\nchr1\t100\nchr2\t200\n",
    { delimiter: "\t", comment: "##", header: true, columns: { "#CHROM": "string", POS: "int" } },
    ["chr1", 100],
  ],
  [
    "colours, which are no comments",
    "colour,name\n#ff0000,red\n#00ff00,green\n",
    { header: true, columns: { colour: "string", name: "string" } },
    ["#ff0000", "red"],
  ],
  [
    "years for names, in the order of the table",
    "country,2019,2020,2021\nFrance,1.5,2.5,3\nSpain,4,5.25,6\n",
    { header: true, columns: { country: "string", 2019: "float", 2020: "float", 2021: "int" } },
    ["France", 1.5, 2.5, 3],
  ],
  [
    "years that are values",
    "Ada,1815,1852\nAlan,1912,1954\n",
    { header: false, columns: { 0: "string", 1: "int", 2: "int" } },
    ["Ada", 1815, 1852],
  ],
  [
    "days for names",
    "account,2024-01-31,2024-02-29\nrent,10,11.5\n",
    { header: true, columns: { account: "string", "2024-01-31": "int", "2024-02-29": "float" } },
    ["rent", 10, 11.5],
  ],
  [
    "words under words that are written small",
    "first,last\nAda,Lovelace\nAlan,Turing\n",
    { header: true, columns: { first: "string", last: "string" } },
    ["Ada", "Lovelace"],
  ],
  [
    "row numbers without a name",
    ",a,b\n0,1.5,x\n1,2.5,y\n",
    { header: true, columns: { "": "int", a: "float", b: "string" } },
    [0, 1.5, "x"],
  ],
  [
    "delimiters at the ends of rows",
    "id;name;\n1;Ada;\n2;Bob;\n",
    { delimiter: ";", header: true, columns: { id: "int", name: "string", "": "string" } },
    [1, "Ada", ""],
  ],
  [
    "a name that starts with a hash",
    "#id,name\n1,Ada\n2,Bob\n",
    { header: true, columns: { "#id": "int", name: "string" } },
    [1, "Ada"],
  ],
  [
    "single quotes around what needs none",
    "id,'name'\n1,'Ada'\n",
    { quote: "'", header: true, columns: { id: "int", name: "string" } },
    [1, "Ada"],
  ],
  [
    "lists of numbers with commas beside decimal points",
    "x\tlist\n1.5\t1,2\n2.5\t3,4\n3.5\t7\n",
    { delimiter: "\t", header: true, columns: { x: "float", list: "string" } },
    [1.5, "1,2"],
  ],
  [
    "years that are in no equal steps",
    "Ada,1815,1852,1950\nGrace,5,6,7\n",
    { header: false, columns: { 0: "string", 1: "int", 2: "int", 3: "int" } },
    ["Ada", 1815, 1852, 1950],
  ],
  [
    "answers, one of which only looks like a truth value",
    "yes,Ada\nmaybe,Bob\n",
    { header: false, columns: { 0: "string", 1: "string" } },
    ["yes", "Ada"],
  ],
  [
    "a delimiter that a first row has in its words",
    'x,y,z;n\n"a,b";5\n',
    { delimiter: ";", header: true, columns: { "x,y,z": "string", n: "int" } },
    ["a,b", 5],
  ],
  [
    "two columns of one name",
    "id,value,value\n1,2,3\n",
    { header: true, duplicates: "rename", columns: { id: "int", value: "int", value_2: "int" } },
    [1, 2, 3],
  ],
  [
    "the separator in the first line",
    "sep=;\r\nid;name\r\n1;a,b,c\r\n",
    { delimiter: ";", skipLines: 1, header: true, columns: { id: "int", name: "string" } },
    [1, "a,b,c"],
  ],
  [
    "titles and an empty line",
    "Report of sales\nGenerated 2024-03-01, late\n\nid,name,amount,note\n1,a,2.5,x\n2,b,3,y\n3,c,4,z\n",
    { skipLines: 3, header: true, columns: { id: "int", name: "string", amount: "float", note: "string" } },
    [1, "a", 2.5, "x"],
  ],
  [
    "empty lines first",
    "\n\nid,n\n1,2\n",
    { skipLines: 2, header: true, columns: { id: "int", n: "int" } },
    [1, 2],
  ],
  [
    "line ends in quotes, and doubled quotes",
    'id,note\n1,"first\nsecond, with a comma"\n2,"a ""word"""\n',
    { header: true, columns: { id: "int", note: "string" } },
    [1, "first\nsecond, with a comma"],
  ],
  [
    "times of day, whose colons separate nothing",
    "10:15:00,1\n10:16:00,2\n",
    { header: false, columns: { 0: "string", 1: "int" } },
    ["10:15:00", 1],
  ],
  [
    "colons that do",
    "root:x:0:0\ndaemon:x:1:1\n",
    { delimiter: ":", header: false, columns: { 0: "string", 1: "string", 2: "int", 3: "int" } },
    ["root", "x", 0, 0],
  ],
  [
    "numbers that are none, and one that is missing",
    "x,y\n1.5,NaN\ninf,2\n-3e-7,\n",
    { header: true, columns: { x: "float", y: "float" } },
    [1.5, NaN],
  ],
  [
    "days that are not in the calendar",
    "d,e\n2024-02-29,2024-02-30\n2023-03-01,2023-03-01\n",
    { header: true, columns: { d: "date", e: "string" } },
    [day(2024, 1, 29), "2024-02-30"],
  ],
  [
    "an apostrophe that opens nothing",
    "id,text\n1,it's\n2,'tis\n",
    { header: true, columns: { id: "int", text: "string" } },
    [1, "it's"],
  ],
];

test("what realistic files are is found, and rows() reads them with it.", () => {
  for (const [what, text, found, first] of files) {
    const guess = sniff(text);
    assert.deepEqual(guess, { delimiter: ",", quote: '"', decimalMark: ".", ...found }, what);
    assert.deepEqual([...rows(text, guess).arrays()][0], first, what);
    assert.deepEqual(sniff(new TextEncoder().encode(text)), guess, what);
  }
});

test("what is wrong with a text is left for rows() to say.", () => {
  const open = 'id,name\n1,"Ada\n2,Grace\n';
  assert.equal(sniff(open).quote, '"');
  assert.throws(() => [...rows(open, sniff(open))], { code: "UNTERMINATED_QUOTE" });
  // A header that is one name short is no title.
  const short = "id,name\n1,Ada,\n2,Bob,\n";
  assert.equal(sniff(short).skipLines, undefined);
  assert.throws(() => [...rows(short, sniff(short))], { code: "RAGGED_ROW" });
  // Nor is a line before rows of all lengths.
  assert.equal(sniff("x\na,b,c\nd,e,f\n1,2,3,4\n1,2,3,4,5\n1,2,3,4,5,6\n").skipLines, undefined);
  assert.equal(sniff("word\n").header, false);
});

test("bytes that are no UTF-8 are Windows-1252, unless a character is only cut at the end of the sample.", () => {
  const text = "Größe;Preis\nklein;5,50 €\n";
  const bytes = Uint8Array.from(text, (letter) => (letter === "€" ? 0x80 : letter.charCodeAt(0)));
  const found = sniff(bytes);
  assert.deepEqual([found.encoding, found.columns], ["windows-1252", { Größe: "string", Preis: "string" }]);
  assert.deepEqual([...rows(bytes, found).arrays()], [["klein", "5,50 €"]]);
  for (let shift = 0; shift < 4; shift++) {
    const long = new TextEncoder().encode(`${"x".repeat(shift)}\n${"😀".repeat(40_000)}`);
    assert.equal(sniff(long).encoding, undefined);
    long[70_000] = 0xff;
    assert.equal(sniff(long).encoding, undefined, "what is behind the sample is not looked at");
    long[60_000] = 0xff;
    assert.equal(sniff(long).encoding, "windows-1252");
  }
});
