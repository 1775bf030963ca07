// PNG: what an independent decoder reads is what was given; kernel and twin write the same bytes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { expectNoLeaks, Pool, randomFrom } from "@millpond/core";
import * as fc from "fast-check";
import sharp from "sharp";

import { encodeApng, encodePng, plot, RasterPainter } from "../../src/index.ts";
import { chunksOf, decode } from "./decode.ts";

const wasm = new Pool();
const plain = new Pool({ memory: "arraybuffer" });
const PALETTE = 3;
const RGB = 2;
const RGBA = 6;

// The bytes that kernel and twin agree on, decoded and compared.
function roundTrip(pixels: Uint8Array, width: number, height: number, stride = 4 * width): number {
  const image = { width, height, pixels, stride };
  const near = wasm.acquire(Uint8Array, pixels.length);
  near.set(pixels);
  let png = encodePng(image, { pool: wasm });
  for (const filter of ["none", "adaptive", "up"] as const) {
    png = encodePng(image, { pool: wasm, filter });
    assert.deepEqual(encodePng(image, { pool: plain, filter }), png, "the twin differs from the kernel");
    assert.deepEqual(
      encodePng({ ...image, pixels: near }, { pool: wasm, filter }),
      png,
      "pixels of the pool differ",
    );
    assert.deepEqual(
      rowsOf(decode(png).pixels, width, height),
      rowsOf(pixels, width, height, stride),
      filter,
    );
  }
  wasm.release(near);
  assert.equal(wasm.stats().inUse, 0);
  assert.equal(plain.stats().inUse, 0);
  const decoded = decode(png);
  assert.deepEqual([decoded.width, decoded.height], [width, height]);
  return decoded.colorType;
}

function rowsOf(pixels: Uint8Array, width: number, height: number, stride = 4 * width): Uint8Array[] {
  return Array.from({ length: height }, (_, row) => pixels.subarray(row * stride, row * stride + 4 * width));
}

const side = fc.integer({ min: 1, max: 40 });

test("images of any size with few colours come back from a palette.", () => {
  const colors = fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(side, side, colors, fc.nat(), fc.nat(9), (width, height, palette, seed, spare) => {
      const random = randomFrom(seed);
      const stride = 4 * width + spare;
      const pixels = new Uint8Array(stride * height);
      const view = new DataView(pixels.buffer);
      for (let row = 0; row < height; row++) {
        for (let x = 0; x < width; x++) {
          const color = palette[Math.floor(random() * random() * palette.length)];
          view.setUint32(row * stride + 4 * x, color);
        }
      }
      assert.equal(roundTrip(pixels, width, height, stride), PALETTE);
    }),
    { numRuns: 200, endOnFailure: true },
  );
});

test("noise comes back as it was, opaque or not.", () => {
  const random = randomFrom(7);
  const pixels = Uint8Array.from({ length: 4 * 120 * 90 }, () => Math.floor(random() * 256));
  assert.equal(roundTrip(pixels, 120, 90), RGBA);
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  assert.equal(roundTrip(pixels, 120, 90), RGB);
  pixels[4 * 119 + 3] = 254;
  assert.equal(roundTrip(pixels, 120, 90), RGBA);
});

test("pictures of cells wider than a pixel come back, and take less than half of what single pixels take.", () => {
  const random = randomFrom(11);
  for (const [alpha, colorType] of [
    [255, RGB],
    [200, RGBA],
  ] as const) {
    const sizes = [1, 8].map((wide) => {
      const pixels = new Uint8Array(4 * 160 * 50).fill(alpha);
      for (let pixel = 0; pixel < 160 * 50; pixel++) {
        for (let channel = 0; channel < 3; channel++) {
          const before = pixels[4 * (pixel - 1) + channel];
          pixels[4 * pixel + channel] = pixel % wide === 0 ? Math.floor(random() * 256) : before;
        }
      }
      assert.equal(roundTrip(pixels, 160, 50), colorType);
      return encodePng({ width: 160, height: 50, pixels }, { pool: wasm }).length;
    });
    assert(sizes[1] < sizes[0] / 2, sizes.join(" and "));
  }
});

test("256 colours have a palette, 257 do not.", () => {
  const image = (count: number): Uint8Array => {
    const pixels = new Uint8Array(4 * 300).fill(255);
    for (let pixel = 0; pixel < 300; pixel++) {
      const color = pixel % count;
      pixels.set([color & 255, color >> 8, 7], 4 * pixel);
    }
    return pixels;
  };
  assert.equal(roundTrip(image(256), 300, 1), PALETTE);
  assert.equal(roundTrip(image(257), 300, 1), RGB);
});

