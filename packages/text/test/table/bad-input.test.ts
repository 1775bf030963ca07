// Texts and sources that are no good: each ends in an error that says where, and gives all memory back.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PassThrough, Readable } from "node:stream";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Pool } from "@millpond/core";
import { rows, type RowsOptions, type SyncReader, TextError } from "@millpond/text";
import { file, fileSync } from "@millpond/text/node";

import { everyWay } from "./every-way.ts";

const pool = new Pool({ name: "bad input" });

async function fault(work: () => unknown): Promise<TextError> {
  try {
    await work();
  } catch (error) {
    assert(error instanceof TextError, String(error));
    assert.equal(pool.stats().inUse, 0);
    return error;
  }
  return assert.fail("nothing was thrown");
}

async function drain(source: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const row of source) if (row !== undefined) count++;
  return count;
}

test("NUL bytes are characters, or an error with its place.", async () => {
  const text = 'a,b\n"\n",\0x\nc,d\n';
  assert.deepEqual(await everyWay(text), {
    rows: [
      ["a", "b"],
      ["\n", "\0x"],
      ["c", "d"],
    ],
  });
  const place = { code: "NUL_BYTE", line: 3, column: 3, offset: 8 };
  assert.deepEqual(await everyWay(text, { nul: "error" }), { rows: [["a", "b"]], ...place });
  const header = await everyWay("a,\0\n1,2\n", { header: true, nul: "error" });
  assert.deepEqual(header, { rows: [], code: "NUL_BYTE", line: 1, column: 3, offset: 2 });
  assert.deepEqual(await everyWay("a,b\n1,2\n", { nul: "error" }), {
    rows: [
      ["a", "b"],
      ["1", "2"],
    ],
  });
});

test("of several faults, the one in the first row is reported.", async () => {
  const bytes = Uint8Array.from("a,b\nc,\0\nd,\xff\ne\n", (letter) => letter.charCodeAt(0));
  assert.equal((await everyWay(bytes, { nul: "error" })).code, "NUL_BYTE");
  assert.equal((await everyWay(bytes)).code, "BAD_UTF8");
  assert.equal((await everyWay(bytes, { badUtf8: "replace" })).code, "RAGGED_ROW");
});

test("a row may have as many bytes as it may have, and not one more, in pieces of any size.", async () => {
  const fitting = ["x".repeat(10), '"12345678"', "1,2,3,4,5,", "äöüß12", '"\n\r\n""""a"', "1,,,,,,,,,"];
  const options = { maxRowBytes: 10, ragged: "keep", emptyLines: "keep" } as const;
  for (const row of fitting) {
    for (const end of ["\n", "\r\n", "\r", ""]) {
      for (const before of ["", "a,b\n", "\ufeff", "a\n\n\n"]) {
        const read = await everyWay(`${before}${row}${end}`, options);
        assert.equal(read.code, undefined, `${before}${row}${end}`);
        const line = before.split("\n").length;
        const longer = await everyWay(`${before}${row},${end}`, options);
        assert.deepEqual([longer.code, longer.line], ["ROW_TOO_LONG", line], `${before}${row},${end}`);
        assert.equal(longer.rows.length, line - 1);
      }
    }
  }
});

test("lines that are no rows may have any length.", async () => {
  const text = `${"x".repeat(3000)}\r\n#${"y".repeat(3000)}\na,b\n#${"z".repeat(3000)}`;
  const read = await everyWay(text, { maxRowBytes: 3, skipLines: 1, comment: "#" });
  assert.deepEqual(read, { rows: [["a", "b"]] });
});

test("lines that are no rows are not kept until their end.", () => {
  const small = new Pool({ limitBytes: 1024 * 1024 });
  const long = "x".repeat(4_000_000);
  const table = rows(`${long}\r\n#${long}\na,b\n#${long}`, { pool: small, skipLines: 1, comment: "#" });
  assert.deepEqual([...table.arrays()], [["a", "b"]]);
  assert.equal(small.stats().inUse, 0);
});

