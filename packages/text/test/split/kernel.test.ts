// The SIMD kernel and the loops that stand in for it: the same pieces as plain code, at every length, place and table size.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { GiB, Pool, randomFrom } from "@millpond/core";
import { Delimiters } from "../../src/split/delimiters.ts";
import { runKernel } from "../../src/split/kernel-scan.ts";
import { planOf } from "../../src/split/options.ts";
import { run } from "../../src/split/scan.ts";
import { scanOf } from "../../src/split/scan-state.ts";

interface Way {
  readonly name: string;
  readonly pool: Pool;
  /** Whether the text lies in the pool's memory too. */
  readonly inPlace: boolean;
}

const wasm = new Pool({ name: "kernel", check: "fast" });
const ways: readonly Way[] = [
  { name: "the kernel, in place", pool: wasm, inPlace: true },
  { name: "the kernel, through a window", pool: wasm, inPlace: false },
  { name: "the loops", pool: new Pool({ name: "no kernel", memory: "arraybuffer" }), inPlace: true },
];

function naive(text: Uint8Array, bytes: readonly number[], keepEmpty: boolean): number[] {
  const spans: number[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !bytes.includes(text[i])) continue;
    if (i > start || keepEmpty) spans.push(start, i);
    start = i + 1;
  }
  return spans;
}

// Splits with a table of so many words that is filled again and again.
function spansOf(
  { pool, inPlace }: Way,
  text: Uint8Array,
  at: number,
  bytes: readonly number[],
  keepEmpty: boolean,
  tableWords: number,
): number[] {
  const memory = inPlace ? pool.acquire(Uint8Array, text.length + at + 64) : new Uint8Array(text.length + at);
  const words = pool.acquireUnsafe(Uint32Array, tableWords);
  try {
    memory.set(text, at);
    const list = bytes.map((byte) => Uint8Array.of(byte));
    const plan = planOf(list, { preserveEmpty: keepEmpty, pool });
    const scan = scanOf(memory, at, at + text.length, plan.home);
    scan.words = words;
    scan.limit = tableWords;
    const spans: number[] = [];
    const matcher = plan.delimiters.open(pool);
    while (!scan.done) {
      scan.top = 0;
      run(scan, plan, matcher);
      spans.push(...words.subarray(0, scan.top));
    }
    return spans;
  } finally {
    pool.release(words);
    if (inPlace) pool.release(memory);
  }
}

for (const way of ways) {
  test(`${way.name}: all lengths up to 300 at all places up to 15.`, () => {
    const random = randomFrom(way.name.length);
    for (let length = 0; length <= 300; length++) {
      const text = Uint8Array.from({ length }, () => Math.floor(random() * 6));
      for (let at = 0; at < 16; at++) {
        const keepEmpty = at % 2 === 0;
        const bytes = [0, 1, 2, 3].slice(0, 1 + (at % 4));
        assert.deepEqual(spansOf(way, text, at, bytes, keepEmpty, 1024), naive(text, bytes, keepEmpty));
      }
    }
  });

  test(`${way.name}: random texts, bytes and table sizes, over several windows.`, () => {
    const byte = fc.oneof(fc.constantFrom(0, 44, 127, 128, 255), fc.nat(255));
    const text = fc.array(fc.oneof(byte, fc.constantFrom(44, 97, 97, 97, 97, 97)), { maxLength: 400 });
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(1, 1, 60, 200),
        fc.uniqueArray(byte, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom(2, 48, 130, 768),
        (list, times, bytes, keepEmpty, tableWords) => {
          const text = Uint8Array.from(Array.from({ length: times }, () => list).flat());
          assert.deepEqual(
            spansOf(way, text, 3, bytes, keepEmpty, tableWords),
            naive(text, bytes, keepEmpty),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
}

test("a kernel that runs comes to the end of a text with room to spare, so it is what was tested.", () => {
  for (const inPlace of [true, false]) {
    const bytes = inPlace ? wasm.acquire(Uint8Array, 40_000) : new Uint8Array(40_000);
    const scan = scanOf(bytes, 0, bytes.length, planOf([], { pool: wasm }).home);
    scan.words = wasm.acquire(Uint32Array, 1000);
    scan.limit = 1000;
    runKernel(scan, new Delimiters(",", "shortest").needles, false, wasm);
    assert.equal(scan.done, true);
    assert.deepEqual([...scan.words.subarray(0, 2)], [0, 40_000]);
    wasm.release(scan.words);
    if (inPlace) wasm.release(bytes);
  }
  assert.equal(wasm.stats().inUse, 0);
});

test("a table that the last block fills to its last place is not written beyond it.", () => {
  for (const way of ways) {
    for (const pieces of [128, 127, 129]) {
      const text = new Uint8Array(pieces).fill(44);
      const spans = spansOf(way, text, 0, [44], true, 256);
      assert.equal(spans.length, 2 * (pieces + 1), way.name);
      assert.deepEqual(spans.slice(-2), [pieces, pieces]);
    }
  }
});

test("texts and tables above 2 GiB are split as those below.", () => {
  const pool = new Pool({ regionBytes: 4 * GiB, limitBytes: 8 * GiB, trimAfterMs: Infinity, check: "fast" });
  const low = [pool.acquireUnsafe(Uint8Array, GiB), pool.acquireUnsafe(Uint8Array, GiB)];
  const text = new TextEncoder().encode("alpha,beta;gamma,".repeat(2000));
  for (const inPlace of [true, false]) {
    const way: Way = { name: "high", pool, inPlace };
    assert.deepEqual(spansOf(way, text, 5, [44, 59], true, 16_000), naive(text, [44, 59], true));
  }
  const probe = pool.acquireUnsafe(Uint8Array, 1000);
  assert.ok(probe.byteOffset > 2 * GiB, `at ${probe.byteOffset}`);
  for (const array of [...low, probe]) pool.release(array);
  pool.close();
});
