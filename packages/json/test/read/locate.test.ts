// Locating values without a tape: the same places as on a tape, for the kernel and its twin, and no harm from texts that are no JSON.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool, randomFrom } from "@millpond/core";
import * as fc from "fast-check";

import { type JsonDocument, type JsonNode, locate, parse } from "../../src/index.ts";
import { locateKernel } from "../../src/kernel/locate.wasm.ts";
import { LEFT, passValues, STATE_WORDS } from "../../src/read/pass-values.ts";
import { damagedJson, tokenSoup } from "../parse/texts.ts";

const pools = [new Pool(), new Pool({ memory: "arraybuffer" })];
const encoder = new TextEncoder();

function agrees(document: JsonDocument, bytes: Uint8Array, pointer: string): void {
  const node = document.resolve(pointer);
  const expected = node && { start: node.start, end: node.end };
  for (const pool of pools) assert.deepEqual(locate(bytes, pointer, { pool }), expected, pointer);
}

function pointersIn(node: JsonNode): string[] {
  return [node.pointer, ...[...node].flatMap((child) => pointersIn(child))];
}

test("every value is where the tape has it, however the text is laid out.", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), fc.nat(130), (value, indent, lead) => {
      const bytes = encoder.encode(" ".repeat(lead) + JSON.stringify(value, null, indent) + " ".repeat(lead));
      const document = parse(bytes);
      for (const pointer of pointersIn(document.root)) {
        agrees(document, bytes, pointer);
        agrees(document, bytes, `${pointer}/0`);
        agrees(document, bytes, `${pointer}/none`);
      }
      document.close();
    }),
    { numRuns: 200 },
  );
});

test("values of any length are passed over, across blocks and windows, with brackets and escapes inside strings.", () => {
  for (const length of [0, 1, 62, 63, 64, 65, 510, 1000, 70_000, 300_000]) {
    const noise = '[{"]},\\"\\\\'.repeat(length / 8) + "x".repeat(length % 8);
    const value = [noise, { deep: [[noise], { "": noise }] }, 7, "\\".repeat(length), [[[]]], { last: null }];
    const bytes = encoder.encode(JSON.stringify(value));
    const document = parse(bytes);
    for (const pointer of ["/0", "/1/deep/1/", "/2", "/3", "/4/0/0", "/5/last", "/6"]) {
      agrees(document, bytes, pointer);
    }
    document.close();
  }
});

test("names are compared as strings, the last of equal ones counts, and there may be a byte order mark.", () => {
  const text = '\u{feff} {"a": 1, "\\u0061": 2, "b\\/": [3], "é": 4, "": {"x": 5}, "ab": 6}';
  const bytes = encoder.encode(text);
  const document = parse(bytes);
  for (const pointer of [
    "",
    "/a",
    "/b~1",
    "/b~1/0",
    "/é",
    "/",
    "//x",
    "/ab",
    "/abc",
    "/b",
    "/b~1/00",
    "/a/0",
  ]) {
    agrees(document, bytes, pointer);
  }
  assert.equal(locate(encoder.encode("[1, 2]"), "/99999999999999999999"), undefined);
  assert.equal(locate(encoder.encode("[1, 2]"), `/${2 ** 32}`), undefined);
  document.close();
});

test("a text that is no JSON does no harm, and all memory comes back.", () => {
  const steps = fc.constantFrom("", "/a", "/0", "/1/0", "/a/b");
  fc.assert(
    fc.property(fc.oneof(damagedJson, tokenSoup), steps, (text, pointer) => {
      const bytes = encoder.encode(text);
      const found = pools.map((pool) => locate(bytes, pointer, { pool }));
      assert.deepEqual(found[0], found[1]);
      const { start, end } = found[0] ?? { start: 0, end: 1 };
      assert(start >= 0 && start < end && end <= Math.max(1, bytes.length));
    }),
    { numRuns: 3000 },
  );
  assert.throws(() => locate(encoder.encode("[]"), "a"), { code: "BAD_ARGUMENT" });
  assert.throws(() => locate("[]" as never, ""), { code: "BAD_ARGUMENT" });
  for (const pool of pools) assert.equal(pool.stats().inUse, 0);
});

test("the kernel stops where its twin does, and leaves the same state, from any state on.", () => {
  const [pool] = pools;
  const block = pool.acquire(Uint8Array, 2048);
  const kernel = locateKernel.over(block.buffer);
  assert(kernel !== undefined);
  const state = new Uint32Array(block.buffer, block.byteOffset, STATE_WORDS);
  const random = randomFrom(12);
  const soup = encoder.encode('",[]{}\\x');
  for (let turn = 0; turn < 20_000; turn++) {
    const blocks = 1 + Math.floor(random() * 8);
    const start = 64 + Math.floor(random() * 64);
    // Few quotes at times, so that there are long ways outside of strings.
    const letters = random() < 0.5 ? soup : soup.subarray(1, 7);
    for (let at = 0; at < 1024; at++) block[64 + at] = letters[Math.floor(random() * letters.length)];
    const first = [1 + Math.floor(random() * 9), Math.floor(random() * 12), turn & 1, (turn >> 1) & 1];
    const own = Uint32Array.from(first);
    state.set(first);
    const passed: number =
      kernel.passValues(block.byteOffset, block.byteOffset + start, blocks * 64 + (turn % 64)) >>> 0;
    const expected = passValues(own, block, start, start + blocks * 64);
    assert.equal(passed, expected - start);
    if (passed === blocks * 64) assert.deepEqual([...state], [...own]);
    assert(first[LEFT] > 0);
  }
  pool.release(block);
});