test("a header that is too long is refused.", async () => {
  const read = await everyWay("abc,def\n1,2\n", { header: true, maxRowBytes: 6 });
  assert.deepEqual(read, { rows: [], code: "ROW_TOO_LONG", line: 1, column: 1, offset: 0 });
});

test("a source that fails half-way is told apart from a text that is wrong, and says how far it came.", async () => {
  const cause = new RangeError("the line went dead");
  async function* failing(): AsyncGenerator<string> {
    yield 'a,b\n"c\nc",d\ne,"f';
    throw cause;
  }
  let seen = 0;
  const inTime = await fault(async () => {
    for await (const row of rows(failing(), { pool })) seen += row.length;
  });
  assert.equal(seen, 4);
  assert.equal(inTime.code, "SOURCE_FAILED");
  assert.equal(inTime.cause, cause);
  assert.deepEqual(inTime.place, { line: 4, column: 1, offset: 12 });
  for (const read of [
    () => rows(failing(), { pool }).columns(),
    () => drain(rows(failing(), { pool, header: ["x", "y"] }).objects()),
    () => rows(failing(), { pool, skipLines: 9 }).names(),
  ]) {
    assert.equal((await fault(read)).cause, cause);
  }
  let left = 2;
  const source: SyncReader = {
    sync: true,
    read(target) {
      if (left-- === 0) throw cause;
      return new TextEncoder().encodeInto("a,b\n", target).written;
    },
    close() {
      throw new Error("it failed before; this says less");
    },
  };
  const atOnce = await fault(() => [...rows(source, { pool })]);
  assert.equal(atOnce.cause, cause);
  assert.deepEqual(atOnce.place, { line: 3, column: 1, offset: 8 });
});

test("a source whose end fails has failed, unless there is an error already.", async () => {
  const cause = new RangeError("the disk is full of holes");
  const source = (text: string): SyncReader => {
    let given = false;
    return {
      sync: true,
      read(target) {
        const bytes = given ? 0 : new TextEncoder().encodeInto(text, target).written;
        given = true;
        return bytes;
      },
      close() {
        throw cause;
      },
    };
  };
  assert.throws(() => [...rows(source("a,b\n"), { pool })], cause);
  assert.throws(() => rows(source("a,b\n"), { pool }).columns(), cause);
  assert.equal((await fault(() => [...rows(source('a,b"\n'), { pool })])).code, "BAD_QUOTE");
  assert.equal(pool.stats().inUse, 0);
});

test("chunks that are no text, and readers that count wrong, are refused.", async () => {
  async function* numbers(): AsyncGenerator<string> {
    yield "a\n";
    yield 7 as unknown as string;
  }
  const wrong = await fault(() => drain(rows(numbers(), { pool })));
  assert.equal(wrong.code, "BAD_SOURCE");
  assert.deepEqual(wrong.place, { line: 2, column: 1, offset: 2 });
  for (const count of [-1, 1.5, NaN, Infinity, undefined, "3", 1e9]) {
    for (const encoding of ["utf-8", "auto", "latin1"] as const) {
      const source = { sync: true, read: () => count } as unknown as SyncReader;
      assert.equal((await fault(() => [...rows(source, { pool, encoding })])).code, "BAD_SOURCE");
      const slow = { sync: false as const, read: async () => count as number };
      assert.equal((await fault(() => drain(rows(slow, { pool, encoding })))).code, "BAD_SOURCE");
    }
  }
});

test("bytes that are no UTF-8 at the start of a row leave the row before them alone.", async () => {
  const { rows: shown, code, line, column } = await everyWay(Uint8Array.of(0x61, 0x0a, 0xff, 0x0a));
  assert.deepEqual([shown, code, line, column], [[["a"]], "BAD_UTF8", 2, 1]);
});

test("an iterator that failed is not ended again.", async () => {
  let ended = 0;
  const failing = {
    next: () => Promise.reject(new RangeError("no more")),
    return: async () => ({ done: true as const, value: ++ended }),
  };
  const source = { [Symbol.asyncIterator]: () => failing } as AsyncIterable<string>;
  assert.equal((await fault(() => drain(rows(source, { pool })))).code, "SOURCE_FAILED");
  assert.equal(ended, 0);
});

