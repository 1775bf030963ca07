// The built package, as installed from its tarball: it loads on this Node and does its work, kernels included.

import assert from "node:assert/strict";
import { test } from "node:test";

import { parse } from "@millpond/json";

test("the built package parses what JSON.parse parses", () => {
  const text = JSON.stringify({ list: Array.from({ length: 1000 }, (_, i) => ({ i, s: `“${i}”\n` })) });
  const document = parse(text);
  assert.deepEqual(document.toValue(), JSON.parse(text));
  assert.equal(document.root.get("list").at(7).get("i").toValue(), 7);
  document.close();
});
