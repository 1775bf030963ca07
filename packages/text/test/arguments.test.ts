// Whatever is passed to a function of the package: it works, or a TextError says what was expected.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as text from "@millpond/text";
import { file, fileRanges, fileSync, rowsParallel, tableTask } from "@millpond/text/node";

const anything: unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  1.5,
  NaN,
  Infinity,
  1e300,
  5n,
  "",
  "x",
  "é",
  "\ud800",
];
anything.push(
  Symbol("odd"),
  {},
  [],
  [null],
  [1],
  ["", "a"],
  () => 1,
  new Date(),
  new Map(),
  Promise.resolve(1),
);
anything.push(
  Object.create(null),
  new Uint8Array(0),
  new Uint8Array(3),
  new Float64Array(2),
  new ArrayBuffer(3),
  { start: 1 },
);

// A call with arguments that are right, of which the test replaces one by anything, and options for the last one.
type Call = readonly [call: (...args: never[]) => unknown, args: readonly unknown[], options?: string];

const bytes = new TextEncoder().encode("1,2\n3,4\n");
const table = "a,b\n1,2\n";
const runner = { run: async () => ({ value: 1 }) };
const rowOptions =
  "header duplicates columns ragged badValues encoding badUtf8 nul signal skipLines maxRowBytes pool delimiter " +
  "quote escape newline comment trim emptyLines quotes decimalMark";
const splitOptions = "preserveEmpty preserveDelimiters stripping quoting preserveQuoting prefer pool arena";
const lineOptions = "lineEnd maxLineBytes windowBytes encoding onProgress signal pool stripping quoting";
const writeOptions = "newline columns header quoting pool delimiter quote escape comment trim decimalMark";

const calls: readonly Call[] = [
  [(source, options) => [...text.rows(source, options).arrays()], [bytes, {}], rowOptions],
  [(source, options) => text.rows(source, options).columns(), [table, { header: true }]],
  [(column) => [...text.rows(table).batches()].map((batch) => batch.row(column)), [0]],
  [(column) => text.rows(table, { header: true }).columns().get(column), ["a"]],
  [(column, value) => inRow((row) => row.equals(column, value)), ["a", "1"]],
  [(column) => inRow((row) => [row.number(column), row.string(column), row.time(column)]), [1]],
  [text.split, ["a,b", ",", {}], splitOptions],
  [(source, arena) => text.splitter(",").split(source, arena), ["a,b", undefined]],
  [(index) => text.split("a,b", ",").segment(index), [0]],
  [text.processLines, [table, ",", () => 1, {}], lineOptions],
  [text.processLinesSync, [table, ",", () => 1, {}], lineOptions],
  [
    text.processLinesParallel,
    [table, { runner }],
    "runner name concurrency blockBytes lineEnd encoding pool onProgress signal",
  ],
  [text.lineTask, [",", () => 1, {}], splitOptions],
  [text.headAndTail, ["a\nb\nc", 1, 1]],
  [text.indent, ["  ", "a\nb", ""]],
  [text.isolateLeft, ["a=b", "=", {}], "times none pool"],
  [text.isolateRight, ["a=b", "=", {}], "times none pool"],
  [text.numberFrom, [bytes, 0, 1, {}], "decimalMark"],
  [text.numberPrefix, [bytes, 0, 1, {}], "decimalMark"],
  [text.integerFrom, [bytes, 0, 1]],
  [text.bigintFrom, [bytes, 0, 1]],
  [text.booleanFrom, [bytes, 0, 1]],
  [text.timeFrom, [bytes, 0, 1]],
  [text.findInvalidUtf8, [bytes]],
  [text.parseCommand, ["a b:1", {}], "delimiters separator flagPrefix dangling"],
  [text.parseRequests, ["a b:1", {}], "separator requestDelimiter lists severalValues"],
  [
    (...args) => [...text.parseTokens(...(args as unknown as Parameters<typeof text.parseTokens>))],
    ["1,2", ",", Number, {}],
    splitOptions,
  ],
  [text.withArena, [() => 1, {}], "pool"],
  [text.sniff, [table]],
  [text.formatRows, [[["a", 1]], {}], writeOptions],
  [(cell) => text.formatRows([[cell]]), ["a"]],
  [text.writeRows, [[["a", 1]], () => undefined, {}], writeOptions],
  [text.ansiWidth, ["a"]],
  [text.ansiSegments, ["a"]],
  [text.padAnsi, ["a", 5, {}], "align fill"],
  [text.truncateAnsi, ["abc", 2, {}], "ellipsis"],
  [(path, range) => [...text.rows(fileSync(path, range))], ["/nowhere", {}], "start end"],
  [(path, range) => Array.fromAsync(text.rows(file(path, range))), ["/nowhere", {}], "start end"],
  [fileRanges, [new URL("./arguments.test.ts", import.meta.url), 2, {}], "delimiter skipLines comment"],
  [
    rowsParallel,
    [new URL("./arguments.test.ts", import.meta.url), { runner }],
    `runner name concurrency partBytes pool onProgress signal ${rowOptions}`,
  ],
  [tableTask, [() => 1, {}], "columns pool"],
];

