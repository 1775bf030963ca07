// The built package, as installed from its tarball: it loads on this Node, and its manifest tells the truth.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import * as core from "@millpond/core";

test("the built core loads and exports its units", () => {
  assert.equal(core.MiB, 1024 * core.KiB);
});

test("the core installs without dependencies", () => {
  const path = fileURLToPath(import.meta.resolve("@millpond/core/package.json"));
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  assert.equal(manifest.dependencies, undefined);
});
