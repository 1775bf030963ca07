// Tables over worker threads: the rows of one thread, whatever was guessed about the cuts.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

import { MiB, Pool, SharedLease, SharedPool, type SharedTask, type TaskRunner } from "@millpond/core";
import { rows, type RowsOptions, TextError } from "@millpond/text";
import {
  fileSync,
  type ParallelTableOptions,
  type PartProgress,
  rowsParallel,
  tableTask,
} from "@millpond/text/node";
import * as fc from "fast-check";
import { Piscina } from "piscina";

import { BytesReader } from "../../src/source/whole.ts";
import { settle } from "../../src/table/options.ts";
import { Table } from "../../src/table/table.ts";

const folder = mkdtempSync(join(tmpdir(), "rows-parallel-"));
const pool = SharedPool.create({ name: "parts", limitBytes: 64 * MiB, check: "fast" });
const own = new Pool({ name: "of the tables" });
const piscina = new Piscina({
  filename: new URL("./table-worker.ts", import.meta.url).href,
  minThreads: 2,
  maxThreads: 2,
});
const workers = piscina as unknown as TaskRunner;
after(async () => {
  await piscina.destroy();
  rmSync(folder, { recursive: true });
});

// Runs a task on this thread: what threads add is left to the tests with workers.
function here(task: SharedTask<unknown, unknown>): TaskRunner {
  return { run: (message) => task(message) };
}

const arrays = here(tableTask((table) => [...table.arrays()], { pool: own }));

function fileOf(text: string | Uint8Array): string {
  const path = join(folder, "table.csv");
  writeFileSync(path, text);
  return path;
}

type Format = Omit<RowsOptions, "columns" | "encoding" | "pool" | "signal">;

// All rows, or what is wrong and where.
type Outcome = { readonly rows: unknown[] } | { readonly code: string; readonly place: unknown };

async function outcomeOf(read: () => unknown[] | Promise<unknown[]>): Promise<Outcome> {
  try {
    return { rows: await read() };
  } catch (error) {
    assert(error instanceof TextError);
    return { code: error.code, place: error.place };
  }
}

function whole(path: string, format: Format): Promise<Outcome> {
  return outcomeOf(() => [...rows(fileSync(path), { ...format, pool: own }).arrays()]);
}

// The same in parts, and how many of them were read twice.
async function inParts(path: string, format: Format, partBytes: number): Promise<[Outcome, number]> {
  let repeats = 0;
  const outcome = await outcomeOf(async () => {
    const onProgress = (progress: PartProgress): void => void (repeats = progress.repeats);
    const options = { ...format, runner: arrays, pool, partBytes, onProgress };
    const { results, bytes } = await rowsParallel<unknown[]>(path, options);
    assert.equal(bytes, statSync(path).size);
    return results.flat();
  });
  assert.equal(own.stats().inUse, 0);
  assert.equal(pool.stats().inUse + pool.audit().inFlight, 0);
  return [outcome, repeats];
}

const dialects: readonly Format[] = [
  {},
  { quote: false },
  { escape: "\\" },
  { quote: false, escape: "\\" },
  { comment: "#" },
  { trim: true },
  { quotes: "lenient" },
  { skipLines: 2 },
  { delimiter: "||" },
  { newline: "\r" },
  { emptyLines: "keep" },
  { emptyLines: "skip" },
  { header: true, duplicates: "rename" },
  { header: ["one", "two"], ragged: "pad" },
  { maxRowBytes: 40 },
  { escape: "\\", comment: "#", trim: true, quotes: "lenient", newline: "\n" },
];

const words = [
  ["a", 8],
  [",", 8],
  ["||", 2],
  ["\n", 8],
  ["\r\n", 3],
  ["\r", 2],
  ['"x\ny"', 3],
  ['"\n\r\n"', 3],
  ['"', 1],
  ['""', 1],
  ['\\"', 1],
  ["\\\n", 1],
  ["#", 1],
  ['\n# it"s\n', 1],
  [' "b" ', 1],
  ["\ufeff", 1],
  ["é\n\n", 1],
  ["longer words of no meaning", 1],
] as const;

