// The built package without the libraries that it may use: what needs them says which.

import assert from "node:assert/strict";
import { test } from "node:test";

import { plot } from "@millpond/plot";
import { readFonts, save } from "@millpond/plot/node";

test("fonts of one's own need fontkit, and the error says so", async () => {
  await assert.rejects(readFonts({ Mine: "mine.ttf" }), {
    code: "NOT_INSTALLED",
    message: "reading fonts needs the package fontkit: npm install fontkit",
  });
});

test("JPEG and its like need sharp, and the error says so", async () => {
  await assert.rejects(save(plot().line([1, 2]), "figure.jpg"), {
    code: "NOT_INSTALLED",
    message: "writing jpeg needs the package sharp: npm install sharp",
  });
});