function inRow(work: (row: text.Row) => unknown): void {
  for (const row of text.rows(table, { header: true })) work(row);
}

async function attempt(call: Call[0], args: readonly unknown[], place: string): Promise<void> {
  try {
    await call(...(args as never[]));
  } catch (error) {
    // Node says itself that a file is not there.
    if ((error as { code?: unknown }).code === "ENOENT") return;
    assert(error instanceof text.TextError, `${call.toString().slice(0, 80)}, ${place}: ${String(error)}`);
  }
}

test("what gives things one by one refuses arguments before it is asked for the first.", () => {
  const code = "BAD_ARGUMENT";
  const parse: unknown = 7;
  assert.throws(() => text.encodeRows(5 as never), { code });
  assert.throws(() => text.encodeRows([], { quoting: "none" as "all" }), { code });
  assert.throws(() => text.encodeRows([], { newline: "\n\n" }), { code });
  assert.throws(() => text.parseTokens("a", ",", parse as () => 1), { code });
  assert.throws(() => text.parseTokens("a", "", Number), { code: "EMPTY_DELIMITER" });
  assert.throws(() => text.ansiSegments(parse as string), { code });
  assert.throws(() => text.splitter(",").segments(parse as string), { code });
});

test("an option that nobody reads is refused, and the nearest one named.", async () => {
  for (const [call, args, options] of calls) {
    if (options === undefined) continue;
    const mistyped = { ...(args.at(-1) as object), optoin: 1 };
    const run = async (): Promise<unknown> => call(...(args.with(args.length - 1, mistyped) as never[]));
    await assert.rejects(
      run,
      { code: "BAD_ARGUMENT", message: /^there is no option "optoin"; / },
      String(call),
    );
  }
  const message = (options: object): string => {
    try {
      text.rows("", options);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  for (const [mistyped, meant] of [
    ["delimeter", "delimiter"],
    ["Delimiter", "delimiter"],
    ["DELIMTER", "delimiter"],
    ["skiplnes", "skipLines"],
    ["headers", "header"],
    ["quoteChar", "quote"],
    ["skipLine", "skipLines"],
    ["badVlaues", "badValues"],
  ] as const) {
    assert.equal(message({ [mistyped]: 1 }), `there is no option "${mistyped}"; did you mean ${meant}?`);
  }
  assert.match(message({ separator: ";" }), /^there is no option "separator"; there are delimiter, quote, /);
  assert.match(message({ constructor: 1 }), /^there is no option "constructor"; /);
  assert.throws(() => text.split("a", ",", { quoting: { pair: [] } as object }), /did you mean pairs\?/);
  assert.throws(
    () => text.splitter(",", { arena: undefined } as object),
    /^TextError: there is no option "arena"/,
  );
});

test("every argument and every option may be anything, and nothing fails inside.", async () => {
  for (const [call, args, options = ""] of calls) {
    for (const value of anything) {
      for (let index = 0; index < args.length; index++) {
        await attempt(call, args.with(index, value), `argument ${index}`);
      }
      for (const name of options.split(" ").filter((each) => each !== "")) {
        await attempt(call, args.with(args.length - 1, { ...(args.at(-1) as object), [name]: value }), name);
      }
    }
  }
});