const scraps = fc
  .array(fc.oneof(...words.map(([word, weight]) => ({ weight, arbitrary: fc.constant(word) }))), {
    maxLength: 60,
  })
  .map((parts) => parts.join(""));

// Texts without a fault, most of them full of quotes.
const cells = fc.constantFrom(
  "a",
  "",
  '"x,y"',
  '"a""b"',
  '""',
  '","',
  '"\n"',
  '"\r\n,""\n"',
  '"""\n"""',
  "word",
);
function tablesOf({ escape, delimiter = ",", newline }: Format): fc.Arbitrary<string> {
  const escaped = (cell: string): string =>
    cell.length < 3 ? "b" : cell[0] + cell.slice(1, -1).replaceAll('""', '\\"') + cell.at(-1);
  const cell = escape === undefined ? cells : cells.map(escaped);
  const ends = newline === undefined ? fc.constantFrom("\n", "\r\n", "\r") : fc.constant(newline);
  return fc
    .integer({ min: 1, max: 3 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 20 }))
    .chain((lines) => ends.map((end) => lines.map((line) => line.join(delimiter)).join(end)));
}

for (const dialect of dialects) {
  test(`rows, errors and their places are those of one thread: ${JSON.stringify(dialect)}.`, async () => {
    let all = 0;
    const property = fc.asyncProperty(
      fc.constantFrom<Format>({}, { ragged: "keep" }),
      fc.oneof({ weight: 2, arbitrary: scraps }, { weight: 1, arbitrary: tablesOf(dialect) }),
      fc.integer({ min: 1, max: 50 }),
      async (ragged, text, partBytes) => {
        const path = fileOf(text);
        const format = { ...ragged, ...dialect };
        const [outcome, repeats] = await inParts(path, format, partBytes);
        assert.deepEqual(outcome, await whole(path, format));
        all += repeats;
      },
    );
    await fc.assert(property, { numRuns: 250 });
    // Without quotes and escapes, every line end is the end of a row.
    assert(all > 0 || (dialect.quote === false && dialect.escape === undefined), "no guess was wrong");
  });
}

test("every place for a cut gives the rows of the whole.", async () => {
  const text = '\ufeffid,word\r\n1,"a\r\n""b"",\n"\r\n2,\r3,"","\n\n4,"\n\n,\n\n"\n'.replace(
    ',"","',
    ',""""',
  );
  const path = fileOf(text);
  const format = { header: true } as const;
  const expected = await whole(path, format);
  let all = 0;
  for (let partBytes = 1; partBytes < 60; partBytes++) {
    const [outcome, repeats] = await inParts(path, format, partBytes);
    assert.deepEqual(outcome, expected);
    all += repeats;
  }
  assert(all > 0);
});

test("an empty line at the start is what it is to one thread, though the first part ends before it.", async () => {
  const path = fileOf("\ufeff\r\na,b\n");
  for (const format of [{ header: ["one", "two"], ragged: "pad" }, { ragged: "keep" }] as const) {
    const [outcome] = await inParts(path, format, 1);
    assert.deepEqual(outcome, await whole(path, format));
  }
});

test("of two errors in a table the first one is thrown, though they lie in one window.", async () => {
  const path = fileOf('a,\rtoo short\na quote",where none belongs\n');
  for (let partBytes = 1; partBytes < 40; partBytes++) {
    const [outcome] = await inParts(path, {}, partBytes);
    assert.deepEqual(outcome, { code: "RAGGED_ROW", place: { line: 2, column: 1, offset: 3 } });
  }
});

test("where quotes are short, every part is read once.", async () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const path = fileOf(`1,"a${end}b"${end}`.repeat(3000));
    const [outcome, repeats] = await inParts(path, { newline: "any" }, 1000);
    assert.deepEqual(outcome, await whole(path, {}));
    assert.equal(repeats, 0, JSON.stringify(end));
  }
});

