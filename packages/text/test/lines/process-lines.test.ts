// processLines(): the same lines from all sources and chunkings, and what happens when something fails on the way.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { Readable } from "node:stream";
import { test } from "node:test";
import * as fc from "fast-check";
import { expectNoLeaks, MiB, Pool } from "@millpond/core";
import { type Line, type LineOptions, processLines, processLinesSync, splitter } from "../../src/index.ts";

const pool = new Pool({ name: "lines", check: "checked" });
const encoder = new TextEncoder();

async function* inChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const fields = (line: Line): string[] => line.texts();

async function linesOf(text: string, options: LineOptions = {}, size = 3): Promise<string[][]> {
  const { results } = await processLines(inChunks(text, size), ",", fields, { ...options, pool });
  return results;
}

test("lines end with LF, with a CR before it or not, and the last one without.", async () => {
  assert.deepEqual(await linesOf("a,b\r\nc\n\nd\re"), [["a", "b"], ["c"], [""], ["d\re"]]);
  assert.deepEqual(await linesOf("a\n"), [["a"]]);
  assert.deepEqual(await linesOf("a\r"), [["a\r"]]);
  assert.deepEqual(await linesOf(""), []);
  assert.deepEqual(await linesOf("\n"), [[""]]);
});

test("fields keep their number unless empty ones are left out.", async () => {
  assert.deepEqual(await linesOf("a,,b\n,"), [
    ["a", "", "b"],
    ["", ""],
  ]);
  assert.deepEqual(await linesOf("a,,b\n,", { preserveEmpty: false }), [["a", "b"], []]);
});

test("lines are read in every encoding that tables are, and bytes counted as those of UTF-8.", async () => {
  const text = "naïve,日本語\n😀,€\n";
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
  for (const [bytes, options] of [
    [utf16, {}],
    [utf16, { encoding: "utf-16le" }],
    [utf16.subarray(2), { encoding: "utf-16le" }],
  ] as const) {
    for (const size of [1, 2, 3, 7, 1000]) {
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      const { results, bytes: count } = await processLines(chunks(), ",", fields, { ...options, pool });
      assert.deepEqual(results, [
        ["naïve", "日本語"],
        ["😀", "€"],
      ]);
      assert.equal(count, encoder.encode(text).length + (bytes === utf16 ? 3 : 0));
    }
    assert.equal(processLinesSync(bytes, ",", fields, { ...options, pool }).lines, 2);
  }
  // Each byte becomes three, in windows whose ends lie within them.
  for (const windowBytes of [100, 101, 102, 103]) {
    const options = { encoding: "windows-1252", windowBytes, pool } as const;
    const { results } = processLinesSync(new Uint8Array(1000).fill(0x80), ",", fields, options);
    assert.deepEqual(results, [["€".repeat(1000)]]);
  }
  const euro = Uint8Array.of(0x80, 0x2c, 0xe9);
  assert.deepEqual(processLinesSync(euro, ",", fields, { encoding: "windows-1252", pool }).results, [
    ["€", "é"],
  ]);
  assert.equal(pool.stats().inUse, 0);
});

test("a line may have as many bytes as it may have, and not one more, in windows of any size.", () => {
  for (const lineEnd of [undefined, "\n", "||"]) {
    for (const end of lineEnd === undefined ? ["\n", "\r\n", ""] : [lineEnd]) {
      for (const windowBytes of [64, 99, 100, 101, 102, 103, 1000]) {
        const options = {
          maxLineBytes: 100,
          windowBytes,
          pool,
          ...(lineEnd === undefined ? {} : { lineEnd }),
        };
        const most = `a${end || "\n"}${"x".repeat(100)}${end}`;
        assert.equal(processLinesSync(most, ",", () => undefined, options).lines, 2);
        const more = `a${end || "\n"}${"x".repeat(101)}${end}`;
        assert.throws(() => processLinesSync(more, ",", () => undefined, options), {
          code: "LINE_TOO_LONG",
          place: { line: 2, column: 1, offset: 1 + (end || "\n").length },
        });
      }
    }
  }
});

test("fields of many lines do not pile up, and without delimiters a line is one.", () => {
  const small = new Pool({ name: "small", limitBytes: 2 * MiB, regionBytes: 1 * MiB });
  const options = { windowBytes: 65_536, pool: small };
  const { lines } = processLinesSync("a,b,c\n".repeat(500_000), ",", () => undefined, options);
  assert.equal(lines, 500_000);
  const { results } = processLinesSync("a,b\r\n\nc", [], fields, options);
  assert.deepEqual(results, [["a,b"], [""], ["c"]]);
  assert.equal(small.stats().inUse, 0);
});

