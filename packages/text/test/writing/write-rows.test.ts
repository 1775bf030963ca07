// Writing: what is written is read again to the same values, quotes are where they are needed, and slow streams are
// waited for.

import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import { test } from "node:test";

import { expectNoLeaks, Pool } from "@millpond/core";
import { encodeRows, formatRows, rows, type RowInput, writeRows, type WriteOptions } from "@millpond/text";
import * as fc from "fast-check";

const pool = new Pool();

test("quotes are written where they are needed, and nowhere else.", () => {
  const row = [
    "plain",
    "a,b",
    'say "x"',
    "two\nlines",
    "cr\r",
    " blank ",
    "",
    "é;",
    1.5,
    -3,
    0,
    -0,
    12345678901,
    true,
  ];
  assert.equal(
    formatRows([row]),
    'plain,"a,b","say ""x""","two\nlines","cr\r", blank ,,é;,1.5,-3,0,0,12345678901,true\n',
  );
  assert.equal(formatRows([["a", 1, 1.5, true, null]], { quoting: "all" }), '"a","1","1.5","true",""\n');
  assert.equal(formatRows([[" a", "b "]], { trim: true }), '" a","b "\n');
  assert.equal(formatRows([["#a", "#b"]], { comment: "#" }), '"#a",#b\n');
  assert.equal(formatRows([["\ufeffa"]]), '"\ufeffa"\n');
  assert.equal(formatRows([[""], ["x"]]), '""\nx\n');
  assert.equal(formatRows([['a"\\b']], { escape: "\\" }), '"a\\"\\\\b"\n');
  assert.equal(formatRows([["a,b"]], { delimiter: ";", newline: "\r\n" }), "a,b\r\n");
});

test("numbers have the decimal mark that they are read with, and quotes where that is the delimiter too.", () => {
  const numbers = [1.5, -2.5e-7, 3, 1e21, NaN, -Infinity];
  const german = { delimiter: ";", decimalMark: "," };
  const text = formatRows([[...numbers, "1.5", 7n]], german);
  assert.equal(text, "1,5;-2,5e-7;3;1e+21;NaN;-Infinity;1.5;7\n");
  for (const row of rows(text, german)) {
    assert.deepEqual(
      numbers.map((_, column) => row.number(column)),
      numbers,
    );
  }
  assert.equal(formatRows([[1.5, 2]], { decimalMark: "," }), '"1,5",2\n');
  assert.throws(() => formatRows([[1.5]], { decimalMark: "e" }), { code: "BAD_ARGUMENT" });
});

test("dates are ISO 8601, and null, undefined and no date are empty.", () => {
  const day = new Date(Date.UTC(2024, 1, 29, 12));
  assert.equal(formatRows([[day, new Date(NaN), null, undefined, 5n]]), "2024-02-29T12:00:00.000Z,,,,5\n");
});

test("objects are written by the columns, or by the keys of the first one.", () => {
  const objects = [
    { a: 1, b: "x" },
    { b: "y", c: 3 },
  ] as readonly RowInput[];
  assert.equal(formatRows(objects), "a,b\n1,x\n,y\n");
  assert.equal(formatRows(objects, { columns: ["c", "b"], header: false }), ",x\n3,y\n");
  assert.equal(formatRows([], { columns: ["c", "b"] }), "c,b\n");
  assert.equal(formatRows([]), "");
  assert.equal(formatRows([{ toString: "own" }, {}] as readonly RowInput[], {}), 'toString\nown\n""\n');
});

test("what cannot be written is refused, and memory goes back.", () => {
  expectNoLeaks(pool, () => {
    const places = { code: "BAD_VALUE", message: /^row 2, field 3: / };
    const before = ["x", 1, 2];
    assert.throws(() => formatRows([before, ["a", "", "a,b"]], { quote: false, pool }), places);
    assert.throws(() => formatRows([before, ["a", null, {} as never]], { pool }), places);
    assert.throws(() => formatRows([["a"], { a: 1 }], { pool }), { code: "BAD_HEADER" });
    assert.throws(() => formatRows([["a"]], { header: true, pool }), { code: "BAD_HEADER" });
    assert.throws(() => formatRows([["a"]], { header: 1 as never, pool }), { code: "BAD_ARGUMENT" });
    assert.throws(() => formatRows([7 as never], { pool }), { code: "BAD_ARGUMENT" });
    assert.throws(() => formatRows([], { newline: "", pool }), { code: "BAD_ARGUMENT" });
    for (const chunk of encodeRows(endless(), { pool })) if (chunk.length > 0) break;
  });
});

function* endless(): Generator<string[]> {
  for (;;) yield ["a", "b"];
}

test("what is written is read again, in every dialect.", () => {
  const unit = fc.constantFrom(
    "a",
    ",",
    ";",
    '"',
    "'",
    "\n",
    "\r",
    " ",
    "\t",
    "#",
    "\\",
    "|",
    "é",
    "😀",
    "→",
    "\ufeff",
  );
  const cell = fc.oneof(fc.string({ unit, maxLength: 6 }), fc.constantFrom("x".repeat(70_000), "word"));
  const options: fc.Arbitrary<WriteOptions> = fc.record(
    {
      delimiter: fc.constantFrom(",", ";", "\t", "||", "→"),
      quote: fc.constantFrom('"', "'"),
      escape: fc.constant("\\"),
      newline: fc.constantFrom("\n", "\r\n", "\r"),
      comment: fc.constant("#"),
      trim: fc.boolean(),
      quoting: fc.constantFrom("needed" as const, "all" as const),
    },
    { requiredKeys: [] },
  );
  const tables = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
    );
  fc.assert(
    fc.property(tables, options, (table, options) => {
      const { quoting: _, newline: _newline, ...dialect } = options;
      const text = formatRows(table, { ...options, pool });
      assert.deepEqual([...rows(text, { ...dialect, pool }).arrays()], table);
    }),
    { numRuns: 500 },
  );
  assert.equal(pool.stats().inUse, 0);
});

