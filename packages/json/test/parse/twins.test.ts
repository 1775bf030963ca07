// The kernel and its twin in TypeScript: the same verdict and the same columns for everything, and the encoding against
// Node's own check.

import assert from "node:assert/strict";
import { isUtf8 } from "node:buffer";
import { test } from "node:test";

import { MiB, Pool, randomFrom } from "@millpond/core";
import * as fc from "fast-check";

import { attempt, kernelFor } from "../../src/parse/attempt.ts";
import { loadText } from "../../src/parse/load.ts";
import { firstInvalidUtf8, invalidUtf8At } from "../../src/parse/utf8.ts";
import { Tape } from "../../src/tape/tape.ts";
import { conformanceCases, missing } from "./conformance.ts";
import { damagedJson, tokenSoup } from "./texts.ts";

const PLAIN = { maxBytes: 1e9, maxNodes: 1e9, unicode: "strict", encoding: "utf-8" } as const;
const LIMITS = { maxDepth: 1e9, maxNodes: 1e9 };
const NAMES = ["kinds", "starts", "ends", "nexts", "parents"] as const;

/** Two tapes that see the same text, one through the kernel. */
class Pair {
  readonly pool = new Pool();
  readonly fast = new Tape(this.pool);
  readonly plain = new Tape(this.pool);

  /** Whether both accept, after both were seen to agree. */
  agree(input: string | Uint8Array, limits = LIMITS): boolean {
    loadText(this.fast, input, PLAIN);
    loadText(this.plain, input, PLAIN);
    const kernel = kernelFor(this.fast);
    assert(kernel !== undefined);
    const fast = attempt(this.fast, limits, kernel);
    const plain =
      invalidUtf8At(this.plain.bytes, 0, this.plain.textBytes) < 0 && attempt(this.plain, limits, undefined);
    assert.equal(fast, plain, `kernel ${fast}, TypeScript ${plain}`);
    if (!fast) return false;
    assert.equal(this.fast.count, this.plain.count);
    for (const name of NAMES) {
      const [a, b] = [this.fast, this.plain].map((tape) => tape[name].subarray(0, tape.count));
      assert(Buffer.compare(view(a), view(b)) === 0, `column ${name}`);
    }
    return true;
  }

  /** Leaves room for a text of so many bytes, and for so few nodes that the tapes have to grow. */
  shrink(textBytes: number, nodes: number): void {
    for (const tape of [this.fast, this.plain]) {
      tape.close();
      tape.reserve(textBytes, nodes);
    }
  }

  close(): void {
    this.fast.close();
    this.plain.close();
    assert.equal(this.pool.stats().inUse, 0);
    this.pool.close();
  }
}

