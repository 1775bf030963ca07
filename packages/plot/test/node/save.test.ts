// Saving: a file is there as a whole or not at all.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import sharp from "sharp";

import { plot } from "../../src/figure/plot.ts";
import { save, saveAnimation } from "../../src/node/save.ts";

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

test("what is no figure is refused, and no file is made", async () => {
  for (const nonsense of [null, undefined, 1, "figure", {}]) {
    await assert.rejects(save(nonsense as never, join(folder, "no.png")), { code: "BAD_ARGUMENT" });
    await assert.rejects(saveAnimation([figure, nonsense as never], join(folder, "no.apng")), {
      code: "BAD_ARGUMENT",
    });
  }
  assert(!(await readdir(folder)).some((name) => name.startsWith("no.")));
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

test("a name that ends with .pdf gets a PDF file, compressed", async () => {
  const place = join(folder, "page.pdf");
  await save(figure, place);
  const text = await readFile(place, "latin1");
  assert(text.startsWith("%PDF-1.4") && text.includes("/FlateDecode"));
  await rm(place);
});

test("photographs' formats hold the figure, smaller with less quality, JPEG on white", async () => {
  const clear = plot({ width: 120, height: 90, dpi: 50, theme: { background: "#00000000" } }).line([1, 3, 2]);
  const expected = figure.pixels({ into: new Uint8Array(4 * 120 * 90) });
  for (const [end, format] of [
    ["jpg", "jpeg"],
    ["JPEG", "jpeg"],
    ["webp", "webp"],
    ["avif", "heif"],
  ]) {
    const place = join(folder, `photo.${end}`);
    await save(clear, place, { quality: 95 });
    const image = sharp(await readFile(place));
    const { width, height, format: found } = await image.metadata();
    assert.deepEqual([width, height, found], [120, 90, format]);
    const pixels = await image.flatten({ background: "#ffffff" }).ensureAlpha().raw().toBuffer();
    const apart = pixels.reduce((sum, value, at) => sum + Math.abs(value - expected[at]), 0) / pixels.length;
    assert(apart < 3, `${end}: ${apart}`);
    const large = (await stat(place)).size;
    await save(clear, place, { quality: 10 });
    assert((await stat(place)).size < large);
    await rm(place);
  }
  await assert.rejects(save(figure, "a.jpg", { quality: 0 }), { code: "BAD_ARGUMENT", message: /1 to 100/ });
});

test("animations have their frames, delays and loops in every format", async () => {
  const frames = [1, 2, 3].map((height) =>
    plot({ width: 60, height: 40, dpi: 30 })
      .bar(["a"], [height])
      .yaxis({ limits: [0, 3] }),
  );
  for (const end of ["png", "apng", "gif", "webp"]) {
    const place = join(folder, `moving.${end}`);
    await saveAnimation(frames, place, { delayMs: 80, loops: 2 });
    const bytes = await readFile(place);
    if (end.endsWith("png")) {
      const at = bytes.indexOf("acTL") + 4;
      assert.deepEqual([bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)], [3, 2]);
    } else {
      const image = sharp(bytes, { animated: true });
      const { pages, delay, loop, pageHeight } = await image.metadata();
      assert.deepEqual([pages, delay, loop, pageHeight], [3, [80, 80, 80], 2, 40]);
      const pixels = await image.ensureAlpha().raw().toBuffer();
      for (const [index, frame] of frames.entries()) {
        const expected = frame.pixels({ into: new Uint8Array(4 * 60 * 40) });
        const own = pixels.subarray(index * expected.length, (index + 1) * expected.length);
        const apart =
          own.reduce((sum, value, byte) => sum + Math.abs(value - expected[byte]), 0) / own.length;
        assert(apart < 6, `${end} ${index}: ${apart}`);
      }
    }
    await rm(place);
  }
});

test("the frames of an animation are drawn one after the other into the same pixels", async () => {
  const targets = new Set<unknown>();
  const frames = [1, 2, 3].map((height) => {
    const frame = plot({ width: 60, height: 40 }).bar(["a"], [height]);
    const pixels = frame.pixels.bind(frame);
    return Object.assign(frame, {
      pixels: (options: Parameters<typeof pixels>[0]) => (targets.add(options.into), pixels(options)),
    });
  });
  const place = join(folder, "flat.apng");
  await saveAnimation(frames, place);
  assert.equal(targets.size, 1);
  await rm(place);
});

test("one frame is an animation in every format", async () => {
  for (const end of ["apng", "gif", "webp"]) {
    const place = join(folder, `still.${end}`);
    await saveAnimation([figure], place);
    const { width, height } = await sharp(await readFile(place)).metadata();
    assert.deepEqual([width, height], [120, 90]);
    await rm(place);
  }
});

test("animations that cannot be are refused, whatever the format", async () => {
  const other = plot({ width: 61, height: 40 }).line([1]);
  for (const end of ["apng", "gif"]) {
    const place = join(folder, `none.${end}`);
    await assert.rejects(saveAnimation([], place), { code: "BAD_ARGUMENT" });
    await assert.rejects(saveAnimation([figure, other], place), { code: "BAD_ARGUMENT" });
    await assert.rejects(saveAnimation([figure], place, { delayMs: -1 }), { code: "BAD_ARGUMENT" });
  }
  await assert.rejects(saveAnimation([figure], "a.svg"), {
    code: "BAD_ARGUMENT",
    message: 'expected a path that ends with .png, .apng, .gif or .webp, got "a.svg"',
  });
});
