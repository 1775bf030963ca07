// Saving: a file is there as a whole or not at all.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { plot } from "../../src/figure/plot.ts";
import { save } from "../../src/node/save.ts";

const folder = await mkdtemp(join(tmpdir(), "millpond-figure-"));
after(() => rm(folder, { recursive: true }));
const figure = plot({ width: 120, height: 90, dpi: 50 }).line([1, 3, 2]);

test("a file has the bytes of png(), and nothing else is left in its folder", async () => {
  const place = join(folder, "one");
  await mkdir(place);
  await save(figure, join(place, "a.png"));
  await save(figure, join(place, "a.png"));
  assert.deepEqual(new Uint8Array(await readFile(join(place, "a.png"))), figure.png());
  assert.deepEqual(await readdir(place), ["a.png"]);
});

test("a name that ends with .svg gets an SVG document", async () => {
  const place = join(folder, "vector.SVG");
  await save(figure, place);
  assert.equal(await readFile(place, "utf8"), figure.svg());
  await rm(place);
});

test("a symbolic link stays one", async () => {
  const place = join(folder, "two");
  await mkdir(place);
  await writeFile(join(place, "real.png"), "old");
  await symlink(join(place, "real.png"), join(place, "link.png"));
  await save(figure, join(place, "link.png"));
  assert.equal(await readlink(join(place, "link.png")), join(place, "real.png"));
  assert.deepEqual(new Uint8Array(await readFile(join(place, "real.png"))), figure.png());
});

test("where nothing can be written, the error says so and nothing is left", async () => {
  await assert.rejects(save(figure, join(folder, "none", "a.png")), { code: "ENOENT" });
  const place = join(folder, "three.png");
  await mkdir(place);
  await writeFile(join(place, "inside"), "");
  await assert.rejects(save(figure, place));
  assert.deepEqual((await readdir(folder)).toSorted(), ["one", "three.png", "two"]);
});
