// A plain PNG decoder for tests: node:zlib, and the filters and colour types that the format describes.

import assert from "node:assert/strict";
import { crc32, inflateSync } from "node:zlib";

/** A decoded file. */
export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly colorType: number;
  /** RGBA. */
  readonly pixels: Uint8Array;
  /** All chunks in order. */
  readonly chunks: readonly (readonly [type: string, data: Buffer])[];
}

/** Splits a file into its chunks and checks their sums. */
export function chunksOf(png: Uint8Array): (readonly [string, Buffer])[] {
  const bytes = Buffer.from(png);
  assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const chunks: (readonly [string, Buffer])[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    assert.equal(bytes.readUInt32BE(end), crc32(bytes.subarray(at + 4, end)));
    chunks.push([bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, end)]);
    at = end + 4;
  }
  return chunks;
}

/** Decodes a still image, or one frame whose data are given. */
export function decode(png: Uint8Array, data?: Uint8Array): Decoded {
  const chunks = chunksOf(png);
  const chunk = (type: string): Buffer | undefined => chunks.find(([name]) => name === type)?.[1];
  const header = chunk("IHDR")!;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const colorType = header[9];
  assert.deepEqual([header[8], header[10], header[11], header[12]], [8, 0, 0, 0]);
  const channels = { 2: 3, 3: 1, 6: 4 }[colorType]!;
  const raw = unfiltered(inflateSync(data ?? chunk("IDAT")!), channels, width, height);
  const palette = chunk("PLTE");
  const alphas = chunk("tRNS");
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (palette === undefined) pixels.set(raw.subarray(channels * pixel, channels * (pixel + 1)), 4 * pixel);
    else {
      const color = raw[pixel];
      assert(color < palette.length / 3);
      pixels.set([...palette.subarray(3 * color, 3 * color + 3), alphas?.[color] ?? 255], 4 * pixel);
    }
  }
  return { width, height, colorType, pixels, chunks };
}

function unfiltered(filtered: Buffer, channels: number, width: number, height: number): Uint8Array {
  const line = channels * width;
  assert.equal(filtered.length, (line + 1) * height);
  const raw = new Uint8Array(line * height);
  for (let row = 0; row < height; row++) {
    const filter = filtered[row * (line + 1)];
    assert(filter === 0 || filter === 2, `filter ${filter}`);
    for (let at = 0; at < line; at++) {
      const above = filter === 2 && row > 0 ? raw[(row - 1) * line + at] : 0;
      raw[row * line + at] = filtered[row * (line + 1) + 1 + at] + above;
    }
  }
  return raw;
}
