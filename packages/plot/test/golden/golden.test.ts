// Golden images: a figure of each type, scale and theme has the pixels that somebody looked at. The tolerance is 2 of 255
// in any channel of any pixel. Where a figure differs, what came out lies beside the golden image as `<name>-changed.png`,
// and where it differs as `<name>-diff.png`. UPDATE_GOLDEN=1 writes the images anew: look at each one that changed.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { Pool } from "@millpond/core";

import { gallery, HEIGHT, WIDTH } from "./gallery.ts";
import { readPng, writePng } from "./png.ts";

const TOLERANCE = 2;
const folder = new URL("images/", import.meta.url);
const update = process.env["UPDATE_GOLDEN"] === "1";
const pool = new Pool({ name: "golden" });

function compare(name: string, pixels: Uint8Array): void {
  const golden = new URL(`${name}.png`, folder);
  const changed = new URL(`${name}-changed.png`, folder);
  const different = new URL(`${name}-diff.png`, folder);
  for (const old of [changed, different]) rmSync(old, { force: true });
  if (update) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(golden, writePng(pixels, WIDTH, HEIGHT));
    return;
  }
  assert(existsSync(golden), `there is no golden image of ${name}; UPDATE_GOLDEN=1 writes one`);
  const expected = readPng(readFileSync(golden), WIDTH, HEIGHT);
  const diff = new Uint8Array(pixels.length).fill(255);
  let count = 0;
  for (let at = 0; at < pixels.length; at++) {
    if (Math.abs(pixels[at] - expected[at]) <= TOLERANCE) continue;
    diff.set([255, 0, 0], at - (at % 4));
    count++;
  }
  if (count === 0) return;
  writeFileSync(changed, writePng(pixels, WIDTH, HEIGHT));
  writeFileSync(different, writePng(diff, WIDTH, HEIGHT));
  assert.fail(`${count} bytes of ${name} differ; see ${changed.pathname}`);
}

for (const [name, figure] of gallery({ pool })) {
  test(`the figure ${name} looks as it did when somebody looked at it`, () => {
    const pixels = figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
    assert.equal(pool.stats().bytesInUse, 0);
    compare(name, pixels);
  });
}

test("figures from a pool, from a pool that hands out fresh memory, and into pooled pixels are the same", () => {
  const fresh = gallery({ pool: new Pool({ check: "off" }) });
  const target = pool.acquire(Uint8Array, 4 * WIDTH * HEIGHT);
  for (const [name, figure] of gallery({ pool })) {
    const pooled = figure.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
    const unpooled = fresh.get(name)!.pixels({ into: new Uint8Array(4 * WIDTH * HEIGHT) });
    assert.deepEqual(pooled, unpooled, name);
    target.fill(0x5a);
    assert.deepEqual(figure.pixels({ into: target }), pooled, name);
  }
  pool.release(target);
});
