// processLinesParallel(): the results of one thread, in the same order, and nothing lost when something fails.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as fc from "fast-check";
import { Piscina } from "piscina";
import { MiB, Pool, SharedLease, SharedPool, type TaskRunner } from "@millpond/core";
import {
  type Line,
  lineTask,
  type ParallelLineOptions,
  processLines,
  processLinesParallel,
} from "../../src/index.ts";

const pool = SharedPool.create({ name: "parallel lines", limitBytes: 64 * MiB, check: "fast" });
const piscina = new Piscina({
  filename: new URL("./line-worker.ts", import.meta.url).href,
  minThreads: 2,
  maxThreads: 2,
});
const runner = piscina as unknown as TaskRunner;
after(() => piscina.destroy());

const inUse = (): number => pool.stats().inUse + pool.audit().inFlight;

function options(name: string, more: Partial<ParallelLineOptions> = {}): ParallelLineOptions {
  return { runner, name, pool, blockBytes: 64, ...more };
}

const text = Array.from({ length: 500 }, (_, i) => `${i},${i / 4},${"é".repeat(i % 7)}`).join("\r\n");

async function* inChunks(size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("results are those of one thread, in the order of the lines, from all chunkings.", async () => {
  const { results: expected } = await processLines(text, ",", (line) => [line.offset, ...line.texts()]);
  for (const source of [text, inChunks(1), inChunks(7), inChunks(1000)]) {
    const { results } = await processLinesParallel(source, options("texts"));
    assert.deepEqual(results, expected);
    assert.equal(inUse(), 0);
  }
});

test("lines have their numbers in the whole text.", async () => {
  const expected = Array.from({ length: 500 }, (_, index) => [index, index]);
  for (const name of ["numbered", "numberedApart"]) {
    for (const [lineEnd, more] of [
      ["\n", {}],
      ["\r\n", {}],
      ["||", { lineEnd: "||" }],
      ["|||", { lineEnd: "|||" }],
    ] as const) {
      const text = expected.map(([number]) => String(number)).join(lineEnd);
      for (const end of ["", lineEnd]) {
        const { results } = await processLinesParallel(text + end, options(name, more));
        assert.deepEqual(results, expected);
      }
    }
  }
  assert.equal(inUse(), 0);
});

test("undefined is left out, and progress is told block by block.", async () => {
  const told: number[] = [];
  const onProgress = ({ bytes }: { bytes: number }): void => void told.push(bytes);
  const { results, bytes, blocks } = await processLinesParallel<number>(text, options("odd", { onProgress }));
  assert.deepEqual(
    results,
    Array.from({ length: 250 }, (_, i) => 2 * i + 1),
  );
  assert.equal(told.length, blocks);
  assert.equal(told.at(-1), bytes);
  assert.equal(bytes, new TextEncoder().encode(text).length);
  assert.deepEqual(
    told,
    [...told].sort((a, b) => a - b),
  );
});

test("a fold gives one result for each block, an array of the pool without a copy.", async () => {
  const sums = await processLinesParallel<{ lines: number; sum: number }>(text, options("sums"));
  assert.ok(sums.blocks > 10);
  const lines = sums.results.reduce((total, part) => total + part.lines, 0);
  const sum = sums.results.reduce((total, part) => total + part.sum, 0);
  assert.deepEqual([lines, sum], [500, (500 * 499) / 8]);
  const shared = await processLinesParallel<Float64Array>(text, options("shared"));
  assert.equal(inUse(), shared.blocks);
  let total = 0;
  for (const lease of shared.results) {
    assert.ok(lease instanceof SharedLease && lease.array.buffer instanceof SharedArrayBuffer);
    total += lease.array[1];
    lease.release();
  }
  assert.equal(total, sum);
  assert.equal(inUse(), 0);
});

test("line ends of several bytes that overlap are cut as one thread cuts them.", async () => {
  const source = "a;b|||c||||d;|||".repeat(40);
  const { results: expected } = await processLines(source, ";", (line) => line.texts(), { lineEnd: "||" });
  for (const blockBytes of [4, 5, 64]) {
    const { results } = await processLinesParallel(source, options("counted", { lineEnd: "||", blockBytes }));
    assert.deepEqual(results, expected);
  }
});

test("lines of any length in blocks of any size are those of one thread, with their numbers and places.", async () => {
  const about = (line: Line): unknown[] => [line.index, line.offset, ...line.texts()];
  const task = lineTask(",", about);
  const here: TaskRunner = { run: (message) => task(message) };
  const words = fc.constantFrom("\n", "\r\n", "||", "|", "a", ",", "a line that is longer than a block, ");
  const property = fc.asyncProperty(
    fc.array(words, { maxLength: 80 }),
    fc.integer({ min: 1, max: 40 }),
    fc.constantFrom<{ lineEnd?: string }>({}, { lineEnd: "||" }, { lineEnd: "a" }),
    async (words, blockBytes, lineEnd) => {
      const source = words.join("");
      const { results } = await processLinesParallel(source, { runner: here, pool, blockBytes, ...lineEnd });
      assert.deepEqual(results, (await processLines(source, ",", about, lineEnd)).results);
      assert.equal(inUse(), 0);
    },
  );
  await fc.assert(property, { numRuns: 500 });
});

test("line ends that other blocks left in the memory before a line are none of its own.", async () => {
  const source = `${"0\n".repeat(499)}\n7,${"x".repeat(100)}\n`;
  const { results } = await processLinesParallel<unknown[]>(source, options("numbered", { blockBytes: 16 }));
  assert.deepEqual(results.slice(499), [
    [499, 0],
    [500, 7],
  ]);
});

test("a byte order mark counts at the start alone, and a text of no bytes has no lines.", async () => {
  const { results } = await processLinesParallel<unknown[]>(
    "\ufeffa\n\ufeffb",
    options("texts", { blockBytes: 6 }),
  );
  assert.deepEqual(results, [
    [3, "a"],
    [5, "\ufeffb"],
  ]);
  assert.deepEqual((await processLinesParallel("", options("texts"))).results, []);
});

test("a task that throws ends the work with its error and loses nothing.", async () => {
  const source = "good,1\n".repeat(60) + "bad,1\n" + "good,1\n".repeat(60);
  await assert.rejects(processLinesParallel(source, options("failing")), /line at 420 is bad/);
  assert.equal(inUse(), 0);
  // Arrays that other blocks returned are given back.
  async function* failing(): AsyncGenerator<string> {
    yield "good,1\n".repeat(60);
    throw new RangeError("no more");
  }
  // A block of 63 bytes had been cut off by then, and six of 56, since each of them starts with the byte that was left over.
  await assert.rejects(processLinesParallel(failing(), options("shared")), {
    code: "SOURCE_FAILED",
    place: { line: 58, column: 1, offset: 57 * 7 },
  });
  assert.equal(inUse(), 0);
});

test("an abort ends the work with its reason.", async () => {
  const abort = new AbortController();
  async function* endless(): AsyncGenerator<string> {
    for (let i = 0; ; i++) {
      if (i === 20) abort.abort(new RangeError("enough"));
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield "good,1\n".repeat(10);
    }
  }
  await assert.rejects(processLinesParallel(endless(), options("sums", { signal: abort.signal })), {
    code: "ABORTED",
  });
  assert.equal(inUse(), 0);
});

test("a task gives back what splitting its lines took, also when it throws.", async () => {
  const own = new Pool({ name: "of the task" });
  const bytes = new TextEncoder().encode("a;;b\nstop;;c\n");
  const message = {
    pool: pool.share(),
    item: { bytes, offset: 0, linesBefore: 0, inPool: false, lineEnd: undefined },
  };
  // One delimiter is indexed with the lines, the other found line by line.
  for (const delimiter of [";", ";;"]) {
    const kept: Line[] = [];
    const work = (line: Line): string => {
      kept.push(line);
      if (line.text(0) === "stop") throw new RangeError("stopped");
      return line.text(0);
    };
    const options = { pool: own, preserveEmpty: true };
    await assert.rejects(lineTask(delimiter, work, options)(message), /stopped/);
    assert.equal(own.stats().inUse, 0);
    assert.throws(() => kept[0].text(0), { code: "USE_AFTER_RELEASE" });
    await lineTask(delimiter, (line) => line.text(0), options)(message);
    assert.equal(own.stats().inUse, 0);
    assert.equal(inUse(), 0);
  }
});

test("a line beyond the limit is refused, and holds nothing.", async () => {
  const source = `a\n${"x".repeat(5000)}\n`;
  const { results } = await processLinesParallel<unknown[]>(source, options("texts"));
  assert.equal((results[1][1] as string).length, 5000);
  await assert.rejects(processLinesParallel(source, options("texts", { maxLineBytes: 1000 })), {
    code: "LINE_TOO_LONG",
    place: { line: 2, column: 1, offset: 2 },
  });
  assert.equal(inUse(), 0);
});

test("UTF-16 is read on one thread and split on several.", async () => {
  const source = new Uint8Array(Buffer.from("\ufeff1,é\n2,€\n", "utf16le"));
  const { results } = await processLinesParallel<unknown[]>(source, options("texts"));
  assert.deepEqual(
    results.map(([, ...fields]) => fields),
    [
      ["1", "é"],
      ["2", "€"],
    ],
  );
  const wrong = options("texts", { encoding: "utf8" as never });
  await assert.rejects(processLinesParallel(source, wrong), { code: "BAD_ARGUMENT" });
});

test("what cannot be is refused.", async () => {
  const code = "BAD_ARGUMENT";
  await assert.rejects(processLinesParallel("a", {} as never), { code });
  await assert.rejects(processLinesParallel("a", options("texts", { concurrency: 0 })), { code });
  await assert.rejects(processLinesParallel("a", options("texts", { blockBytes: 0.5 })), { code });
  await assert.rejects(processLinesParallel(5 as never, options("texts")), { code });
  assert.throws(() => lineTask(",", { start: () => 1 } as never), { code });
  assert.throws(() => lineTask(",", 5 as never), { code });
});