test("a field of quotes that is longer than what is looked at is read whole, and as one part.", async () => {
  const path = fileOf(`id,word\n${`1,"${"a\n".repeat(20_000)}"\n`.repeat(5)}`);
  const [outcome, repeats] = await inParts(path, { header: true }, 10_000);
  assert.deepEqual(outcome, await whole(path, { header: true }));
  assert(repeats > 0);
  const { results } = await rowsParallel<unknown[]>(path, { runner: arrays, pool, partBytes: 10_000 });
  assert(results.every((part) => part.length > 0));
});

test("rows and lines are counted from the start of their part, whether it was read once or twice.", async () => {
  const path = fileOf(`id,word\n${`1,"${"a\n".repeat(20_000)}"\n`.repeat(5)}`);
  const task = tableTask((table) => Array.from(table, ({ index, line }) => [index, line]), { pool: own });
  const summary = await rowsParallel<number[][]>(path, {
    runner: here(task),
    pool,
    partBytes: 10_000,
    header: true,
  });
  assert(summary.repeats > 0);
  const [first, ...others] = summary.results.map(([place]) => place);
  assert.deepEqual(first, [0, 2]);
  for (const place of others) assert.deepEqual(place, [0, 1]);
});

test("a row is as long as it may be, however short the parts are.", async () => {
  const path = fileOf(`1,${"x".repeat(3 * MiB)}\n2,"${"\n".repeat(3 * MiB)}"\n3,4\n`);
  const [outcome] = await inParts(path, {}, 500_000);
  assert.deepEqual(outcome, await whole(path, {}));
  const [refused] = await inParts(path, { maxRowBytes: 2 * MiB }, 500_000);
  assert.deepEqual(refused, await whole(path, { maxRowBytes: 2 * MiB }));
  assert("code" in refused && refused.code === "ROW_TOO_LONG");
});

const lines = Array.from({ length: 500 }, (_, id) => `${id},"${"w\n".repeat(id % 5)}"\n`).join("");

function options(name: string, more: Partial<ParallelTableOptions> = {}): ParallelTableOptions {
  return { runner: workers, name, pool, partBytes: 300, header: true, ...more };
}

const inUse = (): number => pool.stats().inUse + pool.audit().inFlight;

test("results of worker threads come in the order of the rows, with the names and types of the columns.", async () => {
  const path = fileOf(`id,word\n${lines}`);
  const told: PartProgress[] = [];
  const summary = await rowsParallel<unknown[]>(
    pathToFileURL(path),
    options("objects", { onProgress: (progress) => void told.push(progress) }),
  );
  const expected = Array.from({ length: 500 }, (_, id) => ({ id, word: "w\n".repeat(id % 5) }));
  assert.deepEqual(summary.results.flat(), expected);
  const { results, ...end } = summary;
  assert.deepEqual(told.at(-1), end);
  assert.deepEqual([told.length, results.length, end.bytes], [end.parts, end.parts, statSync(path).size]);
  assert(end.parts > 10);
  assert.equal(inUse(), 0);
});

test("an array of the pool arrives without a copy, and what a wrong part returned is given back.", async () => {
  const path = fileOf(`id,word\n${lines}7,"${"\n1,2".repeat(2000)}"\n`);
  const { results, parts, bytes } = await rowsParallel<Float64Array>(
    path,
    options("ids", { partBytes: 100 }),
  );
  assert(parts < bytes / 200, "parts that lie in the last field were begun");
  const ids = results.flatMap((lease) => {
    assert(lease instanceof SharedLease && lease.array.buffer instanceof SharedArrayBuffer);
    const part = [...lease.array];
    lease.release();
    return part;
  });
  assert.deepEqual(ids, [...Array.from({ length: 500 }, (_, id) => id), 7]);
  assert.equal(inUse(), 0);
});

