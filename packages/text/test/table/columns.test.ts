// Batches, whole columns and typed values: the kernel against the plain reading of each field.

import assert from "node:assert/strict";
import { test } from "node:test";

import { expectNoLeaks, Pool, series } from "@millpond/core";
import { type Batch, type Row, rows, type SyncReader, TextError } from "@millpond/text";
import * as fc from "fast-check";

const pool = new Pool({ name: "kernel" });
const twin = new Pool({ name: "twin", memory: "arraybuffer" });

// Enough for several batches, and for all ways through the kernel.
const number = fc.oneof(
  fc.integer().map(String),
  fc.double().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toFixed(4)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential(5)),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
  // More than 53 bits, and half-way between two doubles, times powers around the ends of the kernel's table.
  fc
    .tuple(fc.bigInt({ min: 2n ** 52n, max: 2n ** 54n }), fc.nat(9), fc.integer({ min: -70, max: 70 }))
    .map(([digits, shift, power]) => `${digits << BigInt(shift)}e${power}`),
  fc.stringMatching(/^[ \t]?[+-]?[0-9]{0,12}\.?[0-9]{0,12}([eE][+-]?[0-9]{0,5})?[ ]?$/),
  fc.constantFrom(
    "",
    " ",
    "-",
    "+",
    ".",
    "-.",
    "nan",
    "inf",
    "-Infinity",
    "1,5",
    "12x",
    "0",
    "-0",
    "00012",
    "1.",
    ".5",
  ),
  fc.constantFrom(
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "18446744073709551616",
    "12345678",
    "123456789",
    "1234567.",
    ".1234567",
  ),
);

function field(text: string, quoted: boolean): string {
  return quoted || text.includes(",") ? `"${text}"` : text;
}

test("columns come in the order of the table where an object cannot keep another, and else as they are listed.", () => {
  const table = "b,2024,a\nx,1,y\n";
  const columns = { b: "string", 2024: "int" } as const;
  assert.deepEqual([...rows(table, { header: true, columns }).arrays()], [["x", 1]]);
  const listed = ["a", "2024", "b"];
  assert.deepEqual([...rows(table, { header: true, columns: listed }).arrays()], [["y", "1", "x"]]);
  const swapped = { a: "string", b: "string" } as const;
  assert.deepEqual([...rows(table, { header: true, columns: swapped }).arrays()], [["y", "x"]]);
  assert.throws(() => [...rows(table, { columns: { 3: "int" } })], { code: "NO_COLUMN" });
  for (const row of rows("ab,a\n")) {
    assert.deepEqual([row.equals(0, "a"), row.equals(1, "ab"), row.equals(0, "ab")], [false, false, true]);
  }
});

test("the numbers of a column are those of its fields, with the kernel and without.", () => {
  const lines = fc.array(fc.tuple(number, fc.boolean(), number), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(lines, fc.nat(1), (lines, column) => {
      const text = lines.map(([a, quoted, b]) => `${field(a, quoted)},${field(b, false)}`).join("\n");
      for (const memory of [pool, twin]) {
        const wanted = [...rows(text, { pool: memory })].length;
        const floats: number[] = [];
        const integers: number[] = [];
        const single: [number, number][] = [];
        for (const batch of rows(text, { pool: memory, emptyLines: "keep" }).batches()) {
          floats.push(...batch.floats(column));
          integers.push(...batch.integers(column));
          for (const row of batch) single.push([row.number(column), row.integer(column)]);
        }
        assert.equal(floats.length, wanted);
        assert.deepEqual(
          floats.map((value, index) => [value, integers[index]]),
          single,
        );
        const plain = lines.map((line) => plainNumber(line[2 * column] as string));
        assert.deepEqual(floats, plain);
      }
    }),
    { numRuns: 300 },
  );
  assert.equal(pool.stats().inUse, 0);
});

// What JavaScript reads, where the forms that it takes are the same.
function plainNumber(text: string): number {
  const trimmed = text.replace(/^[ \t]+|[ \t]+$/g, "");
  if (/^[+-]?inf(inity)?$/i.test(trimmed)) return trimmed.startsWith("-") ? -Infinity : Infinity;
  return /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(trimmed) ? Number(trimmed) : NaN;
}

test("numbers have the decimal mark of the dialect.", () => {
  const text = "a;b\n1,5;2\n12345678,25;-3,75\n1.5;0,1\n";
  for (const memory of [pool, twin]) {
    const table = rows(text, { pool: memory, delimiter: ";", decimalMark: ",", header: true });
    const [batch] = table.batches();
    assert.equal(batch.rowCount, 0, "a batch is empty once the loop was left");
    const columns = rows(text, {
      pool: memory,
      delimiter: ";",
      decimalMark: ",",
      header: true,
      columns: { a: "float", b: "float" },
      badValues: "null",
    }).columns();
    assert.deepEqual([...columns.get("a")], [1.5, 12345678.25, NaN]);
    assert.deepEqual([...columns.get("b")], [2, -3.75, 0.1]);
    columns.release();
  }
});