test("a slow stream is waited for, and gets everything.", async () => {
  const table = Array.from({ length: 20_000 }, (_, index) => [index, `name ${index}`, index / 8]);
  const wanted = formatRows(table);
  const parts: Buffer[] = [];
  let most = 0;
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      most = Math.max(most, slow.writableLength);
      setImmediate(() => {
        parts.push(Buffer.from(chunk));
        done();
      });
    },
  });
  assert.equal(await writeRows(table, slow, { pool }), wanted.length);
  assert.equal(Buffer.concat(parts).toString(), wanted);
  assert(most < 100_000, `the stream held ${most} bytes`);
  let text = "";
  const decoder = new TextDecoder();
  const web = new WritableStream<Uint8Array>({ write: (chunk) => void (text += decoder.decode(chunk)) });
  await writeRows(table, web, { pool });
  assert.equal(text, wanted);
  assert.equal(pool.stats().inUse, 0);
});

test("a stream that fails fails the writing, and an error of the rows reaches the stream.", async () => {
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new RangeError("disk full")) });
  broken.on("error", () => undefined);
  await assert.rejects(writeRows([["a"]], broken, { pool }), RangeError);
  let reason: unknown;
  const web = new WritableStream({ abort: (why) => void (reason = why) });
  const failing = async function* (): AsyncGenerator<string[]> {
    yield ["a"];
    throw new RangeError("no more");
  };
  await assert.rejects(writeRows(failing(), web, { pool }), RangeError);
  assert(reason instanceof RangeError);
  await assert.rejects(writeRows([["a"]], 7 as never, { pool }), { code: "BAD_ARGUMENT" });
  const locked = new WritableStream();
  locked.getWriter();
  await assert.rejects(writeRows([["a"]], locked, { pool }), { code: "BAD_ARGUMENT" });
  assert.equal(pool.stats().inUse, 0);
});

test("a failure while the next rows are waited for fails the writing, and nothing else.", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  async function* slow(): AsyncGenerator<string[]> {
    yield ["x".repeat(100_000)];
    await new Promise((resolve) => setTimeout(resolve, 10));
    yield ["y"];
  }
  const failure = new RangeError("disk full");
  const node = new Writable({ write: (_chunk, _encoding, done) => done(failure) });
  const web = new WritableStream({ write: () => Promise.reject(failure) });
  for (const sink of [node, web]) await assert.rejects(writeRows(slow(), sink, { pool }), failure);
  process.off("unhandledRejection", note);
  assert.deepEqual(unhandled, []);
  assert.equal(pool.stats().inUse, 0);
});

test("what aborting a stream throws does not hide why it was aborted.", async () => {
  function* failing(): Generator<string[]> {
    yield ["a"];
    throw new RangeError("no more");
  }
  const web = new WritableStream({ abort: () => Promise.reject(new TypeError("nor that")) });
  await assert.rejects(writeRows(failing(), web, { pool }), RangeError);
});

test("a web stream that keeps chunks has each of them for itself.", async () => {
  const rows = Array.from({ length: 50_000 }, (_, index) => [String(index), "x".repeat(index % 9)]);
  const keeping = new TransformStream<Uint8Array, Uint8Array>(
    undefined,
    { highWaterMark: 99 },
    { highWaterMark: 99 },
  );
  await writeRows(rows, keeping.writable);
  const chunks: Uint8Array[] = [];
  for await (const chunk of keeping.readable) chunks.push(chunk);
  assert.equal(new TextDecoder().decode(Buffer.concat(chunks)), formatRows(rows));
});

test("a stream that passes chunks on has each of them for itself.", async () => {
  const stream = new PassThrough({ highWaterMark: 16 * 1024 * 1024 });
  const rows = Array.from({ length: 50_000 }, (_, index) => [String(index), "x".repeat(index % 9)]);
  await writeRows(rows, stream);
  assert.equal(stream.listenerCount("error"), 0);
  stream.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  assert.equal(new TextDecoder().decode(Buffer.concat(chunks)), formatRows(rows));
});

test("a stream that fails and that nobody listens to fails the writing alone.", async () => {
  const failing = (): Writable =>
    new Writable({ write: (_chunk, _encoding, done) => done(new Error("disk full")) });
  await assert.rejects(writeRows([["a"]], failing()), /disk full/);
  await assert.rejects(writeRows([["a"]], new PassThrough().destroy()), { code: "ERR_STREAM_DESTROYED" });
  // The event comes after the callback.
  await new Promise(setImmediate);
});

test("rows that hold nothing to write are refused.", () => {
  for (const row of [{}, new Map([["a", 1]]), new Date(0)]) {
    assert.throws(() => formatRows([row] as never), { code: "BAD_HEADER" });
  }
  assert.throws(() => formatRows([Promise.resolve(["a"])] as never), { code: "BAD_ARGUMENT" });
  assert.equal(formatRows([{}], { columns: ["a", "b"] }), "a,b\n,\n");
});