test("the rest of a part is read where a task leaves its table.", async () => {
  const path = fileOf(`id,word\n${lines.repeat(200)}`);
  const { results, bytes, repeats } = await rowsParallel<string>(
    path,
    options("first", { partBytes: 400_000 }),
  );
  const whole = [...rows(fileSync(path), { header: true }).arrays()];
  assert.equal(results[0], whole[0][0]);
  assert(results.length > 2 && results.every((id) => id !== undefined));
  assert.deepEqual([bytes, repeats], [statSync(path).size, 0]);
  assert.equal(inUse(), 0);
});

test("a task that throws ends the work with its error and loses nothing.", async () => {
  const path = fileOf(`id,word\n${lines.replace('321,"w\n"', "321,bad")}`);
  await assert.rejects(rowsParallel(path, options("failing")), /row 321 is bad/);
  assert.equal(inUse(), 0);
});

test("what is wrong with the table has its place in the whole file, also from a worker.", async () => {
  const before = `id,word\n${lines}`;
  const path = fileOf(`${before}500,x,y\n`);
  const place = { line: before.split("\n").length, column: 1, offset: before.length };
  await assert.rejects(rowsParallel(path, options("objects")), {
    code: "RAGGED_ROW",
    place,
    name: "TextError",
  });
  await assert.rejects(rowsParallel(fileOf(""), options("objects")), { code: "BAD_HEADER" });
  assert.equal(inUse(), 0);
});

test("a part behind four gigabytes knows its places.", () => {
  const start = { offset: 2 ** 33 + 1, lines: 2 ** 32 };
  const columns = { names: undefined, width: 2 };
  const read = (text: string, until: number): Table => {
    const part = { start, until: start.offset + until, columns };
    const source = new BytesReader(new TextEncoder().encode(text));
    return new Table(source, { ...settle({ pool: own }), part });
  };
  const table = read('1,"\n"\n3,4\n5,6\n', 7);
  assert.deepEqual(Array.from(table.arrays()), [
    ["1", "\n"],
    ["3", "4"],
  ]);
  assert.deepEqual(table._end, { offset: start.offset + 10, lines: start.lines + 3 });
  const place = { line: start.lines + 2, column: 1, offset: start.offset + 4 };
  assert.throws(() => [...read("1,2\n3\n", 7)], { code: "RAGGED_ROW", place });
  assert.equal(own.stats().inUse, 0);
});

test("an abort ends the work with its reason, before the file is read and between two parts.", async () => {
  const path = fileOf(`id,word\n${lines}`);
  const early = AbortSignal.abort(new RangeError("enough"));
  await assert.rejects(rowsParallel(path, options("objects", { signal: early })), { code: "ABORTED" });
  const late = new AbortController();
  const onProgress = ({ parts }: PartProgress): void => {
    if (parts === 3) late.abort(new RangeError("enough"));
  };
  const aborting = rowsParallel(path, options("objects", { signal: late.signal, onProgress }));
  await assert.rejects(aborting, (error: TextError) => {
    assert.equal(error.code, "ABORTED");
    assert.equal((error.cause as Error).message, "enough");
    assert(error.place!.offset > 600 && error.place!.offset < 2000);
    return true;
  });
  assert.equal(inUse(), 0);
});

test("what cannot be is refused.", async () => {
  const code = "BAD_ARGUMENT";
  const path = fileOf("a\n");
  await assert.rejects(rowsParallel(path, {} as never), { code });
  await assert.rejects(rowsParallel(path, options("objects", { partBytes: 0 })), { code });
  await assert.rejects(rowsParallel(5 as never, options("objects")), { code });
  await assert.rejects(rowsParallel(fileOf(Uint8Array.of(0xff, 0xfe, 0x61, 0)), options("objects")), {
    code,
  });
  await assert.rejects(rowsParallel(join(folder, "none"), options("objects")), { code: "ENOENT" });
  const other = { run: async () => ({ value: [] }) };
  await assert.rejects(rowsParallel(fileOf("a\n"), { runner: other, pool }), { code, message: /tableTask/ });
  assert.throws(() => tableTask(5 as never), { code });
  assert.throws(() => tableTask(() => 1, null as never), { code });
  assert.equal(inUse(), 0);
});
