// JSON in a browser: the built files parse, read documents from web streams, query and edit. Needs Chromium or Chrome; set
// CHROME_PATH where it has an unusual name.
import assert from "node:assert/strict";
import { test } from "node:test";

import { missing, openPage } from "../../../../tools/lib/open-page.ts";
import { DOCUMENTS, PAGE } from "./pages.ts";

const page = openPage(PAGE, { "/documents.json": DOCUMENTS });
const options = { skip: missing };

async function scene(name: string): Promise<unknown> {
  return page().evaluate(`window.scenes[${JSON.stringify(name)}]()`);
}

test("a text is parsed with the kernel and without", options, async () => {
  const expected = { equal: true, inUse: 0 };
  assert.deepEqual(await scene("parsed"), [expected, expected]);
});

test("documents are read from what was fetched", options, async () => {
  assert.deepEqual(await scene("fetched"), { sum: 140_000, count: 20_000, inUse: 0 });
});

test("a JSONPath finds nodes", options, async () => {
  assert.deepEqual(await scene("queried"), ["/books/0"]);
});

test("an edit keeps the rest of the text, and a document is laid out", options, async () => {
  assert.deepEqual(await scene("edited"), {
    text: '{"a": 1.50, // kept\n "b": [12345678901234567890,2]}',
    laid: '{\n    "a": 1.50, // kept\n    "b": [1, 2]\n}\n',
  });
});

test("faults are listed, or thrown with their place", options, async () => {
  assert.deepEqual(await scene("faults"), {
    codes: ["UNCLOSED_OBJECT", "EXPECTED_VALUE"],
    name: "JsonError",
    code: "BAD_SYNTAX",
    line: 2,
  });
});