test("what may be the beginning of a byte order mark is text where nothing follows.", () => {
  for (const bytes of [Uint8Array.of(0xef), Uint8Array.of(0xef, 0xbb), Uint8Array.of(0xff)]) {
    assert.deepEqual(processLinesSync(bytes, ",", (line) => [...line.bytes(0)], { pool }).results, [
      [...bytes],
    ]);
  }
  const half = Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x3d, 0xd8);
  const { results } = processLinesSync(half, ",", (line) => [...line.bytes(0)], { pool });
  assert.deepEqual(results, [[0x61, ...encoder.encode("\ufffd")]]);
});

test("readers have the room that they are promised.", () => {
  let left = 50;
  const rooms: number[] = [];
  const source = {
    sync: true as const,
    read(target: Uint8Array): number {
      rooms.push(target.length);
      return left-- > 0 ? encoder.encodeInto("x".repeat(990), target).written : 0;
    },
  };
  processLinesSync(source, ",", () => undefined, { windowBytes: 1024, pool });
  assert(Math.min(...rooms) >= 256, rooms.join());
});

test("whatever has a then is waited for.", async () => {
  const later = (line: Line): PromiseLike<string> => {
    const text = line.text(0);
    // oxlint-disable-next-line unicorn/no-thenable -- that is what the test is about
    return { then: (resolve) => Promise.resolve(text).then(resolve) };
  };
  const { results } = await processLines("a\nb\n", ",", later, { pool });
  assert.deepEqual(results, ["a", "b"]);
});

test("a byte order mark is no part of the first line.", async () => {
  assert.deepEqual(await linesOf("\ufeffa,b\n", {}, 1), [["a", "b"]]);
  assert.deepEqual(await linesOf("\ufeff", {}, 1), []);
});

test("other line ends are found where chunks cut them.", async () => {
  for (const size of [1, 2, 3, 7, 100]) {
    assert.deepEqual(await linesOf("a|\nb|c|\n|\n\n", { lineEnd: "|\n" }, size), [
      ["a"],
      ["b|c"],
      [""],
      ["\n"],
    ]);
    assert.deepEqual(await linesOf("aab\0a", { lineEnd: Uint8Array.of(0) }, size), [["aab"], ["a"]]);
  }
});

test("lines are those of split(), for all sources, chunkings, windows and options.", async () => {
  const unit = fc.constantFrom("a", "bb", ",", "\n", "\r\n", '"', "é", "🦆", " ", "long piece of text");
  const options = fc.record({
    preserveEmpty: fc.boolean(),
    preserveDelimiters: fc.boolean(),
    stripping: fc.boolean(),
    quoting: fc.boolean(),
  });
  const delimiters = fc.constantFrom(",", [",", " "], ["bba", ","], ["long piece", ","]);
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit, maxLength: 60 }),
      delimiters,
      options,
      fc.constantFrom(1, 2, 3, 7, 1000),
      fc.constantFrom(1, 5, 64),
      async (text, delimiter, given, size, windowBytes) => {
        const use = splitter(delimiter, { ...given, pool });
        const lines = text.split(/\r?\n/);
        if (lines.at(-1) === "") lines.pop();
        const expected = lines.map((line) => [...use.segments(line)]);
        const all = (line: Line): unknown[] =>
          Array.from({ length: line.length }, (_, i) => ({
            text: line.text(i),
            kind: line.kind(i),
            start: line.start(i),
            end: line.end(i),
            quoted: line.quoted(i),
          }));
        const settings = { ...given, windowBytes, pool };
        await expectNoLeaks(pool, async () => {
          const sources = [inChunks(text, size), text, encoder.encode(text), Readable.from([text])];
          for (const source of sources) {
            assert.deepEqual((await processLines(source, delimiter, all, settings)).results, expected);
          }
          assert.deepEqual(processLinesSync(text, delimiter, all, settings).results, expected);
        });
      },
    ),
    { numRuns: 300 },
  );
});