function view({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

test("both agree on every file of the suite.", { skip: missing }, () => {
  const pair = new Pair();
  for (const { bytes } of conformanceCases()) pair.agree(bytes);
  pair.close();
});

test("both agree on damaged JSON.", () => {
  const pair = new Pair();
  fc.assert(
    fc.property(damagedJson, (text) => void pair.agree(text)),
    { numRuns: 20_000 },
  );
  pair.close();
});

test("both agree on tokens at every place of a block, and on every tail.", () => {
  const pair = new Pair();
  const tokens = [
    "-12.5e+7",
    "true",
    "null",
    "false",
    '"\\\\\\"x"',
    '"\\u12aF\\n"',
    '{"a":[]}',
    '"\u{1f600}é"',
    "0",
    '""',
  ];
  const wrong = [
    "-",
    "1.",
    "01",
    "tru",
    "nul\0",
    '"\\x"',
    '"\\u12g4"',
    '"\t"',
    '"\\"',
    "[1,]",
    '{"a"}',
    "1\0",
    "é",
  ];
  for (let pad = 0; pad < 150; pad++) {
    for (const token of tokens) assert(pair.agree(`${" ".repeat(pad)}[${token}]`), token);
    for (const token of tokens) assert(pair.agree(`["${"x".repeat(pad)}",${token}]`), token);
    for (const token of tokens) assert(pair.agree(" ".repeat(pad) + token), token);
    for (const token of wrong) assert(!pair.agree(" ".repeat(pad) + token), token);
    for (const token of wrong) assert(!pair.agree(`["${"\\\\".repeat(pad)}",${token}]`), token);
  }
  pair.close();
});

test("runs of backslashes of any length end strings alike.", () => {
  const pair = new Pair();
  for (let run = 0; run < 140; run++) {
    for (let pad = 0; pad < 5; pad++) {
      const text = `["${"x".repeat(pad)}${"\\".repeat(run)}"]`;
      assert.equal(pair.agree(text), run % 2 === 0);
    }
  }
  pair.close();
});

test("both agree on random sequences of tokens.", () => {
  const pair = new Pair();
  fc.assert(
    fc.property(tokenSoup, (text) => void pair.agree(text)),
    { numRuns: 30_000 },
  );
  pair.close();
});

test("tapes that are too small grow in the middle and give the same columns.", () => {
  const pair = new Pair();
  assert(pair.agree("[".repeat(5000) + "]".repeat(5000)));
  assert(pair.agree(`[${"1,".repeat(20_000)}{"a":{"b":[${"[],".repeat(3000)}0]}}]`));
  pair.close();
});

test("a text that fills whole blocks, and one that fills many indexes, parse alike.", () => {
  const pair = new Pair();
  for (const bytes of [64, 128, 4096, 65_536, 1_000_000]) assert(pair.agree(`"${"x".repeat(bytes - 2)}"`));
  const rows = Array.from({ length: 20_000 }, (_, row) => ({
    row,
    name: `n${row % 7}`,
    list: [row / 3, -row, null, "\\"],
  }));
  assert(pair.agree(JSON.stringify(rows)));
  assert(pair.agree(JSON.stringify(rows, null, 2)));
  pair.close();
});

test("texts that end shortly behind a full index parse alike, wherever in a value it was full.", () => {
  const pair = new Pair();
  // The index holds 4,096 positions, and some more of the block in which it became full.
  for (const [element, positions] of [
    ["[1]", 3],
    ['{"a":[[7]]}', 9],
    ["[[[[[[[[[[]]]]]]]]]]", 20],
    ["1", 1],
  ] as const) {
    const least = Math.floor(4000 / positions);
    for (let count = least; count < least + 300 / positions; count++) {
      assert(pair.agree(`[${`${element},`.repeat(count)}${element}]`), `${count} of ${element}`);
    }
  }
  pair.close();
});

test("a tape that grows between two indexes goes on inside of whatever the first one ended in.", () => {
  const pair = new Pair();
  const longs = [
    `"${'\\"'.repeat(60)}"`,
    `"x${"\\\\".repeat(60)}"`,
    `"${"\\u00e9".repeat(20)}"`,
    `"${"é\u{1f600}".repeat(20)}"`,
    `"${"[1,".repeat(40)}"`,
    `-${"12".repeat(60)}.5e-7`,
    `[${"true,".repeat(12)}${"false,".repeat(12)}null]`,
  ];
  // The first index ends with the block in which it has 4,096 positions. The columns have room for 64 nodes, then for
  // 512, then for the rest, so the kernel is left and called again before it asks for the second one.
  for (const long of longs) {
    for (let before = 4094; before < 4097; before++) {
      for (let pad = 0; pad < 64; pad++) {
        const text = `[${"1,".repeat(before - 1)}${" ".repeat(pad)}${long},${"1,".repeat(100)}1]`;
        pair.shrink(text.length * 2, 64);
        assert(pair.agree(text), `${long} behind ${before} positions and ${pad} blanks`);
      }
    }
  }
  pair.close();
});

test("what the first index saw wrong is not forgotten when the tape grows.", () => {
  const pair = new Pair();
  for (const wrong of ['"\t"', '"\\x"', '"\\u12g4"', '"\\ud83d\xff"', "1\u0001"]) {
    const bytes = Buffer.from(`[${"1,".repeat(600)}${wrong},${"1,".repeat(6000)}1]`, "latin1");
    pair.shrink(bytes.length, 64);
    assert(!pair.agree(new Uint8Array(bytes)), JSON.stringify(wrong));
  }
  pair.close();
});

test("both stop at the same depth.", () => {
  const pair = new Pair();
  // Beside each other is not inside each other.
  const beside = `[${'[1],{"a":{}},'.repeat(9)}[]]`;
  assert(pair.agree(beside, { maxDepth: 3, maxNodes: 1e9 }));
  assert(!pair.agree(beside, { maxDepth: 2, maxNodes: 1e9 }));
  const text = '[{"a":[[]]}]';
  assert(pair.agree(text, { maxDepth: 4, maxNodes: 1e9 }));
  assert(!pair.agree(text, { maxDepth: 3, maxNodes: 1e9 }));
  pair.close();
});

test("60,000 random byte strings are UTF-8 for both exactly when they are for Node.", () => {
  const pair = new Pair();
  const random = randomFrom(20_261_121);
  const pick = (most: number): number => Math.floor(random() * most);
  const tape = pair.fast;
  let valid = 0;
  for (let round = 0; round < 60_000; round++) {
    const bytes = utf8Like(pick, pick(90));
    const expected = isUtf8(bytes);
    if (expected) valid++;
    const seed = `round ${round}: ${Buffer.from(bytes).toString("hex")}`;
    assert.equal(invalidUtf8At(bytes, 0, bytes.length) < 0, expected, seed);
    loadText(tape, bytes, PLAIN);
    const first = firstInvalidUtf8(tape, kernelFor(tape));
    assert.equal(first, invalidUtf8At(bytes, 0, bytes.length), seed);
    if (first >= 0) assert(isUtf8(bytes.subarray(0, first)) && first < bytes.length, seed);
    const quoted = bytes.map((byte) => (byte < 0x20 || byte === 0x22 || byte === 0x5c ? 0x61 : byte));
    assert.equal(pair.agree(Uint8Array.of(0x22, ...quoted, 0x22)), expected, seed);
  }
  assert(valid > 10_000 && valid < 50_000, `${valid} valid`);
  pair.close();
});

// Whole sequences, of which some are bent a little.
function utf8Like(pick: (most: number) => number, characters: number): Uint8Array {
  const codes = Array.from({ length: characters }, () => pick([0x80, 0x800, 0x10000, 0x110000][pick(4)]));
  const bytes = new Uint8Array(
    Buffer.from(String.fromCodePoint(...codes.filter((code) => code < 0xd800 || code > 0xdfff))),
  );
  if (bytes.length === 0 || pick(2) === 0) return bytes;
  const at = pick(bytes.length);
  if (pick(3) === 0) return bytes.subarray(0, at);
  bytes[at] = pick(256);
  return bytes;
}

test("nothing depends on what lies around the text.", () => {
  const pool = new Pool({ regionBytes: 4 * MiB });
  const paint = pool.acquire(Uint8Array, 100_000).fill(0x22);
  pool.release(paint);
  const tape = new Tape(pool);
  loadText(tape, '["a"]', PLAIN);
  const kernel = kernelFor(tape);
  assert(kernel !== undefined);
  assert(attempt(tape, LIMITS, kernel));
  assert.equal(tape.count, 2);
  assert(attempt(tape, LIMITS, undefined));
  tape.close();
});

test("in memory without wasm there is no kernel, and the twin parses.", () => {
  const pool = new Pool({ memory: "arraybuffer" });
  const tape = new Tape(pool);
  loadText(tape, "[1]", PLAIN);
  assert.equal(kernelFor(tape), undefined);
  assert(attempt(tape, LIMITS, undefined));
  tape.close();
});