test("runs of every length around the longest match come back.", () => {
  for (
    let run = 1;
    run < 800;
    run += run < 20 || (run > 250 && run < 265) || (run > 510 && run < 525) ? 1 : 37
  ) {
    const pixels = new Uint8Array(4 * (run + 3)).fill(255);
    for (let pixel = 1; pixel <= run; pixel++) pixels[4 * pixel] = 9;
    roundTrip(pixels, run + 3, 1);
  }
});

test("more tokens than a block holds, with skewed counts, come back.", () => {
  const random = randomFrom(3);
  const pixels = new Uint8Array(4 * 300 * 200).fill(255);
  // Counts like Fibonacci's numbers make the longest codes.
  for (let at = 0; at < pixels.length; at++)
    if (at % 4 < 3) pixels[at] = Math.floor(-Math.log(random() + 1e-9) * 12);
  assert.equal(roundTrip(pixels, 300, 200), RGB);
});

test("a figure takes no more bytes than zlib's run lengths would, and half as many again at most as zlib at its best.", () => {
  const painter = new RasterPainter({ width: 600, height: 400, pool: wasm });
  painter.fillRect(0, 0, 600, 400, { color: 0xffffffff });
  const xs = Float64Array.from({ length: 2000 }, (_, index) => 50 + index / 4);
  const ys = xs.map((x, index) => 200 + 120 * Math.sin(x / 40) + ((index * 7919) % 41));
  painter.strokeLine(xs, ys, 2000, { color: 0x1f77b4ff, width: 1.5 });
  painter.text("Sensor 7, hourly means", 300, 30, { size: 16, color: 0x000000ff, anchor: "middle" });
  const image = { width: 600, height: 400, pixels: painter.pixels };
  const own = encodePng(image, { pool: wasm });
  const best = encodePng(image, { pool: wasm, deflate: (bytes) => deflateSync(bytes, { level: 9 }) });
  const runs = encodePng(image, {
    pool: wasm,
    deflate: (bytes) => deflateSync(bytes, { level: 1, strategy: 3 }),
  });
  assert.deepEqual(decode(best).pixels, decode(own).pixels);
  assert(own.length <= 1.02 * runs.length, `${own.length} bytes, zlib's runs ${runs.length}`);
  assert(own.length <= 1.5 * best.length, `${own.length} bytes, zlib's best ${best.length}`);
  painter.release();
});

test("dpi are written as pixels per metre.", () => {
  const png = encodePng({ width: 1, height: 1, pixels: new Uint8Array(4) }, { dpi: 100 });
  const [, density] = chunksOf(png).find(([type]) => type === "pHYs")!;
  assert.deepEqual([density.readUInt32BE(0), density.readUInt32BE(4), density[8]], [3937, 3937, 1]);
});

test("the frames of an animation come back one by one.", () => {
  const frames = [10, 200, 90].map((gray) => {
    const pixels = new Uint8Array(4 * 20 * 10).fill(gray);
    for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
    pixels[4 * gray] = 3;
    return { width: 20, height: 10, pixels };
  });
  const png = expectNoLeaks(wasm, () => encodeApng(frames, { pool: wasm, delayMs: 40, loops: 2 }));
  assert.deepEqual(encodeApng(frames, { pool: plain, delayMs: 40, loops: 2 }), png);
  const chunks = chunksOf(png);
  assert.deepEqual(
    chunks.map(([type]) => type),
    ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"],
  );
  const sequence = chunks
    .filter(([type]) => type === "fcTL" || type === "fdAT")
    .map(([, data]) => data.readUInt32BE(0));
  assert.deepEqual(sequence, [0, 1, 2, 3, 4]);
  assert.deepEqual([chunks[2][1].readUInt16BE(20), chunks[2][1].readUInt16BE(22)], [40, 1000]);
  const data = [chunks[3][1], chunks[5][1].subarray(4), chunks[7][1].subarray(4)];
  for (const [index, bytes] of data.entries())
    assert.deepEqual(decode(png, bytes).pixels, frames[index].pixels);
});

test("one frame that is not opaque gives all frames their alpha, in their order.", () => {
  const clear = { width: 2, height: 1, pixels: Uint8Array.of(9, 9, 9, 255, 8, 8, 8, 70) };
  const opaque = { width: 2, height: 1, pixels: Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255) };
  const png = encodeApng([opaque, clear, opaque]);
  const chunks = chunksOf(png);
  assert.equal(chunks[0][1][9], 6);
  assert.equal(chunks.length, 9);
  const data = [chunks[3][1], chunks[5][1].subarray(4), chunks[7][1].subarray(4)];
  for (const [index, frame] of [opaque, clear, opaque].entries())
    assert.deepEqual(decode(png, data[index]).pixels, frame.pixels);
});