test("a line knows its number, its place, its length and itself.", () => {
  const seen: unknown[] = [];
  const summary = processLinesSync("é,1\r\n\nx, 2.5e1", ",", (line) => {
    seen.push([line.index, line.offset, line.byteLength, String(line), line.length]);
    return line.length > 1 ? line.number(1) : undefined;
  });
  assert.deepEqual(seen, [
    [0, 0, 4, "é,1", 2],
    [1, 6, 0, "", 1],
    [2, 7, 8, "x, 2.5e1", 2],
  ]);
  assert.deepEqual(summary, { lines: 3, bytes: 15, results: [1, NaN] });
});

test("a promise is waited for before the next line.", async () => {
  const order: string[] = [];
  await processLines("a\nb\nc", ",", async (line) => {
    const name = line.text(0);
    order.push(`${name} starts`);
    await new Promise((resolve) => setTimeout(resolve, 3 - line.index));
    assert.equal(line.text(0), name);
    order.push(`${name} ends`);
  });
  assert.deepEqual(order, ["a starts", "a ends", "b starts", "b ends", "c starts", "c ends"]);
});

test("progress is told with each read, up to the end.", async () => {
  const told: number[] = [];
  const onProgress = ({ lines, bytes }: { lines: number; bytes: number }): void =>
    void told.push(lines, bytes);
  await processLines(inChunks("a\nb\nc", 2), ",", () => undefined, { onProgress, pool });
  assert.deepEqual(told, [0, 0, 1, 2, 2, 4, 2, 4]);
});

test("a line beyond the limit is refused with its place, one below it is not.", async () => {
  const text = `ab\n${"x".repeat(1000)}\n`;
  const options = { maxLineBytes: 500, windowBytes: 100, pool };
  await expectNoLeaks(pool, async () => {
    const work = processLines(inChunks(text, 50), ",", () => undefined, options);
    await assert.rejects(work, { code: "LINE_TOO_LONG", place: { line: 2, column: 1, offset: 3 } });
  });
  const { results } = processLinesSync(text, ",", (line) => line.byteLength, {
    ...options,
    maxLineBytes: 1000,
  });
  assert.deepEqual(results, [2, 1000]);
});

test("a source that fails ends the work with its error and the place.", async () => {
  async function* failing(): AsyncGenerator<string> {
    yield "a\nb";
    throw new RangeError("no more");
  }
  await expectNoLeaks(pool, async () => {
    const work = processLines(failing(), ",", () => undefined, { pool });
    await assert.rejects(work, (error: Error & { code: string; place: unknown }) => {
      assert.equal(error.code, "SOURCE_FAILED");
      assert.deepEqual(error.place, { line: 2, column: 1, offset: 2 });
      assert.ok(error.cause instanceof RangeError);
      return true;
    });
  });
});

test("what the function throws goes on as it is, and the source is closed.", async () => {
  let closed = false;
  async function* source(): AsyncGenerator<string> {
    try {
      for (;;) yield "a\n";
    } finally {
      closed = true;
    }
  }
  const fail = (): never => {
    throw new RangeError("on purpose");
  };
  await expectNoLeaks(pool, async () => {
    await assert.rejects(processLines(source(), ",", fail, { pool }), RangeError);
    assert.equal(closed, true);
    assert.throws(() => processLinesSync("a", ",", fail, { pool }), RangeError);
  });
});

test("an abort ends the work between lines, with its reason and the place.", async () => {
  const abort = new AbortController();
  await expectNoLeaks(pool, async () => {
    const work = processLines(
      inChunks("a\nb\nc\n", 2),
      ",",
      async (line) => {
        await Promise.resolve();
        if (line.index === 1) abort.abort(new RangeError("enough"));
      },
      { signal: abort.signal, pool },
    );
    await assert.rejects(work, (error: Error & { code: string; place: unknown }) => {
      assert.equal(error.code, "ABORTED");
      assert.deepEqual(error.place, { line: 3, column: 1, offset: 4 });
      assert.ok(error.cause instanceof RangeError);
      return true;
    });
    const again = processLines("a", ",", () => undefined, { signal: abort.signal, pool });
    await assert.rejects(again, { code: "ABORTED" });
    assert.throws(() => processLinesSync("a", ",", () => undefined, { signal: abort.signal, pool }), {
      code: "ABORTED",
    });
  });
});

