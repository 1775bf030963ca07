// A stream of 512 MB is formatted in the memory of a window.

import assert from "node:assert/strict";
import { test } from "node:test";

import { formatStream } from "../../src/index.ts";

const PART = `{"id": 123456789, "text": "${"x".repeat(100)}", "list": [1, 2, {"a": null}]},\n`.repeat(1000);
const TOTAL = 512 * 1024 * 1024;

function* source(): IterableIterator<Uint8Array> {
  const part = new TextEncoder().encode(PART);
  yield new TextEncoder().encode("[");
  for (let bytes = 0; bytes < TOTAL; bytes += part.length) yield part;
  yield new TextEncoder().encode("0]");
}

test("512 MB of JSON: resident memory does not grow in the second half.", async () => {
  let written = 0;
  let half = 0;
  let most = 0;
  for await (const chunk of formatStream(source())) {
    written += chunk.length;
    const { rss } = process.memoryUsage();
    if (written < TOTAL / 2) half = Math.max(half, rss);
    else most = Math.max(most, rss);
  }
  assert.ok(written > TOTAL);
  assert.ok(most < half + 64 * 1024 * 1024, `${half} bytes in the first half, ${most} in the second`);
});
