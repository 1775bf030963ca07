// The picture with everything: it looks as it did when somebody looked at it, and drawing it again takes no new memory.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import { encodePng, RasterPainter } from "../../src/index.ts";
import { decode } from "../png/decode.ts";
import { drawSampler, HEIGHT, WIDTH } from "./sampler.ts";

const TOLERANCE = 1;
const golden = new URL("../golden/images/painter.png", import.meta.url);

test("everything that a painter can do looks as it did when somebody looked at it.", () => {
  const painter = new RasterPainter({ width: WIDTH, height: HEIGHT });
  drawSampler(painter);
  const png = encodePng({ width: WIDTH, height: HEIGHT, pixels: painter.pixels });
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, png);
  const { pixels } = decode(readFileSync(golden));
  let different = 0;
  for (let byte = 0; byte < pixels.length; byte++) {
    if (Math.abs(pixels[byte] - painter.pixels[byte]) > TOLERANCE) different++;
  }
  painter.release();
  const changed = new URL("../golden/images/painter-changed.png", import.meta.url);
  if (different > 0) writeFileSync(changed, png);
  assert.equal(different, 0, `${different} bytes differ; see ${changed.pathname}`);
});

test("after the first picture, forty more take no new memory and give the same bytes.", () => {
  const pool = new Pool({ name: "steady" });
  const draw = (): Uint8Array => {
    const painter = new RasterPainter({ width: WIDTH, height: HEIGHT, pool });
    drawSampler(painter);
    const png = encodePng({ width: WIDTH, height: HEIGHT, pixels: painter.pixels }, { pool });
    painter.release();
    return png;
  };
  const first = draw();
  const before = pool.stats();
  for (let round = 0; round < 40; round++) assert.deepEqual(draw(), first);
  const after = pool.stats();
  assert.equal(after.inUse, 0);
  assert.equal(after.bytesRetained, before.bytesRetained);
  pool.seal();
  assert.deepEqual(draw(), first);
  pool.close();
});