test("every type has its values, and null or its like for empty fields.", () => {
  const text = 's,f,i,b,d,n,own\nx,1.5,7,yes,2024-02-29,12345678901234567890,a-b\n"",,,,,,""\n';
  const columns = {
    s: "string",
    f: "float",
    i: "int",
    b: "bool",
    d: "date",
    n: "bigint",
    own: (row: Row, column: number) => row.string(column).split("-"),
  } as const;
  const [full, empty] = [...rows(text, { header: true, columns, pool }).objects()];
  assert.deepEqual(full, {
    s: "x",
    f: 1.5,
    i: 7,
    b: true,
    d: new Date("2024-02-29"),
    n: 12345678901234567890n,
    own: ["a", "b"],
  });
  assert.deepEqual(empty, { s: "", f: null, i: null, b: null, d: null, n: null, own: [""] });
  const whole = rows(text, { header: true, columns, pool }).columns();
  assert.equal(whole.rowCount, 2);
  assert.deepEqual(whole.names, Object.keys(columns));
  assert.deepEqual([...whole.get("f"), ...whole.get("i"), ...whole.get("b")], [1.5, NaN, 7, NaN, 1, 2]);
  assert.deepEqual([...whole.get("d")], [Date.UTC(2024, 1, 29), NaN]);
  assert.deepEqual(whole.get("n"), [12345678901234567890n, null]);
  assert.deepEqual(whole.get("own"), [["a", "b"], [""]]);
  assert.equal(series(whole.get("f")).at(0), 1.5);
  whole.release();
  assert.throws(() => whole.get("f"), { code: "USE_AFTER_RELEASE" });
  assert.throws(() => whole.release(), { code: "DOUBLE_RELEASE" });
  assert.equal(pool.stats().inUse, 0);
});

test("a field that is not what its type says is an error with its place, or null.", () => {
  const text = "a,b\n1,2\n3,four\n";
  for (const type of ["float", "int", "bool", "date", "bigint"] as const) {
    const options = { header: true, columns: { b: type }, pool } as const;
    const reads = [() => rows(text, options).columns(), () => [...rows(text, options).objects()]];
    const wanted =
      type === "bool" || type === "date"
        ? { line: 2, column: 3, offset: 6 }
        : { line: 3, column: 3, offset: 10 };
    for (const read of reads) {
      expectNoLeaks(pool, () => assert.throws(read, { code: "BAD_VALUE", place: wanted }));
    }
    const values = [...rows(text, { ...options, badValues: "null" }).arrays()];
    assert.equal(values.at(-1)![0], null);
  }
});

test("columns are chosen by name or number, and a missing one is an error that names those there are.", () => {
  const text = "a,b,c\n1,2,3\n";
  assert.deepEqual([...rows(text, { header: true, columns: ["c", "a"], pool }).arrays()], [["3", "1"]]);
  assert.deepEqual([...rows(text, { columns: { 2: "string" }, pool }).objects()], [{ 2: "c" }, { 2: "3" }]);
  const table = (): unknown => [...rows(text, { header: true, columns: ["d"], pool }).arrays()];
  assert.throws(table, { code: "NO_COLUMN", message: /"a", "b", "c"/ });
  for (const row of rows(text, { header: true, pool })) {
    assert.equal(row.string("b"), "2");
    assert.throws(() => row.string("x"), { code: "NO_COLUMN" });
    assert.throws(() => row.string(3), { code: "NO_COLUMN" });
    assert.throws(() => row.number(-1), { code: "NO_COLUMN" });
    assert.throws(() => row.number(0.5), { code: "NO_COLUMN" });
  }
  assert.equal(pool.stats().inUse, 0);
});

test("a row gives bytes, lengths, places and comparisons.", () => {
  const text = 'k,"a""b"\r\n"x\ny",-7\n';
  const seen: unknown[] = [];
  for (const row of rows(text, { pool })) {
    seen.push([
      row.index,
      row.line,
      row.length,
      row.string(1),
      row.bytes(1).length,
      row.isEmpty(0),
      row.equals(0, "k"),
    ]);
  }
  assert.deepEqual(seen, [
    [0, 1, 2, 'a"b', 3, false, true],
    [1, 2, 2, "-7", 2, false, false],
  ]);
});

