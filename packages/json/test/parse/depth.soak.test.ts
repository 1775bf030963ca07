// Ten million arrays inside each other, whole and cut off, in every way to parse them; and what parsing again costs.

import assert from "node:assert/strict";
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";

import { GiB, Pool } from "@millpond/core";

import { JsonError, parse, parser, readDocuments } from "../../src/index.ts";
import { checkTape } from "../tape/check-tape.ts";

const DEPTH = 10_000_000;
const OPEN = 0x5b;
const CLOSE = 0x5d;

const pool = new Pool({ limitBytes: 2 * GiB });
const whole = new Uint8Array(2 * DEPTH).fill(OPEN, 0, DEPTH).fill(CLOSE, DEPTH);
const half = whole.subarray(0, DEPTH);

for (const engine of ["auto", "typescript"] as const) {
  test(`ten million nested arrays, engine ${engine}.`, () => {
    const document = parse(whole, { pool, engine });
    assert.equal(document.tape.count, DEPTH);
    assert.equal(document.nodeAt(DEPTH - 1)?.index, DEPTH - 1);
    checkTape(document.tape);
    document.close();
    assert.throws(() => parse(half, { pool, engine }), { code: "BAD_SYNTAX", fault: "UNCLOSED_ARRAY" });
    assert.throws(() => parse(half, { pool, engine, maxDepth: 1000 }), { code: "LIMIT_EXCEEDED" });
    assert.throws(() => parse(half, { pool, engine, maxNodes: 1000 }), { code: "LIMIT_EXCEEDED" });
    assert.equal(pool.stats().inUse, 0);
  });
}

test("ten million nested arrays that are not closed are a tree with recovery.", () => {
  const document = parse(half, { pool, recover: true });
  assert.equal(document.faultCount, DEPTH);
  assert.equal(document.faults.length, 1000);
  checkTape(document.tape);
  document.close();
  assert.equal(pool.stats().inUse, 0);
});

test("ten million nested arrays come out of a stream.", async () => {
  const chunks = function* (bytes: Uint8Array): IterableIterator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  };
  let count = 0;
  for await (const document of readDocuments(chunks(whole), { pool, framing: "values" }))
    count += document.tape.count;
  assert.equal(count, DEPTH);
  await assert.rejects(async () => {
    for await (const _ of readDocuments(chunks(half), { pool, framing: "values" }))
      assert.fail("it is not closed");
  }, JsonError);
  assert.equal(pool.stats().inUse, 0);
});

test("a million nested arrays become values.", () => {
  const document = parse(whole.subarray(DEPTH - 1_000_000, DEPTH + 1_000_000), { pool });
  let depth = 0;
  for (let value = document.toValue(); Array.isArray(value); value = value[0]) depth++;
  assert.equal(depth, 1_000_000);
  document.close();
});

test("parsing texts of one size again and again collects no garbage, and takes nothing from the pool.", async () => {
  const bytes = new TextEncoder().encode(
    JSON.stringify(Array.from({ length: 2000 }, (_, id) => ({ id, name: `n${id}`, list: [id / 7] }))),
  );
  const reader = parser({ pool });
  for (let round = 0; round < 2000; round++) reader.parse(bytes);
  globalThis.gc?.();
  const { acquired } = pool.stats();
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  for (let round = 0; round < 3000; round++) reader.parse(bytes);
  await sleep(20);
  observer.disconnect();
  assert.equal(collections, 0);
  assert.equal(pool.stats().acquired, acquired);
  reader.close();
  assert.equal(pool.stats().inUse, 0);
});
