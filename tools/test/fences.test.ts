// Tests of the search for examples in pages and doc comments.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fences } from "../lib/fences.ts";

function find(path: string, text: string): unknown {
  return fences({ files: new Map([[path, text]]) });
}

test("a page's ts fences are found with their lines, others are not", () => {
  const page = "# t\n\n```ts\na();\nb();\n```\n\n```sh\nnpm ci\n```\n\n```ts no-run\nc();\n```\n";
  assert.deepEqual(find("README.md", page), [
    { path: "README.md", line: 4, code: "a();\nb();\n", runs: true },
    { path: "README.md", line: 13, code: "c();\n", runs: false },
  ]);
});

test("a doc comment's fence loses the stars and keeps its indentation", () => {
  const source =
    "/**\n * Does it.\n *\n * ```ts\n * if (a) {\n *   b();\n *\n * }\n * ```\n */\nexport const a = 1;\n";
  const path = "packages/core/src/a.ts";
  assert.deepEqual(find(path, source), [{ path, line: 5, code: "if (a) {\n  b();\n\n}\n", runs: true }]);
});

test("template strings in code and pages outside the documentation are left alone", () => {
  assert.deepEqual(find("packages/core/src/a.ts", "const a = `\n```ts\nb();\n```\n`;\n"), []);
  assert.deepEqual(find("CHANGELOG.md", "```ts\nb();\n```\n"), []);
});