test("images that cannot be are refused, and nothing is kept.", () => {
  const pool = new Pool();
  const pixels = new Uint8Array(16);
  const code = { code: "BAD_ARGUMENT" };
  expectNoLeaks(pool, () => {
    assert.throws(() => encodePng({ width: 0, height: 1, pixels }, { pool }), code);
    assert.throws(() => encodePng({ width: 3, height: 2, pixels }, { pool }), code);
    assert.throws(() => encodePng({ width: 2, height: 2, pixels, stride: 7 }, { pool }), code);
    assert.throws(() => encodePng({ width: 2, height: 2, pixels }, { pool, dpi: -1 }), code);
    assert.throws(() => encodeApng([], { pool }), code);
    assert.throws(() => encodeApng([{ width: 2, height: 2, pixels }], { pool, delayMs: NaN }), code);
    const other = { width: 1, height: 4, pixels };
    assert.throws(() => encodeApng([{ width: 2, height: 2, pixels }, other], { pool }), code);
    const broken = (): Uint8Array => {
      throw new TypeError("broken");
    };
    assert.throws(() => encodePng({ width: 2, height: 2, pixels }, { pool, deflate: broken }), TypeError);
  });
});

test("palettes of 2, 4 and 16 colours take 1, 2 and 4 bits a pixel, and other programs read them.", async () => {
  for (const [count, depth] of [
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 4],
    [16, 4],
    [17, 8],
  ]) {
    for (const width of [1, 3, 8, 37]) {
      const pixels = new Uint8Array(4 * width * 20).fill(255);
      for (let pixel = 0; pixel < width * 20; pixel++) pixels[4 * pixel] = 9 * ((pixel * 7) % count);
      const png = encodePng({ width, height: 20, pixels }, { pool: wasm });
      if (width * 20 >= count) assert.equal(decode(png).depth, depth, `${count} colours`);
      assert.equal(roundTrip(pixels, width, 20), PALETTE);
      assert.deepEqual(new Uint8Array(await sharp(png).ensureAlpha().raw().toBuffer()), pixels);
    }
  }
});

test("of a gradient, each row is filtered in the way that suits it, in half the bytes or less.", async () => {
  const [width, height] = [200, 100];
  const random = randomFrom(5);
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const values =
      y < 30 ? [x, x + y, 3 * x] : y < 60 ? [x * y, 5 * y, x ^ y] : [0, 0, 0].map(() => 256 * random());
    pixels.set(values, 4 * pixel);
  }
  const image = { width, height, pixels };
  const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes);
  const [up, adaptive, none] = (["up", "adaptive", "none"] as const).map((filter) => {
    const png = encodePng(image, { pool: wasm, deflate, filter });
    return { png, filters: decode(png).filters };
  });
  assert.deepEqual([up.filters, none.filters], [new Set([2]), new Set([0])]);
  assert(adaptive.filters.size >= 3, [...adaptive.filters].join());
  const smooth = { width, height: 30, pixels: pixels.subarray(0, 4 * width * 30) };
  const sizes = (["adaptive", "none"] as const).map(
    (filter) => encodePng(smooth, { pool: wasm, deflate, filter }).length,
  );
  assert(sizes[0] < sizes[1] / 2, sizes.join());
  assert.deepEqual(new Uint8Array(await sharp(adaptive.png).ensureAlpha().raw().toBuffer()), pixels);
  assert.throws(() => encodePng(image, { pool: wasm, filter: "best" as "up" }), { code: "BAD_ARGUMENT" });
});

test("a figure takes the filter and the compression that it is told, and has the same pixels.", () => {
  const figure = plot({ width: 200, height: 150, pool: wasm }).heatmap([1, 2, 3, 4], { columns: 2 });
  const usual = figure.png();
  const other = figure.png({ filter: "none", deflate: (bytes) => deflateSync(bytes, { level: 9 }) });
  assert.deepEqual(decode(other).pixels, decode(usual).pixels);
  assert.deepEqual([decode(usual).filters, decode(other).filters], [new Set([2]), new Set([0])]);
  assert.throws(() => figure.png({ filter: 3 as unknown as "up" }), { code: "BAD_ARGUMENT" });
  assert.throws(() => figure.png(3 as unknown as object), { code: "BAD_ARGUMENT" });
});