test("a part of a file ends where it is told to, read in either way.", async () => {
  const path = fileURLToPath(import.meta.url);
  const options = { pool, quote: false, delimiter: "\0", ragged: "keep" } as const;
  const range = { start: 3, end: 20 };
  const expected = [...rows(readFileSync(path).subarray(3, 20), options).arrays()];
  assert.deepEqual([...rows(fileSync(path, range), options).arrays()], expected);
  const read: string[][] = [];
  for await (const row of rows(file(path, range), options).arrays()) read.push(row);
  assert.deepEqual(read, expected);
});

test("a reader that counts one byte more than it has room for is refused.", async () => {
  const source: SyncReader = { sync: true, read: (target) => target.length + 1 };
  assert.equal((await fault(() => [...rows(source, { pool })])).code, "BAD_SOURCE");
});

test("a table that is read from a table that fails says where each of them is.", async () => {
  function* numbers(): Generator<string> {
    for (const row of rows('1\n2\n3\n4"5\n')) yield `${row.string(0)},x\n`;
  }
  async function* chunks(): AsyncGenerator<string> {
    yield* numbers();
  }
  const { code, place, cause } = await fault(() => drain(rows(chunks(), { pool })));
  assert.equal(code, "SOURCE_FAILED");
  assert.deepEqual(place, { line: 4, column: 1, offset: 12 });
  assert(cause instanceof TextError && cause.code === "BAD_QUOTE");
  assert.deepEqual(cause.place, { line: 4, column: 2, offset: 7 });
});

test("what holds a text and is none is refused, with the way to it.", () => {
  const refused = (source: unknown): string => {
    try {
      rows(source as string, { pool });
    } catch (error) {
      assert.equal((error as TextError).code, "BAD_ARGUMENT");
      return (error as Error).message.replace(/^.*, got /, "");
    }
    return "nothing";
  };
  assert.equal(refused(new ArrayBuffer(2)), "an ArrayBuffer; pass new Uint8Array(buffer)");
  assert.equal(refused(Promise.resolve("a")), "a Promise; await it first");
  assert.equal(refused(new Blob(["a"])), "a Blob; pass its stream()");
  assert.equal(refused(new Response("a")), "a Response; pass its body");
  assert.equal(refused(["a"]), "an array of 1");
});

test("a stream that was read before, or is read by somebody else, is refused.", async () => {
  const ended = new Readable({ autoDestroy: false, read: () => void ended.push(null) });
  await drain(rows(ended, { pool }));
  assert.deepEqual([ended.readableEnded, ended.destroyed], [true, false]);
  for (const used of [ended, new PassThrough().destroy()]) {
    assert.throws(() => rows(used, { pool }), { code: "ALREADY_READ" });
  }
  const stream = Readable.from(["a,b\n"]);
  assert.equal(await drain(rows(stream, { pool })), 1);
  assert.throws(() => rows(stream, { pool }), { code: "ALREADY_READ" });
  const web = new ReadableStream<Uint8Array>();
  web.getReader();
  assert.throws(() => rows(web, { pool }), { code: "BAD_SOURCE" });
  const missing = await fault(() => [...rows(fileSync("/nowhere.csv"), { pool })]);
  assert.match(missing.message, /^the source failed before its first line: ENOENT/);
  const path = fileURLToPath(import.meta.url);
  const options = { pool, quotes: "lenient", ragged: "keep" } as const;
  for (const read of [fileSync(path), file(path)]) {
    const all = (): unknown => (read.sync ? [...rows(read, options)] : drain(rows(read, options)));
    await all();
    assert.equal((await fault(all)).code, "ALREADY_READ");
  }
});