test("an abort is not held up by a read that does not end, and its memory goes back when it does.", async () => {
  let resume: ((chunk: IteratorResult<string>) => void) | undefined;
  const source: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise((resolve) => (resume = resolve)) }),
  };
  const abort = new AbortController();
  const before = pool.stats().inUse;
  const work = processLines(source, ",", () => undefined, { signal: abort.signal, pool });
  setTimeout(() => abort.abort(), 5);
  await assert.rejects(work, { code: "ABORTED" });
  assert.ok(pool.stats().inUse > before);
  resume?.({ done: false, value: "late" });
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(pool.stats().inUse, before);
});

test("an abort during a line that is waited for is noticed before the next one.", async () => {
  const abort = new AbortController();
  const seen: string[] = [];
  const work = async (line: Line): Promise<void> => {
    seen.push(line.text(0));
    abort.abort();
  };
  const { signal } = abort;
  await assert.rejects(processLines("a\nb\nc\n", ",", work, { signal, pool }), { code: "ABORTED" });
  assert.deepEqual(seen, ["a"]);
});

test("a generator that waits for ever is left behind by an abort.", async () => {
  async function* stuck(): AsyncGenerator<string> {
    yield "a\n";
    await new Promise(() => undefined);
  }
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 5);
  const { signal } = abort;
  await assert.rejects(
    processLines(stuck(), ",", () => undefined, { signal }),
    { code: "ABORTED" },
  );
});

test("a signal that lives longer than the reading keeps nothing of it.", async () => {
  const { signal } = new AbortController();
  let most = 0;
  const count = (): void => void (most = Math.max(most, getEventListeners(signal, "abort").length));
  await processLines(inChunks("a\n".repeat(50), 2), ",", count, { signal, pool });
  assert(most <= 1, `${most} listeners`);
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("an abort destroys a Node stream that has nothing to say.", async () => {
  const stream = new Readable({ read: () => undefined });
  const abort = new AbortController();
  const work = processLines(stream, ",", () => undefined, { signal: abort.signal, pool });
  setTimeout(() => abort.abort(), 5);
  await assert.rejects(work, { code: "ABORTED" });
  assert.equal(stream.destroyed, true);
});

test("an error of quotes tells the place in the whole text.", () => {
  const quoting = { unterminated: "error" } as const;
  expectNoLeaks(pool, () => {
    assert.throws(() => processLinesSync('a\nb,"c\n', ",", () => undefined, { quoting, pool }), {
      code: "UNTERMINATED_QUOTE",
      place: { line: 2, column: 3, offset: 4 },
    });
  });
});

test("unescaped text of many lines does not pile up.", () => {
  const small = new Pool({ name: "small", limitBytes: 2 * MiB, regionBytes: 1 * MiB });
  const text = '"a field with an escape: \\" of some length",b\n'.repeat(100_000);
  const options = { quoting: true, windowBytes: 65_536, pool: small };
  const { lines } = processLinesSync(text, ",", (line) => assert.equal(line.length, 2), options);
  assert.equal(lines, 100_000);
  assert.equal(small.stats().inUse, 0);
});

test("a line that was left is refused.", () => {
  let kept: Line | undefined;
  processLinesSync("a,b", ",", (line) => {
    kept = line;
    for (const field of [-1, 2, 0.5, NaN]) assert.throws(() => line.text(field), { code: "OUT_OF_BOUNDS" });
  });
  for (const use of [() => kept?.text(0), () => kept?.texts(), () => String(kept), () => kept?.number(0)]) {
    assert.throws(use, { code: "USE_AFTER_RELEASE" });
  }
});

test("what cannot be is refused.", async () => {
  const code = "BAD_ARGUMENT";
  const nothing = (): undefined => undefined;
  for (const options of [
    { lineEnd: "" },
    { lineEnd: "x".repeat(17) },
    { maxLineBytes: 0 },
    { windowBytes: 1.5 },
    { onProgress: 5 },
  ]) {
    assert.throws(() => processLinesSync("a", ",", nothing, options as never), { code });
  }
  assert.throws(() => processLinesSync("a", ",", 5 as never), { code });
  assert.throws(() => processLinesSync("a", ",", async () => 1), { code });
  assert.throws(() => processLinesSync("a", ",", nothing, { signal: {} as never }), { code });
  assert.throws(() => processLinesSync(5 as never, ",", nothing), { code });
  assert.throws(() => processLinesSync(inChunks("a", 1) as never, ",", nothing), { code });
  await assert.rejects(processLines(5 as never, ",", nothing), { code });
});
