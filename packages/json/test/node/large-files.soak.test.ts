// A file of 1 GB, which is more than a string can hold: parsed whole, and element by element in a window.

import assert from "node:assert/strict";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { GiB, MiB, Pool } from "@millpond/core";

import { parseFile, readDocumentsInFile } from "../../src/node.ts";

const PIECES = 1024;

// A thousand records in about 1 MB; the text is long, so that the test needs little memory for nodes.
function piece(number: number): string {
  const records = Array.from({ length: 1000 }, (_, place) => ({
    id: number * 1000 + place,
    text: "x".repeat(1020),
    n: [1.5, null],
  }));
  return JSON.stringify(records).slice(1, -1);
}

async function writeLarge(path: string): Promise<number> {
  const file = await open(path, "w");
  for (let number = 0; number < PIECES; number++)
    await file.write((number === 0 ? "[" : ",") + piece(number));
  await file.write("]");
  const { size } = await file.stat();
  await file.close();
  return size;
}

function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

test("1 GB from disk: whole in the memory of text and nodes, and by element in a window.", async () => {
  const folder = await mkdtemp(join(tmpdir(), "millpond-large-"));
  try {
    const path = join(folder, "large.json");
    const size = await writeLarge(path);
    assert(size > 1e9, `${size} bytes`);
    await readWindowed(path);
    await readWhole(path, size);
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function readWindowed(path: string): Promise<void> {
  const pool = new Pool({ limitBytes: 64 * MiB });
  const before = residentBytes();
  let count = 0;
  let most = 0;
  for await (const document of readDocumentsInFile(path, { framing: "elements", pool })) {
    if (count % 100_000 === 0) most = Math.max(most, residentBytes() - before);
    if (count % 10_000 === 0) assert.equal(document.root.get("id")?.toNumber(), count);
    count++;
  }
  assert.equal(count, PIECES * 1000);
  assert(most < 200 * MiB, `${most} bytes more`);
  pool.close();
}

async function readWhole(path: string, size: number): Promise<void> {
  const pool = new Pool({ limitBytes: 4 * GiB });
  const before = residentBytes();
  const document = await parseFile(path, { pool });
  const { count } = document.tape;
  assert.equal(count, PIECES * 1000 * 9 + 1);
  const added = residentBytes() - before;
  assert(
    added < (size + 17 * count) * 1.1 + 100 * MiB,
    `${added} bytes more for ${size} of text and ${count} nodes`,
  );
  assert.equal(document.root.at(-1)?.get("id")?.toNumber(), PIECES * 1000 - 1);
  document.close();
  assert.equal(pool.stats().inUse, 0);
  pool.close();
}
