// The compliance suite of RFC 9535, with values and paths.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import { jsonPath, normalizedPath, parser } from "../../src/index.ts";

interface ComplianceTest {
  readonly name: string;
  readonly selector: string;
  readonly document?: unknown;
  readonly result?: unknown[];
  readonly results?: unknown[][];
  readonly result_paths?: string[];
  readonly results_paths?: string[][];
  readonly invalid_selector?: boolean;
}

const file = new URL("../../../../../shared/conformance/jsonpath/cts.json", import.meta.url);
const missing =
  existsSync(file) || process.env["CI"] === "true"
    ? false
    : "the compliance suite is not beside the repository";

test("all 703 cases of the compliance suite, and no memory is kept.", { skip: missing }, () => {
  const { tests } = JSON.parse(readFileSync(file, "utf8")) as { tests: ComplianceTest[] };
  assert.equal(tests.length, 703);
  const pool = new Pool();
  const reader = parser({ pool });
  for (const entry of tests) {
    const { name, selector } = entry;
    if (entry.invalid_selector === true) {
      assert.throws(() => jsonPath(selector), { code: "BAD_SYNTAX" }, `${name}: ${selector}`);
      continue;
    }
    const found = jsonPath(selector).select(reader.parse(JSON.stringify(entry.document)));
    const outcome = JSON.stringify([found.map((node) => node.toValue()), found.map(normalizedPath)]);
    const values = entry.results ?? [entry.result ?? []];
    const paths = entry.results_paths ?? [entry.result_paths ?? []];
    const allowed = values.map((value, place) => JSON.stringify([value, paths[place]]));
    assert(
      allowed.includes(outcome),
      `${name}: ${selector} gave ${outcome}, expected ${allowed.join(" or ")}`,
    );
  }
  reader.close();
  assert.equal(pool.stats().inUse, 0);
});
