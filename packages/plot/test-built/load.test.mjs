// The built package, as installed from its tarball: it loads on this Node.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PlotError } from "@millpond/plot";

test("the built package loads", () => {
  assert.equal(new PlotError("BAD_ARGUMENT", "no").code, "BAD_ARGUMENT");
});
