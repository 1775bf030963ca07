// The built package, as installed from its tarball: it draws on this Node, with the bytes of a fixed figure, and saves.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { inflateSync } from "node:zlib";

import { Pool } from "@millpond/core";
import { plot } from "@millpond/plot";
import { save } from "@millpond/plot/node";

const seconds = Float64Array.from({ length: 5000 }, (_, index) => index / 100);
const draw = (options) =>
  plot({ width: 320, height: 240, ...options })
    .line(
      seconds,
      seconds.map((second) => (second * 7) % 5),
      { label: "saw" },
    )
    .title("Built")
    .xlabel("seconds")
    .legend();

// The image data of a PNG without filters undone: enough to tell one figure from another.
function rowsOf(png) {
  const file = Buffer.from(png);
  const parts = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString("latin1", at + 4, at + 8) === "IDAT")
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  return inflateSync(Buffer.concat(parts));
}

test("the built package draws a figure with its kernels and without them, to the same bytes", () => {
  const pool = new Pool();
  const kernels = draw({ pool }).pixels({ into: pool.acquire(Uint8Array, 4 * 320 * 240) });
  const twins = draw({ pool: new Pool({ memory: "arraybuffer" }) }).pixels({
    into: new Uint8Array(4 * 320 * 240),
  });
  assert.deepEqual(kernels, twins);
  assert(new Set(new Uint32Array(twins.buffer)).size > 20);
  assert.equal(rowsOf(draw({ pool }).png()).length % 240, 0);
});

test("the built package writes files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "millpond-plot-"));
  await save(draw({}), join(folder, "a.png"));
  await save(draw({}), join(folder, "a.svg"));
  assert.deepEqual(new Uint8Array(await readFile(join(folder, "a.png"))), draw({}).png());
  assert((await readFile(join(folder, "a.svg"), "utf8")).startsWith("<svg"));
  await rm(folder, { recursive: true });
});
