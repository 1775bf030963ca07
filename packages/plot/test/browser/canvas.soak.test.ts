// Figures in a browser: the built files draw into the pixels of a canvas, and give the bytes that Node gives.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { plot } from "../../src/index.ts";
import { missing, openPage } from "../../../../tools/lib/open-page.ts";
import { PAGE } from "./pages.ts";

const page = openPage(PAGE);

async function scene(name: string): Promise<Record<string, unknown>> {
  return page().evaluate(`window.scenes[${JSON.stringify(name)}]()`);
}

function onNode(): string {
  const pixels = plot({ width: 320, height: 240 })
    .line([1, 3, 2, 4], { label: "line" })
    .fillBetween([0, 3], [1, 1], [2, 3], { alpha: 0.4 })
    .title("Größe $x^2$")
    .legend()
    .pixels({ into: new Uint8Array(4 * 320 * 240) });
  return createHash("sha256").update(pixels).digest("hex");
}

test(
  "a figure in an ImageData has the bytes of Node, and the canvas shows them",
  { skip: missing },
  async () => {
    const expected = onNode();
    assert.deepEqual(await scene("imageData"), {
      drawn: expected,
      shown: expected,
      ends: [255, 255, 255, 255],
    });
  },
);

test("pooled pixels are an ImageData without a copy", { skip: missing }, async () => {
  assert.deepEqual(await scene("pooled"), { shown: onNode(), inUse: 0 });
});

test("what is half transparent is not multiplied by its alpha", { skip: missing }, async () => {
  const { drawn, shown, corner } = await scene("alpha");
  assert.deepEqual(drawn, [255, 0, 0, 128]);
  assert.deepEqual(shown, [255, 0, 0, 128]);
  assert.deepEqual(corner, [0, 0, 0, 0]);
});

test("a browser reads the PNG as the figure was drawn", { skip: missing }, async () => {
  assert.deepEqual(await scene("png"), { shown: onNode() });
});
