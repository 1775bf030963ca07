// Tests of the search for the machine's own Node.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";

import { ownNode } from "../lib/own-node.ts";

test("the first executable node outside node_modules is the machine's own", (context) => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "millpond-own-")));
  context.after(() => rmSync(base, { recursive: true }));
  const folders = ["node_modules/.bin", "empty", "plain", "bin"].map((name) => join(base, name));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  for (const folder of [folders[0], folders[2], folders[3]]) writeFileSync(join(folder, "node"), "");
  for (const folder of [folders[0], folders[3]]) chmodSync(join(folder, "node"), 0o755);

  assert.equal(ownNode(folders.join(delimiter)), join(base, "bin", "node"));
  assert.equal(ownNode(folders.slice(0, 3).join(delimiter)), undefined);
});
