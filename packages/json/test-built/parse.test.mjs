// The built package on this Node: dialects, recovery, streams and files.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { parse, readDocuments } from "@millpond/json";
import { parseFile, readDocumentsInFile } from "@millpond/json/node";

test("the built package recovers, and reads comments and strings that are no Unicode", () => {
  const document = parse('{"a": [1,, 2] // two\n}', { dialect: "jsonc", recover: true });
  assert.deepEqual(document.toValue(), { a: [1, null, 2] });
  assert.deepEqual([document.faults[0].code, document.comments[0].text], ["EXPECTED_VALUE", "// two"]);
  document.close();
  assert.throws(() => parse('"\ud800"'), { code: "BAD_SYNTAX", fault: "BAD_UTF8" });
});

test("the built package reads streams of the web and files", async () => {
  const values = [];
  const stream = new ReadableStream({
    start(controller) {
      for (const chunk of ['[1]\n{"b"', ": 2}\n"]) controller.enqueue(chunk);
      controller.close();
    },
  });
  for await (const document of readDocuments(stream)) values.push(document.toValue());
  assert.deepEqual(values, [[1], { b: 2 }]);
  const folder = await mkdtemp(join(tmpdir(), "millpond-json-"));
  const path = join(folder, "file.json");
  await writeFile(path, "[1, [2]]");
  const document = await parseFile(path);
  assert.deepEqual(document.toValue(), [1, [2]]);
  document.close();
  for await (const element of readDocumentsInFile(path, { framing: "elements" }))
    values.push(element.toValue());
  assert.deepEqual(values.slice(2), [1, [2]]);
  await rm(folder, { recursive: true });
});