test("batches that become larger leave no smaller array behind.", async () => {
  async function* chunks(): AsyncGenerator<string> {
    yield "1\n2\n";
    yield "3\n".repeat(50_000);
  }
  const counts: number[] = [];
  await expectNoLeaks(pool, async () => {
    for await (const batch of rows(chunks(), { pool }).batches()) {
      counts.push(batch.floats(0).length + batch.integers(0).length);
    }
  });
  assert(counts.length > 1 && counts[1] > 100 * counts[0], counts.join());
});

test("columns that were released are so at the end of a block, too.", () => {
  const columns = rows("1,2\n", { pool, columns: { 0: "float" } }).columns();
  columns.release();
  columns[Symbol.dispose]();
  assert.throws(() => columns.release(), { code: "DOUBLE_RELEASE" });
});

test("a row and a batch that were left behind are refused.", () => {
  const table = rows("a,b\nc,d\n", { pool });
  let kept: Row | undefined;
  for (const row of table) kept ??= row;
  assert.throws(() => kept!.string(0), { code: "USE_AFTER_RELEASE" });
  assert.throws(() => kept!.length, { code: "USE_AFTER_RELEASE" });
  assert.throws(() => [...table], { code: "ALREADY_READ" });
  for (const batch of rows("a,b\nc,d\n", { pool }).batches()) {
    assert.throws(() => batch.row(2), { code: "OUT_OF_BOUNDS" });
    assert.equal(batch.row(1).string(0), "c");
    assert.throws(() => batch.floats(2), { code: "NO_COLUMN" });
  }
  let left: Batch | undefined;
  for (const batch of rows("1,2\n", { pool }).batches()) left = batch;
  assert.throws(() => left?.floats(0), { code: "USE_AFTER_RELEASE" });
});

test("lists and objects are iterators like others: results stay as they are, and have helpers.", () => {
  const text = "id,n\n1,a\n2,b\n3,c\n";
  const iterator = rows(text, { pool }).arrays();
  const results = [iterator.next(), iterator.next()];
  assert.deepEqual(
    results.map(({ value }) => value),
    [
      ["id", "n"],
      ["1", "a"],
    ],
  );
  iterator.return?.();
  const objects = rows(text, { header: true, pool }).objects();
  assert.deepEqual(
    objects
      .filter(({ id }) => id !== "2")
      .map(({ n }) => n)
      .toArray(),
    ["a", "c"],
  );
  const views = rows(text, { header: true, pool })[Symbol.iterator]();
  const names = views.map((row) => row.string("n")).take(2);
  assert.deepEqual(names.toArray(), ["a", "b"]);
  assert.equal(pool.stats().inUse, 0);
});

test("lists have a string for each field of a row, and empty ones for those that it lacks, however many there are.", () => {
  for (let width = 1; width < 300; width += width < 40 ? 1 : 51) {
    const full = Array.from({ length: width }, (_, index) => `f${index}`);
    for (const count of [1, width - 1, width].filter((fields) => fields > 0)) {
      const lines = `${full.join(",")}\n${full.slice(0, count).join(",")}\n`;
      const padded = full.map((field, index) => (index < count ? field : ""));
      assert.deepEqual([...rows(lines, { pool, ragged: "pad" }).arrays()], [full, padded]);
      assert.deepEqual([...rows(lines, { pool, ragged: "keep" }).arrays()], [full, full.slice(0, count)]);
    }
  }
});

test("toArray() gives the rows that were not read yet, over all batches, and ends the table on an error.", () => {
  const lines = Array.from({ length: 40_000 }, (_, row) => `${row},${row % 7}`);
  const expected = lines.map((line) => line.split(","));
  expectNoLeaks(pool, () => {
    const iterator = rows(lines.join("\n"), { pool }).arrays();
    assert.deepEqual(iterator.next().value, ["0", "0"]);
    assert.deepEqual(iterator.toArray(), expected.slice(1));
    assert.deepEqual(iterator.toArray(), []);
    for (const at of [0, 1, 39_999]) {
      const columns = { 0: (row: Row): void => assert.notEqual(row.index, at) };
      const objects = rows(lines.join("\n"), { pool, columns }).objects();
      assert.throws(() => objects.toArray(), assert.AssertionError);
      assert.deepEqual(objects.next(), { done: true, value: undefined });
    }
    const closing = rows(lines.join("\n"), { pool, columns: { 0: (): void => closing.close() } });
    assert.throws(() => closing.arrays().toArray(), { code: "USE_AFTER_RELEASE" });
  });
});

