// Files: the same documents as from bytes, whatever their size and encoding, and all memory back after errors.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { Pool } from "@millpond/core";

import { parseFile, readDocumentsInFile } from "../../src/node.ts";

const folder = await mkdtemp(join(tmpdir(), "millpond-json-"));
after(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test("files of several sizes parse as their text does.", async () => {
  const pool = new Pool();
  for (const count of [0, 1, 1000, 20_000]) {
    const value = Array.from({ length: count }, (_, place) => ({
      place,
      name: `é${place}`,
      list: [place / 3],
    }));
    const document = await parseFile(await fileOf("value.json", JSON.stringify(value)), { pool });
    assert.deepEqual(document.toValue(), value);
    document.close();
    assert.equal(pool.stats().inUse, 0);
  }
});

test("a file in UTF-16 is converted, one with comments needs its dialect.", async () => {
  const wide = await fileOf("wide.json", Buffer.from('\ufeff["é"]', "utf16le"));
  const document = await parseFile(wide);
  assert.deepEqual(document.toValue(), ["é"]);
  document.close();
  const path = await fileOf("comments.json", "[1, // one\n]");
  const commented = await parseFile(path, { dialect: "jsonc" });
  assert.equal(commented.comments.length, 1);
  commented.close();
});

test("after errors nothing is open and all memory is back.", async () => {
  const pool = new Pool();
  const path = await fileOf("broken.json", '{"a": [1,]}');
  await assert.rejects(parseFile(path, { pool }), {
    code: "BAD_SYNTAX",
    place: { line: 1, column: 9, offset: 8 },
  });
  await assert.rejects(parseFile(path, { pool, maxBytes: 5 }), { code: "LIMIT_EXCEEDED" });
  await assert.rejects(parseFile(join(folder, "none.json"), { pool }), { code: "ENOENT" });
  await assert.rejects(
    async () => {
      for await (const _ of readDocumentsInFile(path, { pool })) assert.fail("there is no document");
    },
    { code: "BAD_SYNTAX" },
  );
  assert.equal(pool.stats().inUse, 0);
});

test("documents and elements are read from files.", async () => {
  const lines = await fileOf("lines.ndjson", '{"n":1}\n{"n":2}\n');
  const elements = await fileOf("elements.json", ' [ {"n":1} , {"n":2} ] ');
  for (const [path, framing] of [
    [lines, "lines"],
    [elements, "elements"],
  ] as const) {
    const found: unknown[] = [];
    for await (const document of readDocumentsInFile(path, { framing }))
      found.push(document.root.get("n")?.toValue());
    assert.deepEqual(found, [1, 2]);
  }
});
