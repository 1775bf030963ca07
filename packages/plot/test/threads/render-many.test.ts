// renderMany(): the figures of one thread, in order, with each error in its place, and no memory left behind.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";

import { MiB, SharedPool, type TaskRunner } from "@millpond/core";
import { Piscina } from "piscina";

import { PlotError, plot, renderMany, type RenderManyOptions } from "../../src/index.ts";
import type { Job } from "./figure-worker.ts";

const pool = SharedPool.create({ name: "many figures", limitBytes: 64 * MiB, check: "fast", orphanMs: 1000 });
const piscina = new Piscina({
  filename: new URL("./figure-worker.ts", import.meta.url).href,
  minThreads: 2,
  maxThreads: 2,
});
const runner = piscina as unknown as TaskRunner;
after(() => piscina.destroy());

// A block that an ended thread held is reclaimed when the thread is seen to end, and one that it had sent as `orphanMs`
// says. After an abort that is later than the end of the work: it is waited for, and a block that is never given back
// fails its test instead of holding it up.
afterEach(async () => {
  const held = (): number => pool.stats().inUse + pool.audit().inFlight;
  for (let wait = 0; wait < 1000 && held() > 0; wait++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(held(), 0, "blocks were not given back");
});

const wave = Float64Array.from({ length: 3000 }, (_, index) => Math.sin(index / 100));

type Outcome = Uint8Array | Error;

async function all(jobs: Iterable<Job>, options: Partial<RenderManyOptions> = {}): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const figure of renderMany(pool, jobs, { runner, name: "line", ...options })) {
    if (figure.status === "rejected") outcomes.push(figure.reason as Error);
    else {
      assert(figure.value.array.buffer instanceof SharedArrayBuffer);
      outcomes.push(figure.value.array.slice());
      figure.value.release();
    }
  }
  return outcomes;
}

// Without the difference: finding it takes minutes for so many bytes.
function assertSame(outcomes: readonly Outcome[], expected: readonly Uint8Array[]): void {
  assert.equal(outcomes.length, expected.length);
  for (const [index, bytes] of expected.entries()) {
    const outcome = outcomes[index];
    assert(outcome instanceof Uint8Array, `figure ${index}: ${String(outcome)}`);
    assert.equal(Buffer.compare(outcome, bytes), 0, `figure ${index} has other bytes`);
  }
}

test("figures have the pixels and the bytes of one thread, in the order of the jobs", async () => {
  const widths = Array.from({ length: 12 }, (_, index) => 120 + ((index * 53) % 97));
  const jobs = widths.map((width) => ({ ys: wave, width }));
  const one = (width: number) => plot({ width, height: 100 }).line(wave);
  for (const concurrency of [1, 2, 5, 50]) {
    const files = await all(jobs, { concurrency });
    assertSame(
      files,
      widths.map((width) => one(width).png()),
    );
  }
  const pictures = await all(jobs, { output: "pixels" });
  assertSame(
    pictures,
    widths.map((width) => one(width).pixels({ into: new Uint8Array(400 * width) })),
  );
});

test("arrays of the pool are seen by the workers where they lie", async () => {
  await pool.use(Float64Array, wave.length, async (ys) => {
    ys.set(wave);
    const [file] = await all([{ ys, more: [{ xs: ys.subarray(5, 9) }], inPlace: true }]);
    assertSame([file], [plot({ width: 200, height: 100 }).line(wave).png()]);
  });
  const [elsewhere] = await all([{ ys: wave, inPlace: true }]);
  assert.match((elsewhere as Error).message, /lies elsewhere/);
});

test("errors are in the place of their figure, with code, series and index", async () => {
  const bad = Float64Array.of(1, 2, NaN);
  const [first, second, third, fourth, fifth] = await all([
    { ys: wave },
    { ys: bad, label: "speed" },
    { ys: wave, end: "throw" },
    { ys: wave, wasteBytes: 100 * MiB },
    { ys: wave },
  ]);
  assert(first instanceof Uint8Array && fifth instanceof Uint8Array);
  assert(second instanceof PlotError);
  assert.equal(second.code, "BAD_DATA");
  assert.deepEqual(second.place, { series: 'line "speed"', index: 2 });
  assert.match((third as Error).message, /no such sensor/);
  assert.equal((fourth as { code?: unknown }).code, "POOL_EXHAUSTED");
});

test("a thread that ends fails its own figure, and its memory comes back", async () => {
  const outcomes = await all([
    { ys: wave },
    { ys: wave, wasteBytes: MiB, end: "thread" },
    ...Array.from({ length: 6 }, () => ({ ys: wave })),
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome instanceof Uint8Array),
    [true, false, true, true, true, true, true, true],
  );
  // Blocks are held by this thread, the other one, and the one that was started instead.
  assert(pool.audit().held.size <= 3);
});

test("whoever stops early leaves nothing behind", async () => {
  let begun = 0;
  function* endless(): Generator<Job> {
    for (;;) {
      begun++;
      yield { ys: wave };
    }
  }
  for await (const figure of renderMany(pool, endless(), { runner, name: "line", concurrency: 3 })) {
    if (figure.status === "fulfilled") figure.value.release();
    if (begun > 6) break;
  }
  assert(begun < 12);
});

test("an abort ends the work with its reason, also figures that would never end", async () => {
  const abort = new AbortController();
  function* jobs(): Generator<Job> {
    yield { ys: wave };
    yield { ys: wave, wasteBytes: MiB, end: "never" };
    setTimeout(() => abort.abort(new RangeError("enough")), 20);
    for (;;) yield { ys: wave };
  }
  const work = async (): Promise<void> => {
    for await (const figure of renderMany(pool, jobs(), { runner, name: "line", signal: abort.signal })) {
      // What the abort ended is no figure that failed.
      assert.equal(figure.status, "fulfilled");
      figure.value.release();
    }
  };
  await assert.rejects(work(), new RangeError("enough"));
  await assert.rejects(all([{ ys: wave }], { signal: abort.signal }), new RangeError("enough"));
});

test("options that cannot be are refused", async () => {
  const code = "BAD_ARGUMENT";
  await assert.rejects(renderMany(pool, [], {} as never).next(), { code });
  await assert.rejects(all([], { concurrency: 0 }), { code });
  await assert.rejects(all([], { output: "bmp" as never }), { code });
});