test("what holds a text but is none comes with advice.", () => {
  const advice = (source: unknown): string => {
    try {
      rows(source as string);
    } catch (error) {
      return (error as Error).message.replace(/^.*, got /, "");
    }
    return assert.fail("nothing was thrown");
  };
  assert.equal(advice(new ArrayBuffer(3)), "an ArrayBuffer; pass new Uint8Array(buffer)");
  assert.equal(advice(new Blob(["a"])), "a Blob; pass its stream()");
  assert.equal(advice(new Response("a")), "a Response; pass its body");
  assert.equal(advice(Promise.resolve("a")), "a Promise; await it first");
  assert.equal(advice(["a"]), "an array of 1");
  assert.equal(advice({}), "an object");
});

test("memory goes back when a loop is left, when it throws, and when the source fails.", () => {
  const text = "a,b\n".repeat(10_000);
  expectNoLeaks(pool, () => {
    for (const row of rows(text, { pool })) if (row.index === 5) break;
    assert.throws(() => {
      for (const batch of rows(text, { pool }).batches())
        throw new RangeError(String(batch.floats(0).length));
    }, RangeError);
    let closed = 0;
    const failing: SyncReader = {
      sync: true,
      read() {
        throw new RangeError("no disk");
      },
      close: () => void closed++,
    };
    assert.throws(() => [...rows(failing, { pool })], { code: "SOURCE_FAILED" });
    assert.throws(() => rows(failing, { pool, header: true }).names, { code: "SOURCE_FAILED" });
    assert.throws(() => rows(failing, { pool }).columns(), { code: "SOURCE_FAILED" });
    assert.equal(closed, 3);
  });
});

test("a stream that fails half-way fails the loop, and one that is left is ended.", async () => {
  async function* failing(): AsyncGenerator<string> {
    yield "a,b\nc,d\n";
    throw new RangeError("the line went dead");
  }
  const seen: string[] = [];
  await assert.rejects(
    async () => {
      for await (const row of rows(failing(), { pool })) seen.push(row.string(0));
    },
    { code: "SOURCE_FAILED" },
  );
  assert.deepEqual(seen, ["a", "c"]);
  let ended = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (;;) yield "a,b\n";
    } finally {
      ended = true;
    }
  }
  for await (const row of rows(endless(), { pool })) if (row.index === 100) break;
  assert.equal(ended, true);
  await assert.rejects(
    async () => {
      for await (const row of rows(notText(), { pool })) assert.fail(row.string(0));
    },
    { code: "BAD_SOURCE" },
  );
  assert.equal(pool.stats().inUse, 0);
});

async function* notText(): AsyncGenerator<string> {
  yield 7 as unknown as string;
}

test("web streams are read and cancelled, and strings cut in a pair of surrogates are put together.", async () => {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("a,b\n1,"));
      controller.enqueue(new TextEncoder().encode("2\n"));
      controller.close();
    },
  });
  const objects = await Array.fromAsync(rows(stream, { header: true, pool }).objects());
  assert.deepEqual(objects, [{ a: "1", b: "2" }]);
  async function* halves(): AsyncGenerator<string> {
    yield "x,\ud83d";
    yield "\ude00";
    yield "\n\ud83d";
  }
  const table = rows(halves(), { pool, ragged: "keep" });
  assert.deepEqual(await Array.fromAsync(table.arrays()), [["x", "😀"], ["\ufffd"]]);
  let cancelled = false;
  const endless = new ReadableStream<string>({
    pull: (to) => to.enqueue("a\n"),
    cancel: () => void (cancelled = true),
  });
  for await (const row of rows(endless, { pool })) if (row.index > 3) break;
  assert.equal(cancelled, true);
});

test("wrong options and sources are refused at once.", () => {
  const wrong: (() => unknown)[] = [
    () => rows("a", { delimiter: "" }),
    () => rows("a", { delimiter: "x".repeat(17) }),
    () => rows("a", { delimiter: '"' }),
    () => rows("a", { delimiter: "\n" }),
    () => rows("a", { quote: "ab" }),
    () => rows("a", { quote: "é" }),
    () => rows("a", { escape: "," }),
    () => rows("a", { comment: "\n" }),
    () => rows("a", { newline: "\r\n" as "any" }),
    () => rows("a", { trim: 1 as never }),
    () => rows("a", { ragged: "ignore" as never }),
    () => rows("a", { header: [] }),
    () => rows("a", { columns: { a: "decimal" as never } }),
    () => rows("a", { skipLines: -1 }),
    () => rows("a", { maxRowBytes: NaN }),
    () => rows("a", { decimalMark: "" }),
    () => rows(7 as never),
    () => rows(null as never),
  ];
  for (const make of wrong) assert.throws(make, TextError);
  assert.throws(() => [...rows("a,b").objects()], { code: "BAD_HEADER" });
});
