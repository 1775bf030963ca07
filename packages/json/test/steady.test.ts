// Work that is done again and again takes nothing new from its pool: every array is back, and the next round gets it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import {
  applyEdits,
  applyFixes,
  applyMergePatch,
  applyPatch,
  diff,
  edit,
  format,
  formatStream,
  formatToBytes,
  inferSchema,
  jsonPath,
  lint,
  mergePatch,
  minify,
  outline,
  parse,
  type ParseOptions,
  parser,
  readDocuments,
  statistics,
} from "../src/index.ts";

const ROUNDS = 500;

const rows = Array.from({ length: 100 }, (_, id) => ({ id, name: `row ${id}`, tags: ["a", "b", [id / 3]] }));
const TEXT = JSON.stringify(rows);
const OTHER = JSON.stringify(rows.map(({ id, name, tags }) => ({ tags, name: id % 7 === 0 ? "new" : name })));
const BROKEN = TEXT.replaceAll('"a",', "'a' ").replaceAll("row 7", "row\t7");
const query = jsonPath("$[?@.id > 90].tags[*]");

async function drain(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source) void _;
}

// Each with the pool that it may use.
const WORK: Readonly<Record<string, (pool: Pool) => unknown>> = {
  parse: (pool) => parse(TEXT, { pool }).close(),
  "parse, recovering": (pool) => parse(BROKEN, { pool, recover: true }).close(),
  "parse, with comments": (pool) => parse(`// a\n${TEXT}`, { pool, dialect: "jsonc" }).close(),
  "parse, refused": (pool) => {
    assert.throws(() => parse(BROKEN, { pool }));
  },
  "parse, lists of children": (pool) => {
    for (const children of ["arena", "direct", "tracked", "tagged"] as const) {
      withText(pool, TEXT, { children }, (document) => document.root.at(50));
    }
  },
  "format, sorted": (pool) => withText(pool, TEXT, {}, (document) => format(document, { sortKeys: true })),
  formatToBytes: (pool) => withText(pool, TEXT, {}, (document) => formatToBytes(document)),
  minify: (pool) => withText(pool, TEXT, {}, (document) => minify(document)),
  formatStream: (pool) => drain(formatStream([TEXT], { pool })),
  "formatStream, refused": async (pool) => {
    await assert.rejects(drain(formatStream([BROKEN], { pool })));
  },
  readDocuments: (pool) => drain(readDocuments([TEXT], { pool, framing: "elements" })),
  "lint and fixes": (pool) =>
    withText(pool, BROKEN, { recover: true }, (document) => applyFixes(document, lint(document))),
  "diff and patch": (pool) =>
    withText(pool, TEXT, {}, (before) =>
      withText(pool, OTHER, {}, (after) => applyPatch(before, diff(before, after))),
    ),
  "merge patch": (pool) =>
    withText(pool, TEXT, {}, (before) =>
      withText(pool, OTHER, {}, (after) => applyMergePatch(before, mergePatch(before, after))),
    ),
  edits: (pool) =>
    withText(pool, TEXT, {}, (document) => {
      applyEdits(document, edit(document).remove("/3").set("/0/id", 5).move("/1", "/7").edits());
    }),
  update: (pool) => {
    const reader = parser({ pool });
    reader.parse(TEXT);
    reader.update([{ start: 1, end: 1, text: '{"new": [1, 2]},' }]);
    reader.close();
  },
  jsonPath: (pool) =>
    withText(pool, TEXT, {}, (document) => [
      query.select(document),
      query.first(document),
      query.count(document),
    ]),
  descriptions: (pool) =>
    withText(pool, TEXT, {}, (document) => [statistics(document), inferSchema(document), outline(document)]),
  places: (pool) => withText(pool, TEXT, {}, (document) => document.placeOf(100)),
};

function withText<T>(
  pool: Pool,
  text: string,
  options: ParseOptions,
  use: (document: ReturnType<typeof parse>) => T,
): T {
  const document = parse(text, { ...options, pool });
  try {
    return use(document);
  } finally {
    document.close();
  }
}

for (const [name, work] of Object.entries(WORK)) {
  test(`500 rounds of ${name}: nothing is kept, and nothing new is taken after the third.`, async () => {
    const pool = new Pool();
    for (let round = 0; round < 3; round++) await work(pool);
    assert.equal(pool.stats().inUse, 0);
    const { bytesRetained, misses } = pool.stats();
    assert.ok(misses > 0);
    for (let round = 3; round < ROUNDS; round++) await work(pool);
    const after = pool.stats();
    assert.deepEqual([after.inUse, after.bytesRetained, after.misses], [0, bytesRetained, misses]);
    pool.close();
  });
}
