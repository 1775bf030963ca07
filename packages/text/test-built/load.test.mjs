// The built package, as installed from its tarball: it loads on this Node and does its work, kernels included.

import assert from "node:assert/strict";
import { test } from "node:test";

import { rows, split } from "@millpond/text";

test("the built package splits", () => {
  const parts = split("a,b,,c", ",");
  assert.deepEqual(parts.texts(), ["a", "b", "c"]);
  parts.release();
});

test("the built package reads a table longer than a block of the kernel", () => {
  const lines = Array.from({ length: 2000 }, (_, i) => `${i},"x ""${i}"""`);
  const table = rows(["n,s", ...lines].join("\n"), {
    header: true,
    columns: { n: "int", s: "string" },
  });
  let sum = 0;
  let last = "";
  for (const { n, s } of table.objects()) {
    sum += n;
    last = s;
  }
  assert.equal(sum, 1999000);
  assert.equal(last, 'x "1999"');
});
