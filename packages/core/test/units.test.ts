// Tests of the byte units.

import assert from "node:assert/strict";
import { test } from "node:test";

import { GiB, KiB, MiB } from "@millpond/core";

test("each unit is 1,024 of the one before", () => {
  assert.equal(KiB, 1024);
  assert.equal(MiB, 1024 * KiB);
  assert.equal(GiB, 1024 * MiB);
});