test("a signal ends reading: before it begins, between two reads, and in a read that never ends.", async () => {
  const reason = new Error("enough");
  const text = "a,b\n".repeat(200_000);
  const over = AbortSignal.abort(reason);
  for (const options of [{ header: true }, {}] satisfies RowsOptions[]) {
    const early = await fault(() => [...rows(text, { ...options, pool, signal: over })]);
    assert.deepEqual([early.code, early.cause, early.place?.offset], ["ABORTED", reason, 0]);
  }

  const during = new AbortController();
  const between = await fault(() => {
    for (const row of rows(text, { pool, signal: during.signal })) if (row.index === 7) during.abort(reason);
  });
  assert.equal(between.code, "ABORTED");
  assert.equal(between.place?.offset, 4 * (between.place!.line - 1));
  assert(between.place.line > 8);

  for (const encoding of ["utf-8", "utf-16le"] as const) {
    const controller = new AbortController();
    let ended = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (queue) => {
        if (queue.desiredSize === 1) queue.enqueue(Uint8Array.of(0x61, 0, 0x0a, 0));
        return new Promise(() => undefined);
      },
      cancel: () => void (ended = true),
    });
    setTimeout(() => controller.abort(reason), 20);
    const options: RowsOptions = { pool, encoding, signal: controller.signal, emptyLines: "keep" };
    let error: unknown;
    try {
      await drain(rows(stream, options));
    } catch (thrown) {
      error = thrown;
    }
    assert(error instanceof TextError);
    assert.deepEqual([error.code, error.cause], ["ABORTED", reason]);
    assert.equal(ended, true);
    await new Promise(setImmediate);
    assert.equal(pool.stats().inUse, 0);
  }
});

test("a table that is closed while it is read gives its memory back when the read has ended.", async () => {
  for (const encoding of ["utf-8", "latin1"] as const) {
    let arrive = (_bytes: number): void => undefined;
    let room: Uint8Array = new Uint8Array(0);
    let closed = 0;
    const source = {
      sync: false as const,
      read: (target: Uint8Array) => {
        room = target;
        return new Promise<number>((resolve) => (arrive = resolve));
      },
      close: async () => void closed++,
    };
    const table = rows(source, { pool, encoding });
    const first = table.arrays().next();
    const refused = assert.rejects(first, { code: "USE_AFTER_RELEASE" });
    await new Promise(setImmediate);
    const { inUse } = pool.stats();
    assert(inUse > 0);
    await table.close();
    assert.equal(closed, 1);
    assert.equal(pool.stats().inUse, inUse, "the read may write to its memory still");
    room.set([0x61, 0x0a]);
    arrive(2);
    await refused;
    await new Promise(setImmediate);
    assert.equal(pool.stats().inUse, 0);
    assert.equal(await table.names(), undefined);
  }
});

test("names may be asked for while rows are waited for.", async () => {
  async function* slow(): AsyncGenerator<string> {
    for (const piece of ["a,", "b\n1", ",2\n", "3,4\n"]) {
      await new Promise(setImmediate);
      yield piece;
    }
  }
  const table = rows(slow(), { header: true, pool });
  const reading = Array.fromAsync(table.objects());
  const names = await Promise.all([table.names(), table.names()]);
  assert.deepEqual(names, [
    ["a", "b"],
    ["a", "b"],
  ]);
  assert.deepEqual(await reading, [
    { a: "1", b: "2" },
    { a: "3", b: "4" },
  ]);
  assert.equal(pool.stats().inUse, 0);
});

test("a table that nobody reads takes no memory.", () => {
  const table = rows("a,b\n", { pool });
  const inTime = rows(new ReadableStream(), { pool });
  assert.equal(pool.stats().inUse, 0);
  table.close();
  assert.throws(() => [...table], { code: "ALREADY_READ" });
  assert.equal(table.names, undefined);
  assert.equal(typeof inTime.close, "function");
});

test("a table that is closed within its loop has no rows any more.", () => {
  const table = rows("a,b\n".repeat(100), { pool });
  let count = 0;
  assert.throws(
    () => {
      for (const row of table) {
        count += row.length;
        table.close();
      }
    },
    { code: "USE_AFTER_RELEASE" },
  );
  assert.equal(count, 2);
  const iterator = rows("a\nb\n", { pool }).arrays();
  assert.deepEqual(iterator.next().value, ["a"]);
  iterator.return?.();
  assert.equal(iterator.next().done, true);
  assert.equal(pool.stats().inUse, 0);
});
